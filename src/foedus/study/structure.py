"""The structure of a model for people: stocks, flows, what feeds what."""

from __future__ import annotations

import numpy as np

from foedus.analysis.finding import FlowInfo, PartInfo, StockInfo, Structure
from foedus.case import Case
from foedus.compile.dependencies import references
from foedus.compile.scope import Item, Scope, build_scope, spell
from foedus.constructs import tree as t
from foedus.ensemble import Futures
from foedus.language.tree import UsedPart
from foedus.parts.private import private_names, seen_through

__all__ = ["structure_of"]


def structure_of(case: Case, futures: Futures | None = None) -> Structure:
    """Stocks, flows and auxiliaries, with units; levels of stocks where trajectories of the baseline are at hand."""
    scope = build_scope(case.tree)
    levels = _levels(futures) if futures is not None else {}
    private, reads = private_names(case.tree), _all_reads(scope)
    stocks = tuple(
        StockInfo(spell(item.key), _unit(scope, item), item.statement.label, levels.get(spell(item.key)))
        for item in scope.items("stock")
        if item.key[0] not in private
    )
    flows = []
    for item in scope.items("flow"):
        flow = item.statement
        assert isinstance(flow, t.Flow)
        ends = [_end(scope, end, item, private) for end in (flow.source, flow.target)]
        if item.key[0] in private and not any(end in {stock.name for stock in stocks} for end in ends):
            continue
        name = spell(item.key)
        flows.append(FlowInfo(name, ends[0], ends[1], _unit(scope, item), flow.label, seen_through(reads[name], reads, private)))
    auxiliaries = {}
    for item in scope.items("let"):
        name, let = spell(item.key), item.statement
        assert isinstance(let, t.Let)
        if item.key[0] not in private:
            auxiliaries[name] = (_unit(scope, item), let.label, seen_through(reads[name], reads, private))
    count = futures.trajectories.shape[-1] if levels and futures is not None and futures.trajectories is not None else 0
    return Structure(stocks, tuple(flows), auxiliaries, tuple(_part(one) for one in case.tree.parts), count)


def _part(part: UsedPart) -> PartInfo:
    gives = tuple(sorted(part.given - {name for name, _ in part.filled}))
    return PartInfo(part.alias, part.mechanism, part.title, part.source, part.filled, gives)


def _all_reads(scope: Scope) -> dict[str, tuple[str, ...]]:
    """Element -> what its rate or definition reads; a stock -> the flows that end in it."""
    found: dict[str, tuple[str, ...]] = {}
    for item in scope.items("flow", "let"):
        found[spell(item.key)] = tuple(
            dict.fromkeys(spell(key) for key in references(scope, item.statement.formula, item.binding))
        )
    for item in scope.items("flow"):
        assert isinstance(item.statement, t.Flow)
        for end in (item.statement.source, item.statement.target):
            stock = scope.resolve(end, item.binding) if end is not None else None
            if stock is not None:
                found[spell(stock.key)] = (*found.get(spell(stock.key), ()), spell(item.key))
    return found


def _unit(scope: Scope, item: Item) -> str:
    return str(scope.symbols[item.key[0]].unit or "1")


def _end(scope: Scope, end: t.Name | None, item: Item, private: frozenset[str]) -> str:
    """The stock at an end of a flow; for a private one its part."""
    found = scope.resolve(end, item.binding) if end is not None else None
    if found is None:
        return "outside"
    return found.key[0].partition(".")[0] if found.key[0] in private else spell(found.key)


def _levels(futures: Futures) -> dict[str, tuple[float, float]]:
    if futures.trajectories is None:
        return {}
    found = {}
    for number, slot in enumerate(futures.program.saved):
        if slot.kind == "stock":
            values = futures.trajectories[0, number]
            found[slot.name] = (float(np.median(values[0])), float(np.median(values[-1])))
    return found
