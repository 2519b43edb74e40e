"""Wrong models: which code, on which line, and what the message must name."""

from __future__ import annotations

import pytest

from foedus.errors import ModelError, Problem
from foedus.model import compile_model, read_model, survey
from helpers import program_of, refusal

HEAD = """\
model m as of 2024-01-01 for 10 weeks step 1/4 week
unit person, shell
index side = red, blue
actor red, blue
stock men[side] : person = 10 person
stock shells : shell = 5 shell
"""
LINE = 7  # where the statement in question stands

# statement(s) -> code, words that the message and its help hold
WRONG: dict[str, tuple[str, ...]] = {
    # units
    "let x : person = men[red] * 2 per week": ("units-differ", "person/week", "expected person", "Multiply by a time"),
    "flow f : men[red] -> outside = men[red] * 0.5": ("units-differ", "found person", "person/week", "rate"),
    "let x : 1 = men[red] + shells": ("units-differ", "person", "shell"),
    "let x : 1 = men[red]": ("units-differ", "Divide"),
    "let x : person = 3 + men[red]": ("units-differ", "person"),
    "let x : 1 = exp(men[red])": ("units-differ", "exp"),
    "let x : 1 = men[red] ^ time": ("units-differ",),
    "let x : 1 = men[red] < shells": ("units-differ",),
    "let x : 1 = if men[red] then 1 else 0": ("not-a-condition", "Compare"),
    "let x : 1 = if time > 2 weeks then men[red] else shells": ("units-differ", "if"),
    "event e at rate 0.5": ("units-differ", "1/week"),
    "let x : peple = 1": ("unknown-unit", "peple"),
    "let x : persn = 1": ("unknown-unit", "person"),
    "let x : person = 3 persn": ("unknown-unit", "person"),
    "question q at 2 weeks value men[red] in shell": ("units-differ", "person", "shell"),
    "flow f : men[red] -> shells = 1": ("units-differ", "person", "shell"),
    "let x : person = smooth(men[red], 3)": ("units-differ", "week"),
    "table t : 1 of person = (0, 1) (1, 2)\nlet x : 1 = t(time)": ("units-differ", "table"),
    'check "c" conserve shell over men, outside': ("units-differ", "men"),
    # names
    "let x : person = mne[red]": ("unknown-name", "mne", "men"),
    "let x : 1 = exq(1)": ("unknown-function", "exp"),
    "let x : person = men[gren]": ("unknown-element", "gren"),
    "let x : person = men": ("wrong-index", "men"),
    "let x : person = men[side]": ("unbound-index", "side"),
    "let x : person = men[foe(red)]": ("unknown-map", "foe"),
    "let x : person = sum(men[side] over sides)": ("unknown-index", "side"),
    "stock y[sied] : 1 = 0": ("unknown-index", "side"),
    "let men[side] : person = 1": ("duplicate-name", "line 5"),
    "stock men[side] : person = 1": ("duplicate-name", "men[red]"),
    "let time : 1 = 1": ("reserved-name", "time"),
    "let exp : 1 = 1": ("reserved-name", "exp"),
    "index side = a, b": ("duplicate-name", "side"),
    "index other = a, a": ("duplicate-name", "other"),
    "unit shell": ("duplicate-name", "shell"),
    "index a = a, b": ("duplicate-name", "a"),
    "unit none = 0 shell": ("bad-unit",),
    "unit huge = 1e300 shell, huger = 1e300 huge": ("bad-unit",),
    "unit large = 1e30 shell": ("bad-unit", "1e+30 base units"),
    "unit small = 1e-30 shell": ("bad-unit", "1e-30 base units", "ordinary size"),
    "let x : 1 = 1e300 * 1e300": ("not-finite",),
    "param p : 1 = 2\nlet x : 1 = p * 1e200": ("number-too-large", "1e+200"),
    "question q first time time > 1 week in day": ("bad-question", "in weeks"),
    "question q at the end true when time > 1 week in kg": ("bad-question", "as a share"),
    "event e on 2024-01-10 after 2024-02-01": ("bad-event", "takes no"),
    "event e on 2024-01-10 repeating": ("bad-event", "takes no"),
    "event e at rate 1 per week after 2024-02-01 until 2024-01-20": ("bad-event", "never"),
    "stock s : shell = 1 shell\nlet x : 1 = if not s then 1 else 0": ("not-a-condition", "in shell"),
    "stock s : shell = 1 shell\nquestion q at the end value 1 given s": ("not-a-condition", "in shell"),
    'stock s : shell = 1 shell\ncheck "x" always s': ("not-a-condition", "in shell"),
    'lever l : 1 from 0 to 9 = 3\nscenario a { l = claims "g" }': ("bad-override", "does not rest on the claims `g`"),
    'let y : 1 = 3\nscenario a { y = claims "g" from 1 week }': ("bad-override", "does not rest on the claims `g`"),
    "question side at the end value 1": ("reserved-name", "dimension of the output"),
    "let elapsed : 1 = 3": ("reserved-name", "a name of the output"),
    "actor red": ("duplicate-name", "red"),
    "stock y[red] : 1 = 0\nlet x : 1 = y[blue]": ("undefined-element", "y[blue]"),
    "map foe : side -> side = red -> blue": ("bad-map", "blue"),
    "map foe : side -> side = red -> blue, blue -> green": ("bad-map", "green"),
    "let x : 1 = in_force(pact)": ("not-a-treaty",),
    "let x : 1 = count(shells)": ("not-an-event", "ever"),
    "decision d by red every week a : 0, b : 1\nlet x : 1 = d is c": ("unknown-option", "a, b"),
    "decision d by gren every week a : 0, b : 1": ("unknown-actor", "gren"),
    'treaty p between red and green, in force when time > 1 week obliges "x" when time > 2 weeks, honoured with chance 1': (
        "unknown-actor",
        "green",
    ),
    'treaty p between red and red, in force when time > 1 week obliges "x" when time > 2 weeks, honoured with chance 1': (
        "bad-treaty",
    ),
    "decision d by red every week a : 0, a : 1": ("duplicate-name", "d"),
    # order and flows
    "let x : 1 = y\nlet y : 1 = z\nlet z : 1 = x": ("loop", "x", "y", "z", "→"),
    "let x : 1 = x": ("loop", "x"),
    "let x[side] : 1 = share(x[red])": ("loop", "x[red]"),
    "let x[red] : 1 = sum(x[side] over side)\nlet x[blue] : 1 = 1": ("loop", "x[red]"),
    "let x : 1 = if d is b then y else 0\nlet y : 1 = x\ndecision d by red every week a : 0, b : 1": ("loop", "x", "y"),
    "event e when f\nevent f when e": ("loop", "e", "f"),
    "stock a : 1 = b\nstock b : 1 = a": ("loop", "starting values"),
    "flow f : outside -> outside = 1": ("flow-to-nowhere",),
    "let y : 1 = 1\nflow f : y -> outside = 1": ("not-a-stock", "y"),
    'flow f : men[red] -> outside = 1\ncheck "c" conserve person over men': ("not-conserved", "f", "outside"),
    # tables, delays
    "table t : 1 of 1 = (0, 1) (2, 2) (1, 3)": ("table-not-rising", "1 after 2"),
    "table t : 1 of 1 = (0, 1) (0, 2)": ("table-not-rising",),
    "table t : 1 of 1 = (0, 1)": ("short-table",),
    "let x : person = delay3(men[red], 0 weeks)": ("zero-delay", "longer than zero"),
    "let x : person = smooth(men[red], 0)": ("zero-delay",),
    "let x : person = delay(men[red], 0 weeks)": ("zero-delay",),
    "let x : person = delay(men[red], men[red] / 5 person * 1 week)": ("not-constant", "delay3"),
    "let x : person = smoothn(men[red], 1 week, 2.5)": ("bad-order",),
    # what is uncertain
    'param p : 1 ~ normal(0, -1) because "x"': ("bad-prior", "sd"),
    "noise n : 1 ~ normal(0, -1) every week": ("bad-prior", "negative"),
    "noise n : 1 ~ normal(0, 1) every 0.1 week": ("not-whole-steps", "Write 0.25 week"),
    "noise n : 1 ~ normal(0, 1) every 0.6 week": ("not-whole-steps", "Write 0.5 week or 0.75 week"),
    "noise n : 1 ~ normal(0, 1) every week memory 0 weeks": ("not-positive", "memory"),
    "param p : 1 ~ 0 to 1": ("no-because", "because"),
    'param p : 1 ~ 2 to 1 because "x"': ("bad-prior",),
    'param p : 1 ~ -1 to 1 as lognormal because "x"': ("bad-prior", "normal"),
    'param p : 1 ~ mixture(0.5, 0 to 1, 0.1, 1 to 2) because "x"': ("bad-prior", "weights"),
    'param p : 1 ~ normal(0, 1) above 50 because "x"': ("bad-prior",),
    'param p : person ~ 1 shell to 2 shell because "x"': ("units-differ", "shell", "person"),
    'param p : 1 ~ time to 2 because "x"': ("not-constant",),
    "correlate shells with shells at 0.5": ("not-uncertain",),
    'param a : 1 ~ 0 to 1 because "x"\nparam b : 1 ~ 0 to 1 because "x"\ncorrelate a with b at 1.5': ("bad-correlation", "1.5"),
    'param a : 1 ~ 0 to 1 because "x"\nparam b : 1 ~ 0 to 1 because "x"\nparam c : 1 ~ 0 to 1 because "x"\n'
    "correlate a with b at 0.9\ncorrelate b with c at 0.9\ncorrelate a with c at -0.9": ("not-positive-definite", "contradict"),
    'treaty p between red and blue, in force when time > 1 week obliges "x" when time > 2 weeks, honoured with chance ~ 0.1 to 0.5': (
        "no-because",
        "p_chance",
    ),
    "correlate shells with shells at 0.1\ncorrelate shells with shells at 0.2": ("repeated-correlation", "line 7", "0.1"),
    'param a : 1 ~ 0 to 1 because "x"\nparam b : 1 ~ 0 to 1 because "x"\ncorrelate a with b at 0.9\ncorrelate b with a at 0.1': (
        "repeated-correlation",
        "`b` and `a`",
        "line 9",
        "0.9",
    ),
    'param a[side] : 1 ~ 0 to 1 because "x"\ncorrelate a[red] with a[blue] at 0.9\ncorrelate a[red] with a[blue] at 0.9': (
        "repeated-correlation",
        "`a[red]` and `a[blue]`",
    ),
    # said twice
    "stock y[side, side] : 1 = 0": ("repeated-index", "index `side` twice", "index other = red, blue"),
    'param y[side, side] : 1 ~ 0 to 1 because "x"': ("repeated-index", "side"),
    "noise y[side, side] : 1 ~ normal(0, 1) every week": ("repeated-index", "side"),
    "event y[side, side] on 2024-01-08": ("repeated-index", "side"),
    "let x : person = sum(men[side] over side, side)": ("repeated-index", "over"),
    "map foe : side -> side = red -> blue, blue -> red, red -> red": ("bad-map", "two things of red"),
    "map foe : side -> side = red -> blue, blue -> red\nmap foe : side -> side = red -> red, blue -> blue": (
        "duplicate-name",
        "foe",
    ),
    "baseline one\nbaseline two": ("second-baseline",),
    "lever l : 1 from 0 to 1\nscenario baseline { l = 1 }": ("reserved-name", "baseline"),
    "lever l : 1 from 0 to 1\nscenario s { l = 1, l = 0.5 }": ("repeated-override", "`l`", "line 8"),
    "lever l : 1 from 0 to 1\nscenario s { l = 1 from 2024-01-08, l = 0.5 until 2024-01-15 }": ("repeated-override", "`l`"),
    'param y[side] : 1 ~ 0 to 1 because "x"\nscenario s { y = 1, y[red] = 0.5 }': ("repeated-override", "y[red]"),
    "event e on 2024-01-08\nscenario s { e = never, e = on 2024-01-15 }": ("repeated-override", "`e`"),
    "decision d by red every week a : 0, b : 1\nscenario s { d = a, d = b }": ("repeated-override", "`d`"),
    'param y : 1 ~ 0 to 1 because "x"\nhindcast h from 2023-01-01 to 2023-06-01 { y ~ 1 to 2 because "x", y = 3 }': (
        "repeated-override",
        "hindcast `h`",
        "`y`",
    ),
    "hindcast h from 2023-01-01 to 2023-06-01 { }\nhindcast h from 2023-01-01 to 2023-07-01 { }": (
        "duplicate-name",
        "hindcast `h`",
    ),
    'check "c" always shells > 0 shell\ncheck "c" always men[red] > 0 person': ("duplicate-name", "check `c`"),
    "unit week = 5 day": ("reserved-name", "week", "unit"),
    # names that mean something already
    "let status : 1 = 1": ("reserved-name", "status", "output"),
    "question status at 2 weeks value shells": ("reserved-name", "status", "output"),
    "question time at 2 weeks value shells": ("reserved-name", "time"),
    "stock future : 1 = 1": ("reserved-name", "future"),
    "event scenario on 2024-01-08": ("reserved-name", "scenario"),
    "index time = one, two": ("reserved-name", "time"),
    "let day : 1 = 2": ("reserved-name", "day", "unit of time"),
    "param weeks : 1 = 2": ("reserved-name", "weeks"),
    "let if : 1 = 2": ("reserved-name", "if", "word of the language"),
    "let and : 1 = 2": ("reserved-name", "and"),
    "stock per : 1 = 2": ("reserved-name", "per"),
    "event not on 2024-01-08": ("reserved-name", "not"),
    "let given : 1 = 2": ("reserved-name", "given"),
    "index or = one, two": ("reserved-name", "or"),
    "index other = if, two": ("reserved-name", "if"),
    "unit per": ("reserved-name", "per"),
    # before anything is drawn
    "noise n : person ~ normal(0, 1) every week\nstock y : person = n signed": ("bad-start", "noise `n`", "before the run"),
    "noise n : 1 ~ normal(0, 1) every week\nlet x : 1 = 2 * n\nstock y : 1 = x signed": ("bad-start", "noise `n`", "through `x`"),
    "event e at rate 1 per week\nstock y : 1 = if e then 1 else 0": ("bad-start", "event `e`"),
    "event e on 2024-01-08\nstock y : 1 = e": ("bad-start", "event `e`"),
    "decision d by red every week a : 0, b : 1\nstock y : 1 = if d is b then 1 else 0": ("bad-start", "decision `d`"),
    'treaty p between red and blue, in force when time > 1 week obliges "x" when time > 2 weeks, honoured with chance 1\n'
    "stock y : 1 = if in_force(p) then 1 else 0": ("bad-start", "treaty `p`"),
    "noise n : 1 ~ normal(k, 1) every week\nnoise k : 1 ~ normal(0, 1) every week": ("not-constant", "noise `k`"),
    "noise n : 1 ~ normal(0, 1) every week memory (1 + e) * 1 week\nevent e on 2024-01-08": ("not-constant", "event `e`"),
    # what is tried
    "lever l : 1 from 0 to 1\nscenario s { l = 2 }": ("out-of-range", "0 to 1"),
    "lever l : 1 from 0 to 1 named big = 2": ("out-of-range", "big"),
    "lever l : 1 from 1 to 0": ("empty-range",),
    "lever l : 1 from 0 to 1 named none = 0, some = 1\nscenario s { l = many }": ("unknown-position", "many"),
    "scenario s { }": ("empty-scenario", "overrides nothing"),
    "scenario s { shels = 1 }": ("unknown-target", "shells"),
    "event e on 2024-01-08\nscenario s { e = 1 }": ("bad-override", "never"),
    "event e on 2024-01-08\nscenario s { e = on 2025-01-08 }": ("outside-horizon",),
    "lever l : 1 from 0 to 1\nscenario s { l = 1 from 2025-01-01 }": ("outside-horizon",),
    "lever l : 1 from 0 to 1\nscenario s { l = 1 from 2024-02-01 until 2024-01-10 }": ("empty-window",),
    "decision d by red every week a : 0, b : 1\nscenario s { d = c }": ("unknown-option", "a, b"),
    "lever l : 1 from 0 to 1\nscenario s { l = 1 }\nscenario s { l = 0.5 }": ("duplicate-name", "s"),
    # what is asked
    "question q on 2025-01-01 value shells": ("outside-horizon", "10 week"),
    "question q on 2023-12-01 value shells": ("outside-horizon",),
    "question q from 2024-02-01 to 2024-01-15 mean shells": ("empty-window",),
    "question q at 2 weeks true when shells": ("not-a-condition", "shell"),
    "question q at 2 weeks value shells\nquestion q at 3 weeks value shells": ("duplicate-name", "q"),
    'question q at 2 weeks value shells\ncheck "c" scenario s lowers q': ("unknown-scenario", "s"),
    "event e at rate 1 per week with chance 0.5": ("bad-event", "rate"),
    'chart "t" of shels': ("unknown-name", "shells"),
    "hindcast h from 2023-06-01 to 2023-01-01 { shells = 1 }": ("bad-hindcast",),
    "stock y : 1 = 0 within 1 to 0": ("empty-range",),
}


