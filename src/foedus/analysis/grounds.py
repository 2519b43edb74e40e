"""What an answer rests on: how much of its variance comes from claims, fits, assumptions and luck; and how far it moves over them.

The answer is regressed on the normal scores of the uncertain parameters and their squares (on those that move it beyond chance).
What the regression explains is shared among the parameters by Pratt's measure, which adds up under dependence; what bends otherwise along
one parameter is added to its share, and an answer that is a function of one parameter rests on that alone (`analysis.bends`). What
parameters do only together is given to claims, fits and assumptions (`analysis.shares`) where the same parameters were run once more; the
rest is luck. What rival structures differ by is a part of the assumptions. The band is the answer in the
tenth of the futures, those of the rivals among them by their weights, that parameters and structure favour least, and in the tenth that
they favour most, by a regression on the other half of the futures. A regression sees what goes along lines and parabolas, and of that what
the luck of one future each leaves: where the same parameters were run once more with other luck, the covariance of the two runs is the
whole variance over the parameters, and what of it the regression missed widens the band. Calibrations with other seeds widen it too.

Sources: Pratt 1987; Thomas, Hughes & Zumbo 1998.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.bends import bent_shares, follows
from foedus.analysis.enough import GROUNDS
from foedus.analysis.ranges import AnswerRange, Shift, bands_of, between_shifts, deepened, widened
from foedus.analysis.shares import KINDS, Mixing, VariancePart, given_to, share_errors
from foedus.analysis.slopes import Regression, fits_of, scores_of
from foedus.analysis.tails import CARRIERS, carriers_of_variance
from foedus.arrays import Array
from foedus.compile.program import ParameterSlot
from foedus.ensemble import Futures
from foedus.parts.slots import DEFAULT

__all__ = [
    "BADGES",
    "FORETOLD",
    "UNREAD",
    "GroundedAnswer",
    "Grounds",
    "badge_of_reason",
    "grounds_of",
    "kind_of_parameter",
]

BADGES = ("measured", "fitted", "base rate", "judgement")
FORETOLD = "foretold"
"""The kind of a claim that says what will be, would be, or how likely something is: somebody's opinion, whatever its figure."""
UNREAD = "unread"
"""The kind of a claim on which nobody has decided: what a reader by rule took it for is no measurement yet."""
_NOT_MEASURED = frozenset({"assessment", FORETOLD, UNREAD})
_FITTED = re.compile(r"(?i)\b(calibrat\w*|fitted|fit to|ensemble|regression of|estimated from)\b")
_RATE = re.compile(r"(?i)\b(base rates?|reference class\w*|one in \w+|\d+ (?:of|in) \d+)\b")
_GUESSED = re.compile(r"(?i)\b(judge?ment|guess\w*|hunch|assum\w*|made up|invent\w*|unknown|no data|thin air)\b")
_MOST = 20_000  # futures: more tell nothing that could be seen
_SEEN = 2.0  # errors of its width: a narrower band is no more than luck would show


@dataclass(frozen=True)
class Grounds:
    """What one answer rests on.

    Attributes:
        claims, fitted, assumed, luck: shares of its variance; they add up to 1, or are all 0 where it does not vary. Where `interplay` is
            None, `luck` holds all that no parameter explains by itself.
        structure: of `assumed`, what lies between the model and its rival structures.
        badge: one of `BADGES`: what most of the explained part rests on.
        spread: the answer where the parameters favour it least, and most; None where there are too few futures to tell, among them those in
            which it is no wider than twice its own error: luck would show as much.
        spread_errors: the Monte Carlo standard errors of its ends; None where it is.
        is_known: False where it varies and too few futures apply to tell why.
        carriers: by how many futures the variance is carried (`analysis.tails`); where they are few, the shares are those of an anecdote.
        is_exact: is it a function of one parameter? Then its shares are known, however few futures carry its variance.
        interplay: what parameters do only together, a part of `claims`, `fitted` and `assumed`; None where that was not tried.
        errors: the Monte Carlo standard error of each of the four shares, by its name.
    """

    claims: float
    fitted: float
    assumed: float
    luck: float
    badge: str
    spread: tuple[float, float] | None
    structure: float = 0.0
    is_known: bool = True
    spread_errors: tuple[float, float] | None = None
    carriers: float = math.inf
    is_exact: bool = False
    interplay: float | None = None
    errors: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_carried(self) -> bool:
        """Do enough futures carry the variance, so that a mean is not that of a few?"""
        return self.carriers >= CARRIERS

    @property
    def is_told(self) -> bool:
        """Can its shares be told?"""
        return self.is_carried or self.is_exact

    @property
    def parameters(self) -> float:
        """What lies between the parameters, whatever they rest on."""
        return self.claims + self.fitted + self.assumed - self.structure

    @property
    def alone(self) -> float:
        """What parameters explain each by itself."""
        return self.parameters - (self.interplay or 0.0)


