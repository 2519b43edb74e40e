"""What the things of a case are called where many stand beside each other: without the part that they are in, where that says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from foedus.case import Case
from foedus.compile.program import ParameterSlot, SavedSlot
from foedus.titles import title_of

__all__ = ["happenings_in", "spoken_in", "title_in", "titles_in"]


def titles_in(case: Case) -> dict[str, str]:
    """The title of each parameter and each charted variable by its name.

    One that stands in a part begins with what that part is called, which every other one in it does as well. Where no two titles of the case
    would become the same without it, it is left out: “A market with a shortage: Price at the start” is “Price at the start”.
    """
    whole = {slot.name: slot.title for slot in case.program.saved}
    return _shortened(case, whole | {slot.name: slot.title for slot in case.program.parameters})


def happenings_in(case: Case) -> dict[str, str]:
    """The same for events, decisions and treaties, by their names with their elements."""
    return _shortened(case, _happenings(case))


def _happenings(case: Case) -> dict[str, str]:
    """Their titles in full."""
    found = {}
    for one in case.program.reports:
        if one.kind in ("event", "decision", "treaty"):
            name = one.name if one.kind == "event" else one.variable
            found[name] = title_of(name, one.label)
    return found


def spoken_in(case: Case) -> Callable[[str], str]:
    """What makes words on happenings speak of them by these titles: “A passage: An attack” has come, “An attack” has come."""
    whole = _happenings(case)
    shorter = [(whole[name], short) for name, short in happenings_in(case).items() if short != whole[name]]

    def spoken(words: str) -> str:
        for title, short in shorter:
            words = words.replace(f"“{title}”", f"“{short}”")
        return words

    return spoken


def _shortened(case: Case, whole: dict[str, str]) -> dict[str, str]:
    """Without the part in front, where no two of them would become the same."""
    parts = [part.label or part.alias.replace("_", " ") for part in case.tree.parts]
    short = {name: _without(title, parts) for name, title in whole.items()}
    count = Counter(title.lower() for title in set(short.values()) | set(whole.values()))
    owners = Counter(title.lower() for title in short.values())
    return {
        name: short[name] if owners[short[name].lower()] == 1 and count[short[name].lower()] == 1 else whole[name]
        for name in whole
    }


def title_in(case: Case, slot: ParameterSlot | SavedSlot) -> str:
    """The title of one of them."""
    return titles_in(case).get(slot.name, slot.title)


def _without(title: str, parts: list[str]) -> str:
    part = next((part for part in sorted(parts, key=len, reverse=True) if title.startswith(f"{part}: ")), None)
    rest = title[len(part) + 2 :] if part is not None else title
    return rest[:1].upper() + rest[1:]
