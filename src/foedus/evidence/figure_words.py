"""The figure of a claim in words, no digit rounded away: what is under review, and what a note quotes."""

from __future__ import annotations

from foedus.evidence.claim import Claim
from foedus.evidence.counted import count_words
from foedus.evidence.kernel import numbers_of

__all__ = ["exact_number", "figure_words"]


_CLAIMED, _MADE = 5, 4
"""Decimals that nobody claims, among more than twice as many digits; and digits that are shown of a figure that has them, which is one made
from another unit ("20 a week" per month). A sum to the cent is shown to the cent, however large it is."""


def figure_words(claim: Claim) -> str:
    """The quantity of a claim in a few words, to its last digit: "up to 12,040 person", "0.41 (0.33–0.49)"; "" if it has none."""
    quantity, ends = claim.quantity, numbers_of(claim.quantity)
    if quantity is None or not ends:
        return ""
    if quantity.is_count:
        return count_words(quantity)
    low, high = exact_number(min(ends)), exact_number(max(ends))
    shown = low if low == high else f"{low}–{high}"
    if quantity.value is not None and low != high:
        shown = f"{exact_number(quantity.value)} ({shown})"
    word = "" if quantity.qualifier in ("eq", "between", "vague") else quantity.qualifier.replace("_", " ") + " "
    unit = "" if quantity.unit == "1" else f" {quantity.unit}"
    return f"{word}{shown}{unit}"


def exact_number(value: float) -> str:
    """A figure as it was claimed, no digit rounded away: 114,040; 0.412."""
    value = float(f"{float(value):.15g}")  # 4.1 million is not 4,099,999.9999999995
    whole, _, decimals = repr(value).partition(".")
    is_made = (
        len(decimals) >= _CLAIMED and len((whole + decimals).lstrip("-0")) > 2 * _CLAIMED
    )  # from another unit: nobody claims so many
    if is_made and "e" not in decimals:
        return f"≈{exact_number(float(f'{value:.{_MADE}g}'))}"
    if value.is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,}" if 1e-4 <= abs(value) < 1e15 else repr(value)
