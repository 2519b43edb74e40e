"""A source as a person or body."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["RIVALS", "UNKNOWN", "Speaker"]


@dataclass(frozen=True)
class Speaker:
    """A source as a person or body: its name with its role, its type, and how the mention leads to it."""

    canonical: str
    type: str
    link: str
    name: str
    is_person: bool = False


UNKNOWN = Speaker("UNKNOWN", "anonymous", "none", "")
"""Somebody speaks, and the text does not let the reader see who."""


RIVALS = replace(UNKNOWN, link="rivals")
"""One of several, of whom none is nearer than the others."""
