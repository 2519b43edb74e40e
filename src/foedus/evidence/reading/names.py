"""Numbers that are no quantities: dates, clock times, scores, numbered names, "the two leaders"."""

from __future__ import annotations

import re

from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.numbers import Number
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.units import is_counted_noun, singular

__all__ = [
    "is_age", "is_bare_name", "is_definite_pair", "is_name", "is_range", "masked_spans", "overlaps",
]  # fmt: skip

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_MASKS = re.compile(
    rf"""
    \b{_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?(?:{_MONTH}\ )?\d{{1,2}})?(?:,?\ (?:19|20)\d\d)?(?![\d.]*\d)(?!\ (?:people|percent))
  | \b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\ (?:of\ )?{_MONTH}(?:,?\ (?:19|20)\d\d)?(?!\w)
  | \b{_MONTH},?\ (?:19|20)\d\d\b
  | \b(?:19|20)\d\d-\d\d?-\d\d?(?:T[\d:.Z+]+)?\b | \b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b | \b\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d\b
  | \b\d{{1,2}}[:.]\d\d(?::\d\d)?\ ?(?:[ap]\.?m\b\.?|hrs\b|GMT|UTC|h\b) | \b\d{{1,2}}:\d\d(?::\d\d)?\b
  | \b\d{{1,2}}\ ?(?:[ap]\.m\.|[ap]m\b|o['’]clock)
  | \b(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)?\d\d)\b(?!\ ?(?:people|miles|km|percent))
  | ['’]\d0s\b | \b\d{{2,4}}0['’]?s\b | ['’]\d\d\b(?!\ ?\w)
  | https?://\S+ | \bwww\.\S+ | \S+@\S+\.\w+
  | \+?\b\d{{1,3}}[-\ .]\d{{3}}[-\ .]\d{{3,4}}(?:[-\ .]\d{{2,4}})?\b(?!\s?(?:people|percent|troops))
  | \b\d+(?:st|nd|rd|th)\b(?:\s?[-–]\s?\w+)?
  | \b24/7\b | \b9/11\b | \b50[-/]50\b | \b20/20\b
  | \b\d{{1,2}}-\d{{1,2}}-\d{{1,2}}\b
  | \#\d+ | \b[A-Z]{{1,4}}-\d+\w*\b | \b\d+[A-Z]{{2,}}\d+\w*
  | \b[Cc]lass\ of\ \d+ | \bone(?:self|\ another)\b | \bno\ one\b | \bone[-\ ]on[-\ ]one\b | \bone[-\ ]sided\b | \bfirst[-\ ]half\b
  | \b(?:second|first|latter|other|final|last|better|top|bottom)\ (?:half|third|quarter)\b | \bhalf[-\ ]?time\b
    """,
    re.VERBOSE,
)


_HAS_DIGIT = re.compile(r"\d")
_HAS_WORD = re.compile(r"\b(?:one|half|third|quarter|first)|https?:|www\.|@", re.IGNORECASE)


