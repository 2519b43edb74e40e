"""Names of persons in a text: without their titles, and in full for a surname."""

from __future__ import annotations

import re

__all__ = ["NAME", "bare_name", "full_names", "titled"]

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİĶĻĽŁŃŇŐŒŘŚŞŠŤŪŮŰŹŻŽ]"
_LETTER = r"[^\W\d_A-Z]"
NAME = re.compile(
    rf"(?<!\w)(?:{_CAPITAL}[\w’'-]*{_LETTER}(?:(?: (?:de|van|von|der|al|bin|ibn|la|le|Mc|[A-Z]\.) ?)*[ -]{_CAPITAL}[\w’'-]*{_LETTER})+"
    rf"|{_CAPITAL}[a-zß-ÿ][\w’'-]+)"
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
    whole = [_behind_title(text, match) for match in NAME.finditer(text)]
    whole = [name for name in whole if len(name.split()) in (2, 3) and "\n" not in name and name.split()[0] not in _OPENERS]
    surnames = {name.split()[-1]: name for name in reversed(whole)}
    firsts = {name.split()[0]: name for name in reversed(whole) if len(name.split()) == 3}
    return {**firsts, **surnames}


_OFFICE_OF = (
    r"(?:[A-Z][\w-]+ ){0,2}(?:[Ss]ecretary|Attorney|Surgeon|Auditor|[Mm]inister|[Gg]overnor|[Dd]irector|"
    r"[Pp]resident|[Hh]ead|[Cc]hief|[Cc]hair(?:man|woman)?|"
    r"[Cc]ommissioner|[Cc]aptain|[Cc]hancellor|[Ss]peaker|[Aa]rchbishop|[Bb]ishop|[Mm]ayor|[Mm]aster|"
    r"[Ss]uperintendent|[Dd]ean|[Pp]refect|[Pp]remier|[Ii]nspector|[Uu]ndersecretary|[Ee]nvoy|[Aa]mbassador|[Ll]eader|"
    r"[Pp]rofessor|[Mm]inister-President)(?:[ -][Gg]eneral)? (?:of|for|to) (?:the )?"
)
_HOLDER = r"[A-Z][\w’'-]+(?:(?: (?:de|van|von|der|al|bin|la|le|[A-Z]\.))* [A-Z][\w’'-]+)"
_TITLED = re.compile(rf"^(?:the )?(?P<title>{_OFFICE_OF}(?:[A-Za-z][\w’'-]+ ){{1,6}}?)(?P<name>{_HOLDER})$")
_BEHIND_OFFICE = re.compile(rf"{_OFFICE_OF}$")


def titled(mention: str) -> tuple[str, str] | None:
    """("Paula Dorn", "Secretary of the Treasury") for "Secretary of the Treasury Paula Dorn"; None where it is not of that form."""
    match = _TITLED.match(mention)
    return (match["name"], match["title"].strip()) if match is not None else None


def _behind_title(text: str, match: re.Match[str]) -> str:
    """A name without its titles; behind "Minister of" the first of three capitals is the office."""
    name = bare_name(match.group())
    if len(name.split()) > 2 and _BEHIND_OFFICE.search(text, max(0, match.start() - 60), match.start()):
        return " ".join(name.split()[-2:])
    return name
