"""An attribution as offsets, before its words are taken from the text."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution as offsets; see `Attribution`."""

    source: tuple[int, int] | None
    cue_start: int | None
    cue_end: int | None
    content: tuple[tuple[int, int], ...]
    mode: str
    link: str
    verb: str
    form: str = "clause"
    antecedent: tuple[int, int] | None = None
