"""Forecasts in the form of a hubverse hub, out and in: one row for each quantile, chance or mean (hubverse.io, tasks schema 5.1.0).

A question is a `target`, the day of a forecast its `origin_date`, the day on which it is settled its `target_end_date`. Yes-no questions
are a `pmf` over yes and no, numbers are quantiles and a mean; of a question about a date the chance that it comes stands for it.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.errors import InputError, Problem, suggestion
from foedus.evidence.table import CellError, Row, number_of, read_table
from foedus.files import put_beside, write_bytes
from foedus.history.outcomes import Outcome, resolve

__all__ = ["HUB_LEVELS", "RivalForecast", "percentiles_text", "read_rival", "rival_days", "weighted_interval_score", "write_hub"]

HUB_LEVELS = (0.01, 0.025, *(round(0.05 * step, 2) for step in range(1, 20)), 0.975, 0.99)
COLUMNS = ("origin_date", "target", "target_end_date", "output_type", "output_type_id", "value")
SCHEMA = "https://raw.githubusercontent.com/hubverse-org/schemas/main/v5.1.0/{}-schema.json"
_NO_DAY = "NA"
_Row = tuple[str, ...]


@dataclass(frozen=True)
class RivalForecast:
    """What a rival says about one question: the chance of yes, or quantiles by level."""

    question: str
    probability: float | None = None
    quantiles: dict[float, float] | None = None


def weighted_interval_score(levels: Array, quantiles: Array, value: float) -> float:
    """The mean pinball loss of quantiles, twice: with symmetric levels the weighted interval score (Bracher et al. 2021), near the CRPS.

    Args:
        levels: (level,), in (0, 1); quantiles: (level,), in the unit of the value.
    """
    gap = value - quantiles
    return float(2 * np.mean(np.maximum(levels * gap, (levels - 1) * gap)))


def write_hub(folder: str | Path, forecasts: Sequence[Mapping[str, Any]], outcomes: Sequence[Outcome]) -> list[str]:
    """Write frozen forecasts as a hub: model output, hub configuration, what is known of the targets.

    Args:
        folder: must not be there, or be empty.
    Returns:
        The files, by their path in the folder.
    Raises:
        InputError: something is there, it cannot be written, or an outcome does not fit its question.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(Problem(str(folder), 0, 0, "not-empty", "something is there already.", "Name a new folder."))
    files: dict[str, str] = {}
    for frozen in forecasts:
        model = _model_id(frozen)
        files[f"model-output/{model}/{frozen['as_of']}-{model}.csv"] = _text(COLUMNS, _output_rows(frozen))
        files[f"model-metadata/{model}.yml"] = _metadata(frozen, model)
    files["hub-config/tasks.json"] = json.dumps(_tasks(forecasts), indent=2) + "\n"
    files["hub-config/admin.json"] = json.dumps(_admin(forecasts), indent=2) + "\n"
    rows = list(dict.fromkeys(row for frozen in forecasts for row in _oracle_rows(frozen, outcomes)))
    if rows:
        files["target-data/oracle-output.csv"] = _text((*COLUMNS[1:-1], "oracle_value"), rows)
    try:
        if folder.is_dir():
            folder.rmdir()
        with put_beside(folder) as beside:
            for name, text in files.items():
                path = beside / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(text.encode("utf-8"), path, is_synced=False)
    except OSError as error:
        message = f"the hub cannot be written: {error.strerror or error}."
        raise InputError(Problem(str(folder), 0, 0, "cannot-write", message, "Choose another place.")) from None
    return list(files)


def percentiles_text(forecasts: Sequence[Mapping[str, Any]]) -> str:
    """The forecasts as a table of percentiles: a row for each question of each forecast, 1 to 99 % of a number, the chance of yes.

    Returns:
        A CSV text: case, as_of, question, ask, unit, resolves, probability, mean, p1 … p99.
    """
    levels = np.arange(1, 100) / 100
    heads = (
        "case",
        "as_of",
        "question",
        "ask",
        "unit",
        "resolves",
        "probability",
        "mean",
        *(f"p{level}" for level in range(1, 100)),
    )
    rows = []
    for frozen in forecasts:
        for name, question in frozen["questions"].items():
            answer = next(iter(question["answers"].values()))
            quantiles = answer.get("quantiles")
            told = [""] * 99 if quantiles is None else [f"{one:.6g}" for one in np.quantile(quantiles, levels)]
            about = (str(frozen["case"]).partition("@")[0], frozen["as_of"] or "", name, question["ask"], question["unit"])
            numbers = ("" if answer.get(key) is None else f"{answer[key]:.6g}" for key in ("probability", "mean"))
            rows.append((*about, question["resolves"] or "", *numbers, *told))
    return _text(heads, rows)


