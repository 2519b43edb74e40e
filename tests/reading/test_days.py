"""The day of a figure: the one that its own clause tells, or left open; never another's, whatever stands nearer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("spacy")

from tests.reading.judged import PUBLISHED, claims_in
from tests.reading.written.days import FRAMES, Dated, Told, dated

from foedus.evidence.reading import read_document, readings_as_dict, report_of

SENTENCES = 3 * sum(map(len, FRAMES.values()))
SEED = 20_261_130
_MARKED = "rival-days"


@dataclass(frozen=True)
class Outcome:
    """What came of a sentence: figures whose day is told, and right; those left open; those of another's day."""

    case: Dated
    right: int
    left_open: int
    wrong: tuple[tuple[float, str], ...]


def outcomes(cases: Iterable[Dated]) -> Iterator[Outcome]:
    for case in cases:
        claims = readings_as_dict([read_document(report_of(case.text.encode(), "note.txt", PUBLISHED))])["claims"]
        found = {claim["quantity"]["value"]: claim for claim in claims if claim["quantity"]}
        verdicts = [(told, _verdict(case, told, found.get(told.value))) for told in case.figures]
        wrong = tuple((told.value, how) for told, how in verdicts if how not in ("right", "open"))
        yield Outcome(case, sum(how == "right" for _, how in verdicts), sum(how == "open" for _, how in verdicts), wrong)


def _verdict(case: Dated, told: Told, claim: dict[str, object] | None) -> str:
    """ "right", "open", or the day that is told and is another's."""
    time = (claim or {}).get("time") or {}
    day = time.get("value") if isinstance(time, dict) else None
    if claim is None or day is None:
        return "right" if None in told.days and claim is not None else "open"
    if day in told.days:
        return "right"
    return "open" if case.said and day == f"<={case.said}" else str(day)


@pytest.fixture(scope="module")
def read() -> list[Outcome]:
    return list(outcomes(dated(SENTENCES, SEED)))


def test_no_figure_has_the_day_of_another(read: list[Outcome]) -> None:
    assert [(each.case.text, each.wrong) for each in read if each.wrong] == []


def test_most_figures_have_their_day(read: list[Outcome]) -> None:
    total = sum(len(each.case.figures) for each in read)
    assert sum(each.right for each in read) / total >= 0.8


def test_another_day_would_be_seen() -> None:
    case = Dated("The depot lost 40 men on Monday.", (Told(40.0, ("2024-10-22",)),), "", "")
    (bad,) = outcomes([case])
    assert bad.wrong == ((40.0, "2024-10-21"),)


def _rows() -> list[tuple[str, str]]:
    """(sentence, day) of the table in the page; the figure that is meant is 40."""
    page = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
    lines = page.split("## Of which day a figure is")[1].split("\n## ")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [(sentence, day) for _, sentence, day in cells[2:]]


@pytest.mark.parametrize(("sentence", "day"), _rows())
def test_the_table_of_the_page_is_how_it_is_read(sentence: str, day: str) -> None:
    times = {
        (claim["time"] or {}).get("value")
        for claim in claims_in(sentence)
        if claim["quantity"] and claim["quantity"]["value"] == 40
    }
    assert times == {day or None}


def main(count: int, seed: int) -> None:
    """Prints how many days came back, by frame, and which were another's."""
    read = list(outcomes(dated(count, seed)))
    asked, back, wrong = Counter[str](), Counter[str](), Counter[str]()
    for each in read:
        asked[each.case.pattern] += len(each.case.figures)
        back[each.case.pattern] += each.right
        wrong[each.case.pattern] += len(each.wrong)
    for pattern in asked:
        print(f"{back[pattern]:5} {wrong[pattern]:4} of {asked[pattern]:5}  {pattern}")
    for each in read:
        if each.wrong:
            print("WRONG", each.case.text, each.wrong, [(one.value, one.days) for one in each.case.figures])
    print(f"right {sum(back.values())} wrong {sum(wrong.values())} of {sum(asked.values())}")


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]), int(sys.argv[2]))
