"""Attributions of quotations: the cue beside them, the speaker before them, a label, a dash."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from foedus.evidence.reading.cues import lemma, phrase_pattern
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.quotes import Quote
from foedus.evidence.reading.said import Said
from foedus.evidence.reading.sources import source_after, source_before, subject_span

__all__ = ["lead_in", "quote_attributions"]

_WHOLE_WORDS = 5


def quote_attributions(
    text: str, paragraph: Paragraph, inside: list[Quote], previous: Said | None, goes_on: bool, beside: Sequence[Said] = ()
) -> list[Said]:
    """Attributions of the quotations in a paragraph; those without a cue of their own go to the speaker before.

    Args:
        previous, goes_on: who spoke last before the paragraph, and whether a quotation was left open.
        beside: attributions of clauses in the same paragraph.
    """
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
    for quote in long:
        if quote not in found and _is_whole(text, quote) and not (goes_on and quote.start == paragraph.start):
            speaking = [said for said in beside if said.content[-1][1] <= quote.start and lemma(said.verb, "speech")]
            between = [other for other in long if speaking and speaking[-1].content[-1][1] <= other.start < quote.start]
            if speaking and not between and text[speaking[-1].content[-1][1] : quote.start].strip(" .,") == "":
                span = ((quote.start, quote.end),)
                found[quote] = replace(
                    speaking[-1],
                    content=span,
                    link="adjacent_sentence",
                    mode="direct",
                    cue_start=None,
                    cue_end=None,
                    form="quote",
                )
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
        if forward and word.lower in _ELSEWHERE and word.tag in ("WRB", "IN"):
            return None
        if word.tag == "." and word.text in (".", "!", "?") and not _is_closed_next(words, place):
            return None
        if word.tag.startswith("VB") and lemma(word.lower, "speech") and not (forward and seen > 8 and word.tag == "VBG"):
            return place
        if not forward and word.tag.startswith("VB") and lemma(word.lower, "thought", "act"):
            return place
        place += step
        seen += 1
    return None


_ELSEWHERE = frozenset("when while because although whereas".split())


def _is_closed_next(words: list[Word], place: int) -> bool:
    """ "(D-Md.)": a full stop that belongs to a short form in brackets."""
    return place + 1 < len(words) and words[place + 1].text == ")"


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
    if words[cue].start > quote.end and words[cue].tag in ("VBD", "VBZ", "VBP") and words[cue - 1].start >= quote.end:
        beside = source_before(tuple(words), cue, quote.end) if words[cue - 1].tag.startswith(("NN", "PRP")) else None
        whole = subject_span(sentence, words[cue]) if beside is not None else None
        if beside is not None and whole is not None and quote.end <= whole[0] <= beside[0] and beside[1] <= whole[1]:
            return whole  # "a dealer with a trading firm said"
        if beside is not None:
            return beside
    found = subject_span(sentence, words[cue])
    if found is not None and not (found[0] < quote.end and quote.start < found[1]):
        return found
    follows = source_after(tuple(words), cue + 1) if cue + 1 < len(words) and words[cue].tag != "VBG" else None
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
            if near is not None and _is_whole(text, quote, 3 if last is not None else _WHOLE_WORDS):
                said = replace(
                    near,
                    content=((quote.start, quote.end),),
                    link="same_quote",
                    mode="direct",
                    cue_start=None,
                    cue_end=None,
                    form="quote",
                )
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


def _is_whole(text: str, quote: Quote, least: int = _WHOLE_WORDS) -> bool:
    """A quotation that is a sentence by itself."""
    first = text[quote.inner_start : quote.inner_start + 1]
    if len(text[quote.inner_start : quote.inner_end].split()) < least and not quote.is_open:
        return False
    return first.isupper() or first in "[…." or quote.is_open
