"""Whether an expression of time is that of a figure: by the verbs that the two hang on, and what lies between those."""

from __future__ import annotations

import re
from itertools import pairwise

from foedus.evidence.reading.choice import Bond
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.granted import is_inset
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.tenses import SCHEDULED, turn_at

__all__ = ["bond_of_day", "is_of_always", "is_of_count", "is_of_event"]

_DEEPEST = 30
_NEAR = 4
_SCHEDULING = frozenset(
    "set fixed due held taken conducted scheduled planned carried ended ending dated billed beginning starting".split()
)
""" "The trial, set for 3 February, will hear 90 witnesses": when a thing takes place is when it does what it does."""
_MOMENTS = frozenset("if when once as after until till before should unless where since come like unlike".split())
_TIMES = frozenset("time moment day night week month year hour minute period point date".split())


def bond_of_day(sentence: Sentence, word: Word, mention: TimeMention) -> Bond:
    """How a time of a sentence is tied to one of its words.

    Args:
        word: the figure; the verb of a statement without one.
    """
    inside = [each for each in sentence.words if mention.start <= each.start < mention.end]
    if not inside:
        return Bond.OWN
    places = {each.index for each in inside}
    top = next((each for each in inside if each.head not in places), inside[-1])
    if _is_parted(sentence, word, top) or _is_in_brackets(sentence, word, top):
        return Bond.OTHER
    if is_of_count(sentence, inside[0]) and _is_counted_then(sentence, word, top):
        return Bond.OWN
    if _is_of_other_phrase(sentence, word, top) or _is_base_day(sentence, word, inside[0], mention):
        return Bond.OTHER
    if _is_in_front(sentence, word, top, _REASONS):
        return Bond.OTHER
    if _is_of_compared(sentence, word, top) or _is_of_apposed(sentence, word, top) or _is_inset(sentence, word, top):
        return Bond.OTHER
    if _is_listed_behind(sentence, word, places) or (
        top.relation in ("nsubj", "nsubjpass") and inside[0].lower in ("between", "from")
    ):
        return Bond.OPEN
    if _is_in_front(sentence, word, top, _LATER):
        return Bond.OPEN  # "after the mill lost 40 men on Monday, it hired 90"
    verb, other = _verb_above(sentence, word), _verb_above(sentence, top)
    if _is_aimed_at(sentence, other, inside[0], mention):
        return Bond.OPEN
    if _is_what_it_is(sentence, word) or _is_whole(sentence, word) or _is_length(sentence, verb, mention):
        return Bond.OTHER
    saying = sentence.words[inside[0].index - 1] if inside[0].index else verb
    if saying.lower in ("said", "told") and _is_behind_saying(sentence, word, verb, inside):
        return Bond.OTHER
    if verb.index == other.index or other.index in places:
        return Bond.OWN
    above, below = _line(sentence, verb), _line(sentence, top)
    if any(each.index == other.index for each in above):
        return _of_ruling(sentence, verb, other, top)
    if any(each.index == verb.index for each in below):
        return _of_ruled(sentence, word, verb, other, top)
    return Bond.OPEN


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PUT_DOWN = frozenset(
    "booked called convened announced postponed delayed rescheduled put tabled slated earmarked pencilled".split()
)
""" "Is booked for 12 November": a day in a diary is that on which it takes place."""


def _is_aimed_at(sentence: Sentence, verb: Word, time: Word, mention: TimeMention) -> bool:
    """ "Has hired 40 guards for 17 December", "ordered 9 ships for Monday": the day that a deed is for is not that on which it was done."""
    before = sentence.words[time.index - 1].lower if time.index else ""
    is_deed = verb.tag in ("VBD", "VBN") and sentence.child(verb, "dobj", "nsubjpass") is not None
    is_deed = is_deed and verb.lower not in _SCHEDULING | _PUT_DOWN
    return before == "for" and is_deed and _DAY.fullmatch(mention.value or "") is not None


def _is_what_it_is(sentence: Sentence, word: Word) -> bool:
    """ "The Dali, a 289-metre vessel, was refloated on May 20": what a thing is, is so on any day."""
    for each in _line(sentence, word)[:_NEAR]:
        if each.relation == "appos":
            return any(below.lower in ("a", "an") for below in sentence.children[each.index])
    return False


_AGAINST = frozenset("compared measured against unlike versus".split())


