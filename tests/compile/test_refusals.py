"""Wrong models: which code, on which line, and what the message must name."""

from __future__ import annotations

import pytest

from foedus.errors import Problem
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
    "let x : 1 = 1e300 * 1e300": ("not-finite",),
    "actor red": ("duplicate-name", "red"),
    "stock y[red] : 1 = 0\nlet x : 1 = y[blue]": ("undefined-element", "y[blue]"),
    "map foe : side -> side = red -> blue": ("bad-map", "blue"),
    "map foe : side -> side = red -> blue, blue -> green": ("bad-map", "green"),
    "let x : 1 = in_force(pact)": ("not-a-treaty",),
    "let x : 1 = count(shells)": ("not-an-event", "ever"),
    "decision d by red every week a : 0, b : 1\nlet x : 1 = d is c": ("unknown-option", "a, b"),
    "decision d by gren every week a : 0, b : 1": ("unknown-actor", "gren"),
    'treaty p between red and green, in force when time > 1 week obliges "x" when time > 2 weeks, honoured with chance 1': ("unknown-actor", "green"),
    'treaty p between red and red, in force when time > 1 week obliges "x" when time > 2 weeks, honoured with chance 1': ("bad-treaty",),
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
    "noise n : 1 ~ normal(0, 1) every 0.1 week": ("not-whole-steps",),
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
    'treaty p between red and blue, in force when time > 1 week obliges "x" when time > 2 weeks, honoured with chance ~ 0.1 to 0.5':
        ("no-because", "p_chance"),
    # what is tried
    "lever l : 1 from 0 to 1\nscenario s { l = 2 }": ("out-of-range", "0 to 1"),
    "lever l : 1 from 0 to 1 named big = 2": ("out-of-range", "big"),
    "lever l : 1 from 1 to 0": ("empty-range",),
    "lever l : 1 from 0 to 1 named none = 0, some = 1\nscenario s { l = many }": ("unknown-position", "many"),
    "scenario s { }": ("empty-scenario", "overrides nothing"),
    "lever l : 1 from 0 to 1 = 0.5\nscenario s { l = 0.5 }": ("empty-scenario", "anyway"),
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
}  # fmt: skip


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