def named(text: str) -> list[Problem]:
    return refusal(text).problems


@pytest.mark.parametrize("statement", WRONG)
def test_a_wrong_model_is_refused_with_its_code_line_and_reason(statement: str) -> None:
    code, *words = WRONG[statement]
    problems = named(HEAD + statement + "\n")
    matching = [problem for problem in problems if problem.code == code]
    assert matching, f"found {[problem.code for problem in problems]}"
    problem = matching[0]
    assert LINE <= problem.line <= LINE + statement.count("\n") and problem.column >= 1
    said = problem.message + " " + problem.help
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("statement", WRONG)
def test_a_refusal_underlines_a_piece_of_the_statement(statement: str) -> None:
    for problem in named(HEAD + statement + "\n"):
        assert problem.source and problem.width >= 1
        assert "^" in str(problem)


def test_method_rk4_goes_with_nothing_that_jumps() -> None:
    for line in ("noise n : 1 ~ normal(0, 1) every week", "event e on 1 week", "stock z : 1 = 1\nlet y : 1 = delay(z, 1 week)"):
        problems = named(f"model m for 4 weeks step 1/4 week method rk4\n{line}\nstock x : 1 = 0\n")
        assert [problem.code for problem in problems] == ["rk4-with-jumps"]


def test_a_model_without_as_of_has_no_dates() -> None:
    problems = named("model m for 4 weeks step 1/4 week\nlet x : 1 = if time > 2024-01-08 then 1 else 0\n")
    assert [problem.code for problem in problems] == ["no-dates"]