def _is_of_compared(sentence: Sentence, word: Word, time: Word) -> bool:
    """ "Compared with the peak in April 2018, the loss is 40 percent": when the other was, not what is held against it."""
    opener = next((each.index for each in sentence.words[: time.index] if _is_comparing(sentence, each)), None)
    if opener is not None and not word.tag.startswith("VB"):
        comma = next((each.index for each in sentence.words[opener:] if each.text == ","), 0)
        is_then = any(each.lower == "when" for each in sentence.words[comma : word.index])
        return time.index < comma < word.index and not is_then
    for each in _line(sentence, time)[1:]:
        if each.lower in _AGAINST and each.relation in ("prep", "advcl", "acl"):
            low, high = sorted((time.index, word.index))
            is_then = any(one.lower == "when" for one in sentence.words[low:high])
            return word.index > each.index and word not in sentence.subtree(each) and not is_then
        if each.tag.startswith("VB"):
            return False
    return False


def _is_comparing(sentence: Sentence, word: Word) -> bool:
    """ "Compared with the peak in May, …": at the beginning, or behind a comma."""
    return word.lower in _AGAINST and (word.index < _NEAR or sentence.words[word.index - 1].text == ",")


_JUST = 2
_PRIOR = re.compile(r"from (?:the )?(?:previous|prior|preceding|same|year-earlier|last)\b", re.IGNORECASE)
_AGO = re.compile(r"(?:from|than|versus|against) .*\b(?:same|earlier|ago|before|previous|prior|preceding)\b", re.IGNORECASE)


def _is_base_day(sentence: Sentence, word: Word, first: Word, mention: TimeMention) -> bool:
    """ "Will fall 10 percent from the same period in 2003": when it was what it is held against."""
    before = sentence.words[first.index - 1].text if first.index else ""
    if any(each.lower == "than" for each in sentence.words[max(0, first.index - _JUST) : first.index]):
        return word.index < first.index
    if _PRIOR.match(f"{before} {mention.text}"):
        return True  # "rose 4 percent from last year to 41 million"
    if _is_below_than(sentence, word, first):
        return True
    return word.index < first.index and any(_AGO.match(each) for each in (mention.text, f"{before} {mention.text}"))


def _is_below_than(sentence: Sentence, word: Word, time: Word) -> bool:
    """ "3 tonnes lower than on the day of the launch in April": a time that hangs on what stands behind the "than"."""
    for each in _line(sentence, time):
        if each.tag.startswith("VB"):
            return False
        if each.lower == "than":
            return word.index < each.index and word not in sentence.subtree(each)
    return False


_COUNT_DAY = 2


def is_of_count(sentence: Sentence, time: Word) -> bool:
    """ "As of 28 July", "as at Tuesday": the day on which was counted.

    Args:
        time: the first word of the time.
    """
    before = [each.lower for each in sentence.words[max(0, time.index - _COUNT_DAY) : time.index]]
    return before[-2:] in (["as", "of"], ["as", "at"]) or (before[-1:] == ["as"] and time.lower in ("of", "at"))


def _is_counted_then(sentence: Sentence, word: Word, time: Word) -> bool:
    """Whether the day of a count is that of a figure: it opens the sentence, or stands behind the figure in the clause of its verb."""
    if sentence.words[0].lower == "as" and time.index < word.index:
        between = sentence.words[time.index : word.index]
        return not any(each.relation == "mark" or each.tag == "WDT" for each in between)
    verb, other = _verb_above(sentence, word), _verb_above(sentence, time)
    while other.index != verb.index and other.relation in ("acl", "relcl"):
        other = _verb_above(sentence, sentence.words[other.head])  # "80 percent of the gas pumped last summer as of 29 January"
    return verb.index == other.index and time.index > word.index


_THINGS = frozenset("from below above than off over against versus beyond".split())
_BEFORE = frozenset("before after until till of from".split())


def _is_of_other_phrase(sentence: Sentence, word: Word, time: Word) -> bool:
    """ "40 percent below its peak of May 2020", "held over a riot in May", "before Tuesday's vote": of a thing beside what is told."""
    line = _line(sentence, time)
    held = sentence.words[time.head]
    if time.relation == "poss" and held.tag.startswith("NN"):
        link = sentence.words[held.head]
        is_ahead = link.lower != "of" or sentence.words[link.index - 1].lower == "ahead"
        return held.relation == "pobj" and link.lower in _BEFORE and is_ahead and word not in sentence.subtree(held)
    for below, above in pairwise(line):
        if above.tag.startswith("VB"):
            return False
        is_thing = below.relation == "pobj" and below.tag.startswith("NN") and below not in line[:2]
        if is_thing and above.lower in _THINGS and above.tag == "IN":
            return below.lower not in _TIMES and word not in sentence.subtree(below) and time.index > below.index
    return False


