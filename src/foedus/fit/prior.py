"""An estimate as a line of a model."""

from __future__ import annotations

import numpy as np

__all__ = ["plain_number", "prior_line"]


def plain_number(value: float) -> str:
    """A number with four digits, as a model spells it: without an exponent."""
    return str(np.format_float_positional(value, precision=4, fractional=False, trim="-"))


def prior_line(name: str, law: str, because: str) -> str:
    """The line that declares a parameter, with why."""
    told = " ".join(because.split()).replace("\\", "/").replace('"', "”")
    return f'param {name} : 1 ~ {law}   because "{told}"'
