"""A model in several files is the same model, and every problem names the file that a reader would open."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.constructs import KEYWORDS
from foedus.errors import ModelError
from foedus.language import read_model_text
from foedus.language.lexer import tokenize
from foedus.language.source import Source
from foedus.model import compile_model, read_model
from helpers import SHIPPED, shipped

HEAD = "model m as of 2024-01-01 for 10 weeks step 1 week\nunit person\n"


def laid_out(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "model.foedus"


def problems(model: Path) -> list[str]:
    with pytest.raises(ModelError) as caught:
        compile_model(read_model(read_model_text(model)))
    return [f"{Path(one.file).name}:{one.line}:{one.column} {one.code}" for one in caught.value.problems]


def cut_up(text: str, folder: Path, places: list[int]) -> Path:
    """The model with some stretches of statements moved into files of their own, one inside the other."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if number and line.strip() and line.split()[0] in KEYWORDS]
    chosen = sorted({starts[place % len(starts)] for place in places} - {0})
    if len(chosen) < 2:
        return laid_out(folder, {"model.foedus": text})
    outer, inner = chosen[0], chosen[1:-1]
    piece = lines[outer : chosen[-1]]
    files = {}
    if inner:
        middle = inner[0] - outer
        files["parts/inner.foedus"] = "\n".join(piece[middle:]) + "\n"
        piece = [*piece[:middle], 'include "inner.foedus"']
    files["parts/outer.foedus"] = "\n".join(piece) + "\n"
    files["model.foedus"] = "\n".join([*lines[:outer], '  include "parts/outer.foedus"  # a part', *lines[chosen[-1] :]])
    return laid_out(folder, files)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
@settings(max_examples=5, deadline=None)
@given(places=st.lists(st.integers(0, 10_000), min_size=2, max_size=6))
def test_a_model_in_several_files_is_the_same_model(
    path: Path, places: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = shipped(path)
    model = cut_up(text, tmp_path_factory.mktemp("cut"), places)
    whole = read_model(Source(text))
    parted = read_model(read_model_text(model))
    assert parted == whole


def test_every_place_of_a_joined_text_is_the_place_in_its_file(tmp_path: Path) -> None:
    files = {
        "model.foedus": HEAD + 'let a : 1 = 1\ninclude "one.foedus"\nlet z : 1 = 9\n',
        "one.foedus": '# first\nlet b : 1 = 2\ninclude "two.foedus"\nlet c : 1 = 3',
        "two.foedus": "\nlet d : 1 = 4\n",
    }
    source = read_model_text(laid_out(tmp_path, files))
    tokens, _ = tokenize(source, KEYWORDS)
    for token in tokens[:-1]:
        file, (line, column) = Path(source.file_at(token.at.start)).name, source.place(token.at.start)
        written = files[file].split("\n")[line - 1][column - 1 :]
        assert written.startswith(f'"{token.text}"' if token.kind == "string" else token.text)
    names = [token.text for before, token in itertools.pairwise(tokens) if before.text == "let"]
    assert names == ["a", "b", "d", "c", "z"]


def test_problems_of_all_files_come_at_once_with_their_places(tmp_path: Path) -> None:
    model = laid_out(
        tmp_path,
        {
            "model.foedus": HEAD + 'include "one.foedus"\nlet z : 1 = nobody\n',
            "one.foedus": "let b : person = 2 person * 1 person\nstock : 1 = 3\nlet a : 1 = 1\nlet a : 1 = 2\n",
        },
    )
    assert problems(model) == [
        "model.foedus:4:13 unknown-name",
        "one.foedus:1:18 units-differ",
        "one.foedus:2:7 expected-name",
        "one.foedus:4:1 duplicate-name",
    ]


def test_a_line_that_is_broken_spoils_no_line_of_another_file(tmp_path: Path) -> None:
    model = laid_out(
        tmp_path,
        {
            "model.foedus": HEAD + 'let x : 1 = 3 ? 4\ninclude "one.foedus"\n',
            "one.foedus": "\n\nlet y : 1 = 2\nlet w : 1 = nobody\n",
        },
    )
    assert problems(model) == ["model.foedus:3:15 bad-character", "model.foedus:3:17 unexpected", "one.foedus:4:13 unknown-name"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('include "../secret.foedus"', "include-outside"),
        ('include "/etc/passwd"', "include-outside"),
        ('include "none.foedus"', "no-include"),
        ('include "systems"', "no-include"),
        ('include "model.foedus"', "circular-include"),
        ('include "a\\"b.foedus"', "no-include"),
        ("include one.foedus", "expected-string"),
    ],
)
def test_a_file_that_cannot_be_included_is_refused_with_its_line(line: str, code: str, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.foedus").write_text("let x : 1 = 1\n")
    model = laid_out(tmp_path, {"model.foedus": HEAD + line + "\n", "systems/x.foedus": "let x : 1 = 1\n"})
    assert [one.split()[1] for one in problems(model)] == [code]


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (tmp_path / "secret.foedus").write_text("let x : 1 = 1\n")
    (folder / "inside.foedus").symlink_to(tmp_path / "secret.foedus")
    assert problems(laid_out(folder, {"model.foedus": HEAD + 'include "inside.foedus"\n'})) == [
        "model.foedus:3:9 include-outside"
    ]


def test_a_text_that_comes_from_no_file_includes_nothing() -> None:
    with pytest.raises(ModelError, match="not read from a file"):
        compile_model(read_model(HEAD + 'include "one.foedus"\n'))


def test_many_and_deep_files_are_refused_and_not_followed_forever(tmp_path: Path) -> None:
    files = {f"f{number}.foedus": f'include "f{number + 1}.foedus"\n' for number in range(40)}
    files["model.foedus"] = HEAD + 'include "f0.foedus"\n'
    assert [one.split()[1] for one in problems(laid_out(tmp_path, files))] == ["too-many-includes"]


def test_what_is_added_behind_a_model_counts_its_lines_on(tmp_path: Path) -> None:
    source = read_model_text(
        laid_out(tmp_path, {"model.foedus": HEAD + 'include "one.foedus"\n', "one.foedus": "let a : 1 = 1\n"})
    )
    tree = read_model(source.followed_by('scenario s "S" { a = 2 }\n'))
    assert compile_model(tree).scenarios[1].name == "s"
    with pytest.raises(ModelError) as caught:
        compile_model(read_model(source.followed_by("let b : 1 = nobody\n")))
    assert (Path(caught.value.problems[0].file).name, caught.value.problems[0].line) == ("model.foedus", 4)
