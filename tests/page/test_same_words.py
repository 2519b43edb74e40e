"""The page says what the terminal says: the same judgements, with the record of the case, and the same limits."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from foedus.case import load
from foedus.history.run import run_with_past
from foedus.page.content import content_document
from foedus.page.plan import drawn_program
from foedus.show.judgements import judgements_of
from foedus.show.words import typeset
from foedus.study.run import RunOptions

MODEL = 'model m for 4 weeks step 1 week\nparam a : 1 ~ 1 to 2 because "guess"\nquestion q "How much?" at the end value a\n'


def test_page_and_terminal_judge_alike() -> None:
    """A record raises or lowers confidence: whatever leaves it out says another word."""
    case = load("gas_storage")
    finding = run_with_past(case, RunOptions(1000)).finding
    assert finding.record is not None
    page = content_document(case, drawn_program(case), futures=1000)
    told = unescape(re.sub(r"<[^>]*>", "", re.sub(r"</(?:p|li)>", " ", page["judgements"]["list"]))).replace("\u00a0", " ")
    found = judgements_of(finding)
    assert all(typeset(sentence) in told for one in found for sentence in one.sentences) and "confidence" in told
    assert f"{found[0].confidence} confidence" in told


@pytest.mark.parametrize("heading", ["## What this case cannot tell", "## What it cannot tell", "## What the model cannot tell"])
def test_the_limits_are_found_under_whatever_the_case_is_called(tmp_path: Path, heading: str) -> None:
    (tmp_path / "model.foedus").write_text(MODEL)
    (tmp_path / "README.md").write_text(f"# M\n\n## What it is\n\nA model.\n\n{heading}\n\nWho wins.\n\n## Sources\n\nNone.\n")
    assert load(str(tmp_path)).limits == "Who wins."


@pytest.mark.parametrize("name", ["gas_storage", "west_africa", "pact"])
def test_a_shipped_case_says_what_it_cannot_tell(name: str) -> None:
    assert load(name).limits
