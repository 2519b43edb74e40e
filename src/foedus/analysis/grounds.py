"""What an answer rests on: how much of its variance comes from claims, fits, assumptions and luck; and how far it moves over them.

The answer is regressed on the normal scores of the uncertain parameters and their squares (on those that move it beyond chance).
What the regression explains is shared among the parameters by Pratt's measure, which adds up under dependence; what bends otherwise along
one parameter is added to its share, and an answer that is a function of one parameter rests on that alone (`analysis.bends`). The rest is
luck, and what parameters do only together. What rival structures differ by is a part of the assumptions. The band is the answer in the
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
from dataclasses import dataclass, replace

import numpy as np

from foedus.analysis.bends import bent_shares, follows
from foedus.analysis.enough import GROUNDS
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
    "Shift",
    "badge_of_reason",
    "between_shifts",
    "grounds_of",
    "tail_mean",
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
_TAIL = 0.1
_MOST = 20_000  # futures: more tell nothing that could be seen
_BINS = 250  # of futures that the parameters favour alike, where rival structures are mixed in
_NINETY = 1.645  # standard deviations to either end of 90 % of a normal law
_SEEN = 2.0  # errors of its width: a narrower band is no more than luck would show
_TENTH = 1.755  # standard deviations from its middle to the mean of a tenth of a normal law


@dataclass(frozen=True)
class Grounds:
    """What one answer rests on.

    Attributes:
        claims, fitted, assumed, luck: shares of its variance; they add up to 1, or are all 0 where it does not vary. `luck` is all that no
            parameter explains by itself: `chance` of it is luck, `interplay` what parameters do only together.
        structure: of `assumed`, what lies between the model and its rival structures.
        badge: one of `BADGES`: what most of the explained part rests on.
        spread: the answer where the parameters favour it least, and most; None where there are too few futures to tell, among them those in
            which it is no wider than twice its own error: luck would show as much.
        spread_errors: the Monte Carlo standard errors of its ends; None where it is.
        is_known: False where it varies and too few futures apply to tell why.
        carriers: by how many futures the variance is carried (`analysis.tails`); where they are few, the shares are those of an anecdote.
        is_exact: is it a function of one parameter? Then its shares are known, however few futures carry its variance.
        interplay: the part of `luck` that comes again with the same parameters and other luck; None where that was not tried.
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

    @property
    def chance(self) -> float:
        """What is luck; where interplay is not known, with it."""
        return self.luck - (self.interplay or 0.0)

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
class Shift:
    """What a rival structure does to one answer.

    Attributes:
        weight: how much it is believed in.
        size: how far it moves the answer, less what chance alone would show.
        moves: by future of the rivals' run, NaN where the question does not apply; None where only the size is known.
    """

    weight: float
    size: float
    moves: Array | None = None


@dataclass(frozen=True)
class GroundedAnswer:
    """One answer: its values in every future (NaN where it does not apply), and what else widens its band.

    Attributes:
        values: (future,).
        further: standard deviations between calibrations with other seeds, and of whatever else is independent of the parameters.
        shifts: of the rival structures.
        again: the values of the first futures with the same parameters and other luck; None where they were not run again.
    """

    values: Array
    further: tuple[float | None, ...] = ()
    shifts: tuple[Shift, ...] = ()
    again: Array | None = None

    @property
    def between(self) -> float:
        """The variance between the model and its rivals."""
        return between_shifts([(one.weight, one.size) for one in self.shifts])


def between_shifts(shifts: Sequence[tuple[float, float]]) -> float:
    """Variance between the model, which stands at 0, and its rival structures (weight, shift from the model)."""
    middle = math.fsum(weight * shift for weight, shift in shifts)
    own = 1.0 - math.fsum(weight for weight, _ in shifts)
    return own * middle**2 + math.fsum(weight * (shift - middle) ** 2 for weight, shift in shifts)


def grounds_of(
    futures: Futures,
    asked: Sequence[GroundedAnswer],
    badges: Mapping[int, str],
    claimed: frozenset[int],
    rivals: Futures | None = None,
) -> list[Grounds]:
    """What each answer rests on.

    Args:
        futures: whose parameters.
        asked: the answers, of the first futures at least.
        badges: parameter -> what it rests on; claimed: parameters that rest on claims.
        rivals: the futures in which the rival structures were run.
    Returns:
        In the order of `asked`.
    """
    indices = [index for index in futures.uncertain if np.ptp(futures.parameters[index]) > 0]
    count = min(futures.parameters.shape[1], _MOST)
    scores = scores_of(futures, indices, count)
    rival_scores = None if rivals is None else scores_of(rivals, indices, rivals.parameters.shape[1])
    uncertain, indices = indices, indices * 2
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
        fits = fits_of(scores[:, rows], values)
        further = _further(futures.parameters[uncertain][:, rows], scores[:, rows], values, fits)
        bands = _bands(scores[:, rows], values, [asked[place].shifts for place in places], rival_scores)
        for place, own, fit, band, more in zip(places, values, fits, bands, further, strict=True):
            if np.ptp(own) > 0 or asked[place].between > 0:
                found[place] = _grounds(fit, more, band, own, asked[place], indices, badges, claimed)
    return found


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


