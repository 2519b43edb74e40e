"""The operations on LLVM vectors: one instruction each, strict floating point, no calls into a mathematical library."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from llvmlite import ir

from foedus.numerics import Arithmetic

__all__ = ["LlvmArithmetic"]


class _Splat(ir.Constant):  # type: ignore[misc]
    """A vector constant of equal elements, written in LLVM's short form."""

    def get_reference(self) -> str:
        return f"splat ({self.constant[0]})"


@lru_cache(maxsize=8192)
def _splat(kind: ir.VectorType, written: str) -> _Splat:
    """A vector of one number, made once: programs name the same few over and over. As it is written, for 0.0 and -0.0 are equal."""
    value = int(written) if isinstance(kind.element, ir.IntType) else float.fromhex(written)
    return _Splat(kind, [ir.Constant(kind.element, value)] * kind.count)


class LlvmArithmetic(Arithmetic):
    """Vectors of `lanes` doubles, words or truth values, emitted at the place of `builder`."""

    def __init__(self, builder: ir.IRBuilder, lanes: int) -> None:
        self.builder, self.lanes = builder, lanes
        self.double = ir.VectorType(ir.DoubleType(), lanes)
        self.truth = ir.VectorType(ir.IntType(1), lanes)
        self.wide = ir.VectorType(ir.IntType(64), lanes)
        self.narrow = ir.VectorType(ir.IntType(32), lanes)

    def _constant(self, kind: Any, value: Any) -> ir.Constant:
        return _splat(kind, value.hex() if isinstance(value, float) else str(value))

    def _intrinsic(self, name: str, value: Any) -> Any:
        module = self.builder.module
        full = f"llvm.{name}.v{self.lanes}f64"
        function = module.globals.get(full)
        if function is None:
            function = ir.Function(module, ir.FunctionType(self.double, [self.double]), full)
        return self.builder.call(function, [value])

    def number(self, value: float) -> Any:
        return self._constant(self.double, float(value))

    def truth_value(self, value: bool) -> Any:
        return self._constant(self.truth, int(value))

    def add(self, a: Any, b: Any) -> Any:
        return self.builder.fadd(a, b)

    def subtract(self, a: Any, b: Any) -> Any:
        return self.builder.fsub(a, b)

    def multiply(self, a: Any, b: Any) -> Any:
        return self.builder.fmul(a, b)

    def divide(self, a: Any, b: Any) -> Any:
        return self.builder.fdiv(a, b)

    def square_root(self, a: Any) -> Any:
        return self._intrinsic("sqrt", a)

    def absolute(self, a: Any) -> Any:
        return self._intrinsic("fabs", a)

    def floor(self, a: Any) -> Any:
        return self._intrinsic("floor", a)

    def less(self, a: Any, b: Any) -> Any:
        return self.builder.fcmp_ordered("<", a, b)

    def less_equal(self, a: Any, b: Any) -> Any:
        return self.builder.fcmp_ordered("<=", a, b)

    def equal(self, a: Any, b: Any) -> Any:
        return self.builder.fcmp_ordered("==", a, b)

    def both(self, a: Any, b: Any) -> Any:
        return self.builder.and_(a, b)

    def either(self, a: Any, b: Any) -> Any:
        return self.builder.or_(a, b)

    def negation(self, a: Any) -> Any:
        return self.builder.xor(a, self._constant(self.truth, 1))

    def choose(self, condition: Any, a: Any, b: Any) -> Any:
        return self.builder.select(condition, a, b)

    def word64(self, value: int) -> Any:
        return self._constant(self.wide, value)

    def bits(self, a: Any) -> Any:
        return self.builder.bitcast(a, self.wide)

    def from_bits(self, a: Any) -> Any:
        return self.builder.bitcast(a, self.double)

    def add64(self, a: Any, b: Any) -> Any:
        return self.builder.add(a, b)

    def and64(self, a: Any, b: Any) -> Any:
        return self.builder.and_(a, b)

    def or64(self, a: Any, b: Any) -> Any:
        return self.builder.or_(a, b)

    def shift_left64(self, a: Any, places: int) -> Any:
        return self.builder.shl(a, self._constant(self.wide, places))

    def shift_right64(self, a: Any, places: int) -> Any:
        return self.builder.lshr(a, self._constant(self.wide, places))

    def word32(self, value: int) -> Any:
        return self._constant(self.narrow, value)

    def add32(self, a: Any, b: Any) -> Any:
        return self.builder.add(a, b)

    def xor32(self, a: Any, b: Any) -> Any:
        return self.builder.xor(a, b)

    def rotate_left32(self, a: Any, places: int) -> Any:
        left = self.builder.shl(a, self._constant(self.narrow, places))
        return self.builder.or_(left, self.builder.lshr(a, self._constant(self.narrow, 32 - places)))

    def shift_right32(self, a: Any, places: int) -> Any:
        return self.builder.lshr(a, self._constant(self.narrow, places))

    def number_from32(self, a: Any) -> Any:
        return self.builder.sitofp(a, self.double)

    def word_from_number(self, a: Any) -> Any:
        """The number, a small whole one, as a 32-bit word."""
        return self.builder.fptosi(a, self.narrow)

    def splat(self, scalar: Any) -> Any:
        """One scalar in all lanes."""
        kind = ir.VectorType(scalar.type, self.lanes)
        lane = ir.Constant(ir.IntType(32), 0)
        first = self.builder.insert_element(ir.Constant(kind, ir.Undefined), scalar, lane)
        mask = ir.Constant(ir.VectorType(ir.IntType(32), self.lanes), [lane] * self.lanes)
        return self.builder.shuffle_vector(first, ir.Constant(kind, ir.Undefined), mask)
