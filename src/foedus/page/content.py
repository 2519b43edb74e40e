"""What the page says about a case: levers, questions, charts, assumptions with their claims, happenings, limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.analysis.failures import FEW_FAILED
from foedus.analysis.finding import Assumption, ClaimReference, Finding, QuestionFinding
from foedus.analysis.moves import MATTERS
from foedus.case.licence import licence_of
from foedus.compile.amounts import constant_in
from foedus.compile.scope import Scope, build_scope
from foedus.constructs import tree as t
from foedus.ensemble.worlds import World
from foedus.history.run import run_with_past
from foedus.page.apart import happening_documents, parting_document, parting_reports_of, set_documents, world_documents
from foedus.page.parts import parts_document
from foedus.show.charts import observed_shown
from foedus.show.diagram import diagram_svg
from foedus.show.earlier import history_rows
from foedus.show.judged import judgements_html
from foedus.show.judgements import badge_words, judgements_of, shown_spread, topic_of
from foedus.show.ranking import few_futures, over_what, shown_range
from foedus.show.report import limits_html
from foedus.show.structures import structure_rows, structures_told
from foedus.show.words import YARDSTICK, plain, typeset, unit_words
from foedus.study.run import RunOptions
from foedus.study.titled import spoken_in
from foedus.titles import short_title, title_of
from foedus.wording import readable

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.compile import Program

__all__ = ["JUDGED", "content_document"]

FIRST_LEVERS = 5
"""Levers that are shown at once; the others on request."""
JUDGED = 10_000
"""Futures behind the key judgements and the badges, as `foedus run` has them; all else but the levels is run on the page."""
_LEVEL_FUTURES = 500  # for the levels in the boxes of the diagram
_CURVE = np.linspace(0.01, 0.99, 50)


def content_document(case: Case, program: Program, documents: str | Path | None = None, futures: int = JUDGED) -> dict[str, Any]:
    """Everything on the page that is not a number of a run.

    Args:
        case: the case.
        program: as the page runs it.
        documents: a folder with the documents that claims quote.
        futures: behind the key judgements, the badges and what rivals move.
    """
    ran = run_with_past(case, RunOptions(futures, documents=documents, trajectories=_LEVEL_FUTURES))
    finding, worlds = ran.finding, ran.futures.worlds
    scope = build_scope(case.tree)
    claims: dict[str, dict[str, Any]] = {}
    asked = _asked_first(finding)
    movable = dict.fromkeys([*(lever.name for lever in case.tree.all(t.Lever)), *(one.parameter for one in finding.assumptions)])
    return {
        "judgements": _judgements(finding),
        "rivals": _rivals(finding),
        "case": case.name,
        "given": _given(case),
        "title": plain(finding.title),
        "asOf": finding.as_of,
        "overWhat": over_what(finding),
        "fewFutures": few_futures(finding),
        "futures": finding.manifest.futures,
        "madeOn": finding.made_on,
        "licence": licence_of(case),
        "horizon": finding.horizon,
        "timeUnit": program.time_unit,
        "dates": [program.date_of(step * program.step) for step in _all_steps(program)],
        "levers": _levers(case, program, scope),
        "parameters": [_assumption(case, program, one, claims) for one in finding.assumptions],
        "questions": [_question(one, finding.as_of, program, claims, worlds, asked) for one in finding.questions],
        "parting": parting_document(program),
        "claims": claims,
        "charts": _charts(finding, program),
        "happenings": happening_documents(program, spoken_in(case)),
        "worlds": world_documents(worlds),
        "model": parts_document(case),
        "yardstick": [list(row) for row in YARDSTICK],
        "limits": str(limits_html(finding.limits)),
        "diagram": str(diagram_svg(finding.structure)) if finding.structure.stocks else "",
        "structure": {
            "stocks": len(finding.structure.stocks),
            "flows": len(finding.structure.flows),
            "futures": finding.structure.futures,
        },
        "moves": MATTERS,
        "fewFailed": FEW_FAILED,
        "overrides": [slot.name for slot in program.overrides],
        "told": {
            change: words
            for scenario in finding.scenarios
            for change, words in zip(scenario.changes, scenario.words, strict=False)
        },
        "setBy": set_documents(program, scope, list(movable)),
        "digests": {key: value for key, value in finding.manifest.digests.items() if key != "results"},
        "version": finding.manifest.versions["foedus"],
    }


def _asked_first(finding: Finding) -> tuple[str, ...]:
    """The questions that a small screen shows at once: those that the case was asked, else its first ones."""
    named = finding.headline.questions if finding.headline is not None else ()
    return tuple(named or (question.name for question in finding.questions[:FIRST_LEVERS]))


def _given(case: Case) -> str:
    """What a command is given for the case: its name, or the file of a model that stands alone."""
    return case.name if case.folder.model.name == "model.foedus" else case.folder.model.name


def _all_steps(program: Program) -> range:
    return range(program.first_step, program.first_step + program.steps + 1)


def _levers(case: Case, program: Program, scope: Scope) -> list[dict[str, Any]]:
    """All levers in the order of the model; the first few that are shown are those that scenarios of the case set most often."""
    levers = [lever for lever in case.tree.all(t.Lever) if isinstance(lever, t.Lever)]
    set_by = [one.target.name for scenario in case.tree.all(t.Scenario) if not scenario.is_hidden for one in scenario.assignments]
    first = sorted(levers, key=lambda lever: -set_by.count(lever.name))[:FIRST_LEVERS]
    found = [_lever(case, program, scope, lever, lever in first) for lever in levers]
    called = Counter(one["called"] for one in found)
    return [one if called[one["called"]] == 1 else {**one, "called": one["label"]} for one in found]


def _lever(case: Case, program: Program, scope: Scope, lever: t.Lever, is_first: bool) -> dict[str, Any]:
    """A lever with its range and named positions; null stands for the prior that it rests on."""
    value = partial(constant_in, scope, unit=scope.unit(lever.unit), what="the position of a lever")
    default, group = lever.stands_at(scope)
    slot = next(index for index, one in enumerate(program.parameters) if one.name == lever.name)
    positions = [
        {"name": position.name, "value": None if isinstance(position.value, t.ClaimsPrior) else value(position.value)}
        for position in lever.positions
    ]
    return {
        "name": lever.name,
        "label": title_of(lever.name, lever.label),
        "called": lever.called or short_title(title_of(lever.name, lever.label)),
        "isFirst": is_first,
        "unit": program.parameters[slot].unit,
        "unitWords": unit_words(program.parameters[slot].unit) or ("times" if default == 1.0 else ""),
        "group": lever.group,
        "low": value(lever.low),
        "high": value(lever.high),
        "default": default,
        "claims": group,
        "positions": positions,
        "because": lever.because,
        "slot": slot,
        "scale": program.parameters[slot].scale,
    }


def _assumption(case: Case, program: Program, one: Assumption, claims: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A parameter with its prior, drawn as quantiles, and what it rests on."""
    slot = next(index for index, parameter in enumerate(program.parameters) if parameter.name == one.parameter)
    parameter = program.parameters[slot]
    law = case.law(parameter, of_priors=True)
    assert law is not None
    document = {
        key: value
        for key, value in asdict(one).items()
        if key not in ("claims", "parameter", "effective_origins", "is_contested")
    }
    return {
        **document,
        "prior": readable(one.prior),
        "name": one.parameter,
        "slot": slot,
        "scale": parameter.scale,
        "isLever": parameter.is_lever,
        "unitWords": unit_words(one.unit),
        "origins": one.effective_origins,
        "claims": [_claim(claim, claims) for claim in one.claims],
        "curve": [float(f"{x:.5g}") for x in law.quantile(_CURVE)],
        **_calibrated(case, one.parameter),
    }


