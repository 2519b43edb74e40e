"""Tables as CSV (RFC 4180), each with a description beside it (CSV on the Web), so that no reader stumbles over a comment in the data."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.analysis.finding import Answer, Band, Finding, QuestionFinding
from foedus.analysis.track_record import RecordPoint
from foedus.bundle.facts import Caption
from foedus.show.document import answer_document
from foedus.wording import counted

__all__ = ["BundleTable", "Column", "answer_table", "band_table", "csv_text", "description_text", "record_table"]

Cell = str | float | int | bool | None


@dataclass(frozen=True)
class Column:
    """A column: its name, its type in the words of XML Schema, what it holds."""

    name: str
    kind: str
    told: str


@dataclass(frozen=True)
class BundleTable:
    """A table with the description of its columns; `scenario` says whose numbers they are, `source` where they are from."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    scenario: str
    source: str


_QUANTILES = tuple(Column(f"p{level:02}", "number", f"{level} % of the futures lie below") for level in (5, 25, 50, 75, 95))
_OBSERVED = (Column("observed", "number", "what a source observed or claimed"), Column("source", "string", "whose value that is"))
_KINDS = ("claims", "fitted", "assumed", "luck")
_ANSWER_COLUMNS = (
    Column("question", "string", "name in the model"),
    Column("ask", "string", "the question in words"),
    Column("group", "string", "under which it is listed"),
    Column("scenario", "string", "name in the model"),
    Column("scenario_label", "string", "the scenario in words"),
    Column("unit", "string", "of the values; empty for chances"),
    Column("statistic", "string", "what stands for the answer: probability, mean, or when (the median of a date)"),
    Column("value", "number", "the statistic"),
    Column("error", "number", "its Monte Carlo standard error"),
    *_QUANTILES,
    Column("mean", "number", "of an amount"),
    Column("chance", "number", "of a date: that it comes at all"),
    Column("chance_error", "number", "its Monte Carlo standard error"),
    Column("difference", "number", "of the statistic from the baseline, on the same futures"),
    Column("difference_error", "number", "its Monte Carlo standard error"),
    Column("difference_low", "number", "the difference in the tenth of the futures whose assumptions favour it least"),
    Column("difference_high", "number", "the same for most"),
    Column("chance_difference", "number", "of a date: of the chance, from the baseline"),
    Column("chance_difference_error", "number", "its Monte Carlo standard error"),
    Column("range_low", "number", "a chance in the tenth of the futures whose assumptions favour it least"),
    Column("range_high", "number", "the same for most"),
    Column("futures", "integer", "on which the answer rests"),
    Column("share", "number", "of all futures, the part on which it rests"),
    Column("badge", "string", "what it rests on in a word: measured, fitted, base rate or judgement"),
    Column("rests_on_claims", "number", "share of its variance"),
    Column("rests_on_fitted", "number", "share of its variance"),
    Column("rests_on_assumed", "number", "share of its variance"),
    Column("rests_on_luck", "number", "share of its variance"),
    *(Column(f"rests_on_{kind}_error", "number", "its Monte Carlo standard error") for kind in _KINDS),
    Column(
        "interplay",
        "number",
        "what parameters do only together, in the shares before it; empty: within luck",
    ),
    Column("structural_spread", "number", "standard deviation between the model and its variants"),
    Column("calibration_error", "number", "standard deviation between calibrations"),
    Column("is_set", "boolean", "does the scenario set this answer itself?"),
    Column("is_out_of_reach", "boolean", "does nothing in the model lead from what the scenario sets to it?"),
    Column(
        "is_of_other_futures", "boolean", "is it asked of other futures than in the baseline, so that no difference is an effect?"
    ),
)


def answer_table(finding: Finding) -> BundleTable:
    """Every answer of every scenario."""
    rows = tuple(
        _answer_row(question, scenario.name, scenario.label, question.answers[scenario.name])
        for question in finding.questions
        for scenario in finding.scenarios
        if scenario.name in question.answers
    )
    return BundleTable(
        f"{finding.title}: all answers", _ANSWER_COLUMNS, rows, "every scenario, as the column says", _from(finding)
    )


