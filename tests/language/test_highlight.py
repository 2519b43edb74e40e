"""Colours: every statement of the language is known, and no text has a sign that the lexer does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Error, Keyword, String

from foedus.constructs import KEYWORDS
from foedus.language import highlight
from helpers import ROOT

FILES = sorted([*ROOT.glob("cases/**/*.foedus"), *ROOT.glob("src/foedus/shelf/*.foedus")])


def test_the_lexer_knows_every_statement_and_is_found_by_its_name() -> None:
    assert set(highlight.KEYWORDS) == KEYWORDS
    assert isinstance(get_lexer_by_name("foedus"), highlight.FoedusLexer)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sign_of_a_shipped_text_has_a_colour(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = list(highlight.FoedusLexer().get_tokens(text))
    assert [value for kind, value in found if kind in Error] == []
    assert "".join(value for _, value in found).strip() == text.strip()


def test_words_are_told_apart() -> None:
    found = {
        value: kind for kind, value in highlight.FoedusLexer().get_tokens('stock x : 1 = "a" # why\nlet stock : 1 = exp(x)\n')
    }
    assert found["stock"] not in Keyword and found["let"] in Keyword and found['"a"'] in String and found["# why"] in Comment
