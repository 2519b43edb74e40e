"""Every construct of docs/language.md: what it parses to. Places and everything left at its default are not written out."""

from __future__ import annotations

import datetime

import pytest

from foedus.constructs import tree as t
from foedus.errors import ModelError
from foedus.language.printer import print_tree
from foedus.model import parse

HEAD = "model m as of 2024-01-01 for 4 weeks step 1 week\n"


def unit(**factors: int) -> t.UnitExpression:
    return t.UnitExpression(tuple(factors.items()))


PLAIN, PERSON, WEEK = unit(), unit(person=1), unit(week=1)
ZERO, ONE = t.Number(0.0), t.Number(1.0)


def name(text: str, *subscripts: str) -> t.Name:
    return t.Name(text, tuple(t.Subscript(one) for one in subscripts))


def weeks(number: float) -> t.Number:
    return t.Number(number, unit(weeks=1))


def day(text: str) -> t.DateLiteral:
    return t.DateLiteral(datetime.date.fromisoformat(text))


STATEMENTS: dict[str, object] = {
    # units, indices
    "unit person": t.UnitStatement("person", None),
    "unit kp = 1000 person": t.UnitStatement("kp", t.Number(1000.0, PERSON)),
    "index side = russia, ukraine": t.Index("side", ("russia", "ukraine")),
    "map enemy : side -> side = a -> b, b -> a": t.Map("enemy", "side", "side", (("a", "b"), ("b", "a"))),
    'actor dprk "North Korea"': t.Actor("dprk", "North Korea"),
    # stocks, flows, auxiliaries
    'stock x[side] : person = 3 person "label"': t.Stock("x", ("side",), PERSON, t.Number(3.0, PERSON), label="label"),
    "stock x : 1 = 0 within 0 to 1": t.Stock("x", (), PLAIN, ZERO, within=(ZERO, ONE)),
    'stock x : 1 = 0 signed because "so"': t.Stock("x", (), PLAIN, ZERO, is_signed=True, because="so"),
    "flow f[side] : a[side] -> b[side] = 1": t.Flow("f", ("side",), name("a", "side"), name("b", "side"), ONE),
    "flow f : outside -> b = 1": t.Flow("f", (), None, name("b"), ONE),
    "flow f : a -> outside = 1": t.Flow("f", (), name("a"), None, ONE),
    'let x : 1/week = 1 "two " "parts"': t.Let("x", (), unit(week=-1), ONE, label="two parts"),
    "table y : 1 of week = (0, 1.6) (8, 1)": t.Table("y", PLAIN, WEEK, ((ZERO, t.Number(1.6)), (t.Number(8.0), ONE))),
    "table y : 1 of time = (2024-01-01, 0) (2024-02-01, 1)": t.Table(
        "y", PLAIN, None, ((day("2024-01-01"), ZERO), (day("2024-02-01"), ONE))
    ),
    # what is uncertain
    "param x : week = 6 week": t.Parameter("x", (), WEEK, t.Number(6.0, WEEK), None),
    'param x[a] : 1 ~ 0 to 1 because "so"': t.Parameter("x", ("a",), PLAIN, None, t.IntervalPrior(ZERO, ONE), because="so"),
    "param x : 1 ~ 0 to 1 as share": t.Parameter("x", (), PLAIN, None, t.IntervalPrior(ZERO, ONE, "share")),
    'param x : 1 ~ claims "a group"': t.Parameter("x", (), PLAIN, None, t.ClaimsPrior("a group")),
    "param x : 1 ~ normal(0, 1) above 0 below 1": t.Parameter(
        "x", (), PLAIN, None, t.FamilyPrior("normal", (ZERO, ONE), ZERO, ONE)
    ),
    "param x : 1 ~ mixture(1, normal(0, 1), 1, 0 to 1)": t.Parameter(
        "x",
        (),
        PLAIN,
        None,
        t.FamilyPrior("mixture", (ONE, t.FamilyPrior("normal", (ZERO, ONE)), ONE, t.IntervalPrior(ZERO, ONE))),
    ),
    "correlate a with b[x] at -0.5": t.Correlate(name("a"), name("b", "x"), -0.5),
    "noise n : 1 ~ normal(0, 1) every week memory 3 weeks": t.Noise(
        "n", (), PLAIN, t.FamilyPrior("normal", (ZERO, ONE)), t.Number(1.0, WEEK), weeks(3.0)
    ),
    # happenings
    "event e at rate 1 after 2024-01-03": t.Event("e", (), rate=ONE, after=day("2024-01-03")),
    "event e on 2024-01-03": t.Event("e", (), on=day("2024-01-03")),
    "event e[side] when a with chance 1 until 2 weeks repeating": t.Event(
        "e", ("side",), condition=name("a"), chance=ONE, until=weeks(2.0), is_repeating=True
    ),
    'treaty p "title" between a and b, in force when c obliges "help" when d, honoured with chance 1 after 4 weeks': t.Treaty(
        "p", ("a", "b"), name("c"), "help", name("d"), ONE, delay=weeks(4.0), label="title"
    ),
    'treaty p between a, b and c, in force when d obliges "x" when e, honoured with chance ~ claims "g" or 0 before it is in force': t.Treaty(
        "p", ("a", "b", "c"), name("d"), "x", name("e"), t.ClaimsPrior("g"), early_chance=ZERO
    ),
    'decision d "?" by rok every 4 weeks from 2024-01-08 until 3 weeks when a once none : 0, act : 1': t.Decision(
        "d",
        "rok",
        weeks(4.0),
        (t.Option("none", ZERO), t.Option("act", ONE)),
        day("2024-01-08"),
        weeks(3.0),
        name("a"),
        True,
        "?",
    ),
    # what is tried
    'lever l : 1 from 0 to 1 = 1 "label" group "G" named none = 0, "as is" = claims': t.Lever(
        "l", PLAIN, ZERO, ONE, ONE, "label", "G", "", (t.Position("none", ZERO), t.Position("as is", t.ClaimsPrior(None)))
    ),
    "lever l : 1 from 0 + 1 to 1 + 1 * 1": t.Lever(
        "l", PLAIN, t.Binary("+", ZERO, ONE), t.Binary("+", ONE, t.Binary("*", ONE, ONE)), None
    ),
    'baseline b "Label"': t.Baseline("b", "Label"),
    "baseline b {}": t.Baseline("b", ""),
    "scenario s { a = 1 }": t.Scenario("s", "", (t.Assignment(name("a"), ONE),)),
    'scenario s "L" hidden { a[x] = 1 from 1 weeks until 2 weeks; e = on 2024-01-03, f = never, g = "as is", h = claims }': t.Scenario(
        "s",
        "L",
        (
            t.Assignment(name("a", "x"), ONE, start=weeks(1.0), until=weeks(2.0)),
            t.Assignment(name("e"), day("2024-01-03"), is_moment=True),
            t.Assignment(name("f"), t.OverrideWord("never")),
            t.Assignment(name("g"), t.OverrideWord("as is")),
            t.Assignment(name("h"), t.ClaimsPrior(None)),
        ),
        True,
    ),
    'hindcast h from 2023-01-01 to 2023-06-01 { a ~ 0 to 1 because "so", b = 1 }': t.Hindcast(
        "h",
        "",
        datetime.date(2023, 1, 1),
        datetime.date(2023, 6, 1),
        (t.Assignment(name("a"), prior=t.IntervalPrior(ZERO, ONE), because="so"), t.Assignment(name("b"), ONE)),
    ),
    'series s : person from "f.csv" column "c" of a "Label"': t.Series("s", PERSON, "f.csv", "c", name("a"), "Label"),
    'chart "Title" of a, b[x]': t.Chart("Title", (name("a"), name("b", "x"))),
    # what is asked
    'question q "?" on 2024-01-08 true when a': t.Question("q", "?", "true", name("a"), end=day("2024-01-08")),
    "question q by 2024-01-08 true when a": t.Question("q", "", "ever", name("a"), end=day("2024-01-08")),
    "question q from 2024-01-08 to 2024-01-15 always a": t.Question(
        "q", "", "always", name("a"), day("2024-01-08"), day("2024-01-15")
    ),
    "question q at the end value a in kperson": t.Question("q", "", "value", name("a"), end=name("end"), unit=unit(kperson=1)),
    "question q at 2 weeks value a given b": t.Question("q", "", "value", name("a"), end=weeks(2.0), given=name("b")),
    "question q first time a by 2024-01-15": t.Question("q", "", "first", name("a"), end=day("2024-01-15")),
    "question q first time a": t.Question("q", "", "first", name("a")),
    **{
        f"question q from 1 weeks to 2 weeks {measure} a": t.Question("q", "", measure, name("a"), weeks(1.0), weeks(2.0))
        for measure in ("mean", "min", "max", "total", "change")
    },
    'check "c" conserve person over a, outside': t.ConserveCheck("c", PERSON, ("a", "outside")),
    'check "c" when a then b': t.WatchCheck("c", name("a"), name("b")),
    'check "c" always a': t.WatchCheck("c", None, name("a")),
    'check "c" scenario s lowers q by 0': t.EffectCheck("c", "s", "lowers", "q", ZERO),
    'check "c" scenario s leaves q': t.EffectCheck("c", "s", "leaves", "q", None),
    'check "c" scenario s leaves q within 0 against r': t.EffectCheck("c", "s", "leaves", "q", ZERO, "r"),
    'check "c" scenario s moves q': t.EffectCheck("c", "s", "moves", "q", None),
}


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_parses_to_its_tree(text: str) -> None:
    assert parse(HEAD + text).statements == (STATEMENTS[text],)


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_printed_statement_parses_to_the_same_tree(text: str) -> None:
    tree = parse(HEAD + text)
    assert parse(print_tree(tree)) == tree


