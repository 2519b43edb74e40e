"""A figure's own part of its sentence: where the sentence begins and ends, and what of it speaks of this figure and no other."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.zones import past_dateline

__all__ = [
    "ABOUT",
    "ends_before_chance",
    "gives_chance",
    "halves",
    "inserted",
    "part_of",
    "sentence_around",
    "sentences_before",
    "spelled_out",
    "words_of_claim",
]

ABOUT = (
    r"(?:about|some|around|roughly|nearly|almost|only|just|another|an estimated|at least|at most|up to|more than|less than|fewer than|"
    r"perhaps|possibly|an average of|a total of|over|under|close to|as (?:many|much|few|little|high|low) as)"
)
_OF_ALL = r"(?:(?:global|world|worldwide|international|domestic|national|total|overall|annual) )?"
_FIGURE = rf"(?:{ABOUT} )?[$€£]?\d"
_CUT = re.compile(
    r"[;:]\s|\s?--\s?|\s[-–—]\s|,?\s+(?:but|while|whereas|although)\s+|,\s+(?:up|down|compared|against|now|today)\s+"
    rf"|,?\s+(?:and|or)\s+(?=(?:[\w’'-]+ ){{0,3}}?{_FIGURE})"
    rf"|\s+and\s+(?=(?:is|are|was|were|has|have|had|will|must)\s+(?:[\w’'-]+ ){{1,4}}?{_FIGURE})"
    rf"|,\s+and\s+(?=(?:[\w’'-]+ ){{4,6}}?{_FIGURE})"
    r"|,\s+as\s+(?=(?:[a-z’'-]+ ){1,4}?(?:rises?|rose|climbs?|climbed|falls?|fell|reach(?:es|ed)?|grows?|grew|jump(?:s|ed)?|tops?|topped|"
    r"pass(?:es|ed)?|hits?|mounts?|drops?|dropped) )"
    rf"|,\s+as\s+(?=an?\b|the\b|[A-Z])|,\s+(?:that|those) (?:of|for|in)\s+|,\s+(?=(?:[A-Z][\w’'-]+ |in |of ){{0,3}}{_FIGURE})"
    rf"|,?\s+(?:compared with|against|versus)\s+(?=(?:[a-z’'-]+ ){{1,4}}?{_FIGURE})|,?\s+where\s+"
    rf"|\s+(?:compared with|against|from|(?<!up )(?<!close )(?<!due )(?<!amounts )(?<!amount )(?<!amounted )"
    rf"(?<!comes )(?<!come )(?<!came )to)\s+(?={_FIGURE})"
    r"|(?:(?<=\d)|(?<=illion)|(?<=bn))\s+(?=(?:that |which )?(?:pays?|adds?|costs?|earns?)\s+(?:[a-z]+ ){0,2}[$€£]\d)"
    r"|,\s+(?:(?:far|well|just|slightly|still|a little) )?"
    r"(?:above|below|short of|(?:(?:more|less) than )?(?:twice|double|triple|half|\w+ times))\s+"
    r"(?=(?:the|its|their|an?|that|those|what)\b)"
    rf"|,\s+(?=(?:or )?{_FIGURE}[\d.]* ?(?:percent|per cent|%) of (?:all|world|global|the world|its|their|the)\b)"
    r"|,\s+(?:(?:more than|less than|about|some|nearly|almost|roughly|over|around|just over|just under) )?(?:an?|one|two|three|four)[ -]"
    r"(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s? of (?=(?:the|its|their|all|total)\b)"
    r"|,\s+(?:\w+|\d+) (?:more|fewer|less) than\s+(?=[A-Z]|the\b|its\b|their\b|an?\b)"
    rf"|,\s+of (?:which|these|those)\s+(?={_FIGURE})"
    r"|,\s+(?:though|driven|because|after|when|with|(?:most|many|some|half|all|nearly all|almost all) of)\s+"
)


def sentence_around(text: str, place: int) -> tuple[int, int]:
    """The sentence around a place: it ends at a full stop before a capital letter, or with its line."""
    ends = (each.end() for each in _STOP.finditer(text, max(0, place - 1500), min(len(text), place + 2)) if each.end() <= place)
    begin = max(text.rfind("\n", 0, place) + 1, max(ends, default=0))
    line = text.find("\n", place)
    line = len(text) if line < 0 else line
    stop = _STOP.search(text, place, line)
    return begin, stop.start() + 1 if stop else line


_STOP = re.compile(r"(?<![A-Z])(?<!Mr|Dr|St|No)[.!?]['\"”’)]*\s+(?=['\"“‘(]?[A-Z])")


_MODAL = r"(?:could|may|might|will|would|(?:is|are) (?:very |highly )?(?:un)?(?:likely|expected) to)"
_AND = r",?\s+(?:and|but|while)\s+(?:(?:we|they|he|she|it|I) )?"
_GIVES = (
    r"(?:also |still |only )?(?:gives?|gave|puts?|sees?|saw|assigns?|assigned|attach(?:es|ed)?) (?:an?|the|no more than an?) [^,;]{0,30}?"
    r"\b(?:chances?|probability|likelihood|odds) (?:to|of|that|for) [a-z]"
)
""" "…, and give a 30% chance to a halt in May"."""
_A_CHANCE = (
    r"(?:also |still |only )?(?:an?|the) (?:[a-z]+ )?(?:\d[\d.]*(?: ?%|[ -]per ?cent)|\w+-in-\w+) "
    r"(?:chances?|probability|likelihood|odds) (?:to|of|that|for) [a-z]"
)
""" "… a 60% chance that the ban is extended, and a 20% chance that it is lifted": each has its own."""
_HALVES = re.compile(
    rf";\s+(?!(?:in|of|and|or)\b|\d)|,\s+(?:and|but|while|whereas)\s+(?!(?:it|they|he|she|this|that|these|those)\b)"
    rf"(?=(?:[\w’'-]+ ){{1,6}}?{_MODAL}\b)"
    rf"|{_AND}(?={_GIVES}|{_A_CHANCE})"
)


def gives_chance(text: str, place: int) -> bool:
    """Whether what begins at a place gives a chance to something of its own: "give a 30% chance to a halt in May"."""
    return re.compile(rf"{_GIVES}|{_A_CHANCE}").match(text, place) is not None


def ends_before_chance(text: str, place: int) -> bool:
    """Whether what ends at a place is followed by a part of the sentence that gives a chance to something of its own."""
    return re.compile(f"{_AND}(?:{_GIVES}|{_A_CHANCE})").match(text, place) is not None


_SUPPOSED = re.compile(r"\b(?:if|unless|were|should|provided|once|when)\b", re.IGNORECASE)


_CHANCE_OF_IT = re.compile(
    r"[^;,]*?\b(?:chances?|probability|odds|likelihood)\b(?! (?:that|of|to|for) (?!it\b|this\b|that\b)[a-zA-Z])", re.IGNORECASE
)
"""What only says how likely is what was said before it: "…; we put the chance at 60 percent"."""


def halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the sentence is two or more that say each its own: "A may sign by May; officials doubt that B will". What stands under one
    condition, in quotation marks or between brackets stays whole."""
    said = text[start:end]
    if _SUPPOSED.search(said) or re.search(r"[“”\"()]", said):
        return [(start, end)]
    cuts = [
        one.span()
        for one in _HALVES.finditer(said)
        if (one.group()[0] == ";" or re.search(rf"\b(?:{_MODAL}|chances?|probability|likelihood|odds)\b", said[: one.start()]))
        and not _CHANCE_OF_IT.match(said, one.end())
    ]
    begins, ends = [start, *(start + high for _, high in cuts)], [*(start + low for low, _ in cuts), end]
    return list(zip(begins, ends, strict=True))


