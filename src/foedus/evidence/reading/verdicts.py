"""Verdicts on a statement: "the report that … is false", "it is unlikely that …", "called it a lie", "was made up"."""

from __future__ import annotations

from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.turn import Turn, none_of, turn_at
from foedus.evidence.reading.units import singular

__all__ = ["called_wrong", "is_called", "wrong_to_say"]

_FALLING = frozenset("stop stops stopped stopping fall falls fell fallen".split())
_NAMING = frozenset(
    "call calls called calling brand branded brands label labelled labeled describe described describes term termed dub dubbed deem "
    "deemed".split()
)


def called_wrong(sentence: Sentence, word: Word, below: Word | None) -> Turn | None:
    """ "The report that … is false", "it is not true that …", "it is unlikely that …", "called a report of … a lie"."""
    if (
        below is not None
        and below.relation == "nsubj"
        and singular(below.lower) in words_of("doings")
        and _collapses(sentence, word)
    ):
        return turn_at("failure-verb", "negated", word)
    if (
        below is not None
        and below.relation == "nsubjpass"
        and singular(below.lower) in words_of("statements")
        and _is_made_up(sentence, word)
    ):
        return turn_at("called-wrong", "denied", word)
    if below is not None and below.relation == "nsubj" and (unconvincing := _convinces_nobody(sentence, word)) is not None:
        return turn_at("doubted", "doubted", unconvincing)
    own = sentence.subtree(word)
    verdict = next(
        (each for each in sentence.children[word.index] if each.relation in ("acomp", "attr", "oprd") and each is not below), None
    )
    is_thought = is_form_of(word, "put_forward") and sentence.child(word, "auxpass") is not None
    if verdict is None and (is_form_of(word, "turning_out") or is_thought):
        verdict = _turned_out(sentence, word)
    baseless = _baseless(sentence, word) if below is not None and singular(below.lower) in words_of("statements") else None
    if baseless is not None:
        return turn_at("called-wrong", "denied", baseless)
    negation = sentence.child(word, "neg")
    if verdict is not None and below is not None:
        if verdict.lower in words_of("inflated") and singular(below.lower) in words_of("statements") and negation is None:
            return turn_at("doubted", "doubted", verdict)
        if singular(below.lower) in words_of("chances") and verdict.lower in words_of("small"):
            return turn_at("doubted", "doubted", verdict)
        if singular(below.lower) in words_of("proofs") and verdict.lower in words_of("small") | words_of("flimsy"):
            return turn_at("no-evidence", "doubted", verdict)
        is_open = below.relation in ("ccomp", "csubj", "xcomp") or singular(below.lower) in words_of("statements")
        is_open = is_open or (below.relation in ("nsubj", "nsubjpass") and verdict.lower in words_of("unbelievable"))
        if verdict.lower in words_of("doubtful") | words_of("unbelievable") and is_open and negation is None:
            return turn_at("doubted", "doubted", verdict)
        is_wrong = singular(verdict.lower) in words_of("wrong") or verdict.lower in words_of("wrong")
        is_wrong = is_wrong or (singular(below.lower) in words_of("statements") and verdict.lower in words_of("errors"))
        is_wrong = (is_wrong and negation is None) or (verdict.lower in words_of("right") and negation is not None)
        below_it = {each.lower for each in sentence.subtree(verdict)}
        is_unreal = verdict.lower in words_of("unreal") or (verdict.lower == "stuff" and bool(below_it & words_of("legends")))
        is_open = any(each.tag == "MD" for each in sentence.children[word.index])  # "may be an illusion": the hedge says so
        if is_unreal and below.relation == "nsubj" and negation is None and not is_open:
            return turn_at("called-wrong", "denied", verdict)
        is_said = below.relation == "xcomp" and (is_form_of(below, "asserting") or is_form_of(below, "telling"))
        is_statement = below.relation in ("ccomp", "csubj") or is_said or singular(below.lower) in words_of("statements")
        if is_wrong and is_statement:
            is_old = bool({each.lower for each in sentence.children[below.index]} & words_of("earlier"))
            return Turn("called-wrong", "retracted" if is_old else "denied", (negation or verdict).start, verdict.end)
    if word.lower in _NAMING and below is not None and below.relation in ("dobj", "ccomp", "advcl"):
        thing = sentence.child(word, "dobj", "ccomp")
        last = next((each for each in reversed(own) if each.lower in words_of("wrong")), None)
        if (
            thing is not None
            and last is not None
            and last.index > thing.index
            and singular(thing.lower) in words_of("statements")
        ):
            return Turn("called-wrong", "denied", word.start, last.end)
    return None


