"""Attributions of one paragraph: from the grammar of its clauses, and from its quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from foedus.evidence.reading.cues import inflected, lemma, phrase_pattern
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.quotes import Quote
from foedus.evidence.reading.sources import noun_phrase, relative_pronoun, source_after, source_before, subject_span
from foedus.evidence.reading.units import singular

__all__ = ["Said", "clause_attributions", "lead_in", "quote_attributions"]

_WHOLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution as offsets; see `Attribution`."""

    source: tuple[int, int] | None
    cue_start: int | None
    cue_end: int | None
    content: tuple[tuple[int, int], ...]
    mode: str
    link: str
    verb: str
    form: str = "clause"
    antecedent: tuple[int, int] | None = None


def clause_attributions(text: str, paragraph: Paragraph, inside: list[Quote]) -> Iterator[Said]:
    """Attributions whose content is a clause, an infinitive or a noun that hangs on the cue."""
    for sentence in paragraph.sentences:
        for word in sentence.words:
            said = _clause(text, sentence, word)
            if said is None:
                said = _noun_cue(sentence, word)
            if said is not None:
                yield _with_mode(said, inside)
        yield from (_with_mode(said, inside) for said in _according(text, sentence))


def _clause(text: str, sentence: Sentence, word: Word) -> Said | None:
    """The attribution whose cue is this word, if it is one."""
    if not word.tag.startswith("VB"):
        return None
    verb = lemma(word.lower, "speech", "thought", "evidence", "act")
    if not verb:
        return None
    found = _complement(text, sentence, word)
    source = subject_span(sentence, word)
    if found is None or source is None:
        return None
    content, form = found
    content = _without(content, source)
    if not content:
        return None
    if verb and source is not None and _is_mute(text, source, word):
        return None
    antecedent = None
    relative = relative_pronoun(sentence, word)
    if relative is not None:
        source, antecedent = (relative.start, relative.end), source
    return Said(source, word.start, _cue_end(sentence, word), tuple(content), "indirect", "same_sentence", verb, form, antecedent)


def _noun_cue(sentence: Sentence, word: Word) -> Said | None:
    """ "His claim that …", "raised the alarm that …"."""
    if word.tag not in ("NN", "NNS") or singular(word.lower) not in phrases("cues", "nouns"):
        return None
    clause = sentence.child(word, "acl", "ccomp")
    if clause is None or not any(each.lower == "that" and each.tag in ("IN", "WDT") for each in sentence.subtree(clause)[:1]):
        return None
    owner = sentence.child(word, "poss")
    source = noun_phrase(sentence, owner) if owner is not None else _doer(sentence, word)
    content = _runs(sentence.subtree(clause), word)
    if source is None or not content:
        return None
    return Said(source, word.start, word.end, tuple(content), "indirect", "same_sentence", singular(word.lower))


def _doer(sentence: Sentence, word: Word) -> tuple[int, int] | None:
    """Who makes a claim, raises an alarm: the subject of the verb above the noun."""
    verb = sentence.words[word.head]
    by_verb = {form for base in phrases("cues", "light") for form in inflected(base)}
    if word.relation != "dobj" or verb.lower not in by_verb:
        return None
    return subject_span(sentence, verb)


_MUTE = {"this", "that", "these", "those", "it", "which", "what", "there"}


def _is_mute(text: str, source: tuple[int, int], word: Word) -> bool:
    """ "This could see …", "it would show …": a subject that can have no view of its own."""
    subject = text[source[0] : source[1]].lower()
    return subject in _MUTE and (subject not in ("it", "which") or not lemma(word.lower, "speech"))


