"""Valid models at random that use every construct and every built-in, for holding one engine against the other.

Some are made of parts: a mechanism that is used twice, data that equations read, and files that are included. Some go by the calendar, in months or years.
"""

from __future__ import annotations

import datetime
import random
import re
from pathlib import Path

from foedus.language import Source, read_model_text
from foedus.language.calendar import Calendar

__all__ = ["random_files", "random_model", "random_source"]

_HEAD = """\
unit person, crate = 12 m^2
index side = red, blue
index place = north, south, east
map enemy : side -> side = red -> blue, blue -> red
actor red "Red", blue "Blue", green "Green"
table curve : 1 of 1 = (-2, 0.5) (0, 1) (1, -1.5) (4, 2)
table calendar : 1 of time = (2024-01-03, 0.5) (2024-01-20, 1.5)
"""
_DATES = ("2024-01-04", "2024-01-10", "2024-01-17")


class _Writer:
    """Writes one model. `numbers` and `conditions` are what may be read so far, so that no loop comes about."""

    def __init__(self, seed: int, is_wild: bool = False, has_parts: bool = False) -> None:
        self.luck, self.has_parts = random.Random(seed), has_parts
        self.rules = _NUMBERS + _WILD if is_wild else _NUMBERS
        self.steps = self.luck.choice((1, 2, 4))
        self.numbers = ["time / 1 week", "calendar(time)", "time_step / 1 day"]
        self.conditions = [f"time >= {self.date()}"]
        self.happenings: list[str] = []
        self.lines: list[str] = []

    # --- words

    def maybe(self, text: str, chance: float = 0.4) -> str:
        return f" {text}" if self.luck.random() < chance else ""

    def date(self) -> str:
        return self.luck.choice(_DATES)

    def literal(self) -> str:
        return self.luck.choice(("0", "1", "0.25", "2", "-1.5", "30 %", "7e-1", f"{self.luck.uniform(-3, 3):.3f}"))

    def duration(self) -> str:
        return self.luck.choice(("1 week", "10 days", "0.3 month", "span"))

    def fixed_duration(self) -> str:
        return f"{self.luck.randint(1, 5) / self.steps} week"

    def name(self) -> str:
        return self.luck.choice(self.numbers)

    # --- expressions: plain numbers of moderate size, and conditions

    def number(self, depth: int = 3) -> str:
        if depth <= 0 or self.luck.random() < 0.15:
            return self.name() if self.luck.random() < 0.7 else self.literal()
        rule = self.luck.choice(self.rules)
        return rule(self, depth - 1)

    def condition(self, depth: int = 2) -> str:
        if depth <= 0:
            return self.luck.choice(self.conditions)
        x, y = self.number(depth - 1), self.number(depth - 1)
        return self.luck.choice(
            (
                f"({x} {self.luck.choice(('<', '<=', '>', '>=', '=', '!='))} {y})",
                f"({self.condition(depth - 1)} and {self.condition(depth - 1)})",
                f"({self.condition(depth - 1)} or not {self.condition(depth - 1)})",
                f"ever({self.condition(depth - 1)})",
                self.luck.choice(self.conditions),
            )
        )

    def delay(self, depth: int) -> str:
        function = self.luck.choice(("smooth", "smooth3", "delay1", "delay3"))
        return f"{function}({self.number(depth)}, {self.duration()}{self.start()})"

    def delay_n(self, depth: int) -> str:
        function = self.luck.choice(("smoothn", "delayn"))
        return f"{function}({self.number(depth)}, {self.duration()}, {self.luck.randint(1, 4)}{self.start()})"

    def fixed_delay(self, depth: int) -> str:
        return f"delay({self.number(depth)}, {self.fixed_duration()}{self.start()})"

    def start(self) -> str:
        return self.luck.choice(("", ", 1", ", weight"))

    def of_happening(self, depth: int) -> str:
        if not self.happenings:
            return self.name()
        happening = self.luck.choice(self.happenings)
        return self.luck.choice(
            (
                f"count({happening})",
                f"pulse({happening}) * time_step",
                f"time_since({self.condition(1)}) / 1 week",
                "month_of(time)",
                "part_of_year(time)",
                "weekday_of(time)",
            )
        )

    # --- statements

    def add(self, line: str) -> None:
        self.lines.append(line)

    def write(self) -> str:
        weeks = self.luck.randint(3, 5)
        self.add(
            f'model sample "at random" as of 2024-01-01 for {weeks} weeks step 1/{self.steps} week{self.maybe("save every 2 weeks")}'
        )
        self.add(_HEAD)
        self.uncertain()
        self.stocks()
        if self.has_parts:
            self.parts()
        for _ in range(self.luck.randint(2, 3)):
            self.let()
        for kind in self.luck.sample(("rate", "on", "when"), 3):
            self.event(kind)
        self.let()
        self.decision()
        self.treaty()
        self.let()
        self.flows()
        self.scenarios()
        self.questions()
        return "\n".join(self.lines) + "\n"

    def uncertain(self) -> None:
        laws = (
            "0.2 to 0.9",
            "-1 to 2 as normal",
            "0.1 to 0.4 as share",
            "1 to 2 as uniform",
            "normal(0, 1) above -1 below 2",
            "lognormal(0, 0.3)",
            "logitnormal(0, 1)",
            "triangular(0, 1, 3)",
            "beta(2, 3)",
            "gamma(2, 0.5)",
            "exponential(1)",
            "student(4, 0, 1)",
            "mixture(0.4, normal(0, 1), 0.6, 1 to 2)",
            "sample(1, 2, 3.5)",
            "bernoulli(0.4)",
            "poisson(3)",
            "binomial(5, 0.3)",
            "choice(0.2, 1, 0.8, 2)",
        )
        for number, law in enumerate(self.luck.sample(laws, 2)):
            self.add(f'param p{number} : 1 ~ {law} because "at random"')
            self.numbers.append(f"p{number}")
        self.add('correlate p0 with p1 at 0.5\nparam weight : 1 ~ 0.2 to 0.8 because "at random"')
        self.add('param span : week ~ 1 to 2 because "at random"')
        self.add('lever push : 1 from -2 to 3 = 1 "Push" named none = 0, "as it was" = 1')
        self.numbers += ["weight", "push"]
        for number in range(2):
            law = self.luck.choice(("normal(0, weight)", "lognormal(0, 0.3)", "logitnormal(0, 1)", "uniform(-1, 1)"))
            every = self.luck.choice(("every week", "every 2 weeks", f"every 1/{self.steps} week"))
            memory = "" if law.startswith("uniform") else self.maybe(self.luck.choice(("memory 2 weeks", "memory span")))
            index = self.luck.choice(("", "[side]"))
            self.add(f"noise n{number}{index} : 1 ~ {law} {every}{memory}")
            self.numbers += [f"n{number}[red]", f"sum(n{number})"] if index else [f"n{number}"]

    def parts(self) -> None:
        """A mechanism, once for each side and once without an index; and data by date."""
        self.add('include "parts/herd.foedus"')
        outside = self.luck.choice((" outside held", ""))
        self.add(
            f'input rain : 1 from "data.csv" column "v" {self.luck.choice(("held", "interpolated"))}{outside and ","}{outside}'
        )
        self.numbers.append("rain")
        for alias, index in (("ours", " for side"), ("theirs", "")):
            each = "start[red] = 40 person, start[blue] = 25 person" if index else "start = 30 person"
            given = self.luck.choice((f"pull = {self.number(2)}", 'pull ~ 0.5 to 1.5 because "at random"'))
            self.add(f'use herd as {alias} "{alias}"{index} of person with {given}, {each}{self.maybe(", span = 1.5 weeks")}')
            element = "[red]" if index else ""
            self.numbers += [f"{alias}.level{element} / 30 person", f"{alias}.spread"]
            self.conditions.append(f"{alias}.full{element}")

    def stocks(self) -> None:
        self.add("stock men[side] : person = 100 * weight * 1 person\nstock lost[side] : person = 0 person")
        self.add(
            f"stock mood : 1 = {self.literal()} signed\nstock held[side, place] : crate = 1 signed{self.maybe('within -3 to 4')}"
        )
        self.numbers += [
            "men[red] / 100 person",
            "mood",
            "share(men[blue])",
            "sum(held) / 3 crate",
            "held[red, east] / 1 crate",
            "mean(held[red, place] over place) / 1 crate",
            "max(held) / 12 m^2",
            "sum(men[side] * lost[enemy(side)] over side) / 10000 person^2",
        ]
        self.conditions.append("men[red] < 50 person")

    def let(self) -> None:
        name = f"x{len(self.lines)}"
        if self.luck.random() < 0.3:
            self.add(f"let {name}[side] : 1 = {self.number(2)} + men[enemy(side)] / 100 person")
            self.numbers += [f"{name}[blue]", f"product({name})", f"min({name})"]
        else:
            self.add(f"let {name} : 1 = clip({self.number()}, -50, 50)")
            self.numbers.append(name)

    def event(self, kind: str) -> None:
        name = f"e{len(self.lines)}"
        index = self.luck.choice(("", "", "[side]"))
        if kind == "rate":
            text = f"at rate abs({self.number(2)}) per week"
        elif kind == "on":
            text = f"on {self.date()}{self.maybe('with chance 0.6')}"
        else:
            text = f"when {self.condition()}{self.maybe('with chance weight')}"
        limits = (
            "" if kind == "on" else self.maybe(f"after {self.date()}") + self.maybe("until 2024-01-29") + self.maybe("repeating")
        )
        self.add(f"event {name}{index} {text}{limits}")
        full = f"{name}[red]" if index else name
        self.happenings.append(full)
        self.conditions.append(full)

    def decision(self) -> None:
        limits = (
            self.maybe(f"from {self.date()}", 0.3)
            + self.maybe("until 2024-01-25", 0.3)
            + self.maybe(f"when {self.condition()}", 0.3)
            + self.maybe("once", 0.3)
        )
        every = self.luck.choice(("week", "1/" + str(self.steps) + " week"))
        self.add(
            f'decision choice "?" by green every {every}{limits}\n'
            f"  none : 0, some : clip({self.number(2)}, -3, 3) + weight, more : 0.5 - weight"
        )
        self.happenings.append(f"choice is {self.luck.choice(('none', 'some', 'more'))}")
        self.conditions.append("choice is some")

    def treaty(self) -> None:
        chance = self.luck.choice(("~ 0.4 to 0.9 as share", "0.7", "weight"))
        early = self.maybe("or 0.2 before it is in force")
        self.add(
            f'treaty pact between red and green, in force when {self.condition(1)} obliges "help"\n'
            f'  when {self.condition()}, honoured with chance {chance}{early}{self.maybe("after 1 week")} because "at random"'
        )
        self.conditions += ["in_force(pact)", "invoked(pact)", "honoured(pact)"]

    def flows(self) -> None:
        self.add(f"flow falling[side] : men[side] -> lost[side] = men[side] * logistic({self.number(2)}) / 9 weeks")
        self.add(f"flow coming[side] : outside -> men[side] = 10 person/month * abs({self.number(2)})")
        self.add(f"flow swinging : outside -> mood = clip({self.number(3)}, -2, 2) / 1 week - mood / 2 weeks")
        self.add(
            f"flow taken[side, place] : outside -> held[side, place] = (if {self.condition()} then 0.1 crate else -0.05 crate) / 1 week"
        )

    def scenarios(self) -> None:
        event = next(name for name in self.happenings if not name.startswith("choice")).removesuffix("[red]")
        things = [
            "push = -0.77",
            "push = none until 2024-01-12",
            "weight = 0.123",
            "p0 = 0.777 from 2024-01-05",
            f"{event} = on {self.date()}",
            f"{event} = never",
            "choice = more from 2024-01-05 until 2024-01-15",
            f"{self.lines_of('let')[0].split('[')[0]} = 1.25 from 2024-01-06",
        ]
        for number in range(2):
            chosen = {thing.split()[0]: thing for thing in self.luck.sample(things, 3)}
            self.add(f'scenario s{number} "At random" {{ {", ".join(chosen.values())} }}')

    def lines_of(self, keyword: str) -> list[str]:
        return [line.split()[1] for line in self.lines if line.startswith(keyword + " ")]

    def questions(self) -> None:
        x, condition = self.number(2), self.condition
        self.add(f"question q_true on 2024-01-15 true when {condition()}{self.maybe('given ' + condition(1))}")
        self.add(f"question q_by by 2024-01-18 true when {condition()}\nquestion q_value at 2 weeks value men[red] in kperson")
        self.add(f"question q_always from 2024-01-02 to 2024-01-20 always {condition()}")
        self.add(f"question q_first first time {condition()} by 2024-01-20\nquestion q_end at the end value {x}")
        for measure in ("mean", "min", "max", "total", "change"):
            self.add(
                f"question q_{measure} from 2024-01-05 to 2024-01-19 {measure} {self.luck.choice((x, 'lost[blue]', 'mood'))}"
            )


