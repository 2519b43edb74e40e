"""One chart for each method that says why an answer is as it is, what tips it, or what to find out: values with their errors."""

from __future__ import annotations

import math

from foedus.analysis.belief import Believed
from foedus.analysis.discovery import Discovered
from foedus.analysis.explain import Amount, Explained, Split
from foedus.analysis.indices import VarianceIndex
from foedus.analysis.plan import Choice, CollectionPlan
from foedus.analysis.redteam import RedTeam
from foedus.analysis.variance import Why
from foedus.bundle.bars import MOST, Bar, bars
from foedus.bundle.drawings import Drawing
from foedus.show.believe import believe_sentence
from foedus.show.discover import discover_sentence, range_words
from foedus.show.explain import explain_sentence
from foedus.show.redteam import redteam_sentence
from foedus.show.why import cause_words, is_told, part_words, told_causes, untold_words, why_sentence
from foedus.show.words import error_points, percent, plain, quoted, unit_words
from foedus.show.worth import choice_sentence, item_words, plan_sentence

__all__ = [
    "believe_drawing",
    "choice_drawing",
    "discover_drawing",
    "explain_drawing",
    "plan_drawing",
    "redteam_drawing",
    "why_drawing",
]

_GROUNDS = ("claims", "fitted", "assumed")
_VARIANCE = "share of the variance"
_ALL = "share of all futures"


def why_drawing(found: Why) -> Drawing:
    """The whole, split; and what each cause takes off, and would leave open. A cause that is not known well enough has a `?` and no bar; of
    an answer of which nothing can be told nothing is drawn."""
    untold = untold_words(found)
    parts = [Bar(words, share, error, 2) for words, share, error in part_words(found)]
    rows = [
        Bar(
            cause_words(one) + ("" if is_told(one.total) else " (?)"),
            *_known(index),
            kind,
            note="" if is_told(index) else "known too badly to be told",
        )
        for one in told_causes(found)[:MOST]
        for kind, index in enumerate((one.first, one.total))
    ]
    keys = (
        "settling it alone would take off (first)",
        "would stay open if all else were settled (total)",
        "has of the whole: these add up to all of it",
    )
    title = f"{found.label}: why the answer varies"
    return bars(
        title, why_sentence(found), [*parts, *rows], keys, _VARIANCE, question=found.question, is_share=True, untold=untold
    )


def _known(index: VarianceIndex) -> tuple[float, float]:
    """A share and its error as they are drawn; none where it is not told."""
    return (max(0.0, index.value), index.error) if is_told(index) else (math.nan, math.nan)


def explain_drawing(found: Explained) -> Drawing:
    """The causes of the difference of the answer that moves most; the table has those of every answer."""
    splits = sorted(found.splits.values(), key=lambda one: (not one.matters, -one.size, one.question))
    if not splits:
        return bars("No answer was asked for", explain_sentence(found), (), (), "")
    split = splits[0]
    title = f"{split.label}: from {quoted(found.labels[0])} to {quoted(found.labels[1])}"
    axis = f"{_split_unit(split) or 'difference'}{', in the mean, of a long tail' if split.is_long_tailed else ''}"
    more = [bar for one in splits[1:] for bar in _causes(found, one)]
    rows, keys = _causes(found, split)[:MOST], ("raises it", "lowers it")
    return bars(title, explain_sentence(found), rows, keys, axis, colours=("rise", "fall"), more=more)


def _split_unit(split: Split) -> str:
    return "points" if split.width == 0.0 and split.kind == "probability" else unit_words(split.unit)


def _causes(found: Explained, split: Split) -> list[Bar]:
    """What each cause does to an answer, the most first."""
    scale = 100.0 if _split_unit(split) == "points" else 1.0
    note = "a mean of a long tail" if split.is_long_tailed else ""
    parts = sorted(zip(found.titles, split.parts, strict=True), key=lambda pair: -abs(pair[1].share.value))
    return [
        Bar(
            name,
            scale * one.share.value,
            scale * one.share.error,
            int(one.share.value < 0),
            note=note,
            unit=_split_unit(split) or "1",
            question=split.question,
        )
        for name, one in parts
    ]


