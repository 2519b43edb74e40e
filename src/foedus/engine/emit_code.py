"""The code of a program while it is written: functions, cut where they grow large, loops, and the memory of one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from llvmlite import ir

from foedus.compile.program import Program
from foedus.engine.llvm_arithmetic import LlvmArithmetic
from foedus.engine.operations import RULES

__all__ = ["ARGUMENTS", "FUNCTION", "GIVEN_ARGUMENTS", "KEPT_ARGUMENTS", "Code", "code_size", "is_large"]

FUNCTION = "run_futures"
ARGUMENTS = (
    "blocks",
    "stride",
    "parameters",
    "columns",
    "keys",
    "first_future",
    "due",
    "occurrence",
    "results",
    "status",
    "reports",
    "saved",
    "saves",
    "workspace",
)
KEPT_ARGUMENTS = ("kept", "fills")  # further ones of a program that keeps its noise from one run to the next
GIVEN_ARGUMENTS = (
    "steps",
    "offsets",
)  # further ones of a program whose draws are handed in: how far it runs and where they stand is no part of its code
_EVERY = (*ARGUMENTS, *KEPT_ARGUMENTS, *GIVEN_ARGUMENTS)
_SCALARS = {
    "blocks": ir.IntType(64),
    "stride": ir.IntType(64),
    "first_future": ir.IntType(32),
    "saves": ir.IntType(32),
    "fills": ir.IntType(32),
    "steps": ir.IntType(64),
}
_POINTERS = frozenset(_EVERY) - frozenset(_SCALARS)
_HEAVY = frozenset({"exp", "log", "power", "sin", "cos", "normal_quantile"})
_SMALL_PROGRAM = 6000
_I8, _I32, _I64, _DOUBLE = ir.IntType(8), ir.IntType(32), ir.IntType(64), ir.DoubleType()
_ELEMENTS = {"keys": _I32, "due": _I8, "occurrence": _I32, "offsets": _I64}
_KINDS = {name: _ELEMENTS.get(name, _DOUBLE).as_pointer() if name in _POINTERS else _SCALARS[name] for name in _EVERY}


def is_large(program: Program) -> bool:
    """Is it worth cutting into functions?"""
    return program.method != "rk4" and code_size(program) > _SMALL_PROGRAM


def code_size(program: Program) -> int:
    """How many values the code of a program makes; what hardly ever runs, the watch and guards, apart."""
    return sum(len(stage.nodes) for name, stage in program.stages.items() if not name.startswith(("watch", "guard", "shown")))


@dataclass
class _Here:
    """The function that is being written, and what is known in it."""

    function: Any
    builder: Any
    machine: LlvmArithmetic
    argument: dict[str, Any]
    start: Any = None
    row: Any = None
    column_row: Any = None
    occurrence: Any = None


class Code:
    """Memory of one thread, in vectors: states (three copies for Runge-Kutta), constants, rings, values that cross functions.

    Args:
        program: what to run.
        lanes: futures side by side.
        arguments: what every function takes.
    """

    def __init__(self, program: Program, lanes: int, arguments: tuple[str, ...]) -> None:
        self.program, self.lanes, self.arguments = program, lanes, arguments
        self.module = ir.Module("foedus")
        copies = 3 if program.method == "rk4" else 1
        self.constants_at = copies * len(program.states)
        self.rings_at = self.constants_at + len(program.constants)
        self.crossing_at = self.rings_at + sum(ring.length for ring in program.rings)
        self.cuts = is_large(program)
        self.here = self._new_function(FUNCTION, [])

    # --- functions

    def _new_function(self, name: str, extra: list[Any]) -> _Here:
        function = ir.Function(
            self.module, ir.FunctionType(ir.VoidType(), [*(_KINDS[known] for known in self.arguments), *extra]), name
        )
        function.attributes.add("nounwind")
        for argument, called in zip(function.args, self.arguments, strict=False):
            argument.name = called
            if called in _POINTERS:
                argument.add_attribute("noalias")
        builder = ir.IRBuilder(function.append_basic_block("entry"))
        given = dict(zip(self.arguments, function.args, strict=False))
        return _Here(function, builder, LlvmArithmetic(builder, self.lanes), given)

    def apart(self, body: Callable[[], None], *, always: bool = False) -> None:
        """Write something as a function of its own, if the program is large; else in place."""
        if not (self.cuts or always):
            body()
            return
        outer = self.here
        passed = [outer.start, outer.row, outer.column_row, outer.occurrence]
        kinds = (_I64, _I64, _I64, _I32)
        passed = [ir.Constant(kind, 0) if value is None else value for value, kind in zip(passed, kinds, strict=True)]
        name = self.module.get_unique_name("part")
        self.here = self._new_function(name, [_I64, _I64, _I64, _I32])
        self.here.function.linkage = "internal"
        self.here.function.attributes.add("noinline")
        given = self.here.function.args[len(self.arguments) :]
        self.here.start, self.here.row, self.here.column_row, self.here.occurrence = given
        body()
        self.here.builder.ret_void()
        inner, self.here = self.here, outer
        self.b.call(inner.function, [*(outer.argument[known] for known in self.arguments), *passed])

    @property
    def b(self) -> Any:
        return self.here.builder

    @property
    def m(self) -> LlvmArithmetic:
        return self.here.machine

    def rule(self, operation: str, values: list[Any]) -> Any:
        """An operation on values: in place, or (heavy ones of large programs) as a call of a function written once."""
        if operation == "poisson":
            return self._where_wanted(operation, values)
        if not (self.cuts and operation in _HEAVY):
            return RULES[operation](self.m, *values)
        return self._called(operation, values, lambda machine, given: RULES[operation](machine, *given))

    def _where_wanted(self, operation: str, values: list[Any]) -> Any:
        """An operation whose last value says where it is wanted, and that is 0 elsewhere: gone past where no future wants it."""
        nothing, before = self.m.number(0.0), self.b.block
        mask = self.b.bitcast(values[-1], ir.IntType(self.lanes))
        with self.b.if_then(self.b.icmp_unsigned("!=", mask, ir.Constant(ir.IntType(self.lanes), 0)), likely=False):
            found = RULES[operation](self.m, *values)
            inside = self.b.block
        result = self.b.phi(self.m.double)
        result.add_incoming(nothing, before)
        result.add_incoming(found, inside)
        return result

    def _called(self, name: str, values: list[Any], body: Callable[[LlvmArithmetic, list[Any]], Any]) -> Any:
        function = self.module.globals.get(f"do_{name}")
        if function is None:
            kind = ir.FunctionType(self.m.double, [value.type for value in values])
            function = ir.Function(self.module, kind, f"do_{name}")
            function.linkage = "internal"
            function.attributes.add("nounwind")
            builder = ir.IRBuilder(function.append_basic_block("entry"))
            builder.ret(body(LlvmArithmetic(builder, self.lanes), list(function.args)))
        return self.b.call(function, values)

    # --- loops and memory

    @contextmanager
    def loop(self, count: Any) -> Iterator[Any]:
        """A loop that counts from 0 to count - 1."""
        function = self.here.function
        head, after = function.append_basic_block("loop"), function.append_basic_block("after")
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

    def whole(self, value: int) -> Any:
        return ir.Constant(_I64, value)

    def load_vector(self, pointer: Any) -> Any:
        return self.b.load(self.b.bitcast(pointer, self.m.double.as_pointer()), align=8)

    def store_vector(self, value: Any, pointer: Any) -> None:
        self.b.store(value, self.b.bitcast(pointer, self.m.double.as_pointer()), align=8)

    def place(self, vector: int) -> Any:
        """Where a vector of the workspace begins."""
        return self.b.gep(self.here.argument["workspace"], [self.whole(vector * self.lanes)])

    def state_pointer(self, slot: int, copy: int = 0) -> Any:
        return self.place(copy * len(self.program.states) + slot)

    def ring_pointer(self, slot: int, position: Any) -> Any:
        before = self.rings_at + sum(ring.length for ring in self.program.rings[:slot])
        place = self.b.mul(self.b.add(self.whole(before), position), self.whole(self.lanes))
        return self.b.gep(self.here.argument["workspace"], [place])

    def row_pointer(self, name: str, row: Any) -> Any:
        """Where a row of a table over futures begins for the present block of futures."""
        place = self.b.add(self.b.mul(row, self.here.argument["stride"]), self.here.start)
        return self.b.gep(self.here.argument[name], [place])
