"""Numbers that are no quantities: dates, clock times, scores, numbered names, "the two leaders"."""

from __future__ import annotations

import re

from foedus.evidence.reading.designations import designation_spans
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.numbers import PlacedNumber
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.spelled import SCALE_WORD
from foedus.evidence.reading.units import is_counted_noun, is_plural_count, singular, unit_after

__all__ = [
    "is_age",
    "is_bare_name",
    "is_decade",
    "is_definite_pair",
    "is_list_of_ages",
    "is_name",
    "is_of_travel",
    "masked_spans",
    "overlaps",
]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_MASKS = re.compile(
    rf"""
    (?<![Ii]n\ )(?<!(?:ary|rch|ril|May|une|uly|ust|ber)\ and\ )
        \b{_MONTH}\ (?:[0-2]?\d|3[01])(?!\d)(?:st|nd|rd|th)?
        (?:(?:\s?[-–]\s?
            |\ (?:to|and|until|through)\ (?=\d{{1,2}}(?:$|[,.;:)]|\ (?!people|percent|per|men|women|[a-z]+s\b)))
          )(?:{_MONTH}\ )?\d{{1,2}})?
        (?:,?\ (?:19|20)\d\d)?(?![\d.]*\d)(?!\ (?:people|percent))
  | \b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\ (?:of\ )?{_MONTH}(?:,?\ (?:19|20)\d\d)?(?!\w)
  | \b{_MONTH},?\ (?:19|20)\d\d\b
  | \b(?:19|20)\d\d-\d\d?-\d\d?(?:T[\d:.Z+]+)?\b | \b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b | \b\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d\b
  | \b\d{{1,2}}[:.]\d\d(?::\d\d)?\ ?(?:[ap]\.?m\b\.?|hrs\b|GMT|UTC|h\b) | \b\d{{1,2}}:\d\d(?::\d\d)?\b
  | \b\d{{1,2}}\ ?(?:[ap]\.m\.|[ap]m\b|o['’]clock)
  | (?P<years>\b(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)?\d\d)\b)
  | \b[0-2]\d[0-5]\d\ (?:hours|hrs|GMT|UTC|local\ time)\b
  | \(\d{{3,5}}\)\ ?\d{{3}}[-\ ]\d{{3,4}}\b | (?<![\w-])\d{{3}}[-–]0\d{{3}}\b
  | \b(?:[Cc]all|[Pp]hone|[Dd]ial|[Tt]el(?:ephone)?\.?|[Ff]ax|[Tt]ext|[Rr]ing|[Hh]otline|[Mm]obile)
        (?:\ us|\ at|\ on|\ to|:|\ the|\ number)*\ \+?\d[\d()\ .-]{{4,}}\d
  | \b\d{{1,5}}[A-Za-z]?(?:\ (?:[NSEW]\.?|North|South|East|West))?
        (?:\ (?:[A-Z][\w'’.-]*|\d+(?:st|nd|rd|th)|de|la|of|the)){{1,4}}?
        \ (?:St(?:reet|\b\.?)|Ave(?:nue|\b\.?)|Road|Rd\b\.?|Blvd\b\.?|Boulevard|Lane|Ln\b
        |Drive|Dr\b|Way|Square|Place|Court|Crescent|Terrace|Parkway|Highway)(?![\w'’])
  | ['’]\d0s\b | \b\d{{1,3}}0['’]?s\b | ['’]\d\d\b(?!\ ?\w)
  | https?://\S+ | \bwww\.\S+ | (?<!\S)[^\s@]+@\S+\.\w+
  | \+\d{{1,3}}[-\ .]\d{{2,4}}(?:[-\ .]\d{{2,4}}){{1,4}}\b | \b\d{{1,3}}[-\ .]\d{{3}}[-\ .]\d{{4}}\b(?!\s?(?:people|percent|troops))
  | \b\d{{1,3}}-\d{{3}}-\d{{3}}(?:-\d{{2,4}})?\b
  | \b(?:\d{{1,3}},)*\d+(?:st|nd|rd|th)\b(?:\s?[-–]\s?\w+)?
  | \b(?:two|three|four|five|six|seven|eight|nine|[2-9])[-\ ]figures?\b 
        (?=\ (?:sum|salary|salaries|income|bill|fee|fine|deal|price|pay|bonus|loss|a\ year)|s?[.,;])
  | (?<=to\ )(?:two|three|four|five|six|seven|eight|nine|[2-9])\ figures\b
  | \b24/7\b | \b9/11\b | \b50[-/]50\b | \b20/20\b
  | \b\d{{1,2}}-\d{{1,2}}-\d{{1,2}}\b
  | \#\d+
  | \b[Cc]lass\ of\ \d+ | \bone(?:self|\ another)\b | \bno\ one\b | \bone[-\ ]on[-\ ]one\b | \bone[-\ ]sided\b | \bfirst[-\ ]half\b
  | \b(?:second|first|latter|other|final|last|better|top|bottom)\ (?:half|third|quarter)\b | \bhalf[-\ ]?time\b
    """,
    re.VERBOSE,
)


