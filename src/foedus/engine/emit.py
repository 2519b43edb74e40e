"""A program as LLVM IR: one function that runs blocks of futures, all loops inside, no library called.

Only the operations of the program reach the code; no text of a model does. Without fused operations and without fast-math
flags the result is the same to the bit for any number of lanes and on any target. Large programs are cut into functions,
because compilers take more than twice as long for twice as long a piece of straight code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from llvmlite import ir

from foedus.compile.program import Guard, Node, Program, Update
from foedus.engine.emit_code import ARGUMENTS, GIVEN_ARGUMENTS, KEPT_ARGUMENTS, Code
from foedus.engine.emit_watch import look_at_levels, look_for_fault
from foedus.engine.known import Known, fresh
from foedus.engine.llvm_arithmetic import LlvmArithmetic
from foedus.engine.operations import RULES
from foedus.engine.stages import kept_rows, leading
from foedus.numerics import sequences

__all__ = ["Emission", "emit"]

_PIECE, _COMMIT = 300, 200
_I8, _I32, _I64 = ir.IntType(8), ir.IntType(32), ir.IntType(64)


@dataclass(frozen=True)
class Emission:
    """The IR as text, how many doubles one thread needs to run it, and how many rows of noise it keeps."""

    text: str
    workspace: int
    kept: int = 0


def emit(
    program: Program, lanes: int = 8, *, keeps_noise: bool = False, charted: int | None = None, watches: bool = True
) -> Emission:
    """The LLVM IR of a program.

    Args:
        program: what to run.
        lanes: futures side by side.
        keeps_noise: the function takes KEPT_ARGUMENTS too. Where `fills` is not 0 it draws the normal scores of its periodic noises and
            stores them in the table `kept`, (row, future); else it reads them there: they are the same in every scenario.
        charted: where `saves` is 1 only so many saved variables are stored, where it is 2 all; None: all where it is not 0.
        watches: look for what is broken in a future that fails? Without it only that it fails, how and when is known.
    """
    emitter = _Emitter(program, lanes, keeps_noise, charted, watches)
    return Emission(str(emitter.module), emitter.workspace, emitter.kept)


class _Emitter(Code):
    """Writes the run of a program: what is due in each step, and the values that it needs."""

    def __init__(self, program: Program, lanes: int, keeps_noise: bool, charted: int | None, watches: bool) -> None:
        further = (*(KEPT_ARGUMENTS if keeps_noise else ()), *(GIVEN_ARGUMENTS if program.given else ()))
        super().__init__(program, lanes, (*ARGUMENTS, *further))
        self.charted, self.watches = charted, watches
        self.status = program.watch.status if watches else program.watch.quick_status
        self._kept_rows = kept_rows(program) if keeps_noise else {}
        self.crossing = self._crossing_now = self._crossing_floor = 0
        self._column_of = {value: position for position, value in enumerate(program.columns)}
        self._constant_of = {value: position for position, value in enumerate(program.constants)}
        self._body()

    @property
    def workspace(self) -> int:
        return self.lanes * (self.crossing_at + self.crossing)

    @property
    def kept(self) -> int:
        return sum(count for _, _, count in self._kept_rows.values())

    # --- the run

    def _body(self) -> None:
        program = self.program
        with self.loop(self.here.argument["blocks"]) as block:
            self.here.start = self.b.mul(block, self.whole(self.lanes))
            self.apart(self._begin)
            with self.loop(self.b.add(self._steps(), self.whole(1))) as row:
                self.here.row, self.here.column_row = row, self.b.mul(row, self.whole(program.half_steps))
                if self.watches:
                    look_at_levels(self)
                for number, _ in enumerate(program.blocks):
                    self._block(number)
                parts = [(0, self.charted), (self.charted, None)] if self.charted is not None else [(0, None)]
                for level, (first, last) in enumerate(parts):
                    wanted = self.b.icmp_unsigned(">", self.here.argument["saves"], ir.Constant(_I32, level))
                    with self.b.if_then(wanted), self.when_due(len(program.blocks)):
                        self.apart(lambda first=first, last=last: self._save(first or 0, last))  # type: ignore[misc]
                self._step()
            self.here.row = self.here.column_row = None
            self.apart(self._finish)
        self.b.ret_void()

    def _steps(self) -> Any:
        """How many steps a run has: where draws are handed in the past may be cut at any day, and the code stays the same."""
        return self.here.argument["steps"] if self.program.given else self.whole(self.program.steps)

    def _begin(self) -> None:
        program = self.program
        wanted = [*program.constants, *(state.initial for state in program.states), *(ring.initial for ring in program.rings)]
        values = self.evaluate("start", wanted)
        for position, value in enumerate(program.constants):
            self.store_vector(self.as_double(value, values[value]), self.place(self.constants_at + position))
        for slot, state in enumerate(program.states):
            start = self.as_double(state.initial, values[state.initial])
            self.store_vector(sequences.bounded(self.m, start) if state.kind == "integral" else start, self.state_pointer(slot))
        for slot, ring in enumerate(program.rings):
            start = self.as_double(ring.initial, values[ring.initial])
            with self.loop(self.whole(ring.length)) as position:
                self.store_vector(start, self.ring_pointer(slot, position))

    @contextmanager
    def when_due(self, number: int) -> Iterator[None]:
        """Code that runs only on rows where a block is due."""
        width = self.whole(len(self.program.blocks) + 1)
        place = self.b.add(self.b.mul(self.here.row, width), self.whole(number))
        due = self.b.load(self.b.gep(self.here.argument["due"], [place]))
        with self.b.if_then(self.b.icmp_unsigned("!=", due, ir.Constant(_I8, 0))):
            self.here.occurrence = self.b.load(self.b.gep(self.here.argument["occurrence"], [place]))
            yield
        self.here.occurrence = None

    def _block(self, number: int) -> None:
        block = self.program.blocks[number]
        updates = (*block.updates, *(block.watched if self.watches else block.quick))

        def body() -> None:
            kept = self._scores(number) if self._kept_rows else None
            self.assign(updates, self.evaluate(f"block {number}", [update.value for update in updates], kept or {}))

        with self.when_due(number):
            self.apart(body)

    def _scores(self, number: int) -> dict[int, Any]:
        """The normal scores of a block's noises from the table `kept`; drawn and put there first where `fills` says so."""
        wanted = [value for value, (block, _, _) in self._kept_rows.items() if block == number]
        if not wanted or self._goes_in_pieces(f"block {number}"):
            return {}
        places = {}
        for value in wanted:
            _, first, _ = self._kept_rows[value]
            row = self.b.add(self.b.zext(self.here.occurrence, _I64), self.whole(first))
            places[value] = self.row_pointer("kept", self.b.and_(row, self.whole(2**32 - 1)))
        with self.b.if_then(self.b.icmp_unsigned("!=", self.here.argument["fills"], ir.Constant(_I32, 0))):
            for value in wanted:
                uniform = self.leaf(self.program.nodes[self.program.nodes[value].arguments[0]], {})
                self.store_vector(self.rule("normal_quantile", [uniform]), places[value])
        return {value: self.load_vector(place) for value, place in places.items()}

    def assign(self, updates: tuple[Update, ...], values: dict[int, Any]) -> None:
        new = [self.as_double(update.value, values[update.value]) for update in updates]
        for update, value in zip(updates, new, strict=True):
            self.store_vector(value, self.state_pointer(update.state))

    def _save(self, first: int, last: int | None) -> None:
        program, part = self.program, self.program.saved[first:last]
        values = self.evaluate("save", [slot.value for slot in part], {})
        moments = self.b.add(self.b.udiv(self._steps(), self.whole(program.save_every)), self.whole(1))
        moment = self.b.udiv(self.here.row, self.whole(program.save_every))
        for number, slot in enumerate(part, first):
            row = self.b.add(self.b.mul(moments, self.whole(number)), moment)
            self.store_vector(self.as_double(slot.value, values[slot.value]), self.row_pointer("saved", row))

    def _step(self) -> None:
        program = self.program
        moving = [slot for slot, state in enumerate(program.states) if state.update >= 0]
        watched = program.watch.updates if self.watches else program.watch.quick
        outputs = [program.states[slot].update for slot in moving] + [ring.update for ring in program.rings]
        outputs += [update.value for update in watched]
        values = self.evaluate("step", [*outputs, *self._needed_by_guards()], {})
        if self.watches:
            look_for_fault(self, values)
        elif program.watch.shown is not None:
            self._guard("shown", program.watch.shown, fresh(values) if self.cuts else values)
        mean = self._runge_kutta(values) if program.method == "rk4" else {}
        size = _COMMIT if self.cuts else max(1, len(moving))
        for first in range(0, len(moving), size):
            self.apart(lambda part=moving[first : first + size]: self._commit(part, values, mean))  # type: ignore[misc]
        self.apart(lambda: self.assign(watched, fresh(values) if self.cuts else values))
        for slot, ring in enumerate(program.rings):
            position = self.b.urem(self.here.row, self.whole(ring.length))
            self.store_vector(self.as_double(ring.update, values[ring.update]), self.ring_pointer(slot, position))
        for number, guard in enumerate(program.guards):
            self._guard(f"guard {number}", guard, values)

    def _needed_by_guards(self) -> list[int]:
        """Values of the step that guards read."""
        program, found = self.program, [self.program.watch.detail.condition] if self.watches else []
        in_step = set(program.stages["step"].nodes)
        for stage, guard in self._guards():
            found.append(guard.condition)
            for value in program.stages[stage].nodes:
                found += [argument for argument in program.nodes[value].arguments if argument in in_step]
            found += [update.value for update in guard.updates if update.value in in_step]
        return found

    def _guards(self) -> Iterator[tuple[str, Guard]]:
        """The guards that this code looks at, each with its stage."""
        for number, guard in enumerate(self.program.guards):
            yield f"guard {number}", guard
        if self.program.watch.shown is not None and not self.watches:
            yield "shown", self.program.watch.shown

    def _commit(self, slots: list[int], values: dict[int, Any], mean: dict[int, Any]) -> None:
        """The new states, all from old values."""
        m, found = self.m, fresh(values) if self.cuts else values
        new = []
        for slot in slots:
            state = self.program.states[slot]
            value = mean.get(slot)
            if value is None:
                value = self.as_double(state.update, found[state.update])
            if state.kind == "integral":
                value = m.add(self.load_vector(self.state_pointer(slot)), m.multiply(m.number(self.program.step), value))
                value = sequences.bounded(m, value)
            new.append(value)
        for slot, value in zip(slots, new, strict=True):
            self.store_vector(value, self.state_pointer(slot))

    def _guard(self, stage: str, guard: Guard, values: dict[int, Any]) -> None:
        """If the condition holds in any lane, compute, and store in the lanes where it does."""
        mask = self.b.bitcast(values[guard.condition], ir.IntType(self.lanes))
        with self.b.if_then(self.b.icmp_unsigned("!=", mask, ir.Constant(ir.IntType(self.lanes), 0))):
            before = Known(dict(values), values.recover if isinstance(values, Known) else None)
            found = self._values(self.program.stages[stage].nodes, before)
            for update in guard.updates:
                place = self.state_pointer(update.state)
                value = self.as_double(update.value, found[update.value])
                self.store_vector(self.m.choose(before[guard.condition], value, self.load_vector(place)), place)

    def _runge_kutta(self, values: dict[int, Any]) -> dict[int, Any]:
        """The mean rate, with the states at rest in a second copy while the middle and the end of the step are tried."""
        m, program = self.m, self.program
        integral = [slot for slot, state in enumerate(program.states) if state.kind == "integral" and state.update >= 0]
        slopes = [{slot: self.as_double(program.states[slot].update, values[program.states[slot].update]) for slot in integral}]
        row = self.here.column_row
        for slot in range(len(program.states)):
            self.store_vector(self.load_vector(self.state_pointer(slot)), self.state_pointer(slot, 1))
        for part, ahead in ((0.5, 1), (0.5, 1), (1.0, 2)):
            for slot in integral:
                moved = m.multiply(m.number(part * program.step), slopes[-1][slot])
                self.store_vector(m.add(self.load_vector(self.state_pointer(slot, 1)), moved), self.state_pointer(slot))
            self.here.column_row = self.b.add(row, self.whole(ahead))
            tried = self.evaluate("step", [program.states[slot].update for slot in integral], {})
            slopes.append(
                {slot: self.as_double(program.states[slot].update, tried[program.states[slot].update]) for slot in integral}
            )
        self.here.column_row = row
        for slot in integral:
            self.store_vector(self.load_vector(self.state_pointer(slot, 1)), self.state_pointer(slot))
        two, six = m.number(2.0), m.number(6.0)
        mean = {}
        for slot in integral:
            total = m.add(m.add(slopes[0][slot], m.multiply(two, slopes[1][slot])), m.multiply(two, slopes[2][slot]))
            mean[slot] = m.divide(m.add(total, slopes[3][slot]), six)
        return mean

    def _finish(self) -> None:
        program = self.program
        wanted = [*(slot.value for slot in program.results), *(slot.value for slot in program.reports), self.status]
        values = self.evaluate("finish", wanted, {})
        tables = {"results": [slot.value for slot in program.results], "reports": [slot.value for slot in program.reports]}
        for name, rows in tables.items():
            for number, value in enumerate(rows):
                self.store_vector(self.as_double(value, values[value]), self.row_pointer(name, self.whole(number)))
        status = self.as_double(self.status, values[self.status])
        self.store_vector(status, self.row_pointer("status", self.whole(0)))

    # --- values

    def as_double(self, value: int, found: Any) -> Any:
        if not self.program.nodes[value].is_condition:
            return found
        return self.m.choose(found, self.m.number(1.0), self.m.number(0.0))

    def _goes_in_pieces(self, stage: str) -> bool:
        return self.cuts and (len(self.program.stages[stage].nodes) > _PIECE or stage == "step")

    def evaluate(self, stage: str, outputs: list[int], known: dict[int, Any] | None = None) -> dict[int, Any]:
        """All values of a stage, arguments first; only those that lead from `known` to `outputs` if it is given.

        A long stage of a large program goes into several functions.
        """
        nodes = self.program.stages[stage].nodes
        if known is not None:
            nodes = leading(self.program, nodes, outputs, known)
        if self._goes_in_pieces(stage):
            return self._evaluate_in_pieces(nodes, outputs)
        return self._values(nodes, Known(known or {}, self._recover))

    def _values(self, nodes: Iterable[int], values: dict[int, Any]) -> dict[int, Any]:
        for value in nodes:
            node = self.program.nodes[value]
            if node.operation in RULES:
                values[value] = self.rule(node.operation, [values[argument] for argument in node.arguments])
            else:
                values[value] = self.leaf(node, values)
        return values

    def _evaluate_in_pieces(self, nodes: tuple[int, ...], outputs: list[int]) -> dict[int, Any]:
        """One function for every few hundred values; what later ones need goes through the workspace."""
        pieces = [nodes[first : first + _PIECE] for first in range(0, len(nodes), _PIECE)]
        last_use: dict[int, int] = {}
        for number, piece in enumerate(pieces):
            for value in piece:
                last_use |= dict.fromkeys(self.program.nodes[value].arguments, number)
        last_use |= dict.fromkeys(outputs, len(pieces))
        slots: dict[int, int] = {}
        free: list[int] = []
        self._crossing_now = self._crossing_floor
        for number, piece in enumerate(pieces):
            own = set(piece)
            leaving = [value for value in piece if last_use.get(value, -1) > number and not self._is_constant(value)]
            for value in leaving:
                slots[value] = free.pop() if free else self._new_slot()
            self.apart(lambda piece=piece, leaving=leaving, slots=dict(slots): self._piece(piece, leaving, slots))  # type: ignore[misc]
            free += [slots[value] for value in slots if last_use[value] == number and value not in own]
        kept = {value: slots[value] for value in outputs if value in slots}
        return Known({}, lambda value: self._recover(value, kept))

    def _new_slot(self) -> int:
        self._crossing_now += 1
        self.crossing = max(self.crossing, self._crossing_now)
        return self.crossing_at + self._crossing_now - 1

    def _is_constant(self, value: int) -> bool:
        return self.program.nodes[value].operation == "constant"

    def _piece(self, piece: tuple[int, ...], leaving: list[int], slots: dict[int, int]) -> None:
        own = set(piece)
        before = {value: slot for value, slot in slots.items() if value not in own}
        values = self._values(piece, Known({}, lambda value: self._recover(value, before)))
        for value in leaving:
            self.store_vector(self.as_double(value, values[value]), self.place(slots[value]))

    def _recover(self, value: int, slots: dict[int, int] | None = None) -> Any:
        """A value that is not computed here: of another function, another phase, or a plain constant."""
        program = self.program
        if slots and value in slots:
            return self._typed(value, self.load_vector(self.place(slots[value])))
        if self._is_constant(value):
            return self.leaf(program.nodes[value], {})
        if program.nodes[value].phase == "time":
            return self._column(self._column_of[value], value)
        position = self._constant_of[value]
        return self._typed(value, self.load_vector(self.place(self.constants_at + position)))

    def _column(self, position: int, value: int) -> Any:
        width = self.whole(max(1, len(self.program.columns)))
        row = self.here.column_row if self.here.column_row is not None else self.whole(0)
        place = self.b.add(self.b.mul(row, width), self.whole(position))
        scalar = self.b.load(self.b.gep(self.here.argument["columns"], [place]))
        return self._typed(value, self.m.splat(scalar))

    @contextmanager
    def crossing_kept(self) -> Iterator[None]:
        """What is evaluated inside leaves alone what crosses functions now: it is still wanted."""
        self._crossing_floor = self._crossing_now
        try:
            yield
        finally:
            self._crossing_floor = 0

    def _typed(self, value: int, vector: Any) -> Any:
        if not self.program.nodes[value].is_condition:
            return vector
        return self.b.fcmp_unordered("!=", vector, self.m.number(0.0))

    def leaf(self, node: Node, values: dict[int, Any]) -> Any:
        immediate: Any = node.immediate
        if node.operation == "constant":
            return self.m.truth_value(bool(immediate)) if node.is_condition else self.m.number(immediate)
        if node.operation == "parameter":
            return self.load_vector(self.row_pointer("parameters", self.whole(immediate)))
        if node.operation == "state":
            return self.load_vector(self.state_pointer(immediate[0]))
        if node.operation == "ring":
            position = self.b.urem(self.here.row, self.whole(self.program.rings[immediate[0]].length))
            return self.load_vector(self.ring_pointer(immediate[0], position))
        if node.operation == "uniform":
            index = self.m.word_from_number(values[node.arguments[0]]) if node.arguments else self.m.word32(0)
            return self._uniform(immediate, index)
        if node.operation == "uniform_periodic":
            return self._uniform(immediate[0], self.m.splat(self.here.occurrence))
        if node.operation == "given_periodic":
            offset = self.b.load(self.b.gep(self.here.argument["offsets"], [self.whole(immediate[0])]))
            place = self.b.add(self.b.sext(self.here.occurrence, _I64), offset)
            return self.load_vector(self.row_pointer("parameters", place))
        raise AssertionError(node)

    def _uniform(self, stream: int, index: Any) -> Any:
        words = []
        for part in range(2):
            pointer = self.b.gep(self.here.argument["keys"], [self.whole(2 * stream + part)])
            words.append(self.m.splat(self.b.load(pointer)))
        first = self.b.add(self.here.argument["first_future"], self.b.trunc(self.here.start, _I32))
        lanes = ir.Constant(self.m.narrow, [ir.Constant(_I32, lane) for lane in range(self.lanes)])
        given = [*words, self.b.add(self.m.splat(first), lanes), index]

        def body(machine: LlvmArithmetic, words: list[Any]) -> Any:
            return sequences.uniform(machine, (words[0], words[1]), (words[2], words[3]))

        return self._called("uniform", given, body) if self.cuts else body(self.m, given)
