"""Text to tree to program: what a case, a notebook or a test asks for."""

from foedus.model.compiler import Options, compile_model, problems_of, read_model
from foedus.model.parse import parse, survey

__all__ = ["Options", "compile_model", "parse", "problems_of", "read_model", "survey"]
