"""Numbers that are known when compiling: constants in declared units, dates, durations, priors."""

from __future__ import annotations

import datetime
import itertools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from foedus import distributions as d
from foedus import numerics
from foedus.compile.dimension import infer
from foedus.compile.scope import Scope
from foedus.language import Span
from foedus.language import tree as t
from foedus.language.builtins import FAMILIES
from foedus.language.printer import print_prior
from foedus.units import Unit

_ON_STEP = 1e-6  # steps: a moment that lies so little behind a step is on it
_ENDS = np.array([2.0**-53, 1.0 - 2.0**-53])  # the smallest and the largest uniform number that is drawn
FAR = 10**9  # steps: further than any run goes

__all__ = [
    "FAR",
    "LAWS",
    "constant_in",
    "date_offset",
    "distribution",
    "duration_steps",
    "is_bare",
    "known_in",
    "known_steps",
    "note_because",
    "prior_text",
    "share_in",
    "step_of",
    "steps_to",
]


def date_offset(scope: Scope, date: datetime.date) -> float:
    """The time from the as-of date to a date, in the model's unit of time."""
    return 0.0 if scope.calendar is None else scope.calendar.time_of(date)


def is_bare(expression: t.Expression) -> bool:
    """Is this arithmetic with plain numbers only, without any unit, name or date?"""
    if isinstance(expression, t.Number):
        return expression.unit is None
    if isinstance(expression, t.Not):
        return is_bare(expression.operand)
    if isinstance(expression, t.Binary) and expression.operator in "+-*/^":
        return is_bare(expression.left) and is_bare(expression.right)
    return False


def _evaluate(scope: Scope, expression: t.Expression) -> float | None:
    """The value of constant arithmetic in base units: None if it is not constant, NaN if it is no real number, infinite if too large."""
    if isinstance(expression, t.Number):
        return expression.value * (scope.unit(expression.unit).scale if expression.unit else 1.0)
    if isinstance(expression, t.DateLiteral):
        return date_offset(scope, expression.value)
    if isinstance(expression, t.Not) and expression.operator == "-":
        inner = _evaluate(scope, expression.operand)
        return None if inner is None else -inner
    if isinstance(expression, t.Call) and expression.function in _FUNCTIONS and len(expression.arguments) == 1:
        return _applied(_FUNCTIONS[expression.function], _evaluate(scope, expression.arguments[0]))
    if isinstance(expression, t.Binary) and expression.operator in _OPERATORS:
        left, right = _evaluate(scope, expression.left), _evaluate(scope, expression.right)
        return _applied(_OPERATORS[expression.operator], left, right)
    return None


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


def _raised(base: float, exponent: float) -> float:
    """A power as the lowering has it: whole ones up to 8 by multiplication, the square root, the others by exp and log."""
    if exponent == 0.5:
        return math.sqrt(base)
    if abs(exponent) > 8 or exponent != int(exponent):
        return float(numerics.power(base, exponent))
    total = 1.0
    for _ in range(abs(int(exponent))):
        total *= base
    return total if exponent >= 0 else 1.0 / total


_FUNCTIONS: dict[str, Callable[..., Any]] = {"log": math.log, "exp": math.exp, "sqrt": math.sqrt, "logit": _logit}
_OPERATORS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "per": operator.truediv,
    "^": _raised,
}


def _applied(function: Callable[..., Any], *values: float | None) -> float | None:
    """The result: None if an argument is, NaN where it is no real number, infinite where it is too large."""
    if any(value is None for value in values):
        return None
    try:
        return float(function(*values))
    except OverflowError:
        return math.inf
    except (ZeroDivisionError, ValueError):
        return math.nan


