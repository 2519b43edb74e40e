"""What is there whatever its clause does with it: "40 deaths could have been avoided", "not content with 4 palaces, …"."""

from __future__ import annotations

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.stance_words import is_form_of, words_of

__all__ = ["is_granted", "is_inset"]

_MODALS = frozenset("would could might should".split())
_ABLE = frozenset("can could".split())
_DEGREES = frozenset("enough more better worse happier sooner clearer prouder".split())


def is_granted(sentence: Sentence, word: Word, below: Word | None) -> bool:
    """Whether a word leaves what hangs on it there, though it is negated, averted, left out or asked.

    Args:
        below: what the word is read for; None for what it says itself.
    """
    if below is None:
        return False
    if word.lower == "without":
        return _is_missed(sentence, word)
    if word.lower == "with" and sentence.words[word.head].lower == "do" and "nothing to do with" in sentence.lower:
        return True  # "had nothing to do with the theft of 7 paintings"
    if word.lower == "fact":
        return below.relation in ("acl", "ccomp") and any(each.lower == "the" for each in sentence.children[word.index])
    if _opens_with_not(sentence, word) or is_inset(sentence, below):
        return True
    if not word.tag.startswith("VB"):
        return False
    if _is_too_late(sentence, word) or _is_litotes(sentence, word, below) or _is_let(sentence, word, below):
        return True
    if _is_owned(sentence, word, below) or _is_told_who(sentence, word, below):
        return True
    is_object = below.relation in ("dobj", "nsubjpass", "ccomp")
    return is_object and (is_form_of(word, "moving") or (is_form_of(word, "overstating") and _is_impossible(sentence, word)))


def is_inset(sentence: Sentence, preposition: Word) -> bool:
    """ "External debt, at 168 billion, will not fall": between commas stands how much there is."""
    if preposition.lower != "at" or preposition.relation != "prep" or not preposition.index:
        return False
    last = sentence.subtree(preposition)[-1].index
    is_closed = last + 1 < len(sentence.words) and sentence.words[last + 1].text == ","
    has_figure = any(each.tag == "CD" for each in sentence.subtree(preposition))
    return sentence.words[preposition.index - 1].text == "," and is_closed and has_figure


def _is_owned(sentence: Sentence, verb: Word, below: Word) -> bool:
    """ "Has not raised its price of 900 dollars", "did not use its fleet of 40": what somebody has is there, whatever he did not do."""
    is_negated = sentence.child(verb, "neg") is not None
    if not is_negated or below.relation != "dobj" or sentence.child(below, "poss") is None:
        return False
    link = sentence.child(below, "prep")
    return link is not None and link.lower == "of" and any(each.tag == "CD" for each in sentence.subtree(link))


_NOT_YET_SO = frozenset(
    "planned proposed expected needed required promised intended ordered requested wanted sought envisaged scheduled earmarked "
    "alleged supposed feared suspected rumoured rumored forecast projected budgeted authorised authorized meant due".split()
)
""" "The 9 mines planned for 2024 were not dug": there are none."""


def _is_told_who(sentence: Sentence, verb: Word, below: Word) -> bool:
    """ "Some 40 women killed each year are never named": that they were killed is so, whatever was not done with them."""
    helpers = [each for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass")]
    is_negated = any(sentence.child(each, "neg") is not None for each in (verb, *helpers))
    if not is_negated or below.index > verb.index:
        return False
    if below.relation in ("nsubj", "nsubjpass"):
        done = sentence.child(below, "acl")
        noun = below
    else:
        is_all = sentence.child(verb, "nsubj", "nsubjpass") is None and below.relation in ("ccomp", "csubj")
        is_all = is_all and not any(each.text in (",", ";", ":") for each in sentence.words[below.index : verb.index])
        done = below if is_all else None  # the parser takes "killed" for a verb of its own
        noun = sentence.child(below, "nsubj", "nsubjpass") or below
    if done is None or done.tag not in ("VBN", "VBD") or sentence.child(done, "aux", "auxpass", "mark") is not None:
        return False
    is_led = noun.index < done.index and all(
        each.tag.startswith("RB") or each.lower == "not" for each in sentence.words[noun.index + 1 : done.index]
    )
    behind = sentence.words[done.index + 1].text
    is_said = done.lower in _NOT_YET_SO or lemma(done.lower, "speech", "thought") != ""
    return is_led and behind != "," and done.index + 1 < verb.index and not is_said


def _helpers(sentence: Sentence, verb: Word) -> set[str]:
    return {each.lower for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass")}


def _is_past_unreal(sentence: Sentence, verb: Word) -> bool:
    """ "Would have closed", "could have been averted": what was not, or what was."""
    helpers = _helpers(sentence, verb)
    return "have" in helpers and bool(helpers & _MODALS)


def _is_too_late(sentence: Sentence, verb: Word) -> bool:
    """ "Could have been avoided": it was not."""
    is_negated = sentence.child(verb, "neg") is not None
    return is_form_of(verb, "averting") and _is_past_unreal(sentence, verb) and not is_negated


def _is_let(sentence: Sentence, verb: Word, below: Word) -> bool:
    """ "Did not keep 7 million from the polls": they went."""
    is_from = any(each.lower == "from" for each in sentence.children[verb.index])
    is_negated = sentence.child(verb, "neg") is not None
    return below.relation == "dobj" and is_from and is_negated and is_form_of(verb, "hindering")


def _is_missed(sentence: Sentence, preposition: Word) -> bool:
    """ "Without its 80 volunteers the library would have closed", "hardly a day passes without 2 boats …": they are there."""
    verb = sentence.words[preposition.head]
    if not verb.tag.startswith("VB"):
        return False
    first = next((each for each in sentence.words if each.text[0].isalnum()), verb)
    return _is_past_unreal(sentence, verb) or first.lower in _SELDOM


_SELDOM = frozenset("rarely seldom hardly scarcely barely".split())
_HARD = frozenset("hard difficult impossible tough".split())


def _is_impossible(sentence: Sentence, verb: Word) -> bool:
    """ "It is hard to overstate", "cannot be overstated": what is there is there in full."""
    above = sentence.words[verb.head]
    beside = [above, *(each for each in sentence.children[above.index] if each.relation == "acomp")]
    is_hard = verb.relation in ("xcomp", "advcl", "ccomp") and any(each.lower in _HARD for each in beside)
    return is_hard or (sentence.child(verb, "neg") is not None and bool(_helpers(sentence, verb) & _ABLE))


def _opens_with_not(sentence: Sentence, word: Word) -> bool:
    """ "Not content with 4 palaces, the ruler …": a feeling about a thing that is there."""
    first = next((each for each in sentence.words if each.text[0].isalnum()), word)
    return first.lower == "not" and first.index + 1 == word.index and word.lower in words_of("feelings")


def _is_litotes(sentence: Sentence, verb: Word, below: Word) -> bool:
    """ "Could not have come soon enough for the 700", "cannot thank the 80 enough": it is said with force, not denied."""
    if sentence.child(verb, "neg") is None or not _helpers(sentence, verb) & _ABLE or below.relation not in ("prep", "dobj"):
        return False
    behind = (each for each in sentence.children[verb.index] if each.relation in ("advmod", "acomp") and each.index > verb.index)
    return any(each.lower in _DEGREES and sentence.child(each, "prep", "amod") is None for each in behind)