def test_all_errors_of_a_model_come_at_once_in_the_order_of_the_text() -> None:
    text = HEAD + "let x : 1 = men[red]\nlet y : 1 = unknown\ntable t : 1 of 1 = (1, 1) (0, 0)\nparam p : 1 ~ 0 to 1\n"
    found = [(problem.line, problem.code) for problem in named(text)]
    assert found == [(7, "units-differ"), (8, "unknown-name"), (9, "table-not-rising"), (10, "no-because")]


def test_errors_of_later_stages_are_collected_too() -> None:
    text = HEAD + "question q on 2025-01-01 value shells\nlever l : 1 from 0 to 1\nscenario s { l = 7 }\nscenario u { }\n"
    assert {"outside-horizon", "out-of-range", "empty-scenario"} <= {problem.code for problem in named(text)}


def test_the_same_problem_in_one_place_counts_once_for_all_elements() -> None:
    text = HEAD + "let x[side] : 1 = men[side]\n"
    assert len(named(text)) == 1


def test_a_loop_through_elements_is_no_loop_unless_the_elements_close_it() -> None:
    program_of(HEAD + "let x[red] : person = men[red]\nlet x[blue] : person = x[red]\n")
    loop = named(HEAD + "let x[red] : person = x[blue]\nlet x[blue] : person = x[red]\n")[0]
    assert loop.code == "loop" and "x[red]" in loop.message and "x[blue]" in loop.message


