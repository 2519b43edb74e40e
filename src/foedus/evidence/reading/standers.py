"""Who denies, doubts or accuses without a clause of his own: "rubbished claims that", "is sceptical that", "accused the firm of hiding"."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.evidence.reading.attributions import Attribution, TextSpan
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.sources import can_speak, noun_phrase, subject_span
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.turn import Turn, none_of
from foedus.evidence.reading.units import singular

__all__ = ["stand_of", "stands"]

_TAKING = (
    "denial",
    "denial_at",
    "denial_with",
    "doubt",
    "retraction",
    "retreating",
    "retreating_with",
    "accusing",
    "naming",
    "casting",
)
_LOOSER = frozenset(("not", "failure-verb", "no-noun", "no-evidence"))
"""Rules of which only some tell who speaks."""
_RULES = _LOOSER | frozenset(("denied-by-verb", "called-wrong", "doubted", "taken-back", "ruled-out", "no-rule"))
_MUTE = frozenset("it this that these those there which what who nobody none few neither one i we you".split())


def stands(text: str, paragraph: Paragraph) -> Iterator[Attribution]:
    """The subjects of a paragraph's verbs of denial, doubt and accusation, each as the source of what stands behind its verb."""
    for sentence in paragraph.sentences:
        for verb in sentence.words:
            if not verb.tag.startswith("VB") or not _takes_stand(sentence, verb):
                continue
            source = _convinced(sentence, verb) or subject_span(sentence, _with_subject(sentence, verb))
            if source is None or text[source[0] : source[1]].lower() in _MUTE or _is_statement(sentence, verb):
                continue
            behind = TextSpan(verb.end, sentence.end, text[verb.end : sentence.end])
            yield Attribution(
                TextSpan(*source, text[slice(*source)]),
                TextSpan(verb.start, verb.end, verb.text),
                (behind,),
                "indirect",
                "same_sentence",
                verb.lower,
            )


