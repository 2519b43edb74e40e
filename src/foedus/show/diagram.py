"""The stock-and-flow diagram: boxes hold, pipes with valves move, clouds are outside the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from foedus.analysis.finding import FlowInfo, StockInfo, Structure
from foedus.show.diagram_layout import DiagramPart, Point, lay_out, shared_index
from foedus.show.folding import folded
from foedus.show.words import number, plain, unit_words
from foedus.titles import name_words, title_of
from foedus.wording import counted

__all__ = ["diagram_svg"]

BOX_WIDTH, BOX_HEIGHT = 116, 46
LINE, LETTER = 12.5, 6.1
CLOUD = "M-9 5a5 5 0 0 1 0-9a7 7 0 0 1 12-2a5.500 5.500 0 0 1 7 5a3.500 3.500 0 0 1-1 6z"


def diagram_svg(structure: Structure) -> Markup:
    """The whole structure as inline SVG in the page's colours; each part of the model is one box.

    Each valve carries the links to the stocks that its flow reads, in a group of class `links`; a page hides
    them until the reader asks.
    """
    structure = folded(structure)
    parts, (width, height) = lay_out(structure)
    drawing = _Drawing(structure, parts)
    title = "Stock-and-flow diagram"
    description = (
        f"{counted(len(structure.stocks), 'stock')} and {counted(len(structure.flows), 'flow')}; clouds are outside the model."
    )
    head = Markup(
        '<svg class="diagram" viewBox="-2 -2 {w:.0f} {h:.0f}" style="min-width:{w:.0f}px" role="img" '
        'aria-labelledby="diagram-title diagram-desc"><title id="diagram-title">{t}</title>'
        '<desc id="diagram-desc">{d}</desc>'
        '<defs><marker id="diagram-arrow" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>'
    ).format(w=width + 4, h=height + 4, t=title, d=description)
    return head + drawing.frames() + drawing.pipes() + drawing.stocks() + drawing.valves() + Markup("</svg>")


class _Drawing:
    """The pieces of one diagram, drawn in order: later pieces lie above earlier ones."""

    def __init__(self, structure: Structure, parts: Sequence[DiagramPart]) -> None:
        self.structure = structure
        self.parts = parts
        self.boxes = {name: point for part in parts for name, point in part.stocks.items()}
        self.valve_places = {name: point for part in parts for name, point in part.flows.items()}
        self.bends = {key: points for part in parts for key, points in part.bends.items()}
        self.captions = {name: _common_index(part) for part in parts for name in (*part.stocks, *part.flows)}
        self.drawn = [flow for flow in structure.flows if flow.name in self.valve_places]
        self.ports = self._ports()

    def frames(self) -> Markup:
        """A frame around every connected part, with the index that its stocks share."""
        frames = []
        for part in self.parts:
            (x, y), (width, height) = part.corner, part.size
            caption = _common_index(part)
            text = (
                Markup('<text class="caption" x="{:.0f}" y="{:.0f}">{}</text>').format(x + 12, y + 18, name_words(caption))
                if caption
                else ""
            )
            rect = Markup('<rect class="part" x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" rx="6"/>')
            frames.append(rect.format(x, y, width, height) + text)
        return Markup("").join(frames)

    def stocks(self) -> Markup:
        """The boxes, with the median level at the start and at the end where it is known."""
        return Markup("").join(self._stock(stock) for stock in self.structure.stocks)

    def _stock(self, stock: StockInfo) -> Markup:
        x, y = self.boxes[stock.name]
        level = "" if stock.level is None else f"{_compact(stock.level[0])} → {_compact(stock.level[1])}"
        lines = _told(stock.name, stock.label, self.captions[stock.name], BOX_WIDTH - 10, 2 if level else 3)
        top = y - LINE * (len(lines) + bool(level)) / 2 + 10
        texts = [_text(line, x, top + LINE * row, "name") for row, line in enumerate(lines)]
        if level:
            texts.append(_text(level, x, top + LINE * len(lines), "level"))
        about = f"{title_of(stock.name, stock.label)}, {unit_words(stock.unit) or 'no unit'} {level}"
        box = Markup('<g class="stock"><title>{}</title><rect x="{:.1f}" y="{:.1f}" width="{}" height="{}" rx="3"/>').format(
            plain(about), x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2, BOX_WIDTH, BOX_HEIGHT
        )
        return box + Markup("").join(texts) + Markup("</g>")

    def valves(self) -> Markup:
        """The valves, with the flows' names."""
        return Markup("").join(self._valve(flow) for flow in self.drawn)

    def _valve(self, flow: FlowInfo) -> Markup:
        x, y = self.valve_places[flow.name]
        lines = _told(flow.name, flow.label, self.captions[flow.name], 88, 2)
        texts = [_text(line, x, y + 20 + (LINE - 1) * row, "flow-name") for row, line in enumerate(lines)]
        reads = f"; reads {', '.join(self._title(name) for name in flow.feeds)}" if flow.feeds else ""
        ends = f"from {self._title(flow.source)} to {self._title(flow.target)}"
        about = f"{title_of(flow.name, flow.label)}, {unit_words(flow.unit)}, {ends}{reads}"
        mark = Markup('<g class="valve"><title>{}</title><path d="M{:.1f} {:.1f}l14 10v-10l-14 10z"/>')
        return mark.format(plain(about), x - 7, y - 5) + Markup("").join(texts) + self._links(flow) + Markup("</g>")

    def _title(self, name: str) -> str:
        """What a stock or an auxiliary is called; what is outside is outside."""
        labels = {stock.name: stock.label for stock in self.structure.stocks}
        label = labels.get(name) or self.structure.auxiliaries.get(name, ("", "", ()))[1]
        return title_of(name, label) if name in labels or name in self.structure.auxiliaries else name.replace("_", " ")

    def pipes(self) -> Markup:
        """Every flow's pipe: from its source through its valve to its target."""
        return Markup("").join(self._half(flow, False) + self._half(flow, True) for flow in self.drawn)

    def _half(self, flow: FlowInfo, is_after: bool) -> Markup:
        """The pipe before or after the valve, ending in a cloud when the flow comes from or goes outside."""
        end = flow.target if is_after else flow.source
        valve = self.valve_places[flow.name]
        arrow = Markup(' marker-end="url(#diagram-arrow)"') if is_after else Markup("")
        if end in self.boxes:
            port = self.ports[flow.name, is_after]
            points = [port, *_from_port(self.bends.get((flow.name, is_after), ()), port, valve), valve]
            path = _curve(points[::-1] if is_after else points)
            return Markup('<path class="pipe" d="{}"{}/>').format(path, arrow)
        side = 1 if is_after else -1
        cloud = Markup('<path class="cloud" transform="translate({:.1f} {:.1f})" d="{}"/>').format(
            valve[0] + side * 41, valve[1], CLOUD
        )
        ends = (valve[0], valve[0] + side * (31 if is_after else 30))
        return Markup('<path class="pipe" d="M{:.1f} {:.1f}H{:.1f}"{}/>').format(ends[0], valve[1], ends[1], arrow) + cloud

    def _ports(self) -> dict[tuple[str, bool], Point]:
        """Where each pipe touches its box: spread over the side, in the order of the valves."""
        touching: dict[tuple[str, int], list[tuple[float, str, bool]]] = {}
        for flow in self.drawn:
            for end, is_after in ((flow.source, False), (flow.target, True)):
                if end in self.boxes:
                    x, y = self.valve_places[flow.name]
                    near = _from_port(self.bends.get((flow.name, is_after), ()), self.boxes[end], (x, y))
                    side = 1 if x > self.boxes[end][0] else -1
                    touching.setdefault((end, side), []).append((near[0][1] if near else y, flow.name, is_after))
        ports = {}
        for (stock, side), pipes in touching.items():
            x, y = self.boxes[stock]
            for row, (_, flow_name, is_after) in enumerate(sorted(pipes)):
                offset = (row + 1) / (len(pipes) + 1) - 0.5
                ports[flow_name, is_after] = (x + side * BOX_WIDTH / 2, y + offset * (BOX_HEIGHT - 6))
        return ports

    def _links(self, flow: FlowInfo) -> Markup:
        """What a flow reads, followed through auxiliaries back to stocks."""
        lines = []
        for stock in _stocks_behind(flow, self.structure):
            if stock in self.boxes and stock not in (flow.source, flow.target):
                (x1, y1), (x2, y2) = self.boxes[stock], self.valve_places[flow.name]
                start = y1 + BOX_HEIGHT / 2 if y2 > y1 + BOX_HEIGHT else y1 - BOX_HEIGHT / 2
                bow = (start + y2) / 2 - 0.18 * abs(x2 - x1) - 14
                path = f"M{x1:.0f} {start:.0f}Q{(x1 + x2) / 2:.0f} {bow:.0f} {x2:.0f} {y2 - 6:.0f}"
                lines.append(Markup('<path d="{}"/>').format(path))
        return Markup('<g class="links">') + Markup("").join(lines) + Markup("</g>") if lines else Markup("")


