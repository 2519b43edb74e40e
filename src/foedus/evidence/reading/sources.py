"""The words that name a source: the subject of a cue, or the noun phrase beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.evidence.reading.cues import inflected, lemma
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.units import singular

__all__ = ["can_speak", "names_somebody", "noun_phrase", "relative_pronoun", "source_after", "source_before", "subject_span"]

_NOMINAL = {
    "NN",
    "NNS",
    "NNP",
    "NNPS",
    "DT",
    "JJ",
    "JJS",
    "JJR",
    "PRP",
    "PRP$",
    "POS",
    "CD",
    "HYPH",
    "VBN",
    "FW",
    "AFX",
    "``",
    "''",
    "WP",
}
_DEPTH = 6
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night week month year today "
    "yesterday january february "
    "time moment march april june july august september october november december day".split()
)


def subject_span(sentence: Sentence, cue: Word) -> tuple[int, int] | None:
    """Where the subject of a cue stands; found above it when the cue has none of its own."""
    word = _subject(sentence, cue, _DEPTH)
    is_number = (
        word is not None and word.tag == "CD" and not (word.lower == "one" and sentence.child(word, "prep", "appos") is not None)
    )
    if word is None or word.lower in _TIMES or is_number:
        return None
    return noun_phrase(sentence, word)


def _subject(sentence: Sentence, cue: Word, depth: int) -> Word | None:
    """The head word of the subject."""
    agent = sentence.child(cue, "agent")
    if agent is not None:
        return sentence.child(agent, "pobj")
    own = _own_subject(sentence, cue)
    if own is not None and own.index > cue.index and cue.tag in ("VBG", "VB"):
        own = None
    if cue.tag == "VBN" and (sentence.child(cue, "auxpass") is not None or (own is None and cue.relation == "acl")):
        return None
    if own is not None and own.tag in ("WDT", "WP") and cue.relation == "relcl":
        return sentence.words[cue.head]
    if own is not None:
        return own
    head = sentence.words[cue.head]
    if head.index == cue.index or depth == 0:
        return None
    outer = _outer_speaker(sentence, cue)
    if outer is not None:
        return outer
    forced = _forced(sentence, cue, head)
    if forced is not None:
        return forced
    if cue.relation == "acl" and cue.tag == "VBG" and cue.index == head.index + 1 and singular(head.lower) in _WRITINGS:
        return head
    if cue.relation == "acl" and cue.tag == "VBG" and (not can_speak(head) or _behind_comma(sentence, cue)):
        return _above(sentence, head, depth) or head
    if cue.relation in ("relcl", "acl"):
        is_infinitive = any(each.tag == "TO" for each in sentence.children[cue.index])
        if can_speak(head) or not is_infinitive:
            return head
        above = _above(sentence, head, depth)  # "was at pains to stress"; but "it would be a mistake to conclude that"
        return above if above is not None and above.lower not in ("it", "there", "this", "that") else None
    if (held := _held_with(sentence, cue, head)) is not None:
        return held
    if cue.relation in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "prep"):
        return _from_head(sentence, cue, head, depth)
    return None


def _held_with(sentence: Sentence, cue: Word, head: Word) -> Word | None:
    """ "With the operator, Nordlys, saying that 40 turbines were down, prices rose": who stands between "with" and the cue."""
    if cue.tag != "VBG" or cue.relation not in ("advcl", "pcomp"):
        return None
    holder = next((each for each in sentence.children[head.index] if each.lower == "with" and each.index < cue.index), None)
    thing = sentence.child(holder, "pobj") if holder is not None else None
    if holder is None or thing is None:
        return None
    last = sentence.subtree(holder)[-1].index
    return thing if last < cue.index and all(each.text == "," for each in sentence.words[last + 1 : cue.index]) else None


def _own_subject(sentence: Sentence, cue: Word) -> Word | None:
    """The subject of a cue; of two before it, at the end of a sentence, the nearer one: "Thieves took 3 guns, Chief Al Moore said"."""
    found = [each for each in sentence.children[cue.index] if each.relation in ("nsubj", "nsubjpass")]
    before = [each for each in found if each.index < cue.index]
    is_closing = len(sentence.words) - cue.index < _NEAR_THE_END
    return before[-1] if len(before) > 1 and is_closing else next(iter(found), None)


_NEAR_THE_END = 6


_QUOTED = frozenset("quoted cited reported heard recorded overheard filmed".split())
_ARGUING = frozenset("arguing saying citing adding warning noting claiming insisting suggesting telling calling".split())


def _outer_speaker(sentence: Sentence, cue: Word) -> Word | None:
    """ "X said it had done so and warned …", "…, saying that …": the speaker of the sentence goes on, not the one in what he says."""
    head = sentence.words[cue.head]
    if cue.relation == "conj":
        is_plain = cue.tag in ("VBD", "VBZ") and not any(
            each.relation in ("aux", "auxpass") for each in sentence.children[cue.index]
        )
        inner = head if is_plain and head.relation == "ccomp" else None
        outer = sentence.words[head.head] if inner is not None else None
        if (
            inner is None
            or outer is None
            or not lemma(outer.lower, "speech")
            or not lemma(cue.lower, "speech")
            or outer.tag != cue.tag
        ):
            return None
        return sentence.child(outer, "nsubj")
    if cue.lower not in _ARGUING or cue.relation not in ("advcl", "acl") or not _behind_comma(sentence, cue):
        return None
    while head.relation in ("ccomp", "conj", "advcl", "acl", "relcl", "xcomp") and head.head != head.index:
        above = sentence.words[head.head]
        if head.relation == "ccomp" and lemma(above.lower, "speech") and sentence.child(above, "nsubj") is not None:
            return sentence.child(above, "nsubj")
        head = above
    return None


_WRITINGS = frozenset("statement letter report tweet note memo email message post article study poll paper document".split())

_CAUSING = frozenset(
    "force lead cause prompt urge leave get allow push press ask compel drive encourage persuade convince help make".split()
)


def _forced(sentence: Sentence, cue: Word, head: Word) -> Word | None:
    """ "The senator forced the banker to admit that …": the object of the verb above speaks."""
    if cue.relation not in ("xcomp", "advcl", "ccomp") or cue.tag not in ("VB", "VBG") or not _is_form_of(head.lower, _CAUSING):
        return None
    thing = sentence.child(head, "dobj")
    is_between = thing is not None and head.index < thing.index < cue.index
    return thing if thing is not None and is_between and can_speak(thing) else None


def _is_form_of(word: str, verbs: frozenset[str]) -> bool:
    return any(word in inflected(verb) for verb in verbs) or word in ("led", "left", "got", "drove", "made")


def _from_head(sentence: Sentence, cue: Word, head: Word, depth: int) -> Word | None:
    """The subject of what the cue hangs on: a verb's own, else the noun itself if it can speak, else the one above it."""
    above = sentence.words[head.head]
    if head.lower in _QUOTED and cue.lower in _ARGUING and sentence.child(head, "nsubjpass") is not None:
        return sentence.child(head, "nsubjpass")  # "was overheard saying"
    if head.lower == "as" and above.lower in _QUOTED and sentence.child(above, "nsubjpass") is not None:
        return sentence.child(above, "nsubjpass")  # "was quoted by the paper as saying"
    named = sentence.child(above, "dobj") if head.lower == "as" and above.lower in _QUOTED else None
    if named is not None and (can_speak(named) or singular(named.lower) in phrases("cues", "counters")):
        return named  # "the paper quoted the minister as saying"
    if head.tag.startswith("JJ") and head.relation == "acomp" and cue.relation == "xcomp":
        doer = sentence.child(above, "nsubj")  # "were quick to pour cold water on"
        return doer if doer is not None and doer.lower not in ("it", "there") else None
    if head.tag.startswith(("VB", "IN", "MD", "JJ", "RB", "TO")):
        return _subject(sentence, head, depth - 1)
    if cue.relation in ("pcomp", "prep") and not can_speak(head):
        return _above(sentence, head, depth)
    return head


