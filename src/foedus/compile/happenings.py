"""What happens: noise, events, decisions, treaties. Each has its states, its own random stream, and figures to report."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.compile.amounts import constant_in, duration_steps, is_bare, step_of
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.program import Block, Guard, Update
from foedus.compile.scope import Binding, Item, spell
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["DecisionRecord", "EventRecord", "Happenings", "TreatyRecord", "terms_of"]

_NEVER = math.inf


@dataclass
class EventRecord:
    """States of an event. `count`: how often it fired; `time`: when first (infinite if never); `now`: on this step?"""

    item: Item
    time: int
    count: int = -1
    now: int = -1
    hazard: int = -1
    threshold: int = -1
    before: int = -1


@dataclass
class DecisionRecord:
    """States of a decision, and per option: how often chosen, when first, summed chance, summed terms of the utility."""

    statement: t.Decision
    choice: int
    now: int
    considered: int
    block: int
    counts: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    chances: list[int] = field(default_factory=list)
    terms: list[list[tuple[str, int]]] = field(default_factory=list)


@dataclass
class TreatyRecord:
    statement: t.Treaty
    invoked: int
    early: int
    granted: int
    times: dict[str, int]


def terms_of(expression: t.Expression) -> list[t.Expression]:
    """The summands of an expression, left to right."""
    if isinstance(expression, t.Binary) and expression.operator == "+":
        return [*terms_of(expression.left), *terms_of(expression.right)]
    if isinstance(expression, t.Binary) and expression.operator == "-":
        right = expression.right
        return [*terms_of(expression.left), t.Not("-", right, right.at)]
    return [expression]


class Happenings:
    """The happenings of a model while its program is built."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.events: dict[tuple[str, tuple[str, ...]], EventRecord] = {}
        self.decisions: dict[str, DecisionRecord] = {}
        self.treaties: dict[str, TreatyRecord] = {}
        self._noises: dict[tuple[str, tuple[str, ...]], tuple[Item, int, int]] = {}

    # --- set up: states exist before anything reads them

    def declare(self) -> None:
        scope = self._builder.scope
        for item in scope.items("noise"):
            self._declare_noise(item)
        for item in scope.items("event"):
            self._declare_event(item)
        for item in scope.items("decision"):
            self._declare_decision(item)
        for item in scope.items("treaty"):
            self._declare_treaty(item)

    def _direct(self, name: str, initial: float = 0.0) -> int:
        return self._builder.state(name, "direct", self._builder.graph.number(initial))

    def _declare_noise(self, item: Item) -> None:
        builder, graph = self._builder, self._builder.graph
        name = spell(item.key)
        first = builder.uniform(f"noise:{name}:start")
        assert isinstance(item.statement, t.Noise)
        is_uniform = item.statement.distribution.family == "uniform"
        latent = builder.state(f"noise {name} latent", "direct", first if is_uniform else graph.make("normal_quantile", first))
        level = builder.state(f"noise {name}", "direct", self._shaped(item, builder.states[latent].initial))
        self._noises[item.key] = (item, latent, level)

    def _declare_event(self, item: Item) -> None:
        name, event = f"event {spell(item.key)}", item.statement
        assert isinstance(event, t.Event)
        record = EventRecord(item, self._direct(f"{name} first time", _NEVER))
        if event.on is None:
            record.count = self._direct(f"{name} count")
        if event.rate is not None:
            record.now, record.hazard = self._direct(f"{name} now"), self._direct(f"{name} hazard")
            if event.is_repeating:
                threshold = self._exponential(self._builder.uniform(name))
                record.threshold = self._builder.state(f"{name} threshold", "direct", threshold)
        if event.condition is not None:
            record.before = self._direct(f"{name} before")
            if event.is_repeating and event.chance is not None:
                record.threshold = self._builder.state(f"{name} luck", "direct", self._builder.uniform(name))
        self.events[item.key] = record

    def _declare_decision(self, item: Item) -> None:
        decision = item.statement
        assert isinstance(decision, t.Decision)
        name = f"decision {decision.name}"
        record = DecisionRecord(
            decision,
            self._direct(name),
            self._direct(f"{name} now", -1.0),
            self._direct(f"{name} considered"),
            0,
        )
        for option in decision.options:
            inner = f"{name}: {option.name}"
            record.counts.append(self._direct(f"{inner} count"))
            record.times.append(self._direct(f"{inner} first time", _NEVER))
            record.chances.append(self._direct(f"{inner} chance"))
            record.terms.append([(_term_text(term), self._direct(f"{inner} term {number}"))
                                 for number, term in enumerate(terms_of(option.utility))])  # fmt: skip
        self.decisions[decision.name] = record

    def _declare_treaty(self, item: Item) -> None:
        treaty = item.statement
        assert isinstance(treaty, t.Treaty)
        name = f"treaty {treaty.name}"
        times = {stage: self._direct(f"{name} {stage} time", _NEVER) for stage in ("in_force", "invoked", "granted", "honoured")}
        self.treaties[treaty.name] = TreatyRecord(
            treaty,
            self._direct(f"{name} invoked"),
            self._direct(f"{name} early"),
            self._direct(f"{name} granted"),
            times,
        )

    # --- noise

    def noise(self, item: Item) -> int:
        return self._builder.load(self._noises[item.key][2])

    def _argument(self, item: Item, position: int) -> int:
        builder = self._builder
        assert isinstance(item.statement, t.Noise)
        expression = item.statement.distribution.arguments[position]
        family = item.statement.distribution.family
        unit = builder.scope.symbols[item.key[0]].unit
        assert unit is not None and not isinstance(expression, t.FamilyPrior | t.IntervalPrior)
        if family in ("normal", "uniform") and is_bare(expression):
            return builder.graph.number(constant_in(builder.scope, expression, unit, "an argument of a noise") * unit.scale)
        value = lower_number(builder, expression, item.binding)
        if builder.graph.nodes[value].phase not in ("constant", "future"):
            help = "Use numbers and parameters."
            builder.scope.problems.add(expression.at, "not-constant", "the arguments of a noise must not change in time.", help)
        return value

    def _shaped(self, item: Item, latent: int) -> int:
        """The noise's value from a standard normal (or, for a uniform noise, from a uniform) number."""
        graph = self._builder.graph
        assert isinstance(item.statement, t.Noise)
        family = item.statement.distribution.family
        first, second = self._argument(item, 0), self._argument(item, 1)
        if family == "uniform":
            return graph.make("add", first, graph.make("multiply", graph.make("subtract", second, first), latent))
        linear = graph.make("add", first, graph.make("multiply", second, latent))
        unit = self._builder.scope.symbols[item.key[0]].unit
        if family == "lognormal" and unit is not None:
            return graph.make("multiply", graph.make("exp", linear), graph.number(unit.scale))
        return graph.logistic(linear) if family == "logitnormal" else linear

    def noise_block(self, item: Item, number: int) -> Block:
        """Draw the noise anew: z := r z + sqrt(1 - r r) e."""
        builder, graph = self._builder, self._builder.graph
        noise = item.statement
        assert isinstance(noise, t.Noise)
        every = duration_steps(builder.scope, noise.every, builder.step, "the time between two draws")
        _, latent, level = self._noises[item.key]
        with builder.at_block(number):
            draw = builder.uniform_periodic(f"noise:{spell(item.key)}")
            fresh = draw if noise.distribution.family == "uniform" else graph.make("normal_quantile", draw)
            if noise.memory is not None:
                fresh = self._remembered(item, noise.memory, every, builder.load(latent), fresh)
            updates = (Update(latent, fresh), Update(level, self._shaped(item, fresh)))
        return Block(f"noise {spell(item.key)}", every, 0, builder.first_step, builder.last_step, updates)

    def _remembered(self, item: Item, memory: t.Expression, every: int, latent: int, fresh: int) -> int:
        builder, graph = self._builder, self._builder.graph
        assert isinstance(item.statement, t.Noise)
        if item.statement.distribution.family == "uniform":
            builder.scope.problems.add(memory.at, "bad-noise", "a uniform noise has no memory.", "Use a normal one.")
        length = lower_number(builder, memory, item.binding)
        if builder.graph.nodes[length].phase not in ("constant", "future"):
            builder.scope.problems.add(memory.at, "not-constant", "a noise's memory must not change in time.", "Use a parameter.")
        fixed = graph.constant(length)
        if fixed is not None and not fixed > 0:
            builder.scope.problems.add(memory.at, "not-positive", "a noise's memory must be longer than zero.", "Leave it out.")
        ratio = graph.make("divide", graph.number(-every * builder.step), length)
        kept = graph.make("exp", ratio)
        rest = graph.make("square_root", graph.make("subtract", graph.number(1.0), graph.make("multiply", kept, kept)))
        return graph.make("add", graph.make("multiply", kept, latent), graph.make("multiply", rest, fresh))

    # --- events

    def _exponential(self, uniform: int) -> int:
        """A standard exponential from a uniform number: -log(1 - u)."""
        graph = self._builder.graph
        return graph.negative(graph.make("log", graph.make("subtract", graph.number(1.0), uniform)))

    def _may_fire(self, event: t.Event, binding: Binding) -> int:
        builder, graph = self._builder, self._builder.graph
        allowed = graph.truth(True)
        if event.after is not None:
            allowed = graph.make(
                "both",
                allowed,
                graph.make("less_equal", lower_number(builder, event.after, binding), builder.time()),
            )
        if event.until is not None:
            allowed = graph.make(
                "both",
                allowed,
                graph.make("less", builder.time(), lower_number(builder, event.until, binding)),
            )
        return allowed

    def fired(self, item: Item) -> int:
        """Has it fired up to now?"""
        builder, graph = self._builder, self._builder.graph
        event, record = item.statement, self.events[item.key]
        assert isinstance(event, t.Event)
        if event.on is not None:
            has_come = graph.make("less_equal", lower_number(builder, event.on, item.binding), builder.time())
            if event.chance is None:
                return has_come
            luck = builder.uniform(f"event {spell(item.key)}")
            return graph.make("both", has_come, graph.make("less", luck, lower_number(builder, event.chance, item.binding)))
        if builder.is_start:
            return graph.truth(False)
        before = graph.make("less", graph.number(0.5), builder.load(record.count))
        return before if event.condition is None else graph.make("either", before, self._succeeds(item))

    def _succeeds(self, item: Item) -> int:
        """An event by condition: does it fire on this step?"""
        builder, graph = self._builder, self._builder.graph
        event, record = item.statement, self.events[item.key]
        assert isinstance(event, t.Event) and event.condition is not None
        holds = graph.make(
            "both",
            lower_condition(builder, event.condition, item.binding),
            self._may_fire(event, item.binding),
        )
        is_new = graph.make("both", holds, graph.make("negation", graph.as_condition(builder.load(record.before))))
        if event.chance is None:
            return is_new
        luck = builder.load(record.threshold) if record.threshold >= 0 else builder.uniform(f"event {spell(item.key)}")
        return graph.make("both", is_new, graph.make("less", luck, lower_number(builder, event.chance, item.binding)))

    def happens_now(self, argument: t.Expression, binding: Binding) -> int:
        """Does the event fire, or is the option chosen anew, on this step?"""
        builder, graph = self._builder, self._builder.graph
        if builder.is_start:
            return graph.truth(False)
        if isinstance(argument, t.Is):
            record = self.decisions[argument.decision]
            chosen = builder.load(record.now)
            if builder.is_overridden((argument.decision, ())):
                chosen = builder.overridable(f"{argument.decision} now", chosen)
            return graph.make("equal", chosen, graph.number(float(self._position(argument))))
        assert isinstance(argument, t.Name)
        item = builder.scope.resolve(argument, binding)
        assert item is not None
        now = self._event_now(item)
        return builder.overridable(f"{spell(item.key)} now", now) if builder.is_overridden(item.key) else now

    def _event_now(self, item: Item) -> int:
        builder, graph = self._builder, self._builder.graph
        event, record = item.statement, self.events[item.key]
        assert isinstance(event, t.Event)
        if event.condition is not None:
            return self._succeeds(item)
        if event.rate is not None:
            return graph.as_condition(builder.load(record.now))
        assert event.on is not None
        earlier = graph.make("subtract", builder.time(), graph.number(builder.step))
        had_come = graph.make("less_equal", lower_number(builder, event.on, item.binding), earlier)
        return graph.make("both", self.fired(item), graph.make("negation", had_come))

    def count(self, argument: t.Expression, binding: Binding) -> int:
        builder, graph = self._builder, self._builder.graph
        if builder.is_start:
            return graph.number(0.0)
        if isinstance(argument, t.Is):
            return builder.load(self.decisions[argument.decision].counts[self._position(argument)])
        assert isinstance(argument, t.Name)
        item = builder.scope.resolve(argument, binding)
        assert item is not None
        record, event = self.events[item.key], item.statement
        assert isinstance(event, t.Event)
        if event.on is not None or builder.is_overridden(item.key):
            return graph.as_number(builder.value(item.key))
        total = builder.load(record.count)
        return graph.make("add", total, graph.as_number(self._succeeds(item))) if event.condition is not None else total

    def finish_events(self) -> list[Guard]:
        """Set the updates of all events, at the step block. Returns what must be redrawn when something fired."""
        builder, graph = self._builder, self._builder.graph
        guards = []
        for key, record in self.events.items():
            event = record.item.statement
            assert isinstance(event, t.Event)
            first = builder.load(record.time)
            is_first = graph.make("both", builder.value(key), graph.make("equal", first, graph.number(_NEVER)))
            builder.set_update(record.time, graph.make("choose", is_first, builder.time(), first))
            if event.rate is not None:
                guards += self._finish_rate(record, event)
            elif event.condition is not None:
                guards += self._finish_condition(record, event)
        return guards

    def _finish_rate(self, record: EventRecord, event: t.Event) -> list[Guard]:
        builder, graph = self._builder, self._builder.graph
        assert event.rate is not None
        rate = lower_number(builder, event.rate, record.item.binding)
        rate = graph.make("maximum", graph.make("choose", self._may_fire(event, record.item.binding), rate, graph.number(0.0)),
                          graph.number(0.0))  # fmt: skip
        hazard = graph.make("add", builder.load(record.hazard), graph.make("multiply", graph.number(builder.step), rate))
        name, count = f"event {spell(record.item.key)}", builder.load(record.count)
        threshold = builder.load(record.threshold) if event.is_repeating else self._exponential(builder.uniform(name))
        fires = graph.make("less_equal", threshold, hazard)
        if not event.is_repeating:
            fires = graph.make("both", fires, graph.make("less", count, graph.number(0.5)))
        builder.set_update(record.now, graph.as_number(fires))
        total = graph.make("add", count, graph.as_number(fires))
        builder.set_update(record.count, total)
        builder.set_update(
            record.hazard,
            graph.make("choose", fires, graph.number(0.0), hazard) if event.is_repeating else hazard,
        )
        if not event.is_repeating:
            return []
        fresh = self._exponential(builder.uniform(name, total))
        return [Guard(fires, (Update(record.threshold, graph.make("choose", fires, fresh, threshold)),))]

    def _finish_condition(self, record: EventRecord, event: t.Event) -> list[Guard]:
        builder, graph = self._builder, self._builder.graph
        assert event.condition is not None
        item = record.item
        holds = graph.make(
            "both",
            lower_condition(builder, event.condition, item.binding),
            self._may_fire(event, item.binding),
        )
        before = builder.load(record.before)
        kept = (
            graph.as_number(holds)
            if event.is_repeating
            else graph.as_number(graph.make("either", holds, graph.as_condition(before)))
        )
        builder.set_update(record.before, kept)
        builder.set_update(record.count, graph.make("add", builder.load(record.count), graph.as_number(self._succeeds(item))))
        if record.threshold < 0:
            return []
        tried = graph.make("both", holds, graph.make("negation", graph.as_condition(before)))
        attempts = builder.state(f"event {spell(item.key)} attempts", "direct", graph.number(0.0))
        total = graph.make("add", builder.load(attempts), graph.as_number(tried))
        builder.set_update(attempts, total)
        luck = builder.load(record.threshold)
        fresh = builder.uniform(f"event {spell(item.key)}", total)
        return [Guard(tried, (Update(record.threshold, graph.make("choose", tried, fresh, luck)),))]

    # --- decisions

    def _position(self, expression: t.Is) -> int:
        options = [option.name for option in self.decisions[expression.decision].statement.options]
        return options.index(expression.option)

    def option_holds(self, expression: t.Is) -> int:
        builder, graph = self._builder, self._builder.graph
        choice = builder.load(self.decisions[expression.decision].choice)
        if builder.is_overridden((expression.decision, ())) and not builder.is_start:
            choice = builder.overridable(expression.decision, choice)
        return graph.make("equal", choice, graph.number(float(self._position(expression))))

    def decision_block(self, record: DecisionRecord, number: int) -> Block:
        """Consider the decision: draw an option by its chance, and keep the books."""
        builder, graph, decision = self._builder, self._builder.graph, record.statement
        every = duration_steps(builder.scope, decision.every, builder.step, "the time between two considerations")
        first = step_of(builder.scope, decision.start, builder.step, builder.first_step)
        last = step_of(builder.scope, decision.until, builder.step, builder.last_step + 1) - 1
        record.block = number
        with builder.at_block(number):
            considered = graph.truth(True) if decision.condition is None else lower_condition(builder, decision.condition, {})
            if decision.is_once:
                undecided = graph.make("equal", builder.load(record.choice), graph.number(0.0))
                considered = graph.make("both", considered, undecided)
            utilities = [lower_number(builder, option.utility, {}) for option in decision.options]
            chances = self._chances(utilities)
            chosen = self._drawn(decision, chances)
            updates = self._books(record, considered, chosen, chances)
        offset = first if decision.start is not None else 0
        return Block(f"decision {decision.name}", every, offset, max(first, builder.first_step), last, tuple(updates))

    def _chances(self, utilities: list[int]) -> list[int]:
        graph = self._builder.graph
        largest = utilities[0]
        for utility in utilities[1:]:
            largest = graph.make("maximum", largest, utility)
        weights = [graph.make("exp", graph.make("subtract", utility, largest)) for utility in utilities]
        total = graph.sum(weights)
        return [graph.make("divide", weight, total) for weight in weights]

    def _drawn(self, decision: t.Decision, chances: list[int]) -> int:
        """The number of the option whose stretch of (0, 1) the draw falls into; the default has the first stretch."""
        graph = self._builder.graph
        draw = self._builder.uniform_periodic(f"decision:{decision.name}")
        chosen, edge = graph.number(0.0), chances[0]
        for position in range(1, len(chances)):
            beyond = graph.make("less_equal", edge, draw)
            chosen = graph.make("choose", beyond, graph.number(float(position)), chosen)
            edge = graph.make("add", edge, chances[position])
        return chosen

    def _books(self, record: DecisionRecord, considered: int, chosen: int, chances: list[int]) -> list[Update]:
        builder, graph = self._builder, self._builder.graph

        def added(state: int, value: int) -> Update:
            counted = graph.make("choose", considered, value, graph.number(0.0))
            return Update(state, graph.make("add", builder.load(state), counted))

        updates = [Update(record.choice, graph.make("choose", considered, chosen, builder.load(record.choice))),
                   Update(record.now, graph.make("choose", considered, chosen, graph.number(-1.0))),
                   added(record.considered, graph.number(1.0))]  # fmt: skip
        for position, option in enumerate(record.statement.options):
            is_this = graph.make("equal", chosen, graph.number(float(position)))
            updates.append(added(record.counts[position], graph.as_number(is_this)))
            updates.append(added(record.chances[position], chances[position]))
            first = builder.load(record.times[position])
            is_first = graph.make(
                "both",
                graph.make("both", considered, is_this),
                graph.make("equal", first, graph.number(_NEVER)),
            )
            updates.append(Update(record.times[position], graph.make("choose", is_first, builder.time(), first)))
            for (_, state), term in zip(record.terms[position], terms_of(option.utility), strict=True):
                updates.append(added(state, lower_number(builder, term, {})))
        return updates

    def finish_decisions(self) -> None:
        for record in self.decisions.values():
            self._builder.set_update(record.now, self._builder.graph.number(-1.0))

    # --- treaties

    def treaty(self, name: str, stage: str) -> int:
        """`in_force`, `invoked` or `honoured` of a treaty, now."""
        graph, builder = self._builder.graph, self._builder
        in_force, arises, early, grants = self._treaty_now(name)
        record = self.treaties[name]
        if stage == "in_force":
            return in_force
        if builder.is_start:
            return graph.truth(False)
        if stage == "invoked":
            before = graph.make("either", *(graph.as_condition(builder.load(slot)) for slot in (record.invoked, record.early)))
            return graph.make("either", before, graph.make("either", arises, early))
        granted = graph.make("either", graph.as_condition(builder.load(record.granted)), grants)
        if record.statement.delay is None:
            return granted
        since = graph.make("minimum", builder.load(record.times["granted"]), builder.time())
        waited = graph.make("subtract", builder.time(), graph.make("choose", graph.as_condition(builder.load(record.granted)), since,
                                                                   builder.time()))  # fmt: skip
        is_long = graph.make("less_equal", lower_number(builder, record.statement.delay, {}), waited)
        return graph.make("both", granted, is_long)

    def _treaty_now(self, name: str) -> tuple[int, int, int, int]:
        """In force? Does its case arise for the first time? Too early? Is help granted on this step?"""
        builder, graph, record = self._builder, self._builder.graph, self.treaties[name]
        treaty = record.statement
        in_force = lower_condition(builder, treaty.in_force, {})
        if builder.is_start:
            false = graph.truth(False)
            return in_force, false, false, false
        trigger = lower_condition(builder, treaty.trigger, {})
        arises = graph.make(
            "both",
            graph.make("both", in_force, trigger),
            graph.make("negation", graph.as_condition(builder.load(record.invoked))),
        )
        luck = builder.uniform(f"treaty:{name}")
        grants = graph.make("both", arises, graph.make("less", luck, self.treaty_chance(treaty)))
        if treaty.early_chance is None:
            return in_force, arises, graph.truth(False), grants
        early = graph.make("both", graph.make("both", trigger, graph.make("negation", in_force)),
                           graph.make("negation", graph.as_condition(builder.load(record.early))))  # fmt: skip
        soon = graph.make("both", early, graph.make("less", luck, lower_number(builder, treaty.early_chance, {})))
        return in_force, arises, early, graph.make("either", grants, soon)

    def treaty_chance(self, treaty: t.Treaty) -> int:
        builder = self._builder
        slot = builder.parameter_of.get((f"{treaty.name}_chance", ()))
        if slot is not None:
            return builder.graph.leaf("parameter", slot, "future")
        assert not isinstance(treaty.chance, t.Prior)
        return lower_number(builder, treaty.chance, {})

    def finish_treaties(self) -> None:
        builder, graph = self._builder, self._builder.graph
        for name, record in self.treaties.items():
            _, arises, early, grants = self._treaty_now(name)
            for state, happens in ((record.invoked, arises), (record.early, early), (record.granted, grants)):
                builder.set_update(state, graph.make("choose", happens, graph.number(1.0), builder.load(state)))
            stages = {stage: self.treaty(name, stage) for stage in ("in_force", "invoked", "honoured")} | {"granted": grants}
            for stage, state in record.times.items():
                first = builder.load(state)
                is_first = graph.make("both", stages[stage], graph.make("equal", first, graph.number(_NEVER)))
                builder.set_update(state, graph.make("choose", is_first, builder.time(), first))

    def blocks(self, first_number: int) -> list[Block]:
        """Noise first, then decisions in the order of the text."""
        found: list[Block] = []
        for item, _, _ in self._noises.values():
            found.append(self.noise_block(item, first_number + len(found)))
        for record in self.decisions.values():
            found.append(self.decision_block(record, first_number + len(found)))
        return found


def _term_text(term: t.Expression) -> str:
    from foedus.language.printer import print_expression

    return print_expression(term)
