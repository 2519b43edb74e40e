"""The report: one self-contained page that can be walked from every number to the sentences it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from foedus.analysis.finding import Band, Finding
from foedus.making import GENERATOR
from foedus.show.anchors import Anchors, anchors_of
from foedus.show.charts import fan_chart, observed_shown
from foedus.show.diagram import diagram_svg
from foedus.show.failed import failed_heading, failed_places
from foedus.show.judgements import judgements_of, topic_of
from foedus.show.palette import SCENARIO_COLOURS, scenario_colour, scenario_dash, theme_css
from foedus.show.ranking import few_futures, largest_moves, move_size, over_what
from foedus.show.render import chart_svg
from foedus.show.report_answers import driver_cards, matrix, scenario_rows, short_rows
from foedus.show.report_events import line_of_time, occurrence_matrix, occurrence_rows
from foedus.show.report_evidence import assumption_groups, claim_rows, expert_rows
from foedus.show.report_first import asked_table
from foedus.show.report_record import record_shown
from foedus.show.structures import structure_rows, structures_note
from foedus.show.templating import environment
from foedus.show.without import without_rows
from foedus.show.words import YARDSTICK, coarseness, number, people_date, plain, unit_words
from foedus.wording import counted

__all__ = [
    "ChartFigure",
    "ScenarioChoice",
    "choice_css",
    "choices_of",
    "citation",
    "figures_of",
    "levels_words",
    "limits_html",
    "report_html",
]

MEDIANS_SHOWN = 3


@dataclass(frozen=True)
class ChartFigure:
    """A chart with its words; `table` has rows of moment, 5 %, median, 95 %."""

    band: Band
    svg: Markup
    unit: str
    observed: list[str]
    table: list[tuple[str, str, str, str]]


@dataclass(frozen=True)
class ScenarioChoice:
    """A scenario whose medians can be shown or hidden in the charts."""

    label: str
    colour: str
    dash: str
    is_shown: bool


def report_html(finding: Finding, is_full: bool = False) -> str:
    """The whole report as one HTML text without scripts and without anything fetched from elsewhere.

    Args:
        is_full: print the appendix too: all answers, events, structure, drivers, assumptions, claims. On a screen they stand there anyway.
    """
    anchors = anchors_of(finding)
    line = line_of_time(finding)
    page = environment().get_template("report.html.j2")
    return page.render(
        finding=finding,
        page_title=finding.title,
        warnings_at="#quality",
        anchors=anchors,
        generator=Markup(GENERATOR),
        is_full=is_full,
        citation=citation(finding),
        theme=Markup(theme_css()),
        choice_css=choice_css(),
        over=over_what(finding),
        few=few_futures(finding),
        yardstick=_yardstick_rows(),
        figures=figures_of(finding),
        choices=choices_of(finding),
        occurrences=occurrence_rows(finding, line),
        occurrence_matrix=occurrence_matrix(finding),
        line=line,
        diagram=diagram_svg(finding.structure) if finding.structure.stocks else None,
        levels=levels_words(finding),
        limits=limits_html(finding.limits),
        record=record_shown(finding.record),
        failed=failed_heading(finding),
        failed_places=failed_places(finding),
        **_answers(finding, anchors),
    )


def levels_words(finding: Finding) -> str:
    """Of how many futures the numbers in boxes are medians: ` (medians of the first 2,000 of 10,000 futures of the baseline, …)`."""
    count, whole = finding.structure.futures, finding.manifest.futures
    if not any(stock.level for stock in finding.structure.stocks):
        return ""
    of = f"the first {count:,} of {counted(whole, 'future')}" if count < whole else counted(count, "future")
    return f" (medians of {of} of the baseline, at the start → at the end)"


def citation(finding: Finding) -> str:
    """What somebody writes who uses a number of this report: title, dates, case, futures, and the digest by which it can be had again."""
    dates = [f"{word} {people_date(day)}" for word, day in (("as of", finding.as_of), ("made on", finding.made_on)) if day]
    version = finding.manifest.versions.get("foedus", "")
    digest = next((f"{name} {value[:16]}" for name, value in finding.manifest.digests.items()), "")
    size = f"{counted(finding.manifest.futures, 'future')}, seed {finding.manifest.seed}"
    parts = [f"{finding.title}. Case {finding.case}", *dates, f"foedus {version}".strip(), size, digest]
    return plain(", ".join(part for part in parts if part) + ".")


def _answers(finding: Finding, anchors: Anchors) -> dict[str, Any]:
    """The rows of all tables that hold answers or evidence."""
    topic = topic_of(finding)
    return {
        "judgements": judgements_of(finding),
        "headline": topic.ask if topic is not None and topic.ask else "Key judgements",
        "asked": asked_table(finding),
        "chances": short_rows(finding, anchors, "probability"),
        "amounts": short_rows(finding, anchors, "quantity"),
        "scenario_rows": scenario_rows(finding, anchors),
        "matrices": [rows for kind in ("probability", "quantity") if (rows := matrix(finding, anchors, kind))],
        "driver_cards": driver_cards(finding, anchors),
        "experts": expert_rows(finding, anchors),
        "groups": assumption_groups(finding, anchors),
        "claim_sources": claim_rows(finding, anchors),
        "without": without_rows(finding),
        "structures": structure_rows(finding),
        "structures_note": structures_note(finding),
    }


def _yardstick_rows() -> list[tuple[str, str]]:
    """The words with their ranges in per cent."""
    lower, rows = 0.0, []
    for upper, words in YARDSTICK:
        rows.append((words, f"{100 * lower:.0f}–{100 * upper:.0f} %"))
        lower = upper
    return rows


def figures_of(finding: Finding) -> list[ChartFigure]:
    """The charts over time with their words."""
    return [_figure(finding, band, place) for place, band in enumerate(finding.bands)]


def _figure(finding: Finding, band: Band, place: int) -> ChartFigure:
    medians = [scenario.name for scenario in finding.scenarios[1 : SCENARIO_COLOURS + 1]]
    specification = fan_chart(band, finding.scenarios, finding.as_of, medians=medians)
    table = _value_table(finding, band)
    unit = unit_words(band.unit)
    description = "; ".join(f"{row[0]}: {row[2]} ({row[1]} to {row[3]})" for row in table[:: max(1, len(table) - 1)])
    svg = chart_svg(
        specification,
        f"fan{place}",
        plain(band.label),
        plain(f"Median and 90 % interval in {unit or 'no unit'}. {description}"),
    )
    return ChartFigure(band, svg, unit, [label for label, dates, _ in observed_shown(band, finding.as_of) if dates], table)


def _value_table(finding: Finding, band: Band) -> list[tuple[str, str, str, str]]:
    """The baseline at five moments."""
    values = band.quantiles.get(finding.scenarios[0].name)
    count = len(band.times)
    if values is None or not count:
        return []
    width = max(float(values[4, -1] - values[0, -1]), 0.0)
    rows = []
    for moment in sorted({round(share * (count - 1) / 4) for share in range(5)}):
        when = people_date(band.dates[moment]) if band.dates else number(float(band.times[moment]))
        low, middle, high = (
            number(value, coarseness(value, width)) for value in (float(values[row, moment]) for row in (0, 2, 4))
        )
        rows.append((when, low, middle, high))
    return rows


def choices_of(finding: Finding) -> list[ScenarioChoice]:
    """The scenarios with lines in the charts; those that move the answers most are shown from the start."""
    others = finding.scenarios[1 : SCENARIO_COLOURS + 1]
    strength = {scenario.name: _strength(finding, scenario.name) for scenario in others}
    shown = sorted(strength, key=lambda name: -strength[name])[:MEDIANS_SHOWN]
    return [
        ScenarioChoice(s.label, scenario_colour(place), " ".join(map(str, scenario_dash(place))), s.name in shown)
        for place, s in enumerate(others, 1)
    ]


def _strength(finding: Finding, scenario: str) -> float:
    """How much a scenario moves the answers, all questions together."""
    base = finding.scenarios[0].name
    moved = largest_moves(finding, scenario)
    return sum(min(1.0, move_size(question.answers[scenario], question.answers.get(base))) for question in moved)


def choice_css() -> Markup:
    """Rules that hide the medians of the scenarios that are not chosen."""
    colours = [scenario_colour(place) for place in range(1, SCENARIO_COLOURS + 1)]
    return Markup("").join(
        Markup(f'.fans:has(#show-{c}:not(:checked)) .chart path[stroke="var(--{c})"]{{display:none}}\n') for c in colours
    )


def limits_html(text: str) -> Markup:
    """Markdown as HTML: no raw HTML, no pictures, headings below the section's own."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
    cleaned = "\n".join(plain(line) for line in text.splitlines())
    tokens = parser.parse(cleaned)
    if len(tokens) > 2 and tokens[0].type == "heading_open":
        tokens = tokens[3:]
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(3, int(token.tag[1])))}"
    return Markup(parser.renderer.render(tokens, parser.options, {}))
