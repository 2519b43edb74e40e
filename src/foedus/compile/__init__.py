"""What a statement needs to become part of a program: names, units, order, values; and the program."""

from foedus.compile.program import Program

__all__ = ["Program"]
