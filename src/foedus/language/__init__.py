"""Text to tree: tokens, expressions, the printer, the built-in functions, units. Nothing here computes with the model."""

from foedus.language.include import read_model_text
from foedus.language.source import Source, Span, read_source
from foedus.language.tree import Tree

__all__ = ["Source", "Span", "Tree", "read_model_text", "read_source"]
