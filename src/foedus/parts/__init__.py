"""Parts to statements: mechanisms are put in place where they are used, and data from files becomes tables."""

from foedus.parts.expand import expand

__all__ = ["expand"]