def constant_in(scope: Scope, expression: t.Expression, unit: Unit, what: str) -> float:
    """A constant in a declared unit; bare numbers are taken to be in it. NaN (and a problem) if it is not constant or does not fit."""
    if isinstance(expression, t.Number):
        return scope.number(expression, unit, what)
    value = _evaluate(scope, expression)
    if value is None:
        scope.problems.add(
            expression.at,
            "not-constant",
            f"{what} must be a fixed number.",
            "Use numbers only, no variables.",
        )
        return math.nan
    if math.isnan(value):
        help = "It divides by zero, or takes a root, a power or a logarithm that no real number has."
        scope.problems.add(expression.at, "not-real", f"{what} is no real number.", help)
        return math.nan
    if math.isinf(value):
        scope.problems.add(expression.at, "not-finite", f"{what} is not finite.", "Use a number below 1e308.")
        return math.nan
    if is_bare(expression):
        return value
    found = infer(scope, expression, {})
    if found.unit is not None and not found.unit.matches(unit):
        help = f"Write it in {unit}."
        scope.problems.add(
            expression.at,
            "units-differ",
            f"units differ in {what}: found {found.unit}, expected {unit}.",
            help,
        )
        return math.nan
    return value / unit.scale


def duration_steps(scope: Scope, number: t.Number, step: float, what: str) -> int:
    """A duration as a whole number of steps, at least 1."""
    value = scope.number(number, scope.units.time, what)
    if not value > 0:
        if not math.isnan(value):
            scope.problems.add(number.at, "not-positive", f"{what} must be longer than zero.", "Give a positive time.")
        return 1
    steps = round(min(value / step, FAR)) if step > 0 else 1
    if steps < 1 or abs(steps * step - value) > 1e-6 * value:
        message = f"{what} is not a whole number of steps of {step:g} {scope.units.time_unit}."
        below = math.floor(min(value / step, FAR)) if step > 0 else 0
        near = " or ".join(f"{count * step:.10g} {scope.units.time_unit}" for count in (below, below + 1) if count)
        scope.problems.add(number.at, "not-whole-steps", message, f"Write {near}, or change the step.")
    return max(1, steps)


def step_of(scope: Scope, expression: t.Expression | None, step: float, missing: int) -> int:
    """The first step at or after a moment; `missing` where none is given or it is `the end`."""
    steps = steps_to(scope, expression, step)
    return missing if steps is None else math.ceil(steps - _ON_STEP)


def steps_to(scope: Scope, expression: t.Expression | None, step: float) -> float | None:
    """How many steps after the start a moment lies, in parts of a step too; None where none is given or it is `the end`."""
    if expression is None or (isinstance(expression, t.Name) and expression.name == "end"):
        return None
    infer(scope, expression, {})
    value = constant_in(scope, expression, scope.units.time, "a moment")
    return None if math.isnan(value) else min(max(value / step, -FAR), FAR)


def known_steps(scope: Scope, expression: t.Expression | None, step: float) -> float | None:
    """The same of a moment that may not be known before the run: None where it is not."""
    value = None if expression is None else _evaluate(scope, expression)
    return None if value is None or not math.isfinite(value) else steps_to(scope, expression, step)


def known_in(scope: Scope, expression: t.Expression, unit: Unit) -> float | None:
    """A constant in base units, where a bare number is in a declared unit; None where it is not constant."""
    value = _evaluate(scope, expression)
    if value is None or not math.isfinite(value):
        return None
    return value * unit.scale if is_bare(expression) else value


def prior_text(prior: t.Prior) -> str:
    return print_prior(prior)


def distribution(scope: Scope, prior: t.Prior, unit: Unit) -> d.Distribution | None:
    """The distribution behind a written prior, in the declared unit; None for claims, or (with a problem) if it is refused."""
    if isinstance(prior, t.ClaimsPrior):
        return None
    try:
        if isinstance(prior, t.IntervalPrior):
            ends = [constant_in(scope, end, unit, "an end of the interval") for end in (prior.low, prior.high)]
            inner: d.Distribution | None = None
            if not any(map(math.isnan, ends)):
                one = share_in(unit) if prior.family == "share" else 1.0
                inner = _times(d.from_interval(ends[0] / one, ends[1] / one, prior.family), one)
        else:
            inner = _family(scope, prior, unit)
        found = None if inner is None else _truncated(scope, inner, prior, unit)
        if found is not None:
            _refuse_wide(found, unit)
        return found
    except ValueError as error:
        scope.problems.add(prior.at, "bad-prior", str(error), "See docs/language.md, what is uncertain.")
        return None