def _above(sentence: Sentence, noun: Word, depth: int) -> Word | None:
    """The subject of the verb that a noun belongs to."""
    for _ in range(_DEPTH):
        if noun.head == noun.index:
            return None
        noun = sentence.words[noun.head]
        if noun.tag.startswith("VB"):
            return _subject(sentence, noun, depth - 1)
    return None


def _behind_comma(sentence: Sentence, word: Word) -> bool:
    first = sentence.subtree(word)[0].index
    return first > 0 and sentence.words[first - 1].text == ","


def can_speak(noun: Word) -> bool:
    """People, bodies and names; a letter or a press conference leaves the word to who gives it."""
    if noun.tag in ("NNP", "NNPS", "PRP"):
        return True
    word = singular(noun.lower)
    return word in phrases("nouns", "people") or word in _OFFICES or word in phrases("cues", "imagery")


_OFFICES = frozenset(
    "government ministry agency service company party court committee council group regime spokesman spokeswoman spokesperson report study "
    "poll source head chief secretary president leader critic organization organisation campaign team authority".split()
)


_HAPPENINGS = frozenset(
    "strike walkout stoppage fire blaze drought flood storm cyclone hurricane earthquake quake blast explosion outbreak epidemic crash "
    "collapse shortage riot clash war siege value price cost rate level amount rise fall increase decline drop growth size volume "
    "delay".split()
)
"""What happens, or is so much: "the value of which was 40 million, implying that it had tripled" has nobody who implies it."""
_ARTICLES = frozenset({"the", "a", "an", "this", "that"})
_BEHIND_NOUN = re.compile(r"[ ,]+(?:at|in|on|of|by|for|against|over|near|from|between|that|which)\b", re.IGNORECASE)