@dataclass(frozen=True)
class _Band:
    """The two ends, and the error of each."""

    ends: tuple[float, float]
    errors: tuple[float, float]


def _bands(scores: Array, values: Array, shifts: Sequence[Sequence[Shift]], rival_scores: Array | None) -> list[_Band | None]:
    """The mean answer in the tenth of the futures that parameters and structure favour least, and most, each half judged by the other."""
    count = values.shape[1]
    if count * _TAIL < GROUNDS:
        return [None] * len(values)
    low, high = np.zeros(len(values)), np.zeros(len(values))
    variances = np.zeros((2, len(values)))
    for half in (0, 1):
        slopes = np.zeros((len(values), len(scores)))
        for row, fit in enumerate(fits_of(scores[:, half::2], values[:, half::2])):
            slopes[row, fit.chosen] = fit.slopes
        score, tried = slopes @ scores[:, 1 - half :: 2], values[:, 1 - half :: 2]
        tail = max(1, int(tried.shape[1] * _TAIL))
        order = np.argpartition(score, (tail, tried.shape[1] - tail), axis=1)
        tails = np.take_along_axis(tried, order[:, :tail], 1), np.take_along_axis(tried, order[:, -tail:], 1)
        lower, upper = (one.mean(axis=1) for one in tails)
        variances += [_variance_of_mean(one) for one in tails]
        for row, own in enumerate(shifts):
            if any(one.size for one in own):
                of_rivals = None if rival_scores is None else slopes[row] @ rival_scores
                lower[row], upper[row] = _mixed_tails(score[row], tried[row], own, of_rivals)
        low, high = low + lower / 2, high + upper / 2
    errors = np.sqrt(variances) / 2
    return [
        _Band(
            (float(min(ends)), float(max(ends))), (float(one), float(other)) if ends[0] <= ends[1] else (float(other), float(one))
        )
        for ends, one, other in zip(zip(low, high, strict=True), *errors, strict=True)
    ]


def _variance_of_mean(tail: Array) -> Array:
    """(answer,): how far the mean of a tail is off by chance; where all of it is 0 or 1 as of a share with half a case more of either."""
    count = tail.shape[1]
    is_chance = ((tail == 0) | (tail == 1)).all(axis=1)
    share = (tail.sum(axis=1) + 0.5) / (count + 1)
    return np.asarray(np.where(is_chance, share * (1 - share), tail.var(axis=1)) / count)


def _mixed_tails(score: Array, tried: Array, shifts: Sequence[Shift], of_rivals: Array | None) -> tuple[float, float]:
    """The two tenths of all futures of the model and of its rivals, each by its weight.

    A rival moves all futures by its shift, and those more that the parameters favour more, as far as a line through its moves says.

    Args:
        score: (future,), what the parameters say the answer is, less a constant; tried: (future,), what it is.
        of_rivals: (future of the rivals' run,), the score there.
    """
    moved = [one for one in shifts if one.size]
    weights = np.array([1.0 - math.fsum(one.weight for one in moved), *(one.weight for one in moved)])
    steps = np.array([0.0, *(one.size for one in moved)])
    turns = np.array([0.0, *(_turn(of_rivals, one.moves) for one in moved)])
    ranked, count = np.argsort(score, kind="stable"), len(score)
    starts = np.linspace(0, count, min(_BINS, count) + 1).astype(np.int64)[:-1]
    sizes = np.diff(starts, append=count)
    scores, means = (np.add.reduceat(one[ranked], starts) / sizes for one in (score - score.mean(), tried))
    shift = np.add.outer(steps, np.zeros(len(scores))) + np.multiply.outer(turns, scores)
    answers, shares = (means + shift).ravel(), np.multiply.outer(weights, sizes / count).ravel()
    order = np.argsort((scores + shift).ravel(), kind="stable")
    return tail_mean(answers[order], shares[order]), tail_mean(answers[order[::-1]], shares[order[::-1]])


def _turn(score: Array | None, moves: Array | None) -> float:
    """The slope of a rival's moves on the score, less what chance alone would show."""
    if score is None or moves is None:
        return 0.0
    kept = ~np.isnan(moves)
    count = int(kept.sum())
    if count < GROUNDS:
        return 0.0
    away, own = score[kept] - score[kept].mean(), moves[kept] - moves[kept].mean()
    square = float(away @ away)
    if square <= 0:
        return 0.0
    slope = float(away @ own) / square
    left = own - slope * away
    error = float(left @ left) / (count - 2) / square
    return slope * max(0.0, 1.0 - error / slope**2) if slope else 0.0


