"""Python and JavaScript say the same number with the same letters."""

from __future__ import annotations

import json
import math
import random
import shutil
import subprocess
from typing import Any

import pytest
from tests.helpers import ROOT

from foedus.analysis.finding import Answer
from foedus.show.ranking import shown_days
from foedus.show.words import YARDSTICK, ends, number, percent, points, quantity, signed, stated, yardstick
from foedus.units import DAYS

NODE = shutil.which("node")
SCRIPT = """
import fs from "node:fs";
import * as words from "./src/foedus/screen/kit/words.js";
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const chances = given.chances.map(([p, error]) => [words.percent(p), words.yardstickWords(given.table, p, error), words.pointsText(p - 0.5)]);
const amounts = given.amounts.map(([a, b]) => [words.numberText(a), words.numberText(a, b), words.signedText(a, b), words.quantityText([a - b, a, a, a, a + b]).median,
  words.statedWords(words.statedText(a, b), "", ""), words.statedWords(words.statedText(b, Math.abs(a), 30 * b, true), "km²", ""),
  words.endsText([a, a + b / 9], [b, 2 * b], b / 9, b / 90).join(" "),
  words.endsText([a, a + b / 9], [b, 2 * b], b / 9, b / 90, [b / 3, null]).join(" ")]);
const days = given.days.map(([date, time, unit]) => words.dayAfter(date, time, unit));
console.log(JSON.stringify({ chances, amounts, days }));
"""


def javascript(
    chances: list[tuple[float, float]], amounts: list[tuple[float, float]], days: list[tuple[str, float, str]] | None = None
) -> dict[str, list[Any]]:
    given = json.dumps({"chances": chances, "amounts": amounts, "days": days or [], "table": [list(row) for row in YARDSTICK]})
    command = [NODE, "--input-type=module", "-e", SCRIPT]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_every_chance_of_a_run_is_said_alike() -> None:
    chances = [
        (k / n, math.sqrt((k + 0.5) * (n - k + 0.5) / (n + 1) ** 2 / (n + 2)))
        for n in (200, 1000, 2000, 10_000)
        for k in range(n + 1)
    ]
    found = javascript(chances, [])["chances"]
    for (p, error), said in zip(chances, found, strict=True):
        assert said == [percent(p), yardstick(p, error), points(p - 0.5)], p


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_amounts_of_all_sizes_are_said_alike() -> None:
    luck = random.Random(0)
    amounts = [(luck.choice((1, -1)) * 10 ** luck.uniform(-8, 17), 10 ** luck.uniform(-6, 16)) for _ in range(20_000)]
    amounts += [(sign * (k + 0.5) * 10**power, 10.0 ** (power + 1)) for k in range(120) for power in range(5) for sign in (1, -1)]
    found = javascript([], amounts)["amounts"]
    for (a, b), said in zip(amounts, found, strict=True):
        expected = [number(a), number(a, b), signed(a, b), quantity((a - b, a, a, a, a + b)).median]
        expected += [stated(a, b).said(), stated(b, abs(a), 30 * b, is_signed=True).said("km²")]
        expected.append(" ".join(ends((a, a + b / 9), (b, 2 * b), b / 9, b / 90)))
        expected.append(" ".join(ends((a, a + b / 9), (b, 2 * b), b / 9, b / 90, (b / 3, math.nan))))
        assert said == expected, (a, b)


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_days_are_said_alike() -> None:
    asked = [(date, time, unit) for date in ("2022-04-28", "2023-12-30") for unit in DAYS for time in (0.0, 1.25, 7.0, 26.3)]
    for one, said in zip(asked, javascript([], [], asked)["days"], strict=True):
        date, time, unit = one
        answer = Answer(None, (time,) * 5, None, 0.0, None, None, 100, statistic="when")
        assert said == shown_days(answer, unit, date), one
    assert (
        shown_days(Answer(None, (1.0,) * 5, None, 0.0, None, None, 100, statistic="when"), "week", "2022-04-28") == "5 May 2022"
    )
    assert javascript([], [], [("", 1.0, "week"), ("2022-04-28", 1.0, "person")])["days"] == ["", ""]


@pytest.mark.parametrize(
    ("value", "text"), [(0.445, "45 %"), (0.085, "9 %"), (0.125, "13 %"), (0.005, "0.5 %"), (0.9995, ">99.9 %")]
)
def test_halves_go_away_from_zero(value: float, text: str) -> None:
    assert percent(value) == text


def test_the_word_is_that_of_the_number_shown_and_near_a_border_both_are_said() -> None:
    assert yardstick(0.4499) == yardstick(0.4501) == "roughly even"
    assert yardstick(0.45, 0.01) == "unlikely to roughly even"
    assert yardstick(0.60, 0.01) == "likely"