_HAS_DIGIT = re.compile(r"\d")
_HAS_WORD = re.compile(r"\b(?:one|half|third|quarter|first|figures?)|https?:|www\.|@", re.IGNORECASE)


def masked_spans(text: str) -> list[tuple[int, int]]:
    """Stretches in which no number is a quantity."""
    if _HAS_DIGIT.search(text) is None and _HAS_WORD.search(text) is None:
        return []
    found = [match.span() for match in _MASKS.finditer(text) if not (match["years"] and _is_measured_range(text, match.end()))]
    return found + designation_spans(text)


_OF_YEARS = frozenset(
    "war season edition model year campaign election record series figure winter cup championship game tour".split()
)
"""What years are of, not counts: "the 1914 - 1918 wars"."""


def _is_measured_range(text: str, end: int) -> bool:
    """ "1900 - 2300 litres", "1600-1800 soldiers": two numbers that look like years, with a unit behind them."""
    unit = unit_after(text, end)
    if unit is not None:
        return unit.dimension not in ("time", "share", "finance_and_sport") and unit.end - unit.start > 1
    word = re.compile(r" ([a-z]+)").match(text, end)
    is_apart = re.search(r"\d\s[-–]\s\d+$", text[:end][-14:]) is not None
    if word is not None and is_apart and word[1].endswith("s") and singular(word[1]) not in _OF_YEARS | {word[1]}:
        return True
    return (
        word is not None
        and is_plural_count(word[1])
        and singular(word[1]) in phrases("nouns", "people") | phrases("nouns", "forces")
    )


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch touches one of the spans."""
    return any(low < end and start < high for low, high in spans)


def is_name(text: str, number: PlacedNumber, around: tuple[Word | None, Word | None, Word | None], has_unit: bool) -> bool:
    """Whether the number is part of a name, glued to letters, or a year."""
    before, _, after = around
    left = text[number.start - 1] if number.start else " "
    right = text[number.end : number.end + 1]
    if left.isalpha() or left in "#_/\\@" or (left in ".," and text[number.start - 2 : number.start - 1].isdigit()):
        return True
    if left in "-–‑" and _is_led_by_word(text, number.start):
        return True
    if has_unit:
        return (
            before is not None
            and _is_numbered(before, text, number)
            and number.is_word is False
            and _is_plain(number)
            and before.lower in ("no", "no.", "article")
        )
    if right and (right.isalpha() or right in "_@") and not number.is_word:
        return True
    if right in "-–" and _hyphenated_name(text, number):
        return True
    if number.is_word:
        return _is_idiom(text, number, before, after)
    if _is_plain(number) and before is not None and _is_numbered(before, text, number):
        return True
    if before is not None and number.scale == 1 and before.end + 1 == number.start and before.lower in _EDITIONS:
        return not _is_verb_of_count(before, text, number)
    return _is_year(text, number, before, after)


_LED = re.compile(r"(?P<word>[A-Za-z]+)[-–‑]$")
_LEADING = frozenset(
    "to now then minus plus sub roughly nearly almost about some over under just only around and or year month".split()
)


def _is_led_by_word(text: str, start: int) -> bool:
    """ "Last-32", "top-10": a word joined to the number makes it a rank or a name; "now-18", "and-a" do not."""
    piece = text[max(0, start - 16) : start]
    match = _LED.search(piece)
    is_number = re.search(
        rf"(?:\d ?(?:k|m|b|bn|tn|mln|mn|mil)|{SCALE_WORD})[-–‑]$", piece, re.IGNORECASE
    )  # "8k-10k", "4 million-5 million"
    return match is not None and not is_number and match["word"].lower() not in _LEADING


_EDITIONS = frozenset("version release edition article section chapter paragraph figure table annex clause".split())


def _is_plain(number: PlacedNumber) -> bool:
    """A whole number in digits without a scale."""
    return number.value is not None and number.scale == 1 and number.value == int(number.value) and number.value < 10_000


def _is_numbered(before: Word, text: str, number: PlacedNumber) -> bool:
    """ "Article 5", "Galaxy Note 20": a name directly before the number."""
    if number.start - before.end > 1 or before.end == number.start:
        return False
    if before.lower in phrases("names", "numbered"):
        return not _is_verb_of_count(before, text, number)
    if _is_next_holder(text, number):
        return False
    is_capital = before.text[0].isupper() and before.tag in ("NNP", "NNPS")
    word = re.match(r" ([a-z]+)\b", text[number.end : number.end + 20])
    is_count = word is not None and (word[1].endswith("s") or is_plural_count(word[1]))  # "in Lorn 40 people died"
    return is_capital and before.index > 0 and not is_count


_HOLDER = re.compile(r"(?:,|;|\band|\bbut) the (?:[A-Z][\w’'-]* )?[A-Z][\w’'-]*s $")


def _is_next_holder(text: str, number: PlacedNumber) -> bool:
    """ "…, the Blues 31 and the Greens 6": those before a number that have so many, where the verb is left out; no name with a number."""
    before, after = text[max(0, number.start - 60) : number.start], text[number.end : number.end + 8]
    return _HOLDER.search(before) is not None and re.match(r"\s*(?:[.,;]|(?:and|but)\b(?! \d)|$)", after) is not None


def _is_verb_of_count(before: Word, text: str, number: PlacedNumber) -> bool:
    """ "To release 11 sailors", "they number 40 ships": a verb in small letters before what is counted begins no name."""
    is_counted = re.match(r" [a-z]+s\b", text[number.end : number.end + 20])
    return before.tag.startswith("VB") and before.text.islower() and is_counted is not None


def _hyphenated_name(text: str, number: PlacedNumber) -> bool:
    """ "last-32 appearance", "Su-35", "MI-8": a hyphen that leads to no counted noun."""
    match = re.match(r"[-–]([A-Za-z]+)", text[number.end : number.end + 30])
    if match is None:
        return False
    return not (is_counted_noun(match[1]) or match[1].lower() in _JOINED)


_JOINED = frozenset("member point man strong odd plus person to or and".split())
_IDIOMS = re.compile(
    r"one(?: day\b| night\b| (?:single )?(?:moment|instant|bit|jot|iota|whit|second)\b"
    r"| thing\b| hand\b(?=,)| another| way or| side\b| by one| time\b|['’]s| and only| more time)",
    re.IGNORECASE,
)


def _is_idiom(text: str, number: PlacedNumber, before: Word | None, after: Word | None) -> bool:
    """The pronoun "one" and its idioms."""
    word = text[number.start : number.end].lower()
    if word != "one":
        return False
    if _ONE_TO.match(text, number.end):
        return False
    if after is not None and after.text[0].isdigit():
        return True
    if _IDIOMS.match(text, number.start) or after is None or after.start - number.end > 1:
        return True
    if before is not None and before.lower in {
        "no",
        "this",
        "that",
        "which",
        "each",
        "every",
        "any",
        "another",
        "the",
        "not",
        "last",
        "next",
        "first",
        "only",
        "day",
        "number",
        "new",
        "old",
        "good",
        "bad",
        "big",
        "as",
        "or",
        "same",
        "own",
        "latest",
        "someone",
    }:
        return True
    return after.tag in _AFTER_PRONOUN


_ONE_TO = re.compile(r" (?:to|or|and) (?:two|three|four|five|six|seven|eight|nine|ten|\d)|-to-")
_AFTER_PRONOUN = frozenset("IN MD VBZ VBD VBP TO WP WDT WRB CC RB . , PRP DT".split())


def _is_year(text: str, number: PlacedNumber, before: Word | None, after: Word | None) -> bool:
    """A number of four digits that a calendar has, unless it counts people or forces."""
    value = number.value or 0.0
    written = text[number.start : number.end]
    if not re.fullmatch(r"\d{4}", written) or not 1500 <= value <= 2199:
        return False
    if _AMOUNT.search(text, max(0, number.start - 40), number.start) or _BY_TIME.match(text, number.end):
        return False
    if _UNTIL.search(text, max(0, number.start - 18), number.start) and unit_after(text, number.end) is None:
        return True  # "from 1990 to 1995 soldiers served here"
    span = _YEARS.match(text, number.end)
    is_measured = span is not None and (span["dash"] is not None or unit_after(text, span.end()) is not None)
    if span is not None and is_measured and _is_measured_range(text, span.end()):
        return False
    if before is not None and before.lower in ("some", "about", "around", "over", "than", "to", "least", "nearly", "only"):
        return not (after is not None and after.tag == "NNS")
    in_time = before is not None and before.lower in _IN_TIME
    if in_time or after is None or after.tag != "NNS":
        return True
    counted = phrases("nouns", "people") | phrases("nouns", "forces")
    return 1900 <= value <= 2039 and singular(after.lower) not in counted  # "2018 sales"; a count would show its comma


_IN_TIME = frozenset("in since by of from until during the for late early mid".split())
_AMOUNT = re.compile(
    r"\b(?:(?:average|mean|median|maximum|minimum|total|sum|record|peak|count|estimate|high|low|price|rent|score"
    r"|rating)s? (?:of|at|to|is|was|reached)"
    r"|costs?|costing|paid|pays?|fetched|charged|worth|totall?ing|averag(?:es?|ed|ing)|numbering|number of \w+ (?:at|to|is"
    r"|was))(?: about| around| nearly"
    r"| over| only| just)? $",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:\s?(?P<dash>[-–—])\s?| (?:to|and|or) )\d{4}\b")
_UNTIL = re.compile(r"\b(?:from|between) (?:1[5-9]|20)\d\d (?:to|and) $", re.IGNORECASE)
_BY_TIME = re.compile(r" (?:an?|per|each|every) (?:day|week|month|year|hour|minute|night)\b")
_TRAVEL = re.compile(
    r"\b(?:offshore|ashore|coasts?|seas?|ports?|ships?|vessels?|convoys?|sail\w*|islands?|harbou?rs?|fleets?|navy|naval"
    r"|radius|range|east|west|north|south|"
    r"aircraft|planes?|flights?|missiles?|submarines?|frigates?|destroyers?|boats?|anchor\w*|nautical|waters|shore"
    r"|territorial|maritime|runway|cape|"
    r"tankers?|ferry|ferries|yachts?|carriers?|trawlers?|strait|gulf|bay|reef)\b"
)


def is_of_travel(words: str) -> bool:
    """Whether words speak of the sea or of flight, where "nm" is a nautical mile."""
    return _TRAVEL.search(words) is not None


def is_decade(text: str, number: PlacedNumber, unit_start: int) -> bool:
    """ "2018s best", "5s": an "s" glued to whole figures is no second."""
    return unit_start == number.end and not number.is_word and text[unit_start : unit_start + 2].strip(" .,;") == "s"


_NUMBERED_PLACES = frozenset(
    "day week month year pages rooms articles chapters sections lines rows no nos no. nos. verse verses".split()
)


_SMALL = ("RB", "IN", "CC", "EX", "JJR", "RBR")
""" "“Only 9 came out”": the capital of a word behind a mark is no name's."""


