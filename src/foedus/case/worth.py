"""A plan of what to find out: which parameter, claim and source would narrow an answer, or would better a choice, and by how much."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from foedus.analysis.decision import Gain, Utilities
from foedus.analysis.drivers import Ranks
from foedus.analysis.enough import OPTIONS, refuse_few
from foedus.analysis.explain import Amount
from foedus.analysis.failures import refuse_failed
from foedus.analysis.plan import Choice, Gained, Item, Option, Plan, Step
from foedus.analysis.worth import further_report, learnt, refuse_small, worth
from foedus.arrays import Array
from foedus.case.asked import question_words, tell_duration
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures
from foedus.errors import InputError, Problem
from foedus.evidence.kernel import Kernel

if TYPE_CHECKING:
    from foedus.case.case import Case

__all__ = ["choice", "plans"]

Progress = Callable[[int, int], None]


def plans(
    case: Case,
    slots: Sequence[ResultSlot],
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> dict[str, Plan]:
    """What would narrow the answers to some questions, in the baseline.

    Args:
        futures, seed: of the run.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: a question applies to too few futures.
        RunError: more than a few of the futures failed.
    """
    ran = _run(case, [case.program.scenarios[0].name], futures, seed, progress, told)
    ranks, signals = Ranks(ran), _Signals(case, ran)
    return {slot.name: _plan(case, ran, ranks, signals, slot) for slot in slots}


def _run(
    case: Case, scenarios: Sequence[str], futures: int, seed: int, progress: Progress | None, told: Callable[[float], None] | None
) -> Futures:
    tell_duration(told, lambda count: case.run(count, seed, scenarios, trajectories=False), futures)
    ran = case.run(futures, seed, scenarios, trajectories=False, progress=progress)
    refuse_failed(ran)
    return ran


def _plan(case: Case, ran: Futures, ranks: Ranks, signals: _Signals, slot: ResultSlot) -> Plan:
    values = ran.values(slot.name)[: ranks.count]
    kept = values[~np.isnan(values)]
    refuse_small(case.name, slot, values)
    variance = float(kept.var()) if len(kept) else math.nan
    is_chance = slot.statistic == "probability"

    def doubt(left: float) -> float:
        return variance * left if is_chance else math.sqrt(variance * left)

    settle = worth(ran, slot, ranks)
    matters = {name for one in settle for name in one.parameters}
    steps = []
    for item, rows in signals.of(matters):
        found = learnt(rows, values, ranks)
        if found.is_named and found.share.is_clear:
            steps.append(Step(item, found, doubt(1), doubt(max(0.0, 1 - found.share.value))))
    return Plan(
        slot.name,
        question_words(case, slot),
        slot.kind,
        slot.unit,
        float(kept.mean()) if len(kept) else math.nan,
        doubt(1),
        settle,
        tuple(sorted(steps, key=lambda step: -step.learnt.share.value)),
        len(kept),
        ran.seed,
    )


def choice(
    case: Case,
    slot: ResultSlot,
    options: Sequence[str],
    want: str,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> Choice:
    """What it would be worth to learn something before choosing between scenarios.

    Args:
        slot: the question whose answer is to be large or small; of a date whether it comes.
        options: two scenarios or more; the baseline may be one of them.
        want: "most" or "least".
    Raises:
        InputError: there is no such scenario, too few of them, or too few futures to which the question applies whatever is chosen.
        RunError: more than a few of the futures failed.
    """
    options = list(dict.fromkeys(options))
    if want not in ("most", "least") or len(options) < 2:
        message = "a choice needs two scenarios or more, and whether most or least of the answer is wanted."
        help = (
            f"Name them: {', '.join(one.name for one in case.program.scenarios if not one.is_hidden)}; and say `most` or `least`."
        )
        raise InputError(Problem(case.name, 0, 0, "no-choice", message, help))
    ran = _run(case, options, futures, seed, progress, told)
    ranks = Ranks(ran)
    sign = 1.0 if want == "most" else -1.0
    brought = np.stack([(ran.comes if slot.is_date else ran.values)(slot.name, name)[: ranks.count] for name in options])
    kept = ~np.isnan(brought).any(axis=0)
    message = f"`{slot.name}` applies to {int(kept.sum())} futures whatever is chosen: too few to compare options."
    refuse_few(case.name, int(kept.sum()), OPTIONS, message, "Run more futures (-n), or choose by another question")
    utilities = Utilities(sign * brought[:, kept])
    labels = {one.name: one.label or one.name for one in ran.scenarios}
    told_options = tuple(
        Option(name, labels[name], Amount(sign * brings.value, brings.error), behind)
        for name, brings, behind in zip(options, utilities.means, utilities.behind, strict=True)
    )
    gained = [Gained(item, utilities.gain(rows[:, kept], ranks)) for item, rows in _Signals(case, ran).of(None)]
    clear = sorted((row for row in gained if _is_clear(row.gain, len(gained))), key=lambda row: -row.gain.value.value)
    kind = "probability" if slot.is_date else slot.kind
    return Choice(
        slot.name,
        question_words(case, slot),
        kind,
        "" if slot.is_date else slot.unit,
        want,
        told_options,
        options[utilities.best],
        utilities.everything,
        tuple(clear),
        int(kept.sum()),
        ran.seed,
    )


def _is_clear(gain: Gain, tried: int) -> bool:
    """Beyond what the best of so many would show by luck."""
    return gain.value.value > max(2.0, math.sqrt(2 * math.log(max(1, tried)))) * gain.value.error


class _Signals:
    """What could be learnt: every parameter exactly, every claim's number once more, every source once more on all that it has spoken of."""

    def __init__(self, case: Case, ran: Futures) -> None:
        self._case, self._ran = case, ran
        slots = ran.program.parameters
        self._varies = {slots[index].name: index for index in ran.uncertain if np.ptp(ran.parameters[index]) > 0}
        self._reports: dict[tuple[str, str], Array] = {}

    def of(self, matters: set[str] | None) -> Iterator[tuple[Item, Array]]:
        """Each with its rows, (thing, future).

        Args:
            matters: names of the parameters worth learning of; None for all.
        """
        names = [name for name in self._varies if matters is None or name in matters]
        for name in names:
            slot = self._ran.program.parameters[self._varies[name]]
            yield Item("parameter", name, "", (slot.label or slot.claims or name,)), self._ran.parameters[[self._varies[name]]]
        by_claim: dict[str, tuple[Kernel, list[str]]] = {}
        for name in names:
            for kernel in self._kernels(name):
                by_claim.setdefault(kernel.claim.id, (kernel, []))[1].append(name)
        by_source: dict[str, dict[str, tuple[Kernel, list[str]]]] = {}
        for kernel, about in by_claim.values():
            claim = kernel.claim
            yield Item("claim", claim.id, claim.origin, self._words(about), claim.paraphrase), self._rows(kernel, about)
            best = by_source.setdefault(claim.origin, {})
            held = best.get(claim.group)
            if held is None or (kernel.quality, -kernel.width) > (held[0].quality, -held[0].width):
                best[claim.group] = kernel, about
        for origin, told in by_source.items():
            everything = [name for _, about in told.values() for name in about]
            rows = np.concatenate([self._rows(kernel, about) for kernel, about in told.values()])
            yield Item("source", origin, origin, self._words(everything)), rows

    def _kernels(self, name: str) -> Sequence[Kernel]:
        """The claims that stand behind a parameter, and that tell something of its number."""
        pooled = self._case.pools.pooled.get(name)
        return [kernel for kernel in pooled.kernels if kernel.quality > 0] if pooled is not None else []

    def _rows(self, kernel: Kernel, about: Sequence[str]) -> Array:
        return np.stack([self._report(kernel, name) for name in about])

    def _report(self, kernel: Kernel, name: str) -> Array:
        key = kernel.claim.id, name
        if key not in self._reports:
            self._reports[key] = further_report(kernel, self._position(name), self._ran.seed)
        return self._reports[key]

    def _position(self, name: str) -> Array:
        """(future,): where a number lies on its pool's scale; none at all lies below whatever there may be."""
        slot = self._ran.program.parameters[self._varies[name]]
        values = self._ran.parameters[self._varies[name]] / slot.scale / self._case.pools.factors[name]
        scale = self._case.pools.pooled[name].scale
        if scale.is_share:
            values = np.clip(values, 1e-9, 1 - 1e-9)
            return np.asarray(np.log(values) - np.log1p(-values))
        least = float(values[values > 0].min()) if (values > 0).any() else 1.0
        return np.asarray(np.log(np.where(values > 0, values, least / math.e)))

    def _words(self, names: Sequence[str]) -> tuple[str, ...]:
        slots = [self._ran.program.parameters[self._varies[name]] for name in names]
        return tuple(dict.fromkeys(slot.label or slot.claims or slot.name for slot in slots))