_CONSTANT = Grounds(0.0, 0.0, 0.0, 0.0, "judgement", None)
_UNKNOWN = replace(_CONSTANT, is_known=False)


def badge_of_reason(slot: ParameterSlot, *, is_fitted: bool, claims: Sequence[str] = ()) -> str:
    """What one parameter rests on.

    Args:
        slot: the parameter.
        is_fitted: have observations moved it?
        claims: the kinds of the claims behind it, where it rests on claims: a type of claim, or `FORETOLD` or `UNREAD`.
    """
    if is_fitted:
        return "fitted"
    if slot.because.startswith(DEFAULT):  # whatever it was measured on, it was not this
        return "judgement"
    if _FITTED.search(slot.because):
        return "fitted"
    if slot.claims:
        if claims and all(kind == "assessment" for kind in claims):
            return "base rate"
        return "judgement" if claims and all(kind in _NOT_MEASURED for kind in claims) else "measured"
    if slot.because.startswith("rule:") or _RATE.search(slot.because):
        return "base rate"
    is_data = any(letter.isdigit() for letter in slot.because) and not _GUESSED.search(slot.because)
    return "measured" if is_data else "judgement"


@dataclass(frozen=True)
class GroundedAnswer:
    """One answer: its values in every future (NaN where it does not apply), and what else widens its band.

    Attributes:
        values: (future,).
        further: standard deviations between calibrations with other seeds, and of whatever else is independent of the parameters.
        shifts: of the rival structures.
        again: the values of the first futures with the same parameters and other luck; None where they were not run again.
        mixed: the values of the first futures as a `Mixing` ran them once more; None where it did not.
    """

    values: Array
    further: tuple[float | None, ...] = ()
    shifts: tuple[Shift, ...] = ()
    again: Array | None = None
    mixed: Array | None = None

    @property
    def between_error(self) -> float:
        """The standard error of `between`."""
        middle = math.fsum(one.weight * one.size for one in self.shifts)
        return math.hypot(*(2 * one.weight * (one.size - middle) * one.error for one in self.shifts))

    @property
    def between(self) -> float:
        """The variance between the model and its rivals."""
        return between_shifts([(one.weight, one.size) for one in self.shifts])


def grounds_of(
    futures: Futures,
    asked: Sequence[GroundedAnswer],
    badges: Mapping[int, str],
    claimed: frozenset[int],
    rivals: Futures | None = None,
    mixture: Mixing | None = None,
) -> list[Grounds]:
    """What each answer rests on.

    Args:
        futures: whose parameters.
        asked: the answers, of the first futures at least.
        badges: parameter -> what it rests on; claimed: parameters that rest on claims.
        rivals: the futures in which the rival structures were run.
        mixture: how the futures of `mixed` were run once more.
    Returns:
        In the order of `asked`.
    """
    indices = [index for index in futures.uncertain if np.ptp(futures.parameters[index]) > 0]
    count = min(futures.parameters.shape[1], _MOST)
    scores = scores_of(futures, indices, count)
    rival_scores = None if rivals is None else scores_of(rivals, indices, rivals.parameters.shape[1])
    kinds = [kind_of_parameter(index, badges, claimed) for index in indices]
    mixed_as = kinds if mixture is None else [mixture.kinds[index] for index in indices]
    of = _Parameters([badges.get(index, "judgement") for index in indices] * 2, kinds * 2, mixed_as * 2, scores, mixture)
    found = [_CONSTANT] * len(asked)
    groups: dict[bytes, list[int]] = {}
    for place, one in enumerate(asked):
        groups.setdefault((~np.isnan(one.values[:count])).tobytes(), []).append(place)
    for places in groups.values():
        rows = np.flatnonzero(~np.isnan(asked[places[0]].values[:count]))
        values = np.stack([asked[place].values[rows] for place in places])
        if len(rows) < GROUNDS:
            for place, own in zip(places, values, strict=True):
                varies = asked[place].between > 0 or not len(rows) or np.ptp(own) > 0
                found[place] = _UNKNOWN if varies else _CONSTANT
            continue
        here = scores[:, rows]
        fits = fits_of(here, values)
        further = _further(futures.parameters[indices][:, rows], here, values, fits)
        bands = bands_of(here, values, [asked[place].shifts for place in places], rival_scores)
        for place, own, fit, band, more in zip(places, values, fits, bands, further, strict=True):
            if np.ptp(own) > 0 or asked[place].between > 0:
                found[place] = _grounds(fit, more, band, asked[place], replace(of, rows=rows, here=here))
    return found