def wrong_to_say(sentence: Sentence, noun: Word, below: Word | None) -> Turn | None:
    """ "It would be a mistake to conclude that 40 died", "it is a stretch to say that": a verdict on saying it.

    Of a noun in no list it is open what it says of what is said.
    """
    if below is None or noun.relation != "attr" or below.relation not in ("relcl", "acl", "xcomp", "advcl", "ccomp"):
        return None
    is_said = any(is_form_of(below, key) for key in ("asserting", "telling")) or below.lower in ("deny", "suppose", "expect")
    if not is_said or not any(each.tag == "TO" for each in sentence.children[below.index]):
        return None
    verb, name = sentence.words[noun.head], singular(noun.lower)
    scant = next((each for each in sentence.children[noun.index] if each.lower in words_of("small")), None)
    scant = scant or none_of(sentence, noun)
    if scant is not None and name in ("reason", "ground", "cause", "basis", "justification"):
        return turn_at("no-evidence", "doubted", scant)
    if none_of(sentence, noun) is not None or sentence.child(verb, "neg") is not None:
        return None
    if name in words_of("wrong") | words_of("errors") | words_of("overdoing"):
        return turn_at("called-wrong", "denied", noun)
    return None if name in words_of("carrying_verdicts") | words_of("carrying_nouns") else turn_at("no-rule", "unsure", noun)


def is_called(sentence: Sentence, word: Word) -> bool:
    """ "Called the figure of 900 dead rats absurd", where the parser hangs the rats on the adjective."""
    above = sentence.words[word.head]
    between = sentence.words[above.index : word.index]
    is_statement = any(singular(each.lower) in words_of("statements") for each in between)
    return above.lower in _NAMING and word.lower in words_of("wrong") and is_statement


def _baseless(sentence: Sentence, word: Word) -> Word | None:
    """ "Is without foundation", "had no basis"."""
    for each in sentence.children[word.index]:
        thing = sentence.child(each, "pobj") if each.lower == "without" else each if each.relation == "dobj" else None
        if thing is not None and thing.lower in words_of("foundations"):
            return thing if each is not thing else none_of(sentence, thing)
    return None


_CONVINCING = frozenset("convince convinces convinced persuade persuades persuaded".split())


def _convinces_nobody(sentence: Sentence, verb: Word) -> Word | None:
    """ "A claimed fall of 48 percent fails to convince statisticians", "did not persuade them"."""
    deed = sentence.child(verb, "xcomp")
    if is_form_of(verb, "failure") and deed is not None and deed.lower in _CONVINCING:
        return verb
    return sentence.child(verb, "neg") if verb.lower in _CONVINCING else None


def _turned_out(sentence: Sentence, word: Word) -> Word | None:
    """ "Turned out to be a hoax", "proved to be false"."""
    inside = sentence.child(word, "xcomp", "ccomp")
    if inside is None:
        return None
    if inside.tag.startswith("JJ") or inside.lower in words_of("unbelievable"):
        return inside
    return sentence.child(inside, "attr", "acomp")


def _collapses(sentence: Sentence, word: Word) -> bool:
    """ "Its plan to hire 300 guards fell through", "came to nothing", "collapsed"."""
    after = tuple(each.lower for each in sentence.words[word.index + 1 : word.index + 3])
    is_nought = after[:1] == ("to",) and after[-1] in ("nothing", "nought", "naught", "grief")
    is_phrase = (after[:1] == ("through",) and word.lower in _FALLING) or is_nought
    return is_phrase or is_form_of(word, "collapsing")


def _is_made_up(sentence: Sentence, word: Word) -> bool:
    """ "The reports were made up", "were concocted"."""
    after = sentence.words[word.index + 1].lower if word.index + 1 < len(sentence.words) else ""
    needs_up = word.lower in ("made", "cooked", "dreamt", "dreamed", "trumped")
    return is_form_of(word, "making_up") and (after == "up" or not needs_up)
