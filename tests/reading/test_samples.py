"""The reader on a dozen texts of other matters than its development sets: most claims need no editing."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of

FOLDER = Path(__file__).parent / "samples"
WANTED = tomllib.loads((Path(__file__).parent / "samples.toml").read_text(encoding="utf-8"))
FIELDS = ("type", "actor", "source", "hedge", "quantity", "time")
FLOOR = 0.90
FIELD_FLOOR = 0.95


def _read(name: str) -> list[dict[str, Any]]:
    path = next(FOLDER.glob(f"{name}.*"))
    claims: list[dict[str, Any]] = readings_as_dict([read_document(report_of(path.read_bytes(), path.name, date(2025, 3, 13)))])[
        "claims"
    ]
    return claims


def _fields(claim: dict[str, Any]) -> tuple[str, ...]:
    quantity, time = claim["quantity"], claim["time"]
    amount = ""
    if quantity is not None:
        ends = (quantity["value"],) if quantity["value"] is not None else (quantity["low"], quantity["high"])
        amount = " ".join([quantity["qualifier"], *(repr(end) for end in ends), quantity["unit"]])
    source = claim["source"]["canonical"]
    return claim["ctype"], claim["actor"] or "", source, claim["hedge"]["class"], amount, (time or {}).get("value") or ""


def _agrees(field: str, wanted: str, found: str) -> bool:
    if wanted == "*":
        return True
    if field == "source":
        return found == wanted or found.startswith(f"{wanted} (")
    if field != "quantity" or not wanted or not found:
        return wanted == found
    one, other = wanted.split(maxsplit=3), found.split(maxsplit=3)
    numbers = sum(_is_number(word) for word in one)
    same = one[0] == other[0] and [float(word) for word in one[1 : 1 + numbers]] == [
        float(word) if _is_number(word) else -1.0 for word in other[1 : 1 + numbers]
    ]
    unit = " ".join(wanted.split()[1 + numbers :])
    return same and (unit == "*" or unit == " ".join(found.split()[1 + numbers :]))


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def judged() -> Iterator[tuple[str, str, dict[str, bool]]]:
    """Text, claim and which of its fields are right; a claim that was not found has none."""
    for name, rows in WANTED.items():
        read = _read(name)
        for start, *fields in rows["claims"]:
            claim = min(
                (each for each in read if each["text"].replace("\n", " ").startswith(start)),
                key=lambda each: len(each["text"]),
                default=None,
            )
            found = _fields(claim) if claim is not None else None
            right = {
                field: found is not None and _agrees(field, fields[place], found[place]) for place, field in enumerate(FIELDS)
            }
            yield name, f"{start} {found}", right


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[str, str, dict[str, bool]]]:
    return list(judged())


def test_nine_claims_in_ten_need_no_editing(verdicts: list[tuple[str, str, dict[str, bool]]]) -> None:
    wrong = [
        (name, words, [field for field in FIELDS if not right[field]])
        for name, words, right in verdicts
        if not all(right.values())
    ]
    assert len(verdicts) > 140
    assert len(wrong) <= (1 - FLOOR) * len(verdicts), wrong


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_right(field: str, verdicts: list[tuple[str, str, dict[str, bool]]]) -> None:
    share = Counter(right[field] for _, _, right in verdicts)
    assert share[True] >= FIELD_FLOOR * len(verdicts), [words for _, words, right in verdicts if not right[field]]


def test_what_says_nothing_is_no_claim() -> None:
    for name in WANTED:
        for claim in _read(name):
            words = claim["text"].lower()
            assert "anonymity" not in words and not words.startswith(("according to", "said", "that "))
            assert claim["region"] in ("body", "caption")


if __name__ == "__main__":
    rows = list(judged())
    for sample, text, right in rows:
        if not all(right.values()):
            print(sample, [field for field in FIELDS if not right[field]], text)
    print(sum(all(right.values()) for _, _, right in rows), "of", len(rows))
