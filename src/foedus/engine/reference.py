"""The readable engine: a program run in plain numpy, one array per value. Every other engine is held against it, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from foedus.compile.moments import moment
from foedus.compile.program import Block, Guard, Program, Update
from foedus.engine.operations import RULES
from foedus.engine.run import Inputs, Run
from foedus.engine.timetable import timetable
from foedus.engine.watch import broken_levels, named_causes
from foedus.numerics import NumpyArithmetic, sequences

__all__ = ["simulate"]


Observe = Callable[[int, list[Any]], None]


def simulate(program: Program, inputs: Inputs, observe: Observe | None = None) -> Run:
    """Run all futures of `inputs` side by side.

    Args:
        program: from `foedus.model.compile_model`.
        inputs: parameters, columns and keys.
        observe: called with (step, states) on every step, after what happens at its beginning.
    Returns:
        What came out; see `Run`.
    """
    with np.errstate(all="ignore"):
        return _Simulation(program, inputs).run(observe)


class _Simulation:
    """The state of a run: `states` and `rings` by slot, `constants` and columns by the number of their value."""

    def __init__(self, program: Program, inputs: Inputs) -> None:
        self.program, self.inputs = program, inputs
        self.machine = NumpyArithmetic()
        self.futures = (np.arange(inputs.parameters.shape[1]) + inputs.first_future).astype(np.uint32)
        self.row = 0
        self.occurrence = np.uint32(0)
        self.known: dict[int, Any] = {}
        values = self.evaluate("start")
        self.known = {value: values[value] for value in program.constants}
        self.states = [self.begun(state.kind, values[state.initial]) for state in program.states]
        self.rings = [[self.spread(values[ring.initial])] * ring.length for ring in program.rings]

    def spread(self, value: Any) -> Any:
        return np.broadcast_to(np.asarray(value, dtype=np.float64), self.futures.shape)

    def begun(self, kind: str, value: Any) -> Any:
        return self.spread(sequences.bounded(self.machine, value) if kind == "integral" else value)

    def run(self, observe: Observe | None) -> Run:
        program, table, saved = self.program, timetable(self.program), []
        for row in range(program.steps + 1):
            self.row = row * program.half_steps
            self.look_at_levels(row)
            for number, block in enumerate(program.blocks):
                if table.due[row, number]:
                    self.occurrence = table.occurrence[row, number]
                    self.happen(f"block {number}", block)
            if observe is not None:
                observe(row, self.states)
            if self.inputs.saves and table.due[row, -1]:
                values = self.evaluate("save")
                saved.append([self.spread(values[slot.value]) for slot in program.saved])
            self.step(row)
        values = self.evaluate("finish")
        results = np.array([self.spread(values[slot.value]) for slot in program.results]).reshape(-1, len(self.futures))
        reports = np.array([self.spread(values[slot.value]) for slot in program.reports]).reshape(-1, len(self.futures))
        kept = np.swapaxes(np.array(saved).reshape(len(saved), -1, len(self.futures)), 0, 1) if self.inputs.saves else None
        return Run(results, self.spread(values[program.watch.status]).astype(np.int8), reports, kept)

    def look_at_levels(self, row: int) -> None:
        """Stocks that are no number, before anything happens."""
        program = self.program
        now, before = (moment(program.step, float(row + program.first_step)) for row in (row, max(0, row - 1)))
        self.keep(broken_levels(self.machine, program.watch.levels, self.states.__getitem__, (now, before), self.kept()))

    def kept(self) -> tuple[Any, Any, Any, Any]:
        code, when, what, value = (self.states[slot] for slot in self.program.watch.keeps)
        return code, when, what, value

    def keep(self, found: tuple[Any, Any, Any, Any]) -> None:
        for slot, value in zip(self.program.watch.keeps, found, strict=True):
            self.states[slot] = self.spread(value)

    def happen(self, stage: str, block: Block | Guard) -> None:
        values = self.evaluate(stage)
        self.assign((*block.updates, *block.watched) if isinstance(block, Block) else block.updates, values)

    def assign(self, updates: tuple[Update, ...], values: dict[int, Any]) -> None:
        new = [self.spread(values[update.value]) for update in updates]
        for update, value in zip(updates, new, strict=True):
            self.states[update.state] = value

    def step(self, row: int) -> None:
        """One step: rates and updates from the old states, then all states at once, then what a guard asks for."""
        program = self.program
        values = self.evaluate("step")
        if np.any(values[program.watch.detail.condition]):
            self.happen("watch", program.watch.detail)
        self.keep(named_causes(self.machine, program, values, self.states.__getitem__, self.kept()))
        rates = {
            slot: values[state.update]
            for slot, state in enumerate(program.states)
            if state.kind == "integral" and state.update >= 0
        }
        if program.method == "rk4":
            rates = self.runge_kutta(rates)
        new = list(self.states)
        for slot, state in enumerate(program.states):
            if state.kind == "integral" and state.update >= 0:
                level = self.states[slot] + np.float64(program.step) * rates[slot]
                new[slot] = self.spread(sequences.bounded(self.machine, level))
            elif state.update >= 0:
                new[slot] = self.spread(values[state.update])
        for update in program.watch.updates:
            new[update.state] = self.spread(values[update.value])
        for ring, content in zip(program.rings, self.rings, strict=True):
            content[row % ring.length] = self.spread(values[ring.update])
        self.states = new
        for number, guard in enumerate(program.guards):
            found, where = self.evaluate(f"guard {number}", values), values[guard.condition]
            new = list(self.states)
            for update in guard.updates:
                new[update.state] = self.spread(np.where(where, found[update.value], self.states[update.state]))
            self.states = new

    def runge_kutta(self, first: dict[int, Any]) -> dict[int, Any]:
        """The classical fourth-order mean rate: (k1 + 2 k2 + 2 k3 + k4) / 6."""
        program, states, row = self.program, self.states, self.row
        slopes = [first]
        for part, ahead in ((0.5, 1), (0.5, 1), (1.0, 2)):
            self.states = [
                states[slot] + np.float64(part * program.step) * slopes[-1][slot] if slot in first else states[slot]
                for slot in range(len(states))
            ]
            self.row = row + ahead
            values = self.evaluate("step")
            slopes.append({slot: values[program.states[slot].update] for slot in first})
        self.states, self.row = states, row
        two, six = np.float64(2.0), np.float64(6.0)
        return {
            slot: (((slopes[0][slot] + two * slopes[1][slot]) + two * slopes[2][slot]) + slopes[3][slot]) / six for slot in first
        }

    def evaluate(self, stage: str, before: dict[int, Any] | None = None) -> dict[int, Any]:
        """All values of a stage, arguments first; what other stages computed is at hand."""
        values = {**self.known, **(before or {})} if before else dict(self.known)
        program = self.program
        if stage != "start":
            for position, value in enumerate(program.columns):
                number = self.inputs.columns[self.row, position]
                values[value] = np.bool_(number != 0) if program.nodes[value].is_condition else number
        for value in program.stages[stage].nodes:
            node = program.nodes[value]
            rule = RULES.get(node.operation)
            values[value] = self.leaf(node, values) if rule is None else rule(self.machine, *(values[a] for a in node.arguments))
        return values

    def leaf(self, node: Any, values: dict[int, Any]) -> Any:
        if node.operation == "constant":
            return np.bool_(node.immediate) if node.is_condition else np.float64(node.immediate)
        if node.operation == "parameter":
            return self.inputs.parameters[node.immediate]
        if node.operation == "state":
            return self.states[node.immediate[0]]
        if node.operation == "ring":
            slot = node.immediate[0]
            return self.rings[slot][(self.row // self.program.half_steps) % self.program.rings[slot].length]
        if node.operation == "uniform":
            count = values[node.arguments[0]] if node.arguments else np.float64(0.0)
            return self.uniform(node.immediate, np.asarray(count).astype(np.uint32))
        if node.operation == "uniform_periodic":
            return self.uniform(node.immediate[0], self.occurrence)
        if node.operation == "given_periodic":
            slot = self.program.given[node.immediate[0]]
            return self.inputs.parameters[slot.row + int(np.int32(self.occurrence)) - slot.first]
        raise AssertionError(node)

    def uniform(self, stream: int, index: Any) -> Any:
        key = self.inputs.keys[stream]
        return sequences.uniform(self.machine, (key[0], key[1]), (self.futures, index))
