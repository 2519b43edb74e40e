"""What the writer of code asks of a program: noise that can be kept, and the values that lead to others."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.compile.program import Program
from foedus.engine.timetable import timetable

__all__ = ["kept_rows", "leading"]


def kept_rows(program: Program) -> dict[int, tuple[int, int, int]]:
    """Normal scores of draws that are new at each occurrence of a block: value -> (block, row of occurrence 0, rows)."""
    table, found, row = timetable(program), {}, 0
    for number in range(len(program.blocks)):
        occurrences = table.occurrence[table.due[:, number] != 0, number].astype(np.int64)
        if not len(occurrences) or np.any(np.diff(occurrences) % 2**32 != 1):
            continue
        for value in program.stages[f"block {number}"].nodes:
            node = program.nodes[value]
            if node.operation == "normal_quantile" and program.nodes[node.arguments[0]].operation == "uniform_periodic":
                found[value] = (number, row - int(occurrences[0]), len(occurrences))
                row += len(occurrences)
    return found


def leading(program: Program, nodes: tuple[int, ...], outputs: list[int], known: dict[int, Any]) -> tuple[int, ...]:
    """The nodes that lead to the outputs, as far as they are not known."""
    found, waiting, stage = set(), list(outputs), set(nodes) - set(known)
    while waiting:
        value = waiting.pop()
        if value in stage and value not in found:
            found.add(value)
            waiting += program.nodes[value].arguments
    return tuple(value for value in nodes if value in found)
