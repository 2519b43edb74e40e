"""Claims pooled for the parameters that rest on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.compile import Program
from foedus.compile.scope import build_scope
from foedus.distributions import Normal
from foedus.ensemble.sampling import Tabulated
from foedus.errors import EvidenceError, InputError, Problem
from foedus.evidence import BeliefCurve, Ledger, Pooled, belief_curve, pool
from foedus.language import Tree
from foedus.language.cursor import suggestion
from foedus.language.units import Unit, UnitProblem, UnitTable

__all__ = ["Pools", "pool_claims", "unit_from_text"]


@dataclass(frozen=True)
class Pools:
    """By parameter name: the pool, and its quantiles in the parameter's declared unit."""

    pooled: dict[str, Pooled]
    laws: dict[str, Tabulated]
    beliefs: dict[str, BeliefCurve] = field(default_factory=dict)


def unit_from_text(table: UnitTable, text: str) -> Unit:
    """The unit written as `person/month` or `1`.

    Raises:
        UnitProblem: a part is not known.
    """
    factors: list[tuple[str, int]] = []
    sign = 1
    for part in text.replace("*", " * ").replace("/", " / ").split():
        if part in "*/":
            sign = 1 if part == "*" else -1
        elif part != "1":
            name, _, power = part.partition("^")
            factors.append((name, sign * int(power or 1)))
    return table.read(factors)


def pool_claims(program: Program, tree: Tree, ledger: Ledger | None) -> Pools:
    """Pool the groups that parameters rest on.

    Raises:
        InputError: there is no ledger, or no such group.
        EvidenceError: a group cannot be pooled, or not in the parameter's unit.
    """
    pooled: dict[str, Pooled] = {}
    beliefs: dict[str, BeliefCurve] = {}
    laws: dict[str, Tabulated] = {}
    table = build_scope(tree).units
    for slot in program.parameters:
        if not slot.claims:
            continue
        if ledger is None:
            message = f"parameter `{slot.name}` rests on the claims `{slot.claims}`, and there is no ledger beside the model."
            raise InputError(
                Problem(
                    tree.source.file,
                    0,
                    0,
                    "no-ledger",
                    message,
                    "Put ledger.jsonl beside it, or give it a prior.",
                )
            )
        if slot.claims not in ledger.groups:
            near = suggestion(slot.claims, ledger.groups) or f"The ledger is {ledger.path}."
            message = f"parameter `{slot.name}` rests on `{slot.claims}`, and the ledger has no such group."
            raise InputError(Problem(tree.source.file, 0, 0, "unknown-group", message, near))
        if slot.is_belief:
            beliefs[slot.name], law = _belief(ledger, slot.claims)
            laws[slot.name] = Tabulated.of(law)
            continue
        found = pool(ledger.group(slot.claims))
        pooled[slot.name] = found
        factor = _factor(table, found.unit, slot.unit, slot.name, slot.claims, slot.scale)
        laws[slot.name] = Tabulated.of(found.distribution.scaled(factor))

    return Pools(pooled, laws, beliefs)


def _belief(ledger: Ledger, group: str) -> tuple[BeliefCurve, Normal]:
    """The curve of belief, and where it ends: its spread is the jackknife's, leaving out one origin at a time."""
    claims = [claim for claim in ledger.group(group) if claim.counts]
    curve = belief_curve(claims)
    origins = sorted({claim.origin for claim in claims})
    without = [belief_curve([claim for claim in claims if claim.origin != origin]).log_odds for origin in origins]
    middle = sum(without) / len(without)
    count = len(origins)
    variance = (count - 1) / count * sum((value - middle) ** 2 for value in without)
    return curve, Normal(curve.log_odds, max(variance**0.5, 0.1))


def _factor(table: UnitTable, found: str, declared: str, parameter: str, group: str, scale: float) -> float:
    try:
        unit, wanted = unit_from_text(table, found), unit_from_text(table, declared)
    except UnitProblem as problem:
        raise EvidenceError(Problem(group, 0, 0, "unknown-unit", problem.message, problem.help)) from None
    if not unit.matches(wanted):
        message = f"the claims are in {found}, and parameter `{parameter}` is in {declared}."
        raise EvidenceError(Problem(group, 0, 0, "units-differ", message, "Declare the parameter in the unit of the claims."))
    return unit.scale / scale
