"""Trees at random, for hypothesis: expressions, priors and statements as a parser may give them."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from foedus.constructs import tree as t
from foedus.language.builtins import FAMILIES
from foedus.language.printer import print_expression

NAMES = st.sampled_from(["alpha", "beta_1", "gamma2", "Ünit", "front"])
INDICES = st.sampled_from(["side", "place", "red"])
TEXTS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12)
VALUES = st.floats(0, 1e300, allow_nan=False) | st.integers(0, 10**6).map(float)
UNITS = st.dictionaries(st.sampled_from(["person", "week", "shell", "m"]), st.integers(-3, 3).filter(bool), max_size=3).map(
    lambda powers: t.UnitExpression(tuple(sorted(powers.items(), key=lambda pair: (pair[1] < 0, pair[0]))))
)
DATES = st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31)).map(t.DateLiteral)
PLAIN = VALUES.map(t.Number)
WITH_UNIT = st.builds(t.Number, VALUES, UNITS.filter(lambda unit: unit.factors))
SUBSCRIPTS = st.builds(t.Subscript, INDICES, st.none() | st.just("enemy"))
VARIABLES = st.builds(t.Name, NAMES, st.lists(SUBSCRIPTS, max_size=2).map(tuple))
OPERATORS = ("or", "and", "<", "<=", ">", ">=", "=", "!=", "+", "-", "*", "/", "^")


def _grown(inner: st.SearchStrategy) -> st.SearchStrategy:
    calls = st.builds(t.Call, st.sampled_from(["min", "exp", "curve"]), st.lists(inner, min_size=1, max_size=3).map(tuple))
    sums = st.builds(t.Call, st.just("sum"), inner.map(lambda one: (one,)), st.lists(INDICES, min_size=1, max_size=2).map(tuple))
    pers = st.builds(
        t.Binary,
        st.just("per"),
        inner,
        UNITS.filter(lambda unit: unit.factors and unit.factors[0][1] > 0).map(
            lambda unit: t.Number(1.0, t.UnitExpression(unit.factors[:1]))
        ),
    )
    negated = st.builds(t.Not, st.just("-"), inner.filter(lambda one: not isinstance(one, t.Number)))
    denied = st.builds(t.Not, st.just("not"), inner)
    return st.one_of(
        st.builds(t.Binary, st.sampled_from(OPERATORS), inner, inner),
        calls,
        sums,
        pers,
        negated,
        denied,
        st.builds(t.If, inner, inner, inner),
        st.builds(t.Is, NAMES, NAMES),
    )


EXPRESSIONS = st.recursive(PLAIN | WITH_UNIT | VARIABLES | DATES, _grown, max_leaves=12)
SMALL = st.recursive(PLAIN | VARIABLES, _grown, max_leaves=4)
MOMENTS = DATES | WITH_UNIT | st.just(t.Name("end"))
OPTIONAL = st.none() | SMALL
DURATIONS = WITH_UNIT
# a prior that begins with the call of a table that nobody declares reads as a family that nobody knows, and is refused as such
FIRST = SMALL.filter(lambda one: not print_expression(one).startswith("curve("))
INTERVALS = st.builds(t.IntervalPrior, FIRST, SMALL, st.sampled_from([None, "normal", "share"]), OPTIONAL, OPTIONAL)
SIMPLE = [name for name in FAMILIES if name not in ("mixture", "sample")]
FAMILY = st.sampled_from(SIMPLE).flatmap(
    lambda name: st.builds(t.FamilyPrior, st.just(name), st.tuples(*[SMALL] * FAMILIES[name].least), OPTIONAL, OPTIONAL)
)
MIXTURES = st.lists(st.tuples(SMALL, FAMILY | INTERVALS), min_size=1, max_size=2).map(
    lambda pairs: t.FamilyPrior("mixture", tuple(part for pair in pairs for part in pair))
)
CLAIMS = st.builds(t.ClaimsPrior, TEXTS.filter(bool))
PRIORS = st.one_of(INTERVALS, FAMILY, MIXTURES, CLAIMS)
INDEXED = st.lists(INDICES, max_size=2).map(tuple)
ASSIGNMENTS = st.builds(
    t.Assignment,
    VARIABLES,
    SMALL | CLAIMS | st.just(t.OverrideWord("never")) | TEXTS.filter(bool).map(t.OverrideWord),
    st.none(),
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    st.just(False),
    TEXTS,
)


def _made(kind: type, **parts: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(kind, **parts)


_NOTES = {"label": TEXTS, "because": TEXTS}
STATEMENTS = st.one_of(
    _made(t.UnitStatement, name=NAMES, definition=st.none() | WITH_UNIT),
    _made(
        t.Stock,
        name=NAMES,
        indices=INDEXED,
        unit=UNITS,
        initial=EXPRESSIONS,
        is_signed=st.booleans(),
        within=st.none() | st.tuples(SMALL, SMALL),
        **_NOTES,
    ),
    _made(
        t.Flow,
        name=NAMES,
        indices=INDEXED,
        source=st.none() | VARIABLES,
        target=st.none() | VARIABLES,
        rate=EXPRESSIONS,
        **_NOTES,
    ),
    _made(t.Let, name=NAMES, indices=INDEXED, unit=UNITS, value=EXPRESSIONS, **_NOTES),
    _made(t.Parameter, name=NAMES, indices=INDEXED, unit=UNITS, value=st.none(), prior=PRIORS, **_NOTES),
    _made(
        t.Event,
        name=NAMES,
        indices=INDEXED,
        rate=EXPRESSIONS,
        after=st.none() | MOMENTS,
        until=st.none() | MOMENTS,
        is_repeating=st.booleans(),
        **_NOTES,
    ),
    _made(
        t.Event, name=NAMES, indices=INDEXED, condition=EXPRESSIONS, chance=st.none() | EXPRESSIONS, is_repeating=st.booleans()
    ),
    _made(
        t.Treaty,
        name=NAMES,
        parties=st.just(("a", "b")),
        in_force=EXPRESSIONS,
        obliges=TEXTS,
        trigger=EXPRESSIONS,
        chance=SMALL | PRIORS,
        early_chance=OPTIONAL,
        delay=OPTIONAL,
        **_NOTES,
    ),
    _made(
        t.Decision,
        name=NAMES,
        actor=NAMES,
        every=DURATIONS,
        start=st.none() | MOMENTS,
        until=st.none() | MOMENTS,
        condition=OPTIONAL,
        is_once=st.booleans(),
        options=st.lists(st.builds(t.Option, NAMES, EXPRESSIONS), min_size=2, max_size=3).map(tuple),
        **_NOTES,
    ),
    _made(
        t.Scenario,
        name=NAMES,
        label=TEXTS,
        assignments=st.lists(ASSIGNMENTS, min_size=1, max_size=3).map(tuple),
        is_hidden=st.booleans(),
    ),
    _made(
        t.Question,
        name=NAMES,
        ask=TEXTS,
        measure=st.sampled_from(["true", "value"]),
        expression=EXPRESSIONS,
        end=MOMENTS,
        given=OPTIONAL,
        unit=st.none() | UNITS,
    ),
    _made(
        t.Question,
        name=NAMES,
        ask=TEXTS,
        measure=st.sampled_from(["mean", "min", "max", "total", "change", "always", "ever"]),
        expression=EXPRESSIONS,
        start=MOMENTS,
        end=MOMENTS,
        given=OPTIONAL,
    ),
    _made(
        t.Observe,
        target=VARIABLES,
        error=st.sampled_from(["normal", "lognormal", "counts"]),
        arguments=st.tuples(WITH_UNIT | PLAIN),
        outliers=st.none() | st.tuples(PLAIN, PLAIN),
        instead=st.lists(VARIABLES, max_size=2).map(tuple),
        over=st.none() | DURATIONS,
        delay=st.none() | DURATIONS,
        start=st.none() | MOMENTS,
        until=st.none() | MOMENTS,
        **_NOTES,
    ),
    _made(
        t.Observe,
        target=VARIABLES,
        error=st.just("asinh"),
        arguments=st.tuples(WITH_UNIT, PLAIN),
        value=WITH_UNIT,
        on=MOMENTS,
        **_NOTES,
    ),
    _made(
        t.Variant,
        name=NAMES,
        label=TEXTS,
        weight=PLAIN,
        assignments=st.lists(ASSIGNMENTS, min_size=1, max_size=2).map(tuple),
        because=TEXTS,
    ),
    _made(t.WatchCheck, text=TEXTS, condition=OPTIONAL, then=EXPRESSIONS),
)
