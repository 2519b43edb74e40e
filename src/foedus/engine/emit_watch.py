"""The code of a run that tells where its futures fail: `foedus.engine.watch` in LLVM IR, gone past where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from llvmlite import ir

from foedus.compile.moments import parts_of
from foedus.compile.program import Program, Update
from foedus.engine.known import fresh
from foedus.engine.llvm_arithmetic import LlvmArithmetic
from foedus.engine.watch import Kept, broken_levels, growing, is_lost, named_causes, outgrown

__all__ = ["Writer", "look_at_levels", "look_for_fault"]


class Writer(Protocol):
    """What writes the code of a program, as far as it is needed here; `here` is the function that is being written."""

    program: Program
    lanes: int
    cuts: bool
    here: Any

    @property
    def b(self) -> Any: ...

    @property
    def m(self) -> LlvmArithmetic: ...

    def apart(self, body: Callable[[], None], *, always: bool = False) -> None: ...

    def assign(self, updates: tuple[Update, ...], values: dict[int, Any]) -> None: ...

    def crossing_kept(self) -> AbstractContextManager[None]: ...

    def evaluate(self, stage: str, outputs: list[int], known: dict[int, Any] | None = None) -> dict[int, Any]: ...

    def load_vector(self, pointer: Any) -> Any: ...

    def state_pointer(self, slot: int, copy: int = 0) -> Any: ...

    def store_vector(self, value: Any, pointer: Any) -> None: ...

    def whole(self, value: int) -> Any: ...


def look_at_levels(here: Writer) -> None:
    """Where a stock is no number: keep which one, before anything happens in the step."""
    levels = here.program.watch.levels
    lost = here.m.number(0.0)
    for level in levels:
        lost = here.m.add(lost, here.m.multiply(_load(here, level.state), here.m.number(0.0)))

    def body() -> None:
        row, zero = here.here.row, here.whole(0)
        before = here.b.select(here.b.icmp_signed("==", row, zero), zero, here.b.sub(row, here.whole(1)))
        times = _moment(here, row), _moment(here, before)
        _keep(here, broken_levels(here.m, levels, lambda slot: _load(here, slot), times, _kept(here)))

    with here.b.if_then(_any(here, is_lost(here.m, lost)), likely=False):
        here.apart(body)


def look_for_fault(here: Writer, values: dict[int, Any]) -> None:
    """Where a future has just failed: evaluate everything anew, from states that have not moved yet, and keep what is broken."""
    watch = here.program.watch
    condition = (fresh(values) if here.cuts else values)[watch.detail.condition]

    def detail() -> None:
        here.assign(watch.detail.updates, here.evaluate("watch", [update.value for update in watch.detail.updates]))

    def causes() -> None:
        wanted = [*(cause.value for cause in watch.causes), *(level.rate for level in growing(watch.levels))]
        found = here.evaluate("step", wanted, {})
        _keep(here, named_causes(here.m, here.program, found, lambda slot: _load(here, slot), _kept(here)))

    with here.crossing_kept():
        with here.b.if_then(_any(here, condition)):
            here.apart(detail, always=True)
        if watch.causes:
            with here.b.if_then(_any(here, here.m.either(condition, _grows(here, values))), likely=False):
                here.apart(causes, always=True)


def _grows(here: Writer, values: dict[int, Any]) -> Any:
    """Does a stock grow too large in this step, in a future that has not failed?"""
    known, m, program = fresh(values) if here.cuts else values, here.m, here.program
    lost = m.number(0.0)
    for level in growing(program.watch.levels):
        end = outgrown(m, level, program.step, lambda slot: _load(here, slot), known[level.rate])
        lost = m.add(lost, m.multiply(end, m.number(0.0)))
    return m.both(m.less(_kept(here)[0], m.number(0.5)), is_lost(m, lost))


def _moment(here: Writer, row: Any) -> Any:
    """The time at a step, as `foedus.compile.moments.moment` has it."""
    above, below = parts_of(here.program.step)
    steps = here.b.sitofp(here.b.add(row, here.whole(here.program.first_step)), ir.DoubleType())
    return here.m.divide(here.m.multiply(here.m.splat(steps), here.m.number(above)), here.m.number(float(below)))


def _any(here: Writer, condition: Any) -> Any:
    """Does it hold in any lane?"""
    kind = ir.IntType(here.lanes)
    return here.b.icmp_unsigned("!=", here.b.bitcast(condition, kind), ir.Constant(kind, 0))


def _load(here: Writer, slot: int) -> Any:
    return here.load_vector(here.state_pointer(slot))


def _kept(here: Writer) -> Kept:
    code, when, what, value = (_load(here, slot) for slot in here.program.watch.keeps)
    return code, when, what, value


def _keep(here: Writer, found: Kept) -> None:
    for slot, value in zip(here.program.watch.keeps, found, strict=True):
        here.store_vector(value, here.state_pointer(slot))
