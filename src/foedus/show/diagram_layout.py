"""Where stocks and flows stand in a diagram: connected parts in layers, then packed side by side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from foedus.analysis.finding import FlowInfo, StockInfo, Structure

__all__ = ["DiagramPart", "Point", "lay_out", "shared_index"]

WIDTH = 1200
STOCK_COLUMN, VALVE_COLUMN, ROW = 130, 102, 62
MARGIN, CAPTION, GAP = 14, 18, 14
CELL = 4

Point = tuple[float, float]


@dataclass(frozen=True)
class DiagramPart:
    """One connected part of the diagram.

    Attributes:
        stocks, flows: name -> centre of the box or of the valve, px.
        bends: (flow, is after the valve) -> points the pipe passes on its way.
        corner, size: of the frame around the part, px.
    """

    stocks: dict[str, Point]
    flows: dict[str, Point]
    bends: dict[tuple[str, bool], tuple[Point, ...]]
    size: Point
    corner: Point = (0.0, 0.0)

    def moved(self, x: float, y: float) -> DiagramPart:
        """The same part with its frame's upper left corner elsewhere."""

        def shift(point: Point) -> Point:
            return point[0] + x, point[1] + y

        return replace(
            self,
            stocks={name: shift(point) for name, point in self.stocks.items()},
            flows={name: shift(point) for name, point in self.flows.items()},
            bends={key: tuple(shift(point) for point in points) for key, points in self.bends.items()},
            corner=(x, y),
        )


def lay_out(structure: Structure) -> tuple[list[DiagramPart], Point]:
    """All parts with their places, and the size of the whole drawing in px."""
    parts = [_layered(stocks, flows) for stocks, flows in _components(structure)]
    return _packed(parts)


def shared_index(names: Sequence[str]) -> str:
    """The index in brackets that all of several names share, else nothing."""
    found = {match[1] if (match := re.search(r"\[(.*)\]$", name)) else "" for name in names}
    return found.pop() if len(found) == 1 and len(names) > 1 else ""


def _components(structure: Structure) -> list[tuple[list[StockInfo], list[FlowInfo]]]:
    """Stocks that flows connect, with those flows; the largest first."""
    leader = {stock.name: stock.name for stock in structure.stocks}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for flow in structure.flows:
        if flow.source in leader and flow.target in leader:
            leader[find(flow.source)] = find(flow.target)
    members: dict[str, list[StockInfo]] = defaultdict(list)
    for stock in structure.stocks:
        members[find(stock.name)].append(stock)
    flows: dict[str, list[FlowInfo]] = defaultdict(list)
    for flow in structure.flows:
        end = flow.source if flow.source in leader else flow.target
        if end in leader:
            flows[find(end)].append(flow)
    groups = [(stocks, flows[key]) for key, stocks in members.items()]
    return sorted(groups, key=lambda group: (-len(group[0]), -len(group[1])))


def _stock_layers(stocks: Sequence[StockInfo], flows: Sequence[FlowInfo]) -> dict[str, int]:
    """Each stock's layer: one after the stocks that fill it, circles cut open."""
    names = {stock.name for stock in stocks}
    after: dict[str, list[str]] = {name: [] for name in names}
    for flow in flows:
        if flow.source in names and flow.target in names and flow.source != flow.target:
            after[flow.source].append(flow.target)
    forward, finished = _without_circles([stock.name for stock in stocks], after, flows)
    layers = dict.fromkeys(names, 0)
    for name in reversed(finished):
        for target in forward[name]:
            layers[target] = max(layers[target], layers[name] + 1)
    return layers


def _without_circles(
    names: Sequence[str], after: dict[str, list[str]], flows: Sequence[FlowInfo]
) -> tuple[dict[str, list[str]], list[str]]:
    """Each stock's targets by flows that close no circle, and the stocks in the order a walk left them."""
    forward: dict[str, list[str]] = {name: [] for name in names}
    state: dict[str, int] = {}
    finished: list[str] = []
    filled_inside = {target for targets in after.values() for target in targets}
    starts = sorted(names, key=lambda name: (name in filled_inside, names.index(name)))
    for start in starts:
        walk = [] if start in state else [(start, iter(after[start]))]
        state.setdefault(start, 1)
        while walk:
            name, targets = walk[-1]
            target = next(targets, None)
            if target is None:
                walk.pop()
                state[name] = 2
                finished.append(name)
            elif state.get(target) != 1:
                forward[name].append(target)
                if target not in state:
                    state[target] = 1
                    walk.append((target, iter(after[target])))
    return forward, finished