def _call(*patterns: str):
    def rule(writer: _Writer, depth: int) -> str:
        return writer.luck.choice(patterns).replace("X", f"{writer.number(depth)}").replace("Y", writer.number(depth))

    return rule


_NUMBERS = (
    _call("(X + Y)", "(X - Y)", "(X * Y)", "(X / 2)"),
    _call(
        "safe_divide(X, Y)",
        "safe_divide(X, floor(Y), 3)",
        "min(X, Y)",
        "max(X, Y, 1)",
        "clip(X, -1, 2)",
        "clip(X, 0, abs(Y))",
        "clip(3, min(X, Y), max(X, Y))",
        "abs(X)",
    ),
    _call("floor(X)", "round(X)", "sqrt(abs(X))", "exp(clip(X, -4, 3))", "log(abs(X) + 0.1)", "log10(abs(X) + 1)"),
    _call("sin(X)", "cos(X)", "tanh(X)", "logistic(X)", "logit(clip(X, 0.05, 0.95))", "curve(X)", "curve(time / 3 weeks)"),
    _call("(X)^2", "(abs(X) + 0.1)^0.5", "(abs(X) + 0.1)^-1.7", "abs(X)^weight", "-(X)", "(-X)^3"),
    _call("step(X, 2024-01-09)", "ramp(X / 1 week, 3 days)", "ramp(0.5 per week, 2024-01-04, 2024-01-16)", "step(1, span)"),
    lambda writer, depth: f"(if {writer.condition(depth)} then {writer.number(depth)} else {writer.number(depth)})",
    _Writer.delay,
    _Writer.delay_n,
    _Writer.fixed_delay,
    _Writer.of_happening,
)