@dataclass(frozen=True)
class _Parameters:
    """What is known of the parameters behind the scores.

    Attributes:
        badges, kinds: of each score, what its parameter rests on; mixed_as: the kind with which it was kept or changed.
        scores: (score, future).
        mixture: how futures were run once more; None where they were not.
        rows: the futures to which an answer applies; here: the scores of those.
    """

    badges: Sequence[str]
    kinds: Sequence[str]
    mixed_as: Sequence[str]
    scores: Array
    mixture: Mixing | None
    rows: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    here: Array = field(default_factory=lambda: np.zeros((0, 0)))


@dataclass(frozen=True)
class _Further:
    """What the regression does not see: the parameter that the answer is a function of, and shares of what bends, by parameter."""

    followed: int | None
    bent: Array


def _further(parameters: Array, scores: Array, values: Array, fits: Sequence[Regression]) -> list[_Further]:
    """For each answer. Args: parameters: (parameter, future), as drawn; scores: (2 * parameter, future); values: (answer, future)."""
    slopes = np.zeros((len(values), len(scores)))
    for row, fit in enumerate(fits):
        slopes[row, fit.chosen] = fit.slopes
    left = values - slopes @ scores
    left -= left.mean(axis=1, keepdims=True)
    shares = np.array(
        [1.0 - float(fit.shares().sum()) if np.ptp(own) > 0 else 0.0 for fit, own in zip(fits, values, strict=True)]
    )
    bent = bent_shares(parameters, left, shares)
    return [_Further(_followed(parameters, own, fit), row) for own, fit, row in zip(values, fits, bent, strict=True)]


def _followed(parameters: Array, values: Array, fit: Regression) -> int | None:
    """The parameter that an answer is a function of: the one with which it goes along most, or none."""
    if not len(fit.chosen):
        return None
    most = int(fit.chosen[np.argmax(fit.raw)]) % len(parameters)
    return most if follows(parameters[most], values) else None


def kind_of_parameter(index: int, badges: Mapping[int, str], claimed: frozenset[int]) -> str:
    """One of `KINDS`: what a parameter rests on."""
    if badges.get(index, "judgement") == "fitted":
        return "fitted"
    return "claims" if index in claimed else "assumed"


def _grounds(fit: Regression, further: _Further, band: AnswerRange | None, asked: GroundedAnswer, of: _Parameters) -> Grounds:
    values = asked.values[of.rows]
    own, by_badge = dict.fromkeys(KINDS, 0.0), dict.fromkeys(BADGES, 0.0)
    shares = [(int(row), float(share)) for row, share in zip(fit.chosen, fit.shares(), strict=True)]
    shares += [(int(row), float(further.bent[row])) for row in np.flatnonzero(further.bent)]
    for row, share in shares if further.followed is None else [(further.followed, 1.0)]:
        own[of.kinds[row]] += share
        by_badge[of.badges[row]] += share
    structure = asked.between / (asked.between + float(values.var()))
    by_badge = {kind: share * (1.0 - structure) for kind, share in by_badge.items()}
    by_badge["judgement"] += structure
    badge = max(BADGES, key=lambda name: by_badge[name]) if any(by_badge.values()) else "judgement"
    missed = _missed(fit, asked)
    spread = widened(deepened(None if band is None else band.ends, values, missed.sure), float(values.mean()), asked.further)
    errors = None if band is None else band.errors
    if spread is not None and errors is not None and spread[1] - spread[0] <= _SEEN * math.hypot(*errors):
        spread = errors = None
    is_exact = further.followed is not None
    known = {name: VariancePart(share, 0.0) for name, share in (*own.items(), ("luck", 1.0 - math.fsum(own.values())))}
    together: float | None = None
    if not is_exact and values.var() > 0:
        known, together = _with_interplay(own, fit, further, missed, asked, of)
    elif asked.again is not None:
        together = 0.0
    told = {name: max(0.0, one.value) * (1.0 - structure) for name, one in known.items()}
    told["assumed"] += structure
    return Grounds(
        told["claims"],
        told["fitted"],
        told["assumed"],
        told["luck"],
        badge=badge,
        spread=spread,
        structure=structure,
        spread_errors=errors,
        carriers=carriers_of_variance(values),
        is_exact=is_exact,
        interplay=None if together is None else together * (1.0 - structure),
        errors=_errors(known, asked, float(values.var()), structure),
    )


def _errors(known: Mapping[str, VariancePart], asked: GroundedAnswer, spread: float, structure: float) -> dict[str, float]:
    """Of each share, with what the errors of the rivals' shifts add to it."""
    of_structure = asked.between_error * spread / (asked.between + spread) ** 2 if asked.between > 0 else 0.0
    return {
        name: math.hypot(one.error * (1.0 - structure), ((name == "assumed") - one.value) * of_structure)
        for name, one in known.items()
    }


