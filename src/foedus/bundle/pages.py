"""The pages of a dossier: one for each question, and one that leads to them; made of the same pieces as the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.bundle.drawings import Drawing
from foedus.bundle.facts import Facts
from foedus.bundle.resolution import ResolutionRule
from foedus.making import GENERATOR
from foedus.show.anchors import anchors_of
from foedus.show.confidence import resting_words
from foedus.show.failed import failed_heading, failed_places
from foedus.show.judgements import judgements_of, topic_of
from foedus.show.palette import theme_css
from foedus.show.ranking import baseline_answer, few_futures, over_what, shown_range
from foedus.show.render import chart_svg
from foedus.show.report import ChartFigure, choice_css, choices_of, limits_html
from foedus.show.report_answers import Cell, ShortRow, driver_cards, matrix, short_rows
from foedus.show.report_evidence import assumption_groups, claim_rows, expert_rows
from foedus.show.report_record import RecordShown
from foedus.show.templating import environment
from foedus.show.words import counted, people_date, percent, unit_words

__all__ = ["PagePlace", "index_page", "question_page"]

_OWN_CSS = Markup(
    ".over{font-size:.92rem;color:var(--soft);margin:0 0 .3rem;max-width:none}.answers{margin-top:1rem;max-width:44rem}"
    ".answers .scroll{border:0}.beside td,.beside thead th{min-width:5.4rem}.beside th[scope=row]{min-width:9.5rem}"
    "@media(max-width:560px){.answers svg.chart{min-width:33rem}.beside td,.beside thead th{min-width:0;padding:.4rem .45rem}"
    ".beside th[scope=row]{min-width:6.6rem;max-width:7.4rem;padding-right:.3rem}.beside td .d,.beside td .v{white-space:normal}}"
)


@dataclass(frozen=True)
class PagePlace:
    """A page of a question: its file beside the others, and what it asks."""

    at: str
    ask: str


@dataclass(frozen=True)
class AnswerLine:
    """The answer in one scenario, beside the baseline; `over` is the range of its difference, `note` what must be known to read it."""

    label: str
    cell: Cell
    over: str
    note: str


def question_page(
    facts: Facts,
    question: QuestionFinding,
    resolution: ResolutionRule,
    chart: Drawing,
    at: str,
    *,
    figures: Sequence[ChartFigure],
    record: RecordShown | None,
    before: PagePlace | None,
    after: PagePlace | None,
) -> str:
    """The page of one question.

    Args:
        chart: of its answers; at: the place of the chart's files, without suffix, as seen from the index.
        figures: over time, of what it reads; record: of the case; before, after: its neighbours.
    """
    behind = {driver.parameter for driver in question.drivers}
    kept = tuple(one for one in facts.finding.assumptions if one.parameter in behind)
    finding = replace(facts.finding, questions=(question,), assumptions=kept)
    anchors = anchors_of(finding)
    title, drawn = f"{question.ask} {facts.finding.title}", chart.told
    return _page(
        "question.html.j2",
        replace(facts, finding=finding),
        page_title=title,
        warnings_at="../index.html#quality",
        anchors=anchors,
        unit="points" if question.kind == "probability" else unit_words(question.unit),
        question=question,
        resolution=resolution,
        row=next(iter(short_rows(finding, anchors, question.kind)), None),
        rests=_rests(baseline_answer(finding, question)),
        lines=_lines(finding, question),
        figures=figures,
        choices=choices_of(facts.finding),
        driver_cards=driver_cards(finding, anchors),
        experts=expert_rows(finding, anchors),
        groups=assumption_groups(finding, anchors),
        claim_sources=claim_rows(finding, anchors),
        record=None if record is None else replace(record, charts=[]),
        svg=chart_svg(chart.specification, "answers", chart.title, drawn),
        drawn=drawn,
        chart=at,
        before=before,
        after=after,
    )


def index_page(facts: Facts, pages: Mapping[str, str], drawings: Sequence[tuple[str, str]], record: RecordShown | None) -> str:
    """The page that leads to all others.

    Args:
        pages: the file of each question, without suffix; drawings: title and place of each chart that is no question's.
    """
    finding = facts.finding
    topic = topic_of(finding)
    return _page(
        "index.html.j2",
        facts,
        page_title=finding.title,
        warnings_at="#quality",
        judgements=judgements_of(finding),
        headline=topic.ask if topic is not None and topic.ask else "Key judgements",
        question_groups=_groups(finding),
        pages=pages,
        drawings=drawings,
        record=record,
        limits=limits_html(finding.limits),
    )


def _page(template: str, facts: Facts, **more: Any) -> str:
    finding = facts.finding
    made = environment("foedus.bundle")
    made.filters["day"] = people_date
    return made.get_template(template).render(
        finding=finding,
        generator=Markup(GENERATOR),
        theme=Markup(theme_css()),
        choice_css=choice_css() + _OWN_CSS,
        failed=failed_heading(finding),
        failed_places=failed_places(finding),
        baseline=facts.baseline,
        over=over_what(finding),
        few=few_futures(finding),
        citation=facts.cite,
        licence=facts.licence,
        command=facts.command,
        occurrences=(),
        diagram=None,
        **more,
    )


def _groups(finding: Finding) -> list[tuple[str, list[ShortRow]]]:
    """The questions by group, in the order in which the groups first come."""
    anchors = anchors_of(finding)
    rows = {row.question.name: row for kind in ("probability", "quantity") for row in short_rows(finding, anchors, kind)}
    groups: dict[str, list[ShortRow]] = {}
    for question in finding.questions:
        if question.name in rows:
            groups.setdefault(question.group or "Questions", []).append(rows[question.name])
    return list(groups.items())


def _rests(answer: Answer | None) -> str:
    """What the baseline answer rests on, in a sentence."""
    grounds = None if answer is None else answer.grounds
    if grounds is None or grounds.claims + grounds.fitted + grounds.assumed <= 0:
        return ""
    if not grounds.is_told:
        return f"What it rests on cannot be told: its variance is carried by about {counted(max(1, round(grounds.carriers)), 'future')}."
    between = f" ({percent(grounds.structure)} between rival structures)" if answer is not None and answer.rivals else ""
    shares = (grounds.claims, grounds.fitted, grounds.assumed, grounds.luck)
    return f"Of its variance {resting_words(*shares, grounds.interplay, between, every=True)}."


def _lines(finding: Finding, question: QuestionFinding) -> list[AnswerLine]:
    """The answers in the order of the scenarios."""
    cells = matrix(finding, anchors_of(finding), question.kind)[0].cells
    return [
        _line(question.answers.get(scenario.name), scenario.label, cell)
        for scenario, cell in zip(finding.scenarios, cells, strict=True)
    ]


def _line(answer: Answer | None, label: str, cell: Cell) -> AnswerLine:
    if answer is None:
        return AnswerLine(label, cell, "", "")
    note = "set by the scenario itself" if answer.is_set else ""
    if answer.is_out_of_reach:
        note = "nothing in the model leads here from what it sets"
    elif cell.difference == "other futures":
        note = "asked of other futures than in the baseline, so no difference is an effect"
    return AnswerLine(label, cell, shown_range(answer), note)
