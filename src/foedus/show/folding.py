"""A structure with every part drawn as one thing."""

from __future__ import annotations

import dataclasses

from foedus.analysis.finding import StockInfo, Structure

__all__ = ["folded"]


def folded(structure: Structure) -> Structure:
    """The structure in which each part is one box; what moves inside of it, or between it and the outside, is not drawn."""
    titles = {part.alias: part.title or part.mechanism for part in structure.parts}

    def place(name: str) -> str:
        alias = name.partition(".")[0].partition("[")[0]
        return alias if alias in titles else name

    flows = []
    for flow in structure.flows:
        source, target = place(flow.source), place(flow.target)
        ends = {source, target} - {"outside"}
        if not (len(ends) == 1 and ends <= set(titles)):
            feeds = tuple(dict.fromkeys(place(name) for name in flow.feeds))
            flows.append(dataclasses.replace(flow, source=source, target=target, feeds=feeds))
    drawn = {place(stock.name) for stock in structure.stocks} | {end for flow in flows for end in (flow.source, flow.target)}
    boxes = [StockInfo(alias, "", title) for alias, title in titles.items() if alias in drawn]
    own = [stock for stock in structure.stocks if place(stock.name) == stock.name]
    return dataclasses.replace(structure, stocks=(*own, *boxes), flows=tuple(flows))
