"""Attributions from the grammar of clauses: "X said that …", "according to X", "his claim that …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from foedus.evidence.reading.accounts import accounts
from foedus.evidence.reading.closing import closing_body, closing_speaker, opening_speaker
from foedus.evidence.reading.copular import copular
from foedus.evidence.reading.cues import inflected, lemma, phrase_pattern
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.quotes import Quote
from foedus.evidence.reading.said import Said
from foedus.evidence.reading.sources import can_speak, noun_phrase, relative_pronoun, source_after, source_before, subject_span
from foedus.evidence.reading.units import singular
from foedus.evidence.reading.voices import behind_colon, is_put_by_another, joined_before, only_other

__all__ = ["DENIALS", "clause_attributions"]

DENIALS = frozenset({"deny", "reject", "refute", "dismiss", "denial"})


def clause_attributions(text: str, paragraph: Paragraph, inside: list[Quote]) -> Iterator[Said]:
    """Attributions whose content is a clause, an infinitive or a noun that hangs on the cue."""
    for sentence in paragraph.sentences:
        found: list[Said] = []
        for word in sentence.words:
            said = _clause(text, sentence, word)
            if said is None:
                said = _noun_cue(sentence, word)
            if said is not None:
                found.append(said)
        found = [said for said in found if not is_put_by_another(sentence, said, found)]
        whole = {said.cue_start for said in found if said.form == "clause"}
        for said in found:
            if said.form != "noun" or said.cue_start not in whole:
                yield _with_mode(said, inside)
        yield from (
            _with_mode(said, inside) for said in (*_according(text, sentence), *accounts(text, sentence), *copular(sentence))
        )


def _clause(text: str, sentence: Sentence, word: Word) -> Said | None:
    """The attribution whose cue is this word, if it is one."""
    if not word.tag.startswith("VB") and not _is_unknown_verb(sentence, word):
        return None
    verb = lemma(word.lower, "speech", "thought", "evidence", "act")
    if not verb:
        return None
    ending = closing_speaker(sentence, word) or closing_body(sentence, word) or opening_speaker(sentence, word)
    if ending is not None:
        content = _runs(list(ending[1]), word)
        return (
            Said(ending[0], word.start, _cue_end(sentence, word), tuple(content), "indirect", "same_sentence", verb)
            if content
            else None
        )
    is_mixed = word.tag in ("VBZ", "VBD", "VBP") and sentence.child(word, "compound", "det") is not None
    if sentence.child(word, "nsubj") is None and (not word.tag.startswith("VB") or is_mixed):
        return _closed(sentence, word, verb) if not is_mixed or word.index >= len(sentence.words) - 2 else None
    found = _complement(text, sentence, word)
    has_own = sentence.child(word, "nsubj", "nsubjpass") is not None
    if not word.tag.startswith("VB") and found is not None and word.index:
        source = (sentence.words[0].start, sentence.words[word.index - 1].end) if word.index < 8 else None
        subject = sentence.child(word, "nsubj")
        if source is None or subject is None or sentence.subtree(subject)[0].index != 0:
            return None
        return Said(source, word.start, word.end, tuple(found[0]), "indirect", "same_sentence", verb, found[1])
    source = (None if has_own else _before_verb(sentence, word)) or subject_span(sentence, word)
    if found is None or source is None:
        return None
    content, form = found
    content = _without(content, source)
    if not content:
        return None
    if verb and source is not None and _is_mute(text, sentence, source, word):
        return None
    antecedent = None
    relative = relative_pronoun(sentence, word)
    if relative is not None:
        source, antecedent = (relative.start, relative.end), source
    return Said(source, word.start, _cue_end(sentence, word), tuple(content), "indirect", "same_sentence", verb, form, antecedent)


def _is_unknown_verb(sentence: Sentence, word: Word) -> bool:
    """ "Analysts reckon that …": a verb that the tagger takes for a noun, with a subject and a clause."""
    if not word.tag.startswith("NN") or (sentence.child(word, "ccomp") is None and word.lower != "show"):
        return False
    return sentence.child(word, "nsubj") is not None or _closes(sentence, word)


def _closes(sentence: Sentence, word: Word) -> bool:
    """ "…, customs data show.": the verb ends the sentence behind a noun that can speak."""
    is_last = word.index >= len(sentence.words) - 2
    before = sentence.words[word.index - 1] if word.index else word
    return (
        is_last
        and bool(lemma(word.lower, "evidence", "speech"))
        and before.tag in ("NNS", "NNP", "NN")
        and before.relation == "compound"
    )


def _closed(sentence: Sentence, word: Word, verb: str) -> Said | None:
    """The attribution that such a verb ends with."""
    comma = next((each.index for each in reversed(sentence.words[: word.index]) if each.text == ","), 0)
    content = _runs(list(sentence.words[:comma]), word)
    if comma < 4 or word.index - comma > 8 or not content:
        return None
    source = (sentence.words[comma + 1].start, sentence.words[word.index - 1].end)
    return Said(source, word.start, word.end, tuple(content), "indirect", "same_sentence", verb)


def _noun_cue(sentence: Sentence, word: Word) -> Said | None:
    """ "His claim that …", "raised the alarm that …"."""
    if word.tag not in ("NN", "NNS") or singular(word.lower) not in phrases("cues", "nouns"):
        return None
    clause = sentence.child(word, "acl", "ccomp")
    if clause is None or not any(each.lower == "that" and each.tag in ("IN", "WDT") for each in sentence.subtree(clause)[:1]):
        return None
    denial = sentence.words[word.head]
    if word.relation == "dobj" and (verb := lemma(denial.lower, "speech")) in DENIALS:
        content = _runs(sentence.subtree(clause), word)
        denier = subject_span(sentence, denial)
        if denier is not None and content:
            return Said(denier, denial.start, denial.end, tuple(content), "indirect", "same_sentence", verb)
    owner = sentence.child(word, "poss") or _maker(sentence, word, clause)
    source = noun_phrase(sentence, owner) if owner is not None else _doer(sentence, word)
    content = _runs(sentence.subtree(clause), word)
    if source is None or not content:
        return None
    return Said(source, word.start, word.end, tuple(content), "indirect", "same_sentence", singular(word.lower))


def _maker(sentence: Sentence, word: Word, clause: Word) -> Word | None:
    """ "A claim by the opposition that …": who made it."""
    link = next(
        (each for each in sentence.children[word.index] if each.lower in ("by", "from") and each.index < clause.index), None
    )
    return sentence.child(link, "pobj") if link is not None else None


def _doer(sentence: Sentence, word: Word) -> tuple[int, int] | None:
    """Who makes a claim, raises an alarm: the subject of the verb above the noun."""
    verb = sentence.words[word.head]
    by_verb = {form for base in phrases("cues", "light") for form in inflected(base)}
    if word.relation != "dobj" or verb.lower not in by_verb:
        return None
    return subject_span(sentence, verb)


def _before_verb(sentence: Sentence, word: Word) -> tuple[int, int] | None:
    """The noun phrase before an inserted "residents said", when the grammar shows no subject."""
    return source_before(sentence.words, word.index, sentence.start) if _inserted(sentence, word) else None


_MUTE = {"this", "that", "these", "those", "it", "which", "what", "there"}


def _is_judged(sentence: Sentence, word: Word) -> bool:
    """ "It is wrong to claim that …": "it" is nobody."""
    above = sentence.words[word.head]
    return above.tag.startswith("JJ") or sentence.child(above, "acomp", "attr") is not None


def _is_mute(text: str, sentence: Sentence, source: tuple[int, int], word: Word) -> bool:
    """ "This could see …", "it would show …": a subject that can have no view of its own."""
    subject = text[source[0] : source[1]].lower()
    if subject == "it" and word.lower in ("put", "puts"):
        return False
    if subject == "it" and word.tag == "VB" and _is_judged(sentence, word):
        return True
    if subject == "all" and word.lower == "told":
        return True  # "all told, 40 have left"
    if subject in ("nobody", "no one", "none", "few", "neither"):
        return True
    if subject == "you" and word.lower in ("know", "see", "say", "mean"):
        return True
    return subject in _MUTE and (subject not in ("it", "which") or not lemma(word.lower, "speech"))


def _complement(text: str, sentence: Sentence, word: Word) -> tuple[list[tuple[int, int]], str] | None:
    """What is said: the clause below the cue, or the clause in which the cue is a parenthesis."""
    clause = next(
        (
            each
            for each in sentence.children[word.index]
            if each.relation in ("ccomp", "xcomp")
            and not any(mark.text in (";", ":") for mark in sentence.words[each.index : word.index])
        ),
        None,
    )
    clause = clause or _behind_agent(sentence, word)
    span = _between(sentence, word)
    if span is not None:
        ranged = sentence.child(span, "pcomp") or clause
        if ranged is not None and ranged.index > span.index:
            return _runs(
                sorted({*sentence.subtree(span), *sentence.subtree(ranged)}, key=lambda each: each.index), word
            ), "clause"
    if clause is not None and (clause.relation == "ccomp" or lemma(word.lower, "speech", "thought")):
        words = sorted(
            {one for each in (clause, *joined_before(sentence, word, clause)) for one in sentence.subtree(each)},
            key=lambda each: each.index,
        )
        if words[0].index < word.index < words[-1].index:
            own = {each.index for each in sentence.subtree(word)} - {each.index for each in words}
            words = [each for each in words if each.index not in own]
        words = _with_condition(sentence, word, words)
        is_open = any(each.tag == "TO" and each.relation == "aux" for each in sentence.children[clause.index])
        return _runs(words, word), "infinitive" if clause.relation == "xcomp" or is_open else "clause"
    if _is_parenthesis(sentence, word):
        own = {each.index for each in _inset(sentence, word)}
        rest = only_other(sentence, own) or [each for each in sentence.words if each.index not in own]
        return _runs(rest, word), "clause"
    if explained := behind_colon(sentence, word):
        return _runs(explained, word), "clause"
    inserted = _inserted(sentence, word)
    if inserted:
        return _runs(inserted, word), "clause"
    closing = _at_the_end(sentence, word)
    if closing:
        return _runs(closing, word), "clause"
    if not lemma(word.lower, "act", "evidence"):
        return None
    thing = sentence.child(word, "dobj", "prep", "dative") or _said_amount(sentence, word)
    if thing is not None and thing.index < word.index and lemma(word.lower, "figure_givers"):
        behind = (each for each in sentence.children[word.index] if each.relation in ("dobj", "prep") and each.index > word.index)
        thing = next(behind, thing)  # "the union, in a leaflet, speaks of 600"
    if thing is not None and thing.index < word.index:
        thing = sentence.child(word, "dobj") if word.lower in _PUTTING else None
    if thing is None or (len(sentence.subtree(thing)) < 2 and word.lower not in _PUTTING and thing.tag != "CD"):
        return None
    below = [each for each in sentence.subtree(thing) if each.index > word.index]
    places = [each for each in sentence.children[word.index] if each.lower == "at" and each.index > thing.index]
    if word.lower in _PUTTING and places:
        below += sentence.subtree(places[0])
    return _runs(below, word), "noun"


def _behind_agent(sentence: Sentence, cue: Word) -> Word | None:
    """ "Were told by a survivor that 14 were on board", where the parser hangs the clause on the survivor."""
    agent = sentence.child(cue, "agent")
    speaker = sentence.child(agent, "pobj") if agent is not None else None
    clause = sentence.child(speaker, "acl", "relcl", "ccomp") if speaker is not None else None
    mark = sentence.child(clause, "mark") if clause is not None else None
    return clause if mark is not None and mark.lower == "that" and lemma(cue.lower, "speech") else None


def _with_condition(sentence: Sentence, cue: Word, words: list[Word]) -> list[Word]:
    """ "I would be surprised if 100 came, the promoter said": with the clause before the speaker that the parser hangs on his verb."""
    subjects = [each for each in sentence.children[cue.index] if each.relation == "nsubj" and each.index < cue.index]
    last = words[-1].index
    if not subjects or not last < subjects[-1].index:
        return words
    first = sentence.subtree(subjects[-1])[0].index
    others = subjects[:-1]  # "…, less than half of what it was, two traders said": the parser takes the half for one who says so
    more = [each for each in sentence.children[cue.index] if each.relation == "advcl" and last < each.index < first]
    more += [each for each in others if last < each.index < first]
    added = [one for each in more for one in sentence.subtree(each) if last < one.index < first]
    return sorted({*words, *added}, key=lambda each: each.index)


def _said_amount(sentence: Sentence, word: Word) -> Word | None:
    """ "The operator said 40 percent": the amount, which the parser takes for an adverb."""
    amount = sentence.child(word, "npadvmod") if lemma(word.lower, "speech") == "say" else None
    return amount if amount is not None and sentence.child(amount, "nummod") is not None else None


def _between(sentence: Sentence, word: Word) -> Word | None:
    """ "Officials say between 30 and 40 ships left": the preposition, which the parser hangs on the wrong verb."""
    found = sentence.child(word, "prep")
    return found if found is not None and found.lower == "between" and found.index == word.index + 1 else None


_TELLING = frozenset("told tells tell assured assures informed informs reminded reminds warned warns".split())


def _at_the_end(sentence: Sentence, word: Word) -> list[Word]:
    """ "…, she said." where the grammar was not seen: the words before the comma; empty where it is no such end."""
    hearer = sentence.child(word, "dobj", "dative")
    is_told = hearer is not None and hearer.index > word.index and word.lower in _TELLING
    if sentence.child(word, "ccomp", "xcomp") is not None or (sentence.child(word, "dobj") is not None and not is_told):
        return []
    subjects = [each for each in sentence.children[word.index] if each.relation == "nsubj"]
    subject = next(reversed([each for each in subjects if each.index < word.index]), next(iter(subjects), None))
    is_record = (
        subject is not None and singular(subject.lower) in phrases("cues", "speaking_things") and lemma(word.lower, "evidence")
    )
    if not (lemma(word.lower, "speech") or is_record):
        return []
    if subject is None or len(sentence.words) - max(word.index, subject.index) > (12 if is_told else 9):
        return []
    own = [*sentence.subtree(subject), word]
    first = min(each.index for each in own)
    if first < 4 or sentence.words[first - 1].text not in (",", "—", "–"):
        return []
    return list(sentence.words[: first - 1])


_PUTTING = frozenset(("put", "puts", "placed", "places"))


def _inserted(sentence: Sentence, word: Word) -> list[Word]:
    """ "…, residents said on Saturday, …": a source and its verb between two commas, whatever hangs on the verb; the words around them."""
    heard = () if word.lower in _TELLING else ("dobj",)
    if not lemma(word.lower, "speech") or word.tag not in ("VBD", "VBP", "VBZ") or sentence.child(word, "ccomp", *heard, "xcomp"):
        return []
    before = next((each.index for each in reversed(sentence.words[: word.index]) if each.text in _DASHES), None)
    after = next((each.index for each in sentence.words[word.index :] if each.text in _DASHES), None)
    if before is None or after is None or before < 4 or word.index - before > 10 or after - word.index > 8:
        return []
    inside = sentence.words[before + 1 : word.index]
    if not inside or any(
        each.tag.startswith(("VB", "MD", "W", "IN")) and each.lower not in ("of", "in", "at", "for", "with") for each in inside
    ):
        return []
    if inside[0].tag in ("CC", "TO", "RB") or not any(each.tag.startswith(("NN", "PRP")) for each in inside):
        return []
    return [each for each in sentence.words if not before < each.index <= after]


_DASHES = (",", "—", "–")


def _is_parenthesis(sentence: Sentence, word: Word) -> bool:
    """ "…, he said, …": a short clause with its own subject that hangs loosely in the sentence."""
    if word.relation not in ("parataxis", "ccomp", "dep", "advcl") or word.head == word.index:
        return False
    heard = () if word.lower in _TELLING else ("dobj",)
    if sentence.child(word, "nsubj") is None or sentence.child(word, *heard, "xcomp", "mark") is not None:
        return any(each.lower == "as" and not _is_measuring(sentence, each) for each in sentence.children[word.index])
    if not lemma(word.lower, "speech", "thought") or _is_what_is_said(sentence, word):
        return False
    own = _inset(sentence, word)
    if len(own) > 14 or any(each.relation == "advmod" and each.lower in ("when", "how", "why", "where") for each in own):
        return False
    return len(own) < len(sentence.words) / 2


def _is_what_is_said(sentence: Sentence, word: Word) -> bool:
    """ "The mayor said the dyke would hold": below a verb of speech before it; no voice of its own."""
    above = sentence.words[word.head]
    is_ahead = any(each.tag == "MD" and each.relation == "aux" for each in sentence.children[word.index])
    is_below = word.relation == "ccomp" and above.index < word.index and lemma(above.lower, "speech") != ""
    return is_below and (is_ahead or lemma(word.lower, "speech") == "")


def _is_measuring(sentence: Sentence, word: Word) -> bool:
    """ "As long as", "as soon as": no "as the mayor put it"."""
    beside = sentence.words[max(0, word.index - 1) : word.index + 2]
    return any(each.lower in ("long", "soon", "far", "much", "many", "well") for each in beside)


def _inset(sentence: Sentence, word: Word) -> list[Word]:
    """The words of "the union said" in "if talks fail, the union said, …": without the condition before it, which is what is said."""
    subject = sentence.child(word, "nsubj")
    before = [
        each
        for each in sentence.children[word.index]
        if each.relation == "advcl" and subject is not None and each.index < subject.index
    ]
    apart = {each.index for clause in before for each in sentence.subtree(clause)}
    return [each for each in sentence.subtree(word) if each.index not in apart]


def _runs(words: list[Word], cue: Word) -> list[tuple[int, int]]:
    """Stretches of words without gaps; marks and "that" at the ends fall off."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and word.index == runs[-1][-1].index + 1 and not runs[-1][-1].index < cue.index < word.index:
            runs[-1].append(word)
        else:
            runs.append([word])
    found = []
    for run in runs:
        while run and (
            run[0].tag in (",", ":", ".", "HYPH") or (run[0].lower in ("that", "—", "-", "–") and run[0].tag in ("IN", ":", ","))
        ):
            run = run[1:]
        while run and run[-1].tag in (",", ":", ".", "HYPH"):
            run = run[:-1]
        if run and any(each.text[0].isalnum() for each in run):
            found.append((run[0].start, run[-1].end))
    return found


