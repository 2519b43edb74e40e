"""The record as a page of Markdown with its charts, made from the record document and nothing else."""

from __future__ import annotations

import re
from typing import Any

from foedus.history.record import Ships
from foedus.history.track_record import track_record
from foedus.show.record_chart import record_panels
from foedus.show.report_record import skill_words
from foedus.show.words import number, percent, unit_words
from foedus.wording import counted

__all__ = ["record_charts", "record_in_words", "record_markdown", "ships_in_words"]


def record_charts(record: dict[str, Any]) -> dict[str, str]:
    """File name -> SVG of each series: what was said, and what came."""
    import vl_convert

    return {
        _chart(series.name): vl_convert.vegalite_to_svg(record_panels(series), allowed_base_urls=[]) + "\n"
        for series in track_record(record).series
    }


def record_markdown(record: dict[str, Any], ships: Ships | None) -> str:
    """The whole page; with what the runs of the case start from."""
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
        words=record_in_words(record),
        pools={name: _pool_weights(horizons) for name, horizons in record["series"].items()},
        names=list(next(iter(record["known"].values()))["rows"]),
        charts={name: _chart(name) for name in record["series"]},
        ships=ships_in_words(ships),
        rivals={name: _rivals(horizons) for name, horizons in record["series"].items()},
    )


def ships_in_words(ships: Ships | None) -> str:
    """Whether what was held against what came is what the case ships."""
    if ships is None:
        return "The case has adopted no posterior: its runs, pages and forecasts start from the priors, which this record did not try."
    count = "one calibration" if ships.seeds == 1 else f"{ships.seeds} calibrations"
    made = "made the same way" if ships.is_same else "made otherwise than those of this record"
    return (
        f"`run`, `page` and `freeze` start where the past ended, from {count} to all that was known on the as-of date, {made}: posterior "
        f"`{ships.posterior}`."
    )


def record_in_words(record: dict[str, Any]) -> list[str]:
    """A sentence for each series: how it stands against the baseline that was declared, on which side it errs, how sharp it is.

    Where a part of the series was held back, of that part first, then of the part on which the model was made.
    """
    told = record.get("held_back")
    if told is None:
        return [_in_words(name, horizons, record["overall"][name]) for name, horizons in record["series"].items()]
    held = f"Held back from {told['from']} on"
    heads = {
        "held back": f"{held}, {_full_stop(told['opened'])[:-1]}" if told["opened"] else f"{held}, and not opened yet",
        "development": "Of the part on which the model was made",
    }
    found = []
    for part, head in heads.items():
        sentences = [_in_words(name, horizons, told[part]["overall"][name]) for name, horizons in told[part]["series"].items()]
        found += [f"{head}: {sentence}" for sentence in sentences] or [_nothing_of(head, part)]
    return found


def _nothing_of(head: str, part: str) -> str:
    return f"{head}: nothing, for no forecast was made there." if part == "development" else f"{head}."


def _full_stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _in_words(name: str, horizons: dict[str, Any], overall: dict[str, Any]) -> str:
    told: dict[str, list[str]] = {"better": [], "worse": [], "not told apart from it": []}
    for horizon, one in horizons.items():
        declared = one.get("declared")
        if declared is not None:
            told[_verdict(declared)].append(f"{horizon} ({skill_words(declared['skill'])})")
    baseline = overall.get("declared", "the naive forecast")
    against = "; ".join(f"{place} at {_listed(places)} weeks" for place, places in told.items() if places)
    farthest = list(horizons.values())[-1]
    above = sum(farthest["pit"][5:]) / max(1, sum(farthest["pit"]))
    side = "too low" if above > 0.6 else "too high" if above < 0.4 else ""
    lay = f"what came lay above its median in {percent(above)} of the weeks"
    bias = f"what it said was mostly {side} ({lay})" if side else f"it erred to both sides alike ({lay})"
    covered = overall["coverage_90"]
    width = "too narrow" if covered < 0.85 else "too wide" if covered > 0.95 else "about as wide as they should be"
    sharp = f"its 90 % intervals held {percent(covered)} of what came: {width}"
    if overall["origins"] < _FEWEST_ORIGINS:
        few = counted(overall["origins"], "origin")
        sharp = f"from {few} neither bias nor width can be told (in the 90 % intervals lay {percent(covered)} of what came)"
        return f"{name}, against “{baseline}”: {against or 'not compared'}; {sharp}."
    return f"{name}, against “{baseline}”: {against or 'not compared'}; {bias}; {sharp}."


_FEWEST_ORIGINS = 8
"""From fewer days nobody can tell on which side forecasts err, or whether they are too wide."""


def _verdict(declared: dict[str, Any]) -> str:
    low, high = declared["skill_interval"] or (-1.0, 1.0)
    return "better" if low > 0 else "worse" if high < 0 else "not told apart from it"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _pool_weights(horizons: dict[str, Any]) -> list[str]:
    """The methods of the pool, that with most weight first."""
    total: dict[str, float] = {}
    for one in horizons.values():
        for name, weight in (one.get("stacked") or {"weights": {}})["weights"].items():
            total[name] = total.get(name, 0.0) + weight
    return sorted(total, key=lambda name: -total[name])


def _chart(series: str) -> str:
    return f"record_{re.sub(r'[^A-Za-z0-9_]', '_', series)}.svg"


def _verdicts(record: dict[str, Any]) -> list[tuple[str, str]]:
    """Where the model beat the declared naive forecast, where it did not, and where so few origins cannot tell."""
    found: dict[str, list[str]] = {
        "Better than the declared naive forecast, beyond the interval": [],
        "Worse, beyond the interval": [],
        "Not told apart by so few origins": [],
    }
    better, worse, neither = found.values()
    for name, horizons in record["series"].items():
        for horizon, one in horizons.items():
            if (declared := one.get("declared")) is not None:
                place = {"better": better, "worse": worse}.get(_verdict(declared), neither)
                place.append(f"{name} at {horizon} weeks ({skill_words(declared['skill'])})")
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