def _is_inset(sentence: Sentence, word: Word, time: Word) -> bool:
    """ "Unemployment, at 8.6 percent, is likely to pass 10 by June": how much there is now, set between commas."""
    step = next((each for each in _line(sentence, word)[:_NEAR] if is_inset(sentence, each)), None)
    return step is not None and time not in sentence.subtree(step)


def _is_of_apposed(sentence: Sentence, word: Word, time: Word) -> bool:
    """ "Ada Berg, minister for 49 days in 2022, has lost by 630 votes": when somebody was what he is called, not of what is told."""
    for each in _line(sentence, time):
        if each.relation == "appos":
            return word not in sentence.subtree(each) and sentence.words[each.head].index < each.index < time.index
        if each.tag.startswith("VB"):
            return False
    return False


def _is_whole(sentence: Sentence, word: Word) -> bool:
    """ "Received 4 on Monday, out of 7 that it had asked for": of how many, not how many then."""
    line = _line(sentence, word)[:_NEAR]
    return any(each.lower == "of" and each.index and sentence.words[each.index - 1].lower == "out" for each in line)


def _is_length(sentence: Sentence, verb: Word, mention: TimeMention) -> bool:
    """ "Flocks recover in about six months": how long it takes, where the verb is in the present and tells of no date in a diary."""
    if re.match(r"(?:in|within) .*(?:days?|weeks?|months?|years?)$", mention.text, re.IGNORECASE) is None:
        return False
    has_helper = sentence.child(verb, "aux", "auxpass") is not None
    return verb.tag in ("VBZ", "VBP") and not has_helper and verb.lower not in SCHEDULED


def is_of_always(sentence: Sentence, word: Word) -> bool:
    """ "Said on Sunday that he would not use the act, which allows 80 days": told of no day, in a clause about a noun."""
    for each in _line(sentence, word):
        if each.relation == "relcl":
            helpers = [below.tag for below in sentence.children[each.index] if below.relation in ("aux", "auxpass")]
            return each.tag in ("VBZ", "VBP") and not helpers
    return False


def _verb_above(sentence: Sentence, word: Word) -> Word:
    """The nearest verb that a word hangs on; the topmost word where there is none."""
    for _ in range(_DEEPEST):
        if word.tag.startswith("VB") or word.head == word.index:
            return word
        word = sentence.words[word.head]
    return word


def _line(sentence: Sentence, word: Word) -> list[Word]:
    """A word and all that it hangs on, upwards."""
    found = [word]
    while found[-1].head != found[-1].index and len(found) < _DEEPEST:
        found.append(sentence.words[found[-1].head])
    return found


def _is_parted(sentence: Sentence, one: Word, other: Word) -> bool:
    """Whether a semicolon, or a dash or colon with a verb on either side of it, stands between two words."""
    low, high = sorted((one.index, other.index))
    return any(each.text == ";" for each in sentence.words[low:high])


_REASONS = frozenset("although though because whereas while".split())


_LATER = frozenset(("after", "before"))


def _is_in_front(sentence: Sentence, word: Word, time: Word, marks: frozenset[str]) -> bool:
    """ "Although the mill lost 40 men yesterday, it has 90": a time in front of a comma, behind the word that opens a clause of its own."""
    before = sentence.words[: time.index]
    mark = next((each for each in reversed(before) if each.lower in marks and each.relation == "mark"), None)
    if mark is None or any(each.text == "," for each in sentence.words[mark.index : time.index]):
        return False
    if mark.index and sentence.words[mark.index - 1].text != ",":
        return False
    return any(each.text == "," for each in sentence.words[time.index : word.index]) and word.index > time.index


def _is_in_brackets(sentence: Sentence, word: Word, time: Word) -> bool:
    """ "Has 60 homes (64 last year)": a time in brackets is of what stands in them."""
    low, high = sorted((word.index, time.index))
    marks = [each.text for each in sentence.words[low:high] if each.text in "()"]
    return bool(marks) and marks[-1] == "(" if time.index > word.index else bool(marks) and marks[0] == ")"


