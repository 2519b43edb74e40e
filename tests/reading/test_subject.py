"""What a document is read for: packs by subject, a case's own words, and no word of one war in the rules."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from foedus.cli.main import main
from foedus.errors import EvidenceError
from foedus.evidence.reading import Subject, of_packs, read_document, read_subject, report_of
from foedus.evidence.reading.subject import known_packs
from helpers import ROOT

SAMPLES = ROOT / "tests/reading/samples"
SOURCE = ROOT / "src/foedus"


@pytest.mark.parametrize("name", known_packs())
def test_a_pack_has_words_of_its_own(name: str) -> None:
    subject = of_packs((name,))
    assert len(subject.core) > 20 and subject.same and subject.families
    others = {word for other in known_packs() if other != name for word in of_packs((other,)).core}
    assert len(set(subject.core) - others) > len(subject.core) / 2


@pytest.mark.parametrize(
    "words, found",
    [
        ("Ferries left, and the harbours were shut.", {"ferries", "harbours"}),
        ("The harbour; the harbourmaster.", {"harbour", "harbourmaster"}),
        ("A referryal.", set()),
        ("", set()),
    ],
)
def test_words_of_the_matter_are_whole_words(words: str, found: set[str]) -> None:
    assert Subject(core=("ferries", "harbour*")).core_words(words) == found


def test_a_matter_without_words_finds_none() -> None:
    assert Subject().core_words("war, troops and 300 dead") == frozenset()


REPORT = (
    "The health ministry said on Monday that 1,200 new cases and 31 deaths were reported this week. "
    "Hospitals admitted 240 patients with the virus, and 9,000 doses of vaccine were given."
)


def relevances(text: str, subject: Subject | None) -> list[int]:
    return [
        claim.relevance
        for claim in read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25)), subject=subject).claims
    ]


def test_a_report_is_weighed_by_the_words_of_its_own_matter() -> None:
    conflict, epidemic = relevances(REPORT, of_packs(("conflict",))), relevances(REPORT, of_packs(("epidemic",)))
    assert sum(epidemic) > sum(conflict) and 2 in epidemic
    assert 2 in relevances(REPORT, None), "without a case all packs count"


def test_a_case_picks_packs_and_adds_words(tmp_path: Path) -> None:
    path = tmp_path / "reading.toml"
    path.write_text(
        'packs = ["trade"]\ncore = "Ferry harbour*"\npeople = ["sailor"]\n[same]\nferry = "ferries boat"\n', encoding="utf-8"
    )
    subject = read_subject(path)
    assert {"ferry", "harbour*"} <= set(subject.core) and set(of_packs(("trade",)).core) <= set(subject.core)
    assert "soldier" not in subject.core and "sailor" in subject.people and dict(subject.same)["boat"] == "ferry"


def test_a_case_may_pick_no_pack_at_all(tmp_path: Path) -> None:
    (tmp_path / "reading.toml").write_text('packs = []\ncore = "ferry"\n', encoding="utf-8")
    assert read_subject(tmp_path / "reading.toml") == Subject(core=("ferry",))


WRONG = {
    "no TOML": ("packs = [", ["bad-reading"]),
    "no text": (b"\xff\xfe\x00", ["bad-reading"]),
    "an unknown pack": ('packs = ["conflcit"]', ["unknown-pack"]),
    "an unknown key": ('cores = "ferry"', ["unknown-key"]),
    "packs that are no list": ('packs = "conflict"', ["bad-reading"]),
    "words that are a number": ("core = 3", ["bad-reading"]),
    "every word": ('core = "*"', ["bad-reading"]),
    "a table that is none": ('same = "ferry"', ["bad-reading"]),
    "all at once": ('packs = ["a"]\ncore = 3\nx = 1', ["bad-reading", "unknown-key", "unknown-pack"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused(tmp_path: Path, name: str) -> None:
    content, codes = WRONG[name]
    path = tmp_path / "reading.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(EvidenceError) as caught:
        read_subject(path)
    assert sorted(problem.code for problem in caught.value.problems) == codes
    assert all(problem.file == str(path) and problem.help for problem in caught.value.problems)


def test_the_command_reads_by_the_words_of_the_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "model.foedus").write_text("", encoding="utf-8")
    (tmp_path / "ledger.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "note.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "reading.toml").write_text('packs = ["epidemmic"]', encoding="utf-8")
    call = ["read", str(tmp_path / "note.txt"), "--case", str(tmp_path), "--json"]
    with pytest.raises(SystemExit) as stopped:
        main(call)
    assert stopped.value.code == 1
    assert "unknown-pack" in capsys.readouterr().err
    (tmp_path / "reading.toml").write_text('packs = ["epidemic"]', encoding="utf-8")
    main(call)
    read = json.loads(capsys.readouterr().out)["claims"]
    assert [claim["relevance"] for claim in read] == relevances(REPORT, of_packs(("epidemic",)))


# Proper names of one war and of those who wage it. The gazetteer of all states, their seats and leaders, and the table of
# currencies are the world's; the rules that read names in general are told by their own tests.
NAMES = re.compile(
    r"\b(?:kursk|donbas|donetsk|luhansk|crimea\w*|zaporizh\w*|kherson|bakhmut|pyongyang|kyiv|kiev|moscow|kremlin|putin|zelensk\w*|"
    r"kim jong\w*|north korea\w*|south korea\w*|korea\w*|russia\w*|ukrain\w*|dprk|this war)\b",
    re.IGNORECASE,
)
WORLD = {
    "evidence/reading/data/actors.toml": "states, seats and leaders of the world",
    "evidence/reading/data/units.toml": "currencies",
    "evidence/reading/data/nouns.toml": "peoples that can be counted",
    "evidence/reading/data/names.toml": "capitals that name no one",
    "evidence/voices.py": "how adjectives and short forms of states are folded",
    "evidence/reading/persons.py": "adjectives of states before a name",
}


def test_the_source_names_no_war() -> None:
    files = [
        path for path in SOURCE.rglob("*") if path.suffix in {".py", ".toml", ".j2", ".js", ".md", ".foedus", ".jsonl", ".html"}
    ]
    shown = {path: path.relative_to(SOURCE).as_posix() for path in files if "cases" not in path.relative_to(SOURCE).parts}
    places = [
        f"{name}:{number}: {found.group()}"
        for path, name in sorted(shown.items())
        if name not in WORLD
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in NAMES.finditer(line)
    ]
    assert places == []


def test_what_is_of_the_world_is_there() -> None:
    assert all((SOURCE / name).is_file() for name in WORLD)
