"""Two dates: what was known (as of), and the day of making; every surface shows both, and no digest hangs on the second."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

import foedus
from foedus.cli.main import main
from foedus.errors import FoedusError, InputError
from foedus.evidence.reading import read_report
from foedus.history.digests import read_document, sealed
from foedus.history.freeze import frozen_forecast, frozen_text, read_frozen
from foedus.history.record_page import record_markdown
from foedus.making import made_on
from foedus.page.build import page_html
from foedus.study.futures import run_futures
from helpers import ROOT

MADE, MADE_WORDS = "2031-02-03", "3 February 2031"
MODEL = """model small "A small one" as of 2024-10-25 for 10 weeks step 1 week
unit person
param troops : person ~ 10 to 20 because "a test"
stock line : person = troops
question many "Many?" on 2024-11-25 true when line > 15 person
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.datetime(2031, 2, 3, 23, tzinfo=datetime.UTC).timestamp())))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.foedus").write_text(MODEL)
    return tmp_path


def test_today_is_the_day_where_nothing_else_is_told(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert before <= made_on() <= datetime.datetime.now(datetime.UTC).date().isoformat()


@pytest.mark.parametrize("told", ["yesterday", "-1", "1.5", "9" * 40, "٣", "1_0"])
def test_a_time_that_is_none_is_refused(told, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        made_on()


def test_terminal_report_and_json_show_both_dates(place, capsys):
    main(["run", "small.foedus", "-n", "20"])
    assert f"as of 25 October 2024, made on {MADE_WORDS}" in capsys.readouterr().out
    report = (place / "report.html").read_text()
    assert "As of <b>25 October 2024</b>" in report and f"Made on <b>{MADE_WORDS}</b>" in report
    main(["run", "small.foedus", "-n", "20", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert (document["as_of"], document["made_on"]) == ("2024-10-25", MADE)


def test_notebook_and_page_show_both_dates(place):
    case = foedus.load("small.foedus")
    drawn, page = run_futures(case, 20)._repr_html_(), page_html(case)
    assert f"As of 25 October 2024, made on {MADE_WORDS}" in drawn
    assert '"asOf":"2024-10-25"' in page and f'"madeOn":"{MADE}"' in page and "asked on" not in page


def test_the_same_input_makes_the_same_bytes_on_the_same_told_day(place, capsys):
    case = foedus.load("small.foedus")
    assert page_html(case) == page_html(case)
    texts = []
    for _ in range(2):
        main(["freeze", "small.foedus", "-o", "f.json", "-n", "50"])
        texts.append((place / "f.json").read_bytes())
    assert texts[0] == texts[1]


def test_the_digest_of_a_forecast_does_not_hang_on_the_day(place, monkeypatch, tmp_path):
    case = foedus.load("small.foedus")
    ran = run_futures(case, 50)
    one = frozen_forecast(case, ran)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1729814400")
    other = frozen_forecast(case, ran)
    assert (one["made_on"], other["made_on"]) == (MADE, "2024-10-25") and one["digest"] == other["digest"]
    path = tmp_path / "f.json"
    path.write_text(frozen_text(other))
    assert read_frozen(path) == other
    path.write_text(frozen_text({key: value for key, value in one.items() if key != "made_on"}))
    assert "made_on" not in read_frozen(path)  # files from before there was such a date
    path.write_text(frozen_text({**one, "seed": 1}))
    with pytest.raises(InputError, match="digest-differs"):
        read_frozen(path)
    path.write_text(frozen_text({**one, "made_on": "<b>"}))
    with pytest.raises(InputError, match="bad-date"):
        read_frozen(path)


def test_a_score_says_when_the_forecast_was_made(place, capsys):
    main(["freeze", "small.foedus", "-o", "f.json", "-n", "50"])
    (place / "o.json").write_text('[{"question": "many", "value": true, "date": "2024-11-25"}]')
    main(["score", "f.json", "--outcomes", "o.json"])
    assert f"as of 25 October 2024, made on {MADE_WORDS}" in capsys.readouterr().out


def test_the_record_page_shows_when_it_was_made():
    record = read_document(ROOT / "cases/pact/record.json", "foedus record 1")
    shown = record_markdown({**record, "made_on": MADE}, None)
    assert f"**made on** {MADE}" in shown and "**as of**" in shown
    assert sealed({**record, "made_on": MADE})["digest"] == record["digest"]


@pytest.mark.parametrize("name", ["report.html", "page.html", "RECORD.md", "calibration.html"])
def test_what_foedus_made_is_no_source(name, place, capsys):
    pytest.importorskip("spacy")
    if name == "report.html":
        main(["run", "small.foedus", "-n", "20"])
    elif name == "page.html":
        (place / name).write_text(page_html(foedus.load("small.foedus")))
    elif name == "RECORD.md":
        (place / name).write_bytes((ROOT / "cases/pact/RECORD.md").read_bytes())
    else:
        from foedus.show.calibration_report import calibration_html

        (place / name).write_text(calibration_html("small: calibration", {}, [], []))
        assert MADE in (place / name).read_text()
    with pytest.raises(FoedusError, match="own-output"):
        read_report(place / name)


def test_a_page_by_another_generator_is_a_source(place):
    pytest.importorskip("trafilatura")
    text = "<p>Twelve thousand soldiers have arrived in the region, the ministry said on Friday in a statement.</p>"
    (place / "a.html").write_text(f'<html><head><meta name="generator" content="WordPress 6"></head><body>{text}</body></html>')
    assert "Twelve thousand" in read_report(place / "a.html").text.text
