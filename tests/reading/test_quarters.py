"""A quarter that is counted from the day of publication: in each quarter of a year, over its end and its beginning."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.evidence.reading.stretches import STRETCHES

MONTHS = range(1, 13)


def quarter_of(words: str, published: date) -> str | None:
    """What the first stretch that is found in some words stands for."""
    for _, pattern, found in STRETCHES:
        match = pattern.search(words)
        if match is not None and "quarter" in match.group().lower() and "which" in match.groupdict() and match["which"]:
            told = found(match, published, 0)
            return None if told is None else told[1]
    raise AssertionError(f"nothing is found in {words!r}")


def by_hand(year: int, quarter: int) -> str:
    """A quarter, counted from 0; one past the last is the first of the next year."""
    year, quarter = year + quarter // 4, quarter % 4
    return "[{0}-{1},{0}-{2}]".format(year, *[("01", "03"), ("04", "06"), ("07", "09"), ("10", "12")][quarter])


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize(
    ("words", "later"), [("this quarter", 0), ("next quarter", 1), ("the previous quarter", -1), ("the next quarter", 1)]
)
def test_a_quarter_is_counted_from_the_day_of_publication(words: str, later: int, month: int) -> None:
    assert quarter_of(f"It will grow in {words}.", date(2024, month, 15)) == by_hand(2024, (month - 1) // 3 + later)