def _without(content: list[tuple[int, int]], source: tuple[int, int]) -> list[tuple[int, int]]:
    """The content without the stretches inside the source."""
    return [span for span in content if not (source[0] <= span[0] and span[1] <= source[1])]


def _cue_end(sentence: Sentence, word: Word) -> int:
    """The cue with its particle: "called for", "pointed out"."""
    after = sentence.words[word.index + 1] if word.index + 1 < len(sentence.words) else None
    behind = sentence.words[word.index + 2].lower if word.index + 2 < len(sentence.words) else ""
    if after is not None and after.lower == "on" and behind.endswith(("day", "night", "morning")):
        return word.end
    if after is not None and (
        after.relation == "prt" or (after.relation == "prep" and after.lower in ("for", "of", "on", "against", "to"))
    ):
        return after.end
    return word.end


_TURN = re.compile(r", (?:though|although|but|(?P<both>while|whereas)|even though) ")


def _according(text: str, sentence: Sentence) -> Iterator[Said]:
    """ "According to X, Y": the content is the rest of the clause."""
    per = (match for match in _PER.finditer(text, sentence.start, sentence.end) if _is_voice(sentence, match.end()))
    for match in (*phrase_pattern().finditer(text, sentence.start, sentence.end), *per):
        if match.group().lower() in ("citing", "quoting"):
            continue
        at = bisect_left([word.start for word in sentence.words], match.end())
        if at >= len(sentence.words):
            continue
        source = _with_name(sentence, source_after(sentence.words, at))
        if source is None:
            continue
        parts = [each.start for each in sentence.words if each.text == ";"]
        is_last = not any(each.text[0].isalnum() for each in sentence.words if each.start >= source[1])
        found = (turn for turn in _TURN.finditer(text[sentence.start : match.start()]) if not (is_last and turn["both"]))
        turns = [sentence.start + turn.start() + 1 for turn in found]
        parts += [turn for turn in turns if text[turn : match.start()].strip(" ,").count(" ") > 3]
        opened = [*parts, *(each.start for each in sentence.words if each.text == ":")]
        before = (max((part + 1 for part in opened if part < match.start()), default=sentence.start), match.start())
        after = (source[1], min((part for part in parts if part >= source[1]), default=sentence.end))
        joined = re.search(r"\b(?:and|but)[\s,–—-]*$", text[before[0] : before[1]])
        if text[before[0] : before[1]].strip(" ,"):
            after = (after[0], min(after[1], _next_clause(sentence, match.start(), after[0])))
        content = [span for span in (None if joined else _trim(text, *before), _trim(text, *after)) if span is not None]
        if content:
            yield Said(
                source, match.start(), match.end(), tuple(content), "indirect", "same_sentence", match.group().lower(), "phrase"
            )


