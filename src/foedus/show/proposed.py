"""What documents seem to claim: a table for each of them, and all as one JSON document."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.errors import EvidenceError
from foedus.evidence.dated import UNDATED_HELP
from foedus.show.fitted import FittedTable
from foedus.wording import counted

__all__ = ["proposed_pieces", "proposed_view", "undated_words"]

Row = tuple[dict[str, Any], list[dict[str, Any]]]
_MOST_NAMED = 10


def proposed_pieces(rows: Iterable[Row], refused: Sequence[EvidenceError]) -> Iterator[str]:
    """One JSON document in pieces, put by on disk as the claims come and given when all are there.

    Thousands of reports need no more memory than one. What could not be read of several documents is told at the end.
    """
    with _spool() as kept, _spool() as documents:
        lead, first = '{"claims": [', "["
        for document, claims in rows:
            documents.write(f"{first}\n{json.dumps(document, ensure_ascii=False)}")
            first = ","
            for claim in claims:
                kept.write(f"{lead}\n{json.dumps(claim, ensure_ascii=False, allow_nan=False)}")
                lead = ","
        kept.write(lead if len(lead) > 1 else "")
        kept.write('\n],\n"documents": ')
        documents.write("]" if first == "," else "[]")
        if refused:
            problems = [problem.as_dict() for error in refused for problem in error.problems]
            documents.write(f',\n"refused": {json.dumps(problems, ensure_ascii=False)}')
        documents.write("}")
        for spool in (kept, documents):
            spool.seek(0)
            while piece := spool.read(1_000_000):
                yield piece
    yield "\n"


def _spool() -> IO[str]:
    """A file on disk once it is large."""
    return tempfile.SpooledTemporaryFile(max_size=8_000_000, mode="w+", encoding="utf-8")


_STANCES = {"+": "+", "-": "−", "0": "0"}


def proposed_view(document: dict[str, Any], claims: Sequence[dict[str, Any]]) -> RenderableType:
    """A heading and a table of claims, 80 columns wide: the words with their group, the figure, who says it, how he stands to it."""
    table = FittedTable(box=None, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for heading, width in (("id", 4), ("claim", 34), ("figure", 14), ("source", 13), ("stance", 11)):
        table.add_column(heading, width=width, overflow="fold")
    for claim in claims:
        cells = (claim["id"].split(".")[-1], _words(claim), _figure(claim["quantity"]), _who(claim["source"]), _stance(claim))
        table.add_row(*(cell.replace("[", "\\[") for cell in cells))
    known = document["published"]
    parts: list[RenderableType] = [Text(document["title"], "bold")]
    parts.append(Text(f"published {known['date'] or 'unknown'} ({known['sure']}: {known['how']})"))
    for language, size in document["language"]["not_read"].items():
        parts.append(Text(f"not read: {size:,} characters in {language}", "bold"))
    parts.append(Text(f"sha256 {document['sha256'][:16]}…, {counted(len(claims), 'claim')} proposed"))
    return Group(*parts, table, Text())


def _words(claim: dict[str, Any]) -> str:
    """The claim's words, its time, and the group that it is proposed for."""
    words = " ".join(claim["text"].split())
    words = words if len(words) <= 140 else words[:139] + "…"
    when = (claim["time"] or {}).get("value")
    words += f" [{when}]" if when else ""
    return f"{words}\n→ {claim['group']}" if claim["group"] else words


_SIGNS = {"about": "~", "up_to": "≤ ", "at_least": "≥ ", "more_than": "> ", "less_than": "< ", "additional": "+"}


def _figure(quantity: dict[str, Any] | None) -> str:
    """The number with its unit: "≥ 40 ships", "30–40 cases"."""
    if quantity is None:
        return ""
    value, ends = quantity["value"], [end for end in (quantity["low"], quantity["high"]) if end is not None]
    number = "–".join(f"{end:,.10g}" for end in ([value] if value is not None else ends)) or "?"
    number = _SIGNS.get(quantity["qualifier"], "") + number
    return number if quantity["unit"] == "1" else f"{number} {quantity['unit']}"


def _who(source: dict[str, Any]) -> str:
    """Who says it; empty for the narrator."""
    return "" if source["canonical"] == "NARRATOR" else str(source["canonical"].split(" (")[0])[:60]


def _stance(claim: dict[str, Any]) -> str:
    """The sign, and the commitment or the hedge where it is not plainly affirmed: "− denied", "+ probable"."""
    said = claim["commitment"] if claim["commitment"] != "affirmed" else claim["hedge"]["class"]
    said = "" if said == "asserted" else said.replace("_", " ")
    return f"{_STANCES[claim['polarity']]} {said}".strip()


def undated_words(names: Sequence[str], count: int) -> str:
    """Which documents tell no day, and how to give them one."""
    shown = ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")
    one = (
        "it tells no day of publication"
        if count == 1
        else f"{len(names)} of {counted(count, 'document')} tell no day of publication"
    )
    return f"foedus: {one}: {shown}. Times counted from it stay open. {UNDATED_HELP}"
