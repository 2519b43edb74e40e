"""Members of a posterior under other priors than those they were made with: weighed by the ratio of the densities, and drawn by weight.

A member stands for the prior times the likelihood. Where claims or ranges change and equations and data do not, the likelihood stays what it
was, and the members stand for the new posterior once each is weighed by new over old prior. Only the parameters on which the observations
hang on matter: all others are drawn from their priors anyway.

Source: Rubin 1988 (sampling importance resampling); Kong 1992 (effective number of a weighted sample).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus import numerics
from foedus.arrays import Array
from foedus.ensemble import Sampler
from foedus.errors import InputError, Problem
from foedus.language import Tree
from foedus.wording import counted

if TYPE_CHECKING:
    from foedus.case.posterior import PosteriorPrior

__all__ = ["FEWEST", "Weighed", "law_quantiles", "reweighed"]

SCORES = np.linspace(-6.0, 6.0, 241)
FEWEST = 50.0  # effective members, below which they no longer stand for the posterior


@dataclass(frozen=True, eq=False)
class Weighed:
    """A posterior under other priors.

    Attributes:
        posterior: with members drawn by weight.
        changed: the parameters whose priors are others.
        effective: for how many independent members they still stand; their number where nothing changed.
    """

    posterior: PosteriorPrior
    changed: tuple[str, ...]
    effective: float

    def summary(self, tree: Tree) -> str:
        """What a run draws from, in a sentence or two."""
        told = self.posterior.summary(tree)
        return f"{told} {self.told}" if self.changed else told

    @property
    def told(self) -> str:
        """What was done to the members, in a sentence."""
        members = next(iter(self.posterior.values.values())).size
        verb = "is another" if len(self.changed) == 1 else "are others"
        return (
            f"The prior{'s' if len(self.changed) > 1 else ''} of {_listed(self.changed)} {verb} than the posterior was made with: "
            f"its {counted(members, 'member')} are weighed anew, and count for {self.effective:.0f}."
        )


def law_quantiles(sampler: Sampler) -> dict[str, Array]:
    """Uncertain parameter -> the quantiles of its law at 241 normal scores from -6 to 6, in its declared unit, to seven digits."""
    levels, slots = numerics.normal_cdf(SCORES), sampler.program.parameters
    return {
        slots[index].name: np.asarray(sampler.laws[index].quantile(levels), dtype=np.float32).astype(np.float64)  # type: ignore[union-attr]
        for index in sampler.uncertain
    }


def reweighed(posterior: PosteriorPrior, sampler: Sampler) -> Weighed:
    """The posterior under the priors of a sampler of the same equations.

    Raises:
        InputError: the priors have moved so far that too few members stand for them.
    """
    now = law_quantiles(sampler)
    changed = tuple(name for name, law in posterior.laws.items() if name not in now or not _is_same(law, now[name]))
    shape = next(iter(posterior.values.values())).shape if posterior.values else (1, 0)
    if not changed:
        return Weighed(posterior, (), float(np.prod(shape)))
    logs = np.zeros(shape)
    for name in changed:
        values = posterior.values[name]
        before, after = _log_density(posterior.laws[name], values), _log_density(now.get(name), values)
        logs += np.where(np.isfinite(before), after - np.where(np.isfinite(before), before, 0.0), -np.inf)
    for laws, sign in ((now, 1), (posterior.laws, -1)):
        logs += sign * _copula(sampler, posterior.values, laws, set(changed))
    top = logs.max(axis=1, keepdims=True)
    weights = np.where(np.isfinite(top), np.exp(logs - np.where(np.isfinite(top), top, 0.0)), 0.0)
    sums = weights.sum(axis=1)
    effective = float(np.sum(np.where(sums > 0, sums**2 / np.maximum((weights**2).sum(axis=1), 1e-300), 0.0)))
    if effective < FEWEST or not sums.all():
        told = f"{effective:.0f} of {counted(logs.size, 'member')} of the posterior stand for them"
        message = f"the priors of {_listed(changed)} have moved so far that {told}."
        help = "Make it again with `foedus calibrate CASE --adopt`, or leave it out (`--posterior none`, or take posterior.toml away)."
        raise InputError(Problem(posterior.path, 0, 0, "too-few-members", message, help))
    chosen = [_drawn(row / total) for row, total in zip(weights, sums, strict=True)]
    return Weighed(posterior.of_members(chosen), changed, effective)


def _is_same(law: Array, other: Array) -> bool:
    """Up to what another processor may make of the last digits, and of their rounding."""
    return bool(np.all(np.abs(law - other) <= 1e-6 * np.maximum(np.abs(law), np.ptp(law))))


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def _log_density(law: Array | None, values: Array) -> Array:
    """The logarithm of a law's density, from its quantiles; minus infinity outside of them."""
    if law is None or not np.all(np.diff(law) >= 0):
        return np.full(values.shape, -np.inf)
    place = np.clip(np.searchsorted(law, values, side="right") - 1, 0, len(law) - 2)
    widths = (law[place + 1] - law[place]) / (SCORES[1] - SCORES[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = SCORES[place] + (values - law[place]) / widths
        found = -0.5 * scores**2 - np.log(widths)
    return np.where((values >= law[0]) & (values <= law[-1]) & (widths > 0), found, -np.inf)


def _copula(sampler: Sampler, values: Mapping[str, Array], laws: Mapping[str, Array], changed: set[str]) -> Array:
    """The logarithm of the density of the Gaussian copulas in which a changed parameter stands, at the members' values."""
    total: Array = np.zeros(next(iter(values.values())).shape)
    for members, factor in sampler.groups:
        names = [sampler.program.parameters[index].name for index in members]
        if changed.isdisjoint(names) or not all(name in values and name in laws for name in names):
            continue
        scores = np.stack([np.interp(values[name], laws[name], SCORES) for name in names])
        excess = np.linalg.inv(factor @ factor.T) - np.eye(len(names))
        total = total - 0.5 * np.einsum("i...,ij,j...->...", scores, excess, scores)
    return total


def _drawn(shares: Array) -> NDArray[np.int64]:
    """(member,): systematic resampling, in the middle of every stratum: no luck is added.

    Who is drawn keeps its place, so that a run before and one after have the same member in as many futures as can be; who is drawn
    more than once takes the places of those who are not.
    """
    places = (np.arange(len(shares)) + 0.5) / len(shares)
    drawn = np.minimum(np.searchsorted(np.cumsum(shares), places), len(shares) - 1)
    counts = np.bincount(drawn, minlength=len(shares))
    chosen = np.arange(len(shares), dtype=np.int64)
    chosen[counts == 0] = np.repeat(chosen, np.maximum(counts - 1, 0))
    return chosen
