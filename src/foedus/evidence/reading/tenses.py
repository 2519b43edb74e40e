"""Where a statement lies by its verb: ahead of the publication, behind it, or not told."""

from __future__ import annotations

import re

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.parse import Sentence, Word

__all__ = ["SCHEDULED", "is_of_past_order", "turn_at"]

_AHEAD = frozenset("will shall 'll wo ll".split())
_MODALS = frozenset("would could may might should must can ought need 'd".split())
_PLANS = frozenset(
    "plan plans planned planning intend intends intended expect expects expected due set scheduled slated poised agree "
    "agrees agreed want wants wanted hope hopes hoped aim aims aimed prepare prepares prepared preparing promise promises "
    "promised vow vows vowed pledge pledges pledged decide decides decided needs need propose proposes proposed urge urges "
    "urged order orders ordered likely unlikely has have is are was were be ready going about ask asks asked told tell want "
    "allow allows allowed permit permits permitted authorise authorises authorised authorize authorizes authorized let lets vote votes "
    "voted approve approves approved required obliged supposed meant bound forecast projected predicted tipped".split()
)
SCHEDULED = frozenset(
    "begin begins start starts open opens reopen reopens close closes end ends expire expires resume resumes return returns "
    "meet meets vote votes arrive arrives leave leaves launch launches take takes run runs go goes come comes fall falls is "
    "are hold holds".split()
)
_LASTING = frozenset(
    "is are 's 're am has have do does remains remain stays stay stands stand seems seem looks look appears appear lies lie contains contain "
    "includes include owns own owes owe employs employ knows know lives live dates date marks mark follows follow comes come means mean "
    "makes make amounts amount totals total equals equal represents represent compares compare exceeds exceed covers cover".split()
)
_FORTHCOMING = frozenset("due scheduled expected planned slated forthcoming upcoming".split())
_FIXED = frozenset("set fixed pencilled penciled booked earmarked billed timetabled".split())
""" "The trial, set for 3 February": of a noun, what is still to come."""
_UNCHANGED = frozenset("cost cut put set hit let shut spread split hurt quit burst cast shed thrust bet beat rid read".split())
""" "Eggs cost 4 dollars in January": the past of these verbs is written as their present."""
_EXPECTING = frozenset(
    "expect expects foresee foresees predict predicts forecast forecasts anticipate anticipates reckon reckons project projects".split()
)
""" "Expects a first step in December": what is expected lies ahead."""
_CHANCES = frozenset(
    "chance chances risk risks probability likelihood odds prospect prospects threat danger possibility forecast forecasts outlook".split()
)
""" "There is a 35 % chance of a strike in January": what is only possible lies ahead."""
_CONDITIONS = frozenset("if unless once when until till before after".split())
_COMPARED_TO = re.compile(
    r"\b(?:(?:up|down|unchanged|increase|decrease|rise|fall|drop|change) from|(?:compared|against|versus|vs\.?)(?: with| to)?|"
    r"than(?= (?:the|an?|in|last) ))"
    r" (?:(?:just|only|about|around|some|nearly|the|an?|total of|more than|at least|up to|over) )*[^\s;:.]*\d[^;:.]{0,80}$"
)
""" "Up from 800 in March": what a figure is held against has been."""
_DEEPEST = 30


def turn_at(sentence: Sentence, place: int) -> int:
    """1 where the statement around a place of the text lies ahead, -1 where it lies behind, 0 where its verb does not tell."""
    word = next((each for each in sentence.words if each.start <= place < each.end), None)
    if word is None:
        return 0
    if _is_beside_saying(sentence, word) or _is_as_of(sentence, word):
        return -1
    if _is_called_for(sentence, word):
        return 1
    verb = _verb_above(sentence, word)
    if verb is not None and any(each.tag == "TO" and each.index > word.index for each in sentence.children[verb.index]):
        ruler = _verb_above(sentence, sentence.words[verb.head])  # "allowed it on Thursday to raise": when it was allowed
        verb = ruler if ruler is not None and ruler.index < word.index else verb
    told = _turn_of(sentence, verb, _DEEPEST) if verb is not None else 0
    if told != -1 and _COMPARED_TO.search(_words_before(sentence, word)):
        return -1
    if verb is not None and verb.index < word.index and _is_view_ahead(sentence, verb):
        return 1
    if told == 0 and verb is not None and (_is_present_deadline(sentence, verb, word) or _is_of_chance(sentence, verb)):
        return 1
    return 1 if told == 0 and _is_chance_above(sentence, word) else told


_EXPECTED = frozenset("saw expected foresaw predicted forecast anticipated reckoned projected".split())


