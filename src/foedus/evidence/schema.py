"""One line of a ledger: what keys it may have, what may stand in them, and what to say when it does not."""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from foedus.errors import Problem
from foedus.evidence.claim import (
    COMMITMENTS,
    Claim,
    ClaimSource,
    Cue,
    DocumentReference,
    Hedge,
    Place,
    Quantity,
    TimeReference,
)
from foedus.evidence.defaults import DIGITS, HEDGES, KERNELS, LETTERS
from foedus.evidence.measures import conversion

__all__ = ["VOCABULARY", "Complaint", "claim_problems", "located", "parse_claim", "with_defaults"]

VOCABULARY: dict[str, tuple[str, ...]] = {
    "ctype": ("quantity", "event", "intention", "obligation", "assessment"),
    "modality": ("actual", "future", "hypothetical"),
    "polarity": ("+", "-", "0"),
    "commitment": COMMITMENTS,
    "region": ("body", "caption", "teaser", "title", "menu"),
    "status": ("proposed", "accepted", "edited", "rejected"),
    "quantity.kind": ("numeric", "vague", "quantifier", "ratio", "anaphoric"),
    "quantity.qualifier": tuple(KERNELS),
    "source.type": (
        "outlet",
        "expert",
        "official",
        "agency",
        "state_media",
        "imagery",
        "anonymous",
        "study",
    ),
    "source.mode": ("narrator", "direct", "indirect", "partial", "credit"),
    "hedge.class": tuple(HEDGES),
    "time.kind": ("absolute", "relative", "partial", "vague"),
}

# Longer than any short cue, shorter than a sentence worth protecting.
_LONGEST_CUE = 60
_LONGEST_TEXT = 600

Check = Callable[[Any], str]
"""Returns "" when the value is allowed, else a sentence part such as "must be a date"."""


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one key of one claim."""

    key: str
    code: str
    message: str
    help: str


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        return "must be a text that is not empty"
    return "" if len(value) <= _LONGEST_TEXT else f"must not be longer than {_LONGEST_TEXT} characters"


def _cue_text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        return "must be a text that is not empty"
    return "" if len(value) <= _LONGEST_CUE else f"must be a few words, at most {_LONGEST_CUE} characters"


def _count(value: Any) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return "" if whole else "must be a whole number, zero or more"


def is_number(value: Any) -> bool:
    """An ordinary number: not a truth value, finite, and inside the range of a double."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) < 1e300 and math.isfinite(value)


def _number(value: Any) -> str:
    return "" if is_number(value) else "must be a finite number"


def _date(value: Any) -> str:
    try:
        exact = isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        exact = False
    return "" if exact else "must be a date such as 2024-10-25"


def _digest(value: Any) -> str:
    good = isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value)
    return "" if good else "must be a sha256 digest: 64 digits 0–9, a–f"


def _short_digest(value: Any) -> str:
    good = isinstance(value, str) and re.fullmatch("[0-9a-f]{16}", value)
    return "" if good else "must be the first 16 digits of a sha256 digest"


def _grade(value: Any) -> str:
    good = isinstance(value, str) and len(value) == 2 and value[0] in LETTERS and value[1] in DIGITS
    return "" if good else "must be an Admiralty letter A–F and digit 1–6, such as B2"


def _relevance(value: Any) -> str:
    return "" if _count(value) == "" and value <= 2 else "must be 0 (colour), 1 (context) or 2 (core)"


def _truth(value: Any) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _texts(value: Any) -> str:
    good = isinstance(value, list) and all(_text(item) == "" for item in value)
    return "" if good else "must be a list of texts"


def _range(value: Any) -> str:
    good = isinstance(value, list) and len(value) == 2 and all(is_number(end) for end in value)
    good = good and 0 <= value[0] <= value[1] <= 1
    return "" if good else "must be [low, high] with 0 <= low <= high <= 1"


def _word(name: str) -> Check:
    """One word of the vocabulary."""
    allowed = VOCABULARY[name]

    def check(value: Any) -> str:
        return "" if isinstance(value, str) and value in allowed else f"must be one of {', '.join(allowed)}"

    return check


