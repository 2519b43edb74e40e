"""Numbers in words: "two and a half thousand", "a hundred and twenty", "five point three million", "several hundred"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foedus.evidence.reading.lexicon import table

__all__ = ["NUMBER_WORD", "SCALES", "SCALE_WORD", "SMALL", "Spelled", "spelled"]

SMALL = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "mil": 1e6,
    "mio": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "milliard": 1e9,
    "mrd": 1e9,
    "bln": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "trn": 1e12,
    "tn": 1e12,
}
_SPOKEN = {word: size for word, size in SCALES.items() if len(word) > 3}
_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}

_small = "|".join(sorted(SMALL, key=len, reverse=True))
_scale = "|".join(sorted(_SPOKEN, key=len, reverse=True))
NUMBER_WORD = rf"(?:{_small}|{_scale})"
SCALE_WORD = rf"(?:{_scale})"
_BLANK = r"(?:[ \u00a0\u202f]|-)"
_RUN = re.compile(
    rf"\b(?:{_small}|an?{_BLANK}(?={_scale}|half{_BLANK}(?:{_scale})|quarter{_BLANK}(?:{_scale}))"
    rf"|half{_BLANK}(?:an?{_BLANK})?(?={_scale})"
    rf"|(?:{_scale})(?={_BLANK}(?:{_small}|{_scale}|and)\b)|(?<=some )(?=(?:{_scale})\b)"
    rf"|(?:(?<=another )|(?<=further )|(?<=extra )|(?<=additional )|(?<=full ))(?=(?:{_scale})\b))"
    rf"(?:{_BLANK}?(?:and{_BLANK}(?:an?{_BLANK})?(?=(?:{_small}|{_scale}|half|quarter|quarters)\b)|an?{_BLANK}(?=(?:{_scale})\b)"
    rf"|(?:{_small}|{_scale})(?![a-z])|point(?={_BLANK}(?:{_small})\b)|half(?![a-z])|quarters?(?![a-z])))*(?![a-z])",
    re.IGNORECASE,
)
_PART_OF_SCALE = re.compile(
    rf"\b(?:(?P<top>an?|one|two|three|four){_BLANK})?(?P<part>half|third|quarter|fifth"
    rf"|tenth)s?{_BLANK}(?:of{_BLANK})?(?P<a>an?{_BLANK})?"
    rf"(?P<scale>{_scale})\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf", (?:(?:{_small}|{_scale}|and|an?)(?:[ -]|\b))*(?:hundred|thousand|{_small})\b", re.IGNORECASE)
_SCORE = re.compile(
    rf"\b(?P<many>{_small})[ -]score\b(?! (?:of |and )?(?:\d|{_small}\b)|s)(?: of(?= [a-z]))?"
    r"|\b(?:an?|another) score of(?= [a-z][a-z ]*s\b)",
    re.IGNORECASE,
)
_SETS = re.compile(r"\b(?:an?|another) (?P<set>pair|trio|quartet|quintet) of(?= (?P<thing>[a-z]+))", re.IGNORECASE)
_SIZES = {"pair": 2.0, "trio": 3.0, "quartet": 4.0, "quintet": 5.0}
_ONE_PAIR = frozenset(
    "trousers pants jeans shorts leggings tights glasses spectacles sunglasses goggles binoculars scissors shears "
    "pliers tweezers tongs shoes boots trainers sneakers sandals slippers socks stockings gloves mittens skis "
    "skates eyes hands legs feet wings earrings headphones".split()
)
"""What comes in pairs: a pair of them is one thing."""
_ORDINAL = re.compile(r"[- ]?(?:first|second|third|half|quarter|\w*[a-z]th)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words.

    Attributes:
        start, end: in the text.
        value: None where the words give only an order of size, `low` to `high`, or where they were not read whole (`is_loose`).
        scale: the word such as "million" that it ends on, as a factor.
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    scale: float = 1.0
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: float
    start: int
    end: int


def spelled(text: str) -> Iterator[Spelled]:
    """The numbers in words of a text, from left to right."""
    taken = 0
    found = [*_vague(text), *_parts_of_scales(text), *_scores(text), *_sets(text)]
    yield from found
    spans = [(one.start, one.end) for one in found]
    for match in _RUN.finditer(text):
        start, end = match.span()
        if start < taken or any(low < end and start < high for low, high in spans):
            continue
        follower = _ORDINAL.match(text, end)
        if follower and (text[end] == "-" or _is_compound(match.group())):
            continue
        rest = _GOES_ON.match(text, end)
        if rest is not None and re.search(r"(?:thousand|million|billion|trillion)$", match.group(), re.IGNORECASE):
            yield Spelled(
                start, rest.end(), None, None, None, is_loose=True
            )  # "nine million, four hundred thousand": one number or two
            taken = rest.end()
            continue
        yield from _of_run(
            _tokens(text, start, end), bool(re.search(r"\bbetween(?: \w+)?\s+$", text[max(0, start - 20) : start], re.I))
        )
        taken = end


def _is_compound(words: str) -> bool:
    """Whether an ordinal behind the words belongs to them: "twenty first", "two hundredth"."""
    last = re.findall(r"[a-z]+", words.lower())[-1]
    return SMALL.get(last, 0) >= 20 or last in _SPOKEN


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    found = []
    for match in re.compile(r"[A-Za-z]+").finditer(text, start, end):
        word = match.group().lower()
        singular = word.rstrip("s")
        if word in SMALL:
            value = SMALL[word]
            kind = "unit" if value < 10 else "teen" if value < 20 else "tens"
            found.append(_Token(kind, float(value), *match.span()))
        elif word in _SPOKEN:
            kind = "hundred" if word == "hundred" else "scale"
            found.append(_Token(kind, _SPOKEN[word], *match.span()))
        elif singular in ("half", "quarter"):
            found.append(_Token("part", _PARTS[singular], *match.span()))
        else:
            found.append(_Token("a" if word in ("a", "an") else word, 1.0, *match.span()))
    return found


def _of_run(tokens: list[_Token], is_between: bool) -> Iterator[Spelled]:
    """The number of a run of words, or the two that "and" joins; a run that is neither is loose."""
    while tokens and tokens[-1].kind in ("and", "a", "point"):
        tokens = tokens[:-1]
    while tokens and tokens[0].kind in ("and", "point"):
        tokens = tokens[1:]
    if not tokens or all(token.kind in ("a", "part") for token in tokens):
        return
    cuts = [place for place, token in enumerate(tokens) if token.kind == "and"]
    whole = _whole(tokens)
    halves = [(one, other) for cut in cuts if (one := _whole(tokens[:cut])) and (other := _whole(tokens[cut + 1 :]))]
    if whole is not None and not (is_between and halves):
        yield whole
    elif len(halves) == 1:
        yield from halves[0]
    else:
        yield Spelled(tokens[0].start, tokens[-1].end, None, None, None, is_loose=True)


def _whole(tokens: list[_Token]) -> Spelled | None:
    """The number that all of the words spell; None where they spell none."""
    if not tokens:
        return None
    total, place, least = 0.0, 0, float("inf")
    scale = 1.0
    while place < len(tokens):
        if place and tokens[place].kind == "and":
            place += 1
            if _is_half(tokens, place) and place > 1 and tokens[place - 2].kind == "scale":
                value = _half(tokens, place)
                return _made(tokens, total + value * scale, scale)
        group, after = _group(tokens, place)
        if group is None:
            return None
        factor = 1.0
        while after < len(tokens) and tokens[after].kind == "scale":
            factor *= tokens[after].value
            after += 1
        if factor >= least or after == place or (total and group * factor >= least):
            return None  # "two thousand three million": not one number
        total += group * factor
        scale, least, place = factor if factor > 1 else scale, factor, after
        if factor == 1.0 and place < len(tokens):
            return None
    last = tokens[-1]
    kinds = [token.kind for token in tokens]
    if len(tokens) == 3 and kinds[1:] == ["hundred", "scale"]:
        scale *= 100  # of "three hundred thousand" the "two or" before it counts hundreds of thousands
    ends_on = last.value if last.kind in ("scale", "hundred") else 1.0
    return _made(tokens, total, scale if last.kind == "scale" else ends_on)


def _made(tokens: list[_Token], value: float, scale: float) -> Spelled:
    return Spelled(tokens[0].start, tokens[-1].end, value, value, value, scale)


def _is_half(tokens: list[_Token], place: int) -> bool:
    """Whether "a half", "half" or "three quarters" ends the words here."""
    rest = [token.kind for token in tokens[place:]]
    return rest in (["a", "part"], ["part"], ["unit", "part"])


def _half(tokens: list[_Token], place: int) -> float:
    rest = tokens[place:]
    return rest[-1].value * (rest[0].value if rest[0].kind == "unit" else 1.0)


def _group(tokens: list[_Token], place: int) -> tuple[float | None, int]:
    """A number below a scale from `place` on: hundreds, tens, a decimal, a half; and where it ends."""
    if place >= len(tokens):
        return None, place
    kind = tokens[place].kind
    if kind == "a":
        is_led = place + 1 < len(tokens) and tokens[place + 1].kind in ("scale", "hundred")
        if not is_led:
            return None, place
        place += 1
        if tokens[place].kind == "scale":
            return 1.0, place
        value = 1.0
    elif kind == "scale":
        return 1.0, place
    elif kind == "hundred":
        value = 1.0
    else:
        below, place = _below_hundred(tokens, place)
        if below is None:
            return None, place
        value = below
    if place < len(tokens) and tokens[place].kind == "hundred":
        return _hundreds(tokens, place + 1, value * 100)
    return _with_part(tokens, place, value)


def _hundreds(tokens: list[_Token], place: int, value: float) -> tuple[float, int]:
    """What stands behind "hundred": "and twenty", "twenty"; not what begins a number of its own."""
    after = place + 1 if place < len(tokens) and tokens[place].kind == "and" else place
    rest, end = _below_hundred(tokens, after)
    if rest is not None and not (end < len(tokens) and tokens[end].kind == "hundred"):
        return value + rest, end
    return value, place


def _below_hundred(tokens: list[_Token], place: int) -> tuple[float | None, int]:
    if place >= len(tokens) or tokens[place].kind not in ("unit", "teen", "tens"):
        return None, place
    first = tokens[place]
    follows = place + 1 < len(tokens) and tokens[place + 1].kind == "unit" and tokens[place + 1].value > 0
    if first.kind == "tens" and follows:
        return first.value + tokens[place + 1].value, place + 2
    return first.value, place + 1


def _with_part(tokens: list[_Token], place: int, value: float) -> tuple[float, int]:
    """ "Five point three", "two and a half", "one and three quarters"."""
    if place + 1 < len(tokens) and tokens[place].kind == "point":
        digits, after = "", place + 1
        while after < len(tokens) and tokens[after].kind == "unit":
            digits, after = digits + str(int(tokens[after].value)), after + 1
        return (value + float(f"0.{digits}"), after) if digits else (value, place)
    if place < len(tokens) and tokens[place].kind == "and":
        for length, kinds in ((2, ["a", "part"]), (1, ["part"]), (2, ["unit", "part"])):
            here = tokens[place + 1 : place + 1 + length]
            if [token.kind for token in here] == kinds:
                return value + here[-1].value * (here[0].value if kinds[0] == "unit" else 1.0), place + 1 + length
    return value, place


def _parts_of_scales(text: str) -> Iterator[Spelled]:
    """ "Three-quarters of a million", "half a dozen", "a quarter million"."""
    for match in _PART_OF_SCALE.finditer(text):
        part = match["part"].lower()
        if (part not in ("half", "quarter") and (not match["top"] or not match["a"])) or re.search(
            r"\b(?:and|and a|\w+ty)[- ]$", text[max(0, match.start() - 8) : match.start()], re.IGNORECASE
        ):
            continue  # "a third million" is an ordinal; "one and a half million" is read with its one
        top = (match["top"] or "a").lower()
        value = _PARTS[part] * SMALL.get(top, 1) * _SPOKEN[match["scale"].lower()]
        yield Spelled(match.start(), match.end(), value, value, value, _SPOKEN[match["scale"].lower()])


def _scores(text: str) -> Iterator[Spelled]:
    """ "Three score", "a score of ships"; a score of a game has a number behind it."""
    for match in _SCORE.finditer(text):
        value = 20.0 * (SMALL[match["many"].lower()] if match["many"] else 1.0)
        yield Spelled(match.start(), match.end(), value, value, value, 20.0)


def _sets(text: str) -> Iterator[Spelled]:
    """ "A pair of drones", "a trio of judges"; a pair of scissors is one thing."""
    for match in _SETS.finditer(text):
        if match["thing"].lower() not in _ONE_PAIR:
            value = _SIZES[match["set"].lower()]
            yield Spelled(match.start(), match.end(), value, value, value)


def _vague(text: str) -> Iterator[Spelled]:
    """Words that give an order of size: "several hundred", "a couple of dozen", "tens of thousands", "a handful"."""
    for match in _vague_pattern().finditer(text):
        low, high = 1.0, 1.0
        if match["few"]:
            low, high = table("vague")["few"][re.sub(r"^an? | of$", "", match["few"].lower())]
            for word in re.findall(r"[a-z]+", (match["scales"] or "").lower()):
                low, high = low * _SPOKEN[word], high * _SPOKEN[word]
        else:
            low, high = table("vague")["plurals"][match["plural"].lower()]
            if match["times"]:
                factor = table("vague")["times"][match["times"].lower()]
                low, high = factor * low, 5 * factor * low - 1
        yield Spelled(match.start(), match.end(), None, low, high)


def _vague_pattern() -> re.Pattern[str]:
    few, plurals, times = ("|".join(table("vague")[name]) for name in ("few", "plurals", "times"))
    return re.compile(
        rf"\b(?P<few>(?:an? )?(?:{few})(?: of)?)(?: (?P<scales>(?:{_scale})(?: (?:{_scale}))?)\b|(?<=handful of)(?= )"
        rf"|(?<=handful)\b(?! of))"
        rf"|\b(?:(?P<times>{times}) of )?(?P<plural>{plurals})\b(?!['’])",
        re.IGNORECASE,
    )