def is_bare_name(text: str, number: PlacedNumber, around: tuple[Word | None, Word | None, Word | None]) -> bool:
    """Whether a number without any unit says nothing: list numbers, scores, what follows a capital."""
    before, _, after = around
    is_name = before is not None and (
        before.tag in ("NNP", "NNPS") or (before.index > 0 and before.text[0].isupper() and before.tag not in _SMALL)
    )
    if _is_next_holder(text, number):
        return False
    if before is None or (is_name and before.end + 1 >= number.start):
        return True
    is_title = before.index == 0 and before.tag in ("NN", "NNP") and before.end + 1 == number.start
    if is_title and not is_plural_count(before.text) and (after is None or after.tag.startswith(("VB", "MD"))):
        return True  # "Team 5 rescued": a name at the head of the sentence
    if re.match(r"[.)]\s", text[number.end : number.end + 2]) and before.tag in (".", ":", "``"):
        return True
    if before.lower in _NUMBERED_PLACES and before.end + 1 == number.start:
        return True
    if before.lower in ("(", "[") or (after is not None and after.tag in ("NNP", "NNPS")):
        return True
    return before.tag in ("CD", "POS", "SYM") or text[number.start - 1 : number.start] in "&*"


def is_age(text: str, number: PlacedNumber) -> bool:
    """ "Maddon, 66, said"; "aged 35"; "the age of 21"."""
    value = number.value
    if value is None or value != int(value) or not 1 <= value <= 119 or number.is_word:
        return False
    after = text[number.end : number.end + 2]
    before = text[max(0, number.start - 14) : number.start]
    if re.search(r"(?:aged?|ages|age of|turn(?:s|ed|ing)?|age at) $", before) or _AGES.search(
        text, max(0, number.start - 30), number.start
    ):
        return True
    person = _INSET_AFTER.search(text, max(0, number.start - 24), number.start)
    noun = person["noun"] if person is not None else ""
    if noun.islower() and after[:1] in (",", ")") and singular(noun) == noun and noun in phrases("nouns", "people"):
        return True
    return bool(re.search(r"(?:[A-Z][\w'’.-]*[a-z]|[A-Z]\. ?[A-Z]\.), $", before)) and after[:1] in (",", ")", ".", "")


_AGES = re.compile(r"\b(?:aged|ages) (?:\d{1,3},? )+(?:and |or )?$")
_INSET_AFTER = re.compile(r"\b(?P<noun>[A-Za-z]+)(?:,| \() ?$")
""" "A woman, 71, and two men": a number set apart behind a person."""
_NAMED_AGE = re.compile(r"[A-Z][\w'’.-]*, \d{1,2}(?=[,.;)])")


def is_list_of_ages(text: str) -> bool:
    """Whether ages tell persons apart: "Ada Lund, 41, and Bo Berg, 27, …"; they count nothing that is said."""
    return len(_NAMED_AGE.findall(text)) > 1


def is_definite_pair(text: str, number: PlacedNumber, run: list[Word]) -> bool:
    """ "The two leaders" points back to people already named; it counts nothing new."""
    if not number.is_word or (number.value or 99) > 5:
        return False
    before = text[max(0, number.start - 8) : number.start].lower()
    is_definite = re.search(r"(?:\bthe|\bthese|\bthose|\bboth|\bour|\btheir) $", before)
    return bool(is_definite) and singular(run[-1].lower) in phrases("names", "people_and_powers")
