"""What came of the frozen forecast of cases/gas_storage, from the figures after its as-of date: python tools/gas_outcomes.py

Prints the outcomes of all its questions as JSON; a figure that was not told is null, and so is what a figure that was not told decides.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "cases" / "gas_storage"
SOURCE = "EIA, Weekly Natural Gas Storage Report"


def told() -> dict[str, float]:
    """The stock by Friday, before the as-of date and after it."""
    found: dict[str, float] = {}
    for name in ("stocks.csv", "stocks_after.csv"):
        lines = [line for line in (FOLDER / "series" / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        found |= {row["date"]: float(row["stock"]) for row in csv.DictReader(lines)}
    return found


def outcomes() -> list[dict[str, Any]]:
    """The questions of the frozen forecast, with what came."""
    frozen = json.loads((FOLDER / "forecast.json").read_text(encoding="utf-8"))
    stock = told()
    after = {day: value for day, value in stock.items() if frozen["as_of"] <= day <= "2024-11-15"}
    decided: dict[str, Any] = {
        "over_4000": max(after.values()) > 4000,
        "under_3600": stock["2024-11-01"] < 3600,
        "november": stock["2024-11-01"],
        "december": stock["2024-12-27"],
    }
    found = []
    for name, question in frozen["questions"].items():
        value = decided[name] if name in decided else stock.get(question["resolves"])
        found.append({"question": name, "value": value, "date": question["resolves"], "source": SOURCE, "contested": False})
    return found


if __name__ == "__main__":
    rows = ",\n".join(f"  {json.dumps(one)}" for one in outcomes())
    sys.stdout.write(f"[\n{rows}\n]\n")
