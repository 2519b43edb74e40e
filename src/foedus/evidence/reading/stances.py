"""How the speaker stands to a word of a sentence: whether what is said there is so, is not so, is asked, supposed or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.evidence.reading.granted import is_granted
from foedus.evidence.reading.lexical_turns import behind_comma
from foedus.evidence.reading.ordered import turns_by_order
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.turn import Turn
from foedus.evidence.reading.turns import CLASS_NEGATED, is_given, turns_beside, turns_of, turns_of_mark, turns_under
from foedus.evidence.reading.units import singular
from foedus.evidence.reading.unruled import turns_suspect, turns_unruled, unruled_holder

__all__ = ["Stance", "stance_at", "word_at"]

_REACH = 40


@dataclass(frozen=True)
class Stance:
    """Commitment and polarity.

    Attributes:
        turns: what made them, the innermost first.
        is_apart: it stands in a clause that tells a fact of its own, whatever the clause above does with its own.
    """

    commitment: str = "affirmed"
    polarity: str = "+"
    turns: tuple[Turn, ...] = ()
    is_apart: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules, each once."""
        return tuple(dict.fromkeys(turn.rule for turn in self.turns))

    def turn(self, *kinds: str) -> Turn | None:
        """The outermost turn of some kinds."""
        return next((turn for turn in reversed(self.turns) if turn.kind in kinds), None)


_APART = Turn("apart", "affirmed", -1, -1)
_STRENGTH = ("retracted", "asked", "denied", "doubted", "negated", "conditional", "unsure")


def stance_at(sentence: Sentence, word: Word, own: tuple[int, int] = (0, 0)) -> Stance:
    """The stance to what is said at a word: the head of a clause, or a figure in it.

    Args:
        own: the words of a figure's qualifier: the "not" of "not above 40" says which side the figure bounds, and denies nothing.
    """
    found = [
        turn for turn in _turns(sentence, word) if not own[0] <= turn.start < own[1] and not _is_parted(sentence, word, turn)
    ]
    is_apart = _APART in found
    if any(turn.kind not in ("affirmed", "unsure") or turn.rule == "denial-withheld" for turn in found):
        found = [turn for turn in found if turn.kind != "unsure"]  # a rule has spoken
    turns = tuple({turn.start: turn for turn in reversed(found) if turn is not _APART}.values())[::-1]
    flips = sum(turn.kind in ("negated", "denied") for turn in turns)
    kinds = {turn.kind for turn in turns}
    sign = "-" if flips % 2 else "+"
    if kinds <= {"negated", "affirmed"} and sign == "+":
        return Stance("affirmed", "-" if any(turn.rule == CLASS_NEGATED for turn in turns) else "+", turns, is_apart)
    commitment = next(kind for kind in _STRENGTH if kind in kinds)
    if commitment == "retracted":
        sign = "-"
    elif commitment == "doubted":
        sign = "0" if any(turn.rule in ("no-evidence", "not-confirmed") for turn in turns) else "-"
    elif commitment == "asked":
        sign = "+"
    elif commitment == "unsure":
        sign = "0"
    elif commitment == "conditional" and any(turn.rule == CLASS_NEGATED for turn in turns):
        sign = "-"
    return Stance(commitment, sign, turns, is_apart)


def word_at(sentence: Sentence, start: int, end: int) -> Word | None:
    """The word of a sentence at which a stretch starts, or the first one inside it."""
    return next((word for word in sentence.words if word.start < end and start < word.end), None)


def _is_parted(sentence: Sentence, word: Word, turn: Turn) -> bool:
    """ "Made a profit of 219 million; it denies that …": what stands beyond a semicolon is another sentence, whatever the parser says."""
    if turn.start < 0 or turn.kind == "affirmed" or turn.rule == "question":
        return False
    if turn.rule == "not" and (_is_of_next_clause(sentence, word, turn) or _is_put_instead(sentence, word, turn)):
        return True
    after = [each.lower for each in sentence.words if each.start >= turn.end][:2]
    if after[:1] and after[0] in ("this", "that", "it", "them", "so") and (len(after) < 2 or not after[1][0].isalnum()):
        return False  # "8 sheep had drowned; the shepherd denied this"
    low, high = sorted((word.start, turn.start))
    return any(each.text == ";" and low < each.start < high for each in sentence.words)


_BEFORE_FIGURE = frozenset(
    "only just about some around nearly almost a an the over at least more less than , rather $ € £".split()
)


def _is_put_instead(sentence: Sentence, word: Word, turn: Turn) -> bool:
    """ "Does not hold 2,000 men, as they say, but 96": the figure behind the "but" is what is so; "not 40 but nor 9" has no such."""
    before = [each for each in sentence.words[: word.index] if each.start >= turn.start]
    while before and before[-1].lower in _BEFORE_FIGURE:
        before.pop()
    if not word.tag.startswith("CD") or not before or before[-1].lower != "but":
        return False
    return any(each.tag.startswith("CD") for each in before)


