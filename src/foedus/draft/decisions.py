"""A draft as far as it is decided: the rules' proposal, what somebody answered or changed by hand, and the plan that follows.

Terminal and page go through it alike: both hand over `Decisions`, and the same decisions give the same case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from foedus.draft.asking import Answered, DraftQuestion, Taken, asked_of_parts, asked_of_plan, declined, taken_of
from foedus.draft.by_hand import ByHand
from foedus.draft.draft import DraftMaterial, DraftPlan, default_title, drafted_of, ledger_of, plan_of
from foedus.draft.drafted import Drafted
from foedus.draft.folder import Made, make_case
from foedus.draft.mechanisms import require_one_sided
from foedus.errors import EvidenceError, InputError, Problem
from foedus.evidence import pool

__all__ = ["Decisions", "Sketch", "begun", "decided", "written"]


@dataclass(frozen=True)
class Decisions:
    """What somebody decided. `answers` has the place of the option taken by the key of its question; what is missing has its default."""

    answers: Mapping[str, int] = field(default_factory=dict)
    by_hand: ByHand = field(default_factory=ByHand)

    def answering(self, key: str, taken: int) -> Decisions:
        return replace(self, answers={**self.answers, key: taken})

    def placing(self, claim: str, mechanism: str, slot: str) -> Decisions:
        """A claim goes into a slot, wherever it was."""
        hand = self.by_hand
        return replace(self, by_hand=replace(hand, placed={**hand.placed, claim: (mechanism, slot)}, out=hand.out - {claim}))

    def taking_out(self, claim: str) -> Decisions:
        """A claim fills nothing."""
        hand = self.by_hand
        placed = {name: home for name, home in hand.placed.items() if name != claim}
        return replace(self, by_hand=replace(hand, placed=placed, out=hand.out | {claim}))

    def adding(self, mechanism: str) -> Decisions:
        """A mechanism is used though no rule chose it."""
        hand = self.by_hand
        return self if mechanism in hand.added else replace(self, by_hand=replace(hand, added=(*hand.added, mechanism)))

    def dropping(self, mechanism: str) -> Decisions:
        """A mechanism that was added is not used, and what was put into it is not either."""
        hand = self.by_hand
        placed = {name: home for name, home in hand.placed.items() if home[0] != mechanism}
        return replace(self, by_hand=replace(hand, placed=placed, added=tuple(one for one in hand.added if one != mechanism)))


@dataclass(frozen=True)
class Sketch:
    """A draft that is not written yet.

    Attributes:
        only: mechanisms to choose from; None for all of the shelf. proposal: what the rules choose from the material.
        plan: the proposal as decided. asked: every question, those about parts first. taken: what their answers come to.
    """

    material: DraftMaterial
    only: tuple[str, ...] | None
    name: str
    proposal: DraftPlan
    decisions: Decisions
    plan: DraftPlan
    drafted: Drafted
    asked: tuple[DraftQuestion, ...]
    taken: Taken

    @property
    def told(self) -> list[Answered]:
        return [Answered(one, self.decisions.answers.get(one.key, 0)) for one in self.asked]


def begun(material: DraftMaterial, only: tuple[str, ...] | None, name: str, decisions: Decisions | None = None) -> Sketch:
    """What the rules propose, and every default.

    Args:
        name: of the case.
    Raises:
        InputError: no mechanism fits.
    """
    proposal = plan_of(material, only)
    return _sketched(material, only, name, proposal, decisions or Decisions())


def decided(sketch: Sketch, decisions: Decisions) -> Sketch:
    """The same draft with other decisions.

    Raises:
        InputError: one of them cannot be: a claim that does not fit its slot, a mechanism that is none, no part left.
    """
    return _sketched(sketch.material, sketch.only, sketch.name, sketch.proposal, decisions)


def written(target: Path, sketch: Sketch) -> Made:
    """The folder of the case.

    Raises:
        InputError: it cannot be written, or does not run.
    """
    return make_case(target, sketch.plan, sketch.drafted, [one.as_dict() for one in sketch.told], sketch.taken.is_copied)


def _sketched(
    material: DraftMaterial, only: tuple[str, ...] | None, name: str, proposal: DraftPlan, decisions: Decisions
) -> Sketch:
    plan = _planned(material, only, proposal, decisions)
    title = default_title(material)
    drafted = drafted_of(plan, name, title)
    of_parts = asked_of_parts(proposal)
    asked = asked_of_plan([(alias, bound) for alias, own in drafted.bounds.items() for bound in own], len(of_parts))
    taken = taken_of(asked, decisions.answers)
    drafted = drafted_of(plan, name, title, taken.weeks, taken.scales)
    _require_pools(plan, drafted)
    return Sketch(material, only, name, proposal, decisions, plan, drafted, (*of_parts, *asked), taken)


def _planned(material: DraftMaterial, only: tuple[str, ...] | None, proposal: DraftPlan, decisions: Decisions) -> DraftPlan:
    for name in decisions.by_hand.added:
        require_one_sided(name)
    unwanted = declined(proposal, decisions.answers)
    kept = tuple(part.takes.name for part in proposal.chosen.parts if part.takes.name not in unwanted)
    if proposal.chosen.parts and not kept and not decisions.by_hand.added:
        help = "A case needs one: keep this one, or add another first."
        raise InputError(Problem("the draft", 0, 0, "nothing-fits", "no part is left.", help))
    if not unwanted and decisions.by_hand.is_nothing:
        return proposal
    return plan_of(material, kept if unwanted else only, decisions.by_hand)


def _require_pools(plan: DraftPlan, drafted: Drafted) -> None:
    """Refuse a slot whose claims, with those put in by hand, make no pool."""
    hand = {
        group
        for own in drafted.bounds.values()
        for bound in own
        for group, matches in bound.groups
        if any(match.is_by_hand for match in matches)
    }
    claims = ledger_of(plan, drafted) if hand else ()
    for group in sorted(hand):
        try:
            pool([replace(claim, is_taken=True) for claim in claims if claim.group == group])
        except EvidenceError as error:
            raise InputError(list(error.problems)) from None