def _refuse_wide(law: d.Distribution, unit: Unit) -> None:
    """A law that in some future of many has a value with which nothing can be computed.

    Raises:
        ValueError: it has.
    """
    with np.errstate(all="ignore"):
        ends = np.abs(np.asarray(law.quantile(_ENDS), float)) * unit.scale
    if not np.all(ends < numerics.LARGEST):
        raise ValueError(f"it is so wide that some of its values are beyond {numerics.LARGEST:.0e}, which no model can hold.")


def share_in(unit: Unit) -> float:
    """How much 1 is for the laws between 0 and 1: the whole where the unit is a plain number (100 in `%`), else one of the unit."""
    return 1.0 / unit.scale if unit.is_plain else 1.0


def _times(law: d.Distribution, factor: float) -> d.Distribution:
    """A law in other units; what is 1 to 1 keeps its very numbers."""
    return law if factor == 1.0 else law.scaled(factor)


_SHARES = ("logitnormal", "beta", "bernoulli")
LAWS: dict[str, Callable[..., d.Distribution]] = {
    "normal": d.Normal,
    "lognormal": d.LogNormal,
    "logitnormal": d.LogitNormal,
    "uniform": d.Uniform,
    "triangular": d.Triangular,
    "beta": d.Beta,
    "gamma": d.Gamma,
    "exponential": d.Exponential,
    "student": d.StudentT,
    "bernoulli": d.bernoulli,
    "poisson": d.poisson,
    "binomial": d.binomial,
}


def _family(scope: Scope, prior: t.FamilyPrior, unit: Unit) -> d.Distribution | None:
    if prior.family == "mixture":
        weights = [constant_in(scope, weight, Unit(), "a weight") for weight in prior.arguments[::2]]  # type: ignore[arg-type]
        parts = [distribution(scope, part, unit) for part in prior.arguments[1::2]]  # type: ignore[arg-type]
        if any(map(math.isnan, weights)) or any(part is None for part in parts):
            return None
        return d.mixture(tuple(weights), tuple(parts))  # type: ignore[arg-type]
    carries = FAMILIES[prior.family].carries_unit
    carries = tuple(itertools.islice(itertools.cycle(carries), len(prior.arguments)))
    values = [
        constant_in(scope, argument, unit if carried else Unit(), f"an argument of `{prior.family}`")  # type: ignore[arg-type]
        for argument, carried in zip(prior.arguments, carries, strict=True)
    ]
    if any(map(math.isnan, values)):
        return None
    if prior.family == "sample":
        return d.sample(values)
    if prior.family == "choice":
        return d.choice(values[::2], values[1::2])
    return _times(LAWS[prior.family](*values), share_in(unit) if prior.family in _SHARES else 1.0)


def _truncated(scope: Scope, inner: d.Distribution, prior: t.IntervalPrior | t.FamilyPrior, unit: Unit) -> d.Distribution | None:
    if prior.above is None and prior.below is None:
        return inner
    low = -math.inf if prior.above is None else constant_in(scope, prior.above, unit, "the bound after `above`")
    high = math.inf if prior.below is None else constant_in(scope, prior.below, unit, "the bound after `below`")
    return None if math.isnan(low) or math.isnan(high) else d.truncated(inner, low, high)


def note_because(scope: Scope, at: Span, name: str) -> None:
    """A prior that rests neither on claims nor on a reason."""
    help = 'Add `because "who says so, or why"`, or let it rest on `claims "group"`.'
    scope.problems.add(at, "no-because", f"the prior of `{name}` does not say what it rests on.", help)