def _complement(text: str, sentence: Sentence, word: Word) -> tuple[list[tuple[int, int]], str] | None:
    """What is said: the clause below the cue, or the clause in which the cue is a parenthesis."""
    clause = sentence.child(word, "ccomp", "xcomp")
    if clause is not None and (clause.relation == "ccomp" or lemma(word.lower, "speech", "thought")):
        words = sentence.subtree(clause)
        if words[0].index < word.index < words[-1].index:
            own = {each.index for each in sentence.subtree(word)} - {each.index for each in words}
            words = [each for each in words if each.index not in own]
        return _runs(words, word), "clause" if clause.relation == "ccomp" else "infinitive"
    if _is_parenthesis(sentence, word):
        own = {each.index for each in sentence.subtree(word)}
        rest = [each for each in sentence.words if each.index not in own]
        return _runs(rest, word), "clause"
    closing = _at_the_end(sentence, word)
    if closing:
        return _runs(closing, word), "clause"
    if not lemma(word.lower, "act", "evidence"):
        return None
    thing = sentence.child(word, "dobj", "prep", "dative")
    if thing is None or thing.index < word.index or len(sentence.subtree(thing)) < 2:
        return None
    return _runs([each for each in sentence.subtree(thing) if each.index > word.index], word), "noun"


def _at_the_end(sentence: Sentence, word: Word) -> list[Word]:
    """ "…, she said." where the grammar was not seen: the words before the comma; empty where it is no such end."""
    if not lemma(word.lower, "speech") or sentence.child(word, "ccomp", "dobj", "xcomp") is not None:
        return []
    subject = sentence.child(word, "nsubj")
    if subject is None or len(sentence.words) - max(word.index, subject.index) > 9:
        return []
    own = [*sentence.subtree(subject), word]
    first = min(each.index for each in own)
    if first < 4 or sentence.words[first - 1].text not in (",", "—", "–"):
        return []
    return list(sentence.words[: first - 1])


def _is_parenthesis(sentence: Sentence, word: Word) -> bool:
    """ "…, he said, …": a short clause with its own subject that hangs loosely in the sentence."""
    if word.relation not in ("parataxis", "ccomp", "dep", "advcl") or word.head == word.index:
        return False
    if sentence.child(word, "nsubj") is None or sentence.child(word, "dobj", "xcomp", "mark") is not None:
        return any(each.lower == "as" for each in sentence.children[word.index])
    if not lemma(word.lower, "speech", "thought"):
        return False
    own = sentence.subtree(word)
    if len(own) > 14 or any(each.relation == "advmod" and each.lower in ("when", "how", "why", "where") for each in own):
        return False
    return len(own) < len(sentence.words) / 2


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
    if after is not None and (
        after.relation == "prt" or (after.relation == "prep" and after.lower in ("for", "of", "on", "against", "to"))
    ):
        return after.end
    return word.end


def _according(text: str, sentence: Sentence) -> Iterator[Said]:
    """ "According to X, Y": the content is the rest of the clause."""
    for match in phrase_pattern().finditer(text, sentence.start, sentence.end):
        if match.group().lower() in ("citing", "quoting"):
            continue
        at = bisect_left([word.start for word in sentence.words], match.end())
        if at >= len(sentence.words):
            continue
        source = source_after(sentence.words, at)
        if source is None:
            continue
        before = (sentence.start, match.start())
        after = (source[1], sentence.end)
        joined = re.search(r"\b(?:and|but)[\s,–—-]*$", text[before[0] : before[1]])
        content = [span for span in (None if joined else _trim(text, *before), _trim(text, *after)) if span is not None]
        if content:
            yield Said(
                source, match.start(), match.end(), tuple(content), "indirect", "same_sentence", match.group().lower(), "phrase"
            )


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


def quote_attributions(text: str, paragraph: Paragraph, inside: list[Quote], previous: Said | None, goes_on: bool) -> list[Said]:
    """Attributions of the quotations in a paragraph; those without a cue of their own go to the speaker before."""
    words = [word for sentence in paragraph.sentences for word in sentence.words]
    owners = [sentence for sentence in paragraph.sentences for _ in sentence.words]
    long = [quote for quote in inside if _is_statement(text, quote)]
    found: dict[Quote, Said] = {quote: said for quote in long if (said := _by_label(text, quote)) is not None}
    for quote in long:
        if quote in found:
            continue
        if goes_on and quote.start == paragraph.start and previous is not None and previous.source is not None:
            continue
        said = _quoted(text, paragraph, inside, quote, words, owners)
        if said is not None:
            found[quote] = said
    return list(_filled(text, paragraph, long, found, previous, goes_on))


