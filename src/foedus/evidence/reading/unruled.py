"""Words above a figure that the reader has no rule for: what hangs on them is left open, never affirmed.

A verb, an adjective or a noun that governs a clause can deny, doubt or undo it. The lists of `stances.toml` and `cues.toml` say which of
them do and which leave it as it is; of a word in neither nobody knows, and the claim says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.ordered import holder_before
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.turn import Turn
from foedus.evidence.reading.units import singular

__all__ = ["turns_suspect", "turns_unruled", "unruled_holder"]

_TURNING = (
    "denial denial_at denial_with refusal_with making_up ending clearing lacking resisting collapsing failure refusal refraining hindering "
    "averting doubt checking telling asserting regret open asking retreating retreating_with retraction revision turning_out imagining "
    "accusing"
).split()
_CUES = ("speech", "thought", "evidence", "act")
_MARKS = ("``", ":", "''")
_DOING_WITH = frozenset("with at about of against to over toward towards".split())
_COMING = frozenset("come comes came originate originates originated stem stems stemmed arise arises arose".split())
_POINTING = frozenset("the this that its their his her".split())
_ANYONE = frozenset("anyone anybody whoever those nobody whomever".split())
""" "Anyone who believes that 40 fled …" does not say so himself, and is nobody."""
_PUTTING = ("put", "puts", "putting", "left", "kept", "set")
_SAID_OF_PLACE = frozenset("below above under over from for by within per".split())
_KEEPING = frozenset("line keeping accordance agreement".split())


def turns_unruled(sentence: Sentence, word: Word, below: Word | None) -> Iterator[Turn]:
    """The turn of a word that nothing is known of, for what hangs on it; nothing where the word is in a list.

    Args:
        below: what the word is read for.
    """
    if below is None:
        return
    if word.tag.startswith("VB"):
        found = _of_verb(sentence, word, below)
    elif word.tag.startswith("JJ"):
        is_above = _is_clause(sentence, word, below) or _is_infinitive(sentence, word, below)
        found = word if is_above and not _is_known_adjective(word) else None
    elif word.tag.startswith("NN"):
        found = _of_noun(sentence, word, below)
    else:
        found = None
    if found is not None:
        yield Turn("no-rule", "unsure", found.start, found.end)


@cache
def _adjectives() -> frozenset[str]:
    keys = ("carrying_adjectives", "carrying_verdicts", "unable", "doubtful", "wrong", "right", "inflated", "small")
    return frozenset().union(*(words_of(key) for key in keys))


def _is_known_adjective(word: Word) -> bool:
    return word.lower in _adjectives() or word.tag in ("JJR", "JJS")


def _is_infinitive(sentence: Sentence, word: Word, below: Word) -> bool:
    """ "Hard to believe that 40 fled", by whichever name the parser hangs it on the adjective."""
    is_to = any(each.tag == "TO" for each in sentence.children[below.index])
    return below.relation == "advcl" and below.index > word.index and is_to


def _is_clause(sentence: Sentence, word: Word, below: Word) -> bool:
    """Whether a clause or an infinitive hangs behind a word, in words of the text's own: no quotation, nothing behind a colon."""
    is_verb = below.tag.startswith(("VB", "MD")) and below.relation in ("ccomp", "xcomp") and below.index > word.index
    return is_verb and not any(each.tag in _MARKS for each in sentence.words[word.index : below.index])


def _is_turning(word: Word) -> bool:
    return any(is_form_of(word, key) for key in _TURNING)


def _of_verb(sentence: Sentence, verb: Word, below: Word) -> Word | None:
    """The verb, or the adjective beside a small verb, that governs a clause and is in no list."""
    if below.relation in ("dobj", "nsubjpass") and is_form_of(verb, "calling_off"):
        return verb if sentence.child(below, "nummod") is None else None  # "cancelled 40 orders" counts what was there
    if below.relation in ("dobj", "nsubjpass") and _drops_plan(sentence, verb, below):
        return verb
    first = sentence.subtree(verb)[0]
    is_named = sentence.child(verb, "auxpass") is not None or is_form_of(verb, "naming")
    if first.lower == "what" and first.index < verb.index < below.index and is_named:
        return verb  # "what was thought to be a haul of 2 tonnes"
    if below.relation == "dobj" and is_form_of(verb, "faking"):
        return verb
    if verb.relation == "relcl" and below.relation == "ccomp" and sentence.words[verb.head].lower in _ANYONE:
        return verb
    is_doing = below.relation == "prep" and below.lower in _DOING_WITH and sentence.child(below, "pcomp") is not None
    if below.relation == "csubj" and below.index < verb.index:
        return _above_clause(sentence, verb, below)
    if not is_doing and not _is_clause(sentence, verb, below):
        return None
    beside = sentence.child(verb, "acomp", "oprd")
    if beside is not None and beside is not below and beside.tag.startswith("JJ"):
        return None if _is_known_adjective(beside) else beside
    is_known = is_form_of(verb, "carrying") or lemma(verb.lower, *_CUES) or is_form_of(verb, "wishing") or _is_turning(verb)
    return None if is_known else verb