HEADS = {
    "model m for 4 weeks": t.Model("m", "", None, weeks(4.0), t.Number(0.125, unit(weeks=1))),
    "model m for 50 years step 1/4 year method rk4": t.Model(
        "m", "", None, t.Number(50.0, unit(years=1)), t.Number(0.25, unit(year=1)), "rk4"
    ),
    'model m "a " "b" as of 2024-01-01 for 4 weeks step 1 week save every 2 weeks': t.Model(
        "m", "a b", datetime.date(2024, 1, 1), weeks(4.0), t.Number(1.0, WEEK), save_every=weeks(2.0)
    ),
    "model m for 4 weeks save every week": t.Model(
        "m", "", None, weeks(4.0), t.Number(0.125, unit(weeks=1)), save_every=t.Number(1.0, WEEK)
    ),
    "model m save every week for 4 weeks step 1 week": t.Model(
        "m", "", None, weeks(4.0), t.Number(1.0, WEEK), save_every=t.Number(1.0, WEEK)
    ),
}


@pytest.mark.parametrize("text", HEADS)
def test_a_head_parses_to_its_tree_and_back(text: str) -> None:
    assert parse(text).model == HEADS[text]
    assert parse(print_tree(parse(text))) == parse(text)


def test_several_units_and_actors_stand_in_one_statement() -> None:
    assert [one.name for one in parse(HEAD + "unit person, shell, kp = 1000 person").statements] == ["person", "shell", "kp"]
    assert parse(HEAD + 'actor a "A", b').statements == (t.Actor("a", "A"), t.Actor("b", ""))


