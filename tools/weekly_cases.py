"""The week by week series of cases/west_africa, from what had been reported in all: python tools/weekly_cases.py [outcomes]

A week ends on Wednesday, when WHO reported from October 2014 on. Its figure is the change between the last report of the week and the last
report of the week before, over the days between them, as of seven; where a week has no report it is missing. Nothing later than the week's
end goes into it. Corrections are left in: a week in which cases were struck off is below zero. With `outcomes` it prints, by the same rule,
what came of each question that the frozen forecast asks of a series, from the reports after the as-of date.
"""

from __future__ import annotations

import csv
import datetime
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "cases" / "west_africa" / "series"
COUNTRIES = ("guinea", "liberia", "sierra_leone")
WEEK = datetime.timedelta(days=7)
FIRST, LAST = datetime.date(2014, 4, 2), datetime.date(2015, 4, 1)


def reports(country: str, *names: str) -> dict[datetime.date, int]:
    """What had been reported in all, by the day of the report."""
    found: dict[datetime.date, int] = {}
    for name in names or ("reports.csv",):
        lines = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        found |= {datetime.date.fromisoformat(row["date"]): int(row[country]) for row in csv.DictReader(lines) if row[country]}
    return found


def last_of(told: dict[datetime.date, int], end: datetime.date) -> datetime.date | None:
    """The day of the last report of the week that ends on a day."""
    return max((day for day in told if end - WEEK < day <= end), default=None)


def change(told: dict[datetime.date, int], end: datetime.date) -> str:
    """New cases in seven days; "" where one of the two weeks has no report."""
    now, before = last_of(told, end), last_of(told, end - WEEK)
    if now is None or before is None:
        return ""
    return f"{(told[now] - told[before]) / (now - before).days * 7:.0f}"


def table() -> str:
    """The file."""
    told = {country: reports(country) for country in COUNTRIES}
    weeks = [FIRST + WEEK * number for number in range((LAST - FIRST) // WEEK + 1)]
    rows = [",".join([end.isoformat(), *(change(told[country], end) for country in COUNTRIES)]) for end in weeks]
    head = "# New cases in seven days, by week that ends on the date; made from reports.csv by tools/weekly_cases.py, which says how."
    return "\n".join([head, "date," + ",".join(COUNTRIES), *rows]) + "\n"


def outcomes() -> list[dict[str, Any]]:
    """What came of the questions of short horizon that the forecast asks of the three series."""
    frozen = json.loads((FOLDER.parent / "forecast.json").read_text(encoding="utf-8"))
    told = {country: reports(country, "reports.csv", "reports_after.csv") for country in COUNTRIES}
    found = []
    for name, question in frozen["questions"].items():
        if not question.get("generated"):
            continue
        of, end = told[question["series"]["name"].removeprefix("cases_")], datetime.date.fromisoformat(question["resolves"])
        now, before = last_of(of, end), last_of(of, datetime.date.fromisoformat(question["series"]["from"]))
        is_sum = question["series"]["measure"] == "sum"
        value = str(of[now] - of[before]) if is_sum and now and before else "" if is_sum else change(of, end)
        number = float(value) if value else None
        found.append({"question": name, "value": number, "date": end.isoformat(), "source": "CDC, by report", "contested": False})
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["outcomes"]:
        json.dump(outcomes(), sys.stdout, indent=1)
        sys.exit()
    (FOLDER / "weekly.csv").write_text(table(), encoding="utf-8")