_WILD = (
    _call("sqrt(X)", "log(X)", "log10(X)", "(X / (Y))", "exp((X) * 9)", "(X)^0.5", "(X)^(Y)", "logit(X)"),
    _call("(X / ((Y) - (Y)))", "safe_divide(sqrt(X), Y)", "max(log(X), Y)", "(if sqrt(X) < Y then 1 else 2)"),
    _call("clip(3, X + time / 100 weeks, Y)", "clip(X, 0, Y + time / 50 weeks)"),
)
"""What is no number for some of its arguments, or too large for one."""


class _Herd(_Writer):
    """Writes a mechanism: it knows its slots, its own names and functions, and nothing of the model."""

    def __init__(self, seed: int, is_wild: bool) -> None:
        super().__init__(seed, is_wild)
        self.numbers = ["time / 1 week", "time_step / 1 day", "pull", "weight", "level[group] / 30 thing"]
        self.conditions = [f"time >= {self.date()}", "level[group] > 45 thing"]

    def of_happening(self, depth: int) -> str:
        return self.luck.choice(("count(full[group])", "pulse(shed[group]) * time_step", "month_of(time)", "weekday_of(time)"))

    def write(self) -> str:
        law = self.luck.choice(("normal(0, weight)", "lognormal(0, 0.3)", "uniform(-1, 1)"))
        return f"""\
mechanism herd "At random" of thing for group
  source "chance" not for "anything"
slot pull : 1 "Pull" ~ 0.2 to 0.9 because "at random"
slot start[group] : thing "At the start"
slot span : week "A while" ~ 1 to 2 because "at random"
slot weight : 1 "A weight" = 0.4
table curve : 1 of 1 = (-2, 0.5) (0, 1) (1, -1.5) (4, 2)
stock level[group] : thing = start[group] "Level"
noise weather[group] : 1 ~ {law} every week
event full[group] when level[group] > 45 thing{self.maybe("repeating")}
event shed[group] at rate {self.luck.choice(("0.3", "3"))} per week * (level[group] > 20 thing) repeating
let mood[group] : 1 = clip({self.number(2)} + weather[group], -3, 3)
flow grown[group] : outside -> level[group] = start[group] * abs(mood[group]) / 9 weeks
flow left[group] : level[group] -> outside = 0.5 thing * pulse(shed[group])
let spread : 1 = max(mood[group] over group) - min(mood[group] over group)
gives level[group], full[group], spread
"""


