"""What the words beside a number say about it: about, up to, at least, more than; up or down."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.lexicon import by_first_letter, table

__all__ = [
    "Qualified",
    "change_before",
    "is_capped",
    "is_change",
    "qualifier_after",
    "qualifier_before",
    "qualifier_of_verb",
    "qualifies_word",
]

Qualified = tuple[str, int]
"""The qualifier, and the place in the text to which its words reach."""

_GAP = r"(?: the| a| an| about| that| only| just| another)?"


_ONE_SIDED = ("up_to", "at_least")
_ARTICLE = r"(?:\s+an?)?"
""" "No more than a 10% chance"; not "over a 10-year span"."""


@cache
def _before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"(?<![\w'’-])(?:{_choice(words)}){_ARTICLE if name in _ONE_SIDED else ''}\s*$", re.IGNORECASE))
        for name, words in table("qualifiers")["before"].items()
    )


@cache
def _after() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"[\s,]?(?:{_choice(words)})(?!\w)", re.IGNORECASE))
        for name, words in table("qualifiers")["after"].items()
    )


@cache
def _change() -> re.Pattern[str]:
    up, down = (_choice(table("qualifiers")["change"][name]) for name in ("up", "down"))
    return re.compile(
        rf"(?<![\w-])(?:(?P<up>{up})|(?P<down>{down}))(?: by| of| another| some| about| nearly| almost| more than| over| just"
        rf"| around| roughly| as much as| up to| an?)*\s*$",
        re.IGNORECASE,
    )


def _choice(words: str) -> str:
    """A pattern that takes any of the phrases, the longest first."""
    found = sorted((phrase.strip() for phrase in words.replace("\n", "").split("|")), key=len, reverse=True)
    return by_first_letter(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in found if phrase)


_VERB = re.compile(r"\s*(?:exceed|surpass|topp?|pass|cross)", re.IGNORECASE)
_NEVER = re.compile(r"\b(?:not|never|hardly|scarcely|cannot|\w+n['’]t)(?: (?:yet|ever|have|be|been|quite))?\s+$", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|never|no|nowhere|nothing|cannot|\w+n['’]t)(?: (?:yet|even|quite|any|anywhere|at all|(?:an?|one)(?: single)?(?: \w+)?))?\s+$",
    re.IGNORECASE,
)
_FLIPPED = {"more_than": "up_to", "less_than": "at_least", "about": "less_than"}
_CAPPED = re.compile(
    r"\b(?:cap(?:s|ped|ping)?|limit(?:s|ed|ing)?|restrict(?:s|ed|ing)?) [^.;:,\d]{2,30} (?:at|to) $", re.IGNORECASE
)
_NEARLY = re.compile(r"(?:near|nearly|close to|almost|approaching|nearing|like|something like)\s*", re.IGNORECASE)
_SPOKEN_ABOUT = re.compile(
    r"\b(?:questions?|queries|query|smears?|concerns?|worr(?:y|ies)|warnings?|rumou?rs?|stor(?:y|ies)|complaints?|allegations?|doubts?|"
    r"disputes?|arguments?|information|details|news|gossip|hearsay|speculation|chatter|tweets?|posts?|videos?|messages?|"
    r"myths?|tales?|reports?|claims?|misinformation|panic|hype|lies?|truth|jokes?|films?|books?|letters?|articles?|talks?|fears?|row|silence|know|knew|"
    r"asked|"
    r"spoke|spoken|speak(?:s|ing)?|talked|talk(?:s|ing)?|lied|complained|worried|joked|boasted|"
    r"bragged|wondered|dreamed|dreamt|ranted|moaned) $",
    re.IGNORECASE,
)
""" "Questions about 11 bills": what is spoken of, no estimate."""
_FOUGHT_OVER = re.compile(
    r"\b(?:disputes?|rows?|quarrels?|fights?|battles?|feuds?|talks|negotiations|concerns?|fears?|anger|outrage|anguish|controversy|clash(?:es)?|"
    r"disagreements?|arguments?|control|sovereignty|trial|lawsuits?|charges|protests?|probe|inquiry|"
    r"sued|charged|clashed|argued|fought|quarrelled) $",
    re.IGNORECASE,
)
""" "A dispute over 12 islets": what it is about, no bound."""
_MOVED_UP = re.compile(
    r"\b(?P<can>(?:can|could|may|might|to) (?:be )?)?(?:go|goes|going|went|gone|mov(?:e|es|ed|ing)|add(?:s|ed|ing)?|shot|shoots?|"
    r"inch(?:ed|es)|"
    r"edg(?:ed|es)|tick(?:ed|s)|creeps?|crept|jump(?:ed|s)|climb(?:ed|s)|"
    r"revis(?:e|es|ed|ing)|adjust(?:s|ed|ing)?|rounded)(?: back)? $",
    re.IGNORECASE,
)
""" "Went up to 45 euros": where something arrived, no ceiling; "can go up to 45" is one."""


def qualifier_before(text: str, start: int, floor: int = 0) -> Qualified | None:
    """The longest qualifier that ends where the number starts."""
    window = text[max(floor, start - 40) : start]
    best: tuple[str, re.Match[str]] | None = None
    for name, pattern in _before():
        match = pattern.search(window)
        if match and (best is None or match.start() < best[1].start()):
            best = (name, match)
    if best is not None and re.fullmatch(r"as long as\s*", best[1].group(), re.IGNORECASE):
        led = window[: best[1].start()].rstrip()
        best = None if not led or led[-1] in ".,;:!?" else best  # "As long as 50 members vote": a condition
    if best is None:
        return ("less_than", start - 4) if re.search(r"\b[Ss]ub-$", window) else None
    return _turned(text, floor, best[0], best[1].group(), start - len(window) + best[1].start())


_OVER_SPAN = re.compile(r"(?:percent|per cent|%|\d) over $")


def qualifies_word(text: str, start: int, floor: int = 0) -> bool:
    """Whether a word such as "about" makes a bare number word a figure; in "15 percent over two" it is a length of time."""
    return _OVER_SPAN.search(text, max(floor, start - 20), start) is None and qualifier_before(text, start, floor) is not None


def _turned(text: str, floor: int, name: str, words: str, at: int) -> Qualified | None:
    """The qualifier with the "not" before it; None where the words are no qualifier there.

    Args:
        words: that make it, at the place `at`.
    """
    low = max(floor, at - 30)
    if words.strip().lower() == "as" and re.search(r"\b(?:long|soon|far) $", text[low:at], re.IGNORECASE):
        return None
    if words.strip().lower().endswith("short of the") and text[low:at].rstrip().endswith(","):
        return None  # "rose 3 percent, short of the 4 percent that was hoped for": a figure of its own
    if words.strip().lower() == "short of" and re.search(r"\b(?:is|are|was|were|be|been|run|runs|running|ran) $", text[low:at]):
        return None  # "is short of 1,700 officers": so many are missing
    if words.strip().lower() == "about" and _SPOKEN_ABOUT.search(text[low:at]):
        return None
    if words.strip().lower() == "over" and _FOUGHT_OVER.search(text[low:at]):
        return None
    if name == "more_than" and _VERB.match(words):
        denied = _NEVER.search(text, low, at)
        return ("up_to", denied.start()) if denied else (name, at)
    if words.lower().split() == ["up", "to"] and (moved := _MOVED_UP.search(text, low, at)) is not None:
        return (name, at) if moved["can"] else None
    denied = _NOT.search(text, low, at) if name in _FLIPPED and (name != "about" or _NEARLY.fullmatch(words)) else None
    return (_FLIPPED[name], denied.start()) if denied else (name, at)


def qualifier_after(text: str, end: int) -> Qualified | None:
    """A qualifier directly behind the number or its unit: "or more"."""
    for name, pattern in _after():
        match = pattern.match(text, end, end + 30)
        if match and not _is_capital(text, match):
            return name, match.end()
    return None


def _is_capital(text: str, match: re.Match[str]) -> bool:
    """ "737 Max": a name, where the words around it are in small letters."""
    written = match.group().strip(" ,")
    return written[:1].isupper() and not (written.isupper() and len(written) > 1)


@cache
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"(?<![\w'’-])(?:{_choice(words)})(?: the| a| some| a total of| another)?\s*$", re.IGNORECASE))
        for name, words in table("qualifiers")["verbs"].items()
    )


def is_capped(text: str, start: int, floor: int = 0) -> bool:
    """ "Caps each side at 40 men": the number is the most that there may be."""
    return _CAPPED.search(text, max(floor, start - 60), start) is not None


def qualifier_of_verb(text: str, start: int, floor: int = 0) -> Qualified | None:
    """A bound that a verb tells before a number of a level: "tops 6,400", "has yet to reach 4,000", "caps fares at 2"."""
    capped = _CAPPED.search(text, max(floor, start - 60), start)
    if capped:
        return "up_to", capped.end() - 3
    for name, pattern in _verbs():
        match = pattern.search(text, max(floor, start - 50), start)
        if match:
            return name, match.start()
    return None


def is_change(words: str) -> bool:
    """Whether words tell that something moved: "lowered the toll", "went"."""
    return _moved().search(words) is not None


@cache
def _moved() -> re.Pattern[str]:
    change = table("qualifiers")["change"]
    return re.compile(rf"(?<![\w-])(?:{_choice('|'.join((change['up'], change['down'], change['other'])))})(?!\w)", re.IGNORECASE)


def change_before(text: str, start: int, floor: int = 0) -> str:
    """ "up" or "down" when the number says by how much something moved; else ""."""
    if start > floor and text[start - 1] == "+" and not text[start - 2 : start - 1].isalnum():
        return "up"
    match = _change().search(text, max(floor, start - 60), start)
    if match is None:
        return ""
    return "up" if match["up"] else "down"
