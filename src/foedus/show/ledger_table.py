"""A ledger for the terminal: a list of claims, one claim with its history, events, conflicts. Every line fits 80 columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.evidence import Claim, LedgerEvent
from foedus.evidence.counted import count_words
from foedus.evidence.figure_words import exact_number
from foedus.evidence.groups import GroupReport
from foedus.evidence.store import changed_keys
from foedus.show.fitted import FittedTable
from foedus.show.words import NO_DATE, claims_words, number, people_date, plain, unit_words
from foedus.wording import counted

if TYPE_CHECKING:
    from foedus.evidence.store.reread import Kind, Reread

__all__ = ["change_words", "claim_table", "claim_view", "conflict_view", "event_table", "reread_view", "said_by"]

_STATUS = {"proposed": "yellow", "accepted": "green", "edited": "green", "rejected": "red"}


def claim_table(claims: Sequence[Claim]) -> FittedTable:
    """One row a claim: id, status, grade, date, source, what it says."""
    table = _table(("id", 13), ("status", 8), ("grade", 5), ("published", 11), ("claim", 37))
    for claim in claims:
        said = Text.assemble(plain(claim.paraphrase), (f"  {said_by(claim)}", "dim"))
        status = Text(claim.status, _STATUS[claim.status])
        table.add_row(plain(claim.id), status, claim.grade, people_date(claim.published or "", is_short=True) or "unknown", said)
    return table


def said_by(claim: Claim) -> str:
    """Who says it, and whom they repeat."""
    source = plain(claim.source.shown)
    return source if claim.origin == claim.source.canonical else f"{source} ▶ {plain(claim.origin)}"


def claim_view(claim: Claim, version: int, events: Sequence[LedgerEvent], sentence: str | None, missing: str) -> RenderableType:
    """One claim in full.

    Args:
        version: 0 when the ledger has no store, hence no history.
        sentence: the words in the document, None where they are not at hand; `missing` says why.
    """
    head = Text.assemble((plain(claim.id), "bold"), "  ", claim.ctype, " · ", (claim.status, _STATUS[claim.status]))
    head.append(f" · version {version}" if version else "")
    grid = _table(("", 11), ("", 64), is_headed=False)
    for name, words in _rows(claim):
        grid.add_row(Text(name, "dim"), words)
    grid.add_row(Text("sentence", "dim"), Text(f"“{plain(sentence)}”", "italic") if sentence else Text(missing, "dim"))
    parts: list[RenderableType] = [head, Text(plain(claim.paraphrase)), Text(), grid]
    if events:
        parts += [Text(), Text("history", "bold"), event_table(events, is_of_one=True)]
    return Group(*parts)


def _rows(claim: Claim) -> Iterable[tuple[str, str]]:
    """The fields of a claim in words, without those that are empty."""
    yield "group", plain(claim.group)
    if claim.quantity is not None:
        yield "quantity", _quantity_words(claim)
    yield "says", f"{said_by(claim)} ({claim.source.type}, {claim.source.mode})"
    cues = ", ".join(f"“{plain(cue.text)}”" for cue in claim.hedge.cues)
    yield "hedge", f"{claim.hedge.kind.replace('_', ' ')} {cues}".strip()
    yield "graded", f"{claim.grade}: {plain(claim.graded_because)}"
    published = people_date(claim.published or "") or NO_DATE
    yield "published", f"{published} ({plain(claim.published_how)})" if claim.published_how else published
    about = {
        "actor": claim.actor,
        "target": claim.target,
        "time": claim.time.value if claim.time else None,
        "note": claim.note,
        "question": claim.question,
        "from": ", ".join(claim.derived_from),
        "link": claim.url,
    }
    for name, words in about.items():
        if words:
            yield name, plain(words)
    yield "is", f"{claim.modality}, polarity {claim.polarity}, {('colour', 'context', 'core')[claim.relevance]}"
    if claim.document is not None:
        where = f", characters {claim.start:,} to {claim.end:,}" if claim.start is not None and claim.end is not None else ""
        yield "document", f"{plain(claim.document.title)} (sha256 {claim.document.sha256[:16]}…){where}"


def _quantity_words(claim: Claim) -> str:
    quantity = claim.quantity
    assert quantity is not None
    if quantity.is_count:
        return f"{count_words(quantity)}, or {exact_number(quantity.value or 0.0)} {unit_words(quantity.unit)}".rstrip()
    told = dict.fromkeys(end for end in (quantity.low, quantity.high) if end is not None and end != quantity.value)
    ends = " to ".join(exact_number(end) for end in told)
    value = exact_number(quantity.value) if quantity.value is not None else ""
    words = f"{value} ({ends})" if value and ends else value or ends or "no number"
    return f"{quantity.qualifier.replace('_', ' ').replace('eq', 'exactly')} {words} {unit_words(quantity.unit)}".rstrip()


def event_table(events: Sequence[LedgerEvent], *, is_of_one: bool = False) -> FittedTable:
    """One row an event: number, time, who, what, which claim, what changed and why; what came in together is one row."""
    columns = [("no", 9), ("when (UTC)", 16), ("who", 8), ("what", 7)]
    table = _table(*columns, *([] if is_of_one else [("claim", 12)]), ("change", 35 if is_of_one else 22))
    for _, group in groupby(events, key=_arrival):
        same = list(group)
        event = same[0]
        numbers = f"{event.number}–{same[-1].number}" if len(same) > 1 else str(event.number)
        claim = counted(len(same), "claim") if len(same) > 1 else plain(event.claim)
        words = "\n".join(change_words(event))
        why = "" if event.why and event.why == (event.after or {}).get("graded_because") else plain(event.why)
        change = Text.assemble(words, "\n" if words and why else "", (why, "dim"))
        row = [numbers, event.when[:16].replace("T", " "), plain(event.who), event.action]
        table.add_row(*row, *([] if is_of_one else [claim]), change)
    return table


def _arrival(event: LedgerEvent) -> tuple[object, ...]:
    """What events that came in together share; an event that changed something stands alone."""
    is_new = event.before is None
    return (is_new, event.when, event.who, event.action, event.why) if is_new else (event.number,)


def change_words(event: LedgerEvent) -> list[str]:
    """What an event changed, a line a field."""
    return [f"{key}: {_value(old)} → {_value(new)}" for key, old, new in changed_keys(event.before, event.after)]


def _value(value: Any) -> str:
    """A value of a field, shortened."""
    text = "nothing" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = plain(text)
    return text if len(text) <= 60 else f"{text[:59]}…"


def conflict_view(reports: Sequence[GroupReport], claims: dict[str, Claim]) -> RenderableType:
    """The groups with something to look at: conflicts, denials, what is out of date, what is only repeated."""
    parts: list[RenderableType] = []
    for report in reports:
        lines = [*_conflict_lines(report, claims)]
        if lines:
            head = Text.assemble((plain(report.group), "bold"), (f"  {_group_words(report)}", "dim"))
            parts += [head, Padding(Group(*lines), (0, 0, 1, 2))]
    return Group(*parts) if parts else Text("No group has a conflict, nor anything out of date or repeated.")


def _group_words(report: GroupReport) -> str:
    """How much a group says together."""
    size = claims_words(len(report.claims), report.effective_origins)
    if report.summary is not None:
        low, median, high = (number(end) for end in (report.summary.low, report.summary.median, report.summary.high))
        size += f", {median} ({low} to {high}) {unit_words(report.unit)}".rstrip()
    return size


def _conflict_lines(report: GroupReport, claims: dict[str, Claim]) -> Iterable[RenderableType]:
    if report.problem:
        yield Text(f"cannot be pooled: {plain(report.problem)}", "red")
    for conflict in report.conflicts:
        yield Text(f"overlap by {100 * conflict.overlap:.0f} %", "yellow")
        for name in (conflict.lower, conflict.higher):
            yield _claim_line(claims[name])
    for name in report.denials:
        yield Text("denied by", "yellow")
        yield _claim_line(claims[name])
    for new in dict.fromkeys(report.superseded.values()):
        old = ", ".join(plain(name) for name, newer in report.superseded.items() if newer == new)
        yield Text(f"no longer counts: {old}; {plain(new)} of the same origin stands in its place", "dim")
    for repeated in report.repetitions:
        if repeated.claim not in report.superseded and repeated.repeats not in report.superseded:
            what = "the same figure" if repeated.is_same_figure else "the same origin"
            yield Text(f"{plain(repeated.claim)} repeats {plain(repeated.repeats)}: {what}", "dim")


def _claim_line(claim: Claim) -> Text:
    told = f"{_quantity_words(claim)}, " if claim.quantity is not None else ""
    return Text.assemble(
        f"  {plain(claim.id)}  {told}",
        plain(claim.paraphrase),
        (f"  {said_by(claim)}, {people_date(claim.published or '') or NO_DATE}", "dim"),
    )


def reread_view(found: Reread) -> RenderableType:
    """What became of the claims of a document that was read again: those that stayed by their ids, the others each; then what is new."""
    kinds: tuple[Kind, ...] = ("same", "moved", "changed", "vanished", "unclear")
    counts = [f"{len(found.of(kind))} {kind}" for kind in kinds if found.of(kind)]
    parts: list[RenderableType] = [
        Text.assemble((plain(found.title), "bold"), f"  {', '.join(counts)}, {len(found.proposed)} new")
    ]
    for kind in ("same", "moved"):
        ids = ", ".join(plain(fate.claim) for fate in found.of(kind))
        parts += [Text.assemble((kind, "green"), f": {ids}")] if ids else []
    table = _table(("id", 13), ("", 8), ("words", 57))
    for fate in found.of("changed", "vanished", "unclear"):
        words = Text(plain(fate.old))
        if fate.new:
            words.append(f"{chr(10) if fate.old else ''}→ {plain(fate.new)}", "dim")
        table.add_row(plain(fate.claim), Text(fate.kind, "red" if fate.kind == "vanished" else "yellow"), words)
    for claim in found.proposed:
        table.add_row(plain(claim.id), Text("new", "cyan"), plain(claim.paraphrase))
    return Group(*parts, *([table] if table.row_count else []))


def _table(*columns: tuple[str, int], is_headed: bool = True) -> FittedTable:
    """A plain table whose columns fold."""
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold", show_header=is_headed)
    for heading, width in columns:
        table.add_column(heading, width=width, overflow="fold")
    return table
