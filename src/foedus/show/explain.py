"""Why two scenarios differ, in a sentence, tables of 80 columns with bars, and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.explain import Amount, CausePart, Explained, Split
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.words import (
    coarseness,
    ends,
    error_points,
    number,
    percent,
    plain,
    points,
    quoted,
    shortened,
    stated,
    subject,
    unit_words,
)
from foedus.wording import Stated, counted

__all__ = ["explain_document", "explain_sentence", "explain_view"]

_SHOWN = 6
_BAR = 7
_SAME = "same"  # in place of an error, where no future differs: what is not seen has no error that could be read off them


def explain_sentence(found: Explained) -> str:
    """`From “As reported” to “A war breaks out” “…” moves by +42.1 points: +40.0 by “a war breaks out”, +2.1 by “a clash”.`"""
    names = f"From {quoted(found.labels[0])} to {quoted(found.labels[1])}"
    shown = [split for split in _ranked(found) if split.matters]
    if not shown:
        return f"{names} no answer that was asked for differs beyond two errors and by enough to matter."
    most = shown[0]
    what = f"{names}, {subject(most.label, yes=_is_chance(most))} moves by {_amount(most.difference, most, unit=True)}"
    if most.is_long_tailed:
        what += f" in the mean, of a long tail (median {_medians(most)})"
    if len(found.names) == 1:
        return f"{what}. There is only one cause: {plain(found.told[0])}."
    parts = sorted(zip(found.titles, most.parts, strict=True), key=lambda pair: -abs(pair[1].share.value))
    clear = [f"{_amount(part.share, most)} by {quoted(title)}" for title, part in parts if part.share.is_clear]
    rest = len(parts) - len(clear)
    told = ", ".join(clear[:3]) + (f" and {len(clear) - 3} more" if len(clear) > 3 else "")
    within = f"; {rest} {'is' if rest == 1 else 'are'} within errors" if rest else ""
    return f"{what}: {told or 'no cause alone is beyond its error'}{within if told else ''}."


def explain_view(found: Explained, *, names: bool = False) -> RenderableType:
    """The sentence, the causes, and a table for each answer that differs: those that were asked for, the most first.

    Args:
        names: show the model's own names beside the words.
    """
    ranked = _ranked(found)
    shown = [split for split in ranked if split.matters][:_SHOWN] or ranked[:1]
    parts: list[RenderableType] = [Text(explain_sentence(found), "bold"), Text()]
    if len(found.names) > 1:
        for told, spelled in zip(found.told, found.words, strict=True):
            parts.append(Padding(titled(told, spelled, names), (0, 0, 0, 2)))
        for split in shown:
            parts += [Text(), _table(found, split, names)]
    else:
        parts.append(_differences(shown, names))
    return Group(*parts, Text(), Text("\n".join(_notes(found, shown, len(ranked))), "dim"))


def _ranked(found: Explained) -> list[Split]:
    return sorted(found.splits.values(), key=lambda split: (not split.matters, -split.size, split.question))


def _differences(shown: list[Split], names: bool) -> RenderableType:
    """With one cause there is nothing to split: the answers that it moves."""
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading, width in (("answer", 32), ("from", 10), ("to", 10), ("difference", 10), ("±", 6)):
        table.add_column(heading, width=width, overflow="fold", justify="left" if heading == "answer" else "right")
    for split in shown:
        unit = "points" if _is_chance(split) else unit_words(split.unit)
        name = titled(split.label, split.question, names).append(f"  {unit}", "dim")
        table.add_row(
            name, *(shortened(end) for end in _ends(split)), _amount(split.difference, split), _error(split.difference, split)
        )
    return table


def _table(found: Explained, split: Split, names: bool) -> RenderableType:
    unit = "points" if _is_chance(split) else unit_words(split.unit)
    both = " → ".join(_ends(split))
    named = f" ({plain(split.question)})" if names else ""
    head = f"{plain(split.label)}{named}  {both} {unit if unit != 'points' else ''}".strip()
    table = FittedTable(
        title=head, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold"
    )
    for name, width in (("cause", 26), ("share", 9), ("±", 5), ("", _BAR), ("alone", 9), ("with all", 9), ("±", 5)):
        table.add_column(name, width=width, overflow="fold", justify="left" if width in (26, _BAR) else "right")
    longest = max((abs(part.share.value) for part in split.parts), default=0.0)
    causes = zip(found.titles, found.names, split.parts, strict=True)
    for title, name, part in sorted(causes, key=lambda row: -abs(row[2].share.value)):
        table.add_row(titled(title, name, names), *_cells(part, split, longest))
    table.add_row(Text("all", "bold"), _amount(split.difference, split), _error(split.difference, split), "", "", "", "")
    return table


def _cells(part: CausePart, split: Split, longest: float) -> tuple[str, str, str, str, str, str]:
    size = round(_BAR * abs(part.share.value) / longest) if longest > 0 and part.share.is_clear else 0
    bar = ("█" if part.share.value > 0 else "░") * size
    return (
        _amount(part.share, split),
        _error(part.share, split),
        bar,
        _amount(part.first, split),
        _amount(part.last, split),
        _error(part.last, split),
    )


def _notes(found: Explained, shown: list[Split], asked: int) -> list[str]:
    orders = "every order" if found.is_every_order else "some orders"
    notes = [
        f"share: in the mean over {orders} in which the causes can be put in place; the shares add "
        "up to the difference. alone: only this. with all: this as the last one."
    ]
    if len(found.names) == 1:
        notes = ["The scenarios differ in one thing only; there is nothing to split."]
    if found.idle:
        notes.append(f"No cause, for it is so anyway: {'; '.join(map(plain, found.idle))}.")
    tailed = [f"{quoted(split.label)} {_medians(split)}" for split in shown if split.is_long_tailed]
    if tailed:
        notes.append(f"Of a long tail, so that these numbers are means which a few futures carry; medians: {'; '.join(tailed)}.")
    for split in shown:
        if split.is_of_other_futures:
            notes.append(f"{quoted(split.label)} applies to other futures in each: its difference is no effect on the same ones.")
        elif split.is_set:
            notes.append(f"{quoted(split.label)} is set by a scenario itself.")
    if any(one.is_same and one.error for split in shown for one in _amounts_of(split)):
        notes.append(f"{_SAME}: of {counted(found.futures, 'future')} not one differs by it.")
    if asked > len(shown):
        notes.append(f"{counted(asked - len(shown), 'more answer')}: see --json, or name them.")
    notes.append(
        f"{counted(found.coalitions, 'run')} of {counted(found.futures, 'future')}, the same in each; ± is one standard error."
    )
    return notes


def _amounts_of(split: Split) -> list[Amount]:
    """Those whose error is shown."""
    return [split.difference, *(one for part in split.parts for one in (part.share, part.last))]


def _is_chance(split: Split) -> bool:
    return split.width == 0.0 and split.kind == "probability"


def _ends(split: Split) -> tuple[str, str]:
    """Before and after, as fine as the difference that stands beside them."""
    if _is_chance(split):
        return percent(split.before), percent(split.after)
    return ends((split.before, split.after), (split.width, split.width), split.difference.value, split.difference.error)


def _medians(split: Split) -> str:
    """`29 → 51 people/week`."""
    told = " → ".join(number(value, coarseness(value, split.width)) for value in split.medians)
    return f"{told} {unit_words(split.unit)}".strip()


def _amount(found: Amount, split: Split, *, unit: bool = False) -> str:
    if _is_chance(split):
        return points(found.value) + (" points" if unit else "")
    told = _stated(found, split).shown
    return f"{told} {unit_words(split.unit)}".strip() if unit else shortened(told)


def _stated(found: Amount, split: Split) -> Stated:
    """A part of a difference with its error, on the scale of what is compared."""
    return stated(found.value, found.error, max(abs(split.before), abs(split.after)), is_signed=True)


def _error(found: Amount, split: Split) -> str:
    if found.is_same:
        return _SAME if found.error else "0"
    if _is_chance(split):
        return error_points(found.error)
    return shortened(_stated(found, split).shown_error)


def explain_document(case: str, found: Explained) -> dict[str, Any]:
    """What `foedus explain --json` prints."""
    splits = found.splits
    return {
        "case": case,
        "from": found.first,
        "to": found.second,
        "futures": found.futures,
        "seed": found.seed,
        "runs": found.coalitions,
        "every_order": found.is_every_order,
        "sentence": explain_sentence(found),
        "answers": {
            name: {
                "label": split.label,
                "unit": split.unit,
                "from": split.before,
                "to": split.after,
                "medians": list(split.medians),
                "matters": split.matters,
                "of_other_futures": split.is_of_other_futures,
                "is_set": split.is_set,
            }
            for name, split in splits.items()
        },
        "difference": {name: _pair(split.difference) for name, split in splits.items()},
        "causes": [_cause(found, row) for row in range(len(found.names))],
        "idle": list(found.idle),
    }


def _cause(found: Explained, row: int) -> dict[str, Any]:
    parts = {name: split.parts[row] for name, split in found.splits.items()}
    told: dict[str, Any] = {"name": found.names[row], "words": found.words[row], "title": found.titles[row]}
    for key in ("share", "first", "last"):
        told[key] = {name: _pair(getattr(part, key)) for name, part in parts.items()}
    return told


def _pair(amount: Amount) -> dict[str, float | bool]:
    return {"value": amount.value, "error": amount.error, "same": amount.is_same}