_FINITE = ("VBZ", "VBD", "VBP", "MD")


def _is_of_next_clause(sentence: Sentence, word: Word, turn: Turn) -> bool:
    """ "Nobody should choose, and one in seven people does": a figure behind ", and" with a verb of its own behind it."""
    words = sentence.words
    comma = next((each.index for each in reversed(words[: word.index]) if each.text == "," and each.start > turn.start), None)
    if comma is None or words[comma + 1].lower not in ("and", "but") or words[comma + 1].index >= word.index:
        return False
    led = words[comma + 2 : word.index]
    if any(each.tag.startswith(("VB", "MD", "W")) or each.lower in ("that", "to") for each in led):
        return False
    behind = words[word.index + 1 :]
    stop = next((place for place, each in enumerate(behind) if each.text in (",", ";", ":")), len(behind))
    return any(each.tag in _FINITE for each in behind[:stop])


def _turns(sentence: Sentence, word: Word) -> Iterator[Turn]:
    """The turns from a word up to the root, until a clause that tells a fact of its own."""
    yield from turns_beside(sentence, word)
    yield from turns_under(sentence, word)
    ordered = list(turns_by_order(sentence, word))
    yield from ordered
    yield from unruled_holder(sentence, word)
    if any(turn.rule == "without" for turn in ordered):
        yield _APART  # "far from sending 200, it sent none": the "none" is not theirs
        return
    figure = word
    below: Word | None = None
    held = ""
    is_shared = False
    for _ in range(_REACH):
        if is_granted(sentence, word, below) or is_given(sentence, word, below):
            yield _APART
            return
        found = [] if is_shared else list(turns_of(sentence, word, below, held, figure))
        yield from found
        if not is_shared:
            yield from turns_unruled(sentence, word, below)
            yield from turns_suspect(sentence, word, below)
        held = _held(word, below, found) or (held if below is not None and below.relation in ("xcomp", "pcomp", "prep") else "")
        if word.relation == "advcl" and (mark := _mark(sentence, word)) is not None:
            yield from turns_of_mark(sentence, mark)
            if mark.lower in words_of("fact_marks") or mark.lower in words_of("conditions"):
                yield _APART
                return
        if word.head == word.index:
            return
        if _is_apart(sentence, word):
            yield _APART
            return
        is_shared = word.relation == "conj" and not _shares(sentence, word)
        word, below = _above(sentence, word), word


def _above(sentence: Sentence, word: Word) -> Word:
    """What a word hangs on; "without a deal on 40 tonnes": a preposition hangs on the noun before it where that is denied."""
    head = sentence.words[word.head]
    before = sentence.words[word.index - 1] if word.index else word
    if word.relation != "prep" or not head.tag.startswith("VB") or not before.tag.startswith("NN"):
        return head
    is_without = sentence.words[before.head].lower == "without"
    has_none = any(each.lower == "no" and each.relation in ("det", "neg") for each in sentence.children[before.index])
    return before if is_without or has_none else head


def _held(word: Word, below: Word | None, found: list[Turn]) -> str:
    """What a verb of saying or checking hands up, for the "unable", "declined" or "not" above it."""
    if below is None or found or below.relation not in ("ccomp", "xcomp", "dobj"):
        return ""
    return "check" if is_form_of(word, "checking") else "tell" if is_form_of(word, "telling") else ""


def _mark(sentence: Sentence, head: Word) -> Word | None:
    """The word that opens a clause, also where the parser hangs it on the verb above."""
    first = sentence.subtree(head)[0]
    for word in (first, *sentence.words[max(0, first.index - 1) : first.index]):
        if word.lower in words_of("fact_marks") or word.lower in words_of("conditions"):
            return word
    once = (each for each in sentence.children[head.index] if each.lower == "once" and each.index < head.index)
    return next((each for each in sentence.children[head.index] if each.relation == "mark"), None) or next(once, None)


def _shares(sentence: Sentence, verb: Word) -> bool:
    """ "did not eat or drink": a verb that stands under the same "not" as the one that it is joined to."""
    if not verb.tag.startswith(("VB", "MD")):
        return True
    own = {each.relation for each in sentence.children[verb.index]}
    if own & {"nsubj", "nsubjpass", "expl", "aux", "auxpass", "neg"} or verb.tag in ("VBZ", "VBP", "VBD"):
        return False
    above = sentence.words[verb.head]
    link = sentence.child(above, "cc")
    return not (link is not None and link.lower == "but") and (verb.tag == above.tag or above.tag in ("VB", "VBN", "VBG"))