def _is_statement(text: str, quote: Quote) -> bool:
    """More than a word or two in marks."""
    inner = text[quote.inner_start : quote.inner_end]
    return len(inner.split()) >= 4 or (len(inner.split()) >= 2 and inner.rstrip()[-1:] in (",", ".", "!", "?"))


def _quoted(
    text: str, paragraph: Paragraph, inside: list[Quote], quote: Quote, words: list[Word], owners: list[Sentence]
) -> Said | None:
    """The attribution of one quotation by the words around it."""
    place = inside.index(quote)
    low = inside[place - 1].end if place else paragraph.start
    high = inside[place + 1].start if place + 1 < len(inside) else paragraph.end
    starts = [word.start for word in words]
    ends_inside = text[quote.inner_end - 1 : quote.inner_end] in (".", "!", "?")
    after = _cue_in(words, bisect_left(starts, quote.end), high, True)
    if after is not None and ends_inside and _leads_elsewhere(text, owners[after], words[after], quote, high):
        after = None
    before = _cue_in(words, bisect_left(starts, quote.start) - 1, low, False)
    for cue, is_after in ((after, True), (before, False)):
        if cue is None:
            continue
        source = _source(words, owners, cue, quote)
        if source is None:
            continue
        verb = lemma(words[cue].lower, "speech", "thought", "evidence", "act")
        mode = "direct" if is_after or text[low : quote.start].rstrip()[-1:] in (",", ":", "") else "partial"
        return Said(source, words[cue].start, words[cue].end, ((quote.start, quote.end),), mode, "same_sentence", verb, "quote")
    return _by_phrase(text, paragraph, quote, words, low, high) or _by_dash(text, quote, high)


def _cue_in(words: list[Word], place: int, limit: int, forward: bool) -> int | None:
    """The nearest speech verb outside the quotation, in the sentence that touches it."""
    step = 1 if forward else -1
    seen = 0
    while 0 <= place < len(words) and seen < (14 if forward else 30):
        word = words[place]
        if (word.start >= limit) if forward else (word.end <= limit):
            return None
        if word.tag == "." and word.text in (".", "!", "?"):
            return None
        if word.tag.startswith("VB") and lemma(word.lower, "speech") and not (forward and seen > 8 and word.tag == "VBG"):
            return place
        if not forward and word.tag.startswith("VB") and lemma(word.lower, "thought", "act"):
            return place
        place += step
        seen += 1
    return None


def _leads_elsewhere(text: str, sentence: Sentence, cue: Word, quote: Quote, high: int) -> bool:
    """A cue behind a finished quotation that introduces something else: a clause of its own, or the next quotation."""
    clause = sentence.child(cue, "ccomp")
    if clause is not None and clause.start > cue.end:
        return True
    rest = text[cue.end : high]
    return high < len(text) and text[high : high + 1] in "\"“‘'«" and bool(re.fullmatch(r"[^.!?]{0,60}[:,]\s*", rest))


def _source(words: list[Word], owners: list[Sentence], cue: int, quote: Quote) -> tuple[int, int] | None:
    """The subject of the cue, by grammar when it lies outside the quotation, else by place."""
    sentence = owners[cue]
    found = subject_span(sentence, words[cue])
    if found is not None and not (found[0] < quote.end and quote.start < found[1]):
        return found
    follows = source_after(tuple(words), cue + 1) if cue + 1 < len(words) else None
    if follows is not None and not (follows[0] < quote.end and quote.start < follows[1]):
        leads = source_before(tuple(words), cue, quote.end if words[cue].start > quote.end else 0)
        return leads or follows
    return source_before(tuple(words), cue, quote.end if words[cue].start > quote.end else 0)


