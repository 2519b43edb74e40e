"""Signs in a sentence that the day or the speaker of a figure may be another's: where several of them meet, the field is left open.

Of the figures of texts that no rule was made for these signs stand at many whose day or speaker was read wrong, and at few that were
read right: another voice in the same sentence; between a figure and its day a comma, a further figure, a clause, a comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from foedus.evidence.reading.choice import FieldChoice
from foedus.evidence.reading.cues import inflected
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.sources import can_speak
from foedus.evidence.reading.spelled import NUMBER_WORD
from foedus.evidence.reading.units import singular

__all__ = ["OtherVoice", "left_open", "other_voice"]

_MOST_SIGNS = 1
_SIGNS = (
    re.compile(r",(?!\d)"),
    re.compile(rf"\d|\b{NUMBER_WORD}\b", re.IGNORECASE),
    re.compile(r";|\b(?:which|who|whose|that|when|where|while|but|as|before|after|if|although|because)\b", re.IGNORECASE),
    re.compile(r"\band (?:\w+ )?(?:has|have|had|is|are|was|were|will|would|\w+ed|held|lost)\b", re.IGNORECASE),
    re.compile(
        r"(?<!more )(?<!less )(?<!fewer )\bthan\b|\b(?:times|against|compared|level|as much as|as many as|out of|on top of|instead)\b|"
        r"\bfrom (?:an? |the )?[$€£]?\d",
        re.IGNORECASE,
    ),
)
""" What parts a figure from a day: a comma, a figure, a clause, a second deed, a comparison."""
_NUMBER = r"[$€£]?\d[\d,.]*(?: (?:million|billion|trillion|percent|per cent))?"
_WITH_IT = (
    re.compile(rf"(?:^|(?<=\s)){_NUMBER}(?: [a-z][\w-]*){{0,5}} and $"),
    re.compile(rf"\bfrom {_NUMBER}[^,;]{{0,20}} to $"),
    re.compile(rf"^[^,;]{{0,20}}? to {_NUMBER}"),
    re.compile(rf"(?:^|(?<=\w)), or {_NUMBER}[^,;.]{{0,30}},"),
)
""" "Killing 27 rebels and 20 soldiers", "from 12 to 20", "80 percent, or 2 million, of them": of one deed."""
_OPENS = re.compile(r"(?:^|\n|[.!?:][”\"]? +)\W?(?:[A-Za-z]+ ){0,2}$")
_WHEN = re.compile(r",? when ")


def left_open(
    text: str,
    figure: FoundQuantity | None,
    choice: FieldChoice[TimeMention],
    said: TimeMention | None,
    mentions: Sequence[TimeMention],
) -> FieldChoice[TimeMention]:
    """The day of a figure, open where two or more signs stand between the two.

    Args:
        said: when it was uttered. mentions: all times of the paragraph; what they are written with is no sign.
    """
    day = choice.taken
    if figure is None or day is None or day == said or _COUNTED_ON.search(text, max(0, day.start - _COUNTING), day.start):
        return choice
    if _is_of_chance(text, figure, day, mentions):
        return choice
    is_behind = figure.end <= day.start
    between = _without(text, *((figure.end, day.start) if is_behind else (day.end, figure.start)), mentions)
    for part in _WITH_IT:
        between = part.sub("", between)
    if not is_behind:
        is_opener = _OPENS.search(text, max(0, day.start - _OPENING), day.start) is not None
        between = between[when.end() :] if (when := _WHEN.match(between)) else between.removeprefix(",") if is_opener else between
    if (not is_behind or ";" not in between) and _unread_behind(text, figure, mentions):
        return FieldChoice(None, (day,))
    if _is_of_named_year(text, day, mentions):
        return FieldChoice(None, (day,))
    if not is_behind and _has_own_behind(text, figure, day, mentions):
        return FieldChoice(None, (day,))
    if sum(sign.search(between) is not None for sign in _SIGNS) <= _MOST_SIGNS:
        return choice
    return FieldChoice(None, (day,))


_CHANCE = re.compile(
    r" (?:chance|probability|likelihood|risk|odds|possibility|prospect|likely|probable|certain|sure)s? (?:that\b|of\b)"
)


def _is_of_chance(text: str, figure: FoundQuantity, day: TimeMention, mentions: Sequence[TimeMention]) -> bool:
    """ "A 30 percent chance that the price passes $9 by the end of April": by when it may come is its day, if no other is told."""
    if day.start < figure.end or _CHANCE.match(text, figure.end) is None:
        return False
    between = text[figure.end : day.start]
    is_one = not any(figure.end <= each.start < day.end and each != day for each in mentions)
    return is_one and re.search(r"[;:,(]| and | or ", _THOUSANDS.sub("", between)) is None


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_COUNTED_ON = re.compile(r"\bas (?:of|at) $", re.IGNORECASE)
_COUNTING = 8
_UNREAD = re.compile(
    r"(?: (?!and|or|but|from|to|than)[\w-]+){0,3} (?:in|during|for|over) (?:the|that|its) (?:[\w-]+ ){0,2}"
    r"(?:week|month|quarter|year|period|season)\b(?! (?:to|of))"
)


def _unread_behind(text: str, figure: FoundQuantity, mentions: Sequence[TimeMention]) -> bool:
    """Whether a time that no rule reads stands right behind a figure: "dropped 3 percent in the lean season"."""
    match = _UNREAD.match(text, figure.end)
    return match is not None and not any(each.start < match.end() and match.start() < each.end for each in mentions)


_WRITTEN_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAID_YEAR = re.compile(r"\b(?:(?:19|20)\d\d|this|last|next)\b|year", re.IGNORECASE)


def _is_of_named_year(text: str, day: TimeMention, mentions: Sequence[TimeMention]) -> bool:
    """ "By early 2018 it was 2 million, with a peak of 3 in April": a month without a year, behind another year in its sentence."""
    if not re.match(r"\d{4}-\d\d", day.value or "") or _SAID_YEAR.search(day.text) is not None:
        return False
    before = [each for each in mentions if each.end <= day.start and ". " not in text[each.end : day.start]]
    before = [each for each in before if not (each.value or ">").startswith(">")]  # "closed since 2020, will reopen in June"
    years = [found.group() for each in before if (found := _WRITTEN_YEAR.search(each.text)) is not None]
    return day.kind == "partial" and bool(years) and years[-1] < (day.value or "")[:4]


_ORDERED = re.compile(
    r"(?: (?:criminal |civil )?[a-z]+)? (?:the|it|they|he|she|its|their)\b(?: [\w-]+){0,4} (?:was|were|had|has|have|\w+ed)\b"
    r"(?: [\w-]+){0,4} $"
)


def _has_own_behind(text: str, figure: FoundQuantity, day: TimeMention, mentions: Sequence[TimeMention]) -> bool:
    """ "Threw out on Monday the fine of 500 crowns it was told to pay in 2012": a day of its own behind a clause about the figure."""
    after = next((each for each in mentions if each.start >= figure.end and each.value and each.value != day.value), None)
    return after is not None and _ORDERED.fullmatch(text, figure.end, after.start) is not None


_OPENING = 40


def _without(text: str, low: int, high: int, mentions: Sequence[TimeMention]) -> str:
    """What stands between two places, without the times in it."""
    kept = []
    for each in mentions:
        if low <= each.start and each.end <= high:
            kept.append(text[low : each.start])
            low = each.end
    return _YEAR.sub(" ", " ".join((*kept, text[low:high])))


_YEAR = re.compile(r"(?: and)? (?:19|20)\d\d\b")


@cache
def _voicing() -> frozenset[str]:
    """The forms of verbs of which somebody who speaks is the subject."""
    verbs = phrases("cues", "plain_saying") | _VIEWING
    return frozenset(form for verb in verbs for form in inflected(verb))


_VIEWING = frozenset("expect predict forecast project foresee estimate reckon hint disclose reveal".split())
_SHOWING = frozenset("show shows showed found finds find".split())
""" "The report found": police who found 12 rings say nothing."""
_OWN = frozenset("i we you who which that it there this these those what".split())
_DEEPEST = 14


@dataclass(frozen=True)
class OtherVoice:
    """A verb of saying in the sentence of a figure that may hold it.

    Attributes:
        verb: of saying. is_behind: behind all that is said: "…, two brokers said". is_sure: what it says cannot but hold the figure.
    """

    verb: Word
    is_behind: bool
    is_sure: bool


def other_voice(sentence: Sentence, figure: Word, cue: int | None, source: tuple[int, int] | None) -> OtherVoice | None:
    """The verb of saying that may hold a figure, other than the one by which it is handed on.

    Args:
        cue: where the verb stands that hands the figure to its source; None where the narrator tells it.
        source: where that source stands.
    """
    above = _above(sentence, figure)
    for verb in sentence.words:
        if not verb.tag.startswith("VB") or verb.start == cue or not _speaks(sentence, verb, source):
            continue
        low, high = sorted((verb.index, figure.index))
        if any(each.text == ";" for each in sentence.words[low:high]):
            continue
        below = above.get(verb.index)
        is_behind = (below is None or below.relation in _HOLDING) and _is_behind(sentence, figure, verb)
        if is_behind and (below is None or cue is not None):
            return OtherVoice(verb, True, below is not None)
        if below is not None and cue is None and _holds(sentence, figure, above, verb, below):
            is_thing = below.relation == "conj" and below.tag.startswith("NN")  # "it offered 12 percent, and a rise of 23"
            return OtherVoice(verb, False, is_thing and below.index > verb.index)
    return None


def _speaks(sentence: Sentence, verb: Word, source: tuple[int, int] | None) -> bool:
    """Whether a verb has a subject that speaks, and that is not the source already."""
    subject = sentence.child(verb, "nsubj")
    if subject is None or not _is_voice(subject, verb) or sentence.child(verb, "neg") is not None:
        return False
    return source is None or not source[0] <= subject.start < source[1]


_HOLDING = ("ccomp", "xcomp", "conj", "dep", "parataxis")
_DOING = frozenset(
    "admit admits admitted declare declares declared acknowledge acknowledged report reported claim claims claimed "
    "state stated".split()
)
""" "Our teams have admitted 128 patients": a deed, where no clause hangs on it."""


def _holds(sentence: Sentence, figure: Word, above: dict[int, Word], verb: Word, below: Word) -> bool:
    """Whether what hangs on a verb of saying is what is said, and not of a noun in it, or a second deed of who speaks."""
    way = [figure, *(sentence.words[place] for place in above)]
    is_about = any(each.relation in ("relcl", "advcl") for each in way[: way.index(below) + 1])
    if below.relation == "dobj":
        return verb.lower not in _DOING and not is_about
    return below.relation in _HOLDING and not is_about and not _is_own_deed(sentence, below)


def _is_voice(subject: Word, verb: Word) -> bool:
    name = singular(subject.lower)
    if verb.lower in _SHOWING:
        return name in phrases("cues", "speaking_things") - phrases("cues", "imagery")
    if subject.lower in _OWN or verb.lower not in _voicing():
        return False
    return can_speak(subject) or name in phrases("cues", "speaking_things") or name in phrases("cues", "counters")


def _above(sentence: Sentence, word: Word) -> dict[int, Word]:
    """The words that a word hangs on, each with the one below it on the way."""
    found: dict[int, Word] = {}
    for _ in range(_DEEPEST):
        above = sentence.words[word.head]
        if above is word:
            break
        found[above.index] = word
        word = above
    return found


def _is_own_deed(sentence: Sentence, below: Word) -> bool:
    """ "Denied that …, and pulled its teams out of 2 counties": a second deed of who speaks."""
    return below.relation == "conj" and not below.tag.startswith("NN") and sentence.child(below, "nsubj", "nsubjpass") is None


def _is_behind(sentence: Sentence, figure: Word, verb: Word) -> bool:
    """ "…, two people familiar with the matter said": between a comma and the end of what is said, behind the figure."""
    if verb.index <= figure.index or verb.relation in ("relcl", "acl", "advcl"):
        return False
    if any(each.relation == "ccomp" and each.index > verb.index for each in sentence.children[verb.index]):
        return False  # "…, and the mayor said in May that …"
    between = sentence.words[figure.index : verb.index]
    if not any(each.text == "," for each in between):
        return False
    after = sentence.words[verb.index + 1].lower if verb.index + 1 < len(sentence.words) else "."
    return after in _ENDING or after.endswith("day")


_ENDING = frozenset(", . ; on in to at late early earlier".split())
""" "…, she said on Monday": what may stand behind a verb of saying that has nothing of its own to say."""
