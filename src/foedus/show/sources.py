"""Tables of sources for the terminal: who says how much, what hangs on whom, who repeats whom. Every line fits 80 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.evidence.claim import shown_source
from foedus.evidence.copies import FEWEST_INTERVALS, Copy
from foedus.evidence.defaults import ChangedDefault
from foedus.evidence.dependence import Dependence
from foedus.evidence.groups import Summary
from foedus.evidence.sources import LeftOut, OriginRow
from foedus.evidence.voices import voice_of
from foedus.show.fitted import FittedTable
from foedus.show.words import number, plain
from foedus.wording import share_words

__all__ = ["copies_view", "dependence_view", "left_out_view", "origins_view", "overrides_view", "table_of"]

_POSSIBLE = 5
_THROUGH = 2


def table_of(title: str, *columns: tuple[str, int], right: frozenset[str] = frozenset()) -> FittedTable:
    """A plain table with fixed widths."""
    table = FittedTable(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading, width in columns:
        table.add_column(heading, width=width, overflow="fold", justify="right" if heading in right else "left")
    return table


def origins_view(rows: Sequence[OriginRow], parameters: Mapping[str, int]) -> RenderableType:
    """The origins of a ledger; what carries no parameter of the model is counted, not listed.

    Args:
        rows: of the ledger.
        parameters: origin -> in how many parameters it has a say.
    """
    columns = (("origin, and through whom", 34), ("kind", 9), ("grades", 6), ("claims", 6), ("votes", 9), ("in", 2))
    table = table_of("", *columns, right=frozenset({"claims", "votes", "in"}))
    carrying = sorted(
        (row for row in rows if parameters[row.name]), key=lambda row: (-parameters[row.name], -row.claims, row.name)
    )
    for row in carrying:
        others = [plain(shown_source(name)) for name in row.sources if name != row.name and not voice_of(name).is_computed]
        more = f" and {len(others) - _THROUGH} more" if len(others) > _THROUGH else ""
        through = f"\n{', '.join(others[:_THROUGH])}{more}" if others else ""
        votes = (
            "–".join(dict.fromkeys(f"{end:.2f}" for end in (min(row.votes.values()), max(row.votes.values()))))
            if row.votes
            else "belief"
        )
        grades = plain(row.grades[0] if len(row.grades) == 1 else f"{row.grades[0]}–{row.grades[-1]}")
        kinds = plain(row.kinds[0] if len(row.kinds) == 1 else "several")
        name = Text.assemble((plain(row.name), "bold"), (through, "dim"))
        table.add_row(name, kinds, grades, str(row.claims), votes, str(parameters[row.name]))
    rest = len(rows) - len(carrying)
    foot = "votes: of 1 in a pool, least to most; in: how many parameters it has a say in."
    return Group(table, Text(f"{foot}\n{rest} more origins carry no parameter.", "dim"))


def dependence_view(found: Sequence[Dependence]) -> RenderableType:
    """Who repeats whom, where that is not what the ledger declares; the rest is counted."""
    lines: list[RenderableType] = [Text("Who repeats whom, as words and figures show it", "bold")]
    news = [one for one in found if one.is_found and one.verdict == "not declared"]
    unknown = [one for one in found if one.is_found and one.verdict == "origin unknown"]
    declared = [one for one in found if one.is_found and one.verdict == "declared"]
    possible = [one for one in found if not one.is_found and one.verdict == "not declared"]
    lines += [_dependence(one, "yellow") for one in news]
    if not news:
        lines.append(Text("  Nothing that the ledger does not declare."))
    lines.append(
        Text(f"  {len(declared)} found as declared; {len(unknown)} name a source that speaks nowhere in the ledger.", "dim")
    )
    if possible:
        lines.append(Text(f"Possible, and not declared: equal figures that chance may explain ({len(possible)})"))
        lines += [_dependence(one, "") for one in possible[:_POSSIBLE]]
    advice = "A finding is a proposal: pools go by the declared origin. To accept one, edit it:\n  foedus ledger CASE edit ID origin=NAME"
    return Group(*lines, Text(advice, "dim"))


def _dependence(one: Dependence, style: str) -> Text:
    ids = ", ".join(f"{later} after {earlier}" if earlier else later for later, earlier in one.claims[:3])
    more = f" and {len(one.claims) - 3} more" if len(one.claims) > 3 else ""
    chance = (
        ""
        if one.chance is None or one.share is None
        else f", chance {_percent(one.chance)}, among all pairs {_percent(one.share)}"
    )
    head = (f"  {plain(one.later)} ← {plain(one.earlier)}", style)
    return Text.assemble(head, (f"\n    {plain(one.sign)}: {plain(ids)}{more}{chance}", "dim"))


def _percent(chance: float) -> str:
    """A chance in per cent; a very small one as a power of ten."""
    return share_words(chance, 0) if chance >= 0.01 else f"{chance:.1g}"


def left_out_view(rows: Sequence[LeftOut]) -> RenderableType:
    """The pool of one group without each of its sources."""
    if not rows:
        return Text("No number in this group is pooled.")
    columns = (("without", 26), ("claims", 6), ("median", 9), ("5 to 95 %", 21), ("shift", 8))
    table = table_of(plain(rows[0].group), *columns, right=frozenset({"claims", "median", "shift"}))
    table.add_row("(all sources)", "", number(rows[0].before.median), _ends(rows[0].before), "")
    for row in rows:
        if row.after is None:
            table.add_row(plain(row.source), str(row.claims), "", Text("no number left", "bold red"), "")
        else:
            shift = "" if row.shift is None else f"{row.shift:+.1%}".replace("%", " %").replace("-", "−")
            table.add_row(plain(row.source), str(row.claims), number(row.after.median), _ends(row.after), shift)
    return table


def _ends(summary: Summary) -> str:
    return f"{number(summary.low)} to {number(summary.high)}"


def overrides_view(overrides: Sequence[ChangedDefault]) -> RenderableType:
    """The defaults that the case has changed, with its reasons."""
    lines = [Text("\nDefaults that this case has changed (evidence.toml)", "bold")]
    for one in overrides:
        changes = ", ".join(
            f"{key} {one.before.get(key, 'unset')} → {one.after[key]}"
            for key in one.after
            if one.before.get(key) != one.after[key]
        )
        lines.append(
            Text.assemble(f"  {one.table}.{one.name}: {changes or 'as it was'}", (f"\n    because {plain(one.because)}", "dim"))
        )
    return Group(*lines)


def copies_view(found: Sequence[Copy], series: int) -> RenderableType:
    """Series that are too near to each other to be independent, and how many were held against each other."""
    copies = [one for one in found if one.is_found]
    pairs, counted = "pair" if len(found) == 1 else "pairs", "copy" if len(copies) == 1 else "copies"
    heading = f"{series} series, {len(found)} {pairs} with at least {FEWEST_INTERVALS} common intervals, {len(copies)} {counted}"
    lines: list[RenderableType] = [Text(heading, "bold")]
    for one in copies:
        factor = "" if abs(one.ratio - 1) < 0.005 else f", fixed ratio {number(one.ratio)}"
        lag = f", days moved by {one.lag}" if one.lag else ""
        lines.append(
            Text.assemble(
                (f"  {plain(one.later.label)}\n    ← {plain(one.earlier.label)}", "yellow"),
                (
                    f"\n    {one.intervals} intervals, median deviation {100 * one.deviation:.2f} %, {one.near} of them within 1 %"
                    f"{factor}{lag}\n    chance if independent: {_percent(one.chance)}",
                    "dim",
                ),
            )
        )
    others = [one for one in found if not one.is_found and one.chance < 1]
    if others:
        lines.append(Text("Near, but chance may explain it:"))
        lines += [
            Text(f"  {plain(one.later.label)} ← {plain(one.earlier.label)}: {_percent(one.chance)}", "dim") for one in others[:5]
        ]
    advice = "The one with fewer dates is named as the copy; who copies whom, numbers alone cannot say."
    return Group(*lines, Text(advice, "dim"))
