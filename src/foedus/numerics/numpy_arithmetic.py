"""The operations on numpy arrays: plain, elementwise, obviously right."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.numerics.arithmetic import Arithmetic

__all__ = ["NumpyArithmetic"]


class NumpyArithmetic(Arithmetic):
    """float64 arrays, bool arrays, uint32 and uint64 arrays, of any one shape."""

    def number(self, value: float) -> Any:
        return np.float64(value)

    def add(self, a: Any, b: Any) -> Any:
        return np.add(a, b)

    def subtract(self, a: Any, b: Any) -> Any:
        return np.subtract(a, b)

    def multiply(self, a: Any, b: Any) -> Any:
        return np.multiply(a, b)

    def divide(self, a: Any, b: Any) -> Any:
        return np.divide(a, b)

    def square_root(self, a: Any) -> Any:
        return np.sqrt(a)

    def absolute(self, a: Any) -> Any:
        return np.abs(a)

    def floor(self, a: Any) -> Any:
        return np.floor(a)

    def less(self, a: Any, b: Any) -> Any:
        return np.less(a, b)

    def less_equal(self, a: Any, b: Any) -> Any:
        return np.less_equal(a, b)

    def equal(self, a: Any, b: Any) -> Any:
        return np.equal(a, b)

    def both(self, a: Any, b: Any) -> Any:
        return np.logical_and(a, b)

    def either(self, a: Any, b: Any) -> Any:
        return np.logical_or(a, b)

    def negation(self, a: Any) -> Any:
        return np.logical_not(a)

    def choose(self, condition: Any, a: Any, b: Any) -> Any:
        return np.where(condition, a, b)

    def word64(self, value: int) -> Any:
        return np.uint64(value)

    def bits(self, a: Any) -> Any:
        return np.asarray(a, dtype=np.float64).view(np.uint64)

    def from_bits(self, a: Any) -> Any:
        return np.asarray(a, dtype=np.uint64).view(np.float64)

    def add64(self, a: Any, b: Any) -> Any:
        return np.add(a, b)

    def and64(self, a: Any, b: Any) -> Any:
        return np.bitwise_and(a, b)

    def or64(self, a: Any, b: Any) -> Any:
        return np.bitwise_or(a, b)

    def shift_left64(self, a: Any, places: int) -> Any:
        return np.left_shift(a, np.uint64(places))

    def shift_right64(self, a: Any, places: int) -> Any:
        return np.right_shift(a, np.uint64(places))

    def word32(self, value: int) -> Any:
        return np.uint32(value)

    def add32(self, a: Any, b: Any) -> Any:
        return np.add(a, b, dtype=np.uint32)

    def xor32(self, a: Any, b: Any) -> Any:
        return np.bitwise_xor(a, b)

    def rotate_left32(self, a: Any, places: int) -> Any:
        return np.left_shift(a, np.uint32(places)) | np.right_shift(a, np.uint32(32 - places))

    def shift_right32(self, a: Any, places: int) -> Any:
        return np.right_shift(a, np.uint32(places))

    def number_from32(self, a: Any) -> Any:
        return np.asarray(a).astype(np.float64)