def _is_apart(sentence: Sentence, word: Word) -> bool:
    """Whether a phrase or clause tells a fact of its own: "after the loss of 40 men", ", which has 40 beds,", "the 40 men who fled"."""
    if word.relation == "parataxis" or _is_behind_colon(sentence, word) or _goes_on(sentence, word):
        return True
    if (
        word.tag == "IN"
        and word.relation in ("prep", "mark")
        and word.lower in words_of("fact_prepositions") | words_of("conditions")
    ):
        return True
    if word.relation in ("advcl", "acl") and word.tag == "VBG" and behind_comma(sentence, word):
        return True
    if _is_beside(sentence, word) or _is_whole(sentence, word) or _is_apposed(sentence, word):
        return True
    if word.relation != "relcl":
        return False
    noun = sentence.words[word.head]
    if any(each.relation == "mark" and each.lower == "that" for each in sentence.children[word.index]):
        return False
    if singular(noun.lower) in words_of("statements") and (
        is_form_of(word, "telling") or is_form_of(word, "showing") or _is_by_which(sentence, word)
    ):
        return False
    return behind_comma(sentence, word) or any(
        each.lower in ("the", "these", "those", "its", "his", "her", "their", "our", "my") or each.relation == "poss"
        for each in sentence.children[noun.index]
    )


def _goes_on(sentence: Sentence, verb: Word) -> bool:
    """ "At first said 6 men were shot, then corrected it to 4": a further deed, whatever the parser hangs it on."""
    before = sentence.words[verb.index - 1].lower if verb.index else ""
    return verb.relation == "dep" and verb.tag in ("VBD", "VBZ", "VBP") and before in ("then", "later", "now")


def _is_apposed(sentence: Sentence, word: Word) -> bool:
    """ "No aid has reached the valley, home to 90,000 people": a noun between commas tells what the one before it is."""
    if not word.tag.startswith("NN") or word.relation not in ("appos", "advmod", "npadvmod") or not behind_comma(sentence, word):
        return False
    is_led = any(each.lower in ("a", "an", "the") for each in sentence.children[word.index]) or word.lower == "home"
    return is_led and sentence.child(word, "prep", "relcl") is not None


def _is_whole(sentence: Sentence, word: Word) -> bool:
    """ "14 of the 32 villages were not reached", "the sample of 900 firms is not large": what there is of them is taken for granted."""
    above = sentence.words[word.head]
    if word.relation != "prep" or word.lower != "of" or above.index > word.index:
        return False
    thing = sentence.child(word, "pobj")
    if thing is None:
        return False
    if above.tag == "CD" or above.lower in ("many", "most", "some", "half", "several"):
        return above.lower not in ("one", "zero") and any(each.lower in _DEFINITE for each in sentence.children[thing.index])
    verb = sentence.words[above.head]
    is_being = above.relation == "nsubj" and sentence.child(verb, "acomp", "attr") is not None and is_form_of(verb, "being")
    is_definite = any(each.lower in _DEFINITE for each in sentence.children[above.index])
    is_owned = is_definite or sentence.child(above, "poss") is not None
    if is_owned and singular(above.lower) in words_of("standing") and not _is_judging(verb):
        return True  # "unable to pay its debts of 90 million"
    return is_being and is_definite and singular(above.lower) in _GATHERED


def _is_judging(verb: Word) -> bool:
    return any(is_form_of(verb, key) for key in ("denial", "checking", "doubt"))


_DEFINITE = frozenset("the its his her their our these those".split())
_GATHERED = frozenset(
    "sample group fleet team crowd herd set list panel network batch staff force crew band array stock collection".split()
)


def _is_behind_colon(sentence: Sentence, verb: Word) -> bool:
    """ "It spared no one: 90 wells ran dry": a clause of its own behind a colon."""
    if not verb.tag.startswith(("VB", "MD")) or verb.head >= verb.index or sentence.child(verb, "nsubj", "nsubjpass") is None:
        return False
    return any(each.text == ":" for each in sentence.words[verb.head : verb.index])


def _is_by_which(sentence: Sentence, word: Word) -> bool:
    """ "An account, under which 40 men fled": the clause is what the account says."""
    first = sentence.subtree(word)[0]
    after = sentence.words[first.index + 1].lower if first.index + 1 < len(sentence.words) else ""
    return first.tag == "IN" and after == "which" and first.lower in ("under", "by", "in")


def _is_beside(sentence: Sentence, word: Word) -> bool:
    """ ", with 40 men missing": a circumstance behind a comma, by whichever word the parser hangs it on."""
    is_with = word.lower == "with" and word.relation == "prep"
    mark = sentence.child(word, "mark") if word.relation == "advcl" else None
    return (is_with or (mark is not None and mark.lower == "with")) and behind_comma(sentence, word)