_SPAN: dict[str, tuple[bool, Check]] = {"start": (False, _count), "end": (False, _count)}
_CUE: dict[str, tuple[bool, Check]] = {"text": (True, _cue_text), **_SPAN}

Rules = dict[str, tuple[bool, Check]]
"""Key -> (required, check)."""

_OBJECTS: dict[str, Rules] = {
    "document": {
        "sha256": (True, _digest),
        "title": (True, _text),
        "published": (False, _date),
        "url": (False, _text),
        "file": (False, _text),
    },
    "quantity": {
        "kind": (True, _word("quantity.kind")),
        "qualifier": (True, _word("quantity.qualifier")),
        "value": (False, _number),
        "low": (False, _number),
        "high": (False, _number),
        "unit": (True, _text),
        "text": (False, _cue_text),
        **_SPAN,
        "loose": (False, _truth),
        "count": (False, _number),
        "exposure": (False, _number),
    },
    "source": {
        "canonical": (True, _text),
        "type": (True, _word("source.type")),
        "mode": (True, _word("source.mode")),
        "text": (False, _cue_text),
        **_SPAN,
        "cue": (False, _cue_text),
        "link": (False, _text),
    },
    "hedge": {"class": (True, _word("hedge.class"))},
    "time": {
        "kind": (True, _word("time.kind")),
        "value": (False, _text),
        "text": (False, _cue_text),
        **_SPAN,
    },
}

_TOP: Rules = {
    "id": (True, _text),
    "ctype": (True, _word("ctype")),
    "modality": (True, _word("modality")),
    "polarity": (True, _word("polarity")),
    "region": (True, _word("region")),
    "relevance": (True, _relevance),
    "group": (True, _text),
    "paraphrase": (True, _text),
    "origin": (True, _text),
    "grade": (True, _grade),
    "graded_because": (True, _text),
    "published": (False, _date),
    "status": (True, _word("status")),
    "systems": (False, _texts),
    "start": (False, _count),
    "end": (False, _count),
    "span_sha256": (False, _short_digest),
    "actor": (False, _text),
    "target": (False, _text),
    "published_how": (False, _text),
    "url": (False, _text),
    "question": (False, _text),
    "probability": (False, _range),
    "yardstick": (False, _text),
    "derived_from": (False, _texts),
    "note": (False, _text),
    "commitment": (False, _word("commitment")),
    "rules": (False, _texts),
}

_REQUIRED_OBJECTS = frozenset({"source", "hedge"})


def with_defaults(record: dict[str, Any]) -> dict[str, Any]:
    """A record in which what a short ledger leaves out is filled in.

    A claim as an extractor writes it names its document by file (`doc`, with `sha256` beside it) and carries the words it was read from
    (`text`); a claim written by hand may leave out why it was graded so, and whether it was accepted.
    """
    found = dict(record)
    file, digest, words = found.pop("doc", None), found.pop("sha256", None), found.pop("text", None)
    if found.get("document") is None and isinstance(file, str) and isinstance(digest, str):
        found["document"] = {"sha256": digest, "title": file, "file": file}
    if found.get("paraphrase") is None and isinstance(words, str):
        found["paraphrase"] = words[:_LONGEST_TEXT]
    document = found.get("document")
    if file is not None and not isinstance(document, dict):
        found["start"] = found["end"] = None  # a place in no document
    elif isinstance(words, str) and found.get("span_sha256") is None:
        found["span_sha256"] = hashlib.sha256(words.encode()).hexdigest()[:16]
    if found.get("published") is None:
        dated = document.get("published") if isinstance(document, dict) else None
        found |= {"published": dated, "published_how": "with its document"} if dated else {}
    for key, value in (
        ("status", "accepted"),
        ("graded_because", "not stated"),
        ("group", "ungrouped"),
        ("paraphrase", "not stated"),
    ):
        if found.get(key) is None:
            found[key] = value
    return found