_DROPPING = frozenset(
    "drop drops dropped dropping withdraw withdraws withdrew withdrawn withdrawing waive waives waived waiving "
    "suspend suspends suspended".split()
)
_PLANNED = frozenset("planned proposed threatened intended scheduled mooted".split())


def _drops_plan(sentence: Sentence, verb: Word, thing: Word) -> bool:
    """ "Would drop a planned surcharge of 1,500 dollars", "scrapped a proposed tax of 5 %": what was planned does not come."""
    is_planned = any(each.lower in _PLANNED for each in sentence.children[thing.index])
    return is_planned and (verb.lower in _DROPPING or is_form_of(verb, "calling_off"))


def _above_clause(sentence: Sentence, verb: Word, below: Word) -> Word | None:
    """ "That 40 fled beggars belief", "that 40 fled is a nice story": what governs a clause that is its subject."""
    if sentence.subtree(below)[0].lower != "that":
        return None
    if is_form_of(verb, "being"):
        return _verdict(sentence, verb)
    return None if is_form_of(verb, "carrying_as_subject") or is_form_of(verb, "carrying") or _is_turning(verb) else verb


def _of_noun(sentence: Sentence, noun: Word, below: Word) -> Word | None:
    """The word that governs a statement or a promise and is in no list: "a gross exaggeration", "took issue with"."""
    name = singular(noun.lower)
    if name in words_of("statements") and _states(sentence, noun, below, name):
        return _above_statement(sentence, noun)
    is_infinitive = below.relation in ("acl", "xcomp") and any(each.tag == "TO" for each in sentence.children[below.index])
    is_of = below.relation == "prep" and (
        (below.lower == "of" and name in words_of("promising_of")) or (below.lower == "for" and name in words_of("promising_for"))
    )
    predicate = _predicate(sentence, noun, below)
    if name in words_of("promises") and (is_infinitive or is_of) and predicate is not None:
        verb = predicate
        is_put = verb.lower in _PUTTING and sentence.child(verb, "prep") is not None  # "put on ice"
        return None if (is_form_of(verb, "carrying_promise") and not is_put) or verb.tag[:2] != "VB" else verb
    return None


def _predicate(sentence: Sentence, noun: Word, below: Word) -> Word | None:
    """The verb of which a noun is object or subject, also where the parser takes it for one more clause about the noun."""
    if noun.relation in ("dobj", "nsubj", "nsubjpass"):
        return sentence.words[noun.head]
    others = (
        each for each in sentence.children[noun.index] if each.relation in ("acl", "relcl") and each.tag in ("VBD", "VBN", "VBZ")
    )
    return next((each for each in others if noun.head == noun.index and each is not below and each.index > below.index), None)


def turns_suspect(sentence: Sentence, verb: Word, below: Word | None) -> Iterator[Turn]:
    """A verdict in the predicate of a clause that no rule has read: "are the stuff of legend", "fails to impress the sceptics".

    Args:
        below: what the verb is read for; what hangs on that is no verdict on it.
    """
    if below is None or not verb.tag.startswith("VB") or below.relation not in ("nsubj", "nsubjpass", "csubj", "ccomp", "dobj"):
        return
    if sentence.child(verb, "neg") is not None or any(each.tag == "MD" for each in sentence.children[verb.index]):
        return  # "is not a myth", "may be an illusion"
    heads = [each for each in sentence.children[verb.index] if each.relation in _PREDICATES and each is not below]
    found = [verb, *(one for each in heads for one in sentence.subtree(each))]
    words = (each for each in found if each.tag != "VBG" and singular(each.lower) in words_of("suspect"))
    suspect = next((each for each in words if not _has_no(sentence, each)), None)
    if suspect is not None:
        yield Turn("no-rule", "unsure", suspect.start, suspect.end)


_PREDICATES = ("attr", "acomp", "oprd", "xcomp")


def _has_no(sentence: Sentence, word: Word) -> bool:
    return any(each.lower in ("no", "not", "little") for each in sentence.children[word.index])


def unruled_holder(sentence: Sentence, word: Word) -> Iterator[Turn]:
    """The same of a statement before a word that the parser does not hang it on: by the order of the words."""
    noun = holder_before(sentence, word)
    name = singular(noun.lower) if noun is not None else ""
    if noun is None or name not in words_of("statements") or noun.index == word.index:
        return
    after = sentence.words[noun.index + 1].lower
    if after in ("that", "according", "to") or (after == "of" and name in words_of("stating_of")):
        found = _above_statement(sentence, noun)
        if found is not None and found is not word and (found.index != noun.index or _has_lost_its_verb(sentence, noun)):
            yield Turn("no-rule", "unsure", found.start, found.end)


