"""Who vouches for a figure without a clause of his own: "the bank expects 4 percent", "promised to free 40 men", "put at 61 by a union".

The verb above the figure tells, whatever stands between the two: its subject, or the "by" behind it, is the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from foedus.evidence.reading.attributions import Attribution, TextSpan
from foedus.evidence.reading.cues import inflected, lemma
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.sources import can_speak, names_somebody, noun_phrase, subject_span
from foedus.evidence.reading.units import singular
from foedus.evidence.reading.views import by_whom, changes_own_view, is_view, of_view, view_owners

__all__ = ["VIEW", "nearest_voucher", "voucher_of", "vouchers"]

VIEW = "view"
""" The verb of an attribution that a noun makes: "the ministry's count of 30"."""
_MUTE = frozenset("it this that these those there which what who nobody none few neither one i we you".split())
_FAR = 10
_MINDING = ("expect", "reckon", "anticipate")
""" "The airline expects", "management expected": whatever does so has a mind."""
_PUTTING = ("put", "value", "assess", "gauge")
""" "Put the toll at 40", "valued the damage at 3 billion"."""
_SEEING = ("sees", "see", "seeing")
_THAT = frozenset("it that this them".split())
_WISHING = ("hope", "hint", "ask", "call")
""" "Hope for 6 billion", "hinted at 25 percent"."""
_DOING = frozenset("promise pledge vow mention describe document report confirm".split())
_NEAR = 3
_PRONOUNS = ("it", "he", "she", "they")
_VIEWING = ("expect", "reckon", "anticipate", "predict", "foresee", "forecast", "estimate", "project")
_OUTSIDE = ("nsubj", "nsubjpass", "csubj", "agent")
_LONGEST_SUBJECT = 12


def vouchers(text: str, paragraph: Paragraph) -> Iterator[Attribution]:
    """The verbs of a paragraph that vouch for figures, each with its subject, or with each "by" behind it, as the source."""
    for sentence in paragraph.sentences:
        for verb in sentence.words:
            is_negated = any(each.relation == "neg" for each in sentence.children[verb.index])
            if not _vouched_by(sentence, verb) or (is_negated and _base(verb) not in _VIEWING):
                continue
            for cue, source in (*_agents(sentence, verb), *_subject(text, sentence, verb)):
                yield _vouching(text, sentence, cue, source, _vouched_by(sentence, verb))
        for noun, source in view_owners(sentence):
            yield _vouching(text, sentence, noun, source, VIEW)


def _vouching(text: str, sentence: Sentence, cue: Word, source: tuple[int, int], verb: str) -> Attribution:
    """The attribution of a figure that stands behind a word."""
    behind = TextSpan(cue.end, sentence.end, text[cue.end : sentence.end])
    name = TextSpan(*source, text[slice(*source)])
    return Attribution(name, TextSpan(cue.start, cue.end, cue.text), (behind,), "indirect", "same_sentence", verb, False, "noun")


def voucher_of(sentence: Sentence, figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """Who vouches for a figure: of the nearest verb above it that does, the subject; of a passive one, the "by" behind the figure.

    Args:
        known: what `vouchers` found, by the place of the verb or of the "by".
    """
    return nearest_voucher(sentence, figure, known) or _on_the_way(sentence, figure, known) or _by_unseen(sentence, figure, known)


def nearest_voucher(sentence: Sentence, figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """Who vouches for a figure in its own phrase: "the 30 million that analysts had forecast", "a ministry estimate of 30"."""
    if (teller := _of_described(sentence, figure, known)) is not None:
        return teller
    view = of_view(sentence, figure)
    is_known = view is not None and view.start in known and not _is_owner(known[view.start], figure)
    return known[view.start] if view is not None and is_known else None


def _is_owner(vouching: Attribution, figure: Word) -> bool:
    """ "The forecast of 30 economists": they hold it, and it is not of 30."""
    return vouching.source is not None and vouching.source.start <= figure.start < vouching.source.end


def _by_unseen(sentence: Sentence, figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """ "The Grain Board forecast exports of 11 million": a verb that the tagger takes for a noun has none of its words below it."""
    for each in sentence.words[: figure.index]:
        if each.start in known and each.tag in ("NN", "NNS") and _base(each) in _VIEWING:
            between = sentence.words[each.index : figure.index]
            return None if any(word.text == ";" or word.relation == "relcl" for word in between) else known[each.start]
    return None


def _on_the_way(sentence: Sentence, figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """The nearest verb above a figure that vouches for it."""
    below = figure
    for _ in range(_FAR):
        above = sentence.words[below.head]
        is_seen = not (above.start in known and above.tag.startswith("NN"))
        is_joined = below.relation == "conj" and below.tag.startswith(
            ("VB", "MD")
        )  # "polls showed that …, but 40 are no measure"
        if above.index == below.index or is_joined or (below.relation in ("relcl", "acl") and is_seen):
            return None
        is_passive = sentence.child(above, "auxpass") is not None
        by = next((each for each in sentence.words[figure.index :] if each.lower == "by" and each.start in known), None)
        place = by.start if by is not None and is_passive and _base(above) else above.start
        if place in known:
            is_held = below.relation not in _OUTSIDE or (place != above.start and below.relation == "nsubjpass")
            return known[place] if is_held and (_holds(sentence, above, below) or place != above.start) else None
        below = above
    return None


def _of_described(sentence: Sentence, figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """ "Below the 3.8 billion that some banks had predicted": whose figure it is, told in a clause about it."""
    agent = by_whom(sentence, figure)
    if agent is not None and agent.start in known:
        return known[agent.start]
    word = figure
    for _ in range(_NEAR):
        for each in sentence.children[word.index]:
            subject = sentence.child(each, "nsubj")
            is_about = each.relation == "relcl" and each.index > figure.index and each.start in known
            is_named = subject is not None and subject.tag.startswith("NN") and sentence.child(each, "ccomp", "xcomp") is None
            if is_about and is_named and _base(each) in phrases("cues", "vouching") - _DOING:
                return known[each.start]
        if word.head == word.index or sentence.words[word.head].tag.startswith("VB"):
            return None
        word = sentence.words[word.head]
    return None


def _holds(sentence: Sentence, verb: Word, below: Word) -> bool:
    """Whether the branch below a verb is what it vouches for: its object, its infinitive, the "of" or "to" of "spoke of", "points to"."""
    if verb.lower in _speaking():
        return below.index > verb.index and any(each.lower == "of" for each in sentence.subtree(below))
    if lemma(verb.lower, "vouching") in _WISHING and below.relation == "prep":
        return below.index > verb.index and below.lower in ("for", "at")
    if below.index < verb.index or (lemma(verb.lower, "counting") in _PUTTING and below.lower not in ("at", "as", "between")):
        return False  # "puts a levy of 15 percent on steel"
    if below.relation != "prep":
        return (
            below.relation != "advcl"
            or below.tag == "VB"
            or not any(each.text == "," for each in sentence.words[verb.index : below.index])
        )
    return sentence.child(verb, "dobj", "xcomp", "auxpass") is not None or below.lower in ("of", "to")


def _agents(sentence: Sentence, verb: Word) -> Iterator[tuple[Word, tuple[int, int]]]:
    """ "Was put at 48 by the governor and at 61 by a union": each with its "by"."""
    if sentence.child(verb, "auxpass") is None and not (verb.tag == "VBN" and verb.relation == "acl"):
        return
    for word in sentence.words[verb.index + 1 :]:
        thing = sentence.child(word, "pobj") if word.lower == "by" else None
        if thing is not None and thing.lower in _WHENS:
            continue
        is_doer = word.relation == "agent" and thing is not None and thing.tag.startswith("NN")
        if thing is not None and (is_doer or can_speak(thing) or singular(thing.lower) in phrases("cues", "counters")):
            yield word, noun_phrase(sentence, thing)


_WHENS = frozenset(
    "end start beginning middle close turn day night week month quarter year time deadline date noon midnight".split()
)
""" "Is expected by the end of 2024": when, not by whom."""


def _subject(text: str, sentence: Sentence, verb: Word) -> Iterator[tuple[Word, tuple[int, int]]]:
    """The verb with its own subject, where that can speak, or count, as the verb asks; also where the parser saw no verb."""
    if sentence.child(verb, "auxpass") is not None:
        return
    head = sentence.child(verb, "nsubj")
    if head is not None and verb.tag.startswith("VB"):
        source = subject_span(sentence, verb)
        is_view_of = _base(verb) in _VIEWING or verb.lower in _SEEING or changes_own_view(sentence, verb)
        is_he = head.lower in _PRONOUNS and is_view_of
        is_free = (head.lower not in _MUTE or is_he) and head.tag not in ("WDT", "WP")
        if source is not None and is_free and _tells_figure(sentence, head, verb):
            yield verb, source
        return
    source = _unseen(sentence, verb)
    if source is not None:
        yield verb, source


def _tells_figure(sentence: Sentence, subject: Word, verb: Word) -> bool:
    """Whether the subject of a verb may be who vouches by it."""
    if _may_vouch(subject, verb) or changes_own_view(sentence, verb):
        return True
    thing = sentence.child(verb, "dobj")
    is_seen = thing is not None and verb.lower in _SEEING and _has_figure(sentence, verb, thing) and can_speak(subject)
    is_warning = verb.lower in _speaking() and subject.tag.startswith("NN") and names_somebody(subject.text)
    is_warning = is_warning or (_base(verb) == "forecast" and subject.tag.startswith("NN") and names_somebody(subject.text))
    return is_seen or is_warning or (_gives_as(sentence, verb) and _may_count(subject))


def _unseen(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    """ "The firm's latest filing lists debts", "Aid workers, by phone, described": the words before a verb whose subject was not seen."""
    first = next((each.index for each in sentence.words if each.text[0].isalnum()), 0)
    before = sentence.words[first : verb.index]
    comma = next((place for place, each in enumerate(before) if each.text == ","), len(before))
    name = before[:comma]
    is_closed = comma == len(before) or before[-1].text == ","
    if not name or not is_closed or len(name) > _LONGEST_SUBJECT or verb.tag in ("VB", "VBG", "VBN"):
        return None
    if any(each.tag.startswith(("VBD", "VBZ", "VBP", "MD", "W")) for each in name):
        return None
    is_finite = verb.tag in ("VBD", "VBZ", "VBP")
    after = sentence.words[verb.index + 1].lower if verb.index + 1 < len(sentence.words) else ""
    reach = verb.index if after == "that" and verb.head == verb.index else len(sentence.words)
    if not is_finite and (verb.tag not in ("NN", "NNS") or _has_verb(sentence, reach)):
        return None
    stop = next((place for place, each in enumerate(name) if each.tag == "IN" and place), len(name))
    nouns = [each for each in name[:stop] if each.tag.startswith("NN")]
    return (name[0].start, name[-1].end) if nouns and nouns[-1] is name[stop - 1] and _may_vouch(nouns[-1], verb) else None


def _has_verb(sentence: Sentence, reach: int) -> bool:
    told = (each for each in sentence.words[:reach] if each.relation not in ("relcl", "acl"))
    return any(each.tag in ("VBD", "VBZ", "VBP", "MD") for each in told)


def _may_vouch(noun: Word, verb: Word) -> bool:
    """People, bodies and documents say; of the others only who counts for a living, documents and names count; a poll alone gives."""
    name = singular(noun.lower)
    is_thing = name in phrases("cues", "speaking_things")
    if noun.text.isupper() and len(noun.text) > 2 and _base(verb) in _VIEWING:
        return True  # "NORFARM forecasts": a name in capitals that the tagger takes for a noun
    if _base(verb) in _MINDING or (noun.lower in _PRONOUNS and _base(verb) in _VIEWING):
        return True
    if verb.lower in _SEEING and noun.lower in _PRONOUNS:
        return True
    if not _base(verb):
        return can_speak(noun) or noun.tag in ("NNP", "NNPS")
    if is_thing or _base(verb) in phrases("cues", "giving"):
        return is_thing
    if _base(verb) in phrases("cues", "vouching"):
        return _may_count(noun) or _base(verb) in phrases("cues", "promising")
    return name in phrases("cues", "counters") or (noun.tag in ("NNP", "NNPS") and noun.index > 0)


def _vouched_by(sentence: Sentence, verb: Word) -> str:
    """The verb that vouches: its own lemma, or that of the view which it changes; "" where it does not."""
    thing = sentence.child(verb, "dobj")
    is_of_view = thing is not None and is_view(thing) and verb.tag.startswith("VB")
    is_own = thing is not None and any(each.relation == "poss" for each in sentence.children[thing.index])
    is_own = is_own or changes_own_view(sentence, verb)
    is_seen = thing is not None and verb.tag in ("VBZ", "VBP") and verb.lower in _SEEING and _has_figure(sentence, verb, thing)
    is_called = (
        lemma(verb.lower, "counting") == "" and verb.lower in ("called", "calls", "call") and _is_called_so(sentence, verb)
    )
    if verb.lower in _speaking() and _speaks_of_figure(sentence, verb):
        return "speak"
    return _base(verb) or ("forecast" if (is_of_view and is_own) or is_seen else "call" if is_called else "")


@cache
def _speaking() -> frozenset[str]:
    """The forms of verbs that say something "of" a figure."""
    return frozenset(form for verb in phrases("cues", "speaking_of") for form in inflected(verb))


def _speaks_of_figure(sentence: Sentence, verb: Word) -> bool:
    """ "Had spoken on Sunday of 40 dead": a figure, whatever says when and where before it."""
    for each in sentence.words[verb.index + 1 : verb.index + _FAR]:
        if each.tag in ("VBD", "VBZ", "VBP", "MD") or each.text in (";", ":"):
            return False
        held = sentence.words[each.head]
        if (
            each.lower == "of"
            and held.tag.startswith("NN")
            and any(one.lower in ("a", "an") for one in sentence.children[held.index])
        ):
            return verb.lower not in inflected("tell")  # "told a crowd of 40 shepherds"
        if each.lower == "of" and any(near.tag == "CD" for near in sentence.words[each.index : each.index + _NEAR_OF]):
            return True
    return False


_NEAR_OF = 5


def _has_figure(sentence: Sentence, verb: Word, thing: Word) -> bool:
    """ "Sees output of 58,000 tonnes", "sees growth at 2 percent", "sees copper back at 9,000": a figure hangs on what is seen."""
    if thing.lower in ("%", "percent"):
        return sentence.child(thing, "nummod") is not None  # "for next year it sees 21 percent"
    links = [
        *sentence.children[thing.index],
        *(each for each in sentence.subtree(verb) if each.lower == "at" and each.index > thing.index),
    ]
    below = (each for link in links if link.lower in ("of", "at") for each in sentence.subtree(link))
    return sentence.child(thing, "nummod") is None and any(each.tag == "CD" for each in below)


def _is_called_so(sentence: Sentence, verb: Word) -> bool:
    """ "Called that 17 percent after inflation": what was said, in figures of one's own."""
    after = sentence.words[verb.index + 1 : verb.index + 3]
    return (
        len(after) == 2 and after[0].lower in _THAT and (after[1].tag == "CD" or after[1].lower in ("about", "only", "just", "a"))
    )


def _gives_as(sentence: Sentence, verb: Word) -> bool:
    """ "Gave its own losses as 192 men": so many, by who gives it."""
    is_given = lemma(verb.lower, "giving") == "give" and sentence.child(verb, "dobj") is not None
    return is_given and any(each.lower == "as" and each.relation == "prep" for each in sentence.children[verb.index])


def _may_count(noun: Word) -> bool:
    return can_speak(noun) or singular(noun.lower) in phrases("cues", "counters")


def _base(word: Word) -> str:
    return lemma(word.lower, "vouching", "counting", "giving")
