"""Put together what a run found: answers, drivers, bands, occurrences, assumptions with their claims, structure, manifest."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from foedus.analysis import (
    Ranks,
    bands,
    compare,
    drivers,
    failure_counts,
    failure_words,
    idle_decisions,
    occurrences,
    same_scenarios,
)
from foedus.analysis.finding import (
    Answer,
    Assumption,
    Band,
    CheckResult,
    ClaimReference,
    ExpertView,
    Finding,
    Manifest,
    QuestionFinding,
    ScenarioInfo,
)
from foedus.analysis.grounds import badge_of_reason
from foedus.analysis.spread import Rivals, rival_answers
from foedus.case import Case
from foedus.case.series import observed_series
from foedus.compile.program import ParameterSlot
from foedus.constructs import tree as t
from foedus.constructs.headline import Headline
from foedus.ensemble import Futures
from foedus.evidence import DEFAULTS, Claim, Defaults, Documents
from foedus.evidence.pool import PoolStep
from foedus.making import made_on
from foedus.show.words import typeset
from foedus.study.again import Mixed, run_again, run_mixed
from foedus.study.grounds import mixing_kinds, with_grounds
from foedus.study.rivals import failed_rivals, variants_that_ran, with_rivals
from foedus.study.settings_words import scenario_words
from foedus.study.structure import structure_of
from foedus.study.titled import spoken_in, titles_in
from foedus.study.without import removal_warnings
from foedus.titles import name_words
from foedus.version import VERSION
from foedus.wording import counted

__all__ = ["assumptions_of", "claim_reference", "compared", "grounded", "make_finding"]


def claim_reference(claim: Claim, documents: Documents | None, defaults: Defaults = DEFAULTS) -> ClaimReference:
    """A claim as it is shown; the quote only where the document is at hand."""
    document = claim.document
    return ClaimReference(
        id=claim.id,
        paraphrase=claim.paraphrase,
        source=claim.source.shown,
        origin=claim.origin,
        grade=claim.grade,
        reliability=defaults.reliability(claim.grade),
        hedge=claim.hedge.kind,
        published=claim.day,
        url=claim.url or "",
        sha256=document.sha256 if document else None,
        title=document.title if document else "",
        start=claim.start,
        end=claim.end,
        quote=documents.quote(claim) if documents is not None else None,
        status=claim.status,
    )


def assumptions_of(case: Case, documents: Documents | None, parameters: np.ndarray | None = None) -> tuple[Assumption, ...]:
    """Every uncertain parameter: its prior, and what it rests on."""
    found, titles = [], titles_in(case)
    for index, slot in enumerate(case.program.parameters):
        if not slot.is_uncertain:
            continue
        found.append(_assumption(case, titles, slot, documents, None if parameters is None else parameters[index]))
    return tuple(found)


def _assumption(
    case: Case, titles: Mapping[str, str], slot: ParameterSlot, documents: Documents | None, sample: np.ndarray | None
) -> Assumption:
    members = case.joint.values.get(slot.name) if case.joint is not None else None
    law = case.law(slot)
    assert law is not None
    low, median, high = (float(x) for x in law.quantile(np.array([0.05, 0.5, 0.95])))
    claims: tuple[ClaimReference, ...] = ()
    effective, conflict, is_contested = None, "", False
    used: list[Claim] = []
    steps: tuple[PoolStep, ...] = ()
    if slot.claims and case.ledger is not None:
        pooled = case.pools.pooled.get(slot.name)
        used = [claim for claim in case.ledger.claims if claim.group == slot.claims and claim.counts]
        claims = tuple(claim_reference(claim, documents, case.defaults) for claim in used)
        if pooled is not None:
            effective, conflict, steps = pooled.effective_origins, pooled.conflict, pooled.steps
            origins = {claim.id: claim.origin for claim in used}
            is_contested = any(origins.get(one.lower) != origins.get(one.higher) for one in pooled.conflicts)
        else:
            effective = float(len({claim.origin for claim in used}))
    prior = (
        slot.prior_text
        if not slot.claims
        else f"{'belief from' if slot.is_belief else 'pool of'} {len(claims)} claim{'s' if len(claims) != 1 else ''}{_unjudged(used)}"
    )
    if members is not None:
        drawn = f"posterior, {counted(members.size, 'member')}"
        prior = (
            drawn if slot.is_start else f"{drawn}; before it {prior}" if slot.name in case.fitted else f"{prior}, with its member"
        )
    is_fitted = slot.name in case.fitted or (not slot.claims and badge_of_reason(slot, is_fitted=False) == "fitted")
    return Assumption(
        slot.name,
        titles[slot.name],
        slot.unit,
        prior,
        low,
        median,
        high,
        not slot.claims and not is_fitted,
        slot.because,
        slot.claims,
        claims,
        effective,
        conflict,
        steps,
        is_fitted,
        is_contested,
    )


def _unjudged(claims: Sequence[Claim]) -> str:
    """How many of the claims nobody has decided on; "" where there is none."""
    count = sum(claim.status == "proposed" for claim in claims)
    return "" if not count else ", proposed only" if count == len(claims) else f", {count} of them proposed only"


def make_finding(
    case: Case,
    futures: Futures,
    *,
    documents: str | Path | None = None,
    checks: tuple[CheckResult, ...] = (),
    rivals: Rivals | None = None,
) -> Finding:
    """Everything about a run that tables, reports and JSON show.

    Args:
        futures: of the case.
        documents: a folder with documents that claims quote, besides the case's own.
        checks: of the model's text, held before.
        rivals: the model and its variants under the same scenarios, of `run_rivals`; what they say stands beside every answer.
    """
    model, shown = case.tree.model, Documents.beside(case.folder.home, documents)
    ranks = Ranks(futures)
    again = run_again(case, futures)
    mixed = None if again is None else run_mixed(case, futures, mixing_kinds(futures, case.ledger, case.fitted))
    answers = _spoken(case, grounded(case, futures, compared(futures, rivals), rivals, again, mixed))
    variants = variants_that_ran(case, rivals) if rivals is not None else ()
    asked = {question.name: question for question in case.tree.all(t.Question)}
    questions = tuple(
        QuestionFinding(
            slot.name,
            typeset(slot.ask) or name_words(slot.name),
            slot.kind,
            slot.unit,
            answers[slot.name],
            drivers(futures, slot, ranks),
            _experts(case, slot.name, shown),
            typeset(asked[slot.name].called),
            asked[slot.name].group,
        )
        for slot in futures.program.results
    )
    observed = observed_series(case)
    charts = [chart for chart in case.tree.all(t.Chart) if isinstance(chart, t.Chart)]
    words = scenario_words(case)
    scenarios = tuple(ScenarioInfo(slot.name, slot.title, slot.changes, words.get(slot.name, ())) for slot in futures.scenarios)
    horizon = counted(model.horizon.value, futures.program.time_unit)
    return Finding(
        case=case.name,
        title=model.title or model.name,
        as_of=model.as_of.isoformat() if model.as_of else "",
        horizon=horizon,
        scenarios=scenarios,
        questions=questions,
        bands=_titled(case, bands(futures, charts, observed)),
        occurrences=occurrences(futures),
        assumptions=assumptions_of(case, shown),
        structure=structure_of(case, futures),
        status=futures.status,
        failures=failure_counts(futures),
        manifest=_manifest(case, futures),
        checks=checks,
        limits=case.limits,
        headline=next(iter(case.tree.all(Headline)), None),
        made_on=made_on(),
        variants=variants,
        variant_futures=rivals.futures.count if rivals is not None else 0,
        warnings=(
            *_failed(futures),
            *failed_rivals(variants, rivals.futures.count if rivals is not None else 0),
            *removal_warnings(case),
            *(str(one) for one in futures.program.warnings),
            *(one.message for one in (*idle_decisions(futures), *same_scenarios(futures))),
        ),
    )


def _titled(case: Case, found: Sequence[Band]) -> tuple[Band, ...]:
    """Charts without the name of the part that they are in, where that says nothing."""
    titles = titles_in(case)
    return tuple(
        replace(band, label=titles[band.name]) if band.label.lower().endswith(titles.get(band.name, "\n").lower()) else band
        for band in found
    )


def _spoken(case: Case, answers: Mapping[str, Mapping[str, Answer]]) -> dict[str, dict[str, Answer]]:
    """The answers, whose worlds speak of happenings by their titles in the case."""
    spoken = spoken_in(case)
    return {
        question: {
            scenario: replace(one, states=tuple(replace(state, label=spoken(state.label)) for state in one.states))
            for scenario, one in own.items()
        }
        for question, own in answers.items()
    }


def compared(futures: Futures, rivals: Rivals | None) -> dict[str, dict[str, Answer]]:
    """Question -> scenario -> answer, each with what the rival structures say."""
    slots = futures.program.results
    answers = {slot.name: compare(futures, slot) for slot in slots}
    if rivals is None:
        return answers
    return {slot.name: with_rivals(answers[slot.name], rival_answers(rivals, slot)) for slot in slots}


def grounded(
    case: Case,
    futures: Futures,
    answers: Mapping[str, Mapping[str, Answer]],
    rivals: Rivals | None,
    again: Futures | None,
    mixed: Mixed | None = None,
) -> dict[str, dict[str, Answer]]:
    """The answers, each with what it rests on in this case and how far it moves over that.

    Args:
        again: as `run_again` gives them.
        mixed: as `run_mixed` gives them; without them nothing is told of interplay, and how far an answer moves is the same.
    """
    return with_grounds(futures, answers, case.ledger, case.fitted, rivals, again, mixed)


def _failed(futures: Futures) -> list[str]:
    """A warning for every place at which futures failed: they are left out of every answer."""
    share = f"of {futures.count:,}, left out of every answer"
    return [f"{failure_words(one)} {share}." for one in failure_counts(futures)]


def _experts(case: Case, question: str, documents: Documents | None) -> tuple[ExpertView, ...]:
    """Predictions of the ledger about a question, as probability ranges."""
    if case.ledger is None:
        return ()
    found = []
    for claim in case.ledger.predictions(question):
        if claim.probability is not None:
            low, high = claim.probability
            found.append(
                ExpertView(
                    claim_reference(claim, documents, case.defaults),
                    low,
                    high,
                    ", ".join(cue.text for cue in claim.hedge.cues),
                )
            )
    return tuple(found)


def _manifest(case: Case, futures: Futures) -> Manifest:
    import llvmlite

    versions = {
        "foedus": VERSION,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "llvmlite": llvmlite.__version__,
        "machine": platform.machine(),
    }
    digests = {"results": futures.digest, "program": futures.program.digest}
    if case.ledger is not None:
        digests["ledger"] = case.ledger.sha256
        digests["evidence"] = case.pools.digest
    if futures.chains and case.posterior is not None:
        digests["posterior"] = case.posterior.digest
    return Manifest(versions, futures.seed, futures.count, futures.design, digests, futures.seconds)
