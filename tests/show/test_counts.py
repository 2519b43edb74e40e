"""A count and its noun are said by one function, so that one of a thing is never told in the plural; shares have a space before their sign."""

import re
from pathlib import Path

import foedus
from foedus.wording import counted, share_words, unit_words

SOURCES = sorted(Path(foedus.__file__).parent.rglob("*.py"))
NOUNS = (
    "futures claims parameters origins questions scenarios members observations draws groups documents "
    "forecasts figures refinements worlds seeds calibrations priors structures problems"
).split()
COUNT = re.compile(r"\{(?:len\([^{}]*\)|[^{}]*:,|[^{}]*count|[^{}]*futures)\} (" + "|".join(NOUNS) + r")\b|\w\(s\)[ :]")
SHARE = re.compile(r":\.\d%\}")


LINES = [(path.name, line.strip()) for path in SOURCES for line in path.read_text(encoding="utf-8").splitlines()]


def test_no_text_puts_a_plural_behind_a_number_by_itself():
    assert [one for one in LINES if re.search(r'\bf"', one[1]) and COUNT.search(one[1])] == []


def test_no_share_is_told_without_a_space():
    assert [one for one in LINES if SHARE.search(one[1]) and "coverage_" not in one[1]] == []


def test_one_is_singular():
    assert (counted(1, "future"), counted(2, "future"), counted(0, "claim")) == ("1 future", "2 futures", "0 claims")
    assert (counted(1_200, "pass"), counted(1.0, "week"), counted(1.5, "year")) == ("1,200 passes", "1 week", "1.5 years")
    assert counted(2, "time series") == "2 time series"


def test_shares_and_rates_read_as_words():
    assert (share_words(0.535), share_words(0.3, 0)) == ("53.5 %", "30 %")
    assert (unit_words("1/week"), unit_words("1/shell/week")) == ("per week", "per shell per week")