def _with_interplay(
    own: Mapping[str, float],
    fit: Regression,
    further: _Further,
    missed: _Missed,
    asked: GroundedAnswer,
    of: _Parameters,
) -> tuple[dict[str, VariancePart], float | None]:
    """The shares of claims, fits, assumptions and luck, and how much of the first three is interplay; None where it cannot be told."""
    alone = share_errors(fit, of.here, asked.values[of.rows], of.kinds)
    alone = {name: math.hypot(error, _bent_error(further, of, name)) for name, error in alone.items()}
    left = max(0.0, 1.0 - math.fsum(own.values()))
    spread = float(np.nanvar(asked.values))
    size = min(left, max(0.0, missed.sure**2 / spread - float(further.bent.sum()))) if missed.is_known else None
    given = None if size is None else _given(size, fit, further, missed, asked, of)
    if size is None or given is None:
        return {**{kind: VariancePart(own[kind], alone[kind]) for kind in KINDS}, "luck": VariancePart(left, alone[""])}, None
    known = {kind: VariancePart(own[kind] + given[kind].value, math.hypot(alone[kind], given[kind].error)) for kind in KINDS}
    return {**known, "luck": VariancePart(left - size, missed.error / spread if size else alone[""])}, size


def _bent_error(further: _Further, of: _Parameters, name: str) -> float:
    """Of what bends otherwise: the serial correlation that chance makes, for each parameter in which it was seen."""
    seen = [row for row in np.flatnonzero(further.bent) if not name or of.kinds[int(row)] == name]
    return math.sqrt(len(seen) / len(of.rows))


def _given(
    size: float, fit: Regression, further: _Further, missed: _Missed, asked: GroundedAnswer, of: _Parameters
) -> dict[str, VariancePart] | None:
    """Interplay of a size, by the kind whose it is; None where too few futures tell.

    What each kind has beyond the parameters alone is found, less what chance would show as such, and brought to the size; where nothing
    shows beyond chance, it is given to the kinds as what they explain alone is.
    """
    present = [kind for kind in KINDS if kind in set(of.mixed_as)]
    spread, none = float(np.nanvar(asked.values)), dict.fromkeys(KINDS, VariancePart(0.0, 0.0))
    error = missed.error / spread
    if len(present) == 1:
        return {**none, present[0]: VariancePart(size, error)}
    if of.mixture is None or asked.mixed is None:
        return None
    if not size:
        return none
    rows = {kind: np.array([of.mixed_as[int(row)] == kind for row in fit.chosen], dtype=bool) for kind in present}
    explained = {kind: fit.slopes[some] @ of.scores[fit.chosen[some]] for kind, some in rows.items()}
    found = given_to(of.mixture, explained, asked.values, asked.mixed, VariancePart(missed.value, missed.error))
    if found is None:
        return None
    bent = {
        kind: float(sum(further.bent[row] for row in np.flatnonzero(further.bent) if of.mixed_as[int(row)] == kind))
        for kind in present
    }
    beyond = {kind: VariancePart(found[kind].value / spread - bent[kind], found[kind].error / spread) for kind in present}
    parts = {
        kind: one.value * max(0.0, 1.0 - (one.error / one.value) ** 2) if one.value > 0 else 0.0 for kind, one in beyond.items()
    }
    whole = math.fsum(parts.values())
    if not whole:
        parts = {
            kind: float(sum(np.maximum(fit.raw, 0.0)[[of.mixed_as[int(row)] == kind for row in fit.chosen]])) for kind in present
        }
        whole = math.fsum(parts.values())
    parts = parts if whole else dict.fromkeys(present, 1.0)
    whole = whole or float(len(present))
    return {
        **none,
        **{kind: VariancePart(size * parts[kind] / whole, min(beyond[kind].error, max(size, error))) for kind in present},
    }


@dataclass(frozen=True)
class _Missed:
    """The variance over the parameters of which a regression sees nothing, and its standard error; NaN where it cannot be told."""

    value: float
    error: float

    @property
    def is_known(self) -> bool:
        return not math.isnan(self.value)

    @property
    def sure(self) -> float:
        """The standard deviation, less what chance would show as such; 0 where it cannot be told."""
        return math.sqrt(self.value * max(0.0, 1.0 - (self.error / self.value) ** 2)) if self.value > 0 else 0.0


def _missed(fit: Regression, asked: GroundedAnswer) -> _Missed:
    """Not known where the same parameters were not run again, or the question applies to too few of those futures."""
    if asked.again is None:
        return _Missed(math.nan, math.nan)
    one, other = asked.values[: len(asked.again)], asked.again
    both = ~np.isnan(one) & ~np.isnan(other)
    if both.sum() < GROUNDS:
        return _Missed(math.nan, math.nan)
    products = (one[both] - one[both].mean()) * (other[both] - other[both].mean())
    extra = float(products.mean()) - float(fit.shares().sum()) * float(np.nanvar(asked.values))
    return _Missed(extra, float(products.std()) / math.sqrt(len(products)))
