"""What could be learnt of the parameters of a case, and the run of it in which that is judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from foedus.analysis.failures import refuse_failed
from foedus.analysis.plan import CollectionItem
from foedus.analysis.worth import further_report
from foedus.arrays import Array
from foedus.case import Case
from foedus.ensemble import Futures
from foedus.evidence.kernel import Kernel
from foedus.study.durations import tell_duration
from foedus.study.futures import run_futures
from foedus.study.simulate import Progress, Told
from foedus.study.titled import titles_in

__all__ = ["Signals", "judged_futures"]


def judged_futures(
    case: Case,
    scenarios: Sequence[str],
    futures: int,
    seed: int,
    progress: Progress | None,
    told: Told | None,
    whole: Callable[[int], object] | None = None,
) -> Futures:
    """The futures of a few scenarios, after the time was told that all will take that is done with them.

    Args:
        whole: does all of it with so many futures, where that is much more than to run them.
    Raises:
        InputError: there is no such scenario.
        RunError: more than a few of the futures failed.
    """
    tell_duration(told, lambda count: run_futures(case, count, seed, scenarios, trajectories=False), futures, whole)
    ran = run_futures(case, futures, seed, scenarios, trajectories=False, progress=progress)
    refuse_failed(ran)
    return ran


class Signals:
    """What could be learnt: every parameter exactly, every claim's number once more, every source once more on all that it has spoken of."""

    def __init__(self, case: Case, ran: Futures) -> None:
        self._case, self._ran = case, ran
        slots = ran.program.parameters
        self._varies = {slots[index].name: index for index in ran.uncertain if np.ptp(ran.parameters[index]) > 0}
        self._reports: dict[tuple[str, str], Array] = {}
        self._titles = titles_in(case)

    def of(self, matters: set[str] | None) -> Iterator[tuple[CollectionItem, Array]]:
        """Each with its rows, (thing, future).

        Args:
            matters: names of the parameters worth learning of; None for all.
        """
        names = [name for name in self._varies if matters is None or name in matters]
        for name in names:
            slot = self._ran.program.parameters[self._varies[name]]
            yield CollectionItem("parameter", name, "", (self._titles[slot.name],)), self._ran.parameters[[self._varies[name]]]
        by_claim: dict[str, tuple[Kernel, list[str]]] = {}
        for name in names:
            for kernel in self._kernels(name):
                by_claim.setdefault(kernel.claim.id, (kernel, []))[1].append(name)
        by_source: dict[str, dict[str, tuple[Kernel, list[str]]]] = {}
        for kernel, about in by_claim.values():
            claim = kernel.claim
            yield CollectionItem("claim", claim.id, claim.origin, self._words(about), claim.paraphrase), self._rows(kernel, about)
            best = by_source.setdefault(claim.origin, {})
            held = best.get(claim.group)
            if held is None or (kernel.quality, -kernel.width) > (held[0].quality, -held[0].width):
                best[claim.group] = kernel, about
        for origin, told in by_source.items():
            everything = [name for _, about in told.values() for name in about]
            rows = np.concatenate([self._rows(kernel, about) for kernel, about in told.values()])
            yield CollectionItem("source", origin, origin, self._words(everything)), rows

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
        return tuple(dict.fromkeys(self._titles[slot.name] for slot in slots))
