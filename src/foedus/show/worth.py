"""What would narrow an answer, from whom, and what that is worth to who decides: tables of 80 columns, sentences, JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from foedus.analysis.explain import Amount
from foedus.analysis.worth import Collection, DecisionWorth, Errand, Hanging, Settled, Worth
from foedus.show.words import number, percent, plain, unit_words

__all__ = [
    "collection_document",
    "collection_view",
    "decision_document",
    "decision_sentence",
    "decision_view",
    "errand_words",
    "worth_view",
]

_SHOWN = 4


def worth_view(found: Mapping[str, Sequence[Worth]]) -> RenderableType:
    """By question, the things whose settling would narrow it most."""
    table = Table(
        title="Share of the variance that would go if this were settled", title_justify="left", box=None, pad_edge=False
    )
    for heading, width in (("question", 22), ("share", 6), ("±", 5), ("what", 8), ("", 34)):
        table.add_column(heading, width=width, justify="right" if heading in ("share", "±") else "left", overflow="fold")
    for name, worths in found.items():
        for place, one in enumerate(worths[:_SHOWN]):
            kind = "claims" if one.rests_on_claims else "assumed"
            table.add_row(
                Text(name if place == 0 else ""), f"{one.share:.1%}", f"{100 * one.share_error:.1f}", kind, Text(one.subject)
            )
    return table


def errand_words(errand: Errand, measure: str) -> str:
    """`Ask NIS and ISW again about “troops”: the width of … would go from 8,100 to 7,400.`"""
    whom = " and ".join(plain(name) for name in errand.whom[:2])
    begin = f"Ask {whom} again about" if whom else "Find a source for"
    before, after = (number(value, errand.before / 10) for value in (errand.before, errand.after))
    return f"{begin} “{plain(errand.subject)}”: the {measure} would go from {before} to {after}."


def collection_view(found: Collection) -> RenderableType:
    """What to find out, and what hangs on each source and claim."""
    parts: list[RenderableType] = [Text(f"What to find out for {found.question}", "bold")]
    if not found.errands:
        return Group(
            *parts, Text("Nothing that could be settled would narrow this answer by as much as can be seen: it hangs on luck.")
        )
    parts += [Text(f"{place}. {errand_words(one, found.measure)}") for place, one in enumerate(found.errands[:_SHOWN], 1)]
    parts += [Text(), _hanging("source", found.sources), Text(), _hanging("claim", found.claims)]
    note = "Hangs on it: the share of each group of claims, times the weight of the claim in the pool of that group."
    return Group(*parts, Text(), Text(note, "dim"))


def _hanging(word: str, rows: Sequence[Hanging]) -> RenderableType:
    if not rows:
        return Text(f"No {word} carries as much of it as can be seen.")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, width in ((word, 24), ("hangs on it", 11), ("about", 38)):
        table.add_column(heading, width=width, justify="right" if heading == "hangs on it" else "left", overflow="fold")
    for one in rows[:_SHOWN]:
        table.add_row(Text(plain(one.name)), percent(round(one.share, 3)), Text(plain(", ".join(one.subjects))))
    return table


def decision_sentence(found: DecisionWorth) -> str:
    """`As things stand “no_troops” is best (…). Knowing “…” first would gain 31 km², knowing everything 113.`"""
    end = "lowest" if found.wants_low else "highest"
    first = (
        f"As things stand `{found.chosen}` is best, for its answer is {end} ({_amount(found, found.options[found.chosen].value)})"
    )
    clear = [one for one in found.settled if one.gain.is_clear and one.gain.value > 0]
    perfect = f"knowing everything, luck too, {_gain(found, found.perfect)}"
    if not clear:
        return (
            f"{first}. Nothing that could be settled alone would better that choice by as much as can be seen; {perfect} at most."
        )
    most = clear[0]
    return f"{first}. Knowing “{plain(most.subject)}” before choosing would gain {_gain(found, most.gain)} on average, {perfect}."


def _amount(found: DecisionWorth, value: float) -> str:
    if found.unit == "" and 0 <= value <= 1:
        return percent(value)
    return f"{number(value)} {unit_words(found.unit)}".strip()


def _gain(found: DecisionWorth, gain: Amount) -> str:
    if _is_chance(found):
        return f"{100 * gain.value:.1f} points"
    return f"{number(gain.value, max(gain.error, abs(gain.value) / 10))} {unit_words(found.unit)}".strip()


def _is_chance(found: DecisionWorth) -> bool:
    return found.unit == "" and all(0 <= one.value <= 1 for one in found.options.values())


def decision_view(found: DecisionWorth) -> RenderableType:
    """The sentence, the options, and what knowing each thing first would gain."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, width in (("choose", 24), ("mean answer", 16), ("±", 10)):
        table.add_column(heading, width=width, justify="left" if heading == "choose" else "right", overflow="fold")
    for name, amount in found.options.items():
        error = f"{100 * amount.error:.1f}" if _is_chance(found) else number(amount.error, 10 * amount.error)
        table.add_row(Text(name, "bold" if name == found.chosen else ""), _amount(found, amount.value), error)
    gains = Table(box=None, pad_edge=False, header_style="bold")
    for heading, width in (("know first", 40), ("gain", 16), ("±", 10), ("what", 8)):
        gains.add_column(heading, width=width, justify="right" if heading in ("gain", "±") else "left", overflow="fold")
    for one in [one for one in found.settled if one.gain.value > 0][: 2 * _SHOWN]:
        error = f"{100 * one.gain.error:.1f}" if _is_chance(found) else number(one.gain.error, 10 * one.gain.error)
        gains.add_row(Text(plain(one.subject)), _gain(found, one.gain), error, "claims" if one.rests_on_claims else "assumed")
    note = "Choices were made by a regression on one half of the futures and tried on the other; ± is one standard error. It errs downwards."
    shown: list[RenderableType] = [Text(), gains] if gains.row_count else []
    return Group(Text(decision_sentence(found), "bold"), Text(), table, *shown, Text(), Text(note, "dim"))


def collection_document(found: Collection) -> dict[str, Any]:
    """The part `plan` of what `foedus worth --json` prints."""
    errands = [{**asdict(one), "words": errand_words(one, found.measure)} for one in found.errands]
    return {
        "measure": found.measure,
        "errands": errands,
        "sources": [asdict(one) for one in found.sources],
        "claims": [asdict(one) for one in found.claims],
    }


def decision_document(case: str, found: DecisionWorth) -> dict[str, Any]:
    """What `foedus worth --choose … --json` prints."""
    return {
        "case": case,
        "question": found.question,
        "unit": found.unit,
        "wants_low": found.wants_low,
        "chosen": found.chosen,
        "sentence": decision_sentence(found),
        "options": {name: asdict(one) for name, one in found.options.items()},
        "perfect": asdict(found.perfect),
        "settled": [_settled(one) for one in found.settled],
        "futures": found.futures,
        "seed": found.seed,
    }


def _settled(one: Settled) -> dict[str, Any]:
    return {"subject": one.subject, "rests_on_claims": one.rests_on_claims, **asdict(one.gain)}