def names_somebody(mention: str) -> bool:
    """Whether words can name a source: a day of the week and a month name nobody, and what happens says nothing; but Pia Storm does."""
    said = re.findall(r"[^\W\d_]+", _BEHIND_NOUN.split(mention)[0])
    words = [word.lower() for word in said]
    if not words or all(word in _TIMES for word in words) or words[-1] in _REFLEXIVE:
        return False
    return singular(words[-1]) not in _HAPPENINGS or _is_surname(said)


_REFLEXIVE = frozenset("themselves himself herself itself myself ourselves yourself yourselves".split())


def _is_surname(words: Sequence[str]) -> bool:
    """Whether the last word is part of a name that no article introduces: "Pia Storm", "Mr Flood"; not "the Great Fire"."""
    return len(words) > 1 and words[-2][0].isupper() and words[-1][0].isupper() and words[0].lower() not in _ARTICLES


def relative_pronoun(sentence: Sentence, cue: Word) -> Word | None:
    """The "who" or "which" that stands for the source of a relative clause."""
    own = sentence.child(cue, "nsubj", "nsubjpass")
    if own is None and cue.relation in ("conj", "xcomp"):
        return relative_pronoun(sentence, sentence.words[cue.head])
    return own if own is not None and own.tag in ("WDT", "WP") and cue.relation == "relcl" else None


def noun_phrase(sentence: Sentence, head: Word) -> tuple[int, int]:
    """The words of a noun phrase around its head, without relative clauses."""
    words = [word for word in sentence.subtree(head) if not _below_clause(sentence, word, head)]
    at = words.index(head)
    first = last = at
    while first > 0 and words[first - 1].index == words[first].index - 1:
        first -= 1
    while last + 1 < len(words) and words[last + 1].index == words[last].index + 1:
        last += 1
    kept = words[first : last + 1]
    while kept and kept[-1].tag in (",", ":", ".", "``", "''") and kept[-1] is not head:
        kept.pop()
    while kept and (kept[0].tag in (",", ":", ".", "``", "''", "CC") or kept[0].lower in _LINKS) and kept[0] is not head:
        kept.pop(0)
    return kept[0].start, kept[-1].end


_LINKS = frozenset("but and yet so however meanwhile still".split())


def _below_clause(sentence: Sentence, word: Word, head: Word) -> bool:
    """Whether a relative or other clause lies between the word and the head."""
    while word.index != head.index:
        if word.relation in ("relcl", "acl", "advcl", "ccomp", "parataxis"):
            return True
        word = sentence.words[word.head]
    return False