def claim_problems(record: dict[str, Any]) -> list[Complaint]:
    """Everything that is wrong with one record, key by key, then as a whole."""
    complaints = list(_check_keys("", record, _TOP, extra=frozenset(_OBJECTS)))
    for name, rules in _OBJECTS.items():
        complaints += _check_object(name, record, rules)
    return complaints or list(_check_whole(record))


def _check_object(name: str, record: dict[str, Any], rules: Rules) -> Iterator[Complaint]:
    """One nested object: present if required, an object, with the right keys."""
    value = record.get(name)
    if value is None:
        if name in _REQUIRED_OBJECTS:
            yield Complaint(name, "missing-key", f"`{name}` is missing.", f"Add `{name}` as an object.")
        return
    if not isinstance(value, dict):
        yield Complaint(name, "wrong-type", f"`{name}` must be an object.", "Write it as { … }.")
        return
    nested = {"hedge": frozenset({"cues"}), "source": frozenset({"cue_span"})}.get(name, frozenset())
    yield from _check_keys(f"{name}.", value, rules, extra=nested)
    cues = value.get("cues") if name == "hedge" else None
    spans = [value["cue_span"]] if name == "source" and value.get("cue_span") is not None else []
    if cues is not None and not isinstance(cues, list):
        yield Complaint("hedge.cues", "wrong-type", "`hedge.cues` must be a list.", "Write it as [ … ].")
        return
    for cue in [*(cues or []), *spans]:
        if not isinstance(cue, dict):
            yield Complaint(name, "wrong-type", f"A cue of `{name}` must be an object.", 'Write {"text": …}.')
        else:
            yield from _check_keys(f"{name}.cue.", cue, _CUE)


def _check_keys(prefix: str, record: dict[str, Any], rules: Rules, extra: frozenset[str] = frozenset()) -> Iterator[Complaint]:
    """Unknown keys, missing keys, values that are not allowed."""
    for key in record:
        if key not in rules and key not in extra:
            known = ", ".join(sorted({*rules, *extra}))
            yield Complaint(prefix + key, "unknown-key", f"`{prefix}{key}` is no key of a claim.", f"Known: {known}.")
    for key, (required, check) in rules.items():
        value = record.get(key)
        if value is None:
            if required:
                yield Complaint(prefix + key, "missing-key", f"`{prefix}{key}` is missing.", f"Add `{key}`.")
        elif wrong := check(value):
            yield Complaint(prefix + key, _code(key), f"`{prefix}{key}` {wrong}.", f"Found {_shown(value)}.")


def _code(key: str) -> str:
    """A stable name for the problem with this key."""
    special = {
        "grade": "bad-grade",
        "published": "bad-date",
        "sha256": "bad-digest",
        "span_sha256": "bad-digest",
    }
    return special.get(key, "wrong-type" if key not in ("qualifier", "class") else f"unknown-{key}")


