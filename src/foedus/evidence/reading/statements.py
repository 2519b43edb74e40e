"""Statements of a sentence: its clauses without the marks and words of who says them, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from foedus.evidence.reading.attributions import Attribution, TextSpan
from foedus.evidence.reading.clauses import Clause, clauses
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.speaker import Speaker

__all__ = ["CONTENT_FORMS", "Near", "statements"]

CONTENT_FORMS = ("clause", "quote", "phrase")
Near = list[tuple[int, Attribution]]
"""Attributions with their places in the list of all."""


def statements(
    sentence: Sentence,
    cues: frozenset[int],
    phrase_cues: frozenset[int],
    near_all: Near,
    spoken: dict[int, Speaker],
    covered: list[tuple[int, int]],
) -> Iterator[tuple[Clause, int | None]]:
    """The statements of a sentence, each with the place of the attribution that owns it.

    Args:
        cues, phrase_cues: places of words that hand a clause to a source; of these the phrases.
        near_all: attributions of the paragraph, with their places in the list of all.
        spoken: the speakers that are known, by those places.
        covered: stretches that have their claim; it grows.
    """
    near = [(place, each) for place, each in near_all if each.start < sentence.end and sentence.start < each.end]
    near += [pair for pair in near_all if pair not in near and _has_cue_in(pair[1], sentence)]
    for whole in clauses(sentence, cues, phrase_cues):
        called = _called(whole, near, spoken)
        if called is not None:
            covered.append((whole.start, whole.end))
            yield replace(whole, words=_closed(whole, whole.words)), called if called in spoken else None
            continue
        clause = _clipped(whole, near)
        if clause is not None and any(low <= clause.start and clause.end <= high for low, high in covered):
            continue
        if clause is not None and (_is_shy(clause) or (clause.words[0].tag == "WDT" and clause.words[0].lower == "that")):
            continue
        if clause is None or (clause.head.start in cues and not _has_rest(clause, near)) or _only_hands_on(clause, cues):
            continue
        shown = _shown_by(clause, near, spoken)
        owner = shown if shown is not None else _owner(clause, near, spoken)
        own = _without_source(clause, next((each for place, each in near if place == owner), None))
        if own is not None:
            yield own, owner
    yield from _left_over(sentence, near, spoken, covered)


_SHY = frozenset(("anonymity", "anonymously"))


def _is_shy(clause: Clause) -> bool:
    """ "They spoke on condition of anonymity": on what terms somebody speaks is no claim, but in an aside."""
    sentence = clause.sentence
    aside = {
        each.index
        for word in clause.words
        if word.relation == "relcl" and word is not clause.head
        for each in sentence.subtree(word)
    }
    words = {word.lower for word in clause.words if word.index not in aside}
    return bool(words & _SHY) or {"asked", "named"} <= words or {"declined", "named"} <= words or {"authorised", "speak"} <= words


def _has_cue_in(each: Attribution, sentence: Sentence) -> bool:
    return each.cue is not None and sentence.start <= each.cue.start < sentence.end


_NAMING = frozenset("call describe dub label brand term deem characterize characterise".split())


def _called(clause: Clause, near: Near, spoken: dict[int, Speaker]) -> int | None:
    """The attribution of "He called the plan “a mistake”", "they claim to have won": what he says is the whole of it."""
    for place, each in near:
        if each.cue is None or each.cue.start != clause.head.start:
            continue
        if each.verb in _NAMING or (each.form == "infinitive" and place in spoken):
            return place
    return None


def _without_source(clause: Clause, attribution: Attribution | None) -> Clause | None:
    """The clause without who says it, where the grammar mixed them: "… the city of X, residents said"; None where little remains."""
    if attribution is None or attribution.cue is None or attribution.form not in ("clause", "quote"):
        return clause
    cue, source = attribution.cue, attribution.source
    if not clause.start <= cue.start < clause.end and not (
        source is not None and clause.start < source.start and source.end <= clause.end
    ):
        return clause
    if not any(low <= cue.start < high for low, high in clause.pieces) and not (
        source is not None and any(low <= source.start < high for low, high in clause.pieces)
    ):
        return clause
    gone = [(span.start, span.end) for span in (cue, source) if span is not None]
    words = tuple(word for word in clause.words if not any(low <= word.start < high for low, high in gone))
    while words and words[-1].tag in (",", ":"):
        words = words[:-1]
    head_kept = any(word is clause.head for word in words)
    return replace(clause, words=words) if len(words) >= 3 and head_kept and words[0].tag not in ("WDT", "WP") else None


def _shown_by(clause: Clause, near: Near, spoken: dict[int, Speaker]) -> int | None:
    """The attribution to footage and the like, when the clause or the one it is joined to has its cue."""
    tied = {clause.head.start}
    if clause.head.relation == "conj":
        tied.add(clause.sentence.words[clause.head.head].start)
    return next(
        (
            place
            for place, each in near
            if each.cue is not None and each.form == "noun" and each.cue.start in tied and place in spoken
        ),
        None,
    )


def _left_over(
    sentence: Sentence, near: Near, spoken: dict[int, Speaker], covered: list[tuple[int, int]]
) -> Iterator[tuple[Clause, int]]:
    """What is attributed in this sentence and was not found by its grammar."""
    for place, each in near:
        if place not in spoken or each.form not in CONTENT_FORMS:
            continue
        span = max(each.content, key=lambda part: part.end - part.start)
        if sum(max(0, min(high, span.end) - max(low, span.start)) for low, high in covered) > 0.3 * (span.end - span.start):
            continue
        words = tuple(
            word
            for word in sentence.words
            if span.start <= word.start < span.end and (word.text[0].isalnum() or word.text in "‘“")
        )
        if len(words) < 5 or words[-1].end < span.end - 3 or not any(word.tag.startswith("VB") for word in words):
            continue
        inside = {word.index for word in words}
        verbs = [word for word in words if word.tag.startswith("VB")]
        head = next((word for word in verbs if word.head not in inside), verbs[0])
        covered.append((span.start, span.end))
        yield Clause(sentence, head, words, None), place


def _clipped(clause: Clause, near: Near) -> Clause | None:
    """The clause without what lies on the other side of a quotation's marks."""
    words = clause.words
    for _, each in near:
        if _is_account(each) and each.cue is not None and clause.start <= each.cue.start < clause.end:
            words = tuple(word for word in words if any(span.start <= word.start < span.end for span in each.content))
            if not any(word is clause.head for word in words):
                return None
            continue
        if (
            each.form == "phrase"
            and each.cue is not None
            and clause.start <= each.cue.start < clause.end
            and len(each.content) == 1
        ):
            words = (
                tuple(word for word in words if (word.start < each.cue.start) == (clause.head.start < each.cue.start))
                if each.start > each.cue.start
                else words
            )
            if each.source is not None and each.start > each.source.end and clause.head.start >= each.start:
                words = tuple(word for word in words if word.start >= each.start)
        if each.form != "quote":
            continue
        low, high = each.start, each.end
        inside = low <= clause.head.start < high
        kept = [word for word in words if (low <= word.start < high) == inside]
        if len(kept) < len(words) and (inside or each.mode == "direct"):
            words = tuple(kept)
    words = tuple(words)
    while words and not words[0].text[0].isalnum() and words[0].text[0] not in "[$€£‘“\"'":
        words = words[1:]
    while words and (words[-1].tag == "CC" or _is_mark(words[-1])):
        words = words[:-1]
    return replace(clause, words=_closed(clause, words)) if len(words) >= 3 else None


