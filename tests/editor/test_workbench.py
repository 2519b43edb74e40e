"""What an editor is told about a model in several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.editor import Workbench, model_of
from foedus.errors import ModelError
from helpers import ROOT

FILES = {
    "model.foedus": """\
model m as of 2024-01-01 for 20 weeks step 1 week
unit person
include "parts/line.foedus"
include "parts/pool.foedus"
use pool as army "The army" of person with level = recruits * 2 week, drain ~ 0.1 to 0.2 because "a guess"
question q "How many?" at the end value army.held
scenario s "Twice" { recruits = 20 person/week, army.drain = 0.3 }
""",
    "parts/line.foedus": 'param recruits : person/week ~ 5 to 15 "Recruits" because "a table"\nlet twice : person/week = 2 * recruits\n',
    "parts/pool.foedus": """\
mechanism pool "A pool that drains" of thing
slot level : thing "How much at the start"
slot drain : 1 "Share lost" ~ 0.05 to 0.3 because "a rule"
stock held : thing = level
flow lost : held -> outside = drain * held / 1 week
gives held
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def at(folder: Path, name: str, words: str, inside: str = "") -> tuple[str, int, int]:
    """The place of a word: in which file, line and column."""
    for number, line in enumerate(FILES[name].split("\n"), 1):
        if words in line:
            return str(folder / name), number, line.index(words) + 1 + (words.index(inside) if inside else 0)
    raise AssertionError(words)


def places(found: list[object], folder: Path) -> list[str]:
    return sorted(f"{Path(one.file).relative_to(folder)}:{one.line}:{one.column}" for one in found)  # type: ignore[attr-defined]


def test_a_file_belongs_to_the_model_that_includes_it(folder: Path) -> None:
    assert model_of(folder / "parts/line.foedus") == folder / "model.foedus"
    assert model_of(folder / "model.foedus") == folder / "model.foedus"
    (folder / "alone.foedus").write_text("mechanism alone\n", encoding="utf-8")
    assert model_of(folder / "alone.foedus") == folder / "alone.foedus"


def test_a_sound_model_has_no_problems_and_unsaved_text_counts(folder: Path) -> None:
    assert Workbench(folder / "model.foedus").problems() == []
    line = (folder / "parts/line.foedus").resolve()
    bench = Workbench(folder / "model.foedus", {line: FILES["parts/line.foedus"].replace("2 * recruits", "2 * recruit")})
    assert [(Path(one.file).name, one.line, one.code) for one in bench.problems()] == [("line.foedus", 2, "unknown-name")]


def test_a_mechanism_by_itself_is_looked_at_without_a_model(folder: Path) -> None:
    assert Workbench(folder / "parts/pool.foedus").problems() == []
    pool = (folder / "parts/pool.foedus").resolve()
    bench = Workbench(folder / "parts/pool.foedus", {pool: FILES["parts/pool.foedus"].replace("gives held", "gives hold")})
    assert [one.code for one in bench.problems()] == ["unknown-in-mechanism"]


@pytest.mark.parametrize(
    ("file", "words", "inside", "target"),
    [
        ("model.foedus", "recruits * 2", "", "parts/line.foedus:1:7"),
        ("model.foedus", "army.held", "", "parts/pool.foedus:4:7"),
        ("model.foedus", "{ recruits", "recruits", "parts/line.foedus:1:7"),
        ("model.foedus", "with level", "level", "parts/pool.foedus:2:6"),
        ("model.foedus", "use pool", "pool", "parts/pool.foedus:1:11"),
        ("model.foedus", '"parts/line.foedus"', "", "parts/line.foedus:1:1"),
        ("parts/pool.foedus", "= level", "level", "parts/pool.foedus:2:6"),
        ("parts/line.foedus", "2 * recruits", "recruits", "parts/line.foedus:1:7"),
    ],
)
def test_the_way_to_where_a_name_is_declared(file: str, words: str, inside: str, target: str, folder: Path) -> None:
    assert places(Workbench(folder / "model.foedus").definition(*at(folder, file, words, inside)), folder) == [target]


def test_what_a_word_means(folder: Path) -> None:
    bench = Workbench(folder / "model.foedus")
    told = bench.hover(*at(folder, "parts/line.foedus", "2 * recruits", "recruits"))
    assert "param recruits" in told and "parameter, in person/week: Recruits" in told and "*because* a table" in told
    assert "Share lost" in bench.hover(*at(folder, "model.foedus", "drain ~"))
    assert "use pool as army" in bench.hover(*at(folder, "model.foedus", "as army", "army"))
    assert bench.hover(*at(folder, "model.foedus", "as of", "of")) == ""