def _next_clause(sentence: Sentence, start: int, end: int) -> int:
    """ "Sold 40, according to the firm, and its shares fell": where the clause starts that is joined behind it; far off where none is."""
    for each in sentence.words:
        above = sentence.words[each.head]
        subject = sentence.child(each, "nsubj", "nsubjpass")
        if each.relation != "conj" or above.start >= start or each.start < end or subject is None:
            continue
        first = sentence.subtree(subject)[0]
        link = sentence.words[first.index - 1] if first.index else first
        if first.start >= end and link.tag == "CC":
            return link.start
    return sentence.end


_PER = re.compile(r"(?<=, )per (?=(?:the|an?) [a-z]|[A-Z])")
""" "So far 17 have died, per the county."; "per the rules" names no voice."""


def _is_voice(sentence: Sentence, place: int) -> bool:
    """Whether somebody who can speak, or counts, stands at a place of a sentence."""
    at = next((word.index for word in sentence.words if word.start >= place), len(sentence.words))
    noun = next((word for word in sentence.words[at:] if word.tag.startswith("NN") and word.relation == "pobj"), None)
    return noun is not None and (can_speak(noun) or singular(noun.lower) in phrases("cues", "counters") or noun.lower in _PLACES)


_PLACES = frozenset("county city state town district".split())


