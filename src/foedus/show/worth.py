"""What to find out: a sentence, a plan of whom to ask about what, tables of 80 columns with bars, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.enough import PLAN
from foedus.analysis.explain import Amount
from foedus.analysis.plan import Choice, Choices, CollectionItem, CollectionPlan, Gained, Plans, Step
from foedus.analysis.tails import is_long_tailed
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.rare import more_words, rare_words
from foedus.show.words import coarseness, fixed, number, percent, plain, quoted, shortened, stated, subject, unit_words
from foedus.titles import name_words
from foedus.wording import counted

__all__ = [
    "choice_sentence",
    "choice_view",
    "choices_document",
    "choices_view",
    "item_words",
    "plan_sentence",
    "plan_view",
    "plans_document",
    "plans_view",
]

_Row = Step | Gained
_SHOWN = {"parameter": 8, "claim": 6, "source": 6}
_HEADS = {
    "parameter": "known exactly",
    "claim": "one more report as good as a claim",
    "source": "one more report on all that a source spoke of",
}
_PLANNED = 6
_BAR = 10
_LEAST = 0.01  # of the variance, so that something is worth a line of the plan


def plan_sentence(plan: CollectionPlan) -> str:
    """`The chance of “the loss …” is 56 % (Brier score 0.246). To know “Pace …” exactly would narrow it …; of the sources, …`."""
    if not plan.futures:
        return f"{quoted(plan.label)} applies to no future."
    is_chance = plan.kind == "probability"
    what = f"The chance of {subject(plan.label, yes=True)}" if is_chance else f"The mean of {subject(plan.label)}"
    if not plan.is_carried and plan.doubt > 0:
        if is_chance:
            rare = rare_words(plan.carriers, plan.futures)
            return f"{what} is {_answer(plan)}, but {rare}: what would narrow it cannot be told. {more_words(plan.futures, plan.carriers)}"
        few = counted(max(1, round(plan.carriers)), "future")
        middle = f" (its median is {_amount(plan, plan.median)})" if math.isfinite(plan.median) else ""
        return (
            f"{what} is that of a long tail, carried by about {few} of {plan.futures:,}{middle}: what would narrow it "
            "cannot be told. Ask about a chance instead, such as that it lies above a value."
        )
    measure = f"Brier score {_doubt(plan, plan.doubt)}" if is_chance else f"standard deviation {_amount(plan, plan.doubt)}"
    first = f"{what} is {_answer(plan)}{_tail(plan)} ({measure})"
    if not plan.doubt > 0:
        return f"{first}: it is the same in every future that was run, so there is nothing to narrow."
    if not plan.steps:
        return f"{first}; nothing that could be found out would clearly narrow it: it hangs on luck, or on much together."
    known, asked = plan.of("parameter"), plan.of("source")
    told = []
    if known:
        ends = f"from {_doubt(plan, plan.doubt)} to {_doubt(plan, known[0].after)}"
        told.append(f"To know {_about(known[0].item)} exactly would narrow it {ends}")
    if asked:
        told.append(
            f"of the sources, {quoted(asked[0].item.who)} could narrow it most, to {_doubt(plan, asked[0].after)}, with one more "
            f"report on {_about(asked[0].item)}"
        )
    else:
        told.append(
            "no source that has spoken could clearly narrow it by one more report"
            if plan.has_sources
            else "no source has spoken of it"
        )
    return f"{first}. {'; '.join(told)}."


def plan_view(plan: CollectionPlan, *, names: bool = False) -> RenderableType:
    """The sentence, whom to ask about what, and how much each would narrow the answer.

    Args:
        names: show the model's own names beside the words.
    """
    parts: list[RenderableType] = [Text(plan_sentence(plan), "bold")]
    lines = _lines(plan)
    if lines:
        parts += [Text(), Text("\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1)))]
        parts += [Text(), _table(plan, names)]
    notes = []
    if plan.steps:
        notes.append(
            "share: of the answer's variance that would go; ± is one standard error. would lie: where the answer would come to lie, in "
            "eight cases of ten."
        )
    if plan.of("claim"):
        notes.append(
            "A source that reports once more knows as often, and is as exact, as its claim is taken to be; what it gets wrong is new."
        )
    notes.append(f"{counted(plan.futures, 'future')}.")
    return Group(*parts, Text(), Text("\n".join(notes), "dim"))


def _lines(plan: CollectionPlan) -> list[str]:
    """Whom to ask about what: assumptions and claims, of each source and subject the best, most first."""
    best = {name: step for step in plan.of("parameter") for name in step.item.about}
    claimed = {about for step in plan.of("claim") for about in step.item.about}
    told, seen = [], set()
    for step in plan.steps:
        item, narrowed = step.item, f"from {_doubt(plan, step.before)} to {_doubt(plan, step.after)}"
        key = (item.who, item.about)
        is_asked = item.kind == "parameter" and bool(claimed & set(item.about))
        if item.kind == "source" or key in seen or is_asked or step.learnt.share.value < _LEAST:
            continue
        seen.add(key)
        if item.kind == "parameter":
            told.append(f"Find out about {_about(item)}: known exactly it would narrow the answer {narrowed}.")
        else:
            exact = best.get(item.about[0])
            rest = f"; known exactly, to {_doubt(plan, exact.after)}" if exact is not None else ""
            told.append(f"Ask {quoted(item.who)} about {_about(item)}: it would narrow the answer {narrowed}{rest}.")
    return told[:_PLANNED]


def _table(plan: CollectionPlan, names: bool) -> RenderableType:
    table = _empty("share", "would lie")
    most = max(step.learnt.share.value for step in plan.steps)
    for kind in _HEADS:
        steps, rows = _told_once(plan, kind), []
        for step in steps[: _SHOWN[kind]]:
            share = step.learnt.share
            rows.append(
                (
                    _what(step.item, names or _is_one_of_several(step, steps)),
                    percent(share.value),
                    f"{100 * share.error:.1f}",
                    _range(plan, step),
                    _bar(share.value, most),
                )
            )
        _section(table, kind, len(steps), rows)
    return table


def _told_once(plan: CollectionPlan, kind: str) -> tuple[Step, ...]:
    """The steps of one kind; a source that made one of the claims only is that row already."""
    claims = [(step.item.who, step.item.about) for step in plan.of("claim")]
    return tuple(step for step in plan.of(kind) if kind != "source" or claims.count((step.item.who, step.item.about)) != 1)


def _is_one_of_several(step: _Row, steps: Sequence[_Row]) -> bool:
    """Do rows of other claims say the same words, so that only their names tell them apart?"""
    same = [
        one for one in steps if one.item.kind == "claim" and (one.item.who, one.item.about) == (step.item.who, step.item.about)
    ]
    return step.item.kind == "claim" and len(same) > 1


def item_words(item: CollectionItem, rows: Sequence[_Row]) -> str:
    """What would be learnt, in a line of a chart: a claim bears its name where another of the rows says the same."""
    if item.kind == "source":
        return f"{plain(item.who)}, on all of it"
    row = next(one for one in rows if one.item is item)
    return _what(item, _is_one_of_several(row, rows)).plain if item.kind == "claim" else _about_words(item)


def _empty(amount: str, further: str) -> FittedTable:
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("what would be learnt", width=34, overflow="fold")
    for heading, width in ((amount, 9), ("±", 5), (further, 15)):
        table.add_column(heading, width=width, justify="right", overflow="fold")
    table.add_column("", width=_BAR, no_wrap=True)
    return table


def _section(table: FittedTable, kind: str, count: int, rows: Sequence[tuple[Text, str, str, str, str]]) -> None:
    if rows:
        table.add_row(Text(_HEADS[kind], "italic dim"))
    for row in rows:
        table.add_row(*row)
    if count > len(rows):
        table.add_row(Text(f"  and {count - len(rows)} more", "dim"))


def _what(item: CollectionItem, names: bool) -> Text:
    about = _about_words(item)
    if item.kind == "parameter":
        return titled(about, item.name, names)
    name = f"{plain(item.who)} ({plain(item.name)})" if item.kind == "claim" and names else plain(item.who)
    return Text.assemble(name, (f": {about}", "dim"))


def _about_words(item: CollectionItem) -> str:
    more = f" and {len(item.about) - 2} more" if len(item.about) > 2 else ""
    return (", ".join(plain(one) for one in item.about[:2]) or plain(item.name)) + more


def _about(item: CollectionItem) -> str:
    named = [quoted(one) for one in item.about[:2]]
    return f"{', '.join(named)} and {len(item.about) - 2} more" if len(item.about) > 2 else " and ".join(named)


def _bar(value: float, most: float) -> str:
    return "█" * max(1, round(_BAR * value / most)) if value > 0 else ""


def _answer(plan: CollectionPlan) -> str:
    return percent(plan.answer) if plan.kind == "probability" else _amount(plan, plan.answer)


def _amount(plan: CollectionPlan, value: float) -> str:
    """An amount of the answer, in its unit."""
    return f"{number(value, coarseness(value, plan.width))} {unit_words(plan.unit)}".strip()


def _doubt(plan: CollectionPlan, value: float) -> str:
    """`0.246`, or `3,200 people`."""
    return fixed(value, 3) if plan.kind == "probability" else f"{number(value)} {unit_words(plan.unit)}".strip()


def _range(plan: CollectionPlan, step: Step) -> str:
    ends = step.learnt.low, step.learnt.high
    if plan.kind == "probability":
        return f"{percent(ends[0]).removesuffix(' %')}–{percent(ends[1])}"
    return "–".join(shortened(number(end, coarseness(end, plan.width))) for end in ends)


def choice_sentence(found: Choice) -> str:
    """`By “the loss of the harbour …” (least of it), “Nobody is sent” does best (50 %). To know “Pace …” first would be worth …`."""
    labels = {one.name: one for one in found.options}
    best = labels[found.best]
    brings = f"{_brought(found, best.brings.value)}{_tail_words(best.brings.value, best.median, best.width, found.unit)}"
    first = f"By {subject(found.label)} ({found.want} of it), {quoted(best.label)} does best as things stand ({brings})"
    if not found.gained:
        most = found.everything.value
        if most.value <= 2 * most.error:
            return f"{first}, and in no future does another do better: nothing is worth waiting for."
        all_of = f"to know all, luck too, would be worth {_worth(found, most)}"
        return f"{first}. Nothing that could be found out would clearly better the choice; {all_of}."
    known, asked = found.of("parameter"), found.of("source")
    told = []
    if known:
        told.append(
            f"To know {_about(known[0].item)} first would be worth {_worth(found, known[0].gain.value)}, for in "
            f"{percent(known[0].gain.changes)} of the futures another would be chosen"
        )
    if asked:
        report = f"one more report by {quoted(asked[0].item.who)} on {_about(asked[0].item)}"
        told.append(f"{report} would be worth {_worth(found, asked[0].gain.value)}")
    return f"{first}. {'; '.join(told)}."


def choice_view(found: Choice, *, names: bool = False) -> RenderableType:
    """The sentence, what each option brings, and what each thing would be worth to learn first.

    Args:
        names: show the model's own names beside the words.
    """
    options = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    options.add_column("option", width=44, overflow="fold")
    for heading in ("brings", "behind the best"):
        options.add_column(heading, width=16, justify="right", overflow="fold")
    for one in found.options:
        behind = "best" if one.name == found.best else _worth(found, one.behind)
        tail = _tail_words(one.brings.value, one.median, one.width, found.unit).removeprefix(", ")
        name = Text.assemble(plain(one.label), (f"\n{tail}" if tail else "", "yellow"))
        options.add_row(name, _brought(found, one.brings.value), behind)
    parts: list[RenderableType] = [Text(choice_sentence(found), "bold"), Text(), options]
    if found.gained:
        table = _empty("worth", "chosen anew")
        most = max(row.gain.value.value for row in found.gained)
        for kind in _HEADS:
            own, rows = found.of(kind), []
            for row in own[: _SHOWN[kind]]:
                gain = row.gain
                rows.append(
                    (
                        _what(row.item, names or _is_one_of_several(row, own)),
                        *_with_error(found, gain.value),
                        percent(gain.changes),
                        _bar(gain.value.value, most),
                    )
                )
            _section(table, kind, len(own), rows)
        parts += [Text(), table]
    unit = "points of the chance" if found.kind == "probability" else unit_words(found.unit) or "the unit of the answer"
    notes = [
        f"worth: in {unit}, in the mean over what could be learnt; ± is one standard error. chosen anew: in how many of the futures another "
        "option would be taken.",
        f"To know everything, luck too, would be worth {_worth(found, found.everything.value)}.",
        "What one would choose is read off four fifths of the futures, and judged by the last, in turn.",
        f"{counted(found.futures, 'future')}.",
    ]
    return Group(*parts, Text(), Text("\n".join(notes), "dim"))


def _tail(plan: CollectionPlan) -> str:
    return _tail_words(plan.answer, plan.median, plan.width, plan.unit)


def _tail_words(mean: float, median: float, width: float, unit: str) -> str:
    """`, a mean of a long tail with its median at 29 people`; empty where the mean lies near it."""
    if not is_long_tailed(mean, median, width):
        return ""
    return f", a mean of a long tail with its median at {number(median, coarseness(median, width))} {unit_words(unit)}".rstrip()


def _brought(found: Choice, value: float) -> str:
    width = max((one.behind.value for one in found.options), default=0.0)
    return percent(value) if found.kind == "probability" else f"{number(value, width or None)} {unit_words(found.unit)}".strip()


def _worth(found: Choice, amount: Amount) -> str:
    if found.kind == "probability":
        return stated(100 * amount.value, 100 * amount.error).said("points")
    return stated(amount.value, amount.error).said(unit_words(found.unit))


def _with_error(found: Choice, amount: Amount) -> tuple[str, str]:
    size = 100 if found.kind == "probability" else 1
    told = stated(size * amount.value, size * amount.error)
    return told.shown, told.shown_error


def _plan_document(plan: CollectionPlan) -> dict[str, Any]:
    """One of the plans in what `foedus worth --json` prints."""
    measure = "brier_score" if plan.kind == "probability" else "standard_deviation"
    return {
        "label": plan.label,
        "kind": plan.kind,
        "unit": plan.unit,
        "answer": plan.answer,
        "doubt": {"measure": measure, "value": plan.doubt},
        "sentence": plan_sentence(plan),
        "plan": _lines(plan),
        "futures": plan.futures,
        **_by_kind(plan.of, _step),
    }


def _choice_document(found: Choice) -> dict[str, Any]:
    """One of the choices in what `foedus worth --choose … --json` prints."""
    options = [
        {"scenario": one.name, "label": one.label, "brings": asdict(one.brings), "behind": asdict(one.behind)}
        for one in found.options
    ]
    everything = {
        "value": found.everything.value.value,
        "error": found.everything.value.error,
        "changes": found.everything.changes,
    }
    return {
        "label": found.label,
        "kind": found.kind,
        "unit": found.unit,
        "want": found.want,
        "options": options,
        "best": found.best,
        "everything": everything,
        "sentence": choice_sentence(found),
        "futures": found.futures,
        **_by_kind(found.of, _gained),
    }


def _by_kind(of: Callable[[str], Sequence[Any]], shown: Callable[[Any], dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return {f"{kind}s": [shown(one) for one in of(kind)] for kind in _HEADS}


def _step(step: Step) -> dict[str, Any]:
    found = step.learnt
    return {
        **_item(step.item),
        "share": found.share.value,
        "share_error": found.share.error,
        "from": step.before,
        "to": step.after,
        "would_lie": [found.low, found.high],
    }


def _gained(row: Gained) -> dict[str, Any]:
    return {**_item(row.item), "worth": row.gain.value.value, "worth_error": row.gain.value.error, "changes": row.gain.changes}


def _item(item: CollectionItem) -> dict[str, Any]:
    said = {"said": item.said} if item.said else {}
    return {"name": item.name, "source": item.who or None, "about": list(item.about), **said}


def _worths_view(found: Plans, names: bool) -> Group:
    """The table of all questions, the first few things to settle of each."""
    table = FittedTable(
        title="Share of the variance that would go if this were settled", title_justify="left", box=None, pad_edge=False
    )
    for heading, width in (("question", 28), ("share", 6), ("±", 5), ("what", 8), ("", 28)):
        table.add_column(heading, width=width, justify="right" if heading in ("share", "±") else "left", overflow="fold")
    for name, worths in found.worths.items():
        for place, one in enumerate(worths[:4]):
            kind = one.rests_on or ("claims" if one.rests_on_claims else "assumed")
            asked = titled(found.words(name), name, names) if place == 0 else Text()
            what = titled(one.label or name_words(one.subject), one.subject, names)
            table.add_row(asked, percent(one.share), f"{100 * one.share_error:.1f}", kind, what)
    nothing = [found.words(name) for name, worths in found.worths.items() if not worths]
    notes = [Text(f"Nothing clearly moves: {'; '.join(nothing)}.", style="dim")] if nothing else []
    if found.left_out:
        told = "; ".join(found.words(name) for name in found.left_out)
        notes.append(Text(f"Too few futures have an answer to tell ({PLAN} are needed; -n): {told}.", style="dim"))
    return Group(table, *notes)


def plans_view(found: Plans, *, names: bool = False) -> RenderableType:
    """A plan for each question that was asked for; without any, the table of all.

    Args:
        names: show the model's own names beside the words.
    """
    if not found.plans:
        return _worths_view(found, names)
    return _one_below_another([plan_view(plan, names=names) for plan in found.plans.values()])


def plans_document(found: Plans) -> dict[str, Any]:
    """What `foedus worth --json` prints."""
    return {
        "case": found.case,
        "futures": found.futures,
        "seed": found.seed,
        "left_out": list(found.left_out),
        "questions": {name: [asdict(one) for one in worths] for name, worths in found.worths.items()},
        "plans": {name: _plan_document(plan) for name, plan in found.plans.items()},
    }


def choices_view(found: Choices, *, names: bool = False) -> RenderableType:
    """What to learn before choosing, by each question.

    Args:
        names: show the model's own names beside the words.
    """
    return _one_below_another([choice_view(one, names=names) for one in found.choices.values()])


def choices_document(found: Choices) -> dict[str, Any]:
    """What `foedus worth --choose … --json` prints."""
    return {
        "case": found.case,
        "futures": found.futures,
        "seed": found.seed,
        "choices": {name: _choice_document(one) for name, one in found.choices.items()},
    }


def _one_below_another(views: Sequence[RenderableType]) -> Group:
    """Views with an empty line between them."""
    return Group(*(part for place, view in enumerate(views) for part in ([Text()] if place else []) + [view]))
