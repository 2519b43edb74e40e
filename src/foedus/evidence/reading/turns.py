"""What single words do to what hangs on them: "denied", "failed to", "unlikely", "no evidence", "without", "if"."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.evidence.reading.lexical_turns import DENYING, STOPPING, completed_by, few_do, from_doing, turn_by_meaning
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.questions import asks
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.turn import QUALIFYING, Turn, none_of, turn_at
from foedus.evidence.reading.units import singular
from foedus.evidence.reading.verdicts import called_wrong, is_called, wrong_to_say

__all__ = ["CLASS_NEGATED", "is_given", "turns_beside", "turns_of", "turns_of_mark", "turns_under"]


def turns_under(sentence: Sentence, head: Word) -> Iterator[Turn]:
    """What the noun or adjective below a small verb does to a whole clause: "there is little hope that", "is unable to"."""
    for each in sentence.children[head.index] if head.tag.startswith("VB") else ():
        if each.relation in ("acomp", "oprd"):
            inside = sentence.child(each, "xcomp", "ccomp") or sentence.child(head, "ccomp", "csubj")
            yield from _of_adjective(sentence, each, inside, "")
        elif each.relation in ("attr", "dobj", "nsubj", "nsubjpass") and singular(each.lower) in _OWN_NOUNS:
            yield from _of_noun(sentence, each)
        elif each.lower == "short" and head.lower in STOPPING and sentence.child(each, "prep") is not None:
            yield turn_at("failure-verb", "negated", each)


def turns_beside(sentence: Sentence, word: Word) -> Iterator[Turn]:
    """ "80 men, not 800", "rather than 800", "all but 9": a figure that is put aside for another, or left out of the rest."""
    at = word.index - 1
    while at >= 0 and sentence.words[at].lower in ("the", "a", "an", "some", "about"):
        at -= 1
    if at < 0 or not word.tag.startswith("CD"):
        return
    before = sentence.words[at]
    earlier = sentence.words[at - 1].lower if at else ""
    is_corrected = before.lower == "not" and earlier in (",", "and", "but", "—", "–")
    if is_corrected or (earlier, before.lower) in _PUT_ASIDE:
        yield Turn("not-this-one", "negated", before.start, before.end)


_PUT_ASIDE = (("rather", "than"), ("instead", "of"), ("all", "but"), ("except", "for"), ("apart", "from"))


def turns_of_mark(sentence: Sentence, mark: Word) -> Iterator[Turn]:
    """The turn that the word at the head of a clause makes: "if", "as long as", "in case"."""
    before = tuple(each.lower for each in sentence.words[max(0, mark.index - 2) : mark.index])
    is_written = (mark.lower == "as" and before in (("as", "long"), ("so", "long"))) or (
        mark.lower == "case" and before[-1:] == ("in",)
    )
    if mark.lower in words_of("conditions") or is_written or _is_ahead(sentence, mark):
        yield Turn("if-clause", "conditional", mark.start, mark.end)


def _is_ahead(sentence: Sentence, mark: Word) -> bool:
    """ "Once 60 have voted, it will stand", "lapses once 10 have left": nothing that has happened."""
    if mark.lower != "once" or mark.head == mark.index:
        return False
    verb = sentence.words[mark.head]
    above = sentence.words[verb.head]
    tenses = [verb, *(each for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass"))]
    is_present = any(each.tag in ("VBP", "VBZ") for each in tenses)
    main = [above, *(each for each in sentence.children[above.index] if each.relation in ("aux", "auxpass"))]
    return is_present and above is not verb and any(each.tag in ("MD", "VBZ", "VBP") for each in main)


def turns_of(sentence: Sentence, word: Word, below: Word | None, held: str, figure: Word | None = None) -> Iterator[Turn]:
    """The turns that one word and its small words make for what hangs on it.

    Args:
        below: what it is read for; None for what it says itself. held: what the verb below hands up. figure: where the path began.
    """
    if word.tag == "IN" or word.lower in ("instead", "without"):
        yield from _of_preposition(sentence, word, below)
        return
    if word.lower == "short" and below is not None and below.lower == "of" and sentence.words[word.head].lower in STOPPING:
        yield turn_at("failure-verb", "negated", word)
    elif word.tag.startswith("JJ") or (word.tag == "VBN" and word.lower in words_of("doubtful")):
        yield from _of_adjective(sentence, word, below, held)  # "are unconvinced by"
    elif word.tag.startswith(("VB", "MD")):
        yield from _of_verb(sentence, word, below, held, figure)
    elif word.tag.startswith("NN") and below is not None:
        yield from _of_noun(sentence, word, below)
    if below is not None and below.lower in ("on", "upon") and below.relation == "prep" and word.lower in words_of("depending"):
        yield turn_at("if-clause", "conditional", word)
    if word.tag.startswith(("VB", "MD")) and (mark := asks(sentence, word)) is not None:
        yield Turn(mark[0], "asked", mark[1].start, mark[1].end)
    if word.tag.startswith(("VB", "MD")) and (condition := _condition_of(sentence, word, below)) is not None:
        yield turn_at("under-condition", "conditional", condition)


def _condition_of(sentence: Sentence, verb: Word, below: Word | None) -> Word | None:
    """The "if" of a condition under which a verb stands: what it foretells is no fact; "if not hundreds" has no verb of its own."""
    for each in sentence.children[verb.index]:
        if each is below or each.relation not in ("advcl", "prep"):
            continue
        if each.lower in words_of("conditions"):
            return each
        mark = sentence.child(each, "mark") if each.relation == "advcl" and each.tag.startswith(("VB", "MD")) else None
        if mark is not None and mark.lower in words_of("conditions") and not _is_hollow(sentence, mark):
            return mark
    return None


def _is_hollow(sentence: Sentence, mark: Word) -> bool:
    """ "If confirmed" is a condition; "if anything", "if not", "if necessary" and "as if" are none, nor is "if she is to be believed"."""
    before = sentence.words[mark.index - 1].lower if mark.index else ""
    after = sentence.words[mark.index + 1].lower if mark.index + 1 < len(sentence.words) else ""
    is_trust = any(
        each.lower in ("believed", "trusted") and sentence.words[each.index - 1].lower == "be"
        for each in sentence.words[mark.index + 2 :]
    )
    return is_trust or before in ("as", "only") or after in ("anything", "not", "necessary", "needed", "possible", "any", "only")


def _of_preposition(sentence: Sentence, word: Word, below: Word | None) -> Iterator[Turn]:
    is_far = word.lower == "from" and word.index and sentence.words[word.index - 1].lower == "far"
    earlier = sentence.words[word.index - 1].lower if word.index else ""
    is_aside = (earlier, word.lower) in _PUT_ASIDE[:2] and below is not None and below.tag == "VBG"
    if below is not None and (word.lower in ("without", "instead") or is_aside or (is_far and below.tag == "VBG")):
        yield Turn("without", "negated", word.start, word.end)
    if below is not None:
        yield from turns_of_mark(sentence, word)


def _of_adjective(sentence: Sentence, word: Word, below: Word | None, held: str) -> Iterator[Turn]:
    """ "unable to", "too weak to", "unlikely that", "sceptical that"."""
    is_inside = below is not None and below.relation in ("xcomp", "ccomp", "advcl", "prep", "agent", "csubj")
    if is_inside and word.lower in words_of("unable"):
        yield turn_at("not-confirmed", "doubted", word) if held == "check" else turn_at("failure-verb", "negated", word)
    too = sentence.child(word, "advmod")
    if is_inside and too is not None and too.lower == "too" and below is not None and below.index > word.index:
        yield turn_at("failure-verb", "negated", too)
    if below is not None and below.relation == "nsubj" and is_called(sentence, word):
        yield turn_at("called-wrong", "denied", word)
    if is_inside and word.lower in words_of("doubtful"):
        yield turn_at("doubted", "doubted", word)
    is_said = below is not None and (is_form_of(below, "asserting") or is_form_of(below, "telling"))
    if is_inside and is_said and word.lower in words_of("wrong"):
        yield turn_at(
            "called-wrong", "denied", word
        )  # "it is absurd to suggest that"; "it was wrong to send 300 men" tells a fact


def _of_noun(sentence: Sentence, word: Word, below: Word | None = None) -> Iterator[Turn]:
    """ "no evidence of", "little hope of", "the denial that", "no plan to"."""
    name = singular(word.lower)
    verdict = wrong_to_say(sentence, word, below)
    if verdict is not None:
        yield verdict
        return
    small = next((each for each in sentence.children[word.index] if each.lower in words_of("small")), None)
    none = none_of(sentence, word)
    if name == "question" and none is not None and below is not None and below.relation == "prep" and below.lower == "of":
        yield turn_at("ruled-out", "negated", none)  # "there is no question of 200 posts being cut"
    elif name in words_of("proofs") and (none is not None or small is not None or _lacks(sentence, word)):
        yield turn_at("no-evidence", "doubted", none or small or word)
    elif name in words_of("chances") and (small is not None or none is not None):
        yield turn_at("doubted", "doubted", none or small or word)
    elif name == "denial":
        yield turn_at("denied-by-noun", "denied", word)
    elif name == "truth" and none is not None:
        yield turn_at("called-wrong", "denied", none)
    elif name in ("failure", "refusal", "inability") and _is_left_undone(sentence, word, below):
        yield turn_at("failure-verb", "negated", word)
    elif name in words_of("premises") and _holds_clause(sentence, word):
        yield turn_at("if-clause", "conditional", word)
    elif none is None and word.lower in words_of("wrong") and word.relation == "attr":
        yield turn_at("called-wrong", "denied", word)
    elif none is not None and name not in _SURE:
        yield turn_at("no-noun", "negated", none)


def _is_left_undone(sentence: Sentence, noun: Word, below: Word | None) -> bool:
    """ "The refusal to fly 900 men", "the failure of 40 banks"; "the refusal to fly left 900 men stranded" tells what it did."""
    inside = below or sentence.child(noun, "acl", "prep")
    if inside is None or inside.relation != "acl":
        return inside is not None
    return any(each.tag == "TO" for each in sentence.children[inside.index])


def _holds_clause(sentence: Sentence, noun: Word) -> bool:
    """ "In the event that", "on condition that"; "an event that drew 40" is no premise."""
    before = sentence.words[max(0, noun.index - 2) : noun.index]
    is_led = bool(before) and (
        before[-1].lower in ("the", "on", "under") or (before[0].lower == "the" and before[-1].tag == "JJ")
    )
    after = sentence.words[noun.index + 1] if noun.index + 1 < len(sentence.words) else noun
    return is_led and after.lower == "that" and after.relation == "mark"


_SURE = frozenset(
    "doubt question wonder matter surprise stranger secret mistake coincidence denying "
    "hiding escaping ignoring mistaking disputing disguising avoiding longer time".split()
)
_ARTICLES = frozenset("a an the in on at by for from with to some its their his her".split())
_HAVING = frozenset("has have had is are was were remain remains remained".split())


def _lacks(sentence: Sentence, noun: Word) -> bool:
    """ "a lack of evidence that"."""
    above = sentence.words[noun.head]
    return above.lower in ("of", "without") and (
        above.lower == "without" or sentence.words[above.head].lower in ("lack", "absence", "want")
    )


def _of_verb(sentence: Sentence, word: Word, below: Word | None, held: str, figure: Word | None) -> Iterator[Turn]:
    is_behind = below is None or below.relation not in ("nsubj", "nsubjpass", "aux", "auxpass", "advmod", "npadvmod", "csubj")
    is_behind = is_behind or (below is not None and below.relation == "nsubjpass")
    is_other = (
        below is not None
        and below.relation == "ccomp"
        and any(each.text in (",", ";") for each in sentence.words[below.index : word.index])
    )
    is_there = is_given(sentence, word, below) or _is_given_below(sentence, below, figure)
    negation = (
        next((each for each in _negations(sentence, word) if not _is_of_object(sentence, word, below, each)), None)
        if not is_other and not is_there
        else None
    )
    if negation is not None and _is_of_class(sentence, word, below):
        yield Turn(CLASS_NEGATED, "affirmed", negation.start, negation.end)
        return
    negation = negation or (_only_who(sentence, word) if is_form_of(word, "denial") else None)
    is_counted = _counts_acts(sentence, word, below, figure)
    lexical = turn_by_meaning(sentence, word, below, held) if is_behind and not is_counted and not is_there else None
    if lexical is None:
        lexical = called_wrong(sentence, word, below)
    if lexical is not None and lexical.kind == "denied" and negation is not None and lexical.rule != "called-wrong":
        yield Turn("denial-withheld", "affirmed", negation.start, lexical.end)
        return
    is_withheld = negation is not None or (few_do(sentence, word) is not None and is_form_of(word, "doubt"))
    if lexical is not None and lexical.kind == "doubted" and is_withheld:
        return
    if lexical is not None:
        yield lexical
    if negation is not None and not (lexical is not None and lexical.start == negation.start):
        inside = below if below is not None else completed_by(sentence, word)
        is_check = (
            is_form_of(word, "checking") and inside is not None and inside.relation in ("ccomp", "xcomp", "dobj", "nsubjpass")
        )
        yield (
            turn_at("not-confirmed", "doubted", negation) if is_check or held == "check" else turn_at("not", "negated", negation)
        )


CLASS_NEGATED = "negated-class"
_PARTS = frozenset("percent cent % half halves third thirds quarter quarters fifth fifths tenth tenths majority".split())
_IS = frozenset("be is are was were been 's 're".split())


def _is_of_class(sentence: Sentence, verb: Word, below: Word | None) -> bool:
    """ "40 percent have not sold": so large is the share of those who have not; "40 percent is not enough" tells of the number."""
    if below is None or below.relation not in ("nsubj", "nsubjpass") or below.index > verb.index or verb.lower in _IS:
        return False
    first = [each.lower for each in sentence.subtree(below)[:_NEAR_IN]]
    return below.lower in _PARTS or ("in" in first[1:2] and sentence.subtree(below)[0].tag == "CD")


_NEAR_IN = 3


def _is_of_object(sentence: Sentence, verb: Word, below: Word | None, negation: Word) -> bool:
    """ "6 flats have no windows", "7 guards saw nothing": the flats and the guards are there."""
    thing = sentence.child(verb, "dobj")
    is_subject = below is not None and below.relation == "nsubj" and below.index < verb.index
    return is_subject and thing is not None and (negation is thing or negation in sentence.children[thing.index])


def _only_who(sentence: Sentence, verb: Word) -> Word | None:
    """ "Only a fool would deny it": nobody does."""
    subject = sentence.child(verb, "nsubj")
    would = any(each.lower in ("would", "could", "can") for each in sentence.children[verb.index])
    first = sentence.subtree(subject)[0] if subject is not None and would else None
    return first if first is not None and first.lower == "only" else None


def _counts_acts(sentence: Sentence, verb: Word, below: Word | None, figure: Word | None) -> bool:
    """ "Rejected 40 claims", "cancelled 40 orders": it counts what was rejected; "denied 40 deaths" and "averted 40" do not."""
    thing = below if below is not None else sentence.child(verb, "dobj")
    if thing is None or thing.relation not in ("dobj", "nsubjpass") or is_form_of(verb, "averting") or from_doing(sentence, verb):
        return False
    number = next((each for each in sentence.children[thing.index] if each.relation == "nummod"), None)
    is_own = number is not None and (below is None or (figure is not None and figure.index == number.index))
    name = singular(thing.lower)
    return is_own and (name in words_of("statements") or name in words_of("grantable") or verb.lower not in DENYING)


def _is_given_below(sentence: Sentence, verb: Word | None, figure: Word | None) -> bool:
    """ "Nobody seems to know what became of 40", "refused to comment on the loss of 40": the same for the verb below."""
    if verb is None or figure is None or verb.relation != "xcomp":
        return False
    return any(is_given(sentence, verb, each) and figure in sentence.subtree(each) for each in sentence.children[verb.index])


def is_given(sentence: Sentence, verb: Word, below: Word | None) -> bool:
    """ "Did not say why 12 had left", "would not comment on the loss of 40", "did not regret that 40 left": it is taken for granted."""
    if below is not None and below.relation == "prep" and below.lower in ("on", "about", "over", "for", "to"):
        return is_form_of(verb, "speaking_on") and sentence.child(below, "pobj") is not None
    if below is not None and below.relation == "ccomp" and is_form_of(verb, "granting"):
        mark = sentence.child(below, "mark")
        if mark is not None and mark.lower == "that":
            return True
    if below is None or below.relation not in ("ccomp", "pcomp") or below.index < verb.index:
        return False
    if _is_left_unsaid(sentence, verb, below):
        return True
    first = sentence.subtree(below)[0]
    after = sentence.words[first.index + 1].lower if first.index + 1 < len(sentence.words) else ""
    if first.lower == "how" and after in ("much", "long", "far", "often"):
        thing = sentence.words[min(first.index + 2, len(sentence.words) - 1)]
        after = (
            "" if thing.lower in ("the", "its", "their", "his", "her", "these", "those") else after
        )  # "how much the 3 men were paid"
    is_asked = first.lower in ("why", "what", "who", "where") or (
        first.lower == "how" and after not in ("many", "much", "long", "far", "often")
    )
    return is_asked and (is_form_of(verb, "telling") or is_form_of(verb, "open") or verb.lower in _FINDING_OUT)


def _is_left_unsaid(sentence: Sentence, verb: Word, below: Word) -> bool:
    """ "Failed to mention that 5 had no doctor": who leaves a thing out says nothing against it."""
    mark, above = sentence.child(below, "mark"), sentence.words[verb.head]
    is_that = mark is not None and mark.lower == "that"
    return is_that and verb.relation == "xcomp" and is_form_of(above, "failure") and verb.lower in _MENTIONING


_FINDING_OUT = frozenset(
    "explain understand identify establish determine discover remember recall learn clarify ascertain find investigate".split()
)
_MENTIONING = frozenset(
    "mention disclose reveal add note report tell admit acknowledge realise realize notice inform warn".split()
)


def _negations(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """ "not", "never", "no longer" at a verb; "no", "none", "neither" in its subject or object."""
    own = list(sentence.children[verb.index])
    own += [below for each in own if each.relation in ("aux", "auxpass") for below in sentence.children[each.index]]
    for each in own:
        after = sentence.words[each.index + 1].lower if each.index + 1 < len(sentence.words) else ""
        before = sentence.words[each.index - 1].lower if each.index else ""
        is_longer = each.relation == "advmod" and each.lower == "longer" and before in ("no", "any")
        if (
            is_longer
            or (each.index < verb.index and _is_never(sentence, each))
            or (each.lower == "yet" and after == "to" and verb.lower in _HAVING)
        ):
            yield each
        elif each.relation == "neg" or (each.relation == "advmod" and each.lower in ("never", "nowhere")):
            is_contrast = each.index > 1 and sentence.words[each.index - 1].text in (",", "—", "–", "-") and after in _ARTICLES
            is_presumed = verb.tag == "VBG" and verb.lower in _PRESUMING
            if after not in (*QUALIFYING, "longer") and not is_contrast and not is_presumed:
                yield each
        elif each.relation in ("nsubj", "nsubjpass", "dobj", "attr", "expl"):
            scarce = sentence.subtree(each)[0]
            if each.lower in ("nobody", "none", "nothing", "neither"):
                yield each
            elif scarce.lower in ("hardly", "scarcely", "barely") and scarce.index + 1 <= each.index:
                yield scarce
            elif (
                singular(each.lower) not in _SURE
                and each.lower not in _OWN_NOUNS
                and (none := none_of(sentence, each)) is not None
            ):
                yield none


_PRESUMING = frozenset("counting including mentioning".split())
""" "Not counting the 30 billion that was lent": it was."""
_NEVER = frozenset("point time stage moment way circumstances account means case".split())


def _is_never(sentence: Sentence, preposition: Word) -> bool:
    """ "At no point", "in no way", "under no circumstances", "no way would I"."""
    is_noun = preposition.relation in ("npadvmod", "advmod", "dep") and preposition.tag == "NN"
    thing = preposition if is_noun else sentence.child(preposition, "pobj") if preposition.relation == "prep" else None
    return thing is not None and thing.lower in _NEVER and any(each.lower == "no" for each in sentence.children[thing.index])


_OWN_NOUNS = frozenset(
    "evidence proof indication sign signs confirmation trace truth chance prospect hope likelihood possibility".split()
)