def plan_drawing(plan: CollectionPlan) -> Drawing:
    """What would narrow an answer most, by what could be known and who could be asked."""
    kinds = ("parameter", "claim", "source")
    steps = [step for kind in kinds for step in plan.of(kind)[: MOST // 3]]
    rows = [
        Bar(item_words(step.item, steps), step.learnt.share.value, step.learnt.share.error, kinds.index(step.item.kind))
        for step in steps
    ]
    keys = ("known exactly", "one more report as good as a claim", "one more report on all that a source spoke of")
    title = f"{plan.label}: what would narrow it"
    axis = "share of the variance that would go"
    return bars(title, plan_sentence(plan), rows, keys, axis, question=plan.question, is_share=True)


def choice_drawing(found: Choice) -> Drawing:
    """What it would be worth to learn something before choosing."""
    is_chance = found.kind == "probability"
    kinds, scale = ("parameter", "claim", "source"), 100.0 if is_chance else 1.0
    gained = [row for kind in kinds for row in found.of(kind)[: MOST // 3]]
    rows = [
        Bar(item_words(row.item, gained), scale * row.gain.value.value, scale * row.gain.value.error, kinds.index(row.item.kind))
        for row in gained
    ]
    keys = ("known exactly", "one more report as good as a claim", "one more report on all that a source spoke of")
    unit = "points of the chance" if is_chance else unit_words(found.unit) or "the unit of the answer"
    title = f"{found.label}: what to learn before choosing"
    return bars(title, choice_sentence(found), rows, keys, f"worth, {unit}", question=found.question, unit=unit)


def believe_drawing(found: Believed) -> Drawing:
    """Where the priors would have to lie: what is named."""
    rows = [Bar(move.label, move.shift.value, move.shift.error, _GROUNDS.index(move.rests_on)) for move in found.clear[:MOST]]
    title = f"{found.label}: what one would have to believe"
    keys = ("rests on claims", "fitted to what was observed", "an assumption")
    unit = "standard deviations of the prior"
    return bars(title, believe_sentence(found), rows, keys, f"shift, in {unit}", question=found.question, unit=unit)


def discover_drawing(found: Discovered) -> Drawing:
    """The ranges of each box as parts of what was believed."""
    rows = [
        Bar(f"Box {place}: {plain(one.label)} {range_words(one)}", one.levels[1], kind=place - 1, low=one.levels[0])
        for place, box in enumerate(found.boxes, 1)
        for one in box.ranges
    ]
    keys = tuple(
        f"box {place}: {_share(box.counted.density)} of its futures are so, {_share(box.counted.coverage)} of all such"
        for place, box in enumerate(found.boxes, 1)
    )
    title = f"{found.label}: where {found.target}"
    axis = "part of the prior, from its low end to its high one"
    return bars(
        title, discover_sentence(found), rows, keys, axis, question=found.question, unit="part of the prior", is_share=True
    )


def _share(found: Amount) -> str:
    """A share with its error: `84 ± 2.1 %`."""
    told = percent(found.value)
    return f"{told.removesuffix(' %')} ± {error_points(found.error)} %" if math.isfinite(found.error) else told


def redteam_drawing(found: RedTeam) -> Drawing:
    """The chance of each way in which the judgement is wrong."""
    rows = [Bar(" and ".join(plain(words) for words in way.where), way.chance.value, way.chance.error) for way in found.ways]
    rows.append(Bar("in none of these ways", found.other.value, found.other.error, 1))
    title = f"{found.label}: how the judgement can be wrong"
    keys = ("wrong in this way", "otherwise wrong")
    return bars(title, redteam_sentence(found), rows, keys, _ALL, question=found.question, is_share=True)