def _with_name(sentence: Sentence, source: tuple[int, int] | None) -> tuple[int, int] | None:
    """ "The harbour pilot, Jens Kofod,": with the name between commas behind it."""
    if source is None:
        return None
    at = next((word.index for word in sentence.words if word.start >= source[1]), len(sentence.words))
    names = at + 1
    while names < len(sentence.words) and sentence.words[names].tag == "NNP":
        names += 1
    is_name = (
        names > at + 2 and names < len(sentence.words) and sentence.words[at].text == "," and sentence.words[names].text == ","
    )
    is_office = sentence.words[at - 1].tag == "NN" and sentence.words[at - 1].end == source[1]
    return (source[0], sentence.words[names - 1].end) if is_name and is_office else source


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch without blanks and marks at its ends; None when no letter remains."""
    while start < end and not (text[start].isalnum() or text[start] in "“\"‘'$€£[("):
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in "”\"’'%)]"):
        end -= 1
    return (start, end) if end - start > 2 else None


def _with_mode(said: Said, inside: list[Quote]) -> Said:
    """Direct or partial where the content touches a quotation; a pronoun as source is a link of its own."""
    touched = [quote for quote in inside if any(low < quote.end and quote.start < high for low, high in said.content)]
    return replace(said, mode="partial") if touched else said