def test_a_loop_through_a_stock_or_a_memory_is_no_loop() -> None:
    program_of(HEAD + "let x : 1 = y\nlet y : 1 = smooth(x, 2 weeks, 0.5)\nlet z : 1 = delay(z + 1, 1 week, 0)\n")


def test_a_scenario_that_equals_the_default_is_a_warning() -> None:
    program = program_of(
        HEAD + "lever l : 1 from 0 to 1 = 0.5\nparam p : 1 = 3\nscenario s { l = 0.5, p = 3 }\nscenario u { p = 4 }\n"
    )
    assert [slot.name for slot in program.scenarios] == ["baseline", "s", "u"]
    (warning,) = program.warnings
    assert warning.code == "idle-scenario" and "`s`" in warning.message and "changes nothing" in warning.message


def test_overrides_at_different_times_do_not_contradict_each_other() -> None:
    program_of(
        HEAD
        + "lever l : 1 from 0 to 1\nscenario s { l = 1 until 2024-01-08, l = 0.5 from 2024-01-08 until 2024-02-01, l = 1 from 2024-02-01 }\n"
    )


def test_an_index_may_have_an_element_with_the_name_of_a_unit_of_time() -> None:
    program = program_of(HEAD + "index shift = day, night\nstock crew[shift] : person = 3 person\nlet x : person = crew[day]\n")
    assert program.step == 0.25


