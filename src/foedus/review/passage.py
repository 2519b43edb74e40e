"""A part of a document as a reader sees it, cut where claims begin and end, every piece with its place in the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from foedus.evidence.reading.pages import Page

__all__ = ["passage_of", "shown_words"]

LONGEST = 60_000
"""Characters of the original in one passage; a longer document is shown in parts."""

Span = tuple[int, int, str]
"""Start and end in the original, and the id of the claim."""


def passage_of(page: Page, spans: Sequence[Span], at: int | None) -> dict[str, Any]:
    """The part of a page around a character of the original.

    Args:
        page: what is shown, with the way back to the original.
        spans: of the claims.
        at: a character that must be in the part; None begins at the start.
    Returns:
        `start`, `end` and `total` in characters of the original, and `segments`: (shown text, start, end, ids of the claims that cover
        it, the shortest last). Text and original go one for one where their lengths are equal.
    """
    original = page.text.original
    start, end = _part(original, at)
    segments: list[tuple[str, int, int, list[str]]] = []
    pieces = _pieces(page, start, end)
    piece = next(pieces, None)
    for _, right, names in _stretches(start, end, spans):
        while piece is not None and piece[1] < right:
            shown, first, last = piece
            is_split = last > right
            segments.append((shown[: right - first] if is_split else shown, first, min(last, right), names))
            piece = (shown[right - first :], right, last) if is_split else next(pieces, None)
    return {"segments": segments, "start": start, "end": end, "total": len(original)}


def shown_words(page: Page, start: int, end: int) -> str:
    """What a reader sees of a stretch of the original."""
    return "".join(shown for shown, _, _ in _pieces(page, start, end))


def _part(text: str, at: int | None) -> tuple[int, int]:
    """(start, end) of the part to show, at ends of lines where there are any near."""
    if len(text) <= LONGEST:
        return 0, len(text)
    place, margin = min(max(at or 0, 0), len(text)), LONGEST // 30
    start = max(0, min(place - LONGEST // 2, len(text) - LONGEST))
    if start:
        line = text.rfind("\n", max(0, start - margin), start)
        start = line + 1 if line >= 0 else start
    end = min(len(text), start + LONGEST)
    line = text.find("\n", end, end + margin)
    return start, line + 1 if line >= 0 and end < len(text) else end


def _pieces(page: Page, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(shown text, start, end) from `start` to `end` of the original; one for one unless what is shown was changed on the way."""
    mapped = page.text
    bounds = pairwise([*mapped.starts, len(mapped.text)])
    limits = [*mapped.origins[1:], len(mapped.original)]
    for (low, high), origin, limit in zip(bounds, mapped.origins, limits, strict=True):
        shown, last = mapped.text[low:high], min(origin + high - low, max(limit, origin))
        if not shown or origin >= end or (last <= start and origin < start):
            continue
        if last - origin == len(shown):
            first, last = max(origin, start), min(last, end)
            yield shown[first - origin : last - origin], first, last
        else:
            yield ("\n\n" if shown == "\n" and page.form == "html" else shown), origin, last


def _stretches(start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, list[str]]]:
    """The part cut at every begin and end of a claim, each stretch with the claims that cover it, the shortest last."""
    inside = [span for span in spans if span[0] < end and span[1] > start]
    cuts = sorted({start, end, *(min(max(cut, start), end) for span in inside for cut in span[:2])})
    opening: dict[int, list[Span]] = {}
    for span in inside:
        opening.setdefault(max(span[0], start), []).append(span)
    live: list[Span] = []
    for left, right in pairwise(cuts):
        live = [span for span in live if span[1] > left] + opening.get(left, [])
        live.sort(key=lambda span: (span[0] - span[1], span[2]))
        yield left, right, [name for _, _, name in live]
