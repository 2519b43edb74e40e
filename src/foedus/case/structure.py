"""The structure of a model for people: stocks, flows, what feeds what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.analysis.finding import FlowInfo, StockInfo, Structure
from foedus.compile.dependencies import references
from foedus.compile.scope import Item, Scope, build_scope, spell
from foedus.constructs import tree as t
from foedus.ensemble import Futures

if TYPE_CHECKING:
    from foedus.case.case import Case

__all__ = ["structure_of"]


def structure_of(case: Case, futures: Futures | None = None) -> Structure:
    """Stocks, flows and auxiliaries, with units; levels of stocks where trajectories of the baseline are at hand."""
    scope = build_scope(case.tree)
    levels = _levels(futures) if futures is not None else {}
    stocks = tuple(StockInfo(spell(item.key), _unit(scope, item), item.statement.label, levels.get(spell(item.key)))
                   for item in scope.items("stock"))  # fmt: skip
    flows = []
    for item in scope.items("flow"):
        flow = item.statement
        assert isinstance(flow, t.Flow)
        ends = [_end(scope, end, item) for end in (flow.source, flow.target)]
        feeds = tuple(dict.fromkeys(spell(key) for key in references(scope, flow.rate, item.binding)))
        flows.append(FlowInfo(spell(item.key), ends[0], ends[1], _unit(scope, item), flow.label, feeds))
    auxiliaries = {}
    for item in scope.items("let"):
        let = item.statement
        assert isinstance(let, t.Let)
        feeds = tuple(dict.fromkeys(spell(key) for key in references(scope, let.value, item.binding)))
        auxiliaries[spell(item.key)] = (_unit(scope, item), let.label, feeds)
    return Structure(stocks, tuple(flows), auxiliaries)


def _unit(scope: Scope, item: Item) -> str:
    return str(scope.symbols[item.key[0]].unit or "1")


def _end(scope: Scope, end: t.Name | None, item: Item) -> str:
    if end is None:
        return "outside"
    found = scope.resolve(end, item.binding)
    return spell(found.key) if found is not None else "outside"


def _levels(futures: Futures) -> dict[str, tuple[float, float]]:
    if futures.trajectories is None:
        return {}
    found = {}
    for number, slot in enumerate(futures.program.saved):
        if slot.kind == "stock":
            values = futures.trajectories[0, number]
            found[slot.name] = (float(np.median(values[0])), float(np.median(values[-1])))
    return found