def test_comments_blank_lines_and_indentation_mean_nothing() -> None:
    plain = parse(HEAD + "stock x : 1 = 1 + 2")
    assert parse("# first\n\n  " + HEAD + "\tstock x # a remark\n\n   : 1\n = 1\r\n  + 2  # end") == plain


def test_escapes_in_strings_are_undone_and_printed_again() -> None:
    tree = parse(HEAD + r'let x : 1 = 1 "a \"quoted\" word and a \\ sign"')
    assert tree.statements[0].label == 'a "quoted" word and a \\ sign'
    assert parse(print_tree(tree)) == tree


REFUSED = {
    "stock x = 1": "expected",
    "stock : 1 = 1": "expected-name",
    "flow f : a = 1": "expected",
    "noise n : 1 ~ beta(1, 1) every week": "bad-noise",
    "event e": "bad-event",
    "event e on 2024-01-03 when a": "bad-event",
    "decision d by a every week none : 0": "no-options",
    "question q value a": "bad-question",
    "question q on 2024-01-03 mean a": "bad-question",
    'check "c" perhaps a': "bad-check",
    "check always a": "expected-string",
    "scenario s { a = 1": "expected",
    "param x : 1 ~ cauchy(0, 1)": "unknown-family",
    "param x : 1 ~ 0 to 1 as round": "unknown-family",
    "param x : 1 ~ normal(0)": "wrong-arguments",
    "stock y : 1 = 1\nstokc x : 1 = 1": "unexpected",
    "hindcast h from 1 to 2 { a = 1 }": "expected-date",
    "stock x[f(side)] : 1 = 1": "bad-index",
    "model n for 2 weeks": "second-model",
    "stock stock : 1 = 1": None,
    "param x : 1 ~ mixture(1, claims)": "bad-mixture",
    "baseline b { a = 1 }": "expected",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_broken_statement_is_refused_by_its_code(text: str) -> None:
    if REFUSED[text] is None:  # a statement's keyword is reserved only where a statement may begin
        parse(HEAD + text)
        return
    with pytest.raises(ModelError) as caught:
        parse(HEAD + text)
    problem = caught.value.problems[0]
    assert (problem.code, problem.line) == (REFUSED[text], 2 + text.count("\n"))
    assert problem.message and "Traceback" not in str(caught.value)


def test_what_an_option_is_called_is_no_unit_of_the_number_before_it() -> None:
    """On one line as on two."""
    text = "actor a\nstock x : 1 = 5\ndecision d by a every 4 weeks when x > 3{}none : 0, act : 1\n"
    one, two = (parse(HEAD + text.format(gap)) for gap in (" ", "\n  "))
    assert [option.name for tree in (one, two) for option in tree.all(t.Decision)[0].options] == ["none", "act"] * 2
    assert one.all(t.Decision)[0].condition == two.all(t.Decision)[0].condition