def _is_listed_behind(sentence: Sentence, word: Word, places: set[int]) -> bool:
    """ "Built 23 homes in 2021 and 80 in May": joined to a time by the parser, and the next of what is told."""
    line = _line(sentence, word)[: 2 * _NEAR]
    steps = [(below, above) for below, above in pairwise(line) if not above.tag.startswith("VB")]
    return any(below.relation == "conj" and above.index in places for below, above in steps)


def _is_behind_saying(sentence: Sentence, word: Word, verb: Word, time: list[Word]) -> bool:
    """ "Said on Wednesday, as 800 beds were set up", "said on Wednesday that 800 beds": when it was said."""
    after = sentence.words[time[-1].index + 1].lower if time[-1].index + 1 < len(sentence.words) else ""
    saying = time[0].index - 1
    return (saying != verb.index and verb.index > time[-1].index) or (after == "that" and word.index > time[-1].index)


def _has_subject(sentence: Sentence, verb: Word) -> bool:
    return sentence.child(verb, "nsubj", "nsubjpass", "expl", "csubj") is not None


def _of_ruling(sentence: Sentence, verb: Word, other: Word, time: Word) -> Bond:
    """The time hangs on a verb above that of the figure: "on Monday police stopped a lorry, finding 40 kilos"."""
    for step in _line(sentence, verb):
        if step.index == other.index:
            return Bond.OWN
        if not step.tag.startswith("VB"):
            continue
        if step.relation == "conj":
            found = _of_joined(sentence, step, other, time)
        elif step.relation == "advcl":
            found = Bond.OWN if step.tag == "VBG" and not _has_subject(sentence, step) else _of_moment(sentence, step)
        elif step.relation == "xcomp" and other.lower in _RESOLVING and other.index < time.index < step.index:
            found = Bond.OTHER  # "agreed in May to swap 1,000 prisoners"
        elif step.relation in ("relcl", "acl"):
            first = sentence.subtree(step)[0].lower
            found = Bond.OWN if first == "when" or (step.relation == "acl" and step.tag in ("VBG", "VB")) else Bond.OPEN
        elif step.relation in ("dep", "parataxis"):
            found = Bond.OPEN
        elif step.relation == "ccomp" and (turn_at(sentence, verb.start) > 0 or _is_of_ruler(sentence, step, other, time)):
            found = Bond.OTHER  # "said on Monday that it would raise 2 billion", "that it raised 2 billion"
        else:
            found = Bond.OWN
        if found is not Bond.OWN:
            return found
    return Bond.OWN


_RESOLVING = frozenset("agreed pledged promised vowed decided voted planned offered threatened resolved undertook".split())


def _is_of_ruler(sentence: Sentence, verb: Word, ruler: Word, time: Word) -> bool:
    """Whether a time behind a verb is of it alone, and not of a whole clause that it rules: "40 left, he said on Monday"."""
    is_being = sentence.child(ruler, "attr") is not None or ruler.lower in ("is", "was")  # "it was on Sunday that 8 were lost"
    is_told = verb.tag in ("VBD", "VBZ", "VBP", "VBN") and not is_being
    return is_told and time.index > ruler.index and not ruler.index < verb.index < time.index


def _of_moment(sentence: Sentence, verb: Word) -> Bond:
    """A clause that says when something happens shares its time with that; one that says why or although has its own."""
    marks = {each.lower for each in sentence.children[verb.index] if each.relation in ("mark", "advmod")} | {verb.lower}
    if marks & _MOMENTS or any(each.tag == "TO" for each in sentence.children[verb.index]):
        return Bond.OWN
    return Bond.OPEN


def _of_joined(sentence: Sentence, verb: Word, other: Word, time: Word) -> Bond:
    """ "On Monday they shot 3 and took 12": the time of a deed is that of the next one that is told, if both are of one tense."""
    first, second = turn_at(sentence, other.start), turn_at(sentence, verb.start)
    is_now = verb.tag in ("VBZ", "VBP") and sentence.child(verb, "aux", "auxpass") is None
    if first < 0 and is_now and not other.tag.startswith(("VBZ", "VBP")):
        return Bond.OTHER  # "opened in 1990 and employs 40"
    if (first < 0) != (second < 0) or _is_perfect(sentence, verb) != _is_perfect(sentence, other):
        return Bond.OTHER
    between = sentence.words[other.index + 1 : verb.index]
    if any(each.relation == "relcl" and each.tag == verb.tag for each in between):
        return Bond.OPEN  # "marched on Sunday for those whom it killed, maimed and …": joined to the one or to the other
    return Bond.OWN if time.index < verb.index else Bond.OPEN


