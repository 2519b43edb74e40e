"""A sentence held against what an analyst would write down: figures that are left out, and figures that are read wrongly without a word;
and against how it was read before, so that no rule changes a reading that nobody has looked at.

python -m tests.reading.judged          writes anew how every sentence is read, as_read/SET.txt; `git diff` shows what changed
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of
from foedus.evidence.reading.units import singular

__all__ = [
    "Verdict",
    "Wanted",
    "affirmed_unless_told",
    "claims_in",
    "field_of",
    "judge",
    "parameters",
    "plain",
    "read_otherwise",
    "sentences",
    "wanted",
]

SETS = ("second", "third", "fourth", "fifth", "sixth")
KEPT = Path(__file__).parent / "as_read"

PUBLISHED = date(2024, 10, 25)
_CHECK = re.compile(r"\b([cmphtsx])=(.*?)(?=\s+[cmphtsx]=|$)")
_BOUNDS = {("up_to", "more_than"), ("at_least", "less_than")}  # "did not rise above 40" is "up to 40"


@dataclass(frozen=True)
class Wanted:
    """A figure as it should be read: qualifier, value or ends (None is not judged), unit, and what must hold of its claim."""

    qualifier: str
    numbers: tuple[float | None, ...]
    unit: str
    checks: dict[str, str]

    def __str__(self) -> str:
        return f"{self.qualifier} {' '.join('*' if each is None else f'{each:g}' for each in self.numbers)} {self.unit}"


@dataclass(frozen=True)
class Verdict:
    """What is missing of a sentence, what is wrong without a word, and what is not told but said to be unsure."""

    left_out: tuple[str, ...]
    wrong: tuple[str, ...]
    marked: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return "wrong" if self.wrong else "left out" if self.left_out else "marked" if self.marked else "right"


def wanted(words: str) -> list[Wanted]:
    """The figures of a row."""
    found = []
    for one in words.split(";") if words.strip() != "none" else ():
        head, _, checks = one.partition("|")
        parts = head.split()
        many = 2 if parts[0] in ("between", "vague") else 1
        numbers = tuple(None if part == "*" else float(part) for part in parts[1 : 1 + many])
        found.append(Wanted(parts[0], numbers, " ".join(parts[1 + many :]) or "*", dict(_CHECK.findall(checks.strip()))))
    return found


def affirmed_unless_told(words: str) -> str:
    """A row in which every figure that names no commitment must be affirmed."""
    if words.strip() == "none":
        return words
    rows = (one if "c=" in one else f"{one} {'' if '|' in one else '|'} c=affirmed" for one in words.split(";"))
    return ";".join(rows)


def judge(text: str, words: str) -> Verdict:
    """Reads a sentence and holds it against its row; a figure without its unit or its time counts as left out."""
    figures: dict[int, dict[str, Any]] = {}
    for claim in claims_in(text):
        if claim["quantity"] and not claim["quantity"]["loose"] and claim["quantity"]["kind"] != "quantifier":
            figures.setdefault(claim["quantity"]["start"], claim)
    left_out, wrong, marked = [], [], []
    for want, found in _paired(wanted(words), figures):
        if found is None:
            left_out += [] if "x" in want.checks else [str(want)]
            continue
        for fault, how in _faults(want, found):
            {"wrong": wrong, "left out": left_out, "marked": marked}[how].append(f"{want}: {fault}")
    wrong += [f"nobody wrote {claim['quantity']['text']!r}" for claim in figures.values()]
    return Verdict(tuple(left_out), tuple(wrong), tuple(marked))


@cache
def claims_in(text: str) -> tuple[dict[str, Any], ...]:
    """The claims of a text that is a document of its own."""
    name = "note.md" if text.startswith("|") else "note.txt"
    return tuple(readings_as_dict([read_document(report_of(text.encode(), name, PUBLISHED))])["claims"])


def texts_of(name: str) -> list[str]:
    """The sentences of a set, once each, in order."""
    waiting: list[Any] = [tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))]
    found: dict[str, None] = {}
    while waiting:
        one = waiting.pop(0)
        for key, value in one.items():
            if isinstance(value, dict):
                waiting.append(value)
            elif isinstance(value, str):
                found[key] = None
    return list(found)


def as_read(text: str) -> list[str]:
    """A line for each claim: its figure, its stance, its time and its source, and a digest of everything else that was read."""
    return [_line(claim) for claim in claims_in(text)]


def _line(claim: Mapping[str, Any]) -> str:
    quantity, time = claim["quantity"] or {}, claim["time"] or {}
    ends = dict.fromkeys(f"{end:.10g}" for key in ("value", "low", "high") if (end := quantity.get(key)) is not None)
    figure = " ".join([quantity.get("qualifier", "-"), *ends, quantity.get("unit", ""), "loose" * quantity.get("loose", False)])
    stance = f"{claim['commitment']} {claim['polarity']}{claim['modality']} {claim['hedge']['class']}"
    rest = hashlib.sha256(json.dumps(claim, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:8]
    return " | ".join((" ".join(figure.split()), stance, str(time.get("value") or "-"), claim["source"]["canonical"], rest))


def _kept(name: str) -> dict[str, list[str]]:
    """How each sentence of a set was read when somebody last looked."""
    found: dict[str, list[str]] = {}
    text = ""
    for line in (KEPT / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[text].append(line.strip())
        else:
            text = json.loads(line)
            found[text] = []
    return found


def read_otherwise(name: str) -> list[str]:
    """The sentences of a set that are read otherwise than when somebody last looked, with what is read now."""
    kept, texts = _kept(name), texts_of(name)
    assert list(kept) == texts, "sentences were added or taken out: python -m tests.reading.judged"
    return [f"{text}: {as_read(text)}" for text in texts if as_read(text) != kept[text]]


def written(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield json.dumps(text, ensure_ascii=False)
        yield from (f"    {line}" for line in as_read(text))


def _paired(rows: list[Wanted], figures: dict[int, dict[str, Any]]) -> list[tuple[Wanted, dict[str, Any] | None]]:
    """Each wanted figure with the claim that comes nearest to it, which leaves the others."""
    found: dict[int, dict[str, Any]] = {}
    for level in (2, 1, 0):
        for place, want in enumerate(rows):
            start = next((at for at, claim in figures.items() if _likeness(want, claim["quantity"]) >= level), None)
            if place not in found and start is not None:
                found[place] = figures.pop(start)
    return [(want, found.get(place)) for place, want in enumerate(rows)]


def _likeness(want: Wanted, quantity: dict[str, Any]) -> int:
    """2 where value, qualifier and unit agree, 1 without the unit, 0 where only the value does, else -1."""
    ends = [quantity["value"]] if quantity["value"] is not None else [quantity["low"], quantity["high"]]
    if len(want.numbers) == 1 and len(ends) == 2:
        ends = [end for end in ends if end is not None][:1]
    if len(ends) != len(want.numbers):
        return -1
    for number, end in zip(want.numbers, ends, strict=True):
        if number is not None and (end is None or abs(number - end) > 1e-6 * max(1.0, abs(end))):
            return -1
    is_qualified = want.qualifier in ("*", quantity["qualifier"])
    return is_qualified + (is_qualified and want.unit in ("*", plain(quantity["unit"])))


def _faults(want: Wanted, claim: dict[str, Any]) -> list[tuple[str, str]]:
    """What does not agree, each with whether it is wrong without a word, left out, or marked as unsure."""
    quantity, faults = claim["quantity"], []
    is_bound = claim["polarity"] == "-" and (want.qualifier, quantity["qualifier"]) in _BOUNDS
    if want.qualifier not in ("*", quantity["qualifier"]) and not is_bound:
        faults.append((f"qualifier {quantity['qualifier']}", "wrong"))
    if want.unit not in ("*", plain(quantity["unit"])):
        faults.append((f"unit {quantity['unit']}", "wrong" if quantity["unit"] != "1" else "left out"))
    fields = {
        "m": claim["modality"],
        "c": claim["commitment"],
        "p": claim["polarity"],
        "h": claim["hedge"]["class"],
        "t": (claim["time"] or {}).get("value"),
        "s": claim["source"]["canonical"],
    }
    for key, allowed in want.checks.items():
        if key in fields and not _holds(key, allowed, fields[key]):
            is_marked = fields[key] in ("unsure", "UNKNOWN") or (key in ("p", "s") and claim["commitment"] == "unsure")
            how = "marked" if is_marked else "left out" if key == "t" and fields[key] is None else "wrong"
            faults.append((f"{key} is {fields[key]}, not {allowed}", how))
    return faults


def _holds(key: str, allowed: str, found: str | None) -> bool:
    options = allowed.split("/")
    if key == "s":
        return any(each.lower() in str(found).lower() for each in options)
    return any(found != each[1:] if each[0] == "!" else found == each for each in options)


_FIELDS = {"c": "commitment", "p": "commitment", "m": "commitment", "h": "commitment", "t": "date", "s": "source"}
_FIELD = re.compile(r": (?:(?P<other>qualifier|unit) |(?P<key>[cmphts]) is )")


def field_of(fault: str) -> str:
    """The field of a claim that a fault lies in: value, unit, change, commitment, date or source."""
    match = _FIELD.search(fault)
    if match is None:
        return "value"
    return _FIELDS[match["key"]] if match["key"] else {"qualifier": "change"}.get(match["other"], match["other"])


def plain(unit: str) -> str:
    """A unit by its words in the singular."""
    return " ".join(singular(word) for word in unit.lower().split())


def sentences(name: str) -> tuple[dict[str, list[str]], dict[str, dict[str, dict[str, str]]], dict[str, tuple[str, str]]]:
    """Of a file of sentences in rounds: those that are known to fail, the rounds by kind, and text -> (kind, what it says)."""
    rounds = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    known = rounds.pop("known")
    rows = {
        text: (kind, affirmed_unless_told(want))
        for kinds in rounds.values()
        for kind, told in kinds.items()
        for text, want in told.items()
    }
    return known, rounds, rows


def parameters(rows: Mapping[str, tuple[str, str]], known: Collection[str]) -> list[Any]:
    """The rows of a set of sentences as (text, want); one that is known to fail fails the test when it is read right, to be taken off."""
    failing = pytest.mark.xfail(strict=True, reason="known gap of the reader")
    return [
        pytest.param(text, want, id=f"{kind}: {text[:60]}", marks=[failing] if text in known else [])
        for text, (kind, want) in rows.items()
    ]


def main() -> None:
    """Writes anew how every sentence of the sets is read."""
    KEPT.mkdir(exist_ok=True)
    for name in SETS:
        (KEPT / f"{name}.txt").write_text("\n".join(written(texts_of(name))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
