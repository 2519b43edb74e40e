"""What one would have to believe, in a sentence, a table of 80 columns with a chart, and as JSON."""

from __future__ import annotations

import math
import statistics
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.belief import Believed, Contradicted, PriorMove
from foedus.analysis.tails import is_long_tailed
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.words import error_points, fixed, number, percent, quoted, stated, subject, unit_words
from foedus.wording import counted

__all__ = ["believe_document", "believe_sentence", "believe_view"]

_SHOWN = 10
_TOLD = 0.25  # of the spread of a prior: where smaller shifts do not show, that none shows says nothing
_CLAIMS = 4
_SURPRISE = ((0.5, "hardly surprising"), (1.0, "a little surprising"), (1.65, "surprising"), (2.33, "very surprising"))
_AXIS = 17  # places of the chart from −2 to +2 standard units


def believe_sentence(found: Believed) -> str:
    """`For “the loss of the harbour …” to be 80 % instead of 56 %, “Pace …” would have to lie higher (29 → 35 km²/week), …; …`."""
    tail = ""
    if is_long_tailed(found.answer, found.median, found.width):
        tail = f" (of a long tail; the median is {_said(found, found.median)})"
    if found.is_as_it_is:
        answer = f"{_with_error(found)}{tail}"
        return f"{_what(found)} to be {_said(found, found.stated)}, nothing has to be believed: it is {answer} by the model."
    first = f"{_what(found)} to be {_said(found, found.stated)} instead of {_said(found, found.answer)}{tail}"
    clear = found.clear
    seen_from = statistics.median(move.least for move in found.moves) if found.moves else 0.0
    if not clear and seen_from > _TOLD:
        shown = number(seen_from, 10 * seen_from)
        told = f"{first}, which priors would have to move cannot be told from so few futures: a shift below {shown} of a spread does not show"
        return f"{told}; run more of them (-n)."
    if not clear:
        told = (
            f"{first}, no prior would have to move by as much as shows here ({number(seen_from, 10 * seen_from)} of its spread)"
        )
    else:
        moves = [f"{quoted(move.label)} {'higher' if move.shift.value > 0 else 'lower'} ({_ends(move)})" for move in clear[:3]]
        rest = f", and {len(clear) - 3} more" if len(clear) > 3 else ""
        told = f"{first}, these would have to lie elsewhere: {', '.join(moves)}{rest}"
    against = f" {_against(found)}" if any(move.claims for move in found.moves) else ""
    return f"{told}. In all that is {surprise_words(found)}.{against}"


def _what(found: Believed) -> str:
    """`For the mean of …`, at the beginning of the sentence."""
    is_chance = found.kind == "probability"
    return f"For {'' if is_chance else 'the mean of '}{subject(found.label, yes=is_chance)}"


def _with_error(found: Believed) -> str:
    if found.kind == "probability":
        return f"{percent(found.answer)} ± {error_points(found.error)} points"
    return stated(found.answer, found.error).said(unit_words(found.unit))


def surprise_words(found: Believed) -> str:
    """`a little surprising: as much as one quantity 0.8 standard deviations from its middle`."""
    word = next((words for upper, words in _SURPRISE if found.surprise < upper), "extremely surprising")
    size = fixed(found.surprise, 1)
    return f"{word}: as much as one quantity {size} standard deviation{'' if size == '1.0' else 's'} off its middle"


def _against(found: Believed) -> str:
    groups = list(dict.fromkeys(one.group for one in found.contradicts))
    if not groups:
        return "It contradicts no group of claims."
    named = ", ".join(quoted(group) for group in groups[:3])
    return f"It contradicts the claims on {named}{f' and {len(groups) - 3} more' if len(groups) > 3 else ''}."


def believe_view(found: Believed, *, names: bool = False) -> RenderableType:
    """The sentence, where parameters would have to lie, and the claims that would have to be wrong.

    Args:
        names: show the model's own names beside the words.
    """
    parts: list[RenderableType] = [Text(believe_sentence(found), "bold"), Text()]
    shown = found.clear[:_SHOWN]
    if shown:
        parts.append(_table(shown, names))
    rest = len(found.clear) - len(shown)
    parts += [Text(f"  and {rest} more", "dim")] if rest else []
    for one in found.contradicts:
        parts += [Text(), *_contradicted(one, names)]
    return Group(*parts, *([Text()] if shown or found.contradicts else []), Text("\n".join(_notes(found)), "dim"))


