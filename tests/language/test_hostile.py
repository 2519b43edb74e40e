"""Hostile texts: a clear refusal within seconds, never another exception."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.errors import FoedusError, ModelError
from foedus.language import read_source
from foedus.model import compile_model, parse
from helpers import HEAD


def _nested_chains() -> str:
    inner = "1"
    for _ in range(20):
        inner = f"({inner}{' + 1' * 190})"
    return inner


def _indices(count: int, size: int) -> str:
    return "".join(f"index i{k} = {', '.join(f'e{k}x{j}' for j in range(size))}\n" for k in range(count))


TEXTS: dict[str, tuple[Callable[[], str], str]] = {
    "brackets 10,000 deep": (lambda: f"let x : 1 = {'(' * 10_000}1{')' * 10_000}", "too-deep"),
    "brackets of units 10,000 deep": (lambda: f"stock x : {'(' * 10_000}m{')' * 10_000} = 0", "too-deep"),
    "calls 10,000 deep": (lambda: "let x : 1 = " + "abs(" * 10_000, "too-deep"),
    "conditions 10,000 deep": (lambda: "let x : 1 = " + "if 1 then " * 10_000, "too-deep"),
    "negations 10,000 deep": (lambda: "let x : 1 = " + "not " * 10_000 + "1", "too-deep"),
    "powers 10,000 deep": (lambda: "let x : 1 = " + "2^" * 10_000 + "1", "too-deep"),
    "mixtures 10,000 deep": (lambda: "param x : 1 ~ " + "mixture(1, " * 10_000, "too-deep"),
    "a chain of 100,000 plusses": (lambda: "let x : 1 = " + "1+" * 100_000 + "1", "too-long"),
    "chains within chains": (lambda: "let x : 1 = " + _nested_chains(), "too-long"),
    "a number of 401 digits": (lambda: "let x : 1 = 1" + "0" * 400, "number-too-large"),
    "a number of a million digits": (lambda: "let x : 1 = " + "9" * 1_000_000, "number-too-large"),
    "a huge exponent": (lambda: "let x : 1 = 1e400", "number-too-large"),
    "a huge power": (lambda: "let x : 1 = 10^400", "not-finite"),
    "a name of a million letters": (lambda: "let x : 1 = " + "a" * 1_000_000, "unknown-name"),
    "an open string": (lambda: 'let x : 1 = 1 "' + "a" * 1_000_000, "open-string"),
    "300,000 open strings": (lambda: '"\n' * 300_000, "open-string"),
    "NUL bytes": (lambda: "stock x : 1 = 1\0\0\0", "bad-character"),
    "100,000 strange characters in a line": (lambda: "\x01" * 100_000, "bad-character"),
    "a million statements of garbage": (lambda: "x y\n" * 1_000_000, "unexpected"),
    "half a million broken statements": (lambda: "let\n" * 500_000, "expected-name"),
    "2,000 unknown names": (lambda: "".join(f"let v{k} : 1 = missing{k}\n" for k in range(2000)), "unknown-name"),
    "a table of 200,000 points": (
        lambda: "table t : 1 of 1 = " + " ".join(f"({k}, 1)" for k in range(200_000)) + "\nlet x : 1 = t(1)",
        "table-too-long",
    ),
    "four indices of a thousand": (lambda: _indices(4, 1000) + "stock x[i0, i1, i2, i3] : 1 = 0", "too-many-elements"),
    "a sum over 8,000,000,000 elements": (
        lambda: _indices(4, 300) + "stock y : 1 = 1\nlet x : 1 = sum(y over i0, i1, i2, i3)",
        "too-many-elements",
    ),
    "a root of a negative number": (lambda: "let x : 1 = (-8)^0.5", "not-real"),
    "an exponent of a hundred digits": (lambda: f"stock x : m^{'9' * 100} = 0", "bad-exponent"),
}


@pytest.mark.timeout(120)  # what grows with the square of a text, or worse, takes hours
@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_gets_a_clear_refusal(name: str) -> None:
    build, code = TEXTS[name]
    text = HEAD + build() + "\n"
    with pytest.raises(ModelError) as caught:
        compile_model(parse(text))
    assert code in [problem.code for problem in caught.value.problems]
    assert len(caught.value.problems) <= 101
    assert len(str(caught.value)) < 100_000


HEADS = {
    "a billion steps": ("model m for 1000000000 weeks step 1 week", "too-many-steps"),
    "a tiny step": ("model m for 1 week step 1e-300 week", "too-many-steps"),
    "no time at all": ("model m for 0 weeks step 1 week", "not-positive"),
    "a step back": ("model m for 4 weeks step -1 week", "not-positive"),
    "a horizon of persons": ("model m for 4 person step 1 person", "units-differ"),
    "a horizon in km": ("model m for 4 km step 1 km", "units-differ"),
    "saving never": ("model m for 4 weeks step 1 week save every 0 weeks", "not-positive"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_hostile_head_is_refused(name: str) -> None:
    head, code = HEADS[name]
    with pytest.raises(ModelError) as caught:
        compile_model(parse(f"{head}\nunit person\nstock x : 1 = 0\n"))
    assert caught.value.problems[0].code == code


FILES = {
    "NUL bytes": (b"model m\0", "nul-byte"),
    "no UTF-8": (b"model m\n\xff\xfe", "not-utf8"),
    "50 MB": (b"#" * 50_000_000, "file-too-large"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    content, code = FILES[name]
    path = tmp_path / "model.foedus"
    path.write_bytes(content)
    with pytest.raises(FoedusError) as caught:
        read_source(path)
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].file == str(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(FoedusError) as caught:
            read_source(path)
        assert caught.value.problems[0].code == "file-unreadable"


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "model.foedus"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode() + b'stock x : 1 = 1 "caf\xc3\xa9"\r\n')
    assert parse(read_source(path)) == parse(HEAD + 'stock x : 1 = 1 "café"\n')


def test_loading_a_model_executes_nothing_of_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    for text in (f"let x : 1 = __import__('os').system('touch {mark}')", f"let x : 1 = eval(\"open('{mark}', 'w')\")"):
        with pytest.raises(ModelError):
            compile_model(parse(HEAD + text + "\n"))
    assert not mark.exists()