QUIET = {
    "what stands after a broken statement": (
        'stock y : 1 = 1 +\nlet z : person = y * 2 + men[red]\nlet u : 1 = exp(y)\nchart "c" of y',
        1,
    ),
    "an unknown unit": (
        "stock y : peeple = 3 peeple\nlet z : person = y\nlet u : 1 = exp(y) + y / men[red]\nflow f : y -> men[red] = y / 1 week",
        1,
    ),
    "a reserved name": ("let if : 1 = 2\nlet day : person = 3\nlet z : shell = day + 3 shell\nlet u : day = 2 week", 2),
    "an unknown index": ("stock y[sied] : 1 = 0\nlet z : 1 = y[red] + sum(y)\nlet u[side] : 1 = y[side]", 1),
    "a broken index": ("index place = north south\nstock y[place] : 1 = 0\nlet z : 1 = y[north] + y[south]", 1),
    "a broken table": ("table t : 1 of 1 = (0 1)\nlet z : 1 = t(2)\nlet u : 1 = t(men[red] / 1 person)", 1),
    "a broken treaty": ("treaty p between red\nlet z : 1 = if honoured(p) then 1 else 0\nlet u : 1 = p_chance", 2),
    "a broken decision": ("decision d by red\nlet z : 1 = if d is a then 1 else 0\nlet u : 1 = count(d is a)", 1),
    "broken scenarios and questions": ('scenario s { x }\nquestion q at 2 weeks\ncheck "c" scenario s lowers q', 2),
    "a misspelt keyword": ("stcok y : 1 = 2\nlet z : 1 = y + 1", 1),
    "a broken unit": ("unit gun = two shell\nstock y : gun = 3 gun\nlet z : shell = y", 1),
    "a broken series": ('series s : 1 from "a.csv" of men[red]\nobserve s as normal(1) because "x"', 1),
}


