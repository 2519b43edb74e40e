"""The JSON document of a run: the same keys for every case, null where a number is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from foedus.analysis.finding import Answer, Finding, Occurrence, QuestionFinding, RivalAnswer
from foedus.analysis.grounds import Grounds
from foedus.analysis.moves import is_of_other_futures
from foedus.show.earlier import earlier_document
from foedus.show.judgements import judgements_of
from foedus.show.ranking import few_futures
from foedus.show.without import without_document

__all__ = ["answer_document", "finding_document"]

_QUANTILE_NAMES = ("p05", "p25", "p50", "p75", "p95")


def finding_document(finding: Finding, seconds: Mapping[str, float] | None = None) -> dict[str, Any]:
    """What `foedus run --json` prints.

    Args:
        finding: what the run found.
        seconds: wall-clock seconds by stage; those of the manifest when left out.
    Returns:
        A document of plain dicts, lists, strings and finite numbers; anything not finite is null.
    """
    document = {
        "case": finding.case,
        "as_of": finding.as_of or None,
        "made_on": finding.made_on or None,
        "seed": finding.manifest.seed,
        "futures": finding.manifest.futures,
        "scenarios": [scenario.name for scenario in finding.scenarios],
        "status": {"ok": 0, **finding.status},
        "failures": [asdict(one) for one in finding.failures],
        "digest": finding.manifest.digests.get("results"),
        "headline": None if finding.headline is None else finding.headline.ask,
        "judgements": [{"text": one.text, **asdict(one)} for one in judgements_of(finding)],
        "questions": {question.name: _question(question) for question in finding.questions},
        "seconds": dict(finding.manifest.seconds if seconds is None else seconds),
        **_details(finding),
    }
    return {key: _finite(value) for key, value in document.items()}


def _details(finding: Finding) -> dict[str, Any]:
    """The keys beside the ones that every reader needs."""
    return {
        "title": finding.title,
        "horizon": finding.horizon,
        "labels": {scenario.name: scenario.label for scenario in finding.scenarios},
        "changes": {scenario.name: list(scenario.changes) for scenario in finding.scenarios},
        "variants": [asdict(variant) for variant in finding.variants],
        "variant_futures": finding.variant_futures or None,
        "occurrences": [_occurrence(occurrence) for occurrence in finding.occurrences],
        "checks": [asdict(check) for check in finding.checks],
        "manifest": asdict(finding.manifest),
        "warnings": list(finding.warnings),
        "ranges_note": few_futures(finding) or None,
        "without": None if finding.without is None else without_document(finding),
    }


def _question(question: QuestionFinding) -> dict[str, Any]:
    return {
        "ask": question.ask,
        "called": question.called or None,
        "group": question.group or None,
        "kind": question.kind,
        "unit": question.unit,
        "answers": {name: answer_document(answer, question.kind) for name, answer in question.answers.items()},
        "drivers": [asdict(driver) for driver in question.drivers],
        "earlier": earlier_document(question),
    }


def answer_document(answer: Answer, kind: str) -> dict[str, Any]:
    """One answer in the machine-readable shape; without a difference where that would be one between other futures, and no effect."""
    is_other = is_of_other_futures(answer)
    shared = {
        "statistic": answer.statistic,
        "error": answer.error,
        "share": answer.share,
        "mc_error": answer.mc_error,
        "calibration_error": answer.calibration_error,
        "structural_spread": answer.structural_spread,
        "difference": None if is_other else answer.difference,
        "difference_error": None if is_other else answer.difference_error,
        "is_of_other_futures": is_other,
        "futures": answer.futures,
        "is_set": answer.is_set,
        "is_out_of_reach": answer.is_out_of_reach,
        **_grounds(answer),
        "variants": {one.name: _rival(one, is_other) for one in answer.rivals},
        **{f"difference_{key}": told for key, told in _shares_of(answer.effect).items()},
        "difference_spread": _ends(None if answer.effect is None else answer.effect.spread),
        "difference_spread_errors": _ends(None if answer.effect is None else answer.effect.spread_errors),
    }
    if kind == "probability":
        return {"probability": answer.probability, **shared}
    values = answer.quantiles or (None,) * len(_QUANTILE_NAMES)
    when = (
        {}
        if answer.statistic != "when"
        else {
            "chance": answer.chance,
            "chance_error": answer.chance_error,
            "chance_difference": None if is_other else answer.chance_difference,
            "chance_difference_error": None if is_other else answer.chance_difference_error,
            "asked_of": answer.asked_of,
        }
    )
    errors = dict(zip(_QUANTILE_NAMES, answer.quantile_errors or (None,) * len(_QUANTILE_NAMES), strict=True))
    states = [asdict(state) for state in answer.states]
    return {
        **dict(zip(_QUANTILE_NAMES, values, strict=True)),
        "mean": answer.mean,
        **when,
        "errors": errors,
        "states": states,
        **shared,
    }


def _rival(rival: RivalAnswer, is_other: bool) -> dict[str, Any]:
    """What a rival structure answers; `chance` of dates only, as in the answer itself."""
    chance = {} if rival.chance is None else {"chance": rival.chance}
    return {"value": rival.value, **chance, "difference": None if is_other else rival.effect, "share": rival.share}


def _grounds(answer: Answer) -> dict[str, Any]:
    """What the answer rests on; null where it was not asked for, or where too few futures apply to tell."""
    grounds = answer.grounds
    if grounds is None:
        return {"badge": None, **_shares_of(None), "spread": None, "spread_errors": None}
    return {
        "badge": grounds.badge,
        **_shares_of(grounds),
        "spread": _ends(grounds.spread),
        "spread_errors": _ends(grounds.spread_errors),
    }


def _ends(found: tuple[float, float] | None) -> list[float] | None:
    return None if found is None else list(found)


def _shares_of(grounds: Grounds | None) -> dict[str, Any]:
    """What an answer rests on, with the error of each share; and the same variance parted another way.

    Where only a few futures carry the variance, `rests_on` says how many these are too. Where interplay was not tried, luck holds it.
    """
    if grounds is None or not grounds.is_known:
        return {"rests_on": None, "rests_on_errors": None, "interplay": None, "parts": None}
    shares = {"claims": grounds.claims, "fitted": grounds.fitted, "assumed": grounds.assumed, "luck": grounds.luck}
    return {
        "rests_on": shares if grounds.is_carried else {**shares, "carriers": grounds.carriers},
        "rests_on_errors": dict(grounds.errors) if grounds.errors else None,
        "interplay": grounds.interplay,
        "parts": {"parameters": grounds.parameters, "structure": grounds.structure, "luck": grounds.luck},
    }


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    parts = asdict(occurrence)
    levels = ("p05", "p50", "p95")
    when = occurrence.when
    parts["when"] = None if when is None else {level: moment or None for level, moment in zip(levels, when, strict=True)}
    return parts


def _finite(value: Any) -> Any:
    """The same value in plain Python types, with null for every number that JSON cannot hold."""
    if isinstance(value, Mapping):
        return {str(key): _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if hasattr(value, "item"):
        return _finite(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