def _calibrated(case: Case, parameter: str) -> dict[str, Any]:
    """Where members of a posterior stand in for the prior: what they say instead."""
    values = case.joint.values.get(parameter) if case.joint is not None else None
    if values is None or case.joint is None or parameter not in case.fitted:
        return {}
    low, median, high = (float(x) for x in np.quantile(values, (0.05, 0.5, 0.95)))
    curve = [float(f"{x:.5g}") for x in np.quantile(values, _CURVE)]
    return {"low": low, "median": median, "high": high, "curve": curve, "calibrated": case.joint.digest[:12]}


def _claim(claim: ClaimReference, claims: dict[str, dict[str, Any]]) -> str:
    """The claim's name; what it says is kept once."""
    if claim.id not in claims:
        document = {key: value for key, value in asdict(claim).items() if value not in (None, "")}
        claims[claim.id] = {key: plain(value) if isinstance(value, str) else value for key, value in document.items()}
    return claim.id


def _judgements(finding: Finding) -> dict[str, Any]:
    """What was asked, and the sentences that answer it, as a list; "" where there are none."""
    topic = topic_of(finding)
    ask = plain(topic.ask) if topic is not None and topic.ask else "Key judgements"
    found = judgements_of(finding)
    return {"ask": typeset(ask), "list": judgements_html(found) if found else "", "futures": finding.manifest.futures}