@pytest.mark.parametrize("name", QUIET)
def test_one_error_brings_no_others_with_it(name: str) -> None:
    text, count = QUIET[name]
    problems = problems_of(HEAD + text + "\n")
    assert len(problems) == count, [f"{problem.line}: {problem.message}" for problem in problems]


MANY = """\
model m as of 2024-01-01 for 10 weeks step 1/4 week
index side = red, blue
stock pop : person = 100 person
stock men[side] : soldier = 10 soldier
unit soldier
stock broken : person = 1 +
let b : soldier = broken * 2
let c : 1 = unknwn + 1
let d : 1 = exp(men[red])
let e : person = delay(pop, 0 week)
param p : 1 ~ 0 to 1
param q : 1 ~ normal(0, -1) because "x"
lever l : 1 from 0 to 1
scenario s { l = 7 }
question late on 2025-01-01 value pop
table t : 1 of 1 = (1, 1) (0, 0)
let f : soldier = t(2) * men[gren]
event happens at rate 0.5
noise n : 1 ~ normal(0, 1) every 0.1 week
let h : 1 = smoothn(time / 1 week, 1 week, 2.5)
let status : 1 = 2
stock x[side, side] : 1 = 0
define z : 1 = 3
"""
ALL_OF_THEM = [
    (3, "unknown-unit"),
    (7, "expected-expression"),
    (8, "unknown-name"),
    (9, "units-differ"),
    (10, "zero-delay"),
    (11, "no-because"),
    (12, "bad-prior"),
    (14, "out-of-range"),
    (15, "outside-horizon"),
    (16, "table-not-rising"),
    (17, "unknown-element"),
    (18, "units-differ"),
    (19, "not-whole-steps"),
    (20, "bad-order"),
    (21, "reserved-name"),
    (22, "repeated-index"),
    (23, "unexpected"),
]


