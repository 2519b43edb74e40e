"""What a run found, ready to be shown: answers with their errors, bands, occurrences, assumptions, structure, manifest."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.grounds import Grounds
from foedus.analysis.rival import RivalAnswer, VariantInfo
from foedus.analysis.track_record import TrackRecord
from foedus.constructs.headline import Headline
from foedus.evidence.pool import PoolStep

__all__ = [
    "Answer",
    "Assumption",
    "Band",
    "CheckResult",
    "ClaimReference",
    "Driver",
    "EarlierAnswer",
    "ExpertView",
    "FailureCount",
    "Finding",
    "FlowInfo",
    "Manifest",
    "MovedPrior",
    "Occurrence",
    "PartInfo",
    "QuestionFinding",
    "RivalAnswer",
    "ScenarioInfo",
    "StateBand",
    "StockInfo",
    "Structure",
    "VariantInfo",
    "Without",
]


@dataclass(frozen=True)
class ScenarioInfo:
    """A scenario's name, its label for people, and its overrides: as the model spells them, and as people say them."""

    name: str
    label: str
    changes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Its overrides as people say them; of one that no model spells, as they are."""
        return self.words or self.changes


@dataclass(frozen=True)
class StateBand:
    """One of two worlds that an answer mixes: the futures in which an event of the model has come by the question's end, or a rival of a
    prior was drawn, or the others.

    Attributes:
        label: what holds in it, in words.
        share: of the futures that the answer rests on.
        median, low, high: 50, 5, 95 % of the answer in it.
        is_constant: is the answer the same in all of them?
    """

    label: str
    share: float
    median: float
    low: float
    high: float
    is_constant: bool = False


@dataclass(frozen=True)
class FailureCount:
    """Futures that failed at the same place: which variable, which element, how, since when.

    Attributes:
        variable, element: the name, and its elements where it is indexed ("" where it is not).
        status: "not finite", "negative stock" or "out of range".
        date: of the first one (ISO, or the time in a model without dates).
        count: futures, each counted once.
        value: the first value that went wrong.
        scenarios: in which it happened.
        kind: of the statement ("stock", "let", "question", …); unit: of the value.
    """

    variable: str
    element: str
    status: str
    date: str
    count: int
    value: float
    scenarios: tuple[str, ...] = ()
    kind: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Answer:
    """One question in one scenario. Either `probability` or `quantiles` is set.

    Attributes:
        probability: in [0, 1], over the futures to which the question applies; None for quantities.
        quantiles: 5, 25, 50, 75, 95 %, in the question's unit; None for probabilities.
        mean: of a quantity; None for probabilities.
        mc_error: one Monte Carlo standard error of the probability or the mean.
        difference: paired difference of `statistic` from the baseline; None in the baseline.
        difference_error: its Monte Carlo standard error.
        futures: number of futures that the answer rests on.
        calibration_error: standard deviation between calibrations with other seeds; None where the run rests on fewer than two.
        structural_spread: standard deviation between the model and its variants; None where there is none.
        statistic: what stands for the answer wherever one number does: "probability", "mean", for dates "when" (their median), or
            "median" of an amount with a long tail in two runs that are compared.
        error: one Monte Carlo standard error of the statistic.
        share: of all futures that were run, the part that the answer rests on.
        quantile_errors: of `quantiles`; None for probabilities.
        chance, chance_error: of a date, that it comes at all; None for others.
        chance_difference, chance_difference_error: of it, paired; None in the baseline.
        states: two worlds that the answer mixes; empty where it does not.
        is_set: does the scenario set this answer itself, or what it is read from?
        applies: of all futures, the part to which the question applies; of a date, those in which it never comes too.
            None where that follows from `share`.
        other_share: of all futures, the part to which it applies either here or in the answer that it is compared with, not in both.
        is_out_of_reach: does nothing in the model lead from what the scenario sets to it? That it does not differ then says nothing.
        grounds: what it rests on, and how far it moves over that; None where it was not asked for.
        effect: the same of the paired difference where that is a move; None elsewhere, and for dates.
        rivals: what each variant answers, those that leave the question without a future too; empty where none says anything.
    """

    probability: float | None
    quantiles: tuple[float, float, float, float, float] | None
    mean: float | None
    mc_error: float
    difference: float | None
    difference_error: float | None
    futures: int
    calibration_error: float | None = None
    structural_spread: float | None = None
    statistic: str = "mean"
    error: float = math.nan
    share: float = 1.0
    quantile_errors: tuple[float, float, float, float, float] | None = None
    chance: float | None = None
    chance_error: float | None = None
    chance_difference: float | None = None
    chance_difference_error: float | None = None
    states: tuple[StateBand, ...] = ()
    is_set: bool = False
    is_out_of_reach: bool = False
    applies: float | None = None
    other_share: float = 0.0
    grounds: Grounds | None = None
    effect: Grounds | None = None
    rivals: tuple[RivalAnswer, ...] = ()

    @property
    def asked_of(self) -> float:
        """The part of the futures to which the question applies; of a date those in which it never comes are among them."""
        if self.applies is not None:
            return self.applies
        if self.chance is None:
            return self.share
        return self.share / self.chance if self.chance else 1.0

    @property
    def width(self) -> float:
        """Of the 90 % interval of a quantity; NaN where too few futures tell of it, or of a chance."""
        return math.nan if self.quantiles is None else self.quantiles[4] - self.quantiles[0]

    @property
    def value(self) -> float:
        """The statistic: the chance, the mean, or the median."""
        if self.statistic == "probability":
            return math.nan if self.probability is None else self.probability
        if self.statistic in ("when", "median"):
            return math.nan if self.quantiles is None else self.quantiles[2]
        return math.nan if self.mean is None else self.mean


@dataclass(frozen=True)
class ClaimReference:
    """A claim as it is shown behind a number. `quote` is None when the document is absent, `status` what a reviewer decided of it."""

    id: str
    paraphrase: str
    source: str
    origin: str
    grade: str
    reliability: float
    hedge: str
    published: str
    url: str
    sha256: str | None = None
    title: str = ""
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    status: str = ""


@dataclass(frozen=True)
class Driver:
    """A parameter that moves an answer: its share of the variance (first order), with sign and error."""

    parameter: str
    share: float
    share_error: float
    direction: int


@dataclass(frozen=True)
class ExpertView:
    """An expert's prediction (S14) as a probability range, beside the model's own answer."""

    claim: ClaimReference
    low: float
    high: float
    word: str


@dataclass(frozen=True)
class EarlierAnswer:
    """What an earlier edition of the case answered to the same question in its baseline, as it was frozen.

    Attributes:
        edition: its name; as_of: its day; made_on: when it was frozen, "" where that is not told; digest: of the frozen forecast.
        probability: of a yes-no question, and of a date that it comes at all.
        quantiles: 5, 50, 95 % of an amount, in the question's unit; None for others.
    """

    edition: str
    as_of: str
    made_on: str
    digest: str
    futures: int
    probability: float | None
    quantiles: tuple[float, float, float] | None


@dataclass(frozen=True)
class QuestionFinding:
    """A question with its answers by scenario name; `earlier` are those of earlier editions, the oldest first."""

    name: str
    ask: str
    kind: str  # "probability" | "quantity"
    unit: str
    answers: dict[str, Answer]
    drivers: tuple[Driver, ...] = ()
    experts: tuple[ExpertView, ...] = ()
    called: str = ""
    group: str = ""
    earlier: tuple[EarlierAnswer, ...] = ()

    @property
    def short(self) -> str:
        """The short name, or the question itself."""
        return self.called or self.ask


@dataclass(frozen=True)
class Band:
    """Quantile bands of one variable over time.

    Attributes:
        times: (time,), in the model's unit of time since the start.
        dates: ISO dates of the same moments, empty for models without dates.
        quantiles: scenario name -> (5, time): 5, 25, 50, 75, 95 %, in `unit`.
        observed: (label, dates, values) of each series that measures this variable.
    """

    name: str
    label: str
    unit: str
    chart: str
    times: NDArray[np.float64]
    dates: tuple[str, ...]
    quantiles: dict[str, NDArray[np.float64]]
    observed: tuple[tuple[str, tuple[str, ...], tuple[float, ...]], ...] = ()
    futures: int = 0


@dataclass(frozen=True)
class Occurrence:
    """How often an event, a decision's option or a treaty's stage happened in one scenario.

    Attributes:
        kind: "event", "decision" or "treaty".
        name: of the event, "decision: option", or "treaty: stage".
        considered: mean number of moments considered per future (decisions), else 0.
        fired: share of futures in which it happened at least once.
        probability: mean chance at the moments considered (decisions), else None.
        when: 5, 50, 95 % of the first date (ISO or time), "" where it happened too seldom to tell, None when it never happened.
        terms: the mean contribution of each term of the utility (decisions).
    """

    kind: str
    name: str
    label: str
    scenario: str
    considered: float
    fired: float
    probability: float | None
    when: tuple[str, str, str] | None
    terms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Assumption:
    """A parameter's prior with what it rests on: claims, observations (`fitted`), or a reason in words (`assumed`).

    Attributes:
        conflict: which of its claims barely overlap, in words; "" if none.
        is_contested: do claims of different origins? One that gives figures for several places contradicts nobody.
    """

    parameter: str
    label: str
    unit: str
    prior: str
    low: float
    median: float
    high: float
    assumed: bool
    because: str
    group: str = ""
    claims: tuple[ClaimReference, ...] = ()
    effective_origins: float | None = None
    conflict: str = ""
    steps: tuple[PoolStep, ...] = ()
    fitted: bool = False
    is_contested: bool = False

    @property
    def conflict_words(self) -> str:
        """The conflict without the names that the ledger has for claims."""
        told = self.conflict
        for claim in self.claims:
            told = told.replace(f", {claim.id})", ")")
        return told

    @property
    def basis(self) -> str:
        """What it rests on first, in a word."""
        return "claims" if self.group else "fitted" if self.fitted else "assumed"


@dataclass(frozen=True)
class StockInfo:
    """A stock in the stock-and-flow diagram; `level` is its median at the start and at the end of the baseline."""

    name: str
    unit: str
    label: str
    level: tuple[float, float] | None = None


@dataclass(frozen=True)
class FlowInfo:
    """A flow between two stocks, or "outside"; `feeds` are the names its rate reads."""

    name: str
    source: str
    target: str
    unit: str
    label: str
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartInfo:
    """A mechanism in use: its alias, and of its slots (with the alias) how each is filled: "=", "~" or "default"."""

    alias: str
    mechanism: str
    title: str
    source: str
    slots: tuple[tuple[str, str], ...]
    gives: tuple[str, ...]


@dataclass(frozen=True)
class Structure:
    """Stocks, flows, for every auxiliary what feeds it: name -> (unit, label, names read); and the parts these belong to.

    What is private to a part is left out: whoever reads it reads, in its place, what it rests on itself.

    Attributes:
        futures: of how many futures, the first of the run, the levels of stocks are medians; 0 where there are none.
    """

    stocks: tuple[StockInfo, ...]
    flows: tuple[FlowInfo, ...]
    auxiliaries: dict[str, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)
    parts: tuple[PartInfo, ...] = ()
    futures: int = 0


@dataclass(frozen=True)
class CheckResult:
    """One check of the model file: did it hold, and by how much."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class Manifest:
    """What is needed to get the same bits again."""

    versions: dict[str, str]
    seed: int
    futures: int
    design: str
    digests: dict[str, str]
    seconds: dict[str, float]


