"""The folder as a whole: every link leads somewhere, nothing is fetched, every number is the run's, and all of it is derived again."""

from __future__ import annotations

import asyncio
import csv
import dataclasses
import filecmp
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.history.calibration_models import walk_case

import foedus
from foedus.bundle import make_dossier
from foedus.bundle.crate import CRATE
from foedus.cli.main import main
from foedus.errors import InputError
from foedus.show.document import finding_document
from foedus.show.judgements import judgements_of
from helpers import ROOT

from .conftest import DAY

VOID = {"meta", "br", "input", "link", "img", "hr"}
SVG = "{http://www.w3.org/2000/svg}"
FETCHING = {"script", "iframe", "object", "embed", "link", "img", "base", "form", "audio", "video", "source"}


class Page(HTMLParser):
    """Ids, links and tags of a page, and whether its tags are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        told = dict(attrs)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if "href" in told else []
        assert not {"src", "srcset", "data", "action"} & set(told) and not any(name.startswith("on") for name in told), (
            tag,
            attrs,
        )
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def pages(folder):
    return {
        path.relative_to(folder).as_posix(): Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))
    }


def test_every_link_leads_to_a_file_or_a_place_that_is_there(folder, pages):
    counted = 0
    for name, page in pages.items():
        assert page.open == [] and len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), (name, link)
                continue
            target = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
            assert target.is_file() and target.resolve().is_relative_to(folder.resolve()), (name, link)
            if parts.fragment:
                other = pages[target.resolve().relative_to(folder.resolve()).as_posix()]
                assert unquote(parts.fragment) in other.ids, (name, link)
            counted += 1
    assert counted > 200


def test_nothing_is_fetched_and_nothing_runs(folder, pages):
    for name, page in pages.items():
        assert not FETCHING & page.tags, name
        text = (folder / name).read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
        assert "url(" not in style and "@import" not in style
    for path in folder.rglob("*.svg"):
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        assert not {f"{SVG}script", f"{SVG}image", f"{SVG}style", f"{SVG}foreignObject"} & {node.tag for node in root.iter()}
        assert not [
            value
            for node in root.iter()
            for key, value in node.attrib.items()
            if key.endswith("href") and not value.startswith("#")
        ]


def test_each_question_has_a_page_and_the_index_leads_to_it(made, pages):
    for question in made.finding.questions:
        name = f"questions/{question.name}.html"
        assert name in pages and name in pages["index.html"].links
        text = re.sub(r"\s+", " ", (made.folder / name).read_text(encoding="utf-8"))
        assert "Cite this" not in text and "How to cite it" in text and "How it is settled" in text
        for scenario in made.finding.scenarios:
            assert scenario.label.split("’")[0] in text


def test_a_page_says_how_the_question_is_settled_and_how_it_came_out(folder):
    text = (folder / "questions/epidemic_counted_nov14_over.html").read_text(encoding="utf-8")
    assert "on 2 November 2014, “Cases reported so far” plus" in text and "is over 20,000 people; else no." in text
    assert "How it came out: no" in text and "2 November 2014; source: the same" in text
    amount = (folder / "questions/epidemic_counted_nov14.html").read_text(encoding="utf-8")
    assert "How it came out: 13,042 people" in amount and "WHO, situation report of 5 November 2014" in amount
    contested = (folder / "questions/will_epidemic_measures_begins.html").read_text(encoding="utf-8")
    assert "contested" in contested and "not known to this case" in (folder / "questions/epidemic_dead_26dec14.html").read_text(
        encoding="utf-8"
    )


def test_claims_behind_a_question_are_quoted_where_the_documents_are_at_hand(made):
    shown = 0
    for question in made.finding.questions:
        behind = {driver.parameter for driver in question.drivers}
        quotes = [
            claim.quote for one in made.finding.assumptions if one.parameter in behind for claim in one.claims if claim.quote
        ]
        page = (made.folder / f"questions/{question.name}.html").read_text(encoding="utf-8")
        assert page.count("<blockquote>") >= bool(quotes)
        shown += page.count("<blockquote>")
    assert shown > 5


def test_the_table_has_every_answer_of_the_run_with_all_its_digits(made):
    with (made.folder / "data/answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = finding_document(made.finding)["questions"]
    assert len(rows) == sum(len(question["answers"]) for question in told.values())
    for row in rows:
        answer = told[row["question"]]["answers"][row["scenario"]]
        value = (
            answer["probability"]
            if row["statistic"] == "probability"
            else answer["p50" if row["statistic"] == "when" else "mean"]
        )
        pairs = {
            "value": value,
            "error": answer["error"],
            "difference": answer["difference"],
            "futures": answer["futures"],
            "share": answer["share"],
            "p95": answer.get("p95"),
            "structural_spread": answer["structural_spread"],
            "range_high": None if answer["spread"] is None else answer["spread"][1],
            "rests_on_claims": None if answer["rests_on"] is None else answer["rests_on"]["claims"],
        }
        for name, wanted in pairs.items():
            assert (float(row[name]) if row[name] else None) == wanted, (row["question"], row["scenario"], name)
        assert row["badge"] == (answer["badge"] or "") and row["is_set"] == str(answer["is_set"]).lower()


def test_each_table_is_described_beside_it(folder):
    tables = sorted(folder.rglob("*.csv"))
    ours = [path for path in tables if "inputs" not in path.parts]
    assert len(ours) > 15
    for path in ours:
        document = json.loads(path.with_name(f"{path.name}-metadata.json").read_text(encoding="utf-8"))
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = list(csv.reader(file))
        assert document["url"] == path.name and [column["name"] for column in document["tableSchema"]["columns"]] == head
        assert rows and all(len(row) == len(head) for row in rows)
        assert (
            document["dc:temporal"] == "2014-09-26"
            and document["dc:created"] == "2014-10-26"
            and "Case ebola" in document["dc:bibliographicCitation"]
        )


def test_each_chart_bears_its_title_dates_source_licence_and_citation(folder):
    drawings = sorted((folder / "charts").glob("*.svg"))
    assert len(drawings) == len(list((folder / "charts").glob("*.png"))) > 15
    for path in drawings:
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        visible = " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
        for words in (
            "As of 26 September 2014, made on 26 October 2014.",
            "Source: foedus",
            "Licence: MIT",
            "Cite this:",
            "3 scenarios, on the same futures" if path.name.startswith("answer-") else "Baseline “",
        ):
            assert words in visible, (path.name, words)
        assert "0k" not in visible.split() and "0M" not in visible.split()
        title, told = root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text
        assert title.split()[0] in visible and "Cite this:" in told
        metadata = "".join(root.find(f"{SVG}metadata").itertext())
        assert title in metadata and "2014-10-26" in metadata and "Case ebola" in metadata
        assert path.with_suffix(".png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" and path.with_suffix(".csv").is_file()


def test_the_judgements_leave_as_text(made):
    text = (made.folder / "data/judgements.txt").read_text(encoding="utf-8")
    assert all(f"- {one.text}\n" in text for one in judgements_of(made.finding)) and "Cite this: " in text


def test_the_files_that_are_told_are_those_that_are_there(made):
    there = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert {one.path for one in made.files} == there
    for one in made.files:
        data = (made.folder / one.path).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (one.sha256, one.size)


def test_the_same_case_makes_the_same_bytes_on_the_same_day(made, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    again = foedus.dossier(foedus.load(str(ROOT / "cases/ebola")), tmp_path / "again", futures=200)
    assert again.files == made.files


def test_one_command_derives_every_number_again(made, tmp_path):
    """The printed script, in a place of its own, with nothing of the repository in reach but the package."""
    moved = tmp_path / "elsewhere with a blank"
    shutil.copytree(made.folder, moved)
    script = f"#!/bin/sh\nexec {sys.executable} -c 'import sys; from foedus.cli.main import main; main(sys.argv[1:])' \"$@\"\n"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/foedus").write_text(script)
    (tmp_path / "bin/foedus").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "SOURCE_DATE_EPOCH": "1714281600",
    }
    done = subprocess.run(
        ["sh", str(moved / "rerun.sh"), str(tmp_path / "again")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "to the byte" in done.stdout
    assert filecmp.cmp(made.folder / "data/answers.csv", tmp_path / "again/data/answers.csv", shallow=False)
    assert "made on 27 April 2024" not in (tmp_path / "again/data/answers.csv").read_text() and "28 April 2024" in (
        tmp_path / "again/data/judgements.txt"
    ).read_text(encoding="utf-8")


def test_the_inputs_are_what_the_case_reads_and_nothing_else(folder, tmp_path):
    there = {path.name for path in (folder / "inputs/ebola").rglob("*") if path.is_file()}
    assert there == {"model.foedus", "ledger.jsonl", "evidence.toml", "README.md", "outcomes.json"}
    for path in (folder / "inputs/ebola").iterdir():
        assert path.read_bytes() == (ROOT / "cases/ebola" / path.name).read_bytes()


# --- the place


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return foedus.load(str(ROOT / "cases/lanchester_square"))


def test_how_long_it_takes_is_told_before_it_starts(small, tmp_path):
    told, started = [], time.monotonic()
    make_dossier(small, tmp_path / "out", futures=2000, told=told.append)
    took = time.monotonic() - started
    assert len(told) == 1 and 0.1 * took < told[0] < 10 * took


def test_a_dossier_that_nobody_changed_is_replaced(small, tmp_path):
    first = foedus.dossier(small, tmp_path / "out", futures=20)
    second = foedus.dossier(small, tmp_path / "out", futures=30)
    assert first.finding.manifest.futures == 20 and "--futures 30" in (tmp_path / "out/rerun.sh").read_text()
    assert {one.path for one in second.files} == {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()
    }
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def refused(call) -> str:
    with pytest.raises(InputError) as caught:
        call()
    return caught.value.problems[0].code


@pytest.mark.parametrize("kind", ["file", "folder", "empty"])
def test_what_it_did_not_make_is_left_alone(small, tmp_path, kind):
    place = tmp_path / "mine"
    if kind == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        if kind == "folder":
            (place / "notes.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    assert refused(lambda: foedus.dossier(small, place, futures=20)) == "not-a-dossier"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("change", ["added", "altered", "taken"])
def test_a_dossier_that_somebody_changed_is_left_alone(small, tmp_path, change):
    place = tmp_path / "out"
    foedus.dossier(small, place, futures=20)
    if change == "added":
        (place / "notes.txt").write_text("mine")
    elif change == "altered":
        (place / "README.txt").write_text("mine")
    else:
        (place / "index.html").unlink()
    assert refused(lambda: foedus.dossier(small, place, futures=20)) == "changed-dossier"
    assert (place / "notes.txt").exists() == (change == "added")


def test_a_failure_leaves_nothing(small, tmp_path, monkeypatch):
    monkeypatch.setattr("foedus.bundle.dossier.crate_text", lambda facts, files: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        foedus.dossier(small, tmp_path / "out", futures=20)
    assert list(tmp_path.iterdir()) == []


def test_a_case_that_was_altered_after_it_was_loaded_is_refused(tmp_path):
    more = foedus.load(str(ROOT / "cases/lanchester_square"), extra=['question more "?" at 1 day value blue'])
    assert refused(lambda: foedus.dossier(more, tmp_path / "out")) == "altered-case"
    case = foedus.load(str(ROOT / "cases/ebola"))
    left = case.without(case.ledger.claims[0].source.canonical)
    assert refused(lambda: foedus.dossier(left, tmp_path / "out")) == "altered-case"


def test_no_folder_to_put_it_in(small, tmp_path):
    assert refused(lambda: foedus.dossier(small, tmp_path / "nowhere/out")) == "cannot-write"


def test_a_model_without_a_folder_of_its_own_can_be_taken_away(tmp_path, monkeypatch, capsys):
    """A case whose name needs quotes, without dates, ledger or documents, with scenarios named and a licence of its own."""
    home = tmp_path / "a case's model"
    home.mkdir()
    shutil.copy(ROOT / "cases/lanchester_square/model.foedus", home / "my law.foedus")
    (home / "private.txt").write_text("nobody's business")
    monkeypatch.chdir(home)
    main(["dossier", "my law.foedus", "-o", "out", "-n", "20", "--licence", "https://example.org/licence", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "foedus dossier 1" and {"path", "sha256", "bytes"} == set(told["files"][0])
    assert not list(Path("out").rglob("private*"))
    graph = {thing["@id"]: thing for thing in json.loads(Path("out", CRATE).read_text(encoding="utf-8"))["@graph"]}
    assert graph["./"]["license"] == {"@id": "https://example.org/licence"} and "temporalCoverage" not in graph["./"]
    line = next(line for line in Path("out/rerun.sh").read_text().splitlines() if line.startswith("foedus"))
    assert (
        line
        == "foedus dossier 'inputs/my law/my law.foedus' -o \"$again\" --futures 20 --seed 0 --licence https://example.org/licence"
    )
    monkeypatch.chdir("out")
    main(
        [
            "dossier",
            "inputs/my law/my law.foedus",
            "-o",
            str(tmp_path / "again"),
            "-n",
            "20",
            "--licence",
            "https://example.org/licence",
        ]
    )
    assert filecmp.cmp("data/answers.csv", tmp_path / "again/data/answers.csv", shallow=False)


def test_other_scenarios_and_priors_are_told_to_the_command(tmp_path):
    case = foedus.load(str(ROOT / "cases/ebola"))
    names = [slot.name for slot in case.program.scenarios[1:2]]
    made = foedus.dossier(case, tmp_path / "out", futures=20, scenarios=names)
    assert f"--scenario {names[0]}" in (tmp_path / "out/rerun.sh").read_text() and len(made.finding.scenarios) == 2


def test_a_ledger_in_a_store_leaves_as_text(made, tmp_path):
    """The store is what the case runs on; the copy needs none to give the same answers."""
    home = tmp_path / "ebola"
    shutil.copytree(ROOT / "cases/ebola", home)
    main(["ledger", str(home), "import"])
    assert (home / "ledger.sqlite").is_file()
    stored = foedus.dossier(foedus.load(str(home)), tmp_path / "out", futures=200, scenarios=None)
    copied = foedus.load(str(tmp_path / "out/inputs/ebola"))
    assert not list((tmp_path / "out").rglob("*.sqlite")) and copied.ledger.claims == foedus.load(str(home)).ledger.claims
    assert filecmp.cmp(stored.folder / "data/answers.csv", made.folder / "data/answers.csv", shallow=False)


@pytest.mark.parametrize("how", ["given", "adopted", "left out"])
def test_what_the_run_drew_from_goes_along(how, tmp_path, monkeypatch):
    """A posterior that is named, one that the folder has adopted, and the priors in spite of that."""
    home = tmp_path / "walk"
    home.mkdir()
    monkeypatch.chdir(tmp_path)
    walk_case(home)
    adopt = [] if how == "given" else ["--adopt"]
    place = tmp_path / "found.nc" if how == "given" else home / "posterior.nc"
    main(["calibrate", str(home), "-o", str(place), "--members", "60", "--passes", "1", "--refinements", "0", *adopt])
    told = {"given": str(place), "adopted": None, "left out": "none"}[how]
    foedus.dossier(foedus.load(str(home), posterior=told), tmp_path / "out", futures=40)
    line = next(line for line in (tmp_path / "out/rerun.sh").read_text().splitlines() if line.startswith("foedus"))
    copied = {"given": "inputs/walk/given_posterior.nc", "adopted": None, "left out": "none"}[how]
    assert line.partition("--posterior ")[2].split(" ")[0] == (copied or "")
    monkeypatch.chdir("out")
    foedus.dossier(foedus.load("inputs/walk", posterior=copied), tmp_path / "again", futures=40)
    assert filecmp.cmp("data/answers.csv", tmp_path / "again/data/answers.csv", shallow=False)


# --- the crate


def test_the_crate_has_what_the_specification_asks_for(made):
    """RO-Crate 1.1: descriptor, root, every file described, every reference inside the folder resolved."""
    document = json.loads((made.folder / CRATE).read_text(encoding="utf-8"))
    graph = document["@graph"]
    things = {thing["@id"]: thing for thing in graph}
    assert len(things) == len(graph) and "https://w3id.org/ro/crate/1.1/context" in document["@context"]
    assert all({"@id", "@type"} <= set(thing) for thing in graph)
    descriptor, root = things["ro-crate-metadata.json"], things["./"]
    assert descriptor["@type"] == "CreativeWork" and descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert (
        root["@type"] == "Dataset"
        and root["datePublished"] == "2014-10-26"
        and root["name"]
        and root["description"]
        and root["license"]
    )
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == {one.path for one in made.files} - {CRATE}
    for one in made.files:
        if one.path != CRATE:
            thing = things[one.path]
            assert (
                thing["@type"] == "File"
                and thing["sha256"] == one.sha256
                and thing["contentSize"] == str(one.size)
                and "/" in thing["encodingFormat"]
            )

    def links(value):
        if isinstance(value, dict) and set(value) == {"@id"}:
            yield value["@id"]
        elif isinstance(value, dict | list):
            for part in value.values() if isinstance(value, dict) else value:
                yield from links(part)

    assert {link for link in links(graph) if not link.startswith("https://")} <= set(things)


def test_the_crate_says_which_file_was_made_from_which(made):
    things = {thing["@id"]: thing for thing in json.loads((made.folder / CRATE).read_text(encoding="utf-8"))["@graph"]}
    run = things["#run"]
    assert (
        "CreateAction" in run["@type"]
        and "prov:Activity" in run["@type"]
        and run["description"].startswith("foedus dossier inputs/ebola ")
    )
    used = {link["@id"] for link in run["object"]}
    assert {"inputs/ebola/model.foedus", "inputs/ebola/ledger.jsonl", "#seed", "#futures"} <= used and run["prov:used"] == run[
        "object"
    ]
    assert things["#futures"]["value"] == 200 and things["#digest-of-ledger"]["value"] == made.finding.manifest.digests["ledger"]
    assert things["inputs/ebola/ledger.jsonl"]["sha256"] == made.finding.manifest.digests["ledger"]
    results = {}
    for name in ("#run", "#draw", "#write"):
        for link in things[name]["result"]:
            results[link["@id"]] = name
    for one in made.files:
        if one.path.startswith("inputs/") or one.path == CRATE:
            assert one.path not in results
        else:
            assert things[one.path]["prov:wasGeneratedBy"] == {"@id": results[one.path]}, one.path
    assert results["data/answers.csv"] == "#run" and results["index.html"] == "#write"


def test_a_reader_of_crates_reads_it(made, tmp_path):
    reader = pytest.importorskip(
        "rocrate.rocrate", reason="rocrate is not installed: the crate is held against the specification alone"
    )
    crate = reader.ROCrate(str(made.folder))
    assert crate.name == made.finding.title
    assert {entity.id for entity in crate.data_entities} == {one.path for one in made.files} - {CRATE}


# --- as it is shown


def test_a_report_is_printed_only_where_there_is_a_browser(tmp_path, monkeypatch, capsys):
    pytest.importorskip("playwright", reason="playwright is not installed: nothing is printed")
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        main(["dossier", str(ROOT / "cases/lanchester_square"), "-o", str(tmp_path / "out"), "-n", "10", "--pdf"])
    assert stopped.value.code == 1 and "[no-browser]" in capsys.readouterr().err and not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_report_is_printed_into_it_on_request(tmp_path):
    pytest.importorskip("playwright", reason="playwright is not installed: nothing is printed")
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        pytest.skip("chromium is not installed: no page is opened")
    words = ["dossier", str(ROOT / "cases/lanchester_square"), "-o", str(tmp_path / "out"), "-n", "10", "--pdf"]

    async def in_a_loop() -> None:  # as in a notebook
        main(words)

    with ThreadPoolExecutor(1) as apart:  # a browser test may have left a loop in this thread
        apart.submit(asyncio.run, in_a_loop()).result()
    assert (tmp_path / "out/report.pdf").read_bytes()[:5] == b"%PDF-"
    things = {thing["@id"]: thing for thing in json.loads((tmp_path / "out" / CRATE).read_text(encoding="utf-8"))["@graph"]}
    assert {"@id": "report.pdf"} in things["#write"]["result"]


@pytest.mark.slow
def test_a_question_page_fits_a_phone_and_can_be_used_by_all(browser, folder):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed: pages are not held against WCAG"
    )
    for name in ("index.html", "questions/epidemic_counted_nov14_over.html", "questions/epidemic_counted_nov14.html"):
        for width, scheme in ((360, "light"), (1280, "dark")):
            tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            tab.goto((folder / name).as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            found = axe.Axe().run(tab)
            assert found.violations_count == 0, found.generate_report()
            tab.close()


def test_without_a_record_scenarios_or_charts_it_is_still_a_dossier(tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare/model.foedus").write_text(
        'model bare for 4 weeks step 1 week\nstock x : 1 = 5\nquestion how "=How much?" at the end value x\n'
    )
    made = foedus.dossier(foedus.load(str(tmp_path / "bare")), tmp_path / "out", futures=10)
    assert dataclasses.is_dataclass(made) and (made.folder / "questions/how.html").is_file()
    assert ",'=How much?," in (made.folder / "data/answers.csv").read_text(encoding="utf-8")  # no formula for a spreadsheet
    assert "none is stated" in (made.folder / "README.txt").read_text(encoding="utf-8")
