"""Text to tree to program: what a case, a notebook or a test asks for."""

from foedus.language.parser import parse, survey
from foedus.model.compiler import Options, compile_model, read_model

__all__ = ["Options", "compile_model", "parse", "read_model", "survey"]