def _rivals(finding: Finding) -> dict[str, Any]:
    """The rival structures: what they are, and of each its label, its weight, its reason, and what it moves."""
    rows = []
    for row in structure_rows(finding):
        told = [typeset(row.told)] if row.variant.failed else []
        told += [f"{typeset(move.question.short)} {move.before} → {move.after} {move.unit}".strip() for move in row.moves]
        told += [
            f"effect of “{move.effect_label}” on {typeset(move.question.short)} {move.before} → {move.after} {move.unit}".strip()
            for move in row.effects
        ]
        rows.append((plain(row.variant.label), row.weight, typeset(row.variant.because), told))
    note = f"{structures_told(finding)} Figures are of the case as it stands; moving a lever does not change them."
    return {"note": note, "rows": rows}


def _badge(question: QuestionFinding) -> str:
    """What the baseline's answer rests on, in a word."""
    return badge_words(next(iter(question.answers.values()))) if question.answers else ""


def _question(
    question: QuestionFinding,
    as_of: str,
    program: Program,
    claims: dict[str, dict[str, Any]],
    worlds: Sequence[World],
    asked: Collection[str],
) -> dict[str, Any]:
    slot = next(one for one in program.results if one.name == question.name)
    return {
        "name": question.name,
        "ask": typeset(question.ask),
        "badge": _badge(question),
        "called": question.short,
        "isAsked": question.name in asked,
        "spread": {name: told for name, answer in question.answers.items() if (told := shown_spread(answer))},
        "reach": {name: told for name, answer in question.answers.items() if (told := shown_range(answer))},
        "history": history_rows(question, next(iter(question.answers.values()), None), as_of),
        "kind": question.kind,
        "unit": question.unit,
        "unitWords": unit_words(question.unit),
        "isDate": any(answer.statistic == "when" for answer in question.answers.values()),
        "last": slot.last,
        "partedBy": parting_reports_of(program, slot, worlds),
        "idle": [one.name for one in program.parameters if one.is_uncertain and not slot.may_hang_on(one)],
        "isMixed": any(answer.states for answer in question.answers.values()),
        "experts": [
            {"claim": _claim(view.claim, claims), "low": view.low, "high": view.high, "word": view.word}
            for view in question.experts
        ],
    }


def _charts(finding: Finding, program: Program) -> list[dict[str, Any]]:
    """One panel for each charted variable, in the order of the model."""
    places = {slot.name: place for place, slot in enumerate(program.saved)}
    found = []
    for band in finding.bands:
        observed = [
            {"label": name, "dates": dates, "values": values} for name, dates, values in observed_shown(band, finding.as_of)
        ]
        found.append(
            {
                "name": band.name,
                "label": plain(band.label),
                "unit": unit_words(plain(band.unit)),
                "chart": plain(band.chart),
                "saved": places[band.name],
                "observed": observed,
            }
        )
    return found
