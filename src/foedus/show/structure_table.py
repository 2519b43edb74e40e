"""A model's stocks, flows and auxiliaries for the terminal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.syntax import Syntax
from rich.text import Text

from foedus.analysis.finding import FlowInfo, PartInfo, StockInfo, Structure
from foedus.show.words import number, plain, unit_words
from foedus.wording import counted

__all__ = ["model_view", "structure_document", "structure_view"]


def structure_view(structure: Structure) -> RenderableType:
    """Every stock with its flows in and out, then what feeds every auxiliary; with units."""
    inflows = {stock.name: [flow for flow in structure.flows if flow.target == stock.name] for stock in structure.stocks}
    outflows = {stock.name: [flow for flow in structure.flows if flow.source == stock.name] for stock in structure.stocks}
    counts = f"{counted(len(structure.stocks), 'stock')}, {counted(len(structure.flows), 'flow')}"
    counts += f", {counted(len(structure.auxiliaries), 'auxiliary')}"
    parts: list[RenderableType] = [Text(counts, "bold"), Text()]
    if structure.parts:
        parts += [Text("Parts", "bold"), *(_part(one) for one in structure.parts), Text()]
    parts.append(Text("Stocks", "bold"))
    parts += [_stock(stock, inflows[stock.name], outflows[stock.name]) for stock in structure.stocks]
    parts += [Text(), Text("Flows", "bold"), *(_flow(flow) for flow in structure.flows)]
    if structure.auxiliaries:
        parts += [Text(), Text("Auxiliaries", "bold")]
        parts += [_auxiliary(name, *row) for name, row in structure.auxiliaries.items()]
    return Group(*parts)


def _part(part: PartInfo) -> Text:
    """A mechanism in use: how its slots are filled and what it gives."""
    text = Text.assemble("  ", (plain(part.alias), "bold cyan"), f"  {plain(part.title)}", (f"  {plain(part.mechanism)}", "dim"))
    for how, words in (("=", "takes"), ("~", "takes, with a prior of this model"), ("default", "left at its defaults")):
        names = [plain(name.partition(".")[2]) for name, way in part.slots if way == how]
        if names:
            text.append(f"\n    {words}: {', '.join(names)}", "dim")
    gives = [plain(name.partition(".")[2]) for name in part.gives]
    return text.append(f"\n    gives: {', '.join(gives)}", "dim") if gives else text


def _named(name: str, unit: str, label: str) -> Text:
    shown = unit_words(unit)
    text = Text.assemble("  ", (plain(name), "bold cyan"), (f" [{shown}]" if shown else "", "green"))
    if label:
        text.append(f"  {plain(label)}")
    return text


def _stock(stock: StockInfo, inflows: list[FlowInfo], outflows: list[FlowInfo]) -> Text:
    text = _named(stock.name, stock.unit, stock.label)
    if stock.level is not None:
        text.append(f"  {number(stock.level[0])} → {number(stock.level[1])}", "dim")
    for flow in inflows:
        text.append(f"\n    + {plain(flow.name)} from {plain(flow.source)}", "dim")
    for flow in outflows:
        text.append(f"\n    − {plain(flow.name)} to {plain(flow.target)}", "dim")
    return text


def _flow(flow: FlowInfo) -> Text:
    text = _named(flow.name, flow.unit, flow.label)
    text.append(f"\n    {plain(flow.source)} → {plain(flow.target)}", "dim")
    return _reads(text, flow.feeds)


def _auxiliary(name: str, unit: str, label: str, feeds: tuple[str, ...]) -> Text:
    return _reads(_named(name, unit, label), feeds)


def _reads(text: Text, feeds: tuple[str, ...]) -> Text:
    if feeds:
        text.append("\n    reads " + ", ".join(plain(name) for name in feeds), "dim")
    return text


def structure_document(case: str, title: str, structure: Structure) -> dict[str, Any]:
    """What `foedus show --json` prints."""
    auxiliaries = {
        name: {"unit": unit, "label": label, "feeds": list(feeds)} for name, (unit, label, feeds) in structure.auxiliaries.items()
    }
    return {"case": case, "title": title, **asdict(structure), "auxiliaries": auxiliaries}


def model_view(text: str) -> RenderableType:
    """The text of a model in colours."""
    return Syntax(text, "foedus", theme="ansi_dark", background_color="default", word_wrap=True)
