"""How numbers are said."""

import math

import pytest

from foedus.show.words import (
    is_beyond_error,
    number,
    percent,
    plain,
    points,
    quantity,
    signed,
    unit_words,
    yardstick,
)


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
