"""A register: what is laid down stays, what was changed is seen, and every score is that of its figures worked out anew."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import Call
from tests.history.queue_case import write_queue

from foedus.history.clusters import clusters_of, mean_interval, ratio_interval
from foedus.history.register import read_register
from foedus.history.scores import crps_sample
from helpers import ROOT


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from foedus.cli.main import main

    folder = tmp_path_factory.mktemp("frozen")
    write_queue(folder / "queue")
    main(["freeze", str(folder / "queue"), "-o", str(folder / "f.json"), "-n", "600"])
    return folder


@pytest.fixture
def kept(frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Path:
    """A working folder with the case, its forecast in a register, and the series as they went on."""
    monkeypatch.chdir(tmp_path)
    write_queue(tmp_path / "queue")
    (tmp_path / "f.json").write_bytes((frozen / "f.json").read_bytes())
    assert call("register", "add", "f.json").code == 0
    return tmp_path


def observed(kept: Path, call: Call) -> list[dict]:
    """Outcomes out of the series as they went on until the end of March."""
    write_queue(kept / "queue", until="2024-04-01")
    entry = read_register("register").entries[0]
    told = call("register", "observed", entry.told["digest"][:10], "-o", "seen.json", "--json")
    assert told.code == 0, told.err
    return told.document["outcomes"]


def test_a_register_tells_what_it_holds(kept: Path, call: Call) -> None:
    frozen = json.loads(Path("f.json").read_text())
    found = call("register", "list", "--json").document
    (one,) = found["forecasts"]
    assert (one["case"], one["edition"], one["digest"], one["made_on"]) == (
        "queue",
        "2024-01-01",
        frozen["digest"],
        frozen["made_on"],
    )
    assert one["questions"] + one["short"] == len(frozen["questions"]) and one["short"] == 35 and one["stamps"] == []
    shown = call("register", "list").out
    assert frozen["digest"][:12] in shown and "No stamp" in shown and max(map(len, shown.splitlines())) <= 80


def test_the_same_forecast_is_laid_down_once(kept: Path, call: Call) -> None:
    before = Path("register/register.jsonl").read_bytes()
    again = call("register", "add", "f.json")
    assert again.code == 1 and "[registered]" in again.err and Path("register/register.jsonl").read_bytes() == before


@pytest.mark.parametrize("change", ["a line", "its order", "a file", "no file", "no line"])
def test_what_was_changed_is_seen(kept: Path, call: Call, change: str) -> None:
    Path("o.json").write_text('[{"question": "long", "value": true, "date": "2024-07-01"}]')
    assert call("register", "resolve", "o.json").code == 0
    path = Path("register/register.jsonl")
    lines = path.read_text().splitlines()
    forecast = next(Path("register/forecasts").iterdir())
    if change == "a line":
        path.write_text("\n".join([lines[0].replace("2024-01-01", "2023-01-01"), lines[1]]) + "\n")
    elif change == "its order":
        path.write_text("\n".join(reversed(lines)) + "\n")
    elif change == "a file":
        forecast.write_text(forecast.read_text().replace("0.", "0.1", 1))
    elif change == "no file":
        forecast.unlink()
    else:
        path.write_text(lines[1] + "\n")
    for words in (["list"], ["score"], ["add", "f.json"]):
        told = call("register", *words)
        assert told.code == 1 and "[register-changed]" in told.err, words


def test_the_series_of_the_case_tell_what_came(kept: Path, call: Call) -> None:
    found = {one["question"]: one for one in observed(kept, call)}
    rows = dict(line.split(",") for line in Path("queue/arrivals.csv").read_text().splitlines()[1:])
    assert found["arrived_2024_01_15"]["value"] == float(rows["2024-01-15"])
    january = [float(value) for day, value in rows.items() if "2024-01-01" < day <= "2024-01-29"]
    assert len(january) == 4 and found["arrived_2024_01_29_in_all"]["value"] == pytest.approx(sum(january), rel=1e-6)
    assert "arrived_2024_04_29" not in found and "note" not in found["arrived_2024_01_15"]
    waiting = dict(line.split(",") for line in Path("queue/queue.csv").read_text().splitlines()[1:])
    assert found["queue_2024_02_05"]["value"] == float(waiting["2024-02-05"])


def test_rows_that_share_days_with_a_question_count_by_them(kept: Path, call: Call) -> None:
    write_queue(kept / "queue", until="2024-04-01")
    text = Path("queue/arrivals.csv").read_text()
    days = [line.split(",") for line in text.splitlines()[1:]]
    from datetime import date, timedelta

    later = [(date.fromisoformat(day) + timedelta(2), value) for day, value in days]
    Path("queue/arrivals.csv").write_text("date,n\n" + "".join(f"{day},{value}\n" for day, value in later))
    entry = read_register("register").entries[0]
    told = call("register", "observed", entry.told["digest"][:10], "-o", "seen.json", "--json").document["outcomes"]
    found = {one["question"]: one for one in told}[
        "arrived_2024_01_15"
    ]  # from the 8th: two days of the row of the 10th, five of the 17th
    rows = {day.isoformat(): float(value) for day, value in later}
    assert (
        found["value"] == pytest.approx((2 * rows["2024-01-10"] + 5 * rows["2024-01-17"]) / 7, rel=1e-5)
        and "share" in found["note"]
    )


def test_every_score_is_that_of_its_figures(kept: Path, call: Call) -> None:
    frozen = json.loads(Path("f.json").read_text())
    came = observed(kept, call)
    came += [{"question": f"strike_by_2024_0{month}_01", "value": month > 3, "date": "2024-07-01"} for month in (2, 3, 4, 7)]
    came += [{"question": "long", "value": False, "date": "2024-07-01"}]
    Path("o.json").write_text(json.dumps(came))
    assert call("register", "resolve", "o.json").code == 0
    found = call("register", "score", "--json").document
    (one,) = found["forecasts"]

    def answer(name: str) -> dict:
        return next(iter(frozen["questions"][name]["answers"].values()))

    said = {name: answer(name)["probability"] for name in [f"strike_by_2024_0{month}_01" for month in (2, 3, 4, 7)] + ["long"]}
    out = {name: float(name in ("strike_by_2024_04_01", "strike_by_2024_07_01")) for name in said}
    chances = one["chances"]
    assert chances["n"] == 5 and chances["clusters"] == 2
    assert chances["brier"] == pytest.approx(np.mean([(said[name] - out[name]) ** 2 for name in said]))
    assert chances["expected_brier"] == pytest.approx(np.mean([p * (1 - p) for p in said.values()]))
    top = sum((out[name] - p) * (1 - 2 * p) for name, p in said.items())
    assert chances["spiegelhalter_z"] == pytest.approx(
        top / math.sqrt(sum((1 - 2 * p) ** 2 * p * (1 - p) for p in said.values()))
    )
    assert chances["excess_interval"] is None, "two clusters are too few"
    amounts = one["amounts"]
    values = {
        entry["question"]: entry["value"]
        for entry in came
        if entry["question"] in frozen["questions"] and entry["question"] not in said
    }
    ratios, inside = [], []
    for name, value in values.items():
        sample = np.array(answer(name)["quantiles"])
        own = np.mean([crps_sample(sample, member) for member in sample])
        ratios.append(crps_sample(sample, value) / own)
        low, high = np.quantile(sample, (0.05, 0.95))
        inside.append(low <= value <= high)
    assert amounts["n"] == len(values) and amounts["clusters"] == 2
    assert amounts["crps_over_expected"] == pytest.approx(np.mean(ratios)) and amounts["coverage_90"] == pytest.approx(
        np.mean(inside)
    )
    naive = frozen["questions"]["arrived_2024_01_08"]["naive"]["quantiles"]
    line = amounts["by_series"]["arrived (value)"]
    names = [name for name in values if name.startswith("arrived") and not name.endswith("in_all")]
    assert line["n"] == len(names) and len(naive) == 200
    theirs = np.mean([crps_sample(np.array(frozen["questions"][name]["naive"]["quantiles"]), values[name]) for name in names])
    assert line["crps_naive"] == pytest.approx(theirs) and line["skill"] == pytest.approx(1 - line["crps"] / theirs)
    shown = call("register", "score").out
    assert "Yes or no" in shown and "local level" in shown and max(map(len, shown.splitlines())) <= 80


def test_what_was_settled_before_the_day_of_a_forecast_is_not_scored(kept: Path, call: Call) -> None:
    Path("o.json").write_text('[{"question": "long", "value": true, "date": "2023-12-01"}]')
    assert call("register", "resolve", "o.json").code == 0
    found = call("register", "score", "--json").document
    assert found["all"]["chances"] is None and found["outcomes"] == 1


def test_a_range_that_came_is_in_the_half_or_not_by_where_it_falls(kept: Path, call: Call) -> None:
    frozen = json.loads(Path("f.json").read_text())
    sample = next(iter(frozen["questions"]["many"]["answers"].values()))["quantiles"]
    low, high = np.quantile(sample, (0.86, 0.92))  # beyond the half, within the nine tenths
    Path("o.json").write_text(json.dumps([{"question": "many", "value": [float(low), float(high)], "date": "2024-04-01"}]))
    assert call("register", "resolve", "o.json").code == 0
    found = call("register", "score", "--json").document["all"]["amounts"]
    assert (found["coverage_50"], found["coverage_90"]) == (0.0, 1.0)


def test_a_later_file_of_outcomes_holds_and_says_what_it_changes(kept: Path, call: Call) -> None:
    for name, value in (("a.json", "true"), ("b.json", "false")):
        Path(name).write_text(f'[{{"question": "long", "value": {value}, "date": "2024-07-01"}}]')
    assert call("register", "resolve", "a.json").code == 0
    assert "1 of them other than told before" in call("register", "resolve", "b.json").out
    assert call("register", "score", "--json").document["all"]["chances"]["came"] == 0.0
    again = call("register", "resolve", "c.json")
    assert again.code == 1, "there is no such file"
    Path("d.json").write_text('[{"question": "lonk", "value": true}]')
    wrong = call("register", "resolve", "d.json")
    assert wrong.code == 1 and "Did you mean `long`?" in wrong.err


@pytest.mark.parametrize(
    "words, code",
    [
        (["list", "--in", "nowhere"], "no-register"),
        (["score", "--case", "quee"], "unknown-case"),
        (["stamp", "ffff", "--request", "f.tsq"], "unknown-forecast"),
        (["observed", "queue@2023-01-01", "-o", "o.json"], "unknown-forecast"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(kept: Path, call: Call, words: list[str], code: str) -> None:
    told = call("register", *words)
    assert told.code == 1 and f"[{code}]" in told.err


def test_the_docs_say_what_the_shipped_forecasts_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.chdir(tmp_path)
    case = ROOT / "cases/pact"
    june = case / "editions/2024-06-20"
    assert call("register", "add", june / "forecast.json", case / "forecast.json").code == 0
    assert call("register", "resolve", june / "outcomes.json").code == 0
    chances = call("register", "score", "--json").document["all"]["chances"]
    told = (
        f"{chances['n']} yes-no questions in {chances['clusters']} clusters came out: {100 * chances['said']:.0f} % were said on average, "
        f"{100 * chances['came']:.0f} % came, Brier {chances['brier']:.3f} where {chances['expected_brier']:.3f} was expected"
    )
    assert told in (ROOT / "docs/history.md").read_text(encoding="utf-8")
    short = [one["short"] for one in call("register", "list", "--json").document["forecasts"]]
    asked = [one["questions"] for one in call("register", "list", "--json").document["forecasts"]]
    words = f"`pact` freezes {short[1]} of them beside its {asked[1]} questions, its edition of June 2024 {short[0]} beside {asked[0]}."
    assert words in (ROOT / "docs/register.md").read_text(encoding="utf-8")


def test_questions_hang_together_by_what_they_look_at() -> None:
    found = clusters_of({"a": ["x"], "b": ["y"], "c": ["x", "y"], "d": ["z"], "e": []})
    assert found == {"a": 0, "b": 0, "c": 0, "d": 1, "e": 2}


def test_the_interval_of_a_mean_over_clusters_holds_the_truth_as_often_as_it_says() -> None:
    draws, hits, narrow = np.random.default_rng(5), 0, 0
    cluster = np.repeat(np.arange(30), 8)
    for trial in range(300):
        values = draws.standard_normal(30)[cluster] + 0.3 * draws.standard_normal(240)
        low, high = mean_interval(values, cluster, trial)
        hits += low <= 0 <= high
        alone = ratio_interval(values, np.ones(240), np.arange(240), trial)
        narrow += alone[0] <= 0 <= alone[1]
    assert 0.84 <= hits / 300 <= 0.95, "30 clusters: some points under 90 % are the method's"
    assert narrow / 300 < 0.6, "taken one by one the same figures seem far surer than they are"
    assert mean_interval(np.ones(8), np.repeat(np.arange(4), 2)) is None
