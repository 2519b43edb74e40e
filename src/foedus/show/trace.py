"""The walk from one answer to what it rests on, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.finding import Answer, Assumption, ClaimReference, Driver, QuestionFinding, ScenarioInfo
from foedus.analysis.trace import Traced
from foedus.show.confidence import uncarried_words
from foedus.show.document import answer_document
from foedus.show.pools import step_words
from foedus.show.ranking import (
    shown_answer,
    shown_chance,
    shown_difference,
    shown_error,
    shown_share,
    shown_statistic,
    why_missing,
)
from foedus.show.states import state_words
from foedus.show.words import (
    NO_DATE,
    claims_words,
    people_date,
    plain,
    readable,
    share_stated,
    unit_words,
    yardstick,
)
from foedus.titles import name_words
from foedus.wording import bare

__all__ = ["trace_document", "trace_view"]


def trace_view(
    question: QuestionFinding,
    assumptions: tuple[Assumption, ...],
    scenarios: Sequence[ScenarioInfo] = (),
    *,
    names: bool = False,
) -> RenderableType:
    """One question's answers, the parameters that move it, and behind each the reason or the claims.

    Args:
        scenarios: what they are called.
        names: show the model's own names, and those of the claims, beside the words.
    """
    labels = {scenario.name: scenario.label for scenario in scenarios}
    parts: list[RenderableType] = [_answers(question, labels, names), Text()]
    if not question.drivers and not any(answer.futures for answer in question.answers.values()):
        parts.append(Text("Nothing moves an answer that is not there.", "dim"))
    elif not question.drivers:
        parts.append(
            Text("No parameter is seen to move it: nothing uncertain leads to it, or the futures are too few to tell.", "dim")
        )
    by_name = {assumption.parameter: assumption for assumption in assumptions}
    note = uncarried_words(next(iter(question.answers.values()), None))
    parts += [Text(note, "yellow"), Text()] if note and question.drivers else []
    for place, driver in enumerate(question.drivers, 1):
        behind = by_name.get(driver.parameter)
        parts += [_driver(place, driver, behind, names, has_share=not note), _behind(behind, names)]
    return Group(*parts)


def _answers(question: QuestionFinding, labels: Mapping[str, str], names: bool) -> Text:
    text = Text(plain(question.ask), "bold")
    text.append(f"  {plain(question.name)}" if names else "", "dim")
    for name, answer in question.answers.items():
        label = plain(labels.get(name) or name_words(name)) + (f" ({plain(name)})" if names else "")
        text.append(f"\n  {label}: {_answer(question, answer)}", "not bold")
        told = (
            f"{shown_difference(answer)} {shown_error(answer)}".strip(),
            "set by the scenario itself" if answer.is_set else "",
        )
        if any(told):
            text.append(f"  ({', '.join(part for part in told if part)})", "dim")
        for note in ("" if why_missing(answer) else shown_share(answer), state_words(answer)):
            text.append(f"\n    {note}" if note else "", "yellow")
    return text


def _answer(question: QuestionFinding, answer: Answer) -> str:
    """The chance in figures and words; the median, and the mean where the difference is that of the mean; of a date its chance first."""
    if why_missing(answer):
        return why_missing(answer)
    if answer.quantiles is None:
        return f"{shown_answer(answer, question.unit)}, {yardstick(answer.probability, answer.mc_error)}"
    if answer.chance is not None:
        return f"{shown_chance(answer)}{f', then {shown_answer(answer, question.unit)}' if answer.futures else ''}"
    mean = f"; mean {shown_statistic(answer)}" if answer.difference is not None else ""
    return f"median {shown_answer(answer, question.unit)}{mean}"


def _driver(place: int, driver: Driver, behind: Assumption | None, names: bool, *, has_share: bool = True) -> Text:
    effect = {1: "raises it", -1: "lowers it"}.get(driver.direction, "either way")
    share = f"{share_stated(driver.share, driver.share_error).said('%')} of the variance; " if has_share else ""
    share += f"more of it {effect}"
    title = behind.label if behind is not None and behind.label else name_words(driver.parameter)
    named = f" ({plain(driver.parameter)})" if names else ""
    return Text.assemble(f"{place}. ", (plain(title), "bold"), (named, "dim"), f"  {share}")


def _behind(assumption: Assumption | None, names: bool) -> RenderableType:
    """What a driver rests on; luck rests on nothing."""
    if assumption is None:
        return Padding(Text("not a parameter: chance, or a scenario's own setting", "dim"), (0, 0, 1, 3))
    low, median, high = (bare(value) for value in (assumption.low, assumption.median, assumption.high))
    unit = unit_words(assumption.unit)
    text = Text(f"{readable(plain(assumption.prior))}: median {median}, 90 % {low} to {high} {unit}".rstrip())
    if assumption.assumed:
        text.append("\nassumed", "bold yellow")
        text.append(f" because {plain(assumption.because)}" if assumption.because else " without a reason given")
    elif assumption.basis == "fitted":
        text.append("\nfitted to what was observed", "bold")
        text.append(f"; {plain(assumption.because)}" if assumption.because else "")
    elif assumption.because:
        text.append(f"\nbecause {plain(assumption.because)}")
    if assumption.effective_origins is not None:
        text.append(f"\n{claims_words(len(assumption.claims), assumption.effective_origins)}")
    if names and len(assumption.steps) > 2:
        text.append(f"\nstep by step: {plain(step_words(assumption.steps))}", "dim")
    if assumption.conflict:
        conflict = assumption.conflict if names else assumption.conflict_words
        text.append(f"\nconflict: {plain(conflict)}", "yellow")
    return Padding(Group(text, *(_claim(claim, names) for claim in assumption.claims)), (0, 0, 1, 3))


def _claim(claim: ClaimReference, names: bool) -> RenderableType:
    source = f"{plain(claim.source)}, {people_date(claim.published) or NO_DATE}, graded {plain(claim.grade)}"
    if claim.origin and claim.origin != claim.source:
        source += f", origin {plain(claim.origin)}"
    if claim.hedge:
        source += f", hedged “{plain(claim.hedge)}”"
    text = Text.assemble(
        ("• ", "dim"), plain(claim.paraphrase), "\n", (f"  {source}{f'  {plain(claim.id)}' if names else ''}", "dim")
    )
    if claim.quote is not None:
        text.append(f"\n  “{plain(claim.quote)}”", "italic")
    if claim.url:
        text.append(f"\n  {plain(claim.url)}", "dim")
    return text


def trace_document(found: Traced) -> dict[str, Any]:
    """What `foedus trace --json` prints."""
    assumptions = {assumption.parameter: assumption for assumption in found.assumptions}
    question = found.question
    return {
        "case": found.case,
        "question": question.name,
        "ask": question.ask,
        "seed": found.seed,
        "futures": found.futures,
        "answer": answer_document(question.answers[found.scenario], question.kind),
        "drivers": [
            _driver_document(driver, assumptions[driver.parameter])
            for driver in question.drivers
            if driver.parameter in assumptions
        ],
        "status": dict(found.finding.status),
        "failures": [asdict(one) for one in found.finding.failures],
    }


def _driver_document(driver: Driver, assumption: Assumption) -> dict[str, Any]:
    return {
        "parameter": driver.parameter,
        "label": assumption.label,
        "unit": assumption.unit,
        "share": driver.share,
        "share_error": driver.share_error,
        "direction": driver.direction,
        "prior": assumption.prior,
        "low": assumption.low,
        "median": assumption.median,
        "high": assumption.high,
        "assumed": assumption.assumed,
        "fitted": assumption.fitted,
        "because": assumption.because or None,
        "conflict": assumption.conflict or None,
        "effective_origins": assumption.effective_origins,
        "claims": [_claim_document(claim) for claim in assumption.claims],
    }


def _claim_document(claim: ClaimReference) -> dict[str, Any]:
    return {
        "id": claim.id,
        "paraphrase": claim.paraphrase,
        "source": claim.source,
        "origin": claim.origin,
        "grade": claim.grade,
        "reliability": claim.reliability,
        "hedge": claim.hedge,
        "url": claim.url or None,
        "document": {"sha256": claim.sha256, "title": claim.title, "published": claim.published or None},
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
    }