@cache
def _acronyms(text: str) -> tuple[tuple[str, str], ...]:
    """(short form, words) of what a text calls by its first letters once it has named it: "underground gas storage (UGS)"."""
    found = {}
    for match in _ACRONYM.finditer(text):
        words = match["words"].split()[-len(match["short"]) :]
        if "".join(word[0] for word in words).upper() == match["short"] and words[0].islower():
            found[match["short"]] = " ".join(words)
    return tuple(found.items())


_ACRONYM = re.compile(r"(?P<words>(?:[A-Za-z][\w’'-]+ ){2,6})\((?P<short>[A-Z]{2,6})s?\)")


def spelled_out(near: str, text: str) -> str:
    """The words of a figure, and behind them in brackets what their short forms stand for by the report."""
    told = [words for short, words in _acronyms(text) if re.search(rf"\b{short}s?\b", near) and words not in near]
    return f"{near} ({', '.join(told)})" if told else near


def sentences_before(text: str, start: int) -> str:
    """The two sentences before a sentence, as far as they stand in its paragraph; where it is the first of that and speaks of what was
    told before it, the last of the paragraph ahead: reports of agencies have a paragraph for each sentence."""
    found: list[str] = []
    while len(found) < 2 and start > 1 and "\n" not in text[start - 2 : start]:
        low, high = sentence_around(text, start - 2)
        found.insert(0, text[low:high])
        start = low
    ahead = text[:start].rstrip()
    if not found and _GOES_ON.match(text, start) and _ENDED.search(ahead):
        low, high = sentence_around(text, len(ahead) - 2)
        found.append(text[low:high])
    return " ".join(found)


