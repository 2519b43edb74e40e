"""A changed article is read again: claims go with their sentences, and never attach themselves to lookalikes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.records import assert_whole, record
from tests.ledger.test_store import refused

from foedus.evidence import Claim, Documents, Store, span_digest
from foedus.evidence.claim import Place
from foedus.evidence.schema import claim_problems, parse_claim
from foedus.evidence.store.reread import Fate, apply_reread, reread

OLD = """The harbour at Norrvik reopened on Tuesday.

Officials in Sund said that 12,000 soldiers had arrived by rail. The ministry called the number exaggerated. Three ships are still missing.

About 500 families left the town. A spokesman denied it.
"""
NEW = """Corrected version. The harbour at Norrvik reopened on Tuesday.

Officials in Sund said that 10,000 soldiers had arrived by rail. The ministry called the number exaggerated.

Last spring's parade in Sund was watched by 12,000 soldiers. About 500 families left the town. A spokesman denied it. Fuel is short.
"""
SPANS = {
    "harbour": "harbour at Norrvik reopened",
    "soldiers": "12,000 soldiers",
    "arrived": "12,000 soldiers had arrived by rail",
    "ministry": "The ministry called the number exaggerated",
    "ships": "Three ships are still missing",
    "families": "500 families left the town",
}


def claim_at(name: str, words: str, text: str, file: str = "norrvik.txt", **changes: Any) -> Claim:
    """A claim on these words of a text."""
    start = text.index(words)
    document = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "title": "Norrvik", "file": file}
    parts = {
        "start": start,
        "end": start + len(words),
        "span_sha256": span_digest(words),
        "document": document,
        "group": name,
        "status": "accepted",
    }
    whole = record(name, **{**parts, **changes})
    assert claim_problems(whole) == []
    return parse_claim(whole, Place("test", 0))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The new version under the old name; the old version is kept in a folder."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "norrvik-first.txt").write_text(OLD, encoding="utf-8")
    path = tmp_path / "norrvik.txt"
    path.write_text(NEW, encoding="utf-8")
    return path


@pytest.fixture
def held(empty: Store) -> Store:
    empty.add([claim_at(name, words, OLD) for name, words in SPANS.items()], "ann")
    return empty


def fates(found: Any) -> dict[str, str]:
    return {fate.claim: fate.kind for fate in found.fates}


EXPECTED = {
    "harbour": "moved",
    "soldiers": "changed",
    "arrived": "changed",
    "ministry": "moved",
    "ships": "vanished",
    "families": "moved",
}


def test_claims_go_with_their_sentences(held: Store, article: Path) -> None:
    found = reread(held.ledger(), article, (), old=article.parent / "kept" / "norrvik-first.txt")
    assert fates(found) == EXPECTED
    by_name = {fate.claim: fate for fate in found.fates}
    moved = by_name["families"]
    assert (moved.start, moved.end) != (None, None) and NEW[moved.start : moved.end] == SPANS["families"]
    assert by_name["soldiers"].new == "Officials in Sund said that 10,000 soldiers had arrived by rail."
    assert {claim.id for claim in found.anchored} == {"harbour", "ministry", "families"}
    for claim in found.anchored:
        assert claim.start is not None and claim.end is not None and claim.document is not None
        words = NEW[claim.start : claim.end]
        assert words == SPANS[claim.id] and claim.span_sha256 == span_digest(words)
        assert claim.document.sha256 == hashlib.sha256(NEW.encode()).hexdigest()


def test_the_same_number_in_another_sentence_is_another_claim(held: Store, article: Path) -> None:
    """ "12,000 soldiers" stands in the new text, at a parade; the claim does not go there, with the old text at hand or without."""
    assert SPANS["soldiers"] in NEW
    for old in (article.parent / "kept" / "norrvik-first.txt", None):
        found = reread(held.ledger(), article, (), old=old)
        assert fates(found)["soldiers"] in ("changed", "unclear")
        assert "soldiers" not in {claim.id for claim in found.anchored}
        assert all(fate.start is None for fate in found.fates if fate.claim == "soldiers")


def test_without_the_old_text_nothing_is_attached(held: Store, article: Path) -> None:
    found = reread(held.ledger(), article, ())
    kinds = fates(found)
    assert set(kinds.values()) == {"unclear", "vanished"} and kinds["ships"] == "vanished" and kinds["families"] == "unclear"
    assert found.anchored == () and "earlier version" in found.of("unclear")[0].new


def test_the_old_text_is_found_among_the_documents(held: Store, article: Path) -> None:
    found = reread(held.ledger(), article, (), documents=Documents(article.parent / "kept"))
    assert fates(found)["families"] == "moved"


def test_a_claim_whose_source_went_does_not_move(empty: Store, article: Path) -> None:
    """The words stayed, who says them did not: it is another claim."""
    old = 'A quiet day. The mayor spoke first. "The bridge over the Alm is closed."'
    new = 'A quiet day. A tourist spoke first. "The bridge over the Alm is closed."'
    words, source = "The bridge over the Alm is closed", "The mayor"
    start = old.index(source)
    said = {
        "canonical": "mayor",
        "type": "official",
        "mode": "direct",
        "text": source,
        "start": start,
        "end": start + len(source),
    }
    empty.add([claim_at("bridge", words, old, source=said)], "ann")
    article.write_text(new, encoding="utf-8")
    kept = article.parent / "old.txt"
    kept.write_text(old, encoding="utf-8")
    found = reread(empty.ledger(), article, (), old=kept)
    assert fates(found) == {"bridge": "changed"} and found.anchored == ()
    article.write_text("News. " + old, encoding="utf-8")
    [moved] = reread(empty.ledger(), article, (), old=kept).anchored
    assert moved.source.start == start + 6


def test_an_apply_is_events_and_can_be_done_twice(held: Store, article: Path) -> None:
    held.reject("families", "bob", "a rumour")
    proposed = [
        claim_at("fuel", "Fuel is short", NEW, group="fuel", status="proposed"),
        claim_at("again", "500 families left the town", NEW, group="again", status="proposed"),
    ]
    before, number = held.ledger().by_id, held.number
    found = reread(held.ledger(), article, proposed, old=article.parent / "kept" / "norrvik-first.txt")
    assert held.number == number, "to look changes nothing"
    assert [claim.id for claim in found.proposed] == ["fuel"], "a sentence that stayed was read before"
    done = {"old": article.parent / "kept" / "norrvik-first.txt", "documents": None}
    _, events = apply_reread(held, article, proposed, "ann", "", **done)
    after = held.ledger().by_id
    assert {event.action for event in events} == {"reread"}
    assert set(after) == {*SPANS, "fuel"} and after["families"].status == "rejected"
    assert NEW[slice(after["families"].start, after["families"].end)] == SPANS["families"]
    for name in ("soldiers", "arrived", "ships"):
        assert (after[name].start, after[name].document) == (before[name].start, before[name].document)
        assert "sha256" in (after[name].note or "") and after[name].status == before[name].status
    _, events = apply_reread(held, article, proposed, "ann", "", **done)
    assert events == () and held.ledger().by_id == after
    assert_whole(held)


def test_a_document_without_earlier_claims_is_refused(held: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Nothing.", encoding="utf-8")
    with refused("no-earlier-version"):
        reread(held.ledger(), other, ())
    with refused("unreadable"):
        reread(held.ledger(), tmp_path / "none.txt", ())
    other.write_bytes(b"\xff\xfe")
    with refused("unreadable"):
        reread(held.ledger(), other, ())


def test_a_tampered_span_stays_where_it_is(empty: Store, article: Path) -> None:
    empty.add([claim_at("families", SPANS["families"], OLD, start=3, end=9)], "ann")
    found = reread(empty.ledger(), article, (), old=article.parent / "kept" / "norrvik-first.txt")
    assert fates(found) == {"families": "unclear"}


def test_fates_are_plain_values() -> None:
    assert json.dumps(Fate("A1", "vanished").__dict__)
