"""Names of persons in a text: without their titles, and in full for a surname."""

from __future__ import annotations

import re

__all__ = ["NAME", "bare_name", "full_names"]

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİĶĻĽŁŃŇŐŒŘŚŞŠŤŪŮŰŹŻŽ]"
_LETTER = r"[^\W\d_A-Z]"
NAME = re.compile(
    rf"{_CAPITAL}[\w’'-]*{_LETTER}(?:(?: (?:de|van|von|der|al|bin|ibn|la|le|Mc|[A-Z]\.) ?)*[ -]{_CAPITAL}[\w’'-]*{_LETTER})+"
    rf"|{_CAPITAL}[a-zß-ÿ][\w’'-]+"
)
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Dr|Prof|Col|Gen|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|Sir|Lord|Lady|Pope|Judge|King|Queen|Prince|Princess|Mayor|Justice)\.?"
    r"|(?:[A-Z][a-z]+ (?:and [A-Z][a-z]+ )?)?(?:Prime |Vice[ -]|Deputy |Acting |Interim |Former )*"
    r"(?:Professor|President|Minister|Secretary|Colonel|General|Lieutenant|Major|Captain|Senator|Governor|Chancellor|Admiral|Ambassador|"
    r"Marshal|Chairman|Chairwoman|Commissioner|Director|Spokesman|Spokeswoman|Sergeant|Brigadier|Envoy)"
    r"|(?:Russian|Ukrainian|American|British|French|German|Chinese|Japanese|Israeli|Iranian|Turkish)|North Korean|South Korean|Deputy"
    r"|(?:[a-z]+ ){0,3}(?:leader|president|dictator|minister|spokesman|spokeswoman|secretary|chief|head|premier|governor)) "
)


def bare_name(name: str) -> str:
    """The name without titles and possessive."""
    previous = ""
    while previous != name:
        previous, name = name, _TITLES.sub("", name)
    return re.sub(r"['’]s?$", "", name)


_OPENERS = frozenset(
    "But And When If As After While Although Though Both Like Even That In On For With By To From Of Meanwhile Yet So Since Because "
    "Before Whether Would Could Does Did Has Will Last Now Then Here The Where What How Why Who Under Despite Until At Or Nor Not No "
    "Just Only Once Also".split()
)


def full_names(text: str) -> dict[str, str]:
    """Surname, or first name where no surname is the same -> full name as it first stands in the text."""
    whole = [bare_name(match.group()) for match in NAME.finditer(text)]
    whole = [name for name in whole if len(name.split()) in (2, 3) and "\n" not in name and name.split()[0] not in _OPENERS]
    surnames = {name.split()[-1]: name for name in reversed(whole)}
    firsts = {name.split()[0]: name for name in reversed(whole) if len(name.split()) == 3}
    return {**firsts, **surnames}