_GOES_ON = re.compile(
    r"[\"“‘']?(?:But |And |Now,? |However, |Still, )?(?:it|they|that|this|these|those|(?:our|my|their|his|her) [a-z]+ (?:is|was) that it)\b"
    r"(?! (?:is|was) (?:clear|likely|unlikely|possible|not clear|time|unclear)\b)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[A-Za-z\d%)][.!?][\"”’']?$")


def words_of_claim(text: str, proposal: Proposal, start: int, end: int) -> tuple[int, int]:
    """Of the sentence what the claim says, without who says it; the whole sentence where the claim is its figure alone."""
    quantity = proposal.quantity
    assert quantity is not None
    low, high = max(start, proposal.start), min(end, proposal.end)
    if re.match(r"(?:which|whose|who)\b", text[low:high]) and (
        named := re.search(rf"(?:[\w’'-]+ of )?{_OF_ALL}(?:[\w’'-]+ )?[\w’'-]+,\s*$", text[start:low])
    ):
        low = start + named.start()
    is_alone = high - low < quantity.end - quantity.start + 16 or not low <= quantity.number_start < high
    return (start, end) if is_alone else (low, high)


def part_of(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """The figure's own part of its sentence: what other figures and "but", "up from", "while" part from it; where that has no verb of
    its own, with the words that all parts share; where it has no subject of its own, with that of the sentence."""
    behind = past_dateline(text, start, end)
    start = behind if behind <= quantity.number_start else start
    if (
        own := _aside(text, start, end, quantity)
        or _own_noun(text, start, end, quantity)
        or _whole_of(text, start, end, quantity)
    ):
        return own
    if paired := _of_pair(text, start, end, quantity):
        return paired
    text = _without_asides(text, start, end, quantity)
    cuts = _cuts(text, start, end)
    before = [match for match in cuts if match.end() <= quantity.number_start]
    high = min((match.start() for match in cuts if match.start() >= quantity.end), default=end)
    if not before:
        return text[start:high]
    low = max(
        (match.start() for match in _WHICH.finditer(text, before[-1].start(), quantity.number_start)), default=before[-1].start()
    )
    is_told = before[-1].group().startswith(":")  # "imports come by three pipes: 20 tonnes a week"
    begin = before[-2].end() if is_told and len(before) > 1 else start
    turns = [
        match for match in before[:-1] if match.group()[0] in ":;" or match.group().strip(" ,") == "as"
    ]  # what stands before a colon, or before "as the toll rises", has told its own
    later = [match for match in before if not turns or match.start() > turns[-1].start()]
    begin = turns[-1].end() if turns and not is_told else begin
    part, first = text[low:high], text[begin : (before[-1] if is_told else later[0]).start()]
    if _NO_SUBJECT.match(part):
        return f"{_subject(first)} {part}"
    if _NO_VERB.match(part) and not _VERB.search(part):
        return f"{_predicate(first)} {part}"
    is_label = is_told and not _VERB.search(first)  # "Imports: 40 tonnes a week, seed included"
    said = text[max(low, before[-1].end()) : high]  # what parts it, such as "compared with", is no verb of its own
    return part if _VERB.search(said) and not is_label else f"{first} {part}"


_PAIRED = re.compile(
    r"\b(?P<one>[a-z-]+) and (?:the |its |their )?(?P<other>[a-z-]+)(?P<verb>(?: [a-z]+){1,3} )"
    r"(?P<first>[$€£]?\d[^;:.]*?) and (?P<second>[$€£]?\d[^;:]*?),? respectively"
)


def _of_pair(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """Of "cases and deaths were 310 and 12 respectively" what speaks of one of the two; "" where the figure stands in no such pair."""
    for match in _PAIRED.finditer(text, start, end):
        for noun, number in (("one", "first"), ("other", "second")):
            if match.start(number) <= quantity.number_start < match.end(number):
                return f"{text[start : match.start()]}{match[noun]}{match['verb']}{match[number]}"
    return ""


def _cuts(text: str, start: int, end: int) -> list[re.Match[str]]:
    """What parts a sentence, without the "and" of a list that has no verb yet: "imports of fuel, food and medicine cost 40"."""
    kept: list[re.Match[str]] = []
    for match in _CUT.finditer(text, start, end):
        said = text[kept[-1].end() if kept else start : match.start()]
        if match.group().strip() == "to" and _BROUGHT.search(said) and not re.search(r"\d", said):
            continue  # "has cut the number of slots to 24": no figure stands before it from which it could be parted
        is_list = match.group().strip(" ,") in ("and", "or") and not _VERB.search(said) and not _COUNTS.search(said)
        if not is_list or re.match(r"[$€£]?\d", text[match.end() :]):
            kept.append(match)
    return kept


_BROUGHT = re.compile(
    r"\b(?:has|have) (?:now |since |again )?"
    r"(?:cut|raised|reduced|lowered|increased|limited|brought|lifted|trimmed|capped)\b"
)
_COUNTS = re.compile(
    r"\d|\b(?:half|quarter|third|million|thousand|hundred|dozen|two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_INSERTED = re.compile(
    r"\s--\s[^–—;:]*?\s--(?=\s)|\s[–—-]\s[^–—;:]*?\s[–—-](?=\s)|\([^()]*\)|,\s(?:which|who)\s[^,;:]*,(?=\s[a-z])"
)


def _without_asides(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """The text with blanks where dashes or brackets put something else into the sentence: "sales abroad – to its neighbours – take 40"."""
    for low, high in inserted(text, start, end, quantity):
        text = text[:low] + " " * (high - low) + text[high:]
    return text


def inserted(text: str, start: int, end: int, quantity: FoundQuantity) -> list[tuple[int, int]]:
    """Where dashes or brackets put something into a sentence in which the figure does not stand."""
    found = (match.span() for match in _INSERTED.finditer(text, start, end))
    return [(low, high) for low, high in found if high <= quantity.number_start or quantity.end <= low]


_WHICH = re.compile(rf"(?:[\w’'-]+ of )?{_OF_ALL}(?:[\w’'-]+ )?[\w’'-]+,\s+(?:which|whose|who)\b")
"""A clause about a thing, with the words that name the thing."""
_NAMES_A_PLACE = r"(?:city|town|village|country|nation|region|province|state|district|metropolis|island|county|territory|place)"
_ASIDE = re.compile(
    rf",\s+(?P<said>(?:an?|the|home to|with)\s+(?:[\w’'-]+ ){{0,3}}?(?:{_NAMES_A_PLACE}s? (?:of|with)\s+|home to\s+)?"
    r"(?:[^,;.]|(?<=\d)[,.](?=\d))*?),(?!\d)"
)


def _aside(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """What is said by the way of a place, with its name: "Lusaka, a city of 3 million people, …"; "" where the figure is in no such words."""
    for match in _ASIDE.finditer(text, start, end):
        if match.start("said") <= quantity.number_start and quantity.end <= match.end("said"):
            is_of_place = re.search(
                rf"\b(?:{_NAMES_A_PLACE}s? (?:of|with)|home to)\b", match["said"][: quantity.number_start - match.start("said")]
            )
            is_of_place = is_of_place or _WHO_LIVE.fullmatch(match["said"])
            name = re.search(r"[\w’'-]+$", text[start : match.start()])
            return f"{name.group() if name else ''}, {match['said']}" if is_of_place else ""
    return ""


_WHO_LIVE = re.compile(
    rf"(?:with|home to) (?:{ABOUT} )?[\d.,]+(?: (?:thousand|million|billion))? (?:people|inhabitants|residents|citizens)",
    re.IGNORECASE,
)
""" "Lorn, with 22,000 people, has 137 of the cases": so many live there, and have none of what it has."""
_OWN_NOUN = re.compile(
    r"(?:^|(?P<ahead>\S+)\s+)(?P<said>(?:(?:the|its|their|an?|this)\s+|[\w’'-]+(?:['’]s?|s['’])\s+)(?:[\w’'-]+(?:['’]s?)?\s+){0,3}?"
    rf"(?P<noun>populations?|{_NAMES_A_PLACE})\s+of\s+(?:{ABOUT}\s+)?)$",
    re.IGNORECASE,
)
_GIVES_IT = re.compile(r"(?:has|have|had|with|is|was|are|were|by|at|holds?|reached|counts?|to)$", re.IGNORECASE)
_BEHIND_OWN = re.compile(r"(?:\s+(?:people|inhabitants|residents|souls))?")


def _own_noun(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """The words of a figure that says how many live somewhere while its sentence tells something else: "3,700 cases in the islands'
    population of about 200,000", "the island state of 200,000 declared …"; "" where the sentence tells that number itself."""
    found = _OWN_NOUN.search(text[start : quantity.number_start])
    if found is None or (found["ahead"] and _GIVES_IT.match(found["ahead"])):
        return ""
    behind = _BEHIND_OWN.match(text, quantity.end, end)
    return f"{found['said']}{text[quantity.number_start : behind.end() if behind else quantity.end]}"


_PART_OF = re.compile(
    r"\d[\d.,]*(?: ?%| per ?cent)?(?: (?:million|billion|trillion))?(?: (?!of\b)[\w’'-]+){0,3} (?:out )?of (?:the|its|their)(?: total)? "
    rf"(?:{ABOUT} )?$",
    re.IGNORECASE,
)


def _whole_of(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """The words of a figure of which another is a part: "is to repay 7 billion this year of the 25 billion in loans that fall due by
    2026"; "" where it is no such whole."""
    if _PART_OF.search(text[start : quantity.start]) is None:
        return ""
    high = next((cut.start() for cut in _CUT.finditer(text, quantity.end, end)), end)
    return text[quantity.start : high]


_FUNCTION = (
    r"(?:the|an?|its|their|his|her|this|that|these|those|in|at|on|from|to|by|for|of|with|via|through|as|than|over|under|up|down|so|not|about|"
    r"some|around|roughly|nearly|almost|only|just|another|more|less|fewer|most|least|close|many|much|it|they|he|she|we|who|which)"
)
_EARNS = "earn|bring|cost|take|make|need|use|sell|buy|send|hold|come|pay|total|stand|average|fetch|yield|amount|are|were|have|had"
_NO_SUBJECT = re.compile(
    rf"^\W*(?:and|or|but)\s+(?:(?:also|then|still|now|can|could|may|will|would|must|is|are|has|have|had|was|were)\s+)*"
    rf"(?!{_FUNCTION}\b|[a-z]+s (?:at|of|in|for) |[a-z]+s (?:{_EARNS})\b)(?P<does>[a-z]+)\s+(?:\w+ ){{0,2}}?{_FIGURE}"
)


# "and grindings at 4.78 million": a thing of its own, of which the verb before it is said
_NO_VERB = re.compile(
    rf"\W*(?:and|while|but|or)\s+(?:(?:the|an?|its|their)\s+)?(?!{_FUNCTION}\b)[\w’'-]+\s+(?:[\w’'-]+\s+){{0,4}}?{_FIGURE}",
    re.IGNORECASE,
)


def _predicate(first: str) -> str:
    """What the first part of a sentence says of its subject: its verb and what follows."""
    verb, figure = _VERB.search(first), re.search(_FIGURE, first)
    if verb is not None and (figure is None or verb.start() < figure.start()):
        return first[verb.start() :]
    if figure is None:
        return first
    last = re.search(r"[\w’'-]+\s*$", first[: figure.start()])
    return first[last.start() :] if last else first


def _subject(first: str) -> str:
    """What the first part of a sentence speaks of: what stands before its verb and its figure."""
    figure = re.search(_FIGURE, first)
    words = re.sub(rf"\s*\b{ABOUT}\s*$", "", first[: figure.start()] if figure else first).split()
    while words and _VERB.fullmatch(words[-1]):
        words.pop()
    return " ".join(words[:-1]) if len(words) > 1 and figure and not words[-1][:1].isupper() else " ".join(words)


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|may|needs?|costs?|takes?|uses?|eats?|buys?|"
    r"sells?|sends?|holds?|makes?|consumes?|earns?|pays?|owes?|loses?|gives?|comes?|arrives?|leaves?|lies|wants?|asks?|dies?|accounts?|grows?|"
    r"brings?|brought|sold|sent|held|made|bought|ate|came|lost|gave|paid|went|took|fell|rose|grew|stood|\w{3,}ed)\b"
)