def _table(moves: tuple[PriorMove, ...], names: bool) -> RenderableType:
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("where it would have to lie", width=34, overflow="fold")
    table.add_column("median", width=15, justify="right")
    table.add_column("shift", width=5, justify="right")
    table.add_column("±", width=4, justify="right")
    table.add_column("−2  −1  0   1   2", width=_AXIS, no_wrap=True)
    for move in moves:
        unit = unit_words(move.unit)
        name = titled(f"{move.label}, {unit}" if unit else move.label, move.parameter, names)
        shift = f"{move.shift.value:+.2f}".replace("-", "−")
        table.add_row(
            name, f"{number(move.before)} → {number(move.after)}", shift, f"{move.shift.error:.2f}", _arrow(move.shift.value)
        )
    return table


def _arrow(shift: float) -> str:
    """From the middle to where the parameter would have to lie, two standard units at most."""
    middle = _AXIS // 2
    end = middle + round(max(-2.0, min(2.0, shift)) * middle / 2)
    low, high = min(middle, end), max(middle, end)
    marks = ["─" if low <= place <= high else " " for place in range(_AXIS)]
    marks[middle] = "┼"
    if end != middle:
        marks[end] = "▶" if shift > 0 else "◀"
    return "".join(marks)


def _contradicted(one: Contradicted, names: bool) -> list[RenderableType]:
    low, high = (number(end) for end in one.interval)
    told = (
        f"Against the claims on {quoted(one.group)}: they say {low} to {high} {unit_words(one.unit)}".rstrip()
        + f" (90 %), and {number(one.median)} would have to be true."
    )
    told_by: dict[str, list[str]] = {}
    for name, words in one.claims:  # figures of one sentence have its words
        told_by.setdefault(words, []).append(name)
    lines = [
        (f"{words} ({counted(len(found), 'claim')})" if len(found) > 1 else words, ", ".join(found))
        for words, found in told_by.items()
    ]
    claims = [Padding(titled(words, name, names), (0, 0, 0, 2)) for words, name in lines[:_CLAIMS]]
    more = [Text(f"  and {len(lines) - _CLAIMS} more", "dim")] if len(lines) > _CLAIMS else []
    return [Text(told), *claims, *more]


def _notes(found: Believed) -> list[str]:
    notes = [f"{counted(found.futures, 'future')}."] if found.is_as_it_is else []
    if found.is_as_it_is:
        return notes
    if found.clear:
        notes.append(
            "shift: in standard units of the prior, ± its error; what would show by chance is not named. Nearest in relative entropy: of all "
            "priors that lead there these differ least from the model's."
        )
    if found.has_luck:
        notes.append("Luck keeps its law: priors move along what a regression tells of the answer.")
    notes.append(f"{counted(found.futures, 'future')}, weighted anew; they are worth {found.effective:,.0f} of equal weight.")
    return notes


def _said(found: Believed, value: float) -> str:
    return percent(value) if found.kind == "probability" else f"{number(value)} {unit_words(found.unit)}".strip()


def _ends(move: PriorMove) -> str:
    return f"{number(move.before)} → {number(move.after)} {unit_words(move.unit)}".strip()


def believe_document(case: str, found: Believed) -> dict[str, Any]:
    """What `foedus believe --json` prints."""
    return {
        "case": case,
        "question": found.question,
        "label": found.label,
        "unit": found.unit,
        "answer": found.answer,
        "answer_error": found.error if math.isfinite(found.error) else None,
        "median": found.median,
        "stated": found.stated,
        "futures": found.futures,
        "seed": found.seed,
        "sentence": believe_sentence(found),
        "relative_entropy": found.entropy,
        "surprise": found.surprise,
        "effective_futures": found.effective,
        "luck_keeps_its_law": found.has_luck,
        "moves": [_move(move) for move in found.moves],
        "contradicts": [_group(one) for one in found.contradicts],
    }


def _move(move: PriorMove) -> dict[str, Any]:
    return {
        "parameter": move.parameter,
        "label": move.label,
        "unit": move.unit,
        "claims": move.claims or None,
        "rests_on": move.rests_on,
        "shift": move.shift.value,
        "shift_error": move.shift.error,
        "before": move.before,
        "after": move.after,
        "interval": list(move.interval),
        "named": move.is_named,
    }


def _group(one: Contradicted) -> dict[str, Any]:
    return {**asdict(one), "interval": list(one.interval), "claims": [{"id": name, "words": words} for name, words in one.claims]}
