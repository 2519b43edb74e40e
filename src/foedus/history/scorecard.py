"""Scores of a frozen forecast, and of experts beside it, once it is known how the questions came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError, Problem, suggestion
from foedus.evidence import Claim
from foedus.history.outcomes import Outcome, Resolution, read_outcomes, resolve, shown_date
from foedus.history.scores import (
    Bin,
    Decomposition,
    brier,
    crps_sample,
    decompose,
    is_covered,
    log_of_chance,
    log_of_sample,
    mean_difference,
    pit,
    reliability_bins,
)

__all__ = [
    "Experts",
    "QuestionScore",
    "Saying",
    "Scorecard",
    "card_document",
    "experts_document",
    "score",
    "score_experts",
    "score_forecast",
]

EDGES = np.array([0.0, 0.05, 0.2, 0.45, 0.55, 0.8, 0.95, 1.0])
"""Bins of the calibration curve: the ranges of ICD 203, so that a word can be held against how often it came true."""


@dataclass(frozen=True)
class QuestionScore:
    """One question with its outcome. Either `probability` with `brier`, or `interval` with `crps`.

    Attributes:
        interval: 5 and 95 % of the forecast; `median` beside it. Dates are in the model's unit of time since the as-of date.
        log: minus the log of the probability, or of the density, given to what came; None where nothing was given to it.
        spread: standard deviation of the forecast, the scale on which to read a CRPS.
        pit: where the outcome falls in the forecast, 0 to 1.
        chance: of a date, that it comes within its window at all, with `chance_brier`, the Brier score of that; `when` is the 90 %
            interval of the date, with the median between, in words.
    """

    name: str
    ask: str
    unit: str
    outcome: bool | float | str
    date: str
    source: str
    contested: bool
    probability: float | None = None
    brier: float | None = None
    interval: tuple[float, float] | None = None
    median: float | None = None
    crps: float | None = None
    spread: float | None = None
    is_covered: bool | None = None
    pit: float | None = None
    log: float | None = None
    chance: float | None = None
    chance_brier: float | None = None
    when: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Scorecard:
    """A frozen forecast scored.

    Attributes:
        questions: every question with an outcome, contested ones too; what follows leaves these out.
        brier, climatology: mean Brier score, and that of the base rate of these very outcomes, the best constant in hindsight.
        log: mean logarithmic score of the yes-no questions.
        coverage_90: share of numbers that fell into their 90 % interval.
        contested: the mean Brier score of contested yes-no questions, and how many questions are contested.
    """

    case: str
    as_of: str | None
    scenario: str
    digest: str
    questions: tuple[QuestionScore, ...]
    brier: float | None
    climatology: float | None
    log: float | None
    calibration: tuple[Bin, ...]
    parts: Decomposition | None
    coverage_90: float | None
    counts: dict[str, int]
    contested_brier: float | None
    made_on: str | None = None  # None where the file does not say


@dataclass(frozen=True)
class Saying:
    """A prediction of the ledger, resolved: who said what, with which probability, and how it came out, beside the model."""

    claim: str
    who: str
    said: str
    published: str
    question: str
    low: float
    high: float
    probability: float
    yardstick: str
    outcome: bool
    brier: float
    log: float | None
    model: float
    model_brier: float
    contested: bool


@dataclass(frozen=True)
class Experts:
    """All predictions that resolved, contested ones apart.

    Attributes:
        brier, model_brier: means over predictions.
        difference, difference_error: experts less the model, paired by question (a question counts once), with its standard error.
        rivals: mean Brier score and number of predictions, by who spoke.
        open: predictions about questions that are not resolved.
    """

    sayings: tuple[Saying, ...]
    brier: float | None
    model_brier: float | None
    log: float | None
    calibration: tuple[Bin, ...]
    parts: Decomposition | None
    difference: float | None
    difference_error: float | None
    questions: int
    rivals: dict[str, tuple[float, int]]
    open: int


def score(frozen: Mapping[str, Any], outcomes: str | Path, scenario: str = "") -> Scorecard:
    """A frozen forecast against what came.

    Args:
        frozen: of `freeze`.
        outcomes: a JSON file with what came.
        scenario: whose answers; "" takes the baseline.
    Raises:
        InputError: the file is wrong, or there is no such scenario.
    """
    return score_forecast(frozen, read_outcomes(outcomes, frozen["questions"]), scenario)


def score_forecast(frozen: Mapping[str, Any], outcomes: Sequence[Outcome], scenario: str = "") -> Scorecard:
    """Score a frozen forecast against outcomes.

    Args:
        scenario: whose answers are scored; "" takes the baseline, which is what the model expected.
    Raises:
        InputError: there is no such scenario, or a value does not fit its question.
    """
    scenario = _scenario(frozen, scenario)
    scored, problems = [], []
    for outcome in outcomes:
        try:
            resolution = _resolve(outcome, frozen)
        except InputError as error:
            problems += error.problems
            continue
        if resolution is not None:
            scored.append(_question(frozen, resolution, scenario))
    if problems:
        raise InputError(problems)
    found = tuple(score for score in scored if score is not None)
    counts = {
        "scored": sum(not one.contested for one in found),
        "contested": sum(one.contested for one in found),
        "open": len(outcomes) - len(scored),
        "does not apply": len(scored) - len(found),
        "without outcome": len(frozen["questions"]) - len(outcomes),
    }
    return _card(frozen, scenario, found, counts)


def _resolve(outcome: Outcome, frozen: Mapping[str, Any]) -> Resolution | None:
    question = frozen["questions"][outcome.question]
    return resolve(outcome, question, frozen["as_of"], frozen["time_unit"], frozen.get("by_months"))


def score_experts(claims: Iterable[Claim], frozen: Mapping[str, Any], outcomes: Sequence[Outcome]) -> Experts:
    """Score the predictions of a ledger beside the model's frozen answers.

    A prediction is the middle of its probability range. A probability for a question about a number is read as "more than none".
    """
    resolved = {}
    for outcome in outcomes:
        found = _resolve(outcome, frozen)
        if found is not None:
            resolved[outcome.question] = found
    baseline = _scenario(frozen, "")
    claims = list(claims)
    sayings = tuple(
        saying
        for claim in claims
        if claim.question in resolved
        and (saying := _saying(claim, frozen["questions"][claim.question], resolved[claim.question], baseline))
    )
    clear = [one for one in sayings if not one.contested]
    chances = np.array([one.probability for one in clear])
    came = np.array([float(one.outcome) for one in clear])
    bins = reliability_bins(chances, came, EDGES) if clear else ()
    names = list(dict.fromkeys(one.question for one in clear))
    theirs = [np.mean([one.brier for one in clear if one.question == name]) for name in names]
    ours = [np.mean([one.model_brier for one in clear if one.question == name]) for name in names]
    difference, error = mean_difference(np.array(theirs), np.array(ours))
    return Experts(
        sayings,
        _mean(one.brier for one in clear),
        _mean(one.model_brier for one in clear),
        _mean(one.log for one in clear),
        bins,
        decompose(chances, came, bins) if clear else None,
        difference,
        error,
        len(names),
        {who: _of(clear, who) for who in sorted({one.who for one in clear})},
        len(claims) - len(sayings),
    )


def _scenario(frozen: Mapping[str, Any], wanted: str) -> str:
    names = list(frozen["scenarios"])
    if wanted and wanted not in names:
        help = suggestion(wanted, names) or f"Scenarios: {', '.join(names)}."
        raise InputError(Problem(frozen["case"], 0, 0, "unknown-scenario", f"the forecast has no scenario `{wanted}`.", help))
    return wanted or names[0]


def _question(frozen: Mapping[str, Any], found: Resolution, scenario: str) -> QuestionScore | None:
    """One question scored; None where the forecast has no answer because the question applied to no future."""
    question, outcome = frozen["questions"][found.outcome.question], found.outcome
    answer = question["answers"].get(scenario)  # questions of short horizon are answered in the baseline alone
    if answer is None:
        return None
    name, about = (
        outcome.question,
        (question["ask"], question["unit"], found.shown, outcome.date, outcome.source, outcome.contested),
    )
    if question["kind"] == "probability":
        if answer["probability"] is None:
            return None
        chance, came = float(answer["probability"]), bool(found.value)
        return QuestionScore(
            name, *about, probability=chance, brier=brier(chance, came), log=log_of_chance(chance, came, answer["futures"])
        )
    if answer["quantiles"] is None:
        return None
    sample: NDArray[np.float64] = np.array(answer["quantiles"], dtype=np.float64)
    low, median, high = (float(value) for value in np.quantile(sample, (0.05, 0.5, 0.95)))
    logs = [log_of_sample(sample, value) for value in found.values]
    score = QuestionScore(
        name,
        *about,
        interval=(low, high),
        median=median,
        crps=_mean(crps_sample(sample, value) for value in found.values),
        spread=float(sample.std()),
        is_covered=is_covered(sample, found.value, 0.9),
        pit=_mean(pit(sample, value) for value in found.values),
        log=None if None in logs else _mean(logs),
        probability=answer.get("probability"),
    )
    if question["kind"] != "date":
        return score
    chance, end = float(answer["probability"]), float(question["window_end"])
    share = float(np.mean([value < end for value in found.values]))
    return replace(
        score,
        chance=chance,
        chance_brier=share * brier(chance, True) + (1 - share) * brier(chance, False),
        when=tuple(shown_date(time, end, frozen) for time in (low, median, high)),  # type: ignore[arg-type]
    )


def _card(frozen: Mapping[str, Any], scenario: str, found: tuple[QuestionScore, ...], counts: dict[str, int]) -> Scorecard:
    chances = [one for one in found if one.brier is not None]
    clear = [one for one in chances if not one.contested]
    said = np.array([one.probability for one in clear], dtype=np.float64)
    came = np.array([float(one.outcome is True) for one in clear])
    bins = reliability_bins(said, came, EDGES) if clear else ()
    return Scorecard(
        frozen["case"],
        frozen["as_of"],
        scenario,
        frozen["digest"],
        found,
        _mean(one.brier for one in clear),
        float(came.mean() * (1 - came.mean())) if clear else None,
        _mean(one.log for one in clear),
        bins,
        decompose(said, came, bins) if clear else None,
        _mean(float(one.is_covered) for one in found if one.is_covered is not None and not one.contested),
        counts,
        _mean(one.brier for one in chances if one.contested),
        frozen.get("made_on"),
    )


def _saying(claim: Claim, question: Mapping[str, Any], found: Resolution, scenario: str) -> Saying | None:
    answer = question["answers"][scenario]
    if question["kind"] == "quantity":
        sample = np.array(answer["quantiles"] or (), dtype=np.float64)
        came, chance, futures = found.value > 0, float((sample > 0).mean()) if len(sample) else None, len(sample)
    elif question["kind"] == "date":
        came, chance, futures = found.value < question["window_end"], answer["probability"], answer["futures"]
    else:
        came, chance, futures = bool(found.value), answer["probability"], answer["futures"]
    if chance is None or not futures or claim.probability is None or claim.question is None:
        return None
    low, high = claim.probability
    middle = (low + high) / 2
    return Saying(
        claim.id,
        claim.source.canonical,
        claim.paraphrase,
        claim.day,
        claim.question,
        low,
        high,
        middle,
        claim.yardstick or "",
        came,
        brier(middle, came),
        log_of_chance(middle, came),
        chance,
        brier(chance, came),
        found.outcome.contested,
    )


def _of(sayings: Sequence[Saying], who: str) -> tuple[float, int]:
    own = [one.brier for one in sayings if one.who == who]
    return float(np.mean(own)), len(own)


def _mean(values: Iterable[float | None]) -> float | None:
    kept = [value for value in values if value is not None]
    return float(np.mean(kept)) if kept else None


def card_document(card: Scorecard) -> dict[str, Any]:
    """The scorecard as other tools read it."""
    document = asdict(card)
    document["questions"] = {one.name: _score_document(one) for one in card.questions}
    document["calibration"] = [asdict(one) for one in card.calibration]
    return document


def _score_document(one: QuestionScore) -> dict[str, Any]:
    shared = {
        "outcome": one.outcome,
        "log": one.log,
        "date": one.date,
        "source": one.source,
        "contested": one.contested,
        "ask": one.ask,
    }
    if one.brier is not None:
        return {"probability": one.probability, "brier": one.brier, **shared}
    dated = {} if one.when is None else {"chance": one.chance, "chance_brier": one.chance_brier, "when": list(one.when)}
    return {
        "interval": list(one.interval or ()),
        "median": one.median,
        "crps": one.crps,
        "unit": one.unit,
        "spread": one.spread,
        "is_covered": one.is_covered,
        "pit": one.pit,
        **dated,
        **shared,
    }


def experts_document(experts: Experts) -> dict[str, Any]:
    """The experts' scores as other tools read them."""
    return {
        **asdict(experts),
        "rivals": {who: {"brier": score, "count": count} for who, (score, count) in experts.rivals.items()},
    }