def _is_view_ahead(sentence: Sentence, verb: Word) -> bool:
    """ "Expects a first step in December", "said it now saw prices at 14 in December": a view of what is to come, also when told of."""
    if verb.tag in ("VBZ", "VBP") and verb.lower in _EXPECTING:
        return True
    ruler = sentence.words[verb.head]
    is_told = verb.relation == "ccomp" and ruler is not verb and lemma(ruler.lower, "speech") != ""
    is_plain = sentence.child(verb, "aux", "auxpass") is None
    return is_told and is_plain and verb.tag == "VBD" and verb.lower in _EXPECTED


_ORDERS = frozenset("told asked ordered urged advised instructed warned required forced made".split())


def is_of_past_order(sentence: Sentence, place: int) -> bool:
    """ "Were told to leave on 11 August": what was to be done by then, told of as past; the order may lie far back, and its day too."""
    word = next((each for each in sentence.words if each.start <= place < each.end), None)
    verb = _verb_above(sentence, word) if word is not None else None
    if verb is None or not any(each.tag == "TO" for each in sentence.children[verb.index]):
        return False
    ruler = sentence.words[verb.head]
    helpers = {each.lower for each in sentence.children[ruler.index] if each.relation in ("aux", "auxpass")}
    is_past = ruler.tag == "VBD" or (ruler.tag == "VBN" and bool(helpers & {"was", "were", "had"}))
    return is_past and ruler.lower in _ORDERS


def _is_present_deadline(sentence: Sentence, verb: Word, word: Word) -> bool:
    """ "Stocks are gone by March", "the chance is one in three by March": by when something is, in the present tense, is to come."""
    if verb.tag not in ("VBZ", "VBP"):
        return False
    before = sentence.words[word.index - 1].lower if word.index else ""
    subject = sentence.child(verb, "nsubj")
    return bool({word.lower, before} & _DEADLINES) or (subject is not None and subject.lower in _CHANCES)


_DEADLINES = frozenset("by until till beyond".split())


def _is_of_chance(sentence: Sentence, verb: Word) -> bool:
    """ "The chance that the ban lasts past 22 June": what may come to pass, told in a clause about how likely that is."""
    if verb.tag not in ("VBZ", "VBP") or verb.relation not in ("acl", "ccomp", "relcl"):
        return False
    before = [each.lower for each in sentence.words[: verb.index] if each.tag.startswith("NN")]
    return sentence.words[verb.head].lower in _CHANCES or bool(
        _CHANCES.intersection(before) and _is_that_of_chance(sentence, verb)
    )


def _is_that_of_chance(sentence: Sentence, verb: Word) -> bool:
    """Whether the "that" of a clause stands right behind the noun of how likely it is, whatever the parser hangs it on."""
    opener = next((each for each in sentence.children[verb.index] if each.relation == "mark"), None)
    return opener is not None and opener.index > 0 and sentence.words[opener.index - 1].lower in _CHANCES


def _is_beside_saying(sentence: Sentence, word: Word) -> bool:
    """ "He said on Sunday he would": right behind a verb of saying in the past, whatever the parser hangs it on."""
    before = sentence.words[word.index - 2 : word.index]
    if len(before) == 2 and before[1].tag != "IN":
        before = before[1:]
    return bool(before) and before[0].tag == "VBD" and bool(lemma(before[0].lower, "speech"))


def _is_as_of(sentence: Sentence, word: Word) -> bool:
    """ "As of 28 July the province is giving aid": so it stood when it was counted."""
    before = sentence.words[max(0, word.index - _AS_OF) : word.index]
    opens = next((place for place, each in enumerate(before) if each.lower == "as"), len(before))
    rest = before[opens + 1 :]
    return bool(rest) and rest[0].lower in ("of", "at") and all(each.tag in ("CD", "NNP", "DT", "IN", ",") for each in rest)


_AS_OF = 5
_CALLING = frozenset("call calls called announce announces announced convene convened convenes fix fixed".split())


def _is_called_for(sentence: Sentence, word: Word) -> bool:
    """ "Called a strike for Friday": a day for which something is called is to come."""
    before = sentence.words[word.index - 1] if word.index else word
    if before.lower != "for":
        return False
    return any(each.lower in _CALLING for each in sentence.words[max(0, word.index - _CALLED) : word.index - 1])


_CALLED = 9


def _words_before(sentence: Sentence, word: Word) -> str:
    """The words before a word, with one blank between any two."""
    words = [each.text for each in sentence.words[max(0, word.index - 14) : word.index]]
    return re.sub(r"([$€£]) ", r"\1", " ".join(words) + " ")


def _is_chance_above(sentence: Sentence, word: Word) -> bool:
    """Whether a word hangs, below its verb, on a noun that tells how likely something is."""
    for _ in range(_DEEPEST):
        above = sentence.words[word.head]
        if above is word or above.tag.startswith("VB"):
            return False
        if above.lower in _CHANCES:
            return True
        word = above
    return False


def _verb_above(sentence: Sentence, word: Word) -> Word | None:
    """The nearest verb that a word hangs on; "due" and "scheduled" count as one."""
    for _ in range(_DEEPEST):
        if word.tag.startswith("VB") or word.tag == "MD" or (word.lower in _FORTHCOMING and word.tag.startswith("JJ")):
            return word
        if word.head == word.index:
            return None
        word = sentence.words[word.head]
    return None


