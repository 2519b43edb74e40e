"""What new reports, another version, or the loss of a source does to a case, as charts: each difference with its error."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from foedus.analysis.changes import AnswerChange, Diff
from foedus.analysis.finding import Answer
from foedus.analysis.moves import is_of_other_futures, move_size
from foedus.analysis.sources import SourceMove, SourcesFound
from foedus.analysis.today import Today
from foedus.bundle.bars import MOST, SOURCE, Bar, bars, title_words
from foedus.bundle.drawings import Drawing
from foedus.bundle.tables import BundleTable, Column
from foedus.show.diff import dated, diff_sentence
from foedus.show.ranking import OTHER_FUTURES, shown_ends, tail_words
from foedus.show.sources_found import group_sentence, origins_sentence, sources_sentence
from foedus.show.today import today_sentence
from foedus.show.words import is_beyond_error, plain, quoted, shortened, unit_words
from foedus.titles import name_words

__all__ = ["diff_drawing", "sources_drawing", "today_drawing"]

_HIGHER, _LOWER = "higher than before", "lower than before"
_WITHOUT = ("higher without it", "lower without it", "not beyond two errors")
_UNSURE = 2  # the last of them
_CHANGES = (
    Column("question", "string", "name in the model"),
    Column("asked", "string", "the question in words"),
    Column(
        "statistic",
        "string",
        "what stands for the answer: probability, mean, median (of a long tail), or when (the median of a date)",
    ),
    Column("unit", "string", "of all numbers but a chance, which is between 0 and 1"),
    Column("before", "number", "the statistic"),
    Column("after", "number", "the statistic"),
    Column("difference", "number", "paired, on the same futures; empty where both ask of other days or futures"),
    Column("difference_error", "number", "its Monte Carlo standard error"),
    Column("is_moved", "boolean", "beyond two errors, and by enough to matter?"),
)


def diff_drawing(found: Diff) -> Drawing:
    """How far each answer moved from one version to the other; the table has every answer."""
    title = f"What moved from {dated(found.before)} to {dated(found.after)}"
    return _changes(found.answers, title, diff_sentence(found))


def today_drawing(found: Today) -> Drawing:
    """How far new reports move each answer; the table has every answer."""
    return _changes(found.diff.answers, f"What new reports move in {plain(found.case)}", today_sentence(found))


def _changes(answers: Sequence[AnswerChange], title: str, told: str) -> Drawing:
    """The answers that moved, most first, on a scale that chances and amounts have in common: no bar is much longer than the whole."""
    moved = sorted((one for one in answers if one.is_moved), key=lambda one: (-_size(one), one.question))
    rows = [_change_bar(one) for one in moved[:MOST]]
    axis = "difference: of a chance; of an amount or date, as a part of the wider 90 % interval"
    made = bars(title, told, rows, (_HIGHER, _LOWER), axis, is_share=True, colours=("rise", "fall"))
    if not moved:
        made = bars(title, told, (), (), axis, is_share=True, untold="no answer moves beyond two errors and by enough to matter")
    title = title_words(title)
    rest = tuple(_change_row(one) for one in [*moved, *(one for one in answers if not one.is_moved)])
    return Drawing(title, made.told, made.specification, made.keys, BundleTable(title, _CHANGES, rest, "", SOURCE))


def _size(one: AnswerChange) -> float:
    return 0.0 if one.after is None else move_size(one.after, one.before)


def _change_bar(one: AnswerChange) -> Bar:
    """`“the loss of the harbour”: 5 % → 32 %`, as long as it moved."""
    assert one.before is not None and one.after is not None
    width = 1.0 if one.before.quantiles is None else float(np.nanmax([0.0, one.before.width, one.after.width]))
    ends = " → ".join(shortened(end) for end in shown_ends(one.before, one.after))
    unit = "" if one.kind == "probability" else unit_words(one.unit)
    tail = tail_words(one.before, one.after)
    label = f"{one.called or name_words(one.question)}: {ends} {unit}".rstrip() + (f" ({tail})" if tail else "")
    difference, error = one.after.difference or 0.0, one.after.difference_error
    scale = width if width > 0 else abs(difference) or 1.0
    return Bar(label, difference / scale, math.nan if error is None else error / scale, int(difference < 0))


def _change_row(one: AnswerChange) -> tuple[str | float | bool | None, ...]:
    answer = one.after if one.after is not None else one.before
    is_effect = one.after is not None and not is_of_other_futures(one.after)
    return (
        one.question,
        plain(one.called or name_words(one.question)),
        "" if answer is None else answer.statistic,
        "" if one.kind == "probability" else one.unit or "1",
        _value(one.before),
        _value(one.after),
        one.after.difference if one.after is not None and is_effect else None,
        one.after.difference_error if one.after is not None and is_effect else None,
        one.is_moved,
    )


def _value(answer: Answer | None) -> float | None:
    return None if answer is None else answer.value


def sources_drawing(found: SourcesFound) -> Drawing:
    """What was asked for: an answer without each origin in turn, a pool without each, or in how many parameters each origin has a say.

    At most one question or one group.
    """
    if found.questions:
        return _without_each(found.questions[0], found)
    return _pools(next(iter(found.pools)), found) if found.pools else _says(found)


def _without_each(question: str, found: SourcesFound) -> Drawing:
    """How an answer moves without each origin and all who only repeat it."""
    own = sorted(
        (one for one in found.moves if one.question == question), key=lambda one: (-move_size(one.after, one.before), one.origin)
    )
    is_chance = bool(own) and own[0].before.quantiles is None
    unit = "points" if is_chance else unit_words(found.units.get(question, "")) or "1"
    rows = [_source_bar(one, 100.0 if is_chance else 1.0) for one in own]
    statistics = dict.fromkeys(one.after.statistic for one in own)
    of = "" if is_chance else f"{', '.join('median of a date' if one == 'when' else one for one in statistics)}, "
    axis = f"difference without it: {of}{unit if unit != '1' else 'in the unit of the answer'}"
    title = f"{found.titles.get(question, name_words(question))}: what hangs on each source"
    return bars(
        title,
        sources_sentence(question, found),
        rows[:MOST],
        _WITHOUT,
        axis,
        question=question,
        unit=unit,
        colours=("rise", "fall", "soft"),
        untold="" if rows else "no source has a say in any parameter",
        more=rows[MOST:],
    )


def _source_bar(one: SourceMove, scale: float) -> Bar:
    difference, error = one.after.difference, one.after.difference_error
    ends = " → ".join(shortened(end) for end in shown_ends(one.before, one.after))
    is_known = difference is not None and math.isfinite(difference) and not is_of_other_futures(one.after)
    if not is_known or difference is None:
        return Bar(f"{one.origin} (?)", math.nan, note=OTHER_FUTURES if is_of_other_futures(one.after) else "no answer")
    notes = ["on the priors: too few members of the posterior are left"] if one.on_priors else []
    notes += ["without it no claim is left for a parameter"] if one.orphans else []
    return Bar(
        f"{one.origin}: {ends}",
        scale * difference,
        math.nan if error is None else scale * error,
        int(difference < 0) if is_beyond_error(difference, error) else _UNSURE,
        note="; ".join(notes),
    )


def _pools(group: str, found: SourcesFound) -> Drawing:
    """The 90 % interval of a pool with all of its sources, and without each."""
    report, rows = found.pools[group], found.left_out[group]
    unit = unit_words(report.unit) or "1"
    lines = [Bar("with all sources", rows[0].before.high, low=rows[0].before.low)] if rows else []
    for row in rows:
        if row.after is None:
            lines.append(Bar(f"without {row.source} (?)", math.nan, kind=1, note="no number is left without it"))
        else:
            lines.append(Bar(f"without {row.source}", row.after.high, kind=1, low=row.after.low))
    keys = ("90 % interval of the pool", "the same without a source and all who only repeat it")
    axis = f"{plain(group)}{f', {unit}' if unit != '1' else ''}"
    untold = "" if lines else "no number in this group is pooled"
    title = f"{group}: the pool without each source"
    return bars(title, group_sentence(group, found), lines[:MOST], keys, axis, unit=unit, untold=untold, more=lines[MOST:])


def _says(found: SourcesFound) -> Drawing:
    """In how many parameters each origin has a say."""
    counts = {row.name: len(found.parameters[row.name]) for row in found.origins}
    order = sorted(found.origins, key=lambda row: (-counts[row.name], -row.claims, row.name))
    rows = [Bar(row.name, float(counts[row.name])) for row in order if counts[row.name]]
    keys, axis = ("parameters in which it has a say, alone or with others",), "parameters of the model"
    title = f"{quoted(found.case)}: who stands behind the claims"
    return bars(title, origins_sentence(found), rows[:MOST], keys, axis, more=rows[MOST:])