def _states(sentence: Sentence, noun: Word, below: Word, name: str) -> bool:
    """Whether what hangs on a noun is what is stated: "that 40 fled", "of 40", "to have lost 40", "by which 40 fled"."""
    if below.relation in ("acl", "ccomp"):
        return True
    if below.relation == "relcl":
        first = sentence.subtree(below)[0]
        return first.lower in ("that", "according", "by", "in", "under")
    thing = sentence.child(below, "pobj") if below.relation == "prep" and below.lower == "of" else None
    is_figure = thing is not None and thing.tag == "CD" and any(each.lower in _POINTING for each in sentence.children[noun.index])
    return thing is not None and (name in words_of("stating_of") or is_figure)  # "the number of 5,000", not "a total of 5,000"


def _above_statement(sentence: Sentence, noun: Word) -> Word | None:
    """What governs a statement, where it is in no list that leaves the statement said."""
    above = sentence.words[noun.head]
    if above is noun:
        return noun if _has_lost_its_verb(sentence, noun) else None
    if noun.relation == "pobj":
        return _of_preposition(sentence, above)
    if not above.tag.startswith("VB"):
        return None
    if noun.relation == "dobj" and _is_moved_to(sentence, noun, above):
        return None
    if noun.relation == "dobj":
        return None if is_form_of(above, "carrying_statement") or is_form_of(above, "revision") else above
    if noun.relation == "nsubjpass":
        return None if is_form_of(above, "carrying_statement") or is_form_of(above, "carrying_as_subject") else above
    if noun.relation != "nsubj":
        return None
    if not is_form_of(above, "carrying_as_subject"):
        return above
    if above.lower in _COMING and sentence.subtree(above)[0].lower in ("where", "how"):
        return above  # "to say where the figure of 5 million came from"
    return _verdict(sentence, above) if is_form_of(above, "being") else _weak_ground(sentence, above)


def _weak_ground(sentence: Sentence, verb: Word) -> Word | None:
    """ "Rests on shaky foundations", "is drawn from outdated data": what a statement stands on, called weak."""
    below = (each for link in sentence.children[verb.index] if link.relation == "prep" for each in sentence.subtree(link))
    return next((each for each in below if each.lower in words_of("doubtful") | words_of("flimsy")), None)


_LEVELS = frozenset("toll total count tally number figure".split())
_MOVING = frozenset("take takes taking took taken push pushes pushing pushed send sends sending sent drive driving drove".split())


def _is_moved_to(sentence: Sentence, noun: Word, verb: Word) -> bool:
    """ "Taking the toll to 84": a level that rises, and no statement that somebody deals with."""
    below = [*sentence.children[verb.index], *sentence.children[noun.index]]
    to = next((each for each in below if each.lower == "to" and each.index > noun.index), None)
    level = sentence.child(to, "pobj") if to is not None else None
    is_figure = level is not None and (level.tag == "CD" or sentence.child(level, "nummod") is not None)
    return noun.lower in _LEVELS and verb.lower in _MOVING and is_figure


_FIRST = 3


def _has_lost_its_verb(sentence: Sentence, noun: Word) -> bool:
    """ "The suggestion that 11 towns were overrun strains credulity.": a whole sentence whose verdict the parser has hung elsewhere."""
    is_noun = noun.index > 0 and not sentence.words[noun.index - 1].tag.startswith("NN")  # not "the charity estimates that"
    is_first = is_noun and noun.index <= _FIRST and sentence.words[0].tag in ("DT", "PRP$") and sentence.words[-1].text == "."
    return is_first and any(each.tag == "IN" and each.lower == "that" for each in sentence.words[noun.index + 1 : noun.index + 3])


def _of_preposition(sentence: Sentence, preposition: Word) -> Word | None:
    """ "Took issue with an estimate that", "scoffed at talk of"; "in a report that", "according to" leave it said."""
    if preposition.relation == "agent" or preposition.lower in words_of("carrying_prepositions"):
        above = sentence.words[preposition.head]
        is_taking = preposition.lower in ("with", "to", "on", "under") and above.tag.startswith("VB")
        is_known = is_form_of(above, "carrying_as_subject") or is_form_of(above, "carrying_statement") or _is_turning(above)
        is_free = not is_taking or ((is_known or lemma(above.lower, *_CUES)) and sentence.child(above, "dobj") is None)
        return None if is_free or above.index > preposition.index else above
    above = sentence.words[preposition.head]
    return above if above.tag.startswith(("VB", "JJ")) and above.index < preposition.index else None


def _verdict(sentence: Sentence, verb: Word) -> Word | None:
    """What "is" says of a statement, where that is in no list."""
    for each in sentence.children[verb.index]:
        if each.relation in ("acomp", "attr") and each.index > verb.index:
            own = sentence.subtree(each)
            if any(one.lower == "too" for one in own):
                return each
            is_known = (
                singular(each.lower) in words_of("carrying_verdicts")
                or (each.tag in ("JJR", "JJS", "CD") and each.lower not in ("more", "less"))
                or each.lower in _adjectives()
            )
            return None if is_known or any(one.tag in ("CD", "JJS", "RBS") for one in own) else each
        if each.relation == "prep" and each.index > verb.index:
            thing = sentence.child(each, "pobj")
            is_kept = each.lower in _SAID_OF_PLACE or (thing is not None and thing.lower in _KEEPING)
            return None if is_kept else each
    return None
