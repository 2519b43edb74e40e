"""The noun that a number counts: which words behind the number belong to it."""

from __future__ import annotations

from foedus.evidence.reading.date_words import WEEKDAYS
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.units import is_counted_noun, singular

__all__ = ["noun_run"]

_INSIDE = {"JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "HYPH", "CD", "``", "''", "AFX"}
_NOUNS = {"NN", "NNS", "NNP", "NNPS"}
_STATES = {"killed", "wounded", "injured", "dead", "missing", "displaced", "captured", "arrested", "detained", "hurt"}
_LONGEST = 9


def noun_run(words: list[Word], at: int, text: str, place: int) -> list[Word]:
    """The words from `at` to the counted noun; empty where none follows directly.

    Args:
        words: of the paragraph. text: up to its end. place: where the number ends.
    """
    if at >= len(words) or words[at].start - place > 2 or "," in text[place : words[at].start]:
        return []
    is_hyphenated = words[at].tag == "HYPH" and words[at].start == place
    first = at + 1 if is_hyphenated else at
    if is_hyphenated and first + 1 < len(words) and words[first].lower in ("plus", "odd"):
        first += 1
    if (
        words[at].lower in ("other", "more", "others")
        and first + 1 < len(words)
        and words[first + 1].tag in ("NNS", "JJ", "NN", "NNPS")
    ):
        first = at + 1
    if first >= len(words) or (not is_hyphenated and _is_no_noun(words, first)):
        return []
    if (
        is_hyphenated
        and words[first].start == words[at].end
        and words[first].tag in _NOUNS
        and is_counted_noun(words[first].text)
    ):
        return [words[first]]
    run = _taken(words, first)
    while run and run[-1].tag not in _NOUNS and not is_counted_noun(run[-1].lower):
        run.pop()
    run = _without_verb(run, text[:place].lower())
    if _is_going(words, first, run):
        return []
    if not run and words[at].lower in _STATES:
        return [words[at]]
    return run


def _is_no_noun(words: list[Word], place: int) -> bool:
    """A number, or a word such as "long" that measures; "long-range guns" are counted."""
    word = words[place]
    is_joined = place + 1 < len(words) and words[place + 1].tag == "HYPH" and words[place + 1].start == word.end
    return (word.tag == "CD" and not _is_make(word)) or (word.lower in phrases("nouns", "not_counted") and not is_joined)


def _is_make(word: Word) -> bool:
    """ "F-15": the tagger takes it for a number."""
    return word.tag == "CD" and word.text[0].isupper()


def _taken(words: list[Word], first: int) -> list[Word]:
    """The words as long as they can belong to one noun phrase."""
    run: list[Word] = []
    for place in range(first, min(len(words), first + _LONGEST)):
        word = words[place]
        if _is_day(words, place):
            break
        linked = word.tag == "POS" or (word.lower in ("and", "or", ",") and _bridges(words, place))
        is_hidden = bool(run) and word.tag == "VBZ" and is_counted_noun(word.lower) and run[-1].tag == "NN"
        if run and run[-1].tag == "NNS" and word.tag in ("NN", "NNS") and not _modifies(run[-1]):
            break
        if (
            run
            and run[-1].tag in ("NNS", "NNPS")
            and not linked
            and (word.tag not in ("NN", "NNS", "HYPH", "POS") or run[-1].lower == "times")
        ):
            break
        is_named = word.text[0].isupper() and word.tag in (
            "FW",
            "VB",
            "VBP",
            "VBZ",
            "UH",
            "RB",
        )  # a make that the tagger does not know
        if not (
            word.tag in _INSIDE
            or is_named
            or linked
            or is_hidden
            or (word.lower in ("more", "additional") and not run)
            or _leads(words, place, run)
        ):
            break
        run.append(word)
        if is_hidden:
            break
    return run


_WAYS = frozenset("into onto across from over through towards toward out".split())


def _is_going(words: list[Word], first: int, run: list[Word]) -> bool:
    """ "With more than 3,000 crossing into Norvia": what they do, no noun that is counted."""
    after = words[first + 1].lower if first + 1 < len(words) else ""
    return len(run) == 1 and run[0].lower.endswith("ing") and after in _WAYS


def _is_day(words: list[Word], place: int) -> bool:
    """ "Another 90 late Wednesday", "1,400 overnight and early Tuesday": when, not what; "40 Monday protests" are counted."""
    word = words[place]
    after = words[place + 1] if place + 1 < len(words) else word
    if word.lower in ("overnight", "yesterday", "today", "tomorrow", "tonight"):
        return after.tag not in _NOUNS or after is word
    return word.lower in WEEKDAYS and (after is word or after.tag not in ("NN", "NNS"))


_PLURAL_HEADS = frozenset("staff personnel police crew aircraft people cattle livestock fish sheep deer species series".split())


_VERBS = frozenset("works costs runs lasts weighs sells holds stands takes makes needs uses pays".split())


def _without_verb(run: list[Word], before: str) -> list[Word]:
    """ "7 of 61 lifts [work]", "one dose [costs]": the verb that the tagger takes for a noun behind the plural, or behind the one."""
    if len(run) > 1 and run[-1].lower in _VERBS and run[-2].tag in ("NN", "NNS"):
        is_one = before.endswith(("one", " 1")) and run[-2].tag == "NN"
        return run[:-1] if is_one or run[-2].tag == "NNS" else run
    if len(run) < 2 or run[-1].tag != "NN" or run[-1].lower in _PLURAL_HEADS or run[-2].tag != "NNS":
        return run
    return run if is_counted_noun(run[-1].lower) else run[:-1]


def _modifies(word: Word) -> bool:
    """ "Arms deals", "sales staff"; "denied 40 men entry" and "40 wells work" end their noun with the plural."""
    return word.relation in ("compound", "nmod", "amod", "poss") and singular(word.lower) not in phrases("nouns", "people")


def _leads(words: list[Word], place: int, run: list[Word]) -> bool:
    """An adverb, possessive or participle with more of the noun phrase behind it."""
    before = words[place - 1] if place else words[place]
    is_deed = words[place].tag == "VBD" and words[place].lower not in ("were", "was")
    if is_deed and before.relation in ("nsubj", "nsubjpass") and before.head == words[place].index:
        return False  # "70,000 sought refuge": what they did
    if words[place].lower == "had":
        return False  # "one in three had sold land"
    if words[place].tag not in ("RB", "PRP$", "VBD") or place + 1 >= len(words) or any(word.tag in ("NN", "NNS") for word in run):
        return False
    return words[place + 1].tag in ("JJ", "NNS", "VBN", "NN")


def _bridges(words: list[Word], at: int) -> bool:
    """ "Kia and Hyundai vehicles", "small, cheap drones": what joins two modifiers before one noun."""
    if at + 2 >= len(words) or at == 0:
        return False
    if words[at - 1].tag in ("NNS", "NN", "CD") and not _is_make(words[at - 1]):
        return False
    is_modifier = words[at + 1].tag in ("JJ", "NNP", "VBN") or _is_make(words[at + 1])
    return is_modifier and words[at + 2].tag in _NOUNS
