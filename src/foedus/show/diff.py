"""Two versions of a case side by side, for the terminal and as JSON. Every line fits 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foedus.analysis.changes import AnswerChange, ClaimChange, Diff, PriorChange
from foedus.show.document import answer_document
from foedus.show.ranking import shown_difference, shown_error, shown_statistic
from foedus.show.words import number, plain, unit_words

__all__ = ["answers_table", "claims_list", "diff_document", "diff_sentence", "diff_view", "priors_table"]

_SHOWN = 12


def diff_sentence(found: Diff) -> str:
    """`12 claims are new, 1 is gone; 5 statements and 8 priors differ; of 45 answers 6 moved.`"""
    kinds = {kind: sum(claim.kind == kind for claim in found.claims) for kind in ("new", "gone", "changed")}
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count) or "none differ"
    shared = [one for one in found.answers if one.before is not None and one.after is not None]
    moved = sum(one.is_moved for one in shared)
    alone = len(found.answers) - len(shared)
    more = f"; {alone} are asked in one version only" if alone else ""
    return (
        f"Claims: {told}. Statements that differ: {len(found.statements)}. Priors that moved: {len(found.priors)}. "
        f"Of {len(shared)} answers {moved} moved beyond two errors and by enough to matter{more}."
    )


def diff_view(found: Diff) -> RenderableType:
    """What changed, from claims to answers."""
    parts: list[RenderableType] = [
        Text(f"From {plain(found.before)} to {plain(found.after)}", "bold"),
        Text(diff_sentence(found)),
        Text(),
    ]
    if found.claims:
        parts += [claims_list(found.claims), Text()]
    if found.statements:
        parts += [Text("Statements of the model", "bold"), *_statements(found), Text()]
    if found.priors:
        parts += [priors_table(found.priors), Text()]
    if found.moved:
        parts.append(answers_table(found.moved))
    parts.append(
        Text(f"{found.futures:,} futures of each, on the same luck; ± is one standard error of the paired difference.", "dim")
    )
    return Group(*parts)


def claims_list(claims: Sequence[ClaimChange]) -> RenderableType:
    rows: list[RenderableType] = [Text("Claims", "bold")]
    for claim in claims[:_SHOWN]:
        keys = f" ({', '.join(claim.keys)})" if claim.keys else ""
        rows.append(
            Padding(Text(f"{claim.kind}{keys}  {plain(claim.claim)}  {plain(claim.group)}: {plain(claim.words)}"), (0, 0, 0, 2))
        )
    return Group(*rows, *_rest(len(claims)))


def _rest(count: int) -> list[Text]:
    return [Text(f"  and {count - _SHOWN} more", "dim")] if count > _SHOWN else []


def _statements(found: Diff) -> list[RenderableType]:
    rows: list[RenderableType] = []
    for one in found.statements[:_SHOWN]:
        if one.before:
            rows.append(Padding(Text(f"− {plain(one.before)}", "red"), (0, 0, 0, 2)))
        if one.after:
            rows.append(Padding(Text(f"+ {plain(one.after)}", "green"), (0, 0, 0, 2)))
    return [*rows, *_rest(len(found.statements))]


def _table(title: str, *columns: tuple[str, int]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold"
    )
    for name, width in columns:
        table.add_column(name, width=width, overflow="fold", justify="left" if width > 20 else "right")
    return table


def priors_table(priors: Sequence[PriorChange]) -> RenderableType:
    """Each prior's median and 90 % interval before and after."""
    table = _table("Priors: median, 90 % interval", ("parameter", 36), ("before", 18), ("after", 18))
    for one in priors[:_SHOWN]:
        name = Text.assemble(plain(one.label), (f"  {unit_words(one.unit)}", "dim"))
        table.add_row(name, _ends(one.before), _ends(one.after))
    return Group(table, *_rest(len(priors)))


def _ends(ends: tuple[float, float, float] | None) -> str:
    if ends is None:
        return "–"
    return f"{number(ends[1])}\n{number(ends[0])}–{number(ends[2])}"


def answers_table(answers: Sequence[AnswerChange]) -> RenderableType:
    """The answers that moved."""
    table = _table("Answers", ("question", 36), ("before", 10), ("after", 10), ("difference", 10), ("±", 6))
    for one in answers:
        name = Text.assemble(plain(one.called or one.question), "\n", (plain(one.question), "dim"))
        shown = [_statistic(answer) for answer in (one.before, one.after)]
        paired = one.after is not None and one.after.difference is not None
        difference = shown_difference(one.after) if paired and one.after is not None else "–"
        table.add_row(name, *shown, difference, shown_error(one.after).removeprefix("±") if one.after is not None else "")
    return table


def _statistic(answer: Any) -> str:
    return "–" if answer is None else shown_statistic(answer)


def diff_document(found: Diff) -> dict[str, Any]:
    """What `foedus diff --json` prints."""
    return {
        "before": found.before,
        "after": found.after,
        "futures": found.futures,
        "seed": found.seed,
        "sentence": diff_sentence(found),
        "claims": [asdict(one) for one in found.claims],
        "statements": [asdict(one) for one in found.statements],
        "priors": [asdict(one) for one in found.priors],
        "answers": {
            one.question: {
                "called": one.called or None,
                "kind": one.kind,
                "unit": one.unit,
                "is_moved": one.is_moved,
                "before": None if one.before is None else answer_document(one.before, one.kind),
                "after": None if one.after is None else answer_document(one.after, one.kind),
            }
            for one in found.answers
        },
    }