def problems_of(text: str) -> list[Problem]:
    """Every problem of a text, of whatever kind."""
    with pytest.raises(ModelError) as caught:
        compile_model(survey(text))
    return caught.value.problems


def test_errors_of_every_kind_come_at_once() -> None:
    """Syntax, names, units, tables, priors, lowering, questions, scenarios: none hides another."""
    assert [(problem.line, problem.code) for problem in problems_of(MANY)] == ALL_OF_THEM
    with pytest.raises(ModelError) as caught:
        read_model(MANY)
    assert len(caught.value.problems) == len(ALL_OF_THEM)


@pytest.mark.parametrize("left_out", range(3, 24))
def test_no_error_hangs_on_another(left_out: int) -> None:
    """Without one of the lines its errors are gone, and of the others only those that named what it declared have changed."""
    lines = MANY.splitlines()
    lines[left_out - 1] = "#"
    found = {(problem.line, problem.code) for problem in problems_of("\n".join(lines) + "\n")}
    own = {one for one in ALL_OF_THEM if one[0] == left_out} | ({(7, "expected-expression")} if left_out == 6 else set())
    missing = set(ALL_OF_THEM) - own - found
    declared = {3: {10, 15}, 4: {9, 17}, 5: {4, 9, 17}, 6: {7}, 13: {14}, 16: {17}}
    assert {line for line, _ in missing} <= declared.get(left_out, set()) | {left_out}


def test_an_unknown_unit_is_told_once_with_all_its_lines() -> None:
    problems = problems_of(
        HEAD + "stock y : gun = 3 gun\nlet z : gun/week = y / 1 week\nlet u : shell = 4 shell\nlet v : 1/gun = 1 / y\n"
    )
    assert [(problem.line, problem.code) for problem in problems] == [(7, "unknown-unit")]
    assert "lines 8, 10 too" in problems[0].message and "unit gun" in problems[0].help


def test_a_broken_head_hides_nothing_of_the_definitions() -> None:
    problems = problems_of(
        "model m for ten weeks\nlet x : 1 = missing\ntable t : 1 of 1 = (1, 1) (0, 0)\nlet y : 1 = if time > 2024-01-01 then 1 else 0\n"
    )
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "expected-number"),
        (2, "unknown-name"),
        (3, "table-not-rising"),
    ]


