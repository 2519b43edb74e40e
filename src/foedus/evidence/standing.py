"""Which claims of a group stand beside one another: what is affirmed, of the same thing and time, newer in place of older.

Whatever does not stand is kept with the reason why, so that nobody has to guess what became of a claim.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from foedus.distributions import short_number
from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Quantity
from foedus.evidence.defaults import Defaults
from foedus.evidence.frozen import FrozenMapping
from foedus.evidence.kernel import Kernel, Scale, kernel_of, numbers_of
from foedus.evidence.measures import conversion

__all__ = ["Standing", "at_claim", "days_between", "has_figure", "standing"]

_NO_NUMBER = "it has no number"
_BY_STANCE = {
    "denied": "it denies the figure",
    "negated": "it says that the figure is not so",
    "doubted": "it doubts the figure",
    "conditional": "it says what would be, if",
    "asked": "it asks",
    "retracted": "it was taken back",
    "unsure": "it hangs on a word that no rule of reading knows",
}


@dataclass(frozen=True)
class Standing:
    """The claims of one group after everything that is said about other things, or in place of one another, is put aside.

    Attributes:
        kernels: figures and bounds that stand, in the order of the days of which they speak.
        nothing: claims that say that there is none.
        unit: of all kernels; `scale` on which they are normal.
        superseded_by: id -> the claim that replaces it.
        left_out: id -> why it has no part in the pool.
        notes: what a reader should know, in sentences.
    """

    kernels: tuple[Kernel, ...]
    nothing: tuple[Claim, ...]
    unit: str
    scale: Scale
    superseded_by: Mapping[str, str] = field(default_factory=FrozenMapping)
    left_out: Mapping[str, str] = field(default_factory=FrozenMapping)
    notes: tuple[str, ...] = ()


def has_figure(claim: Claim, defaults: Defaults) -> bool:
    """A number that is affirmed, under a hedge that leaves it some weight."""
    return not _silent(claim, defaults)


def standing(claims: Iterable[Claim], unit: str | None, defaults: Defaults) -> Standing:
    """Which claims stand.

    Raises:
        EvidenceError: no claim has a usable number, units measure different things, or a value is below zero.
    """
    ordered = sorted((claim for claim in claims if claim.counts), key=lambda claim: (claim.stated, claim.day, claim.id))
    left_out = {claim.id: reason for claim in ordered if (reason := _silent(claim, defaults))}
    told = [claim for claim in ordered if claim.id not in left_out]
    nothing = [claim for claim in ordered if _says_none(claim, defaults)]
    told = [claim for claim in told if claim not in nothing]
    left_out = {name: reason for name, reason in left_out.items() if name not in {claim.id for claim in nothing}}
    told, supposed = _actual(told)
    left_out |= supposed
    _require(told, ordered, nothing)
    said = {claim.id: claim.quantity for claim in told}
    shared, told = _one_unit(told, unit)
    told, notes, added = _with_increments(told)
    scale = Scale(shared == "1" and _are_shares(told))
    kernels = _floors_of_totals([kernel_of(claim, scale, defaults, said[claim.id]) for claim in told], defaults)
    live, replaced = _newest(kernels, defaults)
    known = [kernel for kernel in live if kernel.quality > 0]
    for kernel in live if known else ():
        if kernel.quality <= 0:
            left_out[kernel.claim.id] = f"its grade {kernel.claim.grade} carries nothing"
    kept = known or live
    standing_none, gone = _against(nothing, kept)
    return Standing(
        tuple(kept),
        tuple(standing_none),
        shared,
        scale,
        FrozenMapping({**added, **replaced, **gone}),
        FrozenMapping(left_out),
        notes,
    )


def _silent(claim: Claim, defaults: Defaults) -> str:
    """Why a claim says nothing about how much; "" if it does."""
    if not numbers_of(claim.quantity):
        return "its figure was not read whole" if claim.quantity and claim.quantity.loose else _NO_NUMBER
    if claim.stance != "affirmed":
        return _BY_STANCE[claim.stance]
    if claim.polarity != "+":
        return "it denies the figure" if claim.polarity == "-" else "it takes no side"
    if claim.left_open:
        return claim.left_open
    return "" if defaults.hedges[claim.hedge.kind].weight > 0 else "it says that it does not know"


def _says_none(claim: Claim, defaults: Defaults) -> bool:
    """Does it say that there is none: nought, a denial of the thing, or of a figure somebody gave?"""
    if defaults.hedges[claim.hedge.kind].weight <= 0 or claim.polarity == "0":
        return False
    numbers = numbers_of(claim.quantity)
    if numbers and max(numbers) == 0:
        return claim.polarity == "+" and claim.stance == "affirmed"
    if claim.stance == "denied" or (claim.polarity == "-" and claim.stance == "affirmed"):
        return True
    return not numbers and claim.quantity is None and (claim.polarity == "-" or claim.stance == "negated")


def _actual(told: list[Claim]) -> tuple[list[Claim], dict[str, str]]:
    """What is, without what is intended, expected or imagined; where nobody says what is, all of it."""
    actual = [claim for claim in told if claim.modality == "actual"]
    if not actual:
        return told, {}
    supposed = {claim.id: f"it is {claim.modality}, and others say what is" for claim in told if claim.modality != "actual"}
    return actual, supposed


def _require(told: Sequence[Claim], ordered: Sequence[Claim], nothing: Sequence[Claim]) -> None:
    if not told:
        message = (
            "None of these claims has a number that could be pooled."
            if not nothing
            else "All of these claims say that there is none."
        )
        help_text = (
            "Add a quantity with a value." if not nothing else "Give the parameter the prior 0 with a `because`, or add a figure."
        )
        raise EvidenceError(at_claim(ordered[0] if ordered else None, "nothing-to-pool", message, help_text))
    wrong = [claim for claim in told if any(end < 0 for end in numbers_of(claim.quantity))]
    wrong += [claim for claim in told if min(numbers_of(claim.quantity)) == 0 and claim not in wrong]
    if wrong:
        help_text = "Pooling needs positive numbers; state a change as two levels, and a range from nought as `up_to`."
        raise EvidenceError([at_claim(claim, "not-positive", "The quantity is not above zero.", help_text) for claim in wrong])


def _one_unit(told: list[Claim], unit: str | None) -> tuple[str, list[Claim]]:
    """All claims in the unit that is asked for, or that most of them have."""
    units = [claim.quantity_unit for claim in told]
    expected = unit if unit is not None else max(units, key=lambda name: (units.count(name), -units.index(name)))
    factors = {name: conversion(name, expected) for name in set(units)}
    others = [claim for claim in told if factors[claim.quantity_unit] is None]
    if others:
        listed = ", ".join(sorted(set(units)))
        message = f'Group "{told[0].group}" is pooled in {expected}, but its claims have the units {listed}.'
        help_text = "Convert the figures, or put them into groups of their own."
        raise EvidenceError([at_claim(claim, "mixed-units", message, help_text) for claim in others])
    return expected, [_converted(claim, factors[claim.quantity_unit] or 1.0, expected) for claim in told]


def _converted(claim: Claim, factor: float, unit: str) -> Claim:
    quantity = claim.quantity
    if factor == 1.0 or quantity is None:
        return claim

    def scaled(end: float | None) -> float | None:
        return None if end is None else end * factor

    exposure = quantity.exposure / factor if quantity.exposure is not None else None
    told = replace(
        quantity, unit=unit, value=scaled(quantity.value), low=scaled(quantity.low), high=scaled(quantity.high), exposure=exposure
    )
    return replace(claim, quantity=told)


def _are_shares(told: Sequence[Claim]) -> bool:
    ends = [end for claim in told for end in numbers_of(claim.quantity)]
    return max(ends) <= 1 and min(ends) < 1


def _with_increments(told: list[Claim]) -> tuple[list[Claim], tuple[str, ...], dict[str, str]]:
    """Who says "500 more" says the figure that stood before it and 500: of its own origin, else the newest of all."""
    found: list[Claim] = []
    notes: list[str] = []
    replaced: dict[str, str] = {}
    for claim in told:
        base = _base(claim, found)
        if base is None:
            found.append(claim)
            if claim.quantity is not None and claim.quantity.qualifier == "additional":
                found[-1] = replace(claim, quantity=replace(claim.quantity, qualifier="at_least"))
                notes.append(f"{claim.id} adds to a figure that nobody gives: it is a floor.")
            continue
        before, more = _middle(base.quantity), _middle(claim.quantity)
        assert claim.quantity is not None
        whole = Quantity("numeric", "about", before + more, None, None, claim.quantity.unit)
        found.append(replace(claim, quantity=whole, ctype=base.ctype))
        notes.append(f"{claim.id} adds {short_number(more)} to the {short_number(before)} of {base.id}.")
        if base.origin == claim.origin:
            replaced[base.id] = claim.id
            found.remove(base)
    return found, tuple(notes), replaced


def _base(claim: Claim, before: Sequence[Claim]) -> Claim | None:
    """The figure that an increment adds to."""
    if claim.quantity is None or claim.quantity.qualifier != "additional":
        return None
    figures = [one for one in before if one.quantity is not None and one.quantity.qualifier != "additional"]
    own = [one for one in figures if one.origin == claim.origin]
    return (own or figures)[-1] if own or figures else None


def _middle(quantity: Quantity | None) -> float:
    ends = numbers_of(quantity)
    return quantity.value if quantity is not None and quantity.value is not None else (min(ends) + max(ends)) / 2


def _floors_of_totals(kernels: list[Kernel], defaults: Defaults) -> list[Kernel]:
    """Of a running total older totals are floors."""
    rule = defaults.groups.get(kernels[0].claim.group)
    if rule is None or rule.kind != "running total":
        return kernels
    newest = max(kernel.claim.stated for kernel in kernels)
    return [
        replace(kernel, bound="lower", edge=kernel.centre) if kernel.claim.stated < newest and not kernel.bound else kernel
        for kernel in kernels
    ]


def _newest(kernels: list[Kernel], defaults: Defaults) -> tuple[list[Kernel], dict[str, str]]:
    """Within an origin the newest statement replaces older ones, if it is at least as good or enough time has passed.

    A bound that allows what the origin said before leaves it, and stands beside it.
    """
    live: list[Kernel] = []
    replaced: dict[str, str] = {}
    for kernel in kernels:  # in the order of the days of which they speak
        own = [one for one in live if one.claim.origin == kernel.claim.origin]
        rivals = [one for one in own if not _stand_together(one, kernel, defaults)]
        better = [one for one in rivals if not _may_replace(kernel, one, defaults)]
        if better:
            replaced[kernel.claim.id] = better[-1].claim.id
            continue
        for one in rivals:
            live.remove(one)
            replaced[one.claim.id] = kernel.claim.id
        live.append(kernel)
    for name, by in list(replaced.items()):  # who replaced it may have been replaced itself
        while by in replaced:
            by = replaced[by]
        replaced[name] = by
    return live, replaced


def _stand_together(old: Kernel, new: Kernel, defaults: Defaults) -> bool:
    """Two statements of one origin that leave each other alone: a bound and what it allows, a tighter bound that is not as sure."""
    if new.bound and not old.bound:
        return new.allows(old)
    if old.bound and not new.bound:
        return old.claim.stated == new.claim.stated and old.allows(new)
    if new.bound and old.bound:
        if new.bound != old.bound:
            return new.allows(old) and old.allows(new)
        is_tighter = new.edge > old.edge if new.bound == "lower" else new.edge < old.edge
        return is_tighter and not _may_replace(new, old, defaults)
    is_same = (old.centre, old.width) == (new.centre, new.width)
    return old.claim.stated == new.claim.stated and (is_same or (old.quality > 0) == (new.quality > 0))


def _may_replace(new: Kernel, old: Kernel, defaults: Defaults) -> bool:
    """At least as good as the older one is by now; what carries nothing replaces nothing that does."""
    if new.quality <= 0 < old.quality:
        return False
    age = days_between(old.claim.stated, new.claim.stated)
    return new.quality >= old.quality * 2 ** (-age / defaults.setting("half_life_days"))


def _against(nothing: Sequence[Claim], kernels: list[Kernel]) -> tuple[list[Claim], dict[str, str]]:
    """Who said that there is none and has given a figure since no longer says so; and the other way round."""
    live: list[Claim] = []
    gone: dict[str, str] = {}
    for claim in nothing:
        own = [kernel for kernel in kernels if kernel.claim.origin == claim.origin]
        newer = [kernel for kernel in own if kernel.claim.stated > claim.stated]
        if newer:
            gone[claim.id] = newer[-1].claim.id
            continue
        live.append(claim)
        for kernel in own:
            if kernel.claim.stated < claim.stated and len(kernels) > 1:
                kernels.remove(kernel)
                gone[kernel.claim.id] = claim.id
    return live, gone


def days_between(one: str, other: str) -> float:
    """Days from one ISO date to another, never below 0; 0 where one is not known."""
    if not one or not other:
        return 0.0
    return float(max(0, (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(one)).days))


def at_claim(claim: Claim | None, code: str, message: str, help_text: str) -> Problem:
    """A problem at the claim's line of the ledger."""
    if claim is None:
        return Problem("ledger", 0, 0, code, message, help_text)
    place = claim.place
    return Problem(place.file, place.line, 1 if place.line else 0, code, f"Claim {claim.id}: {message}", help_text, place.text)