_START = datetime.date(2024, 1, 1)


def _by_calendar(text: str, unit: str, start: datetime.date) -> str:
    """The same model with a month or a year in place of each week, dates moved alike."""
    calendar = Calendar(start, unit, True)

    def moved(date: re.Match[str]) -> str:
        day = datetime.date.fromisoformat(date[0])
        return calendar.date_of((day - _START).days / 7).isoformat()

    return re.sub(r"\bweek(s?)\b", unit + r"\1", re.sub(r"\b20\d\d-\d\d-\d\d\b", moved, text))


def random_model(seed: int, is_wild: bool = False) -> str:
    """A model text, the same for the same seed; a wild one fails in some futures, in whatever is read there."""
    return _Writer(seed, is_wild).write()


def random_files(seed: int, is_wild: bool = False) -> dict[str, str]:
    """A model of parts by file, the same for the same seed; two in three go by the calendar, in months or years."""
    luck = random.Random(seed)
    text = _Writer(seed, is_wild, has_parts=True).write()
    cut = text.index("question ")
    files = {
        "model.foedus": text[:cut] + 'include "questions.foedus"\n',
        "questions.foedus": text[cut:],
        "parts/herd.foedus": _Herd(seed, is_wild).write(),
        "data.csv": "date,v\n"
        + "".join(f"{day},{luck.uniform(-1, 2):.3f}\n" for day in ("2023-11-20", "2024-01-09", "2024-02-20")),
    }
    unit = luck.choice(("week", "month", "year"))
    start = luck.choice((_START, datetime.date(2024, 1, 31), datetime.date(2024, 2, 29)))
    return files if unit == "week" else {name: _by_calendar(content, unit, start) for name, content in files.items()}


def random_source(folder: Path, seed: int, is_wild: bool = False) -> Source:
    """The same, written into a folder and read from there."""
    for name, content in random_files(seed, is_wild).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return read_model_text(folder / "model.foedus")