def _turn_of(sentence: Sentence, verb: Word, depth: int) -> int:
    """By its auxiliaries, then its form, then what rules it."""
    helpers = [
        each for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass") and not _is_month(sentence, each)
    ]
    forms = {each.lower for each in helpers}
    if forms & _AHEAD:
        return 1
    if forms & _MODALS:
        return -1 if forms & {"have", "had"} else 1
    if (verb.lower in _FORTHCOMING and "had" not in forms) or (verb.lower in _FIXED and verb.relation == "acl"):
        return 1
    if any(each.tag == "TO" for each in helpers):
        return _of_infinitive(sentence, verb, depth, is_perfect="have" in forms)
    if any(each.tag in ("VBD",) for each in helpers) or forms & {"has", "have", "had", "having", "'ve"}:
        return 1 if forms & {"has", "have"} and _is_condition_ahead(sentence, verb, depth) else -1
    if verb.lower in _UNCHANGED and not helpers and verb.tag in ("VBD", "VBP"):
        return _of_unchanged(sentence, verb)
    is_own = verb.relation != "conj" or (verb.tag == "VBD" and sentence.child(verb, "nsubj") is not None)
    is_past = verb.tag == "VBD" and verb.lower not in _UNCHANGED  # "is cutting jobs and lost 6 billion"
    if verb.tag in ("VBD", "VBN") and not helpers and (is_own or is_past):
        return -1
    if verb.tag == "VBG" and forms & {"is", "are", "am", "'re", "'s"}:
        return 1
    if verb.tag in ("VBZ", "VBP") and sentence.child(verb, "attr") is None and not helpers and _is_deed(sentence, verb):
        return 1
    return _ruled(sentence, verb, depth)


def _is_month(sentence: Sentence, word: Word) -> bool:
    """ "From 3 to 9 May the mill closed": a month, whatever the parser takes it for."""
    return word.text == "May" and bool(word.index) and sentence.words[word.index - 1].tag in ("CD", "IN")


def _is_condition_ahead(sentence: Sentence, verb: Word, depth: int) -> bool:
    """ "Will resign if no deal has been reached by May": the perfect of a condition of what is to come."""
    is_marked = any(each.lower in _CONDITIONS for each in sentence.children[verb.index] if each.relation in ("mark", "advmod"))
    above = sentence.words[verb.head]
    return bool(depth and is_marked and above is not verb and _turn_of(sentence, above, depth - 1) > 0)


def _of_unchanged(sentence: Sentence, verb: Word) -> int:
    """A verb that is written alike in past and present: with one doer it is the past, with several it is open."""
    subject = sentence.child(verb, "nsubj")
    is_one = subject is not None and subject.tag in ("NN", "NNP") and sentence.child(subject, "conj") is None
    return -1 if is_one else 0


def _is_deed(sentence: Sentence, verb: Word) -> bool:
    """ "The court sits on Monday", "fares rise on Monday": a deed in the present tense is to come; what is, is had or is said is not.

    Below a picture the present tense tells the past: "Ida Berg enters a hall on Monday"; so names only do what is scheduled.
    """
    subject = sentence.child(verb, "nsubj")
    if verb.lower in SCHEDULED:
        return True
    if subject is None or subject.tag not in ("NN", "NNS"):
        return False
    return not (lemma(verb.lower, "speech", "thought", "evidence", "act") or verb.lower in _LASTING)


_POISED = frozenset("set due likely unlikely poised bound ready about expected".split())
""" "Looked set to export": what is still to come, whatever looked so."""


def _of_infinitive(sentence: Sentence, verb: Word, depth: int, is_perfect: bool) -> int:
    """ "Plans to close in August" lies ahead; "managed to close in August" lies where its ruler does; "is said to have closed" behind."""
    if is_perfect:
        return -1
    ruler = sentence.words[verb.head]
    to = next((each.index for each in sentence.children[verb.index] if each.tag == "TO"), 0)
    if ruler.index == verb.index or (to and sentence.words[to - 1].lower in _POISED):
        return 1
    if ruler.lower in _PLANS or not ruler.tag.startswith(("VB", "MD")):
        return 1
    return _turn_of(sentence, ruler, depth - 1) if depth else 0


def _ruled(sentence: Sentence, verb: Word, depth: int) -> int:
    """Of a participle or a second verb that does not tell, what the verb above it tells."""
    if depth and verb.head != verb.index and verb.relation in ("conj", "advcl", "xcomp", "pcomp", "acl", "dep"):
        above = _verb_above(sentence, sentence.words[verb.head])
        return _turn_of(sentence, above, depth - 1) if above is not None else 0
    if verb.tag == "VBD" or verb.tag == "VBN":
        return -1
    return 0
