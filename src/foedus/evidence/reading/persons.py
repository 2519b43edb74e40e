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
    r"^(?:Mr|Mrs|Ms|Dr|Prof|Professor|President|Prime Minister|Minister|Secretary|Colonel|Col|General|Gen|Lt|"
    r"Lieutenant|Major|Captain|Sir|Lord|Lady|Sen|Rep|"
    r"Senator|Governor|Gov|Chancellor|King|Queen|Admiral|Ambassador|Marshal|Foreign Minister|Defence Minister|"
    r"Defense Secretary|Defence Secretary|Foreign Secretary|Interior Minister|Finance Minister|Health Minister|Mayor|Chairman|Pope|Judge|"
    r"(?:Russian|Ukrainian|American|British|French|German|Chinese|Japanese|Israeli|Iranian|Turkish)|North Korean|"
    r"South Korean|Deputy|Vice President|leader|president|dictator|minister|spokesman|spokeswoman)\.? "
)


def bare_name(name: str) -> str:
    """The name without titles and possessive."""
    previous = ""
    while previous != name:
        previous, name = name, _TITLES.sub("", name)
    return re.sub(r"['’]s?$", "", name)


def full_names(text: str) -> dict[str, str]:
    """Surname, or first name where no surname is the same -> full name as it first stands in the text."""
    whole = [bare_name(match.group()) for match in NAME.finditer(text)]
    whole = [name for name in whole if len(name.split()) in (2, 3) and "\n" not in name]
    surnames = {name.split()[-1]: name for name in reversed(whole)}
    firsts = {name.split()[0]: name for name in reversed(whole) if len(name.split()) == 3}
    return {**firsts, **surnames}
