"""Text to tree, in the language of all constructs."""

from __future__ import annotations

from foedus.constructs import CONSTRUCTS
from foedus.language import Source, Tree, parser

__all__ = ["parse", "survey"]


def parse(source: Source | str) -> Tree:
    """The tree of a model text.

    Args:
        source: the text, or a `Source` that knows its file.
    Raises:
        ModelError: with every problem found in the text.
    """
    return parser.parse(source, CONSTRUCTS)


def survey(source: Source | str) -> Tree:
    """What can be read of a model text; what cannot is noted in `faults`."""
    return parser.survey(source, CONSTRUCTS)