def _answer_row(question: QuestionFinding, name: str, label: str, answer: Answer) -> tuple[Cell, ...]:
    told = answer_document(answer, question.kind)
    difference, spread = (told[key] or (None, None) for key in ("difference_spread", "spread"))
    rests = told["rests_on"] or {}
    more: dict[str, Any] = {
        "question": question.name,
        "ask": question.ask,
        "group": question.group,
        "scenario": name,
        "scenario_label": label,
        "unit": "" if question.kind == "probability" else question.unit or "1",
        "value": answer.value,
        "difference_low": difference[0],
        "difference_high": difference[1],
        "range_low": spread[0],
        "range_high": spread[1],
        **{f"rests_on_{kind}": rests.get(kind) for kind in _KINDS},
        **{f"rests_on_{kind}_error": (told["rests_on_errors"] or {}).get(kind) for kind in _KINDS},
    }
    return tuple(more.get(column.name, told.get(column.name)) for column in _ANSWER_COLUMNS)


def band_table(finding: Finding, band: Band) -> BundleTable:
    """A chart over time: the quantiles under every scenario, and what was observed."""
    when = (
        Column("date", "date", "the day")
        if band.dates
        else Column("time", "number", "since the start, in the model's unit of time")
    )
    columns = (when, Column("scenario", "string", "name in the model; empty for what was observed"), *_QUANTILES, *_OBSERVED)
    rows: list[tuple[Cell, ...]] = []
    for scenario in finding.scenarios:
        values = band.quantiles.get(scenario.name)
        if values is not None:
            moments: Sequence[Cell] = band.dates or [float(time) for time in band.times]
            rows += [
                (moment, scenario.name, *(float(value) for value in values[:, place]), None, None)
                for place, moment in enumerate(moments)
            ]
    for source, dates, seen in band.observed:
        rows += [(day, "", *(None,) * len(_QUANTILES), float(value), source) for day, value in zip(dates, seen, strict=True)]
    unit = f" ({band.unit})" if band.unit not in ("", "1") else ""
    return BundleTable(
        f"{band.label or band.name}{unit}", columns, tuple(rows), "every scenario, as the column says", _from(finding)
    )


def record_table(finding: Finding, title: str, points: Iterable[RecordPoint]) -> BundleTable:
    """Forecasts of the past beside what came."""
    columns = (Column("date", "date", "about which the forecast was"), *_QUANTILES[::2], Column("came", "number", "what came"))
    rows = tuple((one.date, one.low, one.middle, one.high, one.came) for one in points)
    return BundleTable(
        title, columns, rows, "the model as it was calibrated on each day", f"The record of the case {finding.case}"
    )


def _from(finding: Finding) -> str:
    manifest = finding.manifest
    return f"foedus {manifest.versions.get('foedus', '')}, {counted(manifest.futures, 'future')}, seed {manifest.seed}".replace(
        "  ", " "
    )


def csv_text(table: BundleTable) -> str:
    """The table as CSV with one head line; numbers with all their digits, nothing for what is missing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return text.getvalue()


def _cell(value: Cell) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):  # a spreadsheet would run a text that begins like a formula
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    return repr(float(value)) if isinstance(value, float) else str(value)


def description_text(table: BundleTable, name: str, caption: Caption) -> str:
    """The description that stands beside a CSV of this name, in the vocabulary of the W3C for such files."""
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": table.title,
        "dc:description": f"Case {caption.case}. Scenario: {table.scenario or caption.scenario}.",
        "dc:source": table.source,
        "dc:temporal": caption.as_of or None,
        "dc:created": caption.made_on or None,
        "dc:license": caption.licence,
        "dc:bibliographicCitation": caption.cite,
        "tableSchema": {
            "columns": [{"name": one.name, "datatype": one.kind, "dc:description": one.told} for one in table.columns]
        },
    }
    kept = {key: value for key, value in document.items() if value is not None}
    return json.dumps(kept, indent=2, ensure_ascii=False) + "\n"
