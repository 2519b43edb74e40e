"""A program as LLVM IR: one function that runs blocks of futures, all loops inside, nothing called.

Only the operations of the program reach the code; no text of a model does. Without fused operations and without fast-math flags the
result is the same to the bit for any number of lanes and on any target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite import ir

from foedus.compile.program import Guard, Node, Program, Update
from foedus.engine.llvm_arithmetic import LlvmArithmetic
from foedus.engine.operations import RULES
from foedus.numerics import sequences

__all__ = ["ARGUMENTS", "FUNCTION", "emit", "workspace_size"]

FUNCTION = "run_futures"
ARGUMENTS = ("blocks", "stride", "parameters", "columns", "keys", "first_future", "due", "occurrence", "results", "status",
             "reports", "saved", "saves", "workspace")  # fmt: skip
_I8, _I32, _I64, _DOUBLE = ir.IntType(8), ir.IntType(32), ir.IntType(64), ir.DoubleType()


def workspace_size(program: Program, lanes: int) -> int:
    """How many doubles one thread needs: states (twice for the middle of a step), constants, rings."""
    copies = 3 if program.method == "rk4" else 1
    return lanes * (
        copies * len(program.states) + len(program.constants) + sum(ring.length for ring in program.rings)
    )


def emit(program: Program, lanes: int = 8) -> str:
    """The LLVM IR of a program, as text."""
    return str(_Emitter(program, lanes).module)


class _Emitter:
    def __init__(self, program: Program, lanes: int) -> None:
        self.program, self.lanes = program, lanes
        self.module = ir.Module("foedus")
        pointers = {"parameters": _DOUBLE, "columns": _DOUBLE, "keys": _I32, "due": _I8, "occurrence": _I32, "results": _DOUBLE,
                    "status": _DOUBLE, "reports": _DOUBLE, "saved": _DOUBLE, "workspace": _DOUBLE}  # fmt: skip
        scalars = {"blocks": _I64, "stride": _I64, "first_future": _I32, "saves": _I32}
        kinds = [pointers[name].as_pointer() if name in pointers else scalars[name] for name in ARGUMENTS]
        self.function = ir.Function(self.module, ir.FunctionType(ir.VoidType(), kinds), FUNCTION)
        self.function.attributes.add("nounwind")
        for argument, name in zip(self.function.args, ARGUMENTS, strict=True):
            argument.name = name
            if name in pointers:
                argument.add_attribute("noalias")
        self.argument = dict(zip(ARGUMENTS, self.function.args, strict=True))
        self.b = ir.IRBuilder(self.function.append_basic_block("entry"))
        self.m = LlvmArithmetic(self.b, lanes)
        self._body()

    # --- loops and memory

    @contextmanager
    def loop(self, count: Any) -> Iterator[Any]:
        """A loop that counts from 0 to count - 1."""
        head, after = self.function.append_basic_block("loop"), self.function.append_basic_block("after")
        before = self.b.block
        self.b.cbranch(self.b.icmp_signed("<", ir.Constant(_I64, 0), count), head, after)
        self.b.position_at_end(head)
        number = self.b.phi(_I64)
        number.add_incoming(ir.Constant(_I64, 0), before)
        yield number
        following = self.b.add(number, ir.Constant(_I64, 1))
        number.add_incoming(following, self.b.block)
        self.b.cbranch(self.b.icmp_signed("<", following, count), head, after)
        self.b.position_at_end(after)

    def offset(self, base: Any, *parts: Any) -> Any:
        total = parts[0]
        for part in parts[1:]:
            total = self.b.add(total, part)
        return self.b.gep(base, [total])

    def whole(self, value: int) -> Any:
        return ir.Constant(_I64, value)

    def load_vector(self, pointer: Any) -> Any:
        return self.b.load(self.b.bitcast(pointer, self.m.double.as_pointer()), align=8)

    def store_vector(self, value: Any, pointer: Any) -> None:
        self.b.store(value, self.b.bitcast(pointer, self.m.double.as_pointer()), align=8)

    def state_pointer(self, slot: int, copy: int = 0) -> Any:
        place = (copy * len(self.program.states) + slot) * self.lanes
        return self.b.gep(self.argument["workspace"], [self.whole(place)])

    def constant_pointer(self, position: int) -> Any:
        copies = 3 if self.program.method == "rk4" else 1
        place = (copies * len(self.program.states) + position) * self.lanes
        return self.b.gep(self.argument["workspace"], [self.whole(place)])

    def ring_pointer(self, slot: int, position: Any) -> Any:
        copies = 3 if self.program.method == "rk4" else 1
        before = copies * len(self.program.states) + len(self.program.constants)
        before += sum(ring.length for ring in self.program.rings[:slot])
        place = self.b.mul(self.b.add(self.whole(before), position), self.whole(self.lanes))
        return self.b.gep(self.argument["workspace"], [place])

    def row_pointer(self, name: str, slot: int) -> Any:
        """Where a row of a table over futures begins for the present block of futures."""
        row = self.b.mul(self.whole(slot), self.argument["stride"])
        return self.offset(self.argument[name], row, self.start)

    # --- the function

    def _body(self) -> None:
        program = self.program
        with self.loop(self.argument["blocks"]) as block:
            self.start = self.b.mul(block, self.whole(self.lanes))
            self._futures()
            self._begin()
            with self.loop(self.whole(program.steps + 1)) as row:
                self.row, self.column_row = row, self.b.mul(row, self.whole(program.half_steps))
                for number, _ in enumerate(program.blocks):
                    self._block(number)
                self._save()
                self._step()
            self._finish()
        self.b.ret_void()

    def _futures(self) -> None:
        first = self.b.add(self.argument["first_future"], self.b.trunc(self.start, _I32))
        lanes = ir.Constant(self.m.narrow, [ir.Constant(_I32, lane) for lane in range(self.lanes)])
        self.futures = self.b.add(self.m.splat(first), lanes)

    def _begin(self) -> None:
        values = self.evaluate("start", is_start=True)
        for position, value in enumerate(self.program.constants):
            self.store_vector(self.as_double(value, values[value]), self.constant_pointer(position))
        for slot, state in enumerate(self.program.states):
            self.store_vector(self.as_double(state.initial, values[state.initial]), self.state_pointer(slot))
        for slot, ring in enumerate(self.program.rings):
            with self.loop(self.whole(ring.length)) as position:
                self.store_vector(values[ring.initial], self.ring_pointer(slot, position))

    @contextmanager
    def when_due(self, number: int) -> Iterator[Any]:
        """Code that runs only on rows where a block is due; gives its occurrence."""
        place = self.b.add(self.b.mul(self.row, self.whole(len(self.program.blocks) + 1)), self.whole(number))
        due = self.b.load(self.b.gep(self.argument["due"], [place]))
        with self.b.if_then(self.b.icmp_unsigned("!=", due, ir.Constant(_I8, 0))):
            yield self.b.load(self.b.gep(self.argument["occurrence"], [place]))

    def _block(self, number: int) -> None:
        with self.when_due(number) as occurrence:
            self.occurrence = self.m.splat(occurrence)
            self.assign(self.program.blocks[number].updates, self.evaluate(f"block {number}"))

    def assign(self, updates: tuple[Update, ...], values: dict[int, Any]) -> None:
        for update in updates:
            self.store_vector(
                self.as_double(update.value, values[update.value]), self.state_pointer(update.state)
            )

    def _save(self) -> None:
        wanted = self.b.icmp_unsigned("!=", self.argument["saves"], ir.Constant(_I32, 0))
        with self.b.if_then(wanted), self.when_due(len(self.program.blocks)):
            values = self.evaluate("save")
            moments = self.program.steps // self.program.save_every + 1
            moment = self.b.udiv(self.row, self.whole(self.program.save_every))
            for number, slot in enumerate(self.program.saved):
                row = self.b.mul(self.b.add(self.whole(number * moments), moment), self.argument["stride"])
                self.store_vector(
                    self.as_double(slot.value, values[slot.value]),
                    self.offset(self.argument["saved"], row, self.start),
                )

    def _step(self) -> None:
        program, m = self.program, self.m
        values = self.evaluate("step")
        moving = [
            slot
            for slot, state in enumerate(program.states)
            if state.kind == "integral" and state.update >= 0
        ]
        rates = {
            slot: self.as_double(program.states[slot].update, values[program.states[slot].update])
            for slot in moving
        }
        if program.method == "rk4":
            rates = self._runge_kutta(rates)
        new = {}
        for slot, state in enumerate(program.states):
            if slot in rates:
                change = m.multiply(m.number(program.step), rates[slot])
                new[slot] = m.add(self.load_vector(self.state_pointer(slot)), change)
            elif state.update >= 0:
                new[slot] = self.as_double(state.update, values[state.update])
        for slot, value in new.items():
            self.store_vector(value, self.state_pointer(slot))
        for slot, ring in enumerate(program.rings):
            position = self.b.urem(self.row, self.whole(ring.length))
            self.store_vector(
                self.as_double(ring.update, values[ring.update]), self.ring_pointer(slot, position)
            )
        for number, guard in enumerate(program.guards):
            self._guard(number, guard, values)

    def _guard(self, number: int, guard: Guard, values: dict[int, Any]) -> None:
        """If the condition holds in any lane, compute and store; the values choose for themselves, lane by lane."""
        mask = self.b.bitcast(values[guard.condition], ir.IntType(self.lanes))
        with self.b.if_then(self.b.icmp_unsigned("!=", mask, ir.Constant(ir.IntType(self.lanes), 0))):
            self.assign(guard.updates, self.evaluate(f"guard {number}", values))

    def _runge_kutta(self, first: dict[int, Any]) -> dict[int, Any]:
        """The mean rate, with the states at rest in a second copy while the middle and the end of the step are tried."""
        m, program, slopes = self.m, self.program, [first]
        row = self.column_row
        for slot in range(len(program.states)):
            self.store_vector(self.load_vector(self.state_pointer(slot)), self.state_pointer(slot, 1))
        for part, ahead in ((0.5, 1), (0.5, 1), (1.0, 2)):
            for slot in first:
                moved = m.multiply(m.number(part * program.step), slopes[-1][slot])
                self.store_vector(
                    m.add(self.load_vector(self.state_pointer(slot, 1)), moved), self.state_pointer(slot)
                )
            self.column_row = self.b.add(row, self.whole(ahead))
            values = self.evaluate("step")
            slopes.append(
                {
                    slot: self.as_double(program.states[slot].update, values[program.states[slot].update])
                    for slot in first
                }
            )
        self.column_row = row
        for slot in first:
            self.store_vector(self.load_vector(self.state_pointer(slot, 1)), self.state_pointer(slot))
        two, six = m.number(2.0), m.number(6.0)
        mean = {}
        for slot in first:
            total = m.add(
                m.add(slopes[0][slot], m.multiply(two, slopes[1][slot])), m.multiply(two, slopes[2][slot])
            )
            mean[slot] = m.divide(m.add(total, slopes[3][slot]), six)
        return mean

    def _finish(self) -> None:
        values = self.evaluate("finish")
        for name, slots in (("results", self.program.results), ("reports", self.program.reports)):
            for number, slot in enumerate(slots):
                self.store_vector(
                    self.as_double(slot.value, values[slot.value]), self.row_pointer(name, number)
                )
        status = self.program.status
        self.store_vector(self.as_double(status, values[status]), self.row_pointer("status", 0))

    # --- values

    def as_double(self, value: int, found: Any) -> Any:
        if not self.program.nodes[value].is_condition:
            return found
        return self.m.choose(found, self.m.number(1.0), self.m.number(0.0))

    def evaluate(
        self, stage: str, before: dict[int, Any] | None = None, is_start: bool = False
    ) -> dict[int, Any]:
        program = self.program
        values: dict[int, Any] = _Lazy(before or {}, {} if is_start else self._crossing())
        for value in program.stages[stage].nodes:
            node = program.nodes[value]
            rule = RULES.get(node.operation)
            if rule is None:
                values[value] = self.leaf(node, values)
            else:
                values[value] = rule(self.m, *(values[argument] for argument in node.arguments))
        return values

    def _crossing(self) -> dict[int, Callable[[], Any]]:
        """How to get a value of another phase, should it be needed."""
        found: dict[int, Callable[[], Any]] = {}
        for position, value in enumerate(self.program.columns):
            found[value] = lambda position=position, value=value: self._column(position, value)  # type: ignore[misc]
        for position, value in enumerate(self.program.constants):
            found[value] = lambda position=position, value=value: self._kept(position, value)  # type: ignore[misc]
        return found

    def _column(self, position: int, value: int) -> Any:
        width = self.whole(max(1, len(self.program.columns)))
        place = self.b.add(self.b.mul(self.column_row, width), self.whole(position))
        scalar = self.b.load(self.b.gep(self.argument["columns"], [place]))
        return self._typed(value, self.m.splat(scalar))

    def _kept(self, position: int, value: int) -> Any:
        return self._typed(value, self.load_vector(self.constant_pointer(position)))

    def _typed(self, value: int, vector: Any) -> Any:
        if not self.program.nodes[value].is_condition:
            return vector
        return self.b.fcmp_unordered("!=", vector, self.m.number(0.0))

    def leaf(self, node: Node, values: dict[int, Any]) -> Any:
        immediate: Any = node.immediate
        if node.operation == "constant":
            return self.m.truth_value(bool(immediate)) if node.is_condition else self.m.number(immediate)
        if node.operation == "parameter":
            return self.load_vector(self.row_pointer("parameters", immediate))
        if node.operation == "state":
            return self.load_vector(self.state_pointer(immediate[0]))
        if node.operation == "ring":
            position = self.b.urem(self.row, self.whole(self.program.rings[immediate[0]].length))
            return self.load_vector(self.ring_pointer(immediate[0], position))
        if node.operation == "uniform":
            index = self.m.word_from_number(values[node.arguments[0]]) if node.arguments else self.m.word32(0)
            return self._uniform(immediate, index)
        if node.operation == "uniform_periodic":
            return self._uniform(immediate[0], self.occurrence)
        raise AssertionError(node)

    def _uniform(self, stream: int, index: Any) -> Any:
        words = []
        for part in range(2):
            pointer = self.b.gep(self.argument["keys"], [self.whole(2 * stream + part)])
            words.append(self.m.splat(self.b.load(pointer)))
        return sequences.uniform(self.m, (words[0], words[1]), (self.futures, index))


class _Lazy(dict[int, Any]):
    """Values of a stage; those of another phase are fetched when first asked for."""

    def __init__(self, before: dict[int, Any], crossing: dict[int, Callable[[], Any]]) -> None:
        super().__init__(before)
        self._crossing = crossing

    def __missing__(self, value: int) -> Any:
        self[value] = found = self._crossing[value]()
        return found