def _model_id(frozen: Mapping[str, Any]) -> str:
    name = "".join(c if c.isalnum() else "_" for c in str(frozen["case"]).partition("@")[0])
    return f"foedus-{name[:15]}"


def _text(heads: Sequence[str], rows: Sequence[_Row] | Iterator[_Row]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(heads)
    table.writerows(rows)
    return written.getvalue()


def _is_chance(question: Mapping[str, Any]) -> bool:
    return question["kind"] in ("probability", "date")


def _output_rows(frozen: Mapping[str, Any]) -> Iterator[_Row]:
    for name, question in frozen["questions"].items():
        answer = next(iter(question["answers"].values()))
        about = (str(frozen["as_of"]), name, question["resolves"] or _NO_DAY)
        if _is_chance(question):
            if answer["probability"] is not None:
                for word, chance in (("yes", answer["probability"]), ("no", 1 - answer["probability"])):
                    yield (*about, "pmf", word, f"{chance:.9f}")
        elif answer["quantiles"] is not None:
            for level, value in zip(HUB_LEVELS, np.quantile(answer["quantiles"], HUB_LEVELS), strict=True):
                yield (*about, "quantile", f"{level:g}", f"{value:.6g}")
            yield (*about, "mean", _NO_DAY, f"{answer['mean']:.6g}")


def _oracle_rows(frozen: Mapping[str, Any], outcomes: Sequence[Outcome]) -> Iterator[_Row]:
    """What came, as a hub keeps it; what was settled before the day of the forecast, is open or contested is left out."""
    for outcome in outcomes:
        question = frozen["questions"].get(outcome.question)
        if question is None or outcome.contested or (outcome.date and outcome.date < str(frozen["as_of"] or "")):
            continue
        found = resolve(outcome, question, frozen["as_of"], frozen["time_unit"], frozen.get("by_months"))
        if found is None or found.ends is not None:
            continue
        about = (outcome.question, question["resolves"] or _NO_DAY)
        if _is_chance(question):
            came = found.value < question["window_end"] if question["kind"] == "date" else bool(found.value)
            for word in ("yes", "no"):
                yield (*about, "pmf", word, str(int((word == "yes") == came)))
        else:
            yield (*about, "quantile", _NO_DAY, f"{found.value:.9g}")
            yield (*about, "mean", _NO_DAY, f"{found.value:.9g}")


def _metadata(frozen: Mapping[str, Any], model: str) -> str:
    team, _, short = model.partition("-")
    told = {
        "team_name": "foedus",
        "team_abbr": team,
        "model_name": str(frozen["title"]),
        "model_abbr": short,
        "designated_model": True,
        "methods": f"Paired futures of an executable model, made with foedus {frozen['foedus']}; forecast {frozen['digest']}",
    }
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())  # JSON is YAML


def _tasks(forecasts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"schema_version": SCHEMA.format("tasks"), "rounds": [_round(frozen) for frozen in forecasts]}


def _round(frozen: Mapping[str, Any]) -> dict[str, Any]:
    questions = list(frozen["questions"].items())
    groups = [[one for one in questions if _is_chance(one[1]) == is_chance] for is_chance in (True, False)]
    kinds = (_CHANCES, _NUMBERS)
    return {
        "round_id_from_variable": True,
        "round_id": "origin_date",
        "model_tasks": [_task(frozen, group, kind) for group, kind in zip(groups, kinds, strict=True) if group],
        "submissions_due": {"relative_to": "origin_date", "start": -6, "end": 0},
    }


_CHANCES = {
    "pmf": {
        "output_type_id": {"required": ["yes", "no"]},
        "value": {"type": "double", "minimum": 0, "maximum": 1},
        "is_required": True,
    }
}
_NUMBERS = {
    "mean": {"output_type_id": {"required": None}, "value": {"type": "double"}, "is_required": False},
    "quantile": {"output_type_id": {"required": list(HUB_LEVELS)}, "value": {"type": "double"}, "is_required": True},
}


def _task(frozen: Mapping[str, Any], group: list[tuple[str, Mapping[str, Any]]], kind: dict[str, Any]) -> dict[str, Any]:
    days = list(dict.fromkeys(question["resolves"] or _NO_DAY for _, question in group))
    return {
        "task_ids": {
            "origin_date": {"required": None, "optional": [frozen["as_of"]]},
            "target": {"required": None, "optional": [name for name, _ in group]},
            "target_end_date": {"required": None, "optional": days},
        },
        "output_type": kind,
        "target_metadata": [
            {
                "target_id": f"{name[:24]}_{number}" if len(name) > 30 else name,
                "target_name": question["ask"][:100],
                "target_units": (question["unit"] or "yes or no")[:100],
                "target_keys": {"target": name},
                "description": question["ask"],
                "target_type": "binary" if _is_chance(question) else "continuous",
                "is_step_ahead": False,
            }
            for number, (name, question) in enumerate(group)
        ],
    }