def stand_of(sentence: Sentence, turns: tuple[Turn, ...], figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """Who takes the stand that a figure is under: the subject of the outermost verb of denial or doubt above it, or of an accusation.

    Args:
        known: what `stands` found, by the place of the verb.
    """
    for turn in reversed(turns):
        if turn.rule in _RULES:
            word = next((each for each in sentence.words if each.start == turn.start), None)
            stand = _above(sentence, word, known) if word is not None else None
            if turn.rule not in _LOOSER or (stand is not None and _is_disowning(sentence, stand)):
                return stand
    return _speaker_above(sentence, figure, known)


def _with_subject(sentence: Sentence, verb: Word) -> Word:
    """ "Took pains to rebut": the verb above the noun that an infinitive hangs on."""
    if verb.relation != "acl" or verb.tag != "VB":
        return verb
    noun = sentence.words[verb.head]
    return sentence.words[noun.head] if noun.relation == "dobj" else verb


_ACCEPTING = frozenset(
    "accept accepts accepted believe believes believed agree agrees agreed buy buys bought persuaded convinced".split()
)
_IN_DOUBT = frozenset("sceptical skeptical doubtful dubious unconvinced".split())
""" "Is sceptical that 40 came" tells of a view; "the ban is unlikely to cost 40" is told of the ban, which says nothing."""
_SURE = frozenset("convinced sure certain persuaded aware confident".split())


def _takes_stand(sentence: Sentence, verb: Word) -> bool:
    if any(is_form_of(verb, key) for key in _TAKING) or verb.lower in ("rule", "rules", "ruled", "ruling"):
        return True
    thing = sentence.child(verb, "dobj")
    if thing is not None and thing.lower in words_of("scorn"):
        return True  # "poured cold water on reports of"
    beside = sentence.child(verb, "acomp")
    if _disowns(sentence, verb):
        return True
    if beside is not None and beside.lower in _IN_DOUBT:
        return True
    return _says_that(sentence, verb) is not None or _handles_statement(sentence, verb)


def _disowns(sentence: Sentence, verb: Word) -> bool:
    """ "Does not accept that", "refuses to accept that", "has no knowledge of", "is not convinced that": a stand by way of a "not"."""
    thing, deed, beside = (sentence.child(verb, each) for each in ("dobj", "xcomp", "acomp"))
    is_negated = sentence.child(verb, "neg") is not None
    if deed is not None and deed.lower in ("accept", "agree", "buy") and is_form_of(verb, "refusal"):
        return True
    if thing is not None and thing.lower in words_of("disclaimed") and none_of(sentence, thing) is not None:
        return True
    if beside is not None and beside.lower in _SURE and is_negated:
        return True
    is_statement = thing is not None and singular(thing.lower) in words_of("statements")
    if is_statement and is_negated and (verb.lower in _ACCEPTING or verb.lower in ("recognise", "recognize", "share", "endorse")):
        return True
    return verb.lower in _ACCEPTING and is_negated and sentence.child(verb, "ccomp") is not None


def _is_disowning(sentence: Sentence, stand: Attribution) -> bool:
    verb = next((each for each in sentence.words if stand.cue is not None and each.start == stand.cue.start), None)
    return verb is not None and _disowns(sentence, verb)


def _handles_statement(sentence: Sentence, verb: Word) -> bool:
    """ "Trashed a claim that": who does to a statement what the reader has no word for takes a stand on it."""
    thing = sentence.child(verb, "dobj")
    if thing is None and (link := next((each for each in sentence.children[verb.index] if each.lower in _ON), None)) is not None:
        thing = sentence.child(link, "pobj")
    subject = sentence.child(verb, "nsubj")
    is_stated = thing is not None and thing.index > verb.index and singular(thing.lower) in words_of("statements")
    is_somebody = subject is not None and subject.tag.startswith(("NN", "PRP"))
    return is_stated and is_somebody and not is_form_of(verb, "carrying_statement")


_ON = frozenset("at against on with over".split())


def _says_that(sentence: Sentence, verb: Word) -> Word | None:
    """The clause of a verb or an adjective of which only people are the subject: "radioed that", "is adamant that"."""
    beside = sentence.child(verb, "acomp")
    subject = sentence.child(verb, "nsubj")
    clause = sentence.child(verb, "ccomp") or (sentence.child(beside, "ccomp") if beside is not None else None)
    if clause is None or subject is None or clause.index < verb.index or not can_speak(subject):
        return None
    is_that = any(each.relation == "mark" and each.lower == "that" for each in sentence.children[clause.index])
    is_voiced = beside is not None or not is_form_of(verb, "carrying") or is_form_of(verb, "voicing")
    return clause if is_that and is_voiced else None


def _convinced(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    """ "Geologists are not persuaded that": the subject of the passive speaks."""
    subject = sentence.child(verb, "nsubjpass") if verb.lower in ("persuaded", "convinced") else None
    return noun_phrase(sentence, subject) if subject is not None else None


def _is_statement(sentence: Sentence, verb: Word) -> bool:
    """ "The report cast doubt on it" speaks; "doubts have been raised" and "the claim was dismissed" do not."""
    subject = sentence.child(verb, "nsubj", "nsubjpass")
    if (subject is None and verb.tag in ("VB", "VBG")) or _convinced(sentence, verb) is not None:
        return False
    if subject is None or sentence.child(verb, "auxpass") is not None:
        return sentence.child(verb, "agent") is None
    name = singular(subject.lower)
    return name in words_of("statements") and name not in phrases("cues", "speaking_things")


def _above(sentence: Sentence, word: Word, known: dict[int, Attribution]) -> Attribution | None:
    """The stand of a word or of the verb that it hangs on."""
    for _ in range(4):
        if word.start in known:
            return known[word.start]
        if word.head == word.index:
            return None
        word = sentence.words[word.head]
    return None


def _speaker_above(sentence: Sentence, figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """Who accuses somebody of a deed with the figure in it, or says it with a verb that is no cue: "accused of hiding 40 deaths"."""
    below = figure
    for _ in range(12):
        above = sentence.words[below.head]
        if above.index == below.index or above.relation == "relcl":
            return None
        if below.relation == "ccomp" and above.index < below.index:
            verb = above if above.tag.startswith("VB") else sentence.words[above.head]
            if _says_that(sentence, verb) is below:
                return known.get(verb.start)
        verb = sentence.words[above.head] if above.relation == "dobj" else above  # "accused [the firm of hiding]"
        if below.relation == "prep" and below.lower in ("of", "for", "with") and is_form_of(verb, "accusing"):
            return known.get(verb.start) if sentence.child(below, "pcomp") is not None else None
        below = above
    return None
