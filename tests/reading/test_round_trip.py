"""Round trip: a number written in any way comes back, or comes back without a value; never another number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pytest
from tests.reading.written import Figure, Written, written

from foedus.evidence import FoundQuantity
from foedus.evidence.reading.parse import parse
from foedus.evidence.reading.quantities import quantities_in

SENTENCES = 3_000
SEED = 20_261_128
TOGETHER = 64  # sentences in one text: the parser takes them in one go


@dataclass(frozen=True)
class Outcome:
    """What came of one sentence: figures with their number, figures without, and numbers that nobody wrote."""

    case: Written
    right: int
    lost: tuple[Figure, ...]
    wrong: tuple[FoundQuantity, ...]
    units: int


def outcomes(cases: Iterable[Written]) -> Iterator[Outcome]:
    """Reads the sentences, many at a time."""
    left = iter(cases)
    while block := list(islice(left, TOGETHER)):
        text = "\n".join(case.text for case in block)
        found = list(quantities_in(text, parse(text)))
        start = 0
        for case in block:
            end = start + len(case.text)
            yield outcome(case, [each for each in found if start <= each.start < end])
            start = end + 1


def outcome(case: Written, found: Sequence[FoundQuantity]) -> Outcome:
    """Holds what was found against what was written."""
    valued = [each for each in found if each.value is not None or each.low is not None or each.high is not None]
    lost, units = [], 0
    for figure in case.figures:
        hits = [each for each in valued if is_same(figure, each)]
        if not hits:
            lost.append(figure)
            continue
        hit = next((each for each in hits if each.unit == figure.unit), hits[0])
        units += hit.unit == figure.unit
        valued.remove(hit)
    return Outcome(case, len(case.figures) - len(lost), tuple(lost), tuple(valued), units)


def is_same(figure: Figure, found: FoundQuantity) -> bool:
    """The same number and the same bound."""
    if found.qualifier != figure.qualifier:
        return False
    ends = (found.low, found.high) if figure.qualifier == "between" else (found.value, found.value)
    return all(
        one is not None and abs(one - other) <= 1e-9 * abs(other)
        for one, other in zip(ends, (figure.low, figure.high), strict=True)
    )


def shares(read: Sequence[Outcome]) -> tuple[float, float]:
    """Figures that came back, and those of them with their unit."""
    total = max(sum(len(each.case.figures) for each in read), 1)
    right = max(sum(each.right for each in read), 1)
    return right / total, sum(each.units for each in read) / right


@pytest.fixture(scope="module")
def read() -> list[Outcome]:
    return list(outcomes(written(SENTENCES, SEED)))


def test_no_number_is_read_that_was_not_written(read: list[Outcome]) -> None:
    wrong = [(each.case.text, [one.text for one in each.wrong]) for each in read if each.wrong]
    assert wrong == []


def test_nearly_every_number_comes_back_with_its_unit(read: list[Outcome]) -> None:
    back, with_unit = shares(read)
    assert back >= 0.9
    assert with_unit >= 0.9


def test_a_wrong_reading_would_be_seen() -> None:
    case = Written("The depot held 12,500 crates.", (Figure(12_500, 12_500, "eq", "crate"),), "comma")
    other = Written(case.text, (Figure(12.5, 12.5, "eq", "crate"),), "comma")
    (good,), (bad,) = list(outcomes([case])), list(outcomes([other]))
    assert (good.right, good.wrong) == (1, ())
    assert (bad.right, len(bad.wrong)) == (0, 1)


def main(count: int, seed: int) -> None:
    """Prints how many numbers came back, by the way they are written, and what was wrong."""
    read = list(outcomes(written(count, seed)))
    asked, back = Counter[str](), Counter[str]()
    for each in read:
        asked[each.case.way] += len(each.case.figures)
        back[each.case.way] += each.right
    for way in sorted(asked):
        print(f"{way:24} {back[way]:6} of {asked[way]:6}")
    for each in [each for each in read if each.wrong][:60]:
        print(
            "WRONG",
            each.case.way,
            "|",
            each.case.text,
            "|",
            [(one.text, one.value, one.low, one.high, one.qualifier) for one in each.wrong],
        )
    print(
        f"{sum(bool(each.wrong) for each in read)} wrong of {count}; back {shares(read)[0]:.4f}, of these with unit {shares(read)[1]:.4f}"
    )


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]), int(sys.argv[2]))
