"""Work grows as the text does: four times the text, four times the lines of code run; no clock is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

import pytest

from foedus.evidence.reading import read_document, report_of
from foedus.evidence.reading.article import kept_lines
from foedus.evidence.reading.dates import times

PUBLISHED = date(2024, 10, 25)
SHAPES = {
    "sentences": "The mayor said on Monday that {n} boats had sunk two days earlier, up from 40 in May 2019. It will rain on 3 March.\n\n",
    "one paragraph": "On 3 June 2021 the dyke broke, and two days later {n} people were found. ",
    "items": "- {n} boats\n",
    "rows": "Place {n}\t1,204\t88\n",
    "pairs": "Boats of kind x: {n}\n",
    "German": "Die Feuerwehr meldete am Montag {n} Verletzte in der Stadt.\n",
    "teasers": "READ MORE: {n} boats\nHome | Sport | News\n",
}


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of the reader's own code a piece of work runs, each turn of a loop counted."""
    count = 0

    def inside(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return inside

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        return inside if "evidence/reading" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def text_of(shape: str, size: int) -> str:
    line = SHAPES[shape]
    return "".join(line.format(n=100 + number) for number in range(size // len(line)))


def growth(work: Callable[[int], object], size: int) -> float:
    """How much more is run for four times the size."""
    work(size // 4)  # tables that are read once
    one, four = (lines_run(lambda size=size * times: work(size)) for times in (1, 4))  # type: ignore[misc]
    return four / one


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_document_is_laid_out_in_proportion(shape: str) -> None:
    texts = {size: text_of(shape, size).encode() for size in (6_000, 24_000, 96_000)}
    assert growth(lambda size: report_of(texts[size], "note.txt", PUBLISHED), 24_000) < 4.6


@pytest.mark.slow
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "German"])
def test_claims_are_read_in_proportion(shape: str) -> None:
    def work(size: int) -> None:
        read_document(report_of(text_of(shape, size).encode(), "note.txt", PUBLISHED))

    assert growth(work, 4_000 if "sentence" in shape or "paragraph" in shape else 800) < 5.0


@pytest.mark.slow
def test_times_and_articles_are_found_in_proportion() -> None:
    assert growth(lambda size: times(text_of("one paragraph", size), PUBLISHED), 20_000) < 4.6
    page = "<p>The mayor said on Monday that {} boats had sunk off the long pier, and that nobody had been hurt in the storm.</p>"

    def work(size: int) -> None:
        lines = [page.format(number)[3:-4] for number in range(size)]
        kept_lines(f"<html><body><article>{''.join(f'<p>{line}</p>' for line in lines)}</article></body></html>", lines)

    assert growth(work, 100) < 4.6


def test_the_count_sees_work_that_grows_faster() -> None:
    squares = "def work(n):\n for a in range(n):\n  for b in range(n):\n   pass\n"
    space: dict[str, Any] = {}
    exec(compile(squares, "evidence/reading/made.py", "exec"), space)
    assert growth(space["work"], 20) > 10


@pytest.mark.timeout(120)  # what grows with the square of the length takes minutes
@pytest.mark.parametrize("letters", ["AB", "Aa1", "9", "a.b/", "1,"])
def test_a_stretch_without_a_blank_costs_no_more_than_its_length(letters: str) -> None:
    """What is left of a picture in a page, or of a key, is one word of many thousand letters."""
    text = f"The mayor said that {letters * (30_000 // len(letters))} stood there.\n\nOn Monday the mayor said that 40 boats had sunk.\n"
    claims = read_document(report_of(text.encode(), "note.txt", PUBLISHED)).claims
    assert 40 in [claim.quantity.value for claim in claims if claim.quantity is not None]
