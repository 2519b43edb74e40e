"""What a posterior rests on: a digest of equations, priors and data, so that a posterior of another model or other data is refused."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from foedus.case.material import Material
from foedus.case.observations import Observed, known_observations
from foedus.case.pools import Pools, pool_claims
from foedus.case.posterior import PosteriorPrior
from foedus.compile import Program
from foedus.compile.canonical import canonical_text
from foedus.compile.program import ParameterSlot
from foedus.ensemble import Sampler
from foedus.errors import InputError, Problem
from foedus.model import Options, compile_model

__all__ = ["Basis", "basis_for", "basis_of"]


@dataclass(frozen=True, eq=False)
class Basis:
    """What is calibrated: a program whose draws are handed in, the priors, and what was known.

    Attributes:
        until: the moment of knowledge, in the model's unit of time since the as-of date.
        pools: of the claims that the priors rest on.
    """

    program: Program
    sampler: Sampler
    observed: tuple[Observed, ...]
    until: float
    pools: Pools = field(default_factory=lambda: Pools({}, {}))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over equations and data, but neither over labels nor reasons nor questions.

        The laws of parameters are no part: members can be weighed anew for other ones.
        """
        program = self.program
        parameters = tuple(_bare(slot) for slot in program.parameters)
        saved = tuple(dataclasses.replace(slot, label="") for slot in program.saved)
        bare = dataclasses.replace(
            program,
            name="",
            title="",
            parameters=parameters,
            saved=saved,
            results=(),
            reports=(),
            scenarios=tuple(dataclasses.replace(slot, label="") for slot in program.scenarios),
        )
        total = hashlib.sha256(bare.canonical().encode())
        for one in self.observed:
            total.update(canonical_text(dataclasses.replace(one.slot, label="", because="")).encode())
            for values in (one.times, one.values):
                total.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
        return total.hexdigest()


def _bare(slot: ParameterSlot) -> ParameterSlot:
    """A parameter without its law, of which only that it has one is told."""
    told = "uncertain" if slot.is_uncertain else ""
    return dataclasses.replace(slot, label="", because="", prior_text=told, distribution=None, claims="", is_belief=False)


def basis_of(
    case: Material, hindcast: str, until: datetime.date | None, end: datetime.date | None = None, keep: tuple[str, ...] = ()
) -> Basis:
    """What a calibration of a case rests on.

    Args:
        case: any case with `observe` statements.
        hindcast: which hindcast to run; "" for the model's own run from its as-of date on.
        until: nothing that became known later is used; None for everything.
        end: run to this day instead of the end that the text declares.
        keep: variables whose trajectories are kept besides what is observed.
    Raises:
        InputError: the model declares no observation.
    """
    program = compile_model(case.tree, Options(hindcast, "observed", end=end, given=True, keep=keep))
    last = (program.first_step + program.steps) * program.step
    if until is not None and program.calendar is not None:
        last = min(last, program.calendar.time_of(until))
    observed = known_observations(case, program.first_step * program.step, last)
    pools = pool_claims(program, case.tree, case.ledger, case.defaults, case.removal)
    return Basis(program, Sampler(program, pools.laws, 0, "random", 1), observed, last, pools)


def _with_claims(case: Material, known: Basis, changed: Collection[str] | None) -> Basis:
    """The basis with what the claims of a case say; the pools of groups that did not change are taken over, where it is told which did."""
    kept = known.pools if changed is not None else None
    pools = pool_claims(known.program, case.tree, case.ledger, case.defaults, case.removal, kept, changed or ())
    return dataclasses.replace(known, sampler=Sampler(known.program, pools.laws, 0, "random", 1), pools=pools)


def basis_for(
    case: Material, posterior: PosteriorPrior, known: Basis | None = None, changed: Collection[str] | None = None
) -> Basis:
    """What a posterior rests on, in the case as it stands: the same equations and data.

    Args:
        known: the same of another case with this text; only what claims say is worked out again.
        changed: the groups of which `known` had other claims; None where it may be any of them.

    Raises:
        InputError: it does not fit the case as it stands.
    """
    setup = posterior.setup
    until = datetime.date.fromisoformat(setup["until"]) if setup["until"] else None
    found = basis_of(case, setup["hindcast"], until) if known is None else _with_claims(case, known, changed)
    equations = found if known is None else known  # claims are no part of the digest
    if equations.digest != posterior.basis:
        message = "the posterior is stale: equations or data of the case have changed since it was made."
        help = "Make it again with `foedus calibrate CASE --adopt`, or leave it out (`--posterior none`, or take posterior.toml away)."
        raise InputError(Problem(posterior.path, 0, 0, "stale-posterior", message, help))
    return found