def _by_phrase(text: str, paragraph: Paragraph, quote: Quote, words: list[Word], low: int, high: int) -> Said | None:
    """ "…", according to X."""
    match = phrase_pattern().search(text, quote.end, min(high, quote.end + 40)) or phrase_pattern().search(text, low, quote.start)
    if match is None:
        return None
    at = bisect_left([word.start for word in words], match.end())
    source = source_after(tuple(words), at) if at < len(words) else None
    if source is None:
        return None
    return Said(
        source, match.start(), match.end(), ((quote.start, quote.end),), "direct", "same_sentence", match.group().lower(), "quote"
    )


_LABEL = re.compile(
    r"(?P<name>[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?P<colon>:)\s+(?=[\w“\"])"
)


def _by_label(text: str, quote: Quote) -> Said | None:
    """A transcript: the name and a colon stand inside the marks."""
    match = _LABEL.match(text, quote.inner_start, quote.inner_end)
    if match is None:
        return None
    return Said(
        match.span("name"),
        match.start("colon"),
        match.end("colon"),
        ((match.end(), quote.end),),
        "direct",
        "same_sentence",
        ":",
        "quote",
    )


_DASH = re.compile(
    r"\s*(?P<dash>[-–—―]{1,2})\s*(?P<name>[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|al|bin))*)\s*(?:$|[,(])", re.MULTILINE
)


def _by_dash(text: str, quote: Quote, high: int) -> Said | None:
    """ "…" — Name."""
    match = _DASH.match(text, quote.end, max(quote.end, high))
    if match is None:
        return None
    return Said(
        match.span("name"),
        match.start("dash"),
        match.end("dash"),
        ((quote.start, quote.end),),
        "direct",
        "same_sentence",
        "—",
        "quote",
    )


def lead_in(text: str, paragraph: Paragraph) -> Said | None:
    """A paragraph that ends on "he said:": who speaks in the next."""
    if not text[paragraph.start : paragraph.end].rstrip().endswith(":") or not paragraph.sentences:
        return None
    sentence = paragraph.sentences[-1]
    for word in reversed(sentence.words[-12:]):
        if word.tag.startswith("VB") and (verb := lemma(word.lower, "speech", "act")):
            source = subject_span(sentence, word) or source_before(sentence.words, word.index, sentence.start)
            if source is not None:
                return Said(source, word.start, word.end, ((source[0], source[1]),), "direct", "same_sentence", verb, "quote")
    return None


def _filled(
    text: str, paragraph: Paragraph, long: list[Quote], found: dict[Quote, Said], previous: Said | None, goes_on: bool
) -> Iterator[Said]:
    """Quotations in order; one without a cue takes the speaker of its neighbour."""
    last: Said | None = None
    for place, quote in enumerate(long):
        said = found.get(quote)
        if said is None and (last is not None or place + 1 < len(long)):
            near = last or found.get(long[place + 1])
            if near is not None and _is_whole(text, quote):
                said = replace(near, content=((quote.start, quote.end),), link="same_quote", mode="direct", cue_start=None, cue_end=None,
                               form="quote")  # fmt: skip
        if said is None and previous is not None and (goes_on or (quote.start == paragraph.start and _is_whole(text, quote))):
            link = "continued_quote_new_paragraph"
            is_lead = (
                previous.cue_end is not None
                and paragraph.start - previous.cue_end < 80
                and goes_on
                and previous.content[0] == previous.source
            )
            cue = (previous.cue_start, previous.cue_end) if is_lead else (None, None)
            link = "adjacent_sentence" if is_lead else link
            content = ((quote.start, quote.end),)
            said = replace(previous, content=content, link=link, mode="direct", cue_start=cue[0], cue_end=cue[1], form="quote")
        if said is not None:
            last = said
            yield said


def _is_whole(text: str, quote: Quote) -> bool:
    """A quotation that is a sentence by itself."""
    first = text[quote.inner_start : quote.inner_start + 1]
    if len(text[quote.inner_start : quote.inner_end].split()) < _WHOLE_WORDS and not quote.is_open:
        return False
    return first.isupper() or first in "[…." or quote.is_open
