"""Program to run: a readable engine in numpy and a compiled one, the same to the bit."""

from foedus.engine.compiled import CompiledProgram, compile_program
from foedus.engine.reference import simulate
from foedus.engine.run import Inputs, Run
from foedus.engine.timetable import columns, keys, timetable

__all__ = ["CompiledProgram", "Inputs", "Run", "columns", "compile_program", "keys", "simulate", "timetable"]
