"""Simulation-based calibration: is the method calibrated on worlds whose truth is known?

A truth is drawn from the prior, observations of it are made up with the declared errors, and the case is calibrated on them. If the
method is right, the rank of the truth among the posterior's members is uniform, for every parameter, every prediction of what was observed,
and every forecast of what would have been observed later: the truth goes on with luck of its own, and is measured with its error.

Source: Talts, Betancourt, Simpson, Vehtari & Gelman 2018.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from foedus import numerics
from foedus.arrays import Array
from foedus.case.observations import Observed
from foedus.history.calibration import hindcast_of, smoothed
from foedus.history.origins import widths_are_learned
from foedus.history.past import Past, past_of
from foedus.history.posterior import Posterior, Setup
from foedus.history.sampler import sampled
from foedus.history.smoother import informed_rows
from foedus.history.widths import width_rows

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["AHEAD", "KINDS", "TruthRanks", "UniformityTest", "kind_of", "made_up", "rank_case", "rank_ensemble", "uniformity"]

AHEAD = (1, 4, 8)
"""How many readings of a series ahead a forecast of it is ranked."""
KINDS = ("parameters", "predictions", "forecasts")
_PREDICTED = ("last ", "mean ")
_FORECAST = "ahead "
Fit = Callable[[Past, int], Posterior]


@dataclass(frozen=True)
class UniformityTest:
    """Is a set of ranks uniform?

    Attributes:
        name: of the quantity.
        chi_square, ks: p-values of the chi-square test in ten bins and of Kolmogorov and Smirnov's.
        widest: largest distance of the empirical distribution function from the diagonal.
        mean: of the ranks; 0.5 when unbiased.
        spread: standard deviation of the ranks over that of a uniform; below 1 the posterior is too wide, above too narrow.
    """

    name: str
    chi_square: float
    ks: float
    widest: float
    mean: float
    spread: float


@dataclass(frozen=True, eq=False)
class TruthRanks:
    """Ranks of the truth, between 0 and 1.

    Attributes:
        names: of the quantities: updated parameters, the last and the mean prediction of each series, and its readings ahead.
        ranks: (quantity, replicate).
    """

    names: tuple[str, ...]
    ranks: Array

    def tests(self) -> tuple[UniformityTest, ...]:
        return tuple(uniformity(name, row) for name, row in zip(self.names, self.ranks, strict=True))

    def verdict(self, kind: str = "all", level: float = 0.01) -> tuple[bool, float]:
        """Do quantities of a kind together pass at a level, by Holm's rule over both tests? And the smallest adjusted p-value.

        Args:
            kind: "all" or one of `KINDS`.
        """
        values = [min(1.0, 2 * min(test.chi_square, test.ks)) for test in self.tests() if kind in ("all", kind_of(test.name))]
        smallest = min(1.0, min(values) * len(values)) if values else 1.0
        return smallest >= level, smallest


def kind_of(name: str) -> str:
    """Which of `KINDS` a ranked quantity is of."""
    if name.startswith(_FORECAST):
        return "forecasts"
    return "predictions" if name.startswith(_PREDICTED) else "parameters"


def uniformity(name: str, ranks: Array) -> UniformityTest:
    """Tests of one quantity's ranks."""
    bins = 10 if len(ranks) >= 50 else 5
    counts = np.histogram(ranks, bins=bins, range=(0, 1))[0]
    distance = stats.kstest(ranks, "uniform")
    return UniformityTest(
        name,
        float(stats.chisquare(counts).pvalue),
        float(distance.pvalue),
        float(distance.statistic),
        float(ranks.mean()),
        float(ranks.std() * np.sqrt(12)),
    )


def made_up(past: Past, seed: int) -> tuple[Past, Array, Array]:
    """A past whose truth is known: (the past with made-up observations, scores of the truth, its predictions).

    The first member of the prior that ends well is the truth.
    """
    scores = past.prior_scores(8, seed)
    prediction = past.predicted(scores)
    place = int(np.flatnonzero(prediction.is_ok)[0])
    truth, predicted = scores[:, place], prediction.values[:, place]
    observed: list[Observed] = []
    for one, law, part in zip(past.observed, past.laws, past.split(predicted), strict=True):
        numbers = np.arange(len(part))
        score = numerics.normal_quantile(numerics.uniform(seed, f"made up:{one.slot.name}", numbers))
        luck = numerics.uniform(seed, f"made up:{one.slot.name}", numbers, 1)
        observed.append(dataclasses.replace(one, values=law.draw(part, score, luck)))
    return dataclasses.replace(past, observed=tuple(observed)), truth, predicted