def masked_spans(text: str) -> list[tuple[int, int]]:
    """Stretches in which no number is a quantity."""
    if _HAS_DIGIT.search(text) is None and _HAS_WORD.search(text) is None:
        return []
    return [match.span() for match in _MASKS.finditer(text)]


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch touches one of the spans."""
    return any(low < end and start < high for low, high in spans)


def is_name(text: str, number: Number, around: tuple[Word | None, Word | None, Word | None], has_unit: bool) -> bool:
    """Whether the number is part of a name, glued to letters, or a year."""
    before, _, after = around
    left = text[number.start - 1] if number.start else " "
    right = text[number.end : number.end + 1]
    if left.isalpha() or left in "#_/\\@" or (left in ".," and text[number.start - 2 : number.start - 1].isdigit()):
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
    return _is_year(text, number, before, after)


def _is_plain(number: Number) -> bool:
    """A whole number in digits without a scale."""
    return number.value is not None and number.scale == 1 and number.value == int(number.value) and number.value < 10_000


def _is_numbered(before: Word, text: str, number: Number) -> bool:
    """ "Article 5", "Galaxy Note 20": a name directly before the number."""
    if number.start - before.end > 1 or before.end == number.start:
        return False
    if before.lower in phrases("names", "numbered"):
        return not (before.tag.startswith("VB") and before.text.islower() and re.match(r" [a-z]+s\b", text[number.end : number.end + 20]))
    is_capital = before.text[0].isupper() and before.tag in ("NNP", "NNPS")
    return is_capital and before.index > 0 and not re.match(r" [a-z]+s\b", text[number.end : number.end + 20])


def _hyphenated_name(text: str, number: Number) -> bool:
    """ "last-32 appearance", "Su-35", "MI-8": a hyphen that leads to no counted noun."""
    match = re.match(r"[-–]([A-Za-z]+)", text[number.end : number.end + 30])
    if match is None:
        return False
    return not (is_counted_noun(match[1]) or match[1].lower() in ("member", "point", "man", "strong", "odd", "plus", "person"))


_IDIOMS = re.compile(
    r"one(?: day\b| night\b| thing\b| hand\b(?=,)| another| way or| side\b| by one| time\b|['’]s| and only| more time)",
    re.IGNORECASE,
)


def _is_idiom(text: str, number: Number, before: Word | None, after: Word | None) -> bool:
    """The pronoun "one" and its idioms."""
    word = text[number.start : number.end].lower()
    if word != "one":
        return False
    if _IDIOMS.match(text, number.start) or after is None or after.start - number.end > 1:
        return True
    if before is not None and before.lower in {
        "no", "this", "that", "which", "each", "every", "any", "another", "the", "not", "last", "next", "first", "only",
        "day", "number", "new", "old", "good", "bad", "big", "as", "or", "same", "own", "latest", "someone",
    }:  # fmt: skip
        return True
    return after.tag in _AFTER_PRONOUN


_AFTER_PRONOUN = frozenset("IN MD VBZ VBD VBP TO WP WDT WRB CC RB . , PRP DT".split())


def _is_year(text: str, number: Number, before: Word | None, after: Word | None) -> bool:
    """A number of four digits that a calendar has, unless it counts people or forces."""
    value = number.value or 0.0
    written = text[number.start : number.end]
    if not re.fullmatch(r"\d{4}", written) or not 1500 <= value <= 2199:
        return False
    if before is not None and before.lower in ("some", "about", "around", "over", "than", "to", "least", "nearly", "only"):
        return not (after is not None and after.tag == "NNS")
    in_time = before is not None and before.lower in (
        "in",
        "since",
        "by",
        "of",
        "from",
        "until",
        "during",
        "the",
        "for",
        "late",
        "early",
        "mid",
    )
    return in_time or after is None or after.tag != "NNS" or after.lower in ("elections", "games", "olympics")


def is_decade(text: str, number: Number, unit_start: int) -> bool:
    """ "2018s best", "5s": an "s" glued to whole figures is no second."""
    return unit_start == number.end and not number.is_word and text[unit_start : unit_start + 2].strip(" .,;") == "s"


def is_bare_name(text: str, number: Number, around: tuple[Word | None, Word | None, Word | None]) -> bool:
    """Whether a number without any unit says nothing: list numbers, scores, what follows a capital."""
    before, _, after = around
    if before is None or (before.tag in ("NNP", "NNPS") and before.end + 1 >= number.start):
        return True
    if re.match(r"[.)]\s", text[number.end : number.end + 2]) and before.tag in (".", ":", "``"):
        return True
    if before.lower in ("(", "[") or (after is not None and after.tag in ("NNP", "NNPS")):
        return True
    return before.tag in ("CD", "POS", "SYM") or text[number.start - 1 : number.start] in "&*"


def is_age(text: str, number: Number) -> bool:
    """ "Maddon, 66, said"; "aged 35"; "the age of 21"."""
    value = number.value
    if value is None or value != int(value) or not 1 <= value <= 119 or number.is_word:
        return False
    after = text[number.end : number.end + 2]
    before = text[max(0, number.start - 14) : number.start]
    if re.search(r"(?:aged?|ages|age of|turn(?:s|ed|ing)?|age at) $", before):
        return True
    return bool(re.search(r"[A-Z][\w'’.-]*[a-z], $", before)) and after[:1] in (",", ")", ".", "")


def is_definite_pair(text: str, number: Number, run: list[Word]) -> bool:
    """ "The two leaders" points back to people already named; it counts nothing new."""
    if not number.is_word or (number.value or 99) > 5:
        return False
    before = text[max(0, number.start - 8) : number.start].lower()
    is_definite = re.search(r"(?:\bthe|\bthese|\bthose|\bboth|\bour|\btheir) $", before)
    return bool(is_definite) and singular(run[-1].lower) in phrases("names", "people_and_powers")


def is_range(word: str, before: str, first_unit: str, second_unit: str) -> bool:
    """Whether two numbers with this word between them are the ends of one quantity."""
    if word == "and":
        return bool(re.search(r"\bbetween (?:about |around |roughly )?$", before, re.IGNORECASE))
    if word == "or":
        return not first_unit
    if word in ("to", "up to") and re.search(r"\bfrom (?:about |around |some )?$", before, re.IGNORECASE):
        return True
    if word in ("to", "up to"):
        moved = re.search(r"\b(?:by|up|down|rose|fell|gained|lost|added) (?:about |around |some )?$", before, re.IGNORECASE)
        return not (moved and first_unit)
    return True