@dataclass(frozen=True)
class MovedPrior:
    """A prior with and without some sources: 5, 50, 95 % in the parameter's unit, and its effective number of origins."""

    parameter: str
    label: str
    unit: str
    group: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    origins_before: float
    origins_after: float


@dataclass(frozen=True)
class Without:
    """What a run without some sources left out, and what that moved, on the same futures.

    Attributes:
        sources: their names.
        claims: ids of the claims that left, with the reason: "its own", "repeats it", "computed from it".
        priors: that changed; `origins_after` is 0 where no claim is left.
        answers: question -> its answer in the baseline with all sources, and without them (with the paired difference).
        full_digest: of the results with all sources.
    """

    sources: tuple[str, ...]
    claims: tuple[tuple[str, str], ...]
    priors: tuple[MovedPrior, ...]
    answers: dict[str, tuple[Answer, Answer]]
    full_digest: str


@dataclass(frozen=True)
class Finding:
    """Everything the table, the report and the JSON are made of. The first scenario is the baseline."""

    case: str
    title: str
    as_of: str
    horizon: str
    scenarios: tuple[ScenarioInfo, ...]
    questions: tuple[QuestionFinding, ...]
    bands: tuple[Band, ...]
    occurrences: tuple[Occurrence, ...]
    assumptions: tuple[Assumption, ...]
    structure: Structure
    status: dict[str, int]
    manifest: Manifest
    checks: tuple[CheckResult, ...] = ()
    warnings: tuple[str, ...] = ()
    limits: str = ""  # the README's section on what the case cannot tell, Markdown
    without: Without | None = None
    record: TrackRecord | None = None  # how good the case's forecasts have been
    failures: tuple[FailureCount, ...] = ()
    made_on: str = ""  # ISO date; what was known is told by `as_of`
    headline: Headline | None = None  # what the case was asked, where it says so
    variants: tuple[VariantInfo, ...] = ()  # the rival structures that were run beside the model
    variant_futures: int = 0  # futures of each of them
