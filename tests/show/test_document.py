"""The JSON document of a run."""

import json

import pytest

from foedus.show.document import finding_document


@pytest.fixture(scope="module")
def document(finding):
    text = json.dumps(finding_document(finding, seconds={"compile": 0.5, "run": 8.0}), allow_nan=False)
    return json.loads(text)


def test_it_has_the_agreed_keys(finding, document):
    assert {
        "case",
        "as_of",
        "seed",
        "futures",
        "scenarios",
        "status",
        "digest",
        "questions",
        "seconds",
    } <= set(document)
    assert document["scenarios"][0] == "as_reported" and len(document["scenarios"]) == 9
    assert document["status"] == {"ok": 89_971, "not finite": 8, "negative stock": 21}
    assert document["digest"] == finding.manifest.digests["results"]
    assert document["seconds"] == {"compile": 0.5, "run": 8.0}


def test_answers_hold_numbers_of_their_kind(document):
    chance = document["questions"]["kursk_apr"]
    amount = document["questions"]["foreign_jan"]
    assert chance["kind"] == "probability" and amount["kind"] == "quantity" and amount["unit"] == "person"
    assert chance["answers"]["no_troops"]["difference"] == pytest.approx(
        chance["answers"]["no_troops"]["probability"] - chance["answers"]["as_reported"]["probability"]
    )
    shared = {
        "statistic",
        "error",
        "share",
        "mc_error",
        "calibration_error",
        "structural_spread",
        "difference",
        "difference_error",
        "futures",
        "is_set",
        "is_out_of_reach",
        "is_of_other_futures",
        "badge",
        "rests_on",
        "rests_on_errors",
        "interplay",
        "parts",
        "spread",
        "spread_errors",
        "variants",
        "difference_rests_on",
        "difference_rests_on_errors",
        "difference_interplay",
        "difference_parts",
        "difference_spread",
        "difference_spread_errors",
    }
    assert set(chance["answers"]["no_troops"]) == {"probability", *shared}
    assert set(amount["answers"]["no_troops"]) == {"p05", "p25", "p50", "p75", "p95", "mean", "errors", "states", *shared}


def test_the_baseline_has_no_difference(document):
    for question in document["questions"].values():
        assert question["answers"]["as_reported"]["difference"] is None
        assert question["answers"]["as_reported"]["difference_error"] is None


def test_what_is_not_finite_is_null(document):
    assert document["questions"]["russia_joins"]["answers"]["no_troops"]["probability"] is None


def test_seconds_default_to_the_manifest(finding):
    assert finding_document(finding)["seconds"] == finding.manifest.seconds