def _is_mark(word: Word) -> bool:
    """A mark at the end of a clause; "£1.5m." and "U.S." at the end of a sentence are words."""
    return not word.text[-1].isalnum() and word.text[-1] not in "]%)" and not any(letter.isalnum() for letter in word.text)


def _is_account(each: Attribution) -> bool:
    """ "In X's account", not "according to X"."""
    return each.form == "phrase" and each.verb.split(" ")[-1] in phrases("cues", "accounts")


def _closed(clause: Clause, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """With the mark that closes a quotation which opens inside."""
    opened = sum(word.tag == "``" for word in words) - sum(word.tag == "''" for word in words)
    after = words[-1].index + 1
    straight = sum(word.text == '"' for word in words) % 2
    rest = clause.sentence.words[after : after + 2]
    mark = next((word for word in rest if word.text == "'" or (straight and word.text == '"')), None)
    if (
        mark is None
        or not (opened > 0 or straight)
        or any(word.tag not in (".", ",", "''", "``") for word in rest[: rest.index(mark) + 1])
    ):
        return words
    return (*words, *rest[: rest.index(mark) + 1])


def _only_hands_on(clause: Clause, cues: frozenset[int]) -> bool:
    """ "The ministry raised the alarm [that …]": all that it says is who says it."""
    thing = clause.sentence.child(clause.head, "dobj")
    return thing is not None and thing.start in cues and thing.tag.startswith("NN") and clause.end <= thing.end


def _has_rest(clause: Clause, near: Near) -> bool:
    """Whether a clause with a cue says something itself beside who said it."""
    cue = next((each for _, each in near if each.cue is not None and each.cue.start == clause.head.start), None)
    return cue is None or cue.form == "noun"


def _shared(clause: Clause, spans: Iterable[TextSpan]) -> int:
    """How many letters of a clause lie in some stretches."""
    return sum(max(0, min(clause.end, span.end) - max(clause.start, span.start)) for span in spans)


def _owner(clause: Clause, near: Near, spoken: dict[int, Speaker]) -> int | None:
    """The innermost attribution whose content holds the clause, with a speaker that is known."""
    best, size = None, 0
    for place, each in near:
        if place not in spoken:
            continue
        inside = _shared(clause, each.content)
        own = _shared(clause, [span for span in (each.source, each.cue) if span is not None])
        if inside < 0.6 * (clause.end - clause.start - own):
            continue
        length = each.end - each.start
        if best is None or length < size:
            best, size = place, length
    return best
