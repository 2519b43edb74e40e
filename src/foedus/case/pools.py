"""Claims pooled for the parameters that rest on them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from foedus.compile import Program
from foedus.compile.program import ParameterSlot
from foedus.compile.scope import build_scope
from foedus.distributions import Normal
from foedus.ensemble.sampling import Law, Tabulated, TabulatedSpikes, drawn_law, with_borders
from foedus.errors import EvidenceError, InputError, Problem, suggestion
from foedus.evidence import DEFAULTS, BeliefCurve, Claim, Defaults, Ledger, Pooled, belief_curve, pool
from foedus.evidence.measures import conversion
from foedus.evidence.pool import can_pool, orphaned, rival_borders
from foedus.evidence.without import NOTHING_REMOVED, Removal
from foedus.language import Tree
from foedus.units import UnitProblem, UnitTable, read_unit

__all__ = ["Pools", "law_bytes", "pool_claims"]


@dataclass(frozen=True)
class Pools:
    """By parameter name: the pool, and its quantiles in the parameter's declared unit; `factors` lead from the pool's unit to that."""

    pooled: dict[str, Pooled]
    laws: dict[str, Law]
    beliefs: dict[str, BeliefCurve] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of what every parameter is drawn from: it changes with a claim, a default, or a source that is left out."""
        found = hashlib.sha256()
        for name, law in sorted(self.laws.items()):
            found.update(name.encode() + law_bytes(law))
        return found.hexdigest()


def law_bytes(law: Law) -> bytes:
    """What a law is drawn from, as bytes."""
    if isinstance(law, Tabulated):
        return law.table.astype("<f8").tobytes()
    if isinstance(law, TabulatedSpikes):
        spiked = law.spiked
        return (
            law_bytes(law.table) + np.array([spiked.weight, *spiked.values, *spiked.below, *spiked.above]).astype("<f8").tobytes()
        )
    return repr(law).encode()


def pool_claims(
    program: Program,
    tree: Tree,
    ledger: Ledger | None,
    defaults: Defaults = DEFAULTS,
    removal: Removal = NOTHING_REMOVED,
    kept: Pools | None = None,
    changed: Collection[str] = (),
) -> Pools:
    """Pool the groups that parameters rest on.

    Args:
        program: whose parameters.
        tree: its text, for units and messages.
        ledger: the claims.
        defaults: what pooling takes for granted, with the case's own overrides.
        removal: claims that were taken out of the ledger; a group that lost all of them keeps their order of magnitude only.
        kept: pools of the same program, to be taken over for groups that are not among `changed`.
    Raises:
        InputError: there is no ledger, or no such group.
        EvidenceError: a group cannot be pooled, or not in the parameter's unit.
    """
    pooled: dict[str, Pooled] = {}
    beliefs: dict[str, BeliefCurve] = {}
    laws: dict[str, Law] = {}
    factors: dict[str, float] = {}
    table = build_scope(tree).units
    by_group: dict[str, Pooled] = {}
    for slot in program.parameters:
        if not slot.claims:
            continue
        if kept is not None and slot.claims not in changed:
            laws[slot.name] = kept.laws[slot.name]
            if slot.is_belief:
                beliefs[slot.name] = kept.beliefs[slot.name]
            else:
                pooled[slot.name], factors[slot.name] = kept.pooled[slot.name], kept.factors[slot.name]
            continue
        claims = _claims_of(slot, tree, ledger, removal)
        if slot.is_belief:
            beliefs[slot.name], law = _belief(claims, defaults)
            laws[slot.name] = Tabulated.of(law)
            continue
        if slot.claims not in by_group:
            gone = removal.group(slot.claims)
            is_orphan = can_pool(gone, defaults) and not can_pool(claims, defaults)
            by_group[slot.claims] = orphaned(gone, defaults=defaults) if is_orphan else _pool(claims, slot.unit, table, defaults)
        found = pooled[slot.name] = by_group[slot.claims]
        factor = factors[slot.name] = _factor(table, found.unit, slot.unit, slot.name, slot.claims, slot.scale)
        apart = tuple(border * factor for border in rival_borders(found))
        laws[slot.name] = with_borders(drawn_law(found.distribution.scaled(factor)), apart)

    return Pools(pooled, laws, beliefs, factors)


def _pool(claims: Sequence[Claim], unit: str, table: UnitTable, defaults: Defaults) -> Pooled:
    """The pool of a group; in the parameter's unit where the model does not know that of the claims (square miles, say)."""
    found = pool(claims, defaults=defaults)
    try:
        read_unit(table, found.unit)
    except (UnitProblem, ValueError):
        return pool(claims, unit=unit, defaults=defaults) if conversion(found.unit, unit) is not None else found
    return found


def _claims_of(slot: ParameterSlot, tree: Tree, ledger: Ledger | None, removal: Removal) -> tuple[Claim, ...]:
    """The claims that a parameter rests on; none where all of them were removed."""
    if ledger is None:
        message = f"parameter `{slot.name}` rests on the claims `{slot.claims}`, and there is no ledger beside the model."
        raise InputError(Problem(tree.source.file, 0, 0, "no-ledger", message, "Put ledger.jsonl beside it, or give it a prior."))
    if removal.group(slot.claims) and not any(claim.counts for claim in ledger.claims if claim.group == slot.claims):
        return ()
    if slot.claims in ledger.to_come:
        if slot.is_belief:
            return ()  # before anybody has spoken, belief is where it starts
        message = f"parameter `{slot.name}` rests on `{slot.claims}`, of which no claim had been published yet."
        help = "Give it a prior with its reason of that day."
        raise InputError(Problem(tree.source.file, 0, 0, "not-known-yet", message, help))
    if slot.claims not in ledger.groups:
        near = suggestion(slot.claims, ledger.groups) or f"The ledger is {ledger.path}."
        message = f"parameter `{slot.name}` rests on `{slot.claims}`, and the ledger has no such group."
        raise InputError(Problem(tree.source.file, 0, 0, "unknown-group", message, near))
    return ledger.group(slot.claims)


def _belief(claims: Sequence[Claim], defaults: Defaults) -> tuple[BeliefCurve, Normal]:
    """The curve of belief, and where it ends: its spread is the jackknife's, leaving out one origin at a time.

    With one origin the jackknife knows no spread: what that origin moved is taken for it.
    """
    curve = belief_curve(claims, defaults=defaults)
    origins = sorted({claim.origin for claim in claims})
    without = [belief_curve([c for c in claims if c.origin != origin], defaults=defaults).log_odds for origin in origins]
    count = len(origins)
    if count < 2:
        return curve, Normal(curve.log_odds, max(abs(curve.log_odds - curve.prior_log_odds), 0.1))
    middle = sum(without) / count
    variance = (count - 1) / count * sum((value - middle) ** 2 for value in without)
    return curve, Normal(curve.log_odds, max(variance**0.5, 0.1))


def _factor(table: UnitTable, found: str, declared: str, parameter: str, group: str, scale: float) -> float:
    try:
        unit, wanted = read_unit(table, found), read_unit(table, declared)
    except UnitProblem as problem:
        raise EvidenceError(Problem(group, 0, 0, "unknown-unit", problem.message, problem.help)) from None
    if not unit.matches(wanted):
        message = f"the claims are in {found}, and parameter `{parameter}` is in {declared}."
        raise EvidenceError(Problem(group, 0, 0, "units-differ", message, "Declare the parameter in the unit of the claims."))
    return unit.scale / scale