def source_after(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """The noun phrase that starts at a word: "said Alina Frolova, …"."""
    if words[at].lower in ("one", "another") and (at + 1 >= len(words) or not words[at + 1].text[0].isalnum()):
        return words[at].start, words[at].end  # "…,” said one."
    run: list[Word] = []
    for word in words[at : at + 14]:
        if word.lower in _TIMES and (not run or word.tag == "NNP"):
            break
        inner = word.lower in ("of", "the", "and", "for", "in", "at", "&") and run and word.tag in ("IN", "DT", "CC")
        inner = inner or (word.lower in ("by", "from") and bool(run) and _is_written(run))
        inner = inner or (word.lower == "from" and bool(run) and singular(run[-1].lower) in _TOLD_FROM)
        if word.tag not in _NOMINAL and not inner and not (not run and _opens_name(words, word)):
            break
        if word.tag == "PRP" and run:
            break
        if word.tag == "CD" and run and run[-1].tag in ("NN", "NNS"):
            break  # "according to the ministry 2,000 people …"
        run.append(word)
    while run and run[-1].tag in ("IN", "DT", "CC", "``", "''", "HYPH", "PRP$", "POS"):
        run.pop()
    if len(run) > _TWO and run[-1].lower in _MADE and run[-2].tag.startswith("NN"):
        run.pop()  # "according to a report published in July"
    if not run or not any(word.tag.startswith(("NN", "PRP", "WP")) for word in run):
        return None
    return run[0].start, run[-1].end


_TWO = 2
_MADE = frozenset(
    "published released issued dated compiled obtained seen commissioned cited quoted collected provided posted".split()
)


def _opens_name(words: tuple[Word, ...], word: Word) -> bool:
    """ "According to Save the Forests": a capital that the parser takes for a verb, before the capitals of the rest of a name."""
    behind = words[word.index + 1 : word.index + 3]
    behind = behind[1:] if behind and behind[0].lower in ("the", "our") else behind[:1]
    is_inner = bool(word.index) and words[word.index - 1].text[-1] not in "“”\"‘'.:"
    return is_inner and word.tag.startswith("VB") and word.text.istitle() and bool(behind) and behind[0].text.istitle()


_TOLD_FROM = frozenset("estimate figure data forecast projection statistic".split())
""" "According to estimates from the Grain Union"."""


def _is_written(run: list[Word]) -> bool:
    """ "A statement [by]", "a tally kept [by]": a thing whose maker is named next."""
    if singular(run[-1].lower) in _WRITINGS:
        return True
    return run[-1].tag == "VBN" and any(singular(word.lower) in _WRITINGS | _TALLIES for word in run[:-1])


_TALLIES = frozenset(
    "count tally list estimate figure data survey census total calculation review analysis record table index score".split()
)


def source_before(words: tuple[Word, ...], cue: int, floor: int) -> tuple[int, int] | None:
    """The noun phrase that ends before a cue: "Greene said", also with an adverb or auxiliary between."""
    at = cue - 1
    while at >= 0 and words[at].lower in _TIMES:
        at -= 1
    while at >= 0 and words[at].tag in ("RB", "MD", "VBZ", "VBD", "VBP") and cue - at < 4:
        at -= 1
    at = _before_inset(words, at, floor)
    if at > 1 and words[at].text == ")":
        opened = next((place for place in range(at, max(at - 8, -1), -1) if words[place].text == "("), 0)
        at = opened - 1 if opened > 0 else at
    run: list[Word] = []
    while at >= 0 and words[at].start >= floor:
        word = words[at]
        inner = word.lower in ("of", "and", "for", "in", "at") and run
        if word.tag not in _NOMINAL and not inner:
            break
        run.insert(0, word)
        at -= 1
    while run and run[0].tag in ("IN", "CC", "``", "''", "POS", "HYPH"):
        run.pop(0)
    if not run or not any(word.tag.startswith(("NN", "PRP", "WP")) for word in run):
        return None
    return run[0].start, run[-1].end


def _before_inset(words: tuple[Word, ...], at: int, floor: int) -> int:
    """ "…,” a foreman, who gave no name, said": the word before what stands between commas; only behind a quotation."""
    if floor == 0 or at < 3 or words[at].text != ",":
        return at
    for place in range(at - 1, max(at - 16, 0), -1):
        if words[place].start < floor or words[place].text in (".", "!", "?"):
            return at
        if words[place].text == ",":
            follows = words[place + 1]
            return place - 1 if follows.tag in ("WP", "WDT", "WP$", "VBG", "VBN", "CD", "DT", "RB", "IN") else at
    return at
