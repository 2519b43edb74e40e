"""Small cases for the tests of calibration, written into a folder: their posteriors are known in closed form or by design."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from foedus.case import Case, load

WALK = """\
model walk "A random walk with a drift" as of 2024-01-01 for 60 weeks step 1/2 week
param drift : 1/week ~ normal(0.1, 0.2) because "test"
param far : 1 ~ normal(0, 1) because "acts after the date only"
param width : 1/week ~ 0.05 to 0.2 because "a scale"
noise shock : 1/week ~ normal(0, 0.3) every week
noise wide : 1/week ~ normal(0, width) every week
noise blur : 1 ~ normal(0, 0.5) every week
stock level : 1 = 0 signed "The level"
flow moved : outside -> level = drift + shock + wide_share * wide + (far / 1 week) * (time > 0)
param wide_share : 1 = 0
let seen : 1 = level + blur
series seen_week : 1 from "weekly.csv" column "seen" of seen "Seen"
observe seen_week as normal(0.5) in place of blur because "test"
question final "Where?" at the end value level
question high "Above?" at 30 weeks true when level > 1
hindcast before from 2023-07-03 to 2024-01-01 { }
"""

LOGISTIC = """\
model logistic "Growth to a ceiling" as of 2024-01-01 for 20 weeks step 1/4 week method rk4
param growth : 1/week ~ 0.2 to 0.8 because "test"
param ceiling : 1 ~ 50 to 200 because "test"
stock size : 1 = 5
flow grown : outside -> size = growth * size * (1 - size / ceiling)
series counted : 1 from "weekly.csv" column "counted" of size
observe counted as lognormal(0.1) because "test"
question final "How large?" at 20 weeks value size
"""


def written(folder: Path, text: str, columns: dict[str, list[float]], dates: list[str]) -> Case:
    """A case of a text and its weekly series."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.foedus").write_text(text, encoding="utf-8")
    lines = ["date," + ",".join(columns)]
    for place, date in enumerate(dates):
        lines.append(
            ",".join([date, *(f"{values[place]:.6f}" if np.isfinite(values[place]) else "" for values in columns.values())])
        )
    (folder / "weekly.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(str(folder))


def weeks(start: str, count: int, spacing: int = 7) -> list[str]:
    """ISO dates, `spacing` days apart."""
    return [str(np.datetime64(start) + spacing * place) for place in range(count)]


def walk_case(folder: Path, count: int = 24) -> Case:
    """The random walk with data that no seed of the tests made."""
    generator = np.random.default_rng(20240101)
    level = np.cumsum(0.25 + 0.3 * generator.standard_normal(count))
    return written(folder, WALK, {"seen": list(level + 0.5 * generator.standard_normal(count))}, weeks("2023-07-17", count))


def logistic_case(folder: Path) -> Case:
    generator = np.random.default_rng(7)
    times = np.arange(1, 21)
    size = 120 / (1 + (120 / 5 - 1) * np.exp(-0.4 * times))
    return written(
        folder, LOGISTIC, {"counted": list(size * np.exp(0.1 * generator.standard_normal(20)))}, weeks("2024-01-08", 20)
    )


PACE = """\
model pace "A walk whose pace is not known" as of 2024-01-01 for 30 weeks step 1 week
param drift : 1/week ~ normal(0.1, 0.2) because "test"
param width : 1/week ~ 0.1 to 0.9 because "a scale"
noise shock : 1/week ~ normal(0, width) every week
noise blur : 1 ~ normal(0, 0.3) every week
stock level : 1 = 0 signed "The level"
flow moved : outside -> level = drift + shock
let seen : 1 = level + blur
series seen_week : 1 from "weekly.csv" column "seen" of seen "Seen"
observe seen_week as normal(0.3) in place of blur because "test"
question final "Where?" at the end value level
hindcast before from 2023-07-03 to 2024-01-01 { }
"""


def pace_case(folder: Path, text: str = PACE) -> Case:
    """A walk of 24 weeks with shocks of 0.25, whose scale is to be learned."""
    generator = np.random.default_rng(20240102)
    level = np.cumsum(0.1 + 0.25 * generator.standard_normal(24))
    return written(folder, text, {"seen": list(level + 0.3 * generator.standard_normal(24))}, weeks("2023-07-17", 24))


DRAIN = """\
model drain "A store whose outflow scatters with its rate" as of 2024-01-01 for 20 weeks step 1 week
param inflow : 1/week ~ 2 to 12 because "test"
param rate : 1/week ~ 0.01 to 0.08 because "how much of the store leaves in a week"
param in_size : 1/week ~ 2 to 8 because "a scale"
param out_size : 1 ~ 0.05 to 0.8 because "a scale, of what the rate multiplies"
noise swing : 1/week ~ normal(0, in_size) every week
noise pen : 1 ~ normal(0, out_size) every week
stock store : 1 = 190 signed
flow moved : outside -> store = inflow + swing - rate * (1 + pen) * store
series counted : 1 from "weekly.csv" column "counted" of store
observe counted as normal(0.2) because "test"
question final "How much?" at the end value store
hindcast before from 2023-05-01 to 2024-01-01 { }
"""


def drain_case(folder: Path, count: int = 30) -> Case:
    """A store from 190 on, with an inflow of 6 a week, scattering by 4, of which 3 % leave in a week, more or less by a third."""
    generator = np.random.default_rng(20240103)
    store, seen = 190.0, []
    for _ in range(count):
        store += 6 + 4 * generator.standard_normal() - 0.03 * (1 + 0.3 * generator.standard_normal()) * store
        seen.append(store + 0.2 * generator.standard_normal())
    return written(folder, DRAIN, {"counted": seen}, weeks("2023-05-08", count))
