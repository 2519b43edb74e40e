"""The program: a small typed intermediate form, free of text, names of elements and units. Every engine runs it.

One graph of values, numbered so that arguments come first. Each value is computed in the earliest phase that knows its arguments:

    constant   known when compiling
    time       the same in all futures: one column, computed once per scenario
    future     the same at all moments: one number per future
    step       everything else, inside the time loop
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from foedus.compile.canonical import aside, canonical_text
from foedus.compile.looks import CheckSlot, LargeCause, Level
from foedus.distributions import Distribution
from foedus.errors import Problem
from foedus.language.calendar import Calendar
from foedus.titles import title_of

__all__ = [
    "OPERATIONS",
    "Block",
    "GivenSlot",
    "Guard",
    "Node",
    "OverrideSlot",
    "ParameterSlot",
    "Program",
    "ReportSlot",
    "ResultSlot",
    "RingSlot",
    "SavedSlot",
    "ScenarioSlot",
    "SetValue",
    "Stage",
    "StateSlot",
    "Status",
    "Told",
    "Update",
    "Watch",
    "start_name",
]

# name -> number of arguments. The engines have one row for each, and a test holds the key sets equal.
OPERATIONS: dict[str, int] = {
    "add": 2,
    "subtract": 2,
    "multiply": 2,
    "divide": 2,
    "minimum": 2,
    "maximum": 2,
    "absolute": 1,
    "floor": 1,
    "square_root": 1,
    "exp": 1,
    "log": 1,
    "power": 2,
    "sin": 1,
    "cos": 1,
    "normal_quantile": 1,
    "poisson": 3,
    "less": 2,
    "less_equal": 2,
    "equal": 2,
    "both": 2,
    "either": 2,
    "negation": 1,
    "choose": 3,
}
# leaves: "constant" (value), "step_time", "calendar" (number of a reading),
# "override_active"/"override_value" (slot), "parameter" (slot), "state" (slot; tagged with
# the block that reads it), "ring" (slot), "uniform" (stream; argument: none for the first draw, or a value that counts),
# "uniform_periodic" (stream; the index is the number of the block's occurrence), "given_periodic" (given slot; likewise)


class Status:
    """How a future ended."""

    OK, NOT_FINITE, NEGATIVE_STOCK, OUT_OF_RANGE = 0, 1, 2, 3
    NAMES = ("ok", "not finite", "negative stock", "out of range")


@dataclass(frozen=True)
class Node:
    """One value: an operation on earlier values, or a leaf.

    Attributes:
        operation: a key of OPERATIONS or a leaf's name.
        arguments: numbers of the values it reads.
        immediate: of a leaf: the constant or the slot.
        phase: "constant", "time", "future" or "step".
        is_condition: a truth value rather than a number.
    """

    operation: str
    arguments: tuple[int, ...] = ()
    immediate: float | int | tuple[int, int] | None = None
    phase: str = "step"
    is_condition: bool = False


@dataclass(frozen=True)
class ParameterSlot:
    """An uncertain or fixed input of a future, in the model's base units.

    Attributes:
        scale: base units per declared unit; a sample of the prior is multiplied by it.
        distribution: in the declared unit, None when the prior rests on claims or the value is fixed.
        value: in base units, for fixed parameters and levers.
        claims: the group that the prior pools, "" if none; with `is_belief`, whose claims add up to log-odds.
        is_lever: stands for a lever.
        is_start: what a stock holds at the start, which only the members of a posterior know.
    """

    name: str
    unit: str
    scale: float
    label: str
    because: str
    distribution: Distribution | None = None
    value: float | None = None
    claims: str = ""
    is_lever: bool = False
    prior_text: str = ""
    is_belief: bool = False
    is_start: bool = False

    @property
    def is_uncertain(self) -> bool:
        """Has it a law, from its text, from claims or from a posterior?"""
        return self.distribution is not None or bool(self.claims) or self.is_start

    @property
    def title(self) -> str:
        """What it is called in words."""
        return title_of(self.name, self.label, self.claims)


_START = "start of "


def start_name(stock: str) -> str:
    """The name of the parameter that says what a stock holds at the start."""
    return f"{_START}{stock}"


@dataclass(frozen=True)
class Told:
    """What a state tells about a happening, to whoever watches a future run.

    Attributes:
        kind: "event", "treaty" or "decision".
        name: with its elements.
        stage: of an event "count", or "time" where it comes on a date; of a treaty "in_force", "invoked", "granted", "honoured", each the
            time; of a decision "now" (the number of the option that is chosen on this step, -1 for none) and "chance" (added up).
        option: of the decision, where the state belongs to one.
    """

    kind: str
    name: str
    stage: str
    option: str = ""


@dataclass(frozen=True)
class StateSlot:
    """A number that lasts from step to step.

    Attributes:
        kind: "integral" (update is a rate: new = old + step * rate) or "direct" (update is the new value).
        initial: number of a value of phase constant or future.
        update: number of a value; -1 when only a block writes it.
        tells: what it tells about a happening, if anything.
    """

    name: str
    kind: str
    initial: int
    update: int = -1
    tells: Told | None = aside(None)


@dataclass(frozen=True)
class RingSlot:
    """A fixed delay: the values of the last `length` steps."""

    length: int
    initial: int
    update: int


@dataclass(frozen=True)
class Update:
    """After a block: state := value."""

    state: int
    value: int


@dataclass(frozen=True)
class Block:
    """Updates that happen before the step proper, at steps of a schedule, one block after the other.

    Attributes:
        every, offset: at steps k with (k - offset) divisible by `every`; k counts from the as-of date and may be negative.
        first, last: within these steps.
        steps: if not empty, exactly at these steps instead.
        watched, quick: what else is updated, to find the first fault of a future, or only to know that there is one.
    """

    name: str
    every: int
    offset: int
    first: int
    last: int
    updates: tuple[Update, ...]
    steps: tuple[int, ...] = ()
    watched: tuple[Update, ...] = ()
    quick: tuple[Update, ...] = ()


@dataclass(frozen=True)
class Guard:
    """Updates after a step in the futures where `condition` holds; worth computing only when it does so in some."""

    condition: int
    updates: tuple[Update, ...]


@dataclass(frozen=True)
class Watch:
    """How the first fault of a future is found. A run in which hardly anything fails may first only ask whether something did.

    Attributes:
        updates: in every step, from the states as the step finds them: how something is broken, and when.
        detail: which check it is, and the value; worth computing where its condition holds.
        status: after the last step.
        quick, quick_status: the same for a run that only wants to know which futures have to be looked at.
        shown: further updates for such a run, of values that only charts show; before the states move, where its condition holds.
        keeps: the states that keep the first fault: how, when, what, value.
        levels: stocks, which are looked at before anything happens in a step. causes: what may be too large before a stock is.
    """

    updates: tuple[Update, ...]
    detail: Guard
    status: int
    quick: tuple[Update, ...]
    quick_status: int
    shown: Guard | None = None
    keeps: tuple[int, int, int, int] = aside((-1, -1, -1, -1))
    levels: tuple[Level, ...] = aside(())
    causes: tuple[LargeCause, ...] = aside(())


@dataclass(frozen=True)
class OverrideSlot:
    """A value that scenarios may set between two moments: per-step columns `active` and `value`."""

    name: str


@dataclass(frozen=True)
class SetValue:
    """One override of a scenario.

    Attributes:
        parameter: slot, or -1.
        override: slot, or -1.
        value: in base units, while the step is in [start, end).
        outside: the value before and after (events: fired or not), None to leave the model's own.
    """

    parameter: int
    override: int
    value: float
    start: int
    end: int
    outside: float | None = None


@dataclass(frozen=True)
class ScenarioSlot:
    """A scenario ready to run.

    Attributes:
        use_prior: parameter slots that go back to their prior.
        sets: questions whose answers it sets itself; `may_set`: those that it sets where nothing is left open, so that the answer is the
            same in every future.
        out_of_reach: questions to which nothing in the model leads from what it sets: that they do not differ says nothing of the world.
        is_idle: everything that it sets is so anyway.
    """

    name: str
    label: str
    settings: tuple[SetValue, ...] = ()
    changes: tuple[str, ...] = ()
    is_hidden: bool = False
    use_prior: tuple[int, ...] = ()
    sets: frozenset[str] = aside(frozenset())
    may_set: frozenset[str] = aside(frozenset())
    out_of_reach: frozenset[str] = aside(frozenset())
    is_idle: bool = aside(False)

    @property
    def title(self) -> str:
        """What it is called in words; one without a label bears its name as one."""
        return title_of(self.name, "" if self.label == self.name else self.label)


@dataclass(frozen=True)
class SavedSlot:
    """A variable whose trajectory can be kept; shown values are base values divided by `scale`."""

    name: str
    unit: str
    scale: float
    label: str
    kind: str
    value: int

    @property
    def title(self) -> str:
        """What it is called in words."""
        return title_of(self.name, self.label)


@dataclass(frozen=True)
class ResultSlot:
    """A question. The value is a number per future, NaN where the question does not apply.

    Attributes:
        last: the step at which it looks last, counted from the as-of date.
        upstream: names of the events, decisions and treaties that its answer can depend on.
        drawn: names of the parameters that it can depend on.
        idle: names of parameters and stocks from which nothing in the model leads to it.
    """

    name: str
    ask: str
    kind: str
    unit: str
    scale: float
    value: int
    is_date: bool = False
    last: int = aside(0)
    upstream: frozenset[str] = aside(frozenset())
    drawn: frozenset[str] = aside(frozenset())
    idle: frozenset[str] = aside(frozenset())

    def may_hang_on(self, parameter: ParameterSlot) -> bool:
        """Whether anything in the model leads from a parameter, or from what a stock holds at the start, to the answer.

        What is drawn together with something that acts on the answer goes along with it, and moves nothing.
        """
        name = parameter.name.removeprefix(_START) if parameter.is_start else parameter.name
        return name.partition("[")[0] not in self.idle

    @property
    def statistic(self) -> str:
        """What stands for an answer where one number does: "probability", "when" (the median of a date), or "mean"."""
        return "probability" if self.kind == "probability" else "when" if self.is_date else "mean"


@dataclass(frozen=True)
class ReportSlot:
    """A figure about an event, decision, treaty, check or the first fault of a future: `stage` says which.

    Of a happening `variable` is the name without elements and option, `option` that of a decision. `value` is read after the last step. Of
    the kind "failure" the stages are "what" (the number of a row of `checks`, -1 for none), "when" (the time) and "value" (in base units).
    """

    kind: str
    name: str
    label: str
    stage: str
    value: int
    variable: str = aside("")
    option: str = aside("")


@dataclass(frozen=True)
class GivenSlot:
    """Draws of a stream that are handed in instead of drawn: rows of the table of parameters, behind the parameters.

    Attributes:
        stream: its name.
        row: of the first draw.
        count: how many draws; draw `first + n` stands in row `row + n`.
        first: index of the first draw within the stream (occurrences before the as-of date are negative).
        every, offset: draw n is made at step n * every + offset; `every` is 0 for the first draws of a stream that counts.
    """

    stream: str
    row: int
    count: int
    first: int
    every: int
    offset: int

    def steps(self) -> tuple[int, ...]:
        """The steps at which its draws are made, counted from the as-of date; none for a stream that counts."""
        return tuple((self.first + place) * self.every + self.offset for place in range(self.count if self.every else 0))


@dataclass(frozen=True)
class Stage:
    """Which nodes are computed where, in order: for the start, the columns, each block, the step, each guard, the finish."""

    nodes: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Program:
    """What the compiler hands to the engines.

    Attributes:
        steps: how many steps the run has; `first_step` is negative for hindcasts.
        step: length of a step in units of time.
        time_unit: the unit of time, in which everything is counted.
        save_every: steps between two saved moments.
        streams: names of the random streams, by slot.
        stocks: state slots of the model's stocks, by name.
        columns: values of phase time that other phases read, in the order of the table of columns.
        constants: values of phase future that other phases read, in the order of the workspace.
        checks: what the report "failure: what" counts.
        watch: how the first fault of a future is found.
        given: draws that the inputs hand in; empty unless the program was compiled so.
        indices: each index with its elements, in their order.
        over: each indexed definition with the names of its indices; `front[north]` is an element of `front`.
        by_months: do dates go by calendar months, because the step does?
        digest: SHA-256 over the canonical form, which is everything that a run depends on.
    """

    name: str
    title: str
    as_of: datetime.date | None
    steps: int
    first_step: int
    step: float
    time_unit: str
    save_every: int
    method: str
    nodes: tuple[Node, ...]
    parameters: tuple[ParameterSlot, ...]
    correlations: tuple[tuple[int, int, float], ...]
    states: tuple[StateSlot, ...]
    rings: tuple[RingSlot, ...]
    streams: tuple[str, ...]
    overrides: tuple[OverrideSlot, ...]
    scenarios: tuple[ScenarioSlot, ...]
    blocks: tuple[Block, ...]
    guards: tuple[Guard, ...]
    saved: tuple[SavedSlot, ...]
    results: tuple[ResultSlot, ...]
    reports: tuple[ReportSlot, ...]
    checks: tuple[CheckSlot, ...]
    watch: Watch
    columns: tuple[int, ...]
    constants: tuple[int, ...]
    stages: dict[str, Stage] = field(default_factory=dict)
    digest: str = aside("")
    by_months: bool = False
    warnings: tuple[Problem, ...] = aside(())
    given: tuple[GivenSlot, ...] = aside(())  # the nodes tell the same
    indices: tuple[tuple[str, tuple[str, ...]], ...] = aside(())  # names only
    over: tuple[tuple[str, tuple[str, ...]], ...] = aside(())

    def canonical(self) -> str:
        """The form over which its digest is made, see `foedus.compile.canonical`."""
        return canonical_text(self)

    @property
    def places(self) -> tuple[CheckSlot, ...]:
        """Where a future can fail, by the number that its report tells: the checks, and behind them what is looked at only then."""
        return (*self.checks, *(cause.slot for cause in self.watch.causes))

    @property
    def rows(self) -> int:
        """Rows of the table of parameters: the parameters, then the draws that are handed in."""
        return len(self.parameters) + sum(slot.count for slot in self.given)

    @property
    def half_steps(self) -> int:
        """Columns per step: 2 where the method looks at the middle of a step."""
        return 2 if self.method == "rk4" else 1

    def date_of(self, time: float) -> str:
        """The ISO date of a time since the start; the time itself, as text, where the model has no dates."""
        return f"{time:g}" if self.calendar is None else self.calendar.date_of(time).isoformat()

    @property
    def calendar(self) -> Calendar | None:
        """How time and dates belong together; None in a model without dates."""
        return None if self.as_of is None else Calendar(self.as_of, self.time_unit, self.by_months)
