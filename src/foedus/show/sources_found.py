"""The sources of a case as `foedus sources` shows them: for a screen, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.moves import is_of_other_futures
from foedus.analysis.sources import SourceMove, SourcesFound
from foedus.evidence.copies import Copy
from foedus.evidence.timeseries import TimeSeries
from foedus.show.earned import earned_view, letters_view
from foedus.show.ledger_document import report_document
from foedus.show.pools import waterfall_view
from foedus.show.ranking import move_size, shown_difference, shown_ends, shown_error, tail_words
from foedus.show.sources import dependence_view, left_out_view, origins_view, overrides_view, table_of
from foedus.show.words import is_beyond_error, listed, number, percent, plain, quoted, shortened, subject, unit_words
from foedus.titles import name_words
from foedus.wording import counted

__all__ = ["copies_document", "group_sentence", "origins_sentence", "sources_document", "sources_sentence", "sources_view"]

_SHOWN = 8
_LEAST_SHIFT = 0.005  # of a median: what shows as less than a per cent


def sources_view(found: SourcesFound) -> RenderableType:
    """What was asked for: pools of groups, what each source moves; without either, who says what, and who repeats whom."""
    parts: list[RenderableType] = []
    for name, report in found.pools.items():
        parts += [
            Text(group_sentence(name, found), "bold"),
            Text(),
            waterfall_view(report),
            Text(),
            left_out_view(found.left_out[name]),
        ]
    parts += [_moves_table(name, found) for name in found.questions]
    if parts:
        return Group(*parts)
    parts = [Text(origins_sentence(found), "bold"), Text()]
    parts += [origins_view(found.origins, {name: len(own) for name, own in found.parameters.items()}), Text()]
    parts.append(dependence_view(found.dependence))
    if found.overrides:
        parts.append(overrides_view(found.overrides))
    return Group(*parts, earned_view(found.earned), letters_view(found.letters))


def sources_sentence(question: str, found: SourcesFound) -> str:
    """`“the loss …” hangs most on “DeepState”: without it 47 % instead of 53 % (−5.9 points, ±1.6).`"""
    moved, count = _movers(question, found)
    label = subject(found.titles.get(question, name_words(question)))
    if not moved:
        return f"Of {counted(count, 'origin')} that were left out in turn none moves {label} beyond its error."
    most = moved[0]
    before, after = (shortened(told) for told in shown_ends(most.before, most.after))
    unit = " points" if most.before.quantiles is None else ""
    told = f"{shown_difference(most.after)}{unit}, {shown_error(most.after)}"
    after = f"a median of {after}" if most.after.statistic == "median" else after
    tail = tail_words(most.before, most.after) if most.after.statistic == "mean" else ""
    told += f"; {tail}" if tail else ""
    return f"{label[0].upper()}{label[1:]} hangs most on {quoted(most.origin)}: without it {after} instead of {before} ({told})."


def origins_sentence(found: SourcesFound) -> str:
    """`34 claims of 7 origins carry 10 parameters; most is said by “WHO”: 12 claims, a say in 6.`"""
    carrying = [row for row in found.origins if found.parameters[row.name]]
    parameters = {name for row in carrying for name in found.parameters[row.name]}
    claims, who = counted(sum(row.claims for row in found.origins), "claim"), counted(len(found.origins), "origin")
    if not carrying:
        return f"{claims} of {who}: none carries a parameter of the model."
    most = max(carrying, key=lambda row: (len(found.parameters[row.name]), row.claims))
    own = len(found.parameters[most.name])
    return (
        f"{claims} of {who}; {len(carrying)} of these carry {counted(len(parameters), 'parameter')}. Most is carried by "
        f"{quoted(most.name)}: {counted(most.claims, 'claim')}, with a say in {own}."
    )


def group_sentence(group: str, found: SourcesFound) -> str:
    """`“arrivals” is 10,800 people (5,300 to 26,000); most hangs on “Gazette”: without it the median is 28 % lower.`"""
    report, rows = found.pools[group], found.left_out[group]
    if report.summary is None or not rows:
        return plain(report.problem) or f"No number in {quoted(group)} is pooled."
    low, median, high = (number(end) for end in (report.summary.low, report.summary.median, report.summary.high))
    told = f"{quoted(group)} is {f'{median} {unit_words(report.unit)}'.rstrip()} ({low} to {high})"
    gone = [row for row in rows if row.shift is None]
    if gone:
        return f"{told}; without {quoted(gone[0].source)} no number is left."
    most = max(rows, key=lambda row: abs(row.shift or 0.0))
    shift = most.shift or 0.0
    if abs(shift) < _LEAST_SHIFT:
        return f"{told}; no source moves its median by half a per cent."
    moved = f"{percent(abs(shift))} {'higher' if shift > 0 else 'lower'}"
    return f"{told}; most hangs on {quoted(most.source)}: without it the median is {moved}."


def _movers(question: str, found: SourcesFound) -> tuple[list[SourceMove], int]:
    """The origins without which a question moves beyond its error, the largest move first; and how many were tried."""
    own = sorted(
        (one for one in found.moves if one.question == question), key=lambda one: (-move_size(one.after, one.before), one.origin)
    )
    moved = [
        one
        for one in own
        if is_beyond_error(one.after.difference, one.after.difference_error) and not is_of_other_futures(one.after)
    ]
    return moved, len(own)


def _moves_table(question: str, found: SourcesFound) -> RenderableType:
    """One question without each origin in turn, largest move first."""
    moved, count = _movers(question, found)
    columns = (("without", 26), ("with it", 11), ("without", 11), ("difference", 14), ("±", 8))
    table = table_of(plain(found.titles.get(question, question)), *columns, right=frozenset({"with it", "difference", "±"}))
    for one in moved[:_SHOWN]:
        alone = listed([quoted(found.titles.get(name, name_words(name))) for name in one.orphans])
        mark = f"\nalone for {alone}" if one.orphans else ""
        mark += "\nboth on the priors" if one.on_priors else ""
        shown = (shortened(told) for told in shown_ends(one.before, one.after))
        unit = " points" if one.before.quantiles is None else ""
        tail = tail_words(one.before, one.after)
        name = Text.assemble(plain(one.origin), (mark, "red"), (f"\n{tail}" if tail else "", "yellow"))
        table.add_row(name, *shown, Text(shown_difference(one.after) + unit, "bold"), shown_error(one.after))
    rest = f"{count - min(len(moved), _SHOWN)} of {counted(count, 'origin')} move it less, or not beyond 2 errors."
    if any(one.on_priors for one in moved[:_SHOWN]):
        rest += " On the priors: without its claims too few members of the posterior are left to weigh."
    return Group(Text(sources_sentence(question, found), "bold"), Text(), table, Text(rest, "dim"), Text())


def sources_document(found: SourcesFound) -> dict[str, Any]:
    """What `foedus sources --json` prints."""
    asked: dict[str, Any] = {}
    if found.moves:
        sentences = {name: sources_sentence(name, found) for name in found.questions}
        asked = {"futures": found.futures, "seed": found.seed, "sentences": sentences, "questions": _moved(found.moves)}
    return {
        "case": found.case,
        "sentence": origins_sentence(found),
        "origins": [{**asdict(row), "parameters": list(found.parameters[row.name])} for row in found.origins],
        "sources": [asdict(row) for row in found.sources],
        "dependence": [asdict(one) for one in found.dependence],
        "leave_one_out": {group: [asdict(one) for one in rows] for group, rows in found.left_out.items()},
        "pools": {group: report_document(report) for group, report in found.pools.items()},
        "overrides": [asdict(one) for one in found.overrides],
        **asked,
        "earned": [{**asdict(one), "decided": one.decided, "words": one.words} for one in found.earned],
    }


def _moved(moves: Sequence[SourceMove]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in moves:
        is_other = is_of_other_futures(one.after)
        values = [answer.value for answer in (one.before, one.after)]
        found.setdefault(one.question, []).append(
            {
                "without": one.origin,
                "full": _finite(values[0]),
                "left": _finite(values[1]),
                "statistic": one.after.statistic,
                "difference": None if is_other else _finite(one.after.difference),
                "difference_error": None if is_other else _finite(one.after.difference_error),
                "parameters": list(one.parameters),
                "no_claim_left": list(one.orphans),
                "on_priors": one.on_priors,
            }
        )
    return found


def _finite(value: float | None) -> float | None:
    """NaN, of a question that applies to no future, as null."""
    return None if value is None or math.isnan(value) else value


def copies_document(series: Sequence[TimeSeries], copies: Sequence[Copy]) -> dict[str, Any]:
    """What `foedus sources --series --json` prints."""
    return {
        "series": [{"label": one.label, "file": one.file, "dates": len(one.days)} for one in series],
        "pairs": [
            {
                "later": one.later.label,
                "earlier": one.earlier.label,
                "intervals": one.intervals,
                "median_deviation": one.deviation,
                "ratio": one.ratio,
                "lag_days": one.lag,
                "near": one.near,
                "chance": one.chance,
                "found": one.is_found,
            }
            for one in copies
        ],
    }
