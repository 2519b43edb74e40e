"""The one name for an array of numbers."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["AnyArray", "Array"]

Array: TypeAlias = NDArray[np.float64]
AnyArray: TypeAlias = NDArray[Any]  # single or double precision, whole numbers or moments: what a file holds
