"""The constructs of the language, a page each: what it is, how it is read and spelled, what is refused, its law, and examples."""

from foedus.constructs.registry import CONSTRUCTS, KEYWORDS

__all__ = ["CONSTRUCTS", "KEYWORDS"]
