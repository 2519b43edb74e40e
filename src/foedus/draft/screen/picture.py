"""A draft as the page shows it: claims with what became of them, parts with their slots, questions, and what the case will ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from foedus.draft.asking import declined
from foedus.draft.binding import Bound
from foedus.draft.by_hand import fitting_slots, slot_unit, slots_of
from foedus.draft.choosing import MechanismChoice
from foedus.draft.decisions import Sketch
from foedus.draft.draft import tidy
from foedus.draft.facts import Fact
from foedus.draft.fitting import Match
from foedus.draft.folder import Made
from foedus.draft.mechanisms import require
from foedus.draft.model_text import questions_of, scenarios_of
from foedus.draft.readme import rests_on
from foedus.draft.round_numbers import ROUND, in_short
from foedus.evidence.claim import Claim
from foedus.evidence.figure_words import figure_words
from foedus.language.shelf import shelf_names

__all__ = ["picture_of"]

_LONGEST = 600


def picture_of(sketch: Sketch, target: str, made: Made | None, *, can_undo: bool) -> dict[str, Any]:
    """All that the page shows of a draft.

    Args:
        target: the folder, as it was named. made: the case, once it is written.
    """
    parts, material = sketch.plan.chosen.parts, sketch.material
    homes = {
        match.fact.claim.id: (part, name, match) for part in parts for name, row in part.filled.slots.items() for match in row
    }
    why = {one.claim.id: one.why for one in sketch.plan.uncovered}
    return {
        "name": sketch.name,
        "target": target,
        "title": sketch.drafted.title,
        "as_of": material.as_of.isoformat(),
        "documents": [reading.report.title for reading in material.readings],
        "late": list(material.late),
        "weeks": sketch.drafted.weeks,
        "claims": [_claim(fact, homes, why, parts) for fact in material.facts],
        "without_figure": len(material.claims) - len(material.facts),
        "parts": [_part(part, sketch) for part in parts],
        "left_out": list(_left_out(sketch)),
        "shelf": list(_shelf(sketch)),
        "asked": [
            {"key": one.asked.key, "text": one.asked.text, "options": one.asked.options, "taken": one.taken}
            for one in sketch.told
        ],
        "questions": [question.text for question, _ in questions_of(sketch.drafted)],
        "scenarios": [title for _, title, _ in scenarios_of(sketch.drafted)],
        "can_undo": can_undo,
        "made": _made(made),
    }


def _claim(
    fact: Fact,
    homes: Mapping[str, tuple[MechanismChoice, str, Match]],
    why: Mapping[str, str],
    parts: tuple[MechanismChoice, ...],
) -> dict[str, Any]:
    claim = fact.claim
    home = homes.get(claim.id)
    return {
        "id": claim.id,
        "figure": _figure(claim, 1.0, claim.quantity_unit),
        "counted": "" if home is None else _counted(home[2]),
        "words": " ".join(fact.sentence.split())[:_LONGEST],
        "source": claim.origin,
        "published": claim.published,
        "home": None if home is None else [home[0].takes.name, home[1]],
        "by_hand": home is not None and home[2].is_by_hand,
        "state": "slot" if home else "left" if claim.id in why else "ahead",
        "why": why.get(claim.id, ""),
        "fits": {part.takes.name: fitting_slots(fact, part) for part in parts},
    }


def _counted(match: Match) -> str:
    """What a figure counts for in its slot, where that is not what it says: 2,000,000 tonne of June as so many a month."""
    own, per = match.fact.claim.quantity_unit.replace(" per ", "/"), match.unit.partition("/")[2]
    is_same = own.partition("/")[2] == per and match.factor == 1
    return "" if is_same or match.unit.startswith("1") else _figure(match.fact.claim, match.factor, match.unit)


def _figure(claim: Claim, factor: float, unit: str) -> str:
    """The figure of a claim in words, in a unit of which one of its own is `factor`."""
    quantity = claim.quantity
    if quantity is None:
        return ""
    value, low, high = (None if one is None else tidy(one * factor) for one in (quantity.value, quantity.low, quantity.high))
    told = replace(claim, quantity=replace(quantity, value=value, low=low, high=high, unit=unit))
    return _PERCENT.sub(" %", figure_words(told)).replace(" per ", "/")


_PERCENT = re.compile(r" (?:percentage|percent)\b")


def _part(part: MechanismChoice, sketch: Sketch) -> dict[str, Any]:
    bounds = {bound.slot: bound for bound in sketch.drafted.bounds[part.alias]}
    takes, rule, things = part.takes, part.filled.rule, part.filled.things
    units = {name: slot_unit(takes, rule, things, name) for name, _ in slots_of(takes, rule)}
    return {
        "mechanism": takes.name,
        "alias": part.alias,
        "title": takes.title,
        "source": takes.source,
        "not_for": takes.not_for,
        "words": list(part.filled.words[:6]),
        "is_added": takes.name in sketch.decisions.by_hand.added,
        "slots": [_slot(name, label, units[name], bounds.get(name)) for name, label in slots_of(takes, rule)],
    }


def _slot(name: str, label: str, unit: str, bound: Bound | None) -> dict[str, Any]:
    """A slot: what fills it, in a word and in words; an extra that no claim fills is nothing that the model needs."""
    kind = "unused" if bound is None else bound.kind
    because = "" if bound is None else bound.because
    return {
        "slot": name,
        "label": label,
        "unit": "" if unit == "1" else unit,
        "kind": "round" if because.endswith(ROUND) else kind,
        "because": in_short(because),
        "claims": [match.fact.claim.id for match in bound.matches] if bound else [],
    }


def _left_out(sketch: Sketch) -> Iterator[dict[str, str]]:
    """Mechanisms that are near: those that somebody left out, and those for which something is missing."""
    used = {part.takes.name for part in sketch.plan.chosen.parts}
    gone = declined(sketch.proposal, sketch.decisions.answers) - used
    for name in sorted(gone):
        yield {"mechanism": name, "title": require(name).title, "why": ""}
    titles = {require(name).title: name for name in shelf_names() if not require(name).facing}
    missing = dict([*sketch.proposal.chosen.missing, *sketch.plan.chosen.missing])
    for title, slot in missing.items():
        if title in titles and titles[title] not in used | gone:
            yield {"mechanism": titles[title], "title": title, "why": f"{slot[:1].lower()}{slot[1:]}"}


def _shelf(sketch: Sketch) -> Iterator[dict[str, str]]:
    """The mechanisms that could be added."""
    near = {part.takes.name for part in sketch.plan.chosen.parts} | {one["mechanism"] for one in _left_out(sketch)}
    for name in sorted(shelf_names()):
        if name not in near and not require(name).facing:
            yield {"mechanism": name, "title": require(name).title}


def _made(made: Made | None) -> dict[str, Any] | None:
    """What was written, in words."""
    if made is None:
        return None
    rests = "" if made.resting is None or made.resting.assumed_part is None else rests_on(made.resting)
    return {"folder": str(made.folder), "rests_on": " ".join(one for one in (made.failed, rests) if one)}