def _stocks_behind(flow: FlowInfo, structure: Structure) -> list[str]:
    """The stocks that a flow's rate reads, directly or through auxiliaries, in order of name."""
    seen: set[str] = set()
    waiting = list(flow.feeds)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += structure.auxiliaries.get(name, ("", "", ()))[2]
    return sorted(seen & {stock.name for stock in structure.stocks})


def _from_port(bends: tuple[Point, ...], port: Point, valve: Point) -> tuple[Point, ...]:
    """The bends in the order from the box to the valve."""
    return bends if port[0] < valve[0] else bends[::-1]


def _curve(points: Sequence[Point]) -> str:
    """A smooth path through the points that leaves and enters each of them level."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = (x1 + x2) / 2
        path += f"C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return path


def _common_index(part: DiagramPart) -> str:
    return plain(shared_index(list(part.stocks)))


def _told(name: str, label: str, index: str, width: float, rows: int) -> list[str]:
    """The lines of a box or valve: what it is called where that has room, else its name as words."""
    own = name.removesuffix(f"[{index}]") if index else name
    for told in (title_of(own, label), name_words(own)) if label else ():
        lines = _wrapped(plain(told), width, rows)
        if not any(line.endswith("…") for line in lines):
            return lines
    return _wrapped(plain(name_words(own)), width, rows)


def _wrapped(name: str, width: float, rows: int) -> list[str]:
    """A title broken after spaces; what does not fit is cut."""
    letters = max(4, int(width / LETTER))
    lines = [""]
    for piece in re.findall(r"\[[^\]]*\]?|[^_\s\[]*[_\s]?", name):
        if lines[-1] and len(lines[-1]) + len(piece.rstrip()) > letters:
            lines.append("")
        lines[-1] += piece
    lines = [line if len(line) <= letters + 1 else line[: letters - 1] + "…" for line in lines]
    return lines if len(lines) <= rows else [*lines[: rows - 1], lines[rows - 1][: letters - 1] + "…"]


def _compact(value: float) -> str:
    """A level in few letters: 480k, 2.6M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return number(value)


def _text(text: str, x: float, y: float, kind: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>').format(kind, x, y, escape(text))