def _is_perfect(sentence: Sentence, verb: Word) -> bool:
    """ "Has since fallen": told of now, not of the day of a deed."""
    return any(each.lower in ("has", "have", "'ve") for each in sentence.children[verb.index] if each.relation == "aux")


def _of_ruled(sentence: Sentence, word: Word, verb: Word, other: Word, time: Word) -> Bond:
    """The time hangs on a verb below that of the figure: "7 boats had left when the siren sounded on Thursday"."""
    line = _line(sentence, time)
    steps = line[: next(place for place, each in enumerate(line) if each.index == verb.index)]
    for step in steps:
        if not step.tag.startswith("VB"):
            continue
        held = sentence.words[step.head]
        if step.relation in ("relcl", "acl"):
            found = _of_described(sentence, word, verb, step, held)
        elif step.relation == "conj":
            found = _of_later(sentence, step, held)
        elif step.relation == "advcl" and step.lower in _SUMMING and step.index < verb.index:
            found = Bond.OWN  # "all told, since 2017, 40 have returned"
        elif step.relation == "advcl":
            found = _of_moment(sentence, step) if step.tag != "VBG" or _has_subject(sentence, step) else Bond.OPEN
        elif step.relation in ("ccomp", "dep", "parataxis", "csubj"):
            found = Bond.OPEN
        else:
            found = Bond.OWN
        if found is not Bond.OWN:
            return found
    return Bond.OWN


_SUMMING = frozenset("told taken put counted added".split())


_CHANCES = frozenset("chance probability likelihood risk odds possibility".split())
""" "The probability that he holds Lorn by 3 March is 70 percent": by when it may come is the day of the chance."""


def _of_described(sentence: Sentence, word: Word, verb: Word, step: Word, held: Word) -> Bond:
    """A clause about a noun: its time is the figure's where the noun is what is counted, or takes place then."""
    own = sentence.subtree(step)
    first = own[0].index
    if held.lower in _CHANCES and step.relation in ("acl", "ccomp") and held.index < step.index:
        return Bond.OTHER if any(each.lower in _CHANCES for each in own) else Bond.OWN  # a second chance has its own day
    is_part = any(
        each.lower in ("whom", "which") and sentence.words[each.index - 1].lower == "of"
        for each in own
        if each.index < step.index
    )
    if is_part and not any(each.index == word.index for each in own):
        return Bond.OTHER  # "1.1 million refugees, most of whom arrived in 2022"
    is_counted = any(each.index == word.index for each in sentence.subtree(held))
    is_lasting = any(each.lower == "since" for each in sentence.children[step.index])  # "9 miners, trapped since Sunday"
    is_inset = step.relation == "acl" and first > 0 and sentence.words[first - 1].text == "," and not is_lasting
    if is_inset and is_counted and held.lower not in _TIMES and step.lower not in _SCHEDULING:
        return Bond.OPEN  # "2 of its ships, both built in 1998, were sold"
    if held.lower in _TIMES or is_counted:
        return Bond.OWN
    is_event = is_of_event(step, held, verb)
    if step.relation == "relcl":
        return Bond.OWN if is_event else Bond.OTHER
    return Bond.OWN if step.lower in _SCHEDULING or is_event else Bond.OTHER


_HAPPENING = frozenset("occurred happened erupted exploded".split())


def is_of_event(step: Word, held: Word, verb: Word) -> bool:
    """ "The blast, which occurred on Sunday, killed 4": when it was is when it did so.

    Args:
        step: the verb of the clause about a noun. held: the noun. verb: of the figure.
    """
    return step.lower in _HAPPENING and held.relation in ("nsubj", "nsubjpass") and held.head == verb.index


def _of_later(sentence: Sentence, verb: Word, first: Word) -> Bond:
    """ "Sold 3 and bought 5 on Monday": a time behind a row of deeds may be of the last alone; "to be sold or closed in May" shares it."""
    helpers = [each for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass")]
    if _has_subject(sentence, verb) or turn_at(sentence, verb.start) != turn_at(sentence, first.start):
        return Bond.OTHER
    is_bare = not helpers and verb.tag in ("VB", "VBN") and verb.tag == first.tag
    is_one = is_bare and sentence.child(verb, "dobj") is None
    return Bond.OWN if is_one else Bond.OPEN