def test_no_more_than_a_hundred_problems_of_all_kinds_are_reported() -> None:
    text = HEAD + "".join(f"let v{k} : 1 = {['1 +', 'missing', 'men[red]'][k % 3]}\n" for k in range(400))
    assert len(problems_of(text)) == 100


MESSAGES = {
    # a statement -> words of the message or its help
    "flow f : men[red] -> outsid = 1 person/week": ("outsid", "Did you mean `outside`"),
    "let Pop : 1 = 2\nlet y : 1 = POP": ("POP", "Did you mean `Pop`"),
    "let y : person = smooth(men[red], 3)": ("found 1, expected week", "Give the number its unit: write it with week."),
    'series rain : shell from "a.csv" column "a" of shells\nlet y : 1 = rain': (
        "`rain` is not declared as a variable",
        "It is a series",
    ),
    "question q at 2 weeks value shells\nlet y : 1 = q": ("`q` is not declared as a variable", "It is a question"),
    "event e at rate 1 per week every 3 days": ("`every` does not belong to this event", "It takes: at rate, on, when"),
    "event e at rate 1 per week untill 2024-02-01": ("untill", "Did you mean `until`"),
    "event e on 2024-01-08 on 2024-01-15": ("`on` stands twice", "Keep one"),
    'param p : 1 ~ 1 to 2 above 0 above 1 because "x"': ("`above` stands twice",),
    'param p : 1 ~ 1 to 2 because "x" because "y"': ("`because` stands twice",),
    "stock y : 1 = 0 within 0 to 1 within 0 to 2": ("`within` stands twice",),
    "lever l : 1 from 0 to 1 = 0 = 1": ("`=` stands twice",),
    "let y : 1 = exp(1, 2)": ("takes (x); found 2 arguments",),
    "let y : 1 = exp()": ("takes (x); found no arguments",),
    "let y : 1 = (-8)^(1/3)": ("is no real number",),
    "let y : 1 = 1/0": ("is no real number", "divides by zero"),
}


@pytest.mark.parametrize("statement", MESSAGES)
def test_a_message_says_what_is_the_matter_and_what_to_do(statement: str) -> None:
    (problem,) = problems_of(HEAD + statement + "\n")
    said = f"{problem.message} {problem.help}"
    assert [word for word in MESSAGES[statement] if word not in said] == [], said


HEADS = {
    "model m for 1 year step 1 week": ("52.1786 steps", "`for 52 week`", "`for 53 week`", "`step 1/52 year`"),
    "model m for 50 years step 1 day": ("18262.5 steps", "`for 18262 day`", "`for 18263 day`", "`step 1/365 year`"),
    "model m for 4 weeks step 1 week step 2 week": ("`step` stands twice",),
    "model m for 4 weeks for 5 weeks": ("`for` stands twice",),
    "model m for 4 weeks\ndefine x : 1 = 2": ("`define` begins no statement", "A statement begins with one of actor"),
}


@pytest.mark.parametrize("head", HEADS)
def test_a_wrong_head_says_what_would_be_right(head: str) -> None:
    (problem,) = problems_of(head + "\nstock x : 1 = 1\n")
    said = f"{problem.message} {problem.help}"
    assert [word for word in HEADS[head] if word not in said] == [], said


@pytest.mark.parametrize(
    "law", ["on 2024-01-15 with chance 150 %", "when time > 1 week with chance -0.1", "at rate -1 per week repeating"]
)
def test_a_chance_or_a_rate_that_there_is_not_is_refused(law: str) -> None:
    text = f"model m as of 2024-01-01 for 4 weeks step 1 week\nevent e {law}\n"
    assert [one.code for one in refusal(text).problems] == ["no-chance" if "chance" in law else "bad-event"]
    for allowed in ("on 2024-01-15 with chance 100 %", "when time > 1 week with chance 0", "at rate 0 per week repeating"):
        program_of(f"model m as of 2024-01-01 for 4 weeks step 1 week\nevent e {allowed}\n")
