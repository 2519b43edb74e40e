"""The ledger in the forms that others read: whole, the same bytes each time, no figure changed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import Call, call  # noqa: F401
from tests.ledger.records import claims, record
from tests.ledger.test_adding import TEXT, wire  # noqa: F401
from tests.ledger.test_command import case  # noqa: F401

from foedus.evidence import Store, read_ledger
from foedus.evidence.store.formats import FORMATS, Exported, exported

PACT = Path(__file__).parents[2] / "cases" / "pact" / "ledger.jsonl"


def as_json(kind: str, content: Exported) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(kind, content))
    return found


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_a_whole_ledger_gives_the_same_bytes_twice(kind: str) -> None:
    ledger = read_ledger(PACT)
    found = exported(kind, Exported("pact", ledger.claims))
    assert found == exported(kind, Exported("pact", read_ledger(PACT).claims))
    text = found.decode()
    assert all(claim.id in text for claim in ledger.claims if claim.counts)


@given(st.floats(-1e299, 1e299) | st.integers(-(10**15), 10**15))
def test_a_figure_comes_back_to_its_last_bit(value: float) -> None:
    quantity = {**record()["quantity"], "value": value}
    content = Exported("c", tuple(claims("A1", quantity=quantity)))
    rows = {row["field"]: row["value"] for row in csv.DictReader(io.StringIO(exported("csv", content).decode()))}
    assert float(rows["quantity.value"]) == value and "quantity.low" not in rows
    annotation = as_json("webannotation", content)["first"]["items"][0]
    assert annotation["claim"]["quantity"]["value"] == value
    [entity] = as_json("prov", content)["entity"].values()
    assert json.loads(entity["case:record"])["quantity"]["value"] == value


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(str.strip))
def test_any_text_comes_back_from_csv_and_names_stay_names(text: str) -> None:
    told = claims("A1", paraphrase=text, source={**record()["source"], "canonical": text})
    content = Exported("c", tuple(told))
    rows = list(csv.DictReader(io.StringIO(exported("csv", content).decode(), newline="")))
    assert {row["source"] for row in rows} == {text} and next(
        row["value"] for row in rows if row["field"] == "paraphrase"
    ) == text
    agents = as_json("prov", content)["agent"]
    assert all(
        set(name.split(":", 1)[1]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.%") for name in agents
    )


def test_an_annotation_points_to_the_characters_and_quotes_them_where_they_are_at_hand(
    call: Call, case: Path, wire: Path
) -> None:
    added = call(
        "ledger", "sample", "add", "--doc", str(wire), "--text", "300 sailors stayed", "--published", "2024-10-02", "--json"
    ).document["claim"]
    done = call(
        "ledger", "sample", "export", "-o", "out.json", "--as", "webannotation", "--documents", str(wire.parent), "--json"
    )
    assert done.code == 0 and done.document["claims"] == 4, done.err
    found = json.loads(Path("out.json").read_bytes())
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and found["total"] == len(found["first"]["items"]) == 4
    one = found["first"]["items"][-1]
    position, quote = one["target"]["selector"]
    assert position == {"type": "TextPositionSelector", "start": added["start"], "end": added["end"]}
    assert quote == {"type": "TextQuoteSelector", "exact": "300 sailors stayed"} and one["claim"] == added
    assert one["target"]["source"]["id"].startswith("ni:///sha-256;") and "=" not in one["target"]["source"]["id"]
    assert len({item["id"] for item in found["first"]["items"]}) == 4 and all(item["target"] for item in found["first"]["items"])


def test_only_what_counts_is_a_review_and_a_grade_is_its_rating(store: Store) -> None:
    store.accept("A1", "ann", "seen")
    store.reject("A2", "ann")
    found = as_json("claimreview", Exported("c", store.ledger().claims, store.history()))
    [review] = found["@graph"]
    assert found["@context"] == "https://schema.org" and review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "There are a thousand." and review["author"] == {"@type": "Person", "name": "ann"}
    assert review["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 0.9399,
        "bestRating": 1,
        "worstRating": 0,
        "alternateName": "B2",
    }
    assert review["itemReviewed"]["author"] == {"@type": "Organization", "name": "someone"}
    assert review["datePublished"] == store.history("A1")[-1].when[:10]


def test_provenance_tells_every_version_and_every_end_is_there(store: Store) -> None:
    store.edit("A1", {"quantity.value": 1200}, "bob", "misread")
    store.add(claims("D1", derived_from=["A1"]), "bob")
    store.restore("A1", 1, "ann")
    found = as_json("prov", Exported("c", store.ledger().claims, store.history()))
    assert {name for name in found["entity"] if "claim-A1" in name} == {f"case:claim-A1-v{version}" for version in (1, 2, 3)}
    assert len(found["activity"]) == len(store.history()) and {one["prov:label"] for one in found["agent"].values()} == {
        "ann",
        "bob",
        "someone",
    }
    known = {kind: set(found[kind]) for kind in ("entity", "activity", "agent")}
    ends = {
        "prov:entity": "entity",
        "prov:generatedEntity": "entity",
        "prov:usedEntity": "entity",
        "prov:activity": "activity",
        "prov:agent": "agent",
    }
    relations = [row for kind in found if kind not in ("prefix", "entity", "activity", "agent") for row in found[kind].values()]
    assert relations and all(row[key] in known[ends[key]] for row in relations for key in row if key in ends)
    derived = {(row["prov:generatedEntity"], row["prov:usedEntity"]) for row in found["wasDerivedFrom"].values()}
    assert {
        ("case:claim-A1-v2", "case:claim-A1-v1"),
        ("case:claim-A1-v3", "case:claim-A1-v2"),
        ("case:claim-D1-v1", "case:claim-A1-v3"),
    } <= derived
    assert (
        exported("prov", Exported("c", store.ledger().claims, store.history())).decode()
        == json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    )


def test_a_claim_that_was_taken_out_again_has_an_end(store: Store) -> None:
    from foedus.evidence.store.writing import Restoring

    store.restore_all([Restoring("A3", None)], "ann")
    found = as_json("prov", Exported("c", store.ledger().claims, store.history()))
    [end] = found["wasInvalidatedBy"].values()
    assert end["prov:entity"] == "case:claim-A3-v1"


def test_forms_by_command(call: Call, case: Path) -> None:
    for form in FORMATS:
        done = call("ledger", "sample", "export", "-o", f"out.{form}", "--as", form)
        assert done.code == 0 and "3 claims" in done.out, done.err
    assert not (case / "ledger.sqlite").exists(), "an export makes no store"
    assert call("ledger", "sample", "export", "--as", "csv").code == 2
    assert call("ledger", "sample", "export", "x", "-o", "y", "--as", "csv").code == 2
    assert call("ledger", "sample", "export", str(case / "ledger.jsonl"), "--as", "csv").code == 1
    assert call("ledger", "sample", "export", "nowhere/out.csv", "--as", "csv").code == 1
    assert call("ledger", "sample", "export", "h", "--history", "--as", "prov").code == 2
