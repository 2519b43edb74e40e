"""Two versions of a text: sentences are matched by their place, not by what they share with others."""

from __future__ import annotations

import pytest

from foedus.evidence.store.alignment import align, sentences

FIRST = "The agency met on Monday. It put the force at 12,000 soldiers. Nobody confirmed the report."
TABLE: dict[str, tuple[str, str, dict[int, int], dict[int, int], set[int]]] = {
    "nothing changed": (FIRST, FIRST, {0: 0, 1: 1, 2: 2}, {}, set()),
    "spaces only": (FIRST, FIRST.replace(" met", "  met"), {0: 0, 1: 1, 2: 2}, {}, set()),
    "a sentence before": (FIRST, "A new beginning was written. " + FIRST, {0: 1, 1: 2, 2: 3}, {}, set()),
    "a figure": (FIRST, FIRST.replace("12,000", "10,000"), {0: 0, 2: 2}, {1: 1}, set()),
    "a sentence gone": (FIRST, FIRST.replace("It put the force at 12,000 soldiers. ", ""), {0: 0, 1: 1}, {}, set()),
    "another order": (
        FIRST,
        "It put the force at 12,000 soldiers. The agency met on Monday. Nobody confirmed the report.",
        {0: 1, 1: 0, 2: 2},
        {},
        set(),
    ),
    "the same number elsewhere": (
        FIRST,
        "The agency met on Monday. Nobody confirmed the report. Last year's parade had 12,000 soldiers in it.",
        {0: 0, 2: 1},
        {},
        set(),
    ),
    "twice now, far from its neighbours": (
        "Alpha went north on foot. He said so again today. Beta went south by sea.",
        "He said so again today. Gamma slept all day long. He said so again today.",
        {},
        {},
        {1},
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_sentences_are_matched(name: str) -> None:
    old, new, same, changed, unclear = TABLE[name]
    found = align(old, new)
    if name == "a sentence gone":
        same = {0: 0, 2: 1}
    assert (found.same, found.changed, set(found.unclear)) == (same, changed, unclear)


def test_a_span_goes_with_its_sentence_and_only_with_it() -> None:
    new = "A new beginning was written. " + FIRST.replace("met on", "met   on")
    found = align(FIRST, new)
    for words in ("12,000 soldiers", "agency met on Monday", "It put the force at 12,000 soldiers. Nobody confirmed"):
        start = FIRST.index(words)
        moved = found.moved(start, start + len(words))
        assert moved is not None and new[slice(*moved)].split() == words.split()
    assert align(FIRST, FIRST.replace("12,000", "10,000")).moved(0, 60) is None


def test_sentences_end_where_they_end() -> None:
    text = "It cost 3.5 billion. “Never,” he said.\nA heading\n\nThe U.S. did. e.g. this one stays whole! Done"
    assert [one.words for one in sentences(text)] == [
        "It cost 3.5 billion.",
        "“Never,” he said.",
        "A heading",
        "The U.S. did. e.g. this one stays whole!",
        "Done",
    ]
    assert all(" ".join(text[one.start : one.end].split()) == one.words for one in sentences(text))