def _shown(value: Any) -> str:
    """The value, cut to a length that fits a message."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _check_whole(record: dict[str, Any]) -> Iterator[Complaint]:
    """What can only be seen with several keys together."""
    start, end = record.get("start"), record.get("end")
    if (start is None) != (end is None) or (start is not None and start >= end):
        yield Complaint("start", "bad-span", "`start` and `end` must both stand, the first below.", "Correct the span.")
    elif start is not None and (record.get("document") is None or record.get("span_sha256") is None):
        help_text = "Add `document` and `span_sha256`, or leave `start` and `end` out."
        yield Complaint("start", "bad-span", "A span needs its document and its digest.", help_text)
    if (record.get("probability") is None) != (record.get("yardstick") is None):
        help_text = "Name the table of words that gave the range."
        yield Complaint("probability", "no-yardstick", "A probability range needs its `yardstick`.", help_text)
    quantity = record.get("quantity")
    if quantity is not None:
        yield from _check_quantity(quantity)


def _check_quantity(quantity: dict[str, Any]) -> Iterator[Complaint]:
    """Ends in order; `between` has both."""
    low, high = quantity.get("low"), quantity.get("high")
    if low is not None and high is not None and low > high:
        yield Complaint("low", "bad-range", "`quantity.low` is above `quantity.high`.", "Swap the ends.")
    if quantity["qualifier"] == "between" and not quantity.get("loose") and (low is None or high is None or low == high):
        help_text = "Give `low` and `high`, low below high."
        yield Complaint("qualifier", "bad-range", "A quantity `between` needs both ends.", help_text)
    if quantity.get("loose") and any(quantity.get(end) is not None for end in ("value", "low", "high")):
        help_text = "Leave the number out, or take `loose` out once a reader has settled what it says."
        yield Complaint("loose", "bad-range", "A `loose` quantity was not read whole and can have no number.", help_text)
    if quantity.get("count") is not None or quantity.get("exposure") is not None:
        yield from _check_count(quantity)


def _check_count(quantity: dict[str, Any]) -> Iterator[Complaint]:
    """How often, and out of how many or in how long: both, and the value is their ratio."""
    count, exposure, value = quantity.get("count"), quantity.get("exposure"), quantity.get("value")
    form = 'Write `"count": 6, "exposure": 43, "value": 0.14, "unit": "1"` for 6 of 43, or the unit `1/year` for 6 in 43 years.'
    if count is None or exposure is None or count < 0 or exposure <= 0 or count != int(count):
        yield Complaint("count", "bad-count", "A count is a whole number of times, with the `exposure` in which they fell.", form)
    elif quantity["unit"] == "1" and (count > exposure or exposure != int(exposure)):
        yield Complaint(
            "exposure", "bad-count", "The count of a share is out of a whole number of cases, at most all of them.", form
        )
    elif quantity["unit"] != "1" and not _is_rate(quantity["unit"]):
        message = f"A count is a share (unit 1) or a rate (1/year), not {quantity['unit']}."
        yield Complaint("unit", "bad-count", message, form)
    elif value is None or abs(value - count / exposure) > max(0.02 * count / exposure, 0.0005):
        message = f"`value` is not {count:g} / {exposure:g} = {count / exposure:.3g}."
        yield Complaint("value", "bad-count", message, "Write the ratio, to two digits or more.")
    elif quantity["qualifier"] != "eq" or quantity.get("low") not in (None, value) or quantity.get("high") not in (None, value):
        message = "A count has no ends of its own: what it tells of the next case follows from it."
        yield Complaint("qualifier", "bad-count", message, "Use the qualifier `eq`, and leave `low` and `high` out.")


def _is_rate(unit: str) -> bool:
    return conversion(unit, "1/year") is not None


def parse_claim(record: dict[str, Any], place: Place) -> Claim:
    """The claim of a record that has no problems."""
    parts = {"published": None, **{key: value for key, value in record.items() if value is not None}}
    hedge, source = parts.pop("hedge"), dict(parts.pop("source"))
    if source.get("cue_span") is not None:
        source["cue_span"] = Cue(**source["cue_span"])
    for name, kind in (("document", DocumentReference), ("time", TimeReference), ("quantity", Quantity)):
        if name in parts:
            defaults = {"value": None, "low": None, "high": None} if name == "quantity" else {}
            defaults = {"value": None} if name == "time" else defaults
            parts[name] = kind(**{**defaults, **parts[name]})
    for name in ("systems", "derived_from", "probability", "rules"):
        if name in parts:
            parts[name] = tuple(parts[name])
    cues = tuple(Cue(**cue) for cue in hedge.get("cues") or [])
    return Claim(**parts, hedge=Hedge(hedge["class"], cues), source=ClaimSource(**source), place=place)


def located(complaint: Complaint, place: Place) -> Problem:
    """A complaint as a problem with the place of its key in the ledger."""
    name = f'"{complaint.key.rsplit(".", 1)[-1]}"'
    found = place.text.find(name)
    width = len(name) if found >= 0 else 1
    return Problem(
        place.file,
        place.line,
        max(found, 0) + 1,
        complaint.code,
        complaint.message,
        complaint.help,
        place.text,
        width,
    )