def rank_ensemble(
    past: Past, fit: Fit, replicates: int, seed: int = 0, first: int = 0, progress: Callable[[int, int], None] | None = None
) -> TruthRanks:
    """Ranks of made-up truths.

    Args:
        past: whose program, dates and errors are used; its observed values are not.
        fit: calibrates a past under a seed.
        replicates: how many truths.
        seed: of all of them.
        first: number of the first truth: a long series can be made in pieces.
        progress: called with (replicates done, replicates in all).
    """
    found: list[dict[str, float]] = []
    for replicate in range(first, first + replicates):
        own = 1_000_003 * (seed + 1) + replicate
        world, truth, predicted = made_up(past, own)
        posterior = fit(world, own + 500_000)
        found.append(_ranks(posterior, truth, predicted, own) | _ranks_ahead(posterior, world, truth, own))
        if progress is not None:
            progress(replicate - first + 1, replicates)
    names = [name for name in found[0] if all(name in one for one in found)]
    return TruthRanks(tuple(names), np.array([[one[name] for one in found] for name in names]))


def _ranks(posterior: Posterior, truth: Array, predicted: Array, seed: int) -> dict[str, float]:
    """The rank of the truth in each quantity; ties are broken at random."""
    past, found = posterior.past, {}
    names = past.names()
    for row in posterior.informed[posterior.informed < past.uncertain]:
        found[names[row]] = _rank(posterior.scores[row], truth[row], seed, names[row])
    members = past.split(posterior.prediction.values[:, posterior.prediction.is_ok])
    for one, part, true in zip(past.observed, members, past.split(predicted), strict=True):
        if len(true):
            found[f"last {one.slot.name}"] = _rank(part[-1], true[-1], seed, one.slot.name)
            found[f"mean {one.slot.name}"] = _rank(part.mean(axis=0), float(true.mean()), seed, one.slot.name)
    return found


def _ranks_ahead(posterior: Posterior, world: Past, truth: Array, seed: int) -> dict[str, float]:
    """The rank of what the truth would have brought, in the forecast of each series; nothing where there is no series with dates."""
    rhythms = [one.rhythm for one in posterior.past.observed if one.slot.series and one.rhythm]
    if posterior.past.program.calendar is None or not rhythms:
        return {}
    last = max(datetime.date.fromisoformat(one.dates[-1]) for one in posterior.past.observed if one.dates)
    until = last + datetime.timedelta(days=AHEAD[-1] * min(rhythms))
    true = dataclasses.replace(posterior, past=world, scores=truth[:, None])
    foretold = posterior.forecast(until, seed + 1).samples
    came = true.forecast(until, seed + 2, futures=8).samples  # the first that ends well is what came
    found = {}
    for name, samples in foretold.items():
        for step in AHEAD:
            if step <= len(samples) and samples.size and came[name].size:
                key = f"{_FORECAST}{step} {name}"
                found[key] = _rank(samples[step - 1], float(came[name][step - 1, 0]), seed, key)
    return found


def _rank(members: Array, truth: float, seed: int, name: str) -> float:
    below, equal = int((members < truth).sum()), int((members == truth).sum())
    luck = float(numerics.uniform(seed, f"rank:{name}", 0))
    return (below + luck * (equal + 1)) / (len(members) + 1)


def rank_case(
    case: Case,
    replicates: int,
    *,
    hindcast: str | None = None,
    until: datetime.date | None = None,
    method: str = "smoother",
    members: int = 1000,
    passes: int = 4,
    refinements: int = 2,
    seed: int = 0,
    learns_widths: bool | None = None,
    first: int = 0,
    error_scale: float = 1.0,
    progress: Callable[[int, int], None] | None = None,
) -> TruthRanks:
    """Ranks of made-up truths of a case, with the method and the dates that a calibration would use.

    Args:
        replicates: how many truths.
        first: number of the first truth.
        error_scale: what the method believes the errors to be, over what they are; 1 but for tests that must fail.
        hindcast, until, method, members, passes, refinements, seed, learns_widths, progress: as for `calibrate`.
    """
    name = hindcast_of(case, hindcast)
    past = past_of(case, name, until, until)
    rows = informed_rows(past)
    learns = method == "smoother" and (widths_are_learned(case, name) if learns_widths is None else learns_widths)
    widths = width_rows(past) if learns else None

    def fit(world: Past, own: int) -> Posterior:
        believed = dataclasses.replace(
            world, laws=tuple(dataclasses.replace(law, spread=law.spread * error_scale) for law in world.laws)
        )
        setup = Setup(name, until.isoformat() if until else "", method, members, passes, refinements, own, learns)
        return sampled(believed, setup) if method == "sampler" else smoothed(believed, setup, rows=rows, widths=widths)

    return rank_ensemble(past, fit, replicates, seed, first, progress)
