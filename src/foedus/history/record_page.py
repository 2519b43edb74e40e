"""The record as a page of Markdown with its charts, made from the record document and nothing else."""

from __future__ import annotations

import re
from typing import Any

from foedus.history.track_record import track_record
from foedus.show.record_chart import record_panels
from foedus.show.report_record import skill_words
from foedus.show.words import number, unit_words

__all__ = ["record_charts", "record_markdown"]


def record_charts(record: dict[str, Any]) -> dict[str, str]:
    """File name -> SVG of each series: what was said, and what came."""
    import vl_convert

    return {
        _chart(series.name): vl_convert.vegalite_to_svg(record_panels(series), allowed_base_urls=[]) + "\n"
        for series in track_record(record).series
    }


def record_markdown(record: dict[str, Any]) -> str:
    """The whole page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    page = Environment(
        loader=PackageLoader("foedus.history", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page.filters.update(skill=_skill, interval=_interval, percent=_percent, number=_number, unit=unit_words)
    return page.get_template("record.md.j2").render(
        record=record,
        verdicts=_verdicts(record),
        names=list(next(iter(record["known"].values()))["rows"]),
        charts={name: _chart(name) for name in record["series"]},
        rivals={name: _rivals(horizons) for name, horizons in record["series"].items()},
    )


def _chart(series: str) -> str:
    return f"record_{re.sub(r'[^A-Za-z0-9_]', '_', series)}.svg"


def _verdicts(record: dict[str, Any]) -> list[tuple[str, str]]:
    """Where the model beat the best naive forecast, where it did not, and where so few origins cannot tell."""
    found: dict[str, list[str]] = {
        "Better than the best naive forecast, beyond the interval": [],
        "Worse, beyond the interval": [],
        "Not told apart by so few origins": [],
    }
    better, worse, neither = found.values()
    for name, horizons in record["series"].items():
        for horizon, one in horizons.items():
            low, high = one["skill_interval"] or (-1.0, 1.0)
            place = better if low > 0 else worse if high < 0 else neither
            place.append(f"{name} at {horizon} weeks ({skill_words(one['crps_skill'])})")
    return [(told, ", ".join(places) or "nowhere") for told, places in found.items()]


def _rivals(horizons: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(name for one in horizons.values() for name in one["skills"]))


def _skill(value: float | None) -> str:
    return f"**{skill_words(value)}**" if value is not None and value < -0.005 else skill_words(value)


def _interval(interval: list[float] | None) -> str:
    return "too few origins" if interval is None else f"{skill_words(interval[0])} to {skill_words(interval[1])}"


def _percent(value: float | None) -> str:
    return "n/a" if value is None else f"{100 * value:.0f} %"


def _number(value: float | None) -> str:
    return "n/a" if value is None else number(value)
