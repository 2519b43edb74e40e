"""The report's evidence: assumptions by group, the claims behind them, and experts beside the model."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from foedus.analysis.finding import Assumption, ClaimReference, ExpertView, Finding, QuestionFinding
from foedus.show.anchors import Anchors, claims_of, safe_url
from foedus.show.ranking import baseline_answer
from foedus.show.words import percent, unit_words
from foedus.titles import name_words
from foedus.wording import bare

__all__ = [
    "AssumptionGroup",
    "AssumptionRow",
    "ClaimRow",
    "ExpertRow",
    "assumption_groups",
    "claim_rows",
    "expert_rows",
]


@dataclass(frozen=True)
class AssumptionRow:
    """A parameter with its prior, its interval in words, and the questions that it moves (in words, link)."""

    assumption: Assumption
    id: str
    interval: str
    origins: str
    claims: list[tuple[ClaimReference, str]]
    moves: list[tuple[str, str]]


@dataclass(frozen=True)
class AssumptionGroup:
    """The parameters of one group."""

    name: str
    rows: list[AssumptionRow]
    counts: Counter[str]


@dataclass(frozen=True)
class ClaimRow:
    """A claim with its address when it may be linked, and the parameters that rest on it (title, link)."""

    claim: ClaimReference
    id: str
    url: str
    address: str
    used_by: list[tuple[str, str]]


@dataclass(frozen=True)
class ExpertRow:
    """An expert's range beside the model's answer, in per cent of the bar's width."""

    question: QuestionFinding
    expert: ExpertView
    link: str
    claim_link: str
    low: float
    width: float
    model: float | None
    said: str
    value: str
    verdict: str


def assumption_groups(finding: Finding, anchors: Anchors) -> list[AssumptionGroup]:
    """All assumptions by their group, in the order of the model."""
    moved: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for question in finding.questions:
        for driver in question.drivers:
            moved[driver.parameter].append((question.short, anchors.drivers[question.name]))
    groups: dict[str, list[AssumptionRow]] = defaultdict(list)
    for assumption in finding.assumptions:
        groups[assumption.group or "Other"].append(_assumption(assumption, anchors, moved[assumption.parameter]))
    return [AssumptionGroup(name, rows, Counter(row.assumption.basis for row in rows)) for name, rows in groups.items()]


def _assumption(assumption: Assumption, anchors: Anchors, moves: list[tuple[str, str]]) -> AssumptionRow:
    low, median, high = (bare(value) for value in (assumption.low, assumption.median, assumption.high))
    unit = unit_words(assumption.unit)
    is_fixed = assumption.low == assumption.high
    interval = f"{median} {unit}".strip() if is_fixed else f"{median} ({low} to {high}) {unit}".strip()
    origins = "" if assumption.effective_origins is None else f"{assumption.effective_origins:.1f}"
    claims = [(claim, anchors.claims[claim.id]) for claim in assumption.claims]
    return AssumptionRow(assumption, anchors.parameters[assumption.parameter], interval, origins, claims, moves)


def claim_rows(finding: Finding, anchors: Anchors) -> list[tuple[str, list[ClaimRow]]]:
    """Every claim once, by source."""
    used: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for assumption in finding.assumptions:
        for claim in assumption.claims:
            used[claim.id].append(
                (assumption.label or name_words(assumption.parameter), anchors.parameters[assumption.parameter])
            )
    sources: dict[str, list[ClaimRow]] = defaultdict(list)
    for claim in claims_of(finding):
        url = safe_url(claim.url)
        row = ClaimRow(claim, anchors.claims[claim.id], url, _address(url), used[claim.id])
        sources[claim.source].append(row)
    return list(sources.items())


def _address(url: str) -> str:
    return url.split("/")[2].removeprefix("www.") if url else ""


def expert_rows(finding: Finding, anchors: Anchors) -> list[ExpertRow]:
    """What experts said, beside what the model answers under the baseline."""
    return [_expert(finding, question, expert, anchors) for question in finding.questions for expert in question.experts]


def _expert(finding: Finding, question: QuestionFinding, expert: ExpertView, anchors: Anchors) -> ExpertRow:
    answer = baseline_answer(finding, question)
    chance = None if answer is None else answer.probability
    if chance is None or chance != chance:
        verdict, chance = "", None
    else:
        verdict = (
            "the model is lower" if chance < expert.low else "the model is higher" if chance > expert.high else "the model agrees"
        )
    return ExpertRow(
        question=question,
        expert=expert,
        link=anchors.questions[question.name],
        claim_link=anchors.claims[expert.claim.id],
        low=round(100 * expert.low, 1),
        width=round(100 * (expert.high - expert.low), 1),
        model=None if chance is None else round(100 * chance, 1),
        said=f"{100 * expert.low:.0f}–{100 * expert.high:.0f} %",
        value=percent(chance),
        verdict=verdict,
    )
