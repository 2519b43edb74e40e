"""`foedus fmt`: blanks change, words never do, and a second time changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cli.main import main
from foedus.constructs import KEYWORDS
from foedus.errors import ModelError
from foedus.language import Source, read_source
from foedus.language.layout import laid_out
from foedus.language.lexer import tokenize
from foedus.language.shelf import shelf_names, shelf_text
from foedus.model import survey
from helpers import ROOT

FILES = sorted([*ROOT.glob("cases/**/*.foedus"), *ROOT.glob("benchmarks/**/*.foedus")])


def look(text: str) -> str:
    return laid_out(Source(text), KEYWORDS)


@pytest.mark.parametrize(
    ("written", "settled"),
    [
        ("let  x :1=2\n", "let x :1 = 2\n"),
        ("   let x : 1 = f( a ,b )[ c ]\n", "let x : 1 = f(a, b)[c]\n"),
        ("let x : 1 =\n 2\n", "let x : 1 =\n  2\n"),
        ("let x : 1 =\n\t2   # why\n", "let x : 1 =\n    2  # why\n"),
        ("flow f : a->b=-2\n", "flow f : a -> b = -2\n"),
        ("table t : 1 of time = (0,1)(2 , 3)\n", "table t : 1 of time = (0, 1)(2, 3)\n"),
        ("let x : 1 = 1\n\n\n\n# a word\n\n\nlet y : 1 = 2\n\n\n", "let x : 1 = 1\n\n# a word\n\nlet y : 1 = 2\n"),
        ("let x : 1 = 1 # a\nlet yy : 1 = 2 # b\n", "let x : 1 = 1  # a\nlet yy : 1 = 2  # b\n"),
        ("let x : 1 = 1   # a\nlet yy : 1 = 2  # b\n", "let x : 1 = 1   # a\nlet yy : 1 = 2  # b\n"),
        ('let x : 1 = 1 "a  b  # no comment"\n', 'let x : 1 = 1 "a  b  # no comment"\n'),
        ("param p : 1\n# between\n~ 1 to 2\n", "param p : 1\n  # between\n  ~ 1 to 2\n"),
        ("", ""),
        ("# alone", "# alone\n"),
    ],
)
def test_blanks_are_settled(written: str, settled: str) -> None:
    assert look(written) == settled


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_shipped_text_has_the_look(path: Path) -> None:
    assert laid_out(read_source(path), KEYWORDS) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shelf_names())
def test_every_mechanism_of_the_shelf_has_the_look(name: str) -> None:
    assert look(shelf_text(name)) == shelf_text(name)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_blanks_lead_to_the_same_text_and_no_word_is_lost(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    lines = path.read_text(encoding="utf-8").split("\n")
    first = data.draw(st.integers(0, max(0, len(lines) - 12)))
    text = "\n".join(lines[first : first + 12])
    source = Source(text)
    tokens, problems = tokenize(source, KEYWORDS)
    if problems:
        return
    found = laid_out(source, KEYWORDS)
    assert look(found) == found
    assert [(one.kind, one.text) for one in tokenize(Source(found), KEYWORDS)[0]] == [(one.kind, one.text) for one in tokens]
    assert found.count("#") == text.count("#")
    assert survey(Source(found)).statements == survey(source).statements


def test_a_text_that_cannot_be_read_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.foedus"
    file.write_text('let  x : 1 = "open\n', encoding="utf-8")
    with pytest.raises(ModelError):
        look(file.read_text(encoding="utf-8"))
    with pytest.raises(SystemExit, match="1"):
        main(["fmt", str(file)])
    assert file.read_text(encoding="utf-8") == 'let  x : 1 = "open\n'
    assert "open-string" in capsys.readouterr().err


def test_the_command_lays_out_a_model_and_what_it_includes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "model.foedus").write_text('model m for 1 week\ninclude  "one.foedus"\n', encoding="utf-8")
    (tmp_path / "one.foedus").write_text("let  x : 1 = 1\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="1"):
        main(["fmt", "--check", str(tmp_path)])
    assert "2 of 2 files would change" in capsys.readouterr().out
    main(["fmt", str(tmp_path)])
    assert (tmp_path / "one.foedus").read_text(encoding="utf-8") == "let x : 1 = 1\n"
    assert 'include "one.foedus"' in (tmp_path / "model.foedus").read_text(encoding="utf-8")
    main(["fmt", "--check", str(tmp_path)])
    assert "0 of 2 files would change" in capsys.readouterr().out