def tail_mean(answers: Array, shares: Array) -> float:
    """The mean of the first tenth of answers that stand in an order, each with its share of all."""
    taken = np.diff(np.minimum(np.cumsum(shares), _TAIL), prepend=0.0)
    return float(taken @ answers) / float(taken.sum())


def _grounds(
    fit: Regression,
    further: _Further,
    band: _Band | None,
    values: Array,
    asked: GroundedAnswer,
    indices: Sequence[int],
    badges: Mapping[int, str],
    claimed: frozenset[int],
) -> Grounds:
    by_kind = {"claims": 0.0, "fitted": 0.0, "assumed": 0.0}
    by_badge = dict.fromkeys(BADGES, 0.0)
    shares = [(int(row), float(share)) for row, share in zip(fit.chosen, fit.shares(), strict=True)]
    shares += [(int(row), float(further.bent[row])) for row in np.flatnonzero(further.bent)]
    for row, share in shares if further.followed is None else [(further.followed, 1.0)]:
        badge = badges.get(indices[row], "judgement")
        by_kind["fitted" if badge == "fitted" else "claims" if indices[row] in claimed else "assumed"] += share
        by_badge[badge] += share
    structure = asked.between / (asked.between + float(values.var()))
    luck = max(0.0, 1.0 - math.fsum(by_kind.values())) * (1.0 - structure)
    by_kind = {kind: share * (1.0 - structure) for kind, share in by_kind.items()}
    by_kind["assumed"] += structure
    by_badge = {kind: share * (1.0 - structure) for kind, share in by_badge.items()}
    by_badge["judgement"] += structure
    badge = max(BADGES, key=lambda name: by_badge[name]) if any(by_badge.values()) else "judgement"
    ends = None if band is None else band.ends
    missed = _missed(fit, asked)
    spread = _widened(_deepened(ends, values, missed or 0.0), float(values.mean()), asked.further)
    errors = None if band is None else band.errors
    if spread is not None and errors is not None and spread[1] - spread[0] <= _SEEN * math.hypot(*errors):
        spread = errors = None
    told = (by_kind["claims"], by_kind["fitted"], by_kind["assumed"], luck)
    is_exact, carriers = further.followed is not None, carriers_of_variance(values)
    interplay = _interplay(missed, further, values, asked, structure, luck)
    return Grounds(
        *told, badge, spread, structure, spread_errors=errors, carriers=carriers, is_exact=is_exact, interplay=interplay
    )


def _interplay(
    missed: float | None, further: _Further, values: Array, asked: GroundedAnswer, structure: float, luck: float
) -> float | None:
    """The share of the variance that is over the parameters, and that no parameter explains by itself."""
    if missed is None:
        return None
    if further.followed is not None or not float(values.var()) > 0:
        return 0.0
    share = missed**2 / float(np.nanvar(asked.values)) - float(further.bent.sum())
    return min(luck, max(0.0, share) * (1.0 - structure))


def _missed(fit: Regression, asked: GroundedAnswer) -> float | None:
    """The standard deviation over the parameters of which the regression sees nothing, less what chance would show as such.

    None where the same parameters were not run again, or the question applies to too few of those futures.
    """
    if asked.again is None:
        return None
    one, other = asked.values[: len(asked.again)], asked.again
    both = ~np.isnan(one) & ~np.isnan(other)
    if both.sum() < GROUNDS:
        return None
    products = (one[both] - one[both].mean()) * (other[both] - other[both].mean())
    extra = float(products.mean()) - float(fit.shares().sum()) * float(np.nanvar(asked.values))
    error = float(products.std()) / math.sqrt(len(products))
    return math.sqrt(extra * max(0.0, 1.0 - (error / extra) ** 2)) if extra > 0 else 0.0


def _deepened(band: tuple[float, float] | None, values: Array, missed: float) -> tuple[float, float] | None:
    """The band with what the regression missed added to it, as independent of it.

    No further than the means of the lowest and the highest tenth of the answers themselves, luck and all: no other tenth of the futures,
    and so none that parameters could choose, has a lower or a higher mean. So a long tail on one side makes no range on the other.
    """
    if band is None or not missed:
        return band
    low, high = _widened(band, float(values.mean()), (_TENTH / _NINETY * missed,)) or band
    tail = max(1, math.ceil(len(values) * _TAIL))
    ranked = np.partition(values, (tail - 1, len(values) - tail))
    least, most = float(ranked[:tail].mean()), float(ranked[-tail:].mean())
    return max(low, min(band[0], least)), min(high, max(band[1], most))


def _widened(band: tuple[float, float] | None, middle: float, further: Sequence[float | None]) -> tuple[float, float] | None:
    """The band with the spread between calibrations added to it, as independent of it."""
    if band is None:
        return None
    more = math.hypot(*(_NINETY * one for one in further if one is not None and math.isfinite(one)))
    below, above = min(band[0], middle), max(band[1], middle)
    return middle - math.hypot(middle - below, more), middle + math.hypot(above - middle, more)
