"""The built-in functions, one row each. The compiler's lowering has the same keys, and a test holds the two equal."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BUILTINS", "FAMILIES", "REDUCTIONS", "Builtin", "Family"]


@dataclass(frozen=True)
class Builtin:
    """A function of the language.

    Attributes:
        name: as written.
        arguments: their names, those that may be left out in brackets, `…` when the last may repeat.
        least, most: how many arguments.
        rule: how units go through: see docs/builtins.md.
        doc: one line.
    """

    name: str
    arguments: str
    least: int
    most: int
    rule: str
    doc: str


def _rows(*rows: tuple[str, str, int, int, str, str]) -> dict[str, Builtin]:
    return {row[0]: Builtin(*row) for row in rows}


BUILTINS: dict[str, Builtin] = _rows(
    (
        "min",
        "a, b, …",
        1,
        99,
        "same",
        "The smallest of its arguments; of one indexed variable, over its index.",
    ),
    (
        "max",
        "a, b, …",
        1,
        99,
        "same",
        "The largest of its arguments; of one indexed variable, over its index.",
    ),
    ("abs", "x", 1, 1, "same", "The size of x without its sign."),
    ("clip", "x, low, high", 3, 3, "same", "x, held between low and high; no number where low lies above high."),
    ("floor", "x", 1, 1, "plain", "The largest whole number not above x."),
    ("round", "x", 1, 1, "plain", "The nearest whole number; halves go up."),
    ("sqrt", "x", 1, 1, "root", "The square root; its unit is the root of x's unit."),
    ("exp", "x", 1, 1, "plain", "e to the x."),
    ("log", "x", 1, 1, "plain", "The natural logarithm."),
    ("log10", "x", 1, 1, "plain", "The decimal logarithm."),
    ("sin", "x", 1, 1, "plain", "The sine of an angle in radians."),
    ("cos", "x", 1, 1, "plain", "The cosine of an angle in radians."),
    ("tanh", "x", 1, 1, "plain", "The hyperbolic tangent."),
    ("logistic", "x", 1, 1, "plain", "1 / (1 + exp(-x)): a chance from log-odds."),
    ("logit", "p", 1, 1, "plain", "log(p / (1 - p)): log-odds from a chance."),
    (
        "safe_divide",
        "a, b, [otherwise]",
        2,
        3,
        "quotient",
        "a / b, or `otherwise` (0 if left out) where b is 0.",
    ),
    ("step", "height, start", 2, 2, "step", "0 before `start`, `height` from then on."),
    ("ramp", "slope, start, [end]", 2, 3, "ramp", "0 before `start`, then rising by `slope` until `end`."),
    (
        "pulse",
        "event",
        1,
        1,
        "pulse",
        "1/time_step on the step on which the event fires (or an option is chosen anew), else 0.",
    ),
    ("count", "event", 1, 1, "count", "How often the event has fired, or the option been chosen."),
    ("ever", "condition", 1, 1, "condition", "Has the condition been true at any step up to now?"),
    ("time_since", "condition", 1, 1, "time", "The time since the condition first became true (0 before)."),
    ("in_force", "treaty", 1, 1, "condition", "Is the treaty in force?"),
    ("invoked", "treaty", 1, 1, "condition", "Has the treaty's case arisen?"),
    ("honoured", "treaty", 1, 1, "condition", "Has the help that the treaty promises begun?"),
    ("smooth", "x, time, [start]", 2, 3, "delay", "Exponential smoothing of order 1 (XMILE SMTH1)."),
    ("smooth3", "x, time, [start]", 2, 3, "delay", "Exponential smoothing of order 3 (XMILE SMTH3)."),
    ("smoothn", "x, time, n, [start]", 3, 4, "delay_n", "Exponential smoothing of order n (XMILE SMTHN)."),
    (
        "delay1",
        "x, time, [start]",
        2,
        3,
        "delay",
        "Material delay of order 1: what goes in comes out (XMILE DELAY1).",
    ),
    ("delay3", "x, time, [start]", 2, 3, "delay", "Material delay of order 3 (XMILE DELAY3)."),
    ("delayn", "x, time, n, [start]", 3, 4, "delay_n", "Material delay of order n (XMILE DELAYN)."),
    (
        "delay",
        "x, time, [start]",
        2,
        3,
        "delay",
        "Fixed delay: x as it was a constant time ago (XMILE DELAY).",
    ),
    ("month_of", "time", 1, 1, "calendar", "The month of a date or a time, 1 to 12; in a model with `as of`."),
    (
        "part_of_year",
        "time",
        1,
        1,
        "calendar",
        "How much of its year is over at a date or a time, from 0 up to 1; in a model with `as of`.",
    ),
    (
        "weekday_of",
        "time",
        1,
        1,
        "calendar",
        "The day of the week of a date or a time, 1 (Monday) to 7; in a model with `as of`.",
    ),
    ("sum", "x", 1, 1, "reduce", "The sum over all indices of x, or `sum(… over side)`."),
    ("mean", "x", 1, 1, "reduce", "The mean over all indices of x, or `mean(… over side)`."),
    (
        "product",
        "x",
        1,
        1,
        "plain",
        "The product over all indices of x, or `product(… over side)`; x is dimensionless.",
    ),
    (
        "share",
        "x[element]",
        1,
        1,
        "share",
        "The element's part of the sum over the indices of x; 0 where the sum is 0.",
    ),
)

REDUCTIONS = frozenset({"sum", "mean", "product", "min", "max"})


@dataclass(frozen=True)
class Family:
    """A family of distributions: its name, its arguments, which of them (over and over, if there are more) carry the parameter's unit."""

    name: str
    arguments: str
    least: int
    most: int
    carries_unit: tuple[bool, ...]
    doc: str


def _families(*rows: tuple[str, str, int, int, tuple[bool, ...], str]) -> dict[str, Family]:
    return {row[0]: Family(*row) for row in rows}


FAMILIES: dict[str, Family] = _families(
    ("normal", "mean, sd", 2, 2, (True, True), "The normal distribution."),
    (
        "lognormal",
        "mu, sigma",
        2,
        2,
        (False, False),
        "exp of a normal with mean mu and sd sigma, times one of the declared unit.",
    ),
    ("logitnormal", "mu, sigma", 2, 2, (False, False), "Logistic of a normal: a share inside 0 and 1."),
    ("uniform", "low, high", 2, 2, (True, True), "Every value between low and high alike."),
    ("triangular", "low, mode, high", 3, 3, (True, True, True), "Rising to the mode and falling from it."),
    ("beta", "a, b", 2, 2, (False, False), "The beta distribution on 0 to 1."),
    ("gamma", "shape, scale", 2, 2, (False, True), "The gamma distribution."),
    ("exponential", "mean", 1, 1, (True,), "The exponential distribution."),
    ("student", "df, location, scale", 3, 3, (False, True, True), "Student's t, moved and scaled."),
    (
        "mixture",
        "weight, distribution, …",
        2,
        99,
        (),
        "One of several distributions; the weights are their chances and add up to 1.",
    ),
    ("sample", "value, …", 1, 9999, (True,), "One of the values, each as likely as the next."),
    (
        "choice",
        "weight, value, …",
        2,
        9999,
        (False, True),
        "One of the values, with chances in proportion to the weights.",
    ),
    ("bernoulli", "p", 1, 1, (False,), "1 with chance p, else 0."),
    ("poisson", "mean", 1, 1, (True,), "How often something happens that happens so often on average: 0, 1, 2, …"),
    ("binomial", "n, p", 2, 2, (True, False), "How many of n tries succeed, each with chance p."),
)
