"""What a number counts or measures: symbols before it, units behind it, compounds such as "per barrel"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from foedus.evidence.reading.lexicon import phrases, table

__all__ = [
    "PlacedUnit",
    "compound_after",
    "currency_before",
    "is_counted_noun",
    "is_plural_count",
    "singular",
    "unit_after",
    "unit_names",
]


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit where it stands: canonical name, its dimension in the table, and its span."""

    name: str
    dimension: str
    start: int
    end: int


@cache
def unit_names() -> frozenset[str]:
    """Every canonical name: the units of measure and the nouns that are counted."""
    measured = {name for section in table("units").values() for name in section}
    counted = {
        singular(noun) for key in ("people", "forces", "places_and_institutions", "things") for noun in phrases("nouns", key)
    }
    return frozenset(measured | counted)


@cache
def _aliases() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Way of writing -> (name, dimension): exact for short ones and symbols, in lower case for words."""
    exact: dict[str, tuple[str, str]] = {}
    words: dict[str, tuple[str, str]] = {}
    for dimension, section in table("units").items():
        for name, written in section.items():
            for alias in written.split("|"):
                if len(alias) <= 3 or not re.fullmatch(r"[A-Za-z .\-]+", alias):
                    exact.setdefault(alias, (name, dimension))
                if len(alias) > 3 or alias in ("day", "ton", "won", "mile", "yen", "baht", "acre", "cup", "bar", "bit"):
                    for form in (alias, *_plural_forms(alias)):
                        words.setdefault(form.lower(), (name, dimension))
    return exact, words


def _plural_forms(alias: str) -> tuple[str, ...]:
    """The plural of a unit's word; of "degree Celsius" the first word's."""
    if not alias.isascii() or not alias[-1].isalpha():
        return ()
    ends = ("es",) if alias.endswith(("ch", "sh", "x", "ss")) else ("s",)
    return tuple(alias + end for end in ends)


@cache
def _after_pattern() -> re.Pattern[str]:
    """All ways of writing a unit behind a number, the longest first."""
    exact, words = _aliases()
    spelled = sorted((re.escape(word) for word in words), key=len, reverse=True)
    symbols = sorted((re.escape(word) for word in exact), key=len, reverse=True)
    ends = r"(?![A-Za-zµμ²³]|[-–]\d|(?<=[$€£¥₹])\d|(?<=[A-Z])\d)"  # "eleven TB2s" are no terabytes
    flexible = re.sub(r"\\[ -]", lambda _: r"[\s\-]", "|".join(spelled))
    return re.compile(
        rf"(?:[ \u00a0\u2009\u202f-]|- (?=per ?cent|pct|%))?(?:(?P<word>(?i:{flexible})){ends}|(?P<symbol>{'|'.join(symbols)}){ends})"
    )


@cache
def _before_pattern() -> re.Pattern[str]:
    """Currencies before a number: symbols and codes."""
    signs = [
        alias
        for written in table("units")["currency"].values()
        for alias in written.split("|")
        if not alias.islower() and not re.search(r"[a-z]{3,}| ", alias)
    ]
    ordered = "|".join(sorted((re.escape(sign) for sign in signs), key=len, reverse=True))
    return re.compile(rf"(?:(?<![A-Za-z])|(?<=US ))(?:(?P<land>US|U\.S\.|AU|NZ|HK|CA|NT|S|C|(?<=\w )A) )?(?P<sign>{ordered}) ?$")


@cache
def _currencies() -> dict[str, tuple[str, str]]:
    """Sign or code -> (name, "currency")."""
    section = table("units")["currency"]
    return {alias: (name, "currency") for name, written in section.items() for alias in written.split("|")}


_RAND = re.compile(r"(?<![A-Za-z\d])R\d[\d.,]*(?:\s?(?:million|billion|trillion|bn\b|m\b)|(?<=\d,\d\d\d)(?!\d))")
""" "R1.6 billion", "R12,500": so large an R is money; "R0" and "R2" are not."""


def currency_before(text: str, start: int) -> PlacedUnit | None:
    """The currency sign that ends where a number starts."""
    if _RAND.match(text, start - 1):
        return PlacedUnit("south african rand", "currency", start - 1, start)
    match = _before_pattern().search(text, max(0, start - 12), start)
    if match is None or start - match.end() > 0:
        return _unknown_currency(text, start)
    found = _currencies().get((match["land"] or "") + match["sign"]) or _currencies().get(match["sign"])
    return PlacedUnit(found[0], "currency", match.start(), start) if found else None


_UNKNOWN = re.compile(r"(?<![A-Za-z\d$€£.-])(?P<sign>[A-Z][A-Za-z]{0,3}|[A-Z]{1,3}\$)$")
_LARGE = re.compile(r"\d[\d.,]*\s?(?:thousand|million|billion|trillion|bn|mn|mln)\b")


def _unknown_currency(text: str, start: int) -> PlacedUnit | None:
    """ "Kz644 billion": letters glued to a figure with a scale are money, by the name that is written."""
    match = _UNKNOWN.search(text, max(0, start - _LONGEST_SIGN), start) if _LARGE.match(text, start) else None
    return PlacedUnit(match["sign"], "currency", match.start(), start) if match is not None else None


_LONGEST_SIGN = 6


def unit_after(text: str, end: int) -> PlacedUnit | None:
    """The unit that starts where a number ends, with "per", "a" or "/" and a second unit behind it."""
    foot = _FOOT.match(text, end)
    if foot is not None:
        return PlacedUnit("foot", "length", end, foot.end())
    match = _after_pattern().match(text, end)
    if match is None or match.end() == end:
        return _in_other_case(text, end)
    exact, words = _aliases()
    written = match["word"] or match["symbol"]
    found = words.get(re.sub(r"[\s\-]", " ", written.lower())) or words.get(written.lower())
    if match["symbol"] or found is None:
        found = exact.get(written) or found or words.get(written.lower().replace(" ", "-"))
    if found is None or _is_other_word(written, text, match.end()):
        return None
    start = match.start("word") if match["word"] else match.start("symbol")
    return PlacedUnit(found[0], found[1], start, match.end())


_FOOT = re.compile(r"['’′](?= (?:tall|high|long|wide|deep|by|above|below|off)\b)")
_SYMBOL = re.compile(r"[ \u00a0\u2009\u202f]?(?P<symbol>[A-Za-z]{3,5})(?![A-Za-z'’\d]|[-–]\d)")


@cache
def _symbols_in_any_case() -> dict[str, tuple[str, str]]:
    """Symbols of three letters or more that stay one unit whatever their case: "Ghz", "KWH"."""
    found: dict[str, set[tuple[str, str]]] = {}
    for alias, unit in _aliases()[0].items():
        if re.fullmatch(r"[A-Za-z]{3,5}", alias) and not alias.islower() and not alias.isupper():
            found.setdefault(alias.lower(), set()).add(unit)
    return {alias: next(iter(units)) for alias, units in found.items() if len(units) == 1}


def _in_other_case(text: str, end: int) -> PlacedUnit | None:
    match = _SYMBOL.match(text, end)
    found = _symbols_in_any_case().get(match["symbol"].lower()) if match else None
    return PlacedUnit(found[0], found[1], match.start("symbol"), match.end()) if match and found else None


def _is_other_word(written: str, text: str, end: int) -> bool:
    """Short symbols that are mostly something else when a blank stands before them."""
    if written.lower() == "won" and _WINS.match(text, end):
        return True
    if written.lower() == "second" and _IN_ORDER.match(text, end):
        return True
    return len(written) <= 2 and written in {"a", "h", "s", "t"} and text[end : end + 1] in ("'", "’")


_IN_ORDER = re.compile(r" (?:half|quarter|time|round|place|wave|phase|stage|leg|term|day|week|month|year|season|edition)\b")
""" "In the 2010 second half": not so many seconds."""
_WINS = re.compile(r" (?:the|an?|his|her|their|its|every|each|all|both|gold|silver|bronze|only|again|by|against|\d)\b")
"""Behind "won" where it is what a winner did, not money."""
_PER = re.compile(r"(?P<link> per | an? |/ ?| each |-a-|-per-| every )(?=[A-Za-z(])", re.IGNORECASE)
_PER_MANY = re.compile(r" (?:per|for every) (?P<many>\d{1,3}(?:,\d{3})+|\d+) (?P<noun>[a-z]+)")
_PER_SIZED = re.compile(
    r" per (?P<thing>(?:\d+|[a-z]+)-(?:foot|litre|liter|kilo|kilogram|gram|tonne|ton|inch|metre|meter|mile|watt|day|hour) [a-z]+)"
)
""" "2,860 dollars per forty-foot container"."""
_ADVERB = re.compile(r" (?P<how>hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annually)\b(?! [a-z]+s\b)")
_OF_STUFF = re.compile(
    r" of (?:\w+[ -]){0,2}[a-z]+"
    r"(?= (?:an?|per|each|every) (?:hour|minute|day|week|month|year)\b| (?:hourly|daily|weekly|monthly|annually)\b"
    r"| per (?:[a-z]+ )?(?:kilo|kilogram|kilometre|kilometer|gram|tonne|ton|litre|liter|hectare|acre|person|head|household|gallon|barrel"
    r"|mile|metre|meter|cubic|square|capita|inhabitant|patient|pupil)\b)"
)
_TIMES = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}


_SPAN = r"(?P<span>second|minute|hour|day|night|week|month|quarter|year)\b(?! (?:ago|earlier|later|before|after|old)\b)"
_SPANS = tuple(f" per {span}" for span in ("second", "minute", "hour", "day", "week", "month", "year"))
_FOR_EACH = re.compile(rf" for (?:each|every) {_SPAN}")
""" "2 million dollars for every day that it lasted": a rate."""
_OF_GOODS = re.compile(rf" (?:of|in|worth of) (?:[a-z-]+ ){{1,3}}(?:an?|per|each|every) {_SPAN}")
""" "5 billion dollars of meat a year": a rate."""


def compound_after(text: str, unit: PlacedUnit) -> PlacedUnit:
    """The unit with its "per": "dollar per barrel", "test per day"."""
    stuff = _OF_STUFF.match(text, unit.end) if unit.dimension != "currency" else None
    if stuff is not None:
        inner = compound_after(text, PlacedUnit(unit.name, unit.dimension, unit.start, stuff.end()))
        return inner if " per " in inner.name else unit
    each = _FOR_EACH.match(text, unit.end) or (_OF_GOODS.match(text, unit.end) if unit.dimension == "currency" else None)
    if each is not None and unit.name:
        return PlacedUnit(f"{unit.name} per {each['span']}", unit.dimension, unit.start, each.end())
    if unit.name.endswith(_SPANS):
        return unit  # "2 million bpd each month": so much a day, in every month
    adverb, many = _ADVERB.match(text, unit.end), _PER_MANY.match(text, unit.end)
    if adverb is not None:
        return PlacedUnit(f"{unit.name} per {_TIMES[adverb['how']]}".lstrip(), unit.dimension, unit.start, adverb.end())
    if many is not None:
        whole = f"{many['many'].replace(',', '')} {singular(many['noun'])}"
        return PlacedUnit(f"{unit.name} per {whole}".lstrip(), unit.dimension, unit.start, many.end())
    sized = _PER_SIZED.match(text, unit.end)
    if sized is not None:
        return PlacedUnit(f"{unit.name} per {sized['thing']}".lstrip(), unit.dimension, unit.start, sized.end())
    link = _PER.match(text, unit.end)
    if link is None:
        return unit
    has_blank = link["link"].endswith(" ") and _after_pattern().match(text, link.end() - 1) is not None
    below = unit_after(text, link.end() - has_blank)
    is_price = unit.dimension == "currency"
    if (
        below is not None
        and below.dimension == "time"
        and re.match(r"\s*(?:ago|earlier|later|before|after)\b", text[below.end : below.end + 9])
    ):
        return unit
    if below is not None and (below.dimension in ("time", "length", "area", "volume", "mass", "energy") or is_price):
        return PlacedUnit(f"{unit.name} per {below.name}", unit.dimension, unit.start, below.end)
    noun = re.compile(r"[a-z]+").match(text, link.end())
    if noun and link["link"].strip().lower() in ("per", "/") and len(noun.group()) > 2:
        return PlacedUnit(f"{unit.name} per {singular(noun.group())}", unit.dimension, unit.start, noun.end())
    is_sold = noun is not None and (noun.group() in phrases("nouns", "priced") or _is_piece(text, noun.end(), noun.group()))
    if noun and is_price and link["link"] in (" a ", " an ") and is_sold:
        return PlacedUnit(f"{unit.name} per {noun.group()}", unit.dimension, unit.start, noun.end())
    return unit


_NO_PIECE = frozenset("few lot bit little total further result record new day-long half quarter third fifth tenth".split())
_BEHIND_PRICE = re.compile(
    r"[.,;:)]|$| (?:in|at|on|for|from|to|and|by|last|this|after|since|when|or|compared|before|until|while|but)\b"
)


def _is_piece(text: str, end: int, noun: str) -> bool:
    """ "$5 a crate.": a noun behind a price, with nothing of its own behind it."""
    return len(noun) > 2 and noun not in _NO_PIECE and _BEHIND_PRICE.match(text, end) is not None


@lru_cache(maxsize=65_536)
def singular(noun: str) -> str:
    """The singular of a counted noun; names and short words stay."""
    lower = noun.lower()
    irregular = table("nouns")["irregular"]
    if lower in irregular:
        return str(irregular[lower])
    if len(lower) <= 3 or lower.endswith(("ss", "us", "is", "news")) or not lower.endswith("s"):
        return noun
    if lower.endswith("ies"):
        return noun[:-3] + "y"
    if lower.endswith("wives"):
        return noun[:-3] + "fe"
    if lower.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return noun[:-2]
    return noun[:-1]


@cache
def _counted() -> frozenset[str]:
    return frozenset(singular(noun) for noun in unit_names())


def is_counted_noun(word: str) -> bool:
    """Whether the table knows the noun as something that is counted."""
    return singular(word.lower()) in _counted()


def is_plural_count(word: str) -> bool:
    """Whether the word is the plural of a counted noun: "shells", "people"."""
    return is_counted_noun(word) and (singular(word) != word or word in ("people", "personnel", "aircraft"))
