"""Texts from outside that hold no number, or one beyond a double, are refused with a place, never with a traceback."""

from __future__ import annotations

import json

import pytest

LONG = "9" * 5000
HUGE = "1" + "0" * 400

FILES = {
    "a setting": ("evidence.toml", f'[settings.prior_log_odds]\nvalue = {HUGE}\nbecause = "x"\n', ("check",)),
    "a setting of too many digits": ("evidence.toml", f'[settings.prior_log_odds]\nvalue = {LONG}\nbecause = "x"\n', ("check",)),
    "a posterior": ("posterior.toml", f"file = {LONG}\n", ("check",)),
    "a posterior in another encoding": ("posterior.toml", 'file = "größe"\n'.encode("cp1252"), ("check",)),
    "a plan": ("backtest.toml", f"horizons = [{LONG}]\n", ("backtest",)),
    "a plan beyond a double": ("backtest.toml", f'horizons = [{HUGE}]\norigins = "2024-01"\n', ("backtest",)),
    "a claim": ("ledger.jsonl", json.dumps({"id": "A1", "quantity": {"value": int(HUGE)}}), ("ledger", "list")),
    "a claim of too many digits": ("ledger.jsonl", '{"id": "A1", "quantity": {"value": ' + LONG + "}}", ("ledger", "list")),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_case_is_refused(name, place, call):
    file, content, words = FILES[name]
    (place / "sample" / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    result = call(words[0], "sample", *words[1:])
    assert result.code == 1 and "Traceback" not in result.err and "[" in result.err


def test_a_readme_in_another_encoding_stops_nothing(place, call):
    (place / "sample" / "README.md").write_bytes("## What this case cannot tell\n\nGröße\n".encode("cp1252"))
    assert call("run", "sample", "-n", "20", "--no-report").code == 0


OUTCOMES = [HUGE, "-" + HUGE, LONG, '"1e999"', f'"{HUGE} person"', f'"{LONG}"', '"１２"', "1e999", "NaN"]


@pytest.mark.parametrize("value", OUTCOMES, ids=[value[:8] + str(len(value)) for value in OUTCOMES])
def test_an_outcome_beyond_a_double_is_refused(value, place, call):
    from foedus.case import load

    program = load("sample").program
    question = next(slot.name for slot in program.results if slot.kind != "probability")
    assert call("freeze", "sample", "-o", "f.json", "-n", "20").code == 0
    (place / "o.json").write_text(f'[{{"question": "{question}", "value": {value}}}]', encoding="utf-8")
    result = call("score", "f.json", "--outcomes", "o.json")
    assert result.code == 1 and "[" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("backtest", "sample", "--origins", "2024-01", "--horizons", LONG),
        ("backtest", "sample", "--horizons", "１２"),
        ("backtest", "sample", "--origins", "9" * 40),
        ("read", "nothing.txt", "--published", "9" * 40),
        ("run", "sample", "--set", f"x={LONG}"),
        ("run", "sample", "--set", "x=1e999"),
        ("trace", "sample", LONG),
        ("sources", "--series", LONG),
        ("sources", "--series", "a\0b"),
        ("check", "a\0b"),
        ("check", "x" * 5000),
        ("run", "x" * 5000),
    ],
)
def test_an_argument_is_refused(words, place, call):
    result = call(*words)
    assert result.code in (1, 2) and result.err


@pytest.mark.parametrize("since", ["²", "9" * 5000, "9" * 30, "١"])
def test_an_event_that_is_no_number_is_refused_or_none(since, place, call):
    (place / "sample" / "ledger.jsonl").write_text("")
    assert call("ledger", "sample", "history", "--since", since).code in (0, 1)


def test_a_series_in_json_with_endless_numbers_is_refused(place, call):
    (place / "s.json").write_text(f'[{{"date": "2024-01-01", "n": {HUGE}}}, {{"date": "2024-01-02", "n": {HUGE}}}]')
    assert "no-series" in call("sources", "--series", "s.json").err
    (place / "s.json").write_text(f'[{{"date": "2024-01-01", "n": {LONG}}}]')
    assert "not-json" in call("sources", "--series", "s.json").err
