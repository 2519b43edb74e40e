"""What draws parameters in the page: the exact sequences of exp, log and the rest over rows of numbers, as one small module.

The same for every program. Each function works on a row in place; the row is in the module's memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from llvmlite import ir

from foedus.engine.llvm_arithmetic import LlvmArithmetic
from foedus.numerics import sequences
from foedus.page.wasm import wasm_module

__all__ = ["KERNELS", "kernel_module"]

LANES = 2
KERNELS = ("exp", "growth", "log", "sin", "cos", "normal_quantile", "normal_cdf")
_I32, _DOUBLE = ir.IntType(32), ir.DoubleType()


@lru_cache(maxsize=1)
def kernel_module() -> bytes:
    """The module: `name(row, pairs)` for each kernel, and `uniform(row, pairs, key, key, first)`."""
    module = ir.Module("kernels")
    for name in KERNELS:
        _row_function(module, name, [], _elementwise(getattr(sequences, name)))
    _row_function(module, "uniform", [_I32, _I32, _I32], _uniform)
    return wasm_module(str(module), [*KERNELS, "uniform"])


Body = Callable[[LlvmArithmetic, Any, Any, list[Any]], Any]


def _elementwise(sequence: Callable[..., Any]) -> Body:
    def body(machine: LlvmArithmetic, place: Any, pair: Any, extra: list[Any]) -> Any:
        return sequence(machine, machine.builder.load(place, align=8))

    return body


def _uniform(machine: LlvmArithmetic, place: Any, pair: Any, extra: list[Any]) -> Any:
    """The first draw of a stream for two futures."""
    builder = machine.builder
    first = builder.add(extra[2], builder.mul(pair, ir.Constant(_I32, LANES)))
    lanes = ir.Constant(machine.narrow, [ir.Constant(_I32, lane) for lane in range(LANES)])
    futures = builder.add(machine.splat(first), lanes)
    key = (machine.splat(extra[0]), machine.splat(extra[1]))
    return sequences.uniform(machine, key, (futures, machine.word32(0)))


def _row_function(module: ir.Module, name: str, extra: list[Any], body: Body) -> None:
    """A function that replaces each pair of a row by what `body` makes of it."""
    kind = ir.FunctionType(ir.VoidType(), [_DOUBLE.as_pointer(), _I32, *extra])
    function = ir.Function(module, kind, name)
    entry, loop, after = (function.append_basic_block(label) for label in ("entry", "loop", "after"))
    builder = ir.IRBuilder(entry)
    row, pairs, *given = function.args
    builder.cbranch(builder.icmp_unsigned("<", ir.Constant(_I32, 0), pairs), loop, after)
    builder.position_at_end(loop)
    pair = builder.phi(_I32)
    pair.add_incoming(ir.Constant(_I32, 0), entry)
    machine = LlvmArithmetic(builder, LANES)
    address = builder.gep(row, [builder.mul(pair, ir.Constant(_I32, LANES))])
    place = builder.bitcast(address, machine.double.as_pointer())
    builder.store(body(machine, place, pair, given), place, align=8)
    following = builder.add(pair, ir.Constant(_I32, 1))
    pair.add_incoming(following, builder.block)
    builder.cbranch(builder.icmp_unsigned("<", following, pairs), loop, after)
    builder.position_at_end(after)
    builder.ret_void()
