"""Tree to program. Every static check lives here."""

from foedus.compile.compiler import Options, compile_model, read_model
from foedus.compile.program import Program

__all__ = ["Options", "Program", "compile_model", "read_model"]
