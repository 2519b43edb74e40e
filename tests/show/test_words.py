"""How numbers are said."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.show.words import (
    ends,
    is_beyond_error,
    number,
    percent,
    plain,
    points,
    quantity,
    readable,
    signed,
    stated,
    unit_words,
    yardstick,
)
from foedus.wording import bare


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "remote"),
        (0.0094, "remote"),
        (0.0099, "almost no chance"),
        (0.01, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.444, "unlikely"),
        (0.449, "roughly even"),
        (0.45, "roughly even"),
        (0.55, "roughly even"),
        (0.551, "roughly even"),
        (0.556, "likely"),
        (0.8, "likely"),
        (0.95, "very likely"),
        (0.99, "almost certain"),
        (0.991, "all but certain"),
        (1.0, "all but certain"),
        (math.nan, "n/a"),
        (None, "n/a"),
    ],
)
def test_yardstick(probability, words):
    assert yardstick(probability) == words


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, "0 %"),
        (0.0001, "<0.1 %"),
        (0.004, "0.4 %"),
        (0.0097, "1 %"),
        (0.474, "47 %"),
        (0.9, "90 %"),
        (0.996, "99.6 %"),
        (0.9999, ">99.9 %"),
        (1.0, "100 %"),
        (math.inf, "n/a"),
    ],
)
def test_percent(probability, text):
    assert percent(probability) == text


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (12_345.678, None, "12,300"),
        (12_345.678, 9_000, "12,300"),
        (5_230_000, 1_000_000, "5.2 million"),
        (-0.0312, None, "−0.0312"),
        (1e-5, None, "1.0 × 10⁻⁵"),
        (0.0, 5, "0"),
        (math.nan, 1, "n/a"),
        (7.0, 0.0, "7.00"),
        (3e9, None, "3.00 billion"),
        (0.4, 300, "0"),
        (1e-300, None, "1.0 × 10⁻³⁰⁰"),
        (1e300, None, "1.0 × 10³⁰⁰"),
    ],
)
def test_number(value, scale, text):
    assert number(value, scale) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.01, "0.01"), (7.0, "7"), (1200.0, "1,200"), (5.2e6, "5.2 million"), (1e-5, "1 × 10⁻⁵")]
)
def test_a_number_that_was_written_down_has_no_noughts_that_say_nothing(value, text):
    assert bare(value) == text


def test_differences_have_a_sign_unless_they_vanish():
    assert (points(0.0321), points(-0.004), points(0.0001)) == ("+3.2", "−0.4", "0.0")
    assert (signed(251.4, 3.0), signed(-15.0, 100.0), signed(0.0, 1.0)) == ("+251", "−20", "0")


def test_quantity_rounds_its_ends_alike():
    assert quantity((5_012.0, 8_000.0, 11_423.0, 14_000.0, 25_871.0)) == ("11,400", "5,000", "25,900")
    assert quantity((math.nan,) * 5) == ("n/a",) * 3


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("person", "people"),
        ("person/day", "people/day"),
        ("km2", "km²"),
        ("m^2", "m²"),
        ("1", ""),
        ("km2*week", "km²·week"),
    ],
)
def test_units(unit, text):
    assert unit_words(unit) == text


def test_a_difference_counts_only_beyond_two_errors():
    assert is_beyond_error(0.021, 0.01) and not is_beyond_error(0.019, 0.01)
    assert not is_beyond_error(None, 0.01) and not is_beyond_error(math.nan, 0.01) and not is_beyond_error(0.0, 0.0)


def test_plain_drops_what_could_steer_a_terminal_or_turn_the_text():
    assert plain("a\x1b[31m\x9bb\u202ec\nd\te\x00") == "a[31mbc d e"


@pytest.mark.parametrize(
    ("value", "error", "beside", "said"),
    [
        (660_000, 152_000, 9.5e6, "0.66 ± 0.15 million km²"),
        (280_000, 100_000, 0, "280,000 ± 100,000 km²"),
        (159, 60, 0, "160 ± 60 km²"),
        (23.1, 0.7, 0, "23.1 ± 0.7 km²"),
        (30, 2, 5e6, "30 ± 2 km²"),
        (-0.00018, 4.1e-5, 0.988, "−0.00018 ± 0.00004 km²"),
        (1.3e-6, 2.1e-6, 0, "(1 ± 2) × 10⁻⁶ km²"),
        (0.0, 0.996, 0, "0.0 ± 1.0 km²"),
        (0.4, 300, 0, "0 ± 300 km²"),
        (12.34, math.nan, 0, "12.3 km²"),
        (math.nan, 1.0, 0, "n/a km²"),
    ],
)
def test_a_number_and_its_error_are_as_fine_as_each_other_on_one_scale(value, error, beside, said):
    assert stated(value, error, beside).said("km²") == said


@given(st.floats(-1e14, 1e14), st.floats(1e-9, 1e14), st.floats(0, 1e14))
def test_whatever_is_told_with_an_error_has_its_digits_and_its_scale(value, error, beside):
    told = stated(value, error, beside)
    if error <= 1e-12 * abs(value):
        assert told.error == "0"  # what sums of doubles leave
        return
    digits = [len(one.partition(".")[2]) for one in (told.value, told.error)]
    assert digits[0] == digits[1] and told.shown.endswith(told.scale) and told.shown_error.endswith(told.scale)
    assert told.error.strip("0.,") != ""  # an error is never shown as none
    seen = float(told.error.replace(",", ""))
    size = {"": 1.0, " million": 1e6, " billion": 1e9}.get(told.scale)
    assert size is None or abs(seen * size / error - 1) < 0.26  # 0.2 of 0.25 at the worst
    assert size is None or abs(float(told.value.replace(",", "").replace("−", "-")) * size - value) <= max(
        0.51 * error, 1e-9 * abs(value)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1000000 to 3000000", "1,000,000 to 3,000,000"),
        ("triangular(20000.5, 30000, 1e-05)", "triangular(20,000.5, 30,000, 1.0 × 10⁻⁵)"),
        ("from 2024-10-25 to 2025-01-01", "from 25 October 2024 to 1 January 2025"),
        (
            "in 2024 some 1500, sha 12345678abcdef, 68ef1622-C001, /x/1234567",
            "in 2024 some 1500, sha 12345678abcdef, 68ef1622-C001, /x/1234567",
        ),
        ("12,345,678 and 2024-13-45", "12,345,678 and 2024-13-45"),
    ],
)
def test_what_is_spelled_for_machines_is_read_by_people(text, said):
    assert readable(text) == said


def test_an_end_that_vanishes_beside_the_other_keeps_digits_of_its_own() -> None:
    """200,000 beside ninety million is not `0 million`."""
    assert ends((2e5, 9e7), (4e8, 4e8), 8.98e7, 4e7, (4e7, 4e7)) == ("200,000", "90 million")
    assert ends((0.0, 9e7), (4e8, 4e8), 9e7, 4e7, (4e7, 4e7))[0] == "0"


def test_ends_are_no_finer_than_their_errors_unless_the_difference_needs_it() -> None:
    widths, errors = (290_000.0, 190_000.0), (25_000.0, 14_000.0)
    assert ends((193_123.0, 113_456.0), widths, -79_667.0, 15_000.0) == ("193,000", "113,000")
    assert ends((193_123.0, 113_456.0), widths, -79_667.0, 15_000.0, errors) == ("190,000", "110,000")
    assert ends((193_123.0, 190_456.0), widths, -2_667.0, 300.0, errors) == ("193,000", "190,000")


def test_an_error_that_shows_in_no_digit_is_none() -> None:
    assert stated(0.25, 1.4e-8).said("weeks") == "0.250 ± 0 weeks" and stated(0.25, 1.4e-4).said() == "0.25000 ± 0.00014"