def _admin(forecasts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA.format("admin"),
        "name": "foedus register",
        "maintainer": "the keeper of the register",
        "contact": {"name": "the keeper of the register", "email": "nobody@example.org"},
        "repository": {"host": "github", "owner": "nobody", "name": "register"},
        "file_format": ["csv"],
        "timezone": "Europe/London",
    }


def rival_days(path: str | Path) -> tuple[str, ...]:
    """The days of origin that a file of model output speaks of.

    Raises:
        InputError: it is no table of model output.
    """
    table = _table(Path(path))
    return tuple(dict.fromkeys(row.cells.get("origin_date", "") for row in table))


def _table(path: Path) -> tuple[Row, ...]:
    table = read_table(path)
    absent = [name for name in COLUMNS if name not in table.columns]
    if absent:
        message = f"the table has no column {', '.join(absent)}."
        raise InputError(Problem(str(path), 1, 1, "no-column", message, f"Model output has the columns {', '.join(COLUMNS)}."))
    return table.rows


def read_rival(path: str | Path, frozen: Mapping[str, Any]) -> tuple[RivalForecast, ...]:
    """What a file of model output says about the questions of a frozen forecast of the same day.

    Raises:
        InputError: rows that cannot be read, name no question, or contradict each other; all of them at once.
    """
    path = Path(path)
    problems: list[Problem] = []
    chances: dict[str, dict[str, float]] = {}
    quantiles: dict[str, dict[float, float]] = {}
    for row in _table(path):
        try:
            _read_row(row, frozen, chances, quantiles)
        except CellError as error:
            problems.append(Problem(str(path), row.line, 1, "bad-output", error.message, error.help))
    problems += _contradictions(path, chances, quantiles)
    if problems:
        raise InputError(problems)
    found = [RivalForecast(name, probability=one["yes"]) for name, one in chances.items()]
    return (*found, *(RivalForecast(name, quantiles=one) for name, one in quantiles.items()))


def _read_row(
    row: Row, frozen: Mapping[str, Any], chances: dict[str, dict[str, float]], quantiles: dict[str, dict[float, float]]
) -> None:
    cells = row.cells
    name, kind, place = cells["target"], cells["output_type"], cells["output_type_id"]
    question = frozen["questions"].get(name)
    if cells["origin_date"] != frozen["as_of"]:
        message = f"the origin is {cells['origin_date']}, that of the forecast beside it {frozen['as_of']}."
        raise CellError(message, "Keep the rows of one day in a file.")
    if question is None:
        help = suggestion(name, list(frozen["questions"])) or "Name the target as the forecast names its question."
        raise CellError(f"`{name}` is no question of that forecast.", help)
    if cells["target_end_date"] not in (question["resolves"] or _NO_DAY, ""):
        message = f"`{name}` is settled on {question['resolves']}, not on {cells['target_end_date']}."
        raise CellError(message, f"Write {question['resolves'] or _NO_DAY}.")
    value = number_of(cells["value"])
    if kind == "mean":
        return
    if kind == "pmf" and place in ("yes", "no") and _is_chance(question):
        _put(chances, name, place, value)
    elif kind in ("quantile", "median") and not _is_chance(question):
        _put(quantiles, name, 0.5 if kind == "median" else number_of(place), value)
    else:
        help = "Give `pmf` of yes and no." if _is_chance(question) else "Give `quantile` at its levels, `median` or `mean`."
        raise CellError(f"`{kind}` of `{place}` is no answer to `{name}`, which asks for a {question['kind']}.", help)


def _put(found: dict[str, dict[Any, float]], name: str, key: str | float, value: float) -> None:
    if found.setdefault(name, {}).setdefault(key, value) != value:
        raise CellError(f"`{name}` has two values for {key}.", "Keep one.")


def _contradictions(
    path: Path, chances: Mapping[str, Mapping[str, float]], quantiles: Mapping[str, Mapping[float, float]]
) -> Iterator[Problem]:
    for name, one in chances.items():
        if set(one) != {"yes", "no"} or not abs(sum(one.values()) - 1) < 1e-4 or min(one.values()) < 0:
            yield Problem(
                str(path), 0, 0, "bad-output", f"the chances of `{name}` are not two that add up to 1.", "Give yes and no."
            )
    for name, found in quantiles.items():
        levels = sorted(found)
        if not (levels[0] > 0 and levels[-1] < 1):
            yield Problem(
                str(path), 0, 0, "bad-output", f"a level of `{name}` lies outside 0 to 1.", "Levels lie between 0 and 1."
            )
        elif any(found[low] > found[high] for low, high in itertools.pairwise(levels)):
            yield Problem(str(path), 0, 0, "bad-output", f"the quantiles of `{name}` do not rise.", "Sort them.")
