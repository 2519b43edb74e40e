"""Made-up worlds: a sentence, what ranges hold by structure, scenario and difference in tables of 80 columns, and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.explain import Amount
from foedus.analysis.twin import Twin, TwinCell
from foedus.show.fitted import FittedTable
from foedus.show.words import number, plain, points, quoted, share_stated, unit_words
from foedus.titles import name_words
from foedus.wording import counted

__all__ = ["twin_document", "twin_sentence", "twin_view"]

_MOST = 12
_NORMAL = "80 % at least of any law, 92 % of a normal one"


def twin_sentence(found: Twin) -> str:
    """`The ranges of 66 differences hold 91 ± 1 % of the worlds, where 92 % is what they should hold; none holds fewer beyond chance.`"""
    count, narrow = len(found.cells), [cell for cell in found.cells if cell.is_narrow]
    ranges = "The range of one difference holds" if count == 1 else f"The ranges of {counted(count, 'difference')} hold"
    held = f"{ranges} {_share(found.coverage)} of the worlds; {100 * found.expected:.0f} % is what such ranges should hold"
    if not narrow:
        return f"{held}. None holds fewer than it should beyond chance."
    most = narrow[0] if len(narrow) == 1 else min(narrow, key=lambda cell: cell.coverage.value - cell.expected)
    first = f"{quoted(most.label)} under {quoted(_titles(found)[most.scenario])} ({_share(most.coverage)})"
    if len(narrow) == 1:
        return f"{held}. One is too narrow: {first}."
    return f"{held}. {len(narrow)} are too narrow, most of all {first}."


def twin_view(found: Twin, *, is_whole: bool = False) -> RenderableType:
    """The sentence, then what ranges hold where each structure is the truth, by scenario, and by difference.

    Args:
        is_whole: show every difference, not only those that hold the fewest.
    """
    ranked = sorted(found.cells, key=lambda cell: cell.coverage.value - cell.expected)
    shown = ranked if is_whole else ranked[:_MOST]
    parts: list[RenderableType] = [Text(twin_sentence(found), "bold"), Text(), _structures(found), Text()]
    parts += [_scenarios(found), Text(), _cells(shown, _titles(found))]
    if len(shown) < len(ranked):
        parts.append(Text(f"and {len(ranked) - len(shown)} that hold more; name questions to see all of theirs, or use --json."))
    return Group(*parts, Text(), Text("\n".join(_notes(found)), "dim"))


def _table(*columns: tuple[str, int, bool]) -> FittedTable:
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading, width, is_text in columns:
        table.add_column(heading, width=width, overflow="fold", justify="left" if is_text else "right")
    return table


def _structures(found: Twin) -> FittedTable:
    table = _table(("if this is the truth", 44, True), ("weight", 7, False), ("held", 9, False), ("unthought", 11, False))
    for one in found.structures:
        unthought = "" if one.unthought is None else _short(one.unthought)
        table.add_row(plain(one.label), f"{100 * one.weight:.0f} %", _short(one.coverage), unthought)
    return table


def _scenarios(found: Twin) -> FittedTable:
    table = _table(("differences under", 53, True), ("held", 9, False))
    titles = _titles(found)
    for name, _, held in found.scenarios:
        table.add_row(plain(titles[name]), _short(held))
    return table


def _titles(found: Twin) -> dict[str, str]:
    """What readers call each scenario."""
    return {name: label or name_words(name) for name, label, _ in found.scenarios}


def _cells(shown: list[TwinCell], titles: dict[str, str]) -> FittedTable:
    table = _table(
        ("difference", 29, True),
        ("stated", 14, False),
        ("worlds", 14, False),
        ("held", 9, False),
        ("of", 3, False),
        ("", 2, True),
    )
    for cell in shown:
        unit = "points" if cell.is_chance else unit_words(cell.unit)
        name = Text.assemble(plain(cell.label), f" ({unit})" if unit else "")
        if len(titles) > 1:
            name.append(f"\n{plain(titles[cell.scenario])}", "dim")
        ranges = (_range(cell.stated, cell), _range(cell.truths, cell))
        table.add_row(name, *ranges, _short(cell.coverage), f"{100 * cell.expected:.0f}", "!" if cell.is_narrow else "")
    return table


def _range(ends: tuple[float, float], cell: TwinCell) -> str:
    scale = max(cell.truths[1] - cell.truths[0], cell.stated[1] - cell.stated[0]) / 3  # so that their ends are told apart
    return " to ".join(points(end) if cell.is_chance else number(end, scale) for end in ends)


def _short(amount: Amount) -> str:
    return share_stated(amount.value, amount.error).said()


def _share(amount: Amount) -> str:
    return f"{_short(amount)} %"


def _notes(found: Twin) -> list[str]:
    worlds = found.draws * len(found.structures)
    notes = [
        f"{counted(worlds, 'world')}: {counted(found.draws, 'draw')} of the parameters in "
        f"{counted(len(found.structures), 'structure')}, {counted(found.lucks, 'future')} each; "
        f"the ranges are of {found.futures:,} other futures.",
        f"A range goes from the mean of the lowest tenth to that of the highest: it should hold {_NORMAL}. “of” is what the range that the "
        "worlds themselves give holds. ± is one standard error, of so few draws; ! marks what is lower by more than three.",
    ]
    if any(one.unthought is not None for one in found.structures):
        notes.append("“unthought” is what ranges would hold that were made without that structure.")
    if found.untold:
        notes.append(f"{counted(found.untold, 'further range')} could not be judged: luck hides how the worlds differ.")
    if found.unstated:
        notes.append(f"{counted(found.unstated, 'difference')} have no range: they are no moves, or of dates.")
    return notes


def twin_document(case: str, found: Twin) -> dict[str, Any]:
    """What `foedus twin --json` prints."""
    return {
        "case": case,
        "sentence": twin_sentence(found),
        "coverage": _pair(found.coverage),
        "expected": found.expected,
        "structures": [
            {
                "name": one.name,
                "label": one.label,
                "weight": one.weight,
                "coverage": _pair(one.coverage),
                "unthought": None if one.unthought is None else _pair(one.unthought),
            }
            for one in found.structures
        ],
        "scenarios": {name: _pair(held) for name, _, held in found.scenarios},
        "differences": [
            {
                "question": cell.question,
                "scenario": cell.scenario,
                "unit": cell.unit,
                "stated": list(cell.stated),
                "worlds": list(cell.truths),
                "width": cell.width,
                "coverage": _pair(cell.coverage),
                "expected": cell.expected,
                "is_too_narrow": cell.is_narrow,
            }
            for cell in found.cells
        ],
        "not_judged": found.untold,
        "without_range": found.unstated,
        "worlds": found.draws * len(found.structures),
        "draws": found.draws,
        "lucks": found.lucks,
        "futures": found.futures,
        "seed": found.seed,
    }


def _pair(amount: Amount) -> dict[str, float]:
    return {"value": amount.value, "error": amount.error}