@dataclass(frozen=True)
class _Graph:
    """Boxes (odd layers) and valves (even layers); edges join neighbouring layers, the lower one first.

    A pipe that spans several layers passes a node in each layer between; `passed` names them by pipe.
    """

    layers: list[int]
    edges: list[tuple[int, int]]
    passed: dict[tuple[str, bool], list[int]]


def _graph(stocks: Sequence[StockInfo], flows: Sequence[FlowInfo]) -> _Graph:
    layer_of = _stock_layers(stocks, flows)
    place = {stock.name: index for index, stock in enumerate(stocks)}
    layers = [2 * layer_of[stock.name] + 1 for stock in stocks] + [_valve_layer(flow, layer_of) for flow in flows]
    graph = _Graph(layers, [], {})
    for valve, flow in enumerate(flows, len(stocks)):
        for end, is_after in ((flow.source, False), (flow.target, True)):
            if end in place:
                low, high = sorted((place[end], valve), key=lambda node: layers[node])
                graph.passed[flow.name, is_after] = _join(graph, low, high)
    return graph


def _join(graph: _Graph, low: int, high: int) -> list[int]:
    """Adds the edges from a node to one in a higher layer, with a node in each layer between."""
    first = len(graph.layers)
    graph.layers.extend(range(graph.layers[low] + 1, graph.layers[high]))
    between = list(range(first, len(graph.layers)))
    graph.edges.extend(pairwise([low, *between, high]))
    return between


def _valve_layer(flow: FlowInfo, layer_of: dict[str, int]) -> int:
    """Between the two stocks: right of the source, or left of it when the flow runs back."""
    if flow.source not in layer_of:
        return 2 * layer_of[flow.target]
    source = 2 * layer_of[flow.source] + 1
    runs_back = flow.target in layer_of and layer_of[flow.target] < layer_of[flow.source]
    return source - 1 if runs_back else source + 1


def _layered(stocks: Sequence[StockInfo], flows: Sequence[FlowInfo]) -> DiagramPart:
    """One connected part, its layers from left to right."""
    import igraph

    graph = _graph(stocks, flows)
    drawn = igraph.Graph(n=len(graph.layers), edges=graph.edges, directed=True)
    across = [point[0] for point in drawn.layout_sugiyama(layers=graph.layers, hgap=1, vgap=1, maxiter=200).coords]
    columns = _columns(graph.layers)
    top = MARGIN + (CAPTION if shared_index([stock.name for stock in stocks]) else 0) + ROW / 2 - 8 - min(across) * ROW
    nodes = [(columns[layer], top + y * ROW) for layer, y in zip(graph.layers, across, strict=False)]
    bends = {pipe: tuple(nodes[node] for node in passed) for pipe, passed in graph.passed.items() if passed}
    size = (
        max(columns.values()) + _column_width(max(columns)) / 2 + MARGIN,
        max(y for _, y in nodes) + ROW / 2 + MARGIN,
    )
    return DiagramPart(
        stocks={stock.name: nodes[index] for index, stock in enumerate(stocks)},
        flows={flow.name: nodes[len(stocks) + index] for index, flow in enumerate(flows)},
        bends=bends,
        size=size,
    )


def _column_width(layer: int) -> int:
    return STOCK_COLUMN if layer % 2 else VALVE_COLUMN


def _columns(layers: Sequence[int]) -> dict[int, float]:
    """The middle of every layer, px."""
    columns, edge = {}, float(MARGIN)
    for layer in range(min(layers, default=0), max(layers, default=0) + 1):
        columns[layer] = edge + _column_width(layer) / 2
        edge += _column_width(layer)
    return columns


def _packed(parts: Sequence[DiagramPart]) -> tuple[list[DiagramPart], Point]:
    """Parts put one by one where they come highest; the drawing is as wide as the widest part needs."""
    width = max([WIDTH, *(part.size[0] for part in parts)])
    heights = [0.0] * (int(width + GAP) // CELL + 1)
    placed = []
    for part in parts:
        cells = min(len(heights), int(part.size[0] + GAP) // CELL + 1)
        starts = range(len(heights) - cells + 1)
        best = min(starts, key=lambda start: (max(heights[start : start + cells]), start))
        top = max(heights[best : best + cells])
        heights[best : best + cells] = [top + part.size[1] + GAP] * cells
        placed.append(part.moved(best * CELL, top))
    return placed, (width, max([*heights, 60.0]) - (GAP if placed else 0))