def test_a_name_that_rests_on_claims_shows_them_and_their_pool() -> None:
    model = ROOT / "cases/pact/model.foedus"
    text = (ROOT / "cases/pact/systems/s01_manpower.foedus").read_text(encoding="utf-8").split("\n")
    line = next(number for number, one in enumerate(text, 1) if one.startswith("param personnel_russia "))
    told = Workbench(model).hover(str(ROOT / "cases/pact/systems/s01_manpower.foedus"), line, 10)
    assert "claims** “personnel at the front, russia”" in told and "90 % interval" in told and told.count("\n- ") >= 2


def test_what_could_stand_here(folder: Path) -> None:
    bench = Workbench(folder / "model.foedus")
    words = {word: kind for word, kind, _ in bench.completions(*at(folder, "model.foedus", "value army", "army"))}
    assert words["army.held"] == "part" and words["recruits"] == "parameter" and words["max"] == "function"
    assert "army.lost" not in words and "level" not in words
    slots = {word for word, kind, _ in bench.completions(*at(folder, "model.foedus", "drain ~")) if kind == "slot"}
    assert slots == {"level", "drain"}
    inside = {word for word, _, _ in bench.completions(*at(folder, "parts/pool.foedus", "* held", "held"))}
    assert "drain" in inside and "recruits" not in inside
    assert ("stock", "keyword", "") in bench.completions(str(folder / "model.foedus"), 8, 1)


def applied(folder: Path, edits: list[tuple[object, str]]) -> dict[str, str]:
    texts = {name: text.split("\n") for name, text in FILES.items()}
    for place, word in sorted(edits, key=lambda one: (-one[0].line, -one[0].column)):  # type: ignore[attr-defined]
        lines = texts[str(Path(place.file).relative_to(folder))]  # type: ignore[attr-defined]
        line = lines[place.line - 1]  # type: ignore[attr-defined]
        lines[place.line - 1] = line[: place.column - 1] + word + line[place.end - 1 :]  # type: ignore[attr-defined]
    return {name: "\n".join(lines) for name, lines in texts.items()}


@pytest.mark.parametrize(
    ("file", "words", "inside", "new"),
    [
        ("parts/line.foedus", "param recruits", "recruits", "intake"),
        ("model.foedus", "as army", "army", "navy"),
        ("parts/pool.foedus", "slot drain", "drain", "loss"),
        ("parts/pool.foedus", "stock held", "held", "kept"),
    ],
)
def test_another_name_is_written_everywhere_and_the_model_stays_sound(
    file: str, words: str, inside: str, new: str, folder: Path
) -> None:
    bench = Workbench(folder / "model.foedus")
    texts = applied(folder, bench.renamed(*at(folder, file, words, inside), new))
    assert texts != FILES
    after = Workbench(folder / "model.foedus", {(folder / name).resolve(): text for name, text in texts.items()})
    assert after.problems() == []
    assert not any(
        token.text.split(".")[0] == inside or token.text.endswith(f".{inside}") for token in after.tokens if token.kind == "name"
    )


@pytest.mark.parametrize(
    ("words", "inside", "new"),
    [
        ("recruits * 2", "", "army"),
        ("recruits * 2", "", "stock"),
        ("recruits * 2", "", "a b"),
        ("as of", "of", "x"),
        ("army.held", "", "x"),
    ],
)
def test_a_name_that_is_taken_or_is_none_is_refused(words: str, inside: str, new: str, folder: Path) -> None:
    with pytest.raises(ModelError):
        Workbench(folder / "model.foedus").renamed(*at(folder, "model.foedus", words, inside), new)


def test_a_text_that_cannot_be_read_is_still_answered(folder: Path) -> None:
    model = (folder / "model.foedus").resolve()
    bench = Workbench(folder / "model.foedus", {model: FILES["model.foedus"].replace("question q", "question")})
    assert [one.code for one in bench.problems()] == ["expected-name"]
    assert places(bench.definition(*at(folder, "model.foedus", "recruits * 2")), folder) == ["parts/line.foedus:1:7"]
    gone = Workbench(folder / "model.foedus", {model: FILES["model.foedus"].replace("pool.foedus", "none.foedus")})
    assert [one.code for one in gone.problems()] == ["no-include"]
