"""Why an answer varies: evidence, assumptions, luck and structure, adding up to the whole; and each parameter alone and with all others.

Every future is run again with some of its causes kept and the others drawn anew (`analysis.indices`). Parameters that hang together (a
correlation, members of a posterior) are one cause.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Sequence

import numpy as np

from foedus.analysis.enough import SHARES, refuse_few
from foedus.analysis.failures import refuse_failed
from foedus.analysis.grounds import GroundedAnswer, grounds_of
from foedus.analysis.indices import VarianceIndex, closed_index, total_index
from foedus.analysis.ranges import between_shifts
from foedus.analysis.spread import rival_answers
from foedus.analysis.tails import carriers_of_variance
from foedus.analysis.variance import Cause, Why
from foedus.arrays import Array
from foedus.case import Case
from foedus.compile.program import ParameterSlot, ResultSlot
from foedus.ensemble import Futures, Joint, Settings
from foedus.study.asked import asked_slots, question_words
from foedus.study.common import rests_on
from foedus.study.durations import timed
from foedus.study.rivals import run_rivals, variant_weights
from foedus.study.simulate import Progress, Told, simulate_case
from foedus.study.titled import title_in

__all__ = ["why"]

MOST_CAUSES = 12


def why(
    case: Case,
    question: str,
    *,
    futures: int = 4000,
    seed: int = 0,
    causes: int = MOST_CAUSES,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Why:
    """Split the variance of one answer, in the baseline.

    Args:
        case: the case; an adopted posterior is one cause.
        question: its name.
        futures: of each run.
        seed: of the first run; the others take the seeds after it.
        causes: how many parameters to look at one by one.
        progress: called with (runs done, runs in all).
        told: called with the seconds that it will take, after the first of its runs.
    Raises:
        InputError: there is no such question, too few futures have an answer, or too few have one in both of two runs.
        RunError: more than a few of the futures failed.
    """
    (slot,) = asked_slots(case, [question])
    runs = _Runs(case, futures, seed, progress, 5 + 2 * causes)
    base = runs.base
    if told is not None:
        told(runs.seconds * (runs.expected - runs.made + len(variant_weights(case)) + 1))
    refuse_failed(base)
    values = base.values(slot.name)
    _refuse_few(case, slot, values, values)
    sets = _sets(case)
    on_claims = [one for one in sets if rests_on(case, _slots(case, one)) != "assumed"]
    everything = [index for one in sets for index in one]
    all_of = _shared(case, runs, slot, values, everything, luck=3)
    of_claims = _shared(case, runs, slot, values, [index for one in on_claims for index in one], luck=4)
    chosen = _strongest(base, values, sets, causes)
    found = [_cause(case, runs, slot, values, one, place) for place, one in enumerate(chosen)]
    structure = _structure(case, slot, values, futures, seed)
    if not structure and not float(np.nanvar(values)) > 0:
        return Why(slot.name, futures, runs.made, *(math.nan,) * 4, {}, _share(values), (), question_words(case, slot))
    known = min(1.0, max(0.0, all_of.value))
    evidence = min(known, max(0.0, of_claims.value))
    left = 1 - structure
    errors = {
        "evidence": of_claims.error * left,
        "parameters": math.hypot(all_of.error, of_claims.error) * left,
        "luck": all_of.error * left,
    }
    parts = (evidence * left, (known - evidence) * left)
    return Why(
        slot.name,
        futures,
        runs.made,
        *parts,
        1 - structure - math.fsum(parts),
        structure,
        errors,
        _share(values),
        tuple(sorted(found, key=lambda cause: -cause.total.value)),
        question_words(case, slot),
        carriers_of_variance(values),
        slot.kind,
    )


def _share(values: Array) -> float:
    return float(np.mean(~np.isnan(values)))


def _refuse_few(case: Case, slot: ResultSlot, one: Array, other: Array) -> None:
    both = int((~(np.isnan(one) | np.isnan(other))).sum())
    message = f"`{slot.name}` has an answer in {both} pairs of futures: too few to split its variance."
    refuse_few(case.name, both, SHARES, message, "Run more futures (-n), or ask about another question")


def _shared(case: Case, runs: _Runs, slot: ResultSlot, values: Array, kept: Sequence[int], luck: int) -> VarianceIndex:
    """What some parameters have of the variance together."""
    if not kept or not float(np.nanvar(values)) > 0:
        return VarianceIndex(0.0, 0.0)
    again = runs.anew(slot, kept, luck=luck)
    _refuse_few(case, slot, values, again)
    return closed_index(values, again)


class _Runs:
    """Runs of the baseline with chosen parameters from the first draw, the others from a second one, and luck of its own or the same."""

    def __init__(self, case: Case, futures: int, seed: int, progress: Progress | None, expected: int) -> None:
        self.case, self.futures, self.seed, self.progress, self.expected = case, futures, seed, progress, expected
        self.made = 0
        self.scenarios = case.scenarios([case.program.scenarios[0].name])
        self.base = self._run(case.joint, seed)
        self.other, self.seconds = timed(lambda: self._run(case.joint, seed + 1))

    def anew(self, slot: ResultSlot, kept: Sequence[int], *, luck: int) -> Array:
        """Answers with the kept parameters of the first run, all others of the second, and luck of its own."""
        return self._mixed(slot, set(kept), self.seed + luck)

    def but(self, slot: ResultSlot, changed: Sequence[int]) -> Array:
        """Answers with everything of the first run, luck too, but the changed parameters from the second."""
        return self._mixed(slot, set(self.base.uncertain) - set(changed), self.seed)

    def _mixed(self, slot: ResultSlot, kept: set[int], seed: int) -> Array:
        slots = self.case.program.parameters
        values = {}
        for index in self.base.uncertain:
            source = self.base if index in kept else self.other
            values[slots[index].name] = (source.parameters[index] / slots[index].scale)[:, None]
        return self._run(Joint("drawn", values), seed).values(slot.name)

    def _run(self, joint: Joint | None, seed: int) -> Futures:
        found = simulate_case(self.case, Settings(self.futures, seed), self.scenarios, members=joint)
        self.made += 1
        if self.progress is not None:
            self.progress(min(self.made, self.expected), self.expected)
        return found


def _sets(case: Case) -> list[tuple[int, ...]]:
    """The uncertain parameters, those that hang together in one set."""
    program = case.program
    parent = {index: index for index in range(len(program.parameters))}

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    pairs = [(first, second) for first, second, _ in program.correlations]
    members = [
        index for index, slot in enumerate(program.parameters) if case.joint is not None and slot.name in case.joint.values
    ]
    pairs += list(itertools.pairwise(members))
    for first, second in pairs:
        parent[root(second)] = root(first)
    found: dict[int, list[int]] = {}
    for index, slot in enumerate(program.parameters):
        if slot.is_uncertain:
            found.setdefault(root(index), []).append(index)
    return [tuple(group) for group in found.values()]


def _slots(case: Case, group: Sequence[int]) -> list[ParameterSlot]:
    return [case.program.parameters[index] for index in group]


def _strongest(base: Futures, values: Array, sets: Sequence[tuple[int, ...]], most: int) -> list[tuple[int, ...]]:
    """The sets by what a regression gives them, the strongest first; what it cannot see at all is still looked at, up to `most`."""
    sized = []
    for group in sets:
        if any(np.ptp(base.parameters[index]) > 0 for index in group):
            only = dataclasses.replace(base, uncertain=tuple(group))
            (grounds,) = grounds_of(only, [GroundedAnswer(values)], {}, frozenset())
            square = max((_even_part(base.parameters[index], values) for index in group), default=0.0)
            sized.append((max(grounds.assumed, square), group))
    return [group for _, group in sorted(sized, key=lambda pair: (-pair[0], pair[1]))[:most]]


def _even_part(parameter: Array, values: Array) -> float:
    """How much of the variance goes with the distance of a parameter from its middle: what no straight line sees."""
    kept = ~np.isnan(values)
    away = np.abs(parameter[kept] - np.median(parameter[kept]))
    if len(away) < 3 or float(np.ptp(away)) == 0 or float(np.ptp(values[kept])) == 0:
        return 0.0
    return float(np.corrcoef(away, values[kept])[0, 1] ** 2)


def _cause(case: Case, runs: _Runs, slot: ResultSlot, values: Array, group: tuple[int, ...], place: int) -> Cause:
    slots = _slots(case, group)
    first = closed_index(values, runs.anew(slot, group, luck=5 + place))
    total = total_index(values, runs.but(slot, group))
    return Cause(tuple(one.name for one in slots), title_in(case, slots[0]), rests_on(case, slots), first, total)


def _structure(case: Case, slot: ResultSlot, values: Array, futures: int, seed: int) -> float:
    """The share of the variance that lies between the model and its variants."""
    baseline = case.program.scenarios[0].name
    rivals = run_rivals(case, futures, seed, scenarios=(baseline,), is_whole=True)
    if rivals is None:
        return 0.0
    refuse_failed(rivals.futures, " in a rival structure")
    between = between_shifts([one.sure_shift for one in rival_answers(rivals, slot)[baseline]])
    within = float(np.nanvar(values))
    return between / (between + within) if between + within > 0 else 0.0
