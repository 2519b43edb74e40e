"""Two numbers beside each other: the ends of one quantity, two states of a change, two quantities, a score."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.reading.digits import with_scale
from foedus.evidence.reading.drafts import QuantityDraft
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.numbers import LARGEST
from foedus.evidence.reading.qualifiers import change_before, is_change, qualifier_before
from foedus.evidence.reading.units import singular

__all__ = ["Pair", "is_taken_from", "pair_of", "with_compared_units", "with_shared_units"]

Pair = FoundQuantity | tuple[QuantityDraft, ...] | None
"""A range; or drafts that take the place of the two (none of them where they are a score); or None where they are no pair."""

_LINK = re.compile(
    r"\s*(?:(?P<dash>[-–‒−‑~]|(?<=\S)—(?=\S)|\.\.|-to-)"
    r"|(?P<error>±|\+/-|\+-|plus or minus|,? ?(?P<near>give or take)(?: about| around| some)?)"
    r"|(?P<word>to|or|and|up to|through|or even|or perhaps|and up to|and as many as"
    r"|and perhaps|and about|and around|and nearly|and over|and more than|"
    r"to as many as|to as much as|to about|to around|to nearly|to over|to at least|to more than|to up to)(?: (?:a"
    r"|the) (?P<top>high|maximum|peak|top|ceiling) "
    r"of)?)\s*(?:up to )?",
    re.IGNORECASE,
)
_LOW_OF = re.compile(r"\b(?:from )?(?:an? |the )?(?:low|minimum|floor|bottom) of\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:about |around |roughly |some |at least )?\$?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:about |around |some |just |only |nearly |over |up to |as few as |as little as )?$", re.IGNORECASE)
_RANGING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|somewhere|span(?:s|ned|ning)?|extend(?:s|ing)?|stretch(?:es"
    r"|ing)?|differ\w*|aged|"
    r"ages|priced|prices|costs?|costing|between)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?:aged?|ages)\s*(?:between|from)?\s*$", re.IGNORECASE)
_TAKES_AMOUNT = re.compile(
    r"\b(?:los[et]s?|losing|gain(?:s|ed|ing)?|add(?:s|ed|ing)?|shed(?:s|ding)?|took|takes?|brings?|brought)\s*$", re.IGNORECASE
)
_TAKING = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|bring(?:s|ing)?|brought|lift(?:s|ed|ing)?|push(?:es|ed|ing)?|mov(?:e|es|ed|ing)|pull(?:s|ed|ing)?|"
    r"dr(?:ive|ives|ove|iven|iving)|put(?:s|ting)?|carr(?:y|ies|ied)|widen(?:s|ing)?|narrow(?:s|ing)?|extend(?:s|ing)?)\b"
    r"(?: [\w'’-]+){1,7} $",
    re.IGNORECASE,
)
""" "Would take the hourly rate from 39 to 63 dollars": two states, no range."""
_INSET = re.compile(r"\b[a-z]+, $")
""" "A woman, 71, and two men": what a comma sets apart behind a noun begins no list of counts."""
_GAMES = re.compile(
    r"\b(?:won|wins?|winning|beat(?:s|en|ing)?|los[et]s?|losing|lead(?:s|ing)?|led|trail(?:s|ed|ing)?|tied?|drew|draw"
    r"|defeat(?:s|ed|ing)?|score[sd]?|"
    r"victory|defeated|ahead|up|down|voted?|record|sets?|split|ruled|decision|aggregate|at)\W+(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:pages?|rooms?|articles?|chapters?|sections?|lines?|rows?|verses?|nos?\.?|numbers|weeks|days|pp\.)\s$", re.IGNORECASE
)
_PLAYED = re.compile(
    r"\s*(?:on aggregate|win|victory|loss|defeat|draw|lead|vote|majority|decision|ruling|record|tie|split|triumph|deficit"
    r"|scoreline)\b"
)


def pair_of(text: str, floor: int, first: QuantityDraft, second: QuantityDraft) -> Pair:
    """What two drafts that follow each other are together."""
    if (
        first.number.value is None
        or second.number.value is None
        or first.number.kind != "numeric"
        or second.number.kind != "numeric"
    ):
        return None
    link = _LINK.fullmatch(text[first.end : second.start])
    if link is None:
        return None
    if first.is_told and second.unit and not second.is_told:
        first = replace(first, unit="", dimension="")
    before = text[max(floor, first.start - 70) : first.start]
    if link["error"]:
        return _around(text, floor, first, second, bool(link["near"]))
    word = (link["word"] or "").lower()
    if word == "and" and _is_respective(text, second.end) and (names := _NAMED_TWO.search(before)):
        return _each_of(first, second, names["one"], names["other"])
    if word.startswith("and") and not _BETWEEN.search(before):
        return None
    if word.startswith("or") and first.unit:
        return None
    if _is_respective(text, second.end):
        return _both(first, second)
    if _is_score(text, before, first, second, bool(link["dash"])):
        return ()
    is_first_state = re.compile(r" (?:to|up to|down to) [$€£]?\d").match(text, second.end)
    if word and _FROM.search(before) and not link["top"] and not is_first_state and _is_change_from(before, first, second):
        return _both(first, second) if _fits(first, second) or first.unit else None
    if word.startswith("to") and not link["top"] and _is_level(first, second) and _is_moved(before):
        return replace(first, is_waiting=False), second
    if (lasting := _of_lengths(text, floor, first, second, word, before)) is not None:
        return lasting
    if not _fits(first, second):
        return None
    is_far = second.amount >= 2.5 * first.amount and second.dimension == "count" and not first.unit
    if word == "to" and is_far and _is_moved(before) and is_change(before):
        whole = _range(text, floor, first, second, (first.amount, second.amount))
        return replace(
            whole, value=None, low=None, high=None, loose=True
        )  # "cut by 12 to 38 ships": how far, or from how far to where
    return _joined(text, floor, first, second, bool(link["dash"]))


_DAYS = {"hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4375, "year": 365.25}


def _of_lengths(
    text: str, floor: int, first: QuantityDraft, second: QuantityDraft, word: str, before: str
) -> FoundQuantity | None:
    """ "Between 30 days and four years": a range of lengths of time, in days where the two are told in different units."""
    is_led = (word == "and" and _BETWEEN.search(before)) or (word == "to" and _FROM.search(before))
    if not is_led or first.unit == second.unit or first.unit not in _DAYS or second.unit not in _DAYS:
        return None
    ends = (first.amount * _DAYS[first.unit], second.amount * _DAYS[second.unit])
    if not ends[0] < ends[1]:
        return None
    return replace(_range(text, floor, first, second, ends), unit="day", unit_text="", end=second.end)


def _fits(first: QuantityDraft, second: QuantityDraft) -> bool:
    """Whether two units can be the ends of one range: the same, or one left out."""
    if not first.unit or first.unit == second.unit or second.unit.startswith(f"{first.unit} per "):
        return True
    return not second.unit and (first.dimension == "currency" or first.is_told)


def _is_level(first: QuantityDraft, second: QuantityDraft) -> bool:
    """Whether the second number can be the level that a move by the first one reached: another size, or a unit of its own."""
    return first.unit != "" or (second.amount >= 100 and second.amount >= 4 * first.amount)


def _is_moved(before: str) -> bool:
    """ "Rose 9 % to 830": the second number is where it arrived."""
    return (
        re.search(
            r"\b(?:by|up|down|rose|fell|gained|lost|added|jumped|climbed|dropped|slid|grew|sank|rise|fall) (?:about |around "
            r"|some |nearly |just )?$",
            before,
            re.IGNORECASE,
        )
        is not None
    )


_IS_BASE = re.compile(r"\d[^;:]*, (?:up|down)\s*$")
""" "Cut to 25 a day, down from 36 to 38 in normal times": what a figure before it is held against, and no two states of one."""


def _is_change_from(before: str, first: QuantityDraft, second: QuantityDraft) -> bool:
    """Whether "from A to B" tells of two states: something moved, or B lies below A."""
    stem = _FROM.sub("", before)
    if _IS_BASE.search(stem) and first.amount < second.amount and second.dimension != "time":
        return False
    if _RANGING.search(stem) or _TAKES_AMOUNT.search(stem):
        return False
    if second.dimension != "time" and _TAKING.search(stem):
        return True
    return is_change(stem.rsplit(". ", 1)[-1]) or first.amount * (_shared(first, second, False) or 1.0) > second.amount


def _is_respective(text: str, end: int) -> bool:
    """Whether "respectively" closes the clause."""
    return re.compile(r"[^.;:!?\n]{0,60}\brespectively\b").match(text, end) is not None


# "cases and deaths were 310 and 12 respectively": what each of the two numbers counts stands before them, in their order
_NAMED_TWO = re.compile(
    r"\b(?P<one>[A-Za-z][a-z-]+s|[Pp]eople) and (?:the |its |their )?(?:[a-z]+ )?(?P<other>[a-z][a-z-]+s|people)(?: [a-z]+){0,3}? "
    r"(?:is|are|was|were|stood at|stand at|at|of|to|totall?ed|reached|hit|numbered|came to|rose to|fell to|grew to|had reached|has reached) "
    r"(?:about |around |some |nearly |over |almost )?$"
)


def _each_of(first: QuantityDraft, second: QuantityDraft, one: str, other: str) -> tuple[QuantityDraft, ...]:
    """Two quantities that count what was named before them; with a unit of measure each keeps it."""
    first, second = _both(first, second)
    if second.dimension not in ("", "count") or (
        second.dimension == "count" and not (second.is_told or first.is_told or not second.unit)
    ):
        return first, second
    named = ((first, one), (second, other))
    return tuple(
        replace(each, unit=singular(noun.lower()), unit_text=noun, dimension="count", is_waiting=False) for each, noun in named
    )


def _is_score(text: str, before: str, first: QuantityDraft, second: QuantityDraft, is_dash: bool) -> bool:
    """ "Won 3-2", "a 52-48 vote", "555-0142": a dash between whole numbers that are no ends of a range."""
    if not is_dash or first.unit or first.number.scale != 1 or second.number.scale != 1:
        return False
    written = text[second.number.start : second.number.end]
    if re.match(r"0\d", written) or _PLACES.search(before):
        return True
    is_small = max(first.amount, second.amount) < 200 and "," not in written
    is_level = first.amount >= second.amount and is_small
    return is_level or (is_small and bool(_PLAYED.match(text, second.number.end) or (not second.unit and _GAMES.search(before))))


def _both(first: QuantityDraft, second: QuantityDraft) -> tuple[QuantityDraft, ...]:
    """Two quantities that share the unit which one of them shows."""
    one, other = first, second
    if not first.unit and second.unit and second.dimension != "time":
        one = replace(first, unit=second.unit, unit_text=second.unit_text, dimension=second.dimension)
    elif first.unit and not second.unit:
        other = replace(second, unit=first.unit, unit_text=first.unit_text, dimension=first.dimension)
    factor = _shared(first, second, False) if first.number.scale == 1 else 1.0
    if factor is None:
        one = replace(one, is_doubtful=True)
    elif factor != 1:
        one = _scaled(one, factor)
    return replace(one, is_waiting=False), replace(other, is_waiting=False)


def with_shared_units(text: str, floor: int, drafts: list[QuantityDraft]) -> list[QuantityDraft]:
    """Drafts of a list with its one noun: "400 and 650 men", "four-, five- and six-cylinder engines"."""
    made = list(drafts)
    for place in range(len(made) - 2, -1, -1):
        first, second = made[place], made[place + 1]
        is_list = first.is_waiting and not first.unit and re.fullmatch(r"-?(?:, (?:and )?| and )", text[first.end : second.start])
        is_fit = second.unit and second.dimension not in ("currency", "share") and first.number.scale == second.number.scale
        is_inset = _INSET.search(text, max(floor, first.start - 20), first.start) is not None
        if is_list and is_fit and not is_inset and not _BETWEEN.search(text[max(floor, first.start - 30) : first.start]):
            made[place] = replace(
                first, unit=second.unit, unit_text=second.unit_text, dimension=second.dimension, is_waiting=False
            )
    return made


_HELD_AGAINST = re.compile(
    r"[^.;:]{0,70}?\b(?:(?:up|down|unchanged) from|compared (?:with|to)|against|versus|"
    r"(?:more|less|fewer|higher|lower|larger|smaller) than)"
    r"(?: (?:the|an?|just|only|about|around|some|nearly|over|more than|fewer than|less than|"
    r"normal|usual|average|typical|previous|earlier|record|initial|original|first|"
    r"(?:estimate|figure|count|total|toll|number|peak|tally) of))* ",
    re.IGNORECASE,
)
_ROUGHLY = r"(?:(?:just|only|about|around|some|nearly|over|more than|a record|an average of) )*"
_AT_TIME = (
    r"(?: (?:in|on|at|by|during|this|last) (?:[A-Za-z]+ )?(?:[A-Z][a-z]+|\d{1,2}|(?:19|20)\d\d|week|month|year|quarter)"
    r"(?: (?:\d{1,2}|\d{4}))?)"
)
_FROM_LEVEL = re.compile(rf"{_AT_TIME}? from {_ROUGHLY}")
_TO_LEVEL = re.compile(rf"{_AT_TIME} to {_ROUGHLY}")
_LEVEL = re.compile(rf"\b(?P<how>to|from) {_ROUGHLY}$")
""" "Dropped to 38 million cubic metres on Monday from 62 million on Friday": two levels of one thing."""
_OF_WHICH = re.compile(
    r"(?:[^.;:\d]|(?:19|20)\d\d\b){0,40}?, of (?:which|whom|these|those|them) "
    r"(?:[A-Za-z’'-]+ ){0,5}?(?:(?:about|around|some|nearly|over|only|just) )?"
)
""" "550 tonnes, of which the north made 540"."""
_STANDS_BARE = re.compile(
    r"$|[.,;)]|[”\"’']| (?:in|on|at|of|by|for|during|before|earlier|previously|now|today|last|this|a|an|the|and|but|when|while|since) ?|"
    r" (?:yesterday|recently|then)\b"
)


_BEFORE_LEVEL = 30


def with_compared_units(text: str, floor: int, drafts: list[QuantityDraft]) -> list[QuantityDraft]:
    """Drafts, where a bare number that another is held against counts the same: "9,200 boxes a day, against a normal 12,000".

    Where the first number has a scale that the second one lacks, it stays open whether that is left out: "2.1 million, up from 1.9".
    """
    made = list(drafts)
    for place in range(1, len(made)):
        first, second = made[place - 1], made[place]
        held = _HELD_AGAINST.fullmatch(text, first.end, second.start)
        level = _LEVEL.search(text, max(floor, first.start - _BEFORE_LEVEL), first.start) if held is None else None
        if level is not None:
            held = (_FROM_LEVEL if level["how"] == "to" else _TO_LEVEL).fullmatch(text, first.end, second.start)
        named, per, _ = first.unit.partition(" per ")
        if held and per and first.dimension == second.dimension and second.unit == named:
            made[place] = replace(second, unit=first.unit)  # "1,905 yuan a kilogram, down from 2,100 yuan"
            continue
        is_part = _OF_WHICH.fullmatch(text, first.end, second.start) is not None and second.number.value is not None
        is_part = is_part and first.number.value is not None and second.amount <= first.amount
        is_bare = not second.unit and second.number.kind == "numeric" and second.number.value is not None
        is_level = level is not None and held is not None
        is_counted = (
            first.unit != ""
            and (is_level or first.dimension not in ("currency", "share", "time"))
            and first.number.value is not None
        )
        if not (is_bare and is_counted) or first.end > second.start or second.start - first.end > 110:
            continue
        if not (held or is_part) or not _STANDS_BARE.match(text, second.number.end):
            continue
        is_open = first.number.scale > 1 and second.number.scale == 1 and second.amount < 1000
        made[place] = replace(
            second,
            unit=first.unit,
            unit_text=first.unit_text,
            dimension=first.dimension,
            is_told=True,
            is_waiting=False,
            is_doubtful=second.is_doubtful or is_open,
        )
    return made


def is_taken_from(stem: str) -> bool:
    """Whether words tell that something moves from where it was: "fell", "would take the rate"."""
    return is_change(stem) or _TAKING.search(_FROM.sub("", stem)) is not None


def _scaled(draft: QuantityDraft, factor: float) -> QuantityDraft:
    value = with_scale(draft.amount, factor)
    return replace(draft, number=replace(draft.number, value=value, low=value, high=value, scale=factor))


def _shared(first: QuantityDraft, second: QuantityDraft, is_dash: bool) -> float | None:
    """The scale of the second number that the first has too: "5 to 6 million", "30-45,000"; None where that stays open."""
    small, scale = first.amount, second.number.scale
    if 1 < first.number.scale <= 100 and second.amount > 500 * small:
        return None  # "two hundred or three hundred thousand"
    if first.number.scale != 1 or small >= 1000 or (first.unit and first.dimension != "currency"):
        return 1.0
    signs = first.dimension == second.dimension == "currency"
    if scale > 1:
        if small < second.amount / scale * 10:
            return scale
        return 1.0 if signs or second.amount < 1000 * small else None
    is_round = second.amount >= 1000 and second.amount % 1000 == 0 and not second.number.is_word
    if is_round and not first.number.is_word and 0 < small < second.amount / 1000 and small == int(small):
        return 1000.0 if is_dash and not signs else None
    return 1.0


def _around(text: str, floor: int, first: QuantityDraft, second: QuantityDraft, is_spoken: bool) -> Pair:
    """ "300 ± 50"; "400 deer, give or take 20"."""
    if first.unit and is_spoken and not second.unit:
        second = replace(second, unit=first.unit, unit_text=first.unit_text, dimension=first.dimension)
    if first.unit and first.unit != second.unit and (second.unit or not first.is_told):
        return None
    middle, width = with_scale(first.amount, second.number.scale if first.number.scale == 1 else 1.0), second.amount
    return _range(text, floor, first, second, (middle - width, middle + width))


def _joined(text: str, floor: int, first: QuantityDraft, second: QuantityDraft, is_dash: bool) -> Pair:
    """The range of two numbers, or both of them loose where the first one's size stays open or they run backwards."""
    factor = _shared(first, second, is_dash)
    low, high = with_scale(first.amount, factor or 1.0), second.amount
    is_told = bool(_BETWEEN.search(text[max(floor, first.start - 30) : first.start])) or (
        first.unit == second.unit != "" and not is_dash
    )
    is_back = low > high and not is_told
    if factor is None or is_back or abs(low) >= LARGEST:
        whole = _range(text, floor, first, second, (low, high))
        return replace(whole, value=None, low=None, high=None, loose=True)
    return _range(text, floor, first, second, (min(low, high), max(low, high)))


def _range(text: str, floor: int, first: QuantityDraft, second: QuantityDraft, ends: tuple[float, float]) -> FoundQuantity:
    before = text[max(floor, first.start - 40) : first.start]
    match = re.search(r"(?:between|from)\s*(?:about |around |roughly |up to )?$", before, re.IGNORECASE) or _LOW_OF.search(before)
    start = first.start - (len(match.group()) if match else 0)
    owner = second if second.unit or not first.unit else first
    hint = qualifier_before(text, first.start, floor)
    start = min(start, hint[1]) if hint else start
    if owner.dimension in ("", "count") and _AGED.search(text, max(floor, start - 20), first.start):
        end = second.number.end
        owner = replace(owner, unit="year of age", unit_text="", dimension="time")
    else:
        end = second.end
    return FoundQuantity(
        start,
        end,
        text[start:end],
        "numeric",
        "between",
        None,
        ends[0],
        ends[1],
        owner.unit,
        owner.unit_text,
        owner.dimension,
        change_before(text, start, floor),
        first.number.start,
        second.number.end,
        first.is_doubtful or second.is_doubtful,
    )
