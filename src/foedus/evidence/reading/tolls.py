"""What a number without a noun counts: the toll, the number of divers, those named before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foedus.evidence.reading.choice import Bond, FieldChoice, choose
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.numbers import PlacedNumber
from foedus.evidence.reading.spelled import NUMBER_WORD
from foedus.evidence.reading.units import is_counted_noun, singular

__all__ = ["Tolls"]

_REACHES = (
    r"(?:(?:has|have|had|may|might|could|would|will|can|should|already|now|since|then|later|also|still|yet|not|did|does|do|to"
    r"|be|been|being|"
    r"has|reportedly|officially|again|even|soon|just|only|nearly|almost) ){0,6}"
    r"(?:is|are|was|were|stands?|stood|rose|rises?|risen|fell|falls?|fallen|climb(?:s|ed)?|grew|grows?|grown|reach(?:es|ed"
    r"|ing)?|hits?|hitting|"
    r"tops?|topped|topping|pass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|totall?(?:s|ed|ing)?|total(?:s|ed)?"
    r"|number(?:s|ed)?|"
    r"came|comes?|amount(?:s|ed)?|dropped|drops?|jumped|jumps?|remain(?:s|ed)?|approach(?:es|ed|ing)?|near(?:s|ed|ing)?"
    r"|crossed|cross(?:es)?|"
    r"topping|put|puts|estimated|set|stay(?:s|ed)|averag(?:e|es|ed)|swell(?:s|ed)?|shr[aiu]nk|doubled|halved|tripled|slowed|eased|slid|soared|surged|plunged|slumped|swung|sank|revised|raised"
    r"|lowered|cut)"
)
_TAIL = (
    r"(?: (?:at|to|by|from|up|down|back|in|as|for|of|about|around|some|nearly|almost|over|under|above|below|more|less|fewer"
    r"|than|least|most|an?|"
    r"the|estimated|close|now|just|only|well|roughly|approximately|between|officially|reported|average|total|no|not|upwards?"
    r"|many|much|high|low|"
    r"level|mark|record|past|beyond|short))*\s*$"
)
_TOLL = re.compile(
    rf"\b(?:(?:death|casualty|fatality|body) )?(?:toll|death count"
    rf"|body count)\b(?:[ ,][^.;:?!\d]{{0,60}}?)??\b ?{_REACHES}{_TAIL}",
    re.IGNORECASE,
)
_MOVED_TOLL = re.compile(
    r"\b(?:rais|lower|cut|revis|put|plac|brought|bring|t[oa]k|push|set|updat|correct|reduc|increas|adjust)\w*(?: up| down)? "
    rf"(?:the|its|their|that|his|a) (?:\w+ )?(?P<thing>toll|death toll"
    rf"|number of (?P<noun>[a-z-]+(?: (?!(?:to|from|at|by|in|on|of|up|down|who|that|is|was|were|are)\b)[a-z-]+)?))"
    rf"(?: [a-z]+ (?=from\b|to\b|at\b))?"
    rf"(?: (?:from|to|at|up|down))?{_TAIL}",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    rf"\b(?:[Nn]umbers?|[Cc]ounts?|[Tt]ally|[Tt]otal|[Ss]um) of (?:[a-z-]+ ){{0,2}}?(?P<noun>[a-z-]+)"
    rf"(?: (?:in|on|at|from|of|across|under|with|who|that|held|killed"
    rf"|left)\b[^.;:?!\d]{{0,50}}?)?"
    rf" {_REACHES}{_TAIL}"
)
_PUT_NUMBER = re.compile(
    rf"\b(?:put|puts|putting|place[sd]?|estimat\w+|set|sets) the (?:total |overall )?number of (?:[a-z-]+ )?(?P<noun>[a-z-]+)"
    rf"(?: [^.;:?!\d]{{0,40}}?)? (?:at|to be){_TAIL}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:\b(?P<subject>[A-Za-z][a-z]+)|\b(?:[Tt]he )(?P<state>dead|killed|wounded|injured|missing|displaced|homeless|sick"
    rf"|infected)) {_REACHES}{_TAIL}"
)
_FIGURE = re.compile(
    r"\b(?:put|puts|putting|raised|raising|brought|bringing|brings|took|placed|revised) (?:the|that|their|its|his) "
    r"(?:\w+ )?(?:number|figure|total|toll|count)s? (?:at|to) (?:about |around |over |more than |at least |up to |nearly "
    r"|some )?$"
)
_OF_DEATH = re.compile(
    r"\b(?:bring|brought|tak|took|push|rais|lift|driv|drove|send|sent)\w* (?:the|its|their|that|this) (?:\w+ )?"
    r"(?:death |casualty |body |official )?"
    rf"(?:toll|body count|death count) (?:there |from [^.;:?!\d]{{1,40}} )?(?:up )?to{_TAIL}",
    re.IGNORECASE,
)
""" "Bringing the death toll to 51": people, whatever was counted before."""
_IN_TURN = re.compile(
    r"[,;] (?:and |but )?(?:in|on|at) (?:[A-Z][\w’'-]+|(?:1[89]|20)\d\d)(?: [A-Z][\w’'-]+)? (?:only |just |about |some |another |nearly )?$"
)
""" "In May 40 men died, in June 60": the same again, at another time or place."""
_PRONOUN = re.compile(
    r"\b(?:it|they|he|she|we|there)(?: (?:now|still|already|only|later))?(?: (?:has|have|had|holds?|held|kept|keeps?|are|were"
    r"|was|is))"
    rf"(?: left)?{_TAIL}",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(r"\b(?:another|(?:a|an|the) (?:further|extra|additional)) $", re.IGNORECASE)
""" "Two boats sank and another dozen were damaged": the same again."""
_NEXT_HOLDER = re.compile(r"\d[^.?!]*?(?:,|;|,? and|,? but) the (?:[A-Z][\w’'-]* )?[A-Z][\w’'-]*s (?:just |only |about |some )?$")
""" "The Reds won 41 seats, the Blues 31": the same, of whom the words before the number name."""
_AT_NEXT_PLACE = re.compile(
    rf"\d[^.;:?!\d]{{0,40}}? (?:in|from|near|at|across) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?:,|,? (?:and|but))(?: another)?{_TAIL}"
)
""" "Killed 9 people in Lorn and 14 in Norland": the same, at another place."""
_PUT_IT = re.compile(
    rf"\b(?:put|puts|placed|places|gave|gives|estimated|estimates|pegged|pegs|had) "
    r"(?:it|that|this|theirs|(?:the|their|its|his) (?:figure|toll|number|total|strength|losses)) "
    rf"(?:at|as){_TAIL}",
    re.IGNORECASE,
)
""" "Police said that 31 had died; the union put it at 29": the same, by another count."""
_A_NUMBER = re.compile(
    rf"[,—–-] (?:an? |the )?(?:\w+ )?(?:figure|number|total|toll|tally|count)s? (?:that|which|it|they|he|she|officials)\b[^.;:?!\d]{{1,50}}?"
    rf"\b(?:to|at|reach|exceed|hit|top|pass|near|surpass){_TAIL}",
    re.IGNORECASE,
)
""" "Some 300 fled, a number that may reach 400": the same, as it may become."""
_OTHER_COUNT = re.compile(
    r"(?:;|,|\b(?:while|whereas|but|though|although|and))(?: but| and| while| whereas)? "
    r"(?:(?:the|an?|its|their|his|her|other|another|[A-Z][\w’'-]*) ?)[^.;:?!\d]{0,50}?"
    r"\b(?:counts?|counted|claim(?:s|ed)?|sa(?:ys?|id)|sp(?:eaks?|oke) of|reports?|reported|recorded|registered|list(?:s|ed)?|"
    rf"estimat(?:e|es|ed)|gave|gives?|told of){_TAIL}",
)
""" "Had lost 40 men while the rebels claimed 90": the same, by another voice."""
_HOLDS_NOW = re.compile(
    rf"\d[^.;:?!]*(?:, |\b(?:and|but) )(?:now|still|today|currently) "
    rf"(?:has|have|had|holds?|employs?|runs?|keeps?|needs?|operates?|counts?){_TAIL}"
)
""" "Which had 400 workers in 2019, now has 250": the same, of now."""
_SHARED_PARTS = re.compile(
    r"(?:(?:^\s*|[.;:”] ?)(?:[Oo]ut of|[Oo]f|[Aa]mong) (?:the |its |their |some |these |all |about )*\d|"
    r"\bof (?:which|whom|them),? [^.;:?!]*\d)"
    r"[^.;:?!]*?(?:,|\band|\bwhile|\bbut|\bwhereas|[a-z])\s+(?:(?:the |another |some |about |only |just |at least )*"
    r"(?:remaining |other |rest |others )?)$"
)
_HAS_PART = re.compile(
    r" (?:also |later |then |since |already )?(?:[a-z]{2,}ed\b|"
    r"(?:have|had|has|are|is|were|was|will|would|may|might|can|could|went|came|did|do|for|in|at|from|on|to|left|"
    r"stayed|returned|"
    r"remained|live|work|fell|won|lost|got|found|took|died|fled|sank)\b|of them\b)|[.,;]|$"
)
""" "Of 220 booths 103 are for men, 98 for women": parts of the same."""
_OTHERS = re.compile(r" others\b")
""" "Two boats sank and six others were damaged": the same again."""
_IT_HAS = re.compile(r" (?:it|they|he|she|we) (?:has|have|had)\b")
""" "Will deliver 18 ships, on top of the 14 it has already sent": the same again."""
_MORE = re.compile(r" more (?:are|is|were|was|have|had|has|will|would|came|come|left|followed|arrived)\b")
""" "Three turbines came in June, two more are to follow": the same again."""
_LED = re.compile(r"\b(?:under|over|below|above|aged?|of|to|by|from|than|at|in|for|on|with)\s+$")
_WHO = re.compile(r",? who\b")
_CLOSES = re.compile(r"\s*(?:[.,;)]|$|(?:and|but|in|at|from|after|against)\b)")
_OF_AGE = re.compile(r"\b(?:he|she|who) (?:is|was|turned|turns) (?:now |only |just )?$", re.IGNORECASE)
_OLDEST = 120
"""Years of a life: who is 54 is no number of things."""
_BODY_OF = re.compile(
    rf"\b(?:crew|force|army|garrison|population|crowd|audience|staff|workforce|battalion|brigade|regiment|platoon|militia|team|delegation|contingent|"
    rf"detachment|congregation)s? (?:of|numbering){_TAIL}",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"\b(?:of|among|including) (?:whom|which|them|these|those)\b,?(?: (?:about|around|at least|some|up to|more than|nearly"
    r"|only))?\s*$"
)
_OF_THEM = re.compile(r" of (?:them|whom|those|which)\b")
_SUFFERING = re.compile(
    r" (?:(?:have|had|has|are|were|remain|remained|may|might|could|would|will|be|been|being|also|now|still|already) ){0,4}"
    r"(?:died|killed|wounded|injured|hurt|missing|displaced|arrested|detained|evacuated|homeless|dead|fled|lost their"
    r"|left homeless|infected|"
    r"hospitali[sz]ed|sacked|laid off|evicted|jailed|imprisoned|sentenced|convicted|vaccinated|recruited|orphaned|widowed|"
    r"captured|stranded|sick|ill|starved|drowned|perished|deported|sought (?:refuge|asylum|shelter))\b"
    r"| to flee\b| from their homes\b"
)
_STRICKEN = re.compile(
    rf"\b(?:kill(?:s|ed|ing)|injur(?:es|ed|ing)|wound(?:s|ed|ing)|maim(?:s|ed|ing)|drown(?:s|ed|ing)|arrest(?:s|ed|ing)){_TAIL}",
    re.IGNORECASE,
)
"""Verbs whose object, where a number stands alone, is people."""
_NO_SUBJECTS = frozenset(
    "price cost rate share index profit revenue sale stock rent wage turnover temperature score speed yield income percentage inflation "
    "output number figure total toll average level time year month week day one point record estimate fee fine value tax budget debt".split()
)
_PERSONS = frozenset(
    "dead killed wounded injured missing displaced homeless sick infected victim casualty fatality death".split()
)


_COMING = re.compile(
    r" (?:have |had |has )?(?:came|come|attended|turned up|showed up|survived|voted|enrolled|applied|replied|"
    r"responded|were (?:later |then |also )?(?:sold|saved|found|lost|left|delivered|built|spared|rescued|used|kept|freed|released|taken|"
    r"seized|abducted|kidnapped|returned|repaired))\b"
)
""" "Hoped for 300 guests; 180 came": the same, of whom fewer did something."""
_MOVED = (
    r"(?:fell|fallen|dropped|sank|slid|declined|rose|risen|grew|grown|climbed|jumped|swelled|dwindled|shrank|shrunk|back|recovered|"
    r"increased|decreased|up|down)"
)
_MOVED_ON = re.compile(
    rf"(?:\b(?:it|they|this|which|and|but|then|later|before|only)|[,;])(?: (?:had|has|have|then|later|was|were|is|are|again|since|soon|"
    rf"fell|came|went))* {_MOVED}(?: back| again| further)? to{_TAIL}",
    re.IGNORECASE,
)
""" "Had 1,200 cows in May but was back to 870 by June": the same, where the sentence counts one thing."""
_SHARED_OUT = re.compile(
    rf"(?:\(|\b[Ii]ncluding )(?:(?:about |some |at least |nearly )?(?:[\d,.]+|{NUMBER_WORD}) (?:in|from|at|near) [A-Z][^()\d;]{{1,60}}?"
    r"(?:, and |, | and ))*(?:about |some |at least |nearly )?$"
)
_AT_PLACE = re.compile(r" (?:in|from|at|near) [A-Z]")
""" "2,775 families (1,329 in Marn, 900 in Lorn)": the same, by place."""
_OR_SAME = re.compile(r",? or (?:about |around |some |roughly |nearly |almost |over |more than |up to )?")
_LIVING = re.compile(
    r" (?:(?:have|had|has|are|were|may|might|could|would|will|be|been|also|now|later|still) ){0,4}"
    r"(?:died|killed|wounded|injured|hurt|arrested|detained|homeless|dead|lost their|left homeless|infected|hospitali[sz]ed|sick|ill|starved"
    r"|drowned|perished|deported)\b"
)
_NEAR = 120
"""Characters within which the words of a number point back to what was counted."""

Told = tuple[str, str]
"""A unit, and its words."""


class Tolls:
    """Remembers what was counted in a paragraph."""

    def __init__(self, text: str, floor: int) -> None:
        self._text, self._floor = text, floor
        self._counted: list[tuple[str, str, int]] = []

    def counted(self, unit: str, words: str, end: int) -> None:
        """Tells that something was counted here."""
        self._counted.append((unit, words, end))

    def unit_of(self, number: PlacedNumber, end: int) -> FieldChoice[Told]:
        """The unit of a number without a noun: nothing where nothing tells it, rivals where several were counted that it may be of."""
        if re.compile(r" (?:strong|aboard|on board)\b").match(self._text, end):
            return FieldChoice(_PEOPLE)
        before = self._sentence_before(number.start)
        if _STRICKEN.search(before) and re.compile(
            r"(?: others)?\s*(?:[.,;:!?”\"]|$|(?:and|in|on|at|when|after|before|since|during|near|but)\b)"
        ).match(self._text, end):
            return FieldChoice(_PEOPLE)
        if _OF_DEATH.search(before):
            return FieldChoice(_PEOPLE)
        if _WHO.match(self._text, end) and number.kind == "numeric" and (number.value or 0) > 1:
            told = [(unit, words) for unit, words, _ in self._counted if _is_person(unit)]
            return FieldChoice(told[-1] if len(set(told)) == 1 and self._counted[-1][0] == told[-1][0] else _PEOPLE)
        found = list(self._repeated(number, before, end)) if number.value is not None else []
        if not found and (unit := self._told(before)):
            found = [((unit, ""), Bond.OWN)]
        return choose(found)

    def of_rate(self, start: int) -> str:
        """The noun of a rate that its sentence speaks of: "infections fell to 900 a day"; "" where it tells none."""
        return self._told(self._sentence_before(start))

    def rated(self, start: int) -> Told:
        """The noun of a rate that stands directly before "or", with the next number the same in another time; else two empty words."""
        unit, words, end = self._counted[-1] if self._counted else ("", "", 0)
        is_same = end <= start and _OR_SAME.fullmatch(self._text[end:start]) is not None
        return (unit.split(" per ")[0], words) if " per " in unit and is_same else ("", "")

    def _sentence_before(self, start: int) -> str:
        piece = self._text[max(self._floor, start - 160) : start]
        cut = max(piece.rfind(". "), piece.rfind("? "), piece.rfind("! "), piece.rfind('." '))
        return piece[cut + 1 :]

    def _repeated(self, number: PlacedNumber, before: str, end: int) -> Iterator[tuple[Told, Bond]]:
        """What was counted before, where the words point back to it; open where that may be one thing or the other."""
        near = [each for each in self._counted if number.start - each[2] < _NEAR]
        if _MORE.match(self._text, end):
            yield from _rivals([each for each in near if each[2] > number.start - len(before)])
            return
        is_other = _OTHERS.match(self._text, end) is not None and (number.value or 0) > 1
        if is_other:
            same = [each for each in near if each[2] > number.start - len(before)]
            told = [(*_PEOPLE, place) if _is_person(unit) else (unit, words, place) for unit, words, place in same]
            is_hurt = _LIVING.match(self._text, end + len(" others")) is not None  # "12 houses burnt, and 40 others were hurt"
            yield from _rivals([*told, (*_PEOPLE, end)] if is_hurt else told)
            return
        if _SUFFERING.match(self._text, end) and number.kind == "numeric" and (number.value or 0) >= 2:
            yield from self._suffering(near, end)
            return
        if not self._counted:
            return
        last = self._counted[-1]
        if _AT_PLACE.match(self._text, end) and (whole := _SHARED_OUT.search(before)) is not None:
            start = number.start - len(before) + whole.start()
            yield from _rivals([_living(each) for each in self._counted if start - _NEAR < each[2] <= start + 1][-1:])
            return
        if _COMING.match(self._text, end) or _MOVED_ON.search(before):
            yield from _rivals([_living(each) for each in near if each[2] > number.start - len(before)])
            return
        if self._is_recounted(number, before, end):
            yield from _rivals([_living(each) for each in near if each[2] > number.start - len(before)] or near[-1:])
            return
        is_whom = _OF_WHOM.search(before) is not None and bool(near)
        is_age = _OF_AGE.search(before) is not None and number.kind == "numeric" and 0 < (number.value or 0) < _OLDEST
        points_back = (
            is_whom
            or (bool(near) and _IN_TURN.search(before))
            or (bool(near) and _ONE_MORE.search(before))
            or (bool(near) and _NEXT_HOLDER.search(before) and _CLOSES.match(self._text, end))
            or (bool(near) and _PRONOUN.search(before) and not is_age)
        )
        if points_back:
            yield from _rivals([each for each in near if _is_person(each[0])] or near if is_whom else near)
        elif _FIGURE.search(before) or _OF_THEM.match(self._text, end):
            yield from _rivals(near or [last])

    def _is_recounted(self, number: PlacedNumber, before: str, end: int) -> bool:
        """Whether the words before a bare number make it another count, or a further part, of what its sentence has counted."""
        if _AT_PLACE.match(self._text, end) and _AT_NEXT_PLACE.search(before):
            return True
        is_had = re.search(r"\bthe $", before) is not None and _IT_HAS.match(self._text, end) is not None
        if is_had or _PUT_IT.search(before) or _A_NUMBER.search(before):
            return True
        is_closed = _CLOSES.match(self._text, end) is not None
        if is_closed and (_OTHER_COUNT.search(before) or _HOLDS_NOW.search(before)):
            return True
        if _LED.search(before):
            return False  # "of the 90, 40 are children under five"
        return number.kind == "numeric" and _HAS_PART.match(self._text, end) is not None and bool(_SHARED_PARTS.search(before))

    def _suffering(self, near: Sequence[tuple[str, str, int]], end: int) -> Iterator[tuple[Told, Bond]]:
        """ "Of 90 patients 12 died"; "30 houses burnt and 40 died": people; "300 deer; 40 died": the one or the other."""
        if not near:
            yield _PEOPLE, Bond.OWN
            return
        unit, words, _ = near[-1]
        if _is_person(unit):
            yield from _rivals([each for each in near if _is_person(each[0])])
        elif _is_lifeless(unit):
            yield _PEOPLE, Bond.OWN if _LIVING.match(self._text, end) else Bond.OPEN
            yield (unit, words), Bond.OPEN
        else:
            yield (unit, words), Bond.OPEN
            yield _PEOPLE, Bond.OPEN

    def _told(self, before: str) -> str:
        """What the sentence says the number is of."""
        for pattern in (_PUT_NUMBER, _MOVED_TOLL, _NUMBER_OF):
            match = pattern.search(before)
            if match:
                noun = match.group("noun")
                return _noun(noun.split()[-1]) if noun else "people"
        if _TOLL.search(before) or _BODY_OF.search(before):
            return "people"
        match = _NUMBERED.search(before)
        if match is None:
            return ""
        if match["state"]:
            return "people"
        noun = singular(match["subject"].lower())
        is_plural = noun != match["subject"].lower()
        return _noun(noun) if is_plural and noun not in _NO_SUBJECTS and is_counted_noun(noun) else ""


_PEOPLE = ("people", "")


def _is_person(unit: str) -> bool:
    noun = singular(unit.split(" per ")[0])
    return noun in phrases("nouns", "people") or noun in _PERSONS


def _is_lifeless(unit: str) -> bool:
    noun = singular(unit.split(" per ")[0])
    return any(noun in phrases("nouns", key) for key in ("forces", "places_and_institutions", "things"))


def _living(counted: tuple[str, str, int]) -> tuple[str, str, int]:
    """What was counted; people where it was their deaths: "22 deaths, and 130 survived"."""
    unit, _, end = counted
    return (*_PEOPLE, end) if singular(unit) in _PERSONS else counted


def _rivals(near: Sequence[tuple[str, str, int]]) -> Iterator[tuple[Told, Bond]]:
    """What was counted, the nearest first: its own where it is one thing only."""
    told = {unit: (unit, words) for unit, words, _ in near}
    bond = Bond.OWN if len(told) == 1 else Bond.OPEN
    yield from ((each, bond) for each in reversed(told.values()))


def _noun(word: str) -> str:
    noun = singular(word.lower())
    return "people" if noun in _PERSONS else noun
