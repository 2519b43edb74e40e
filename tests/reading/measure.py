"""Scores of the reader on development sets that are not part of this repository.

Run `python -m tests.reading.measure [FOLDER] [-v]` from the root of the repository; FOLDER holds `evidence/` and
`reports/` and is by default `../shared`. With -v every miss is printed.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.evidence.reading import attributions, of_packs, quantities, read_document, readings_as_dict, report_of
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.units import singular

CORPUS = Path(__file__).resolve().parents[2].parent / "shared"
REPORT = "000_b7a9d529712b17f2.txt"
OTHER_REPORT = "004_cc269aaf26ead3ba.txt"
REPORT_PUBLISHED = "2024-06-20"

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Score:
    """Right among found and among wanted."""

    right: float
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.wanted, 1)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


# --- NewsQuant -----------------------------------------------------------------------------------------------

QUALIFIERS = {
    "eq": "=",
    "between": "=",
    "vague": "=",
    "additional": "=",
    "about": "~",
    "up_to": "<",
    "less_than": "<",
    "at_least": ">",
    "more_than": ">",
}


def newsquant(folder: Path, verbose: bool = False) -> dict[str, Score]:
    """Value, value and unit, value and qualifier; "up" and "down" count as equal and, apart, as a change."""
    right: dict[str, int] = defaultdict(int)
    found = wanted = 0
    for sentence in json.loads((folder / "evidence" / "newsquant_dev.json").read_text(encoding="utf-8")):
        read = quantities(sentence["text"])
        used: set[int] = set()
        notes = []
        for gold in sentence["quantities"]:
            place = _matched(gold, read, used)
            if place is None:
                notes.append(f"miss {gold['value']} {gold['unit']}")
                continue
            used.add(place)
            has_unit, plain, change = _agreements(gold, read[place])
            right["value"] += 1
            right["unit"] += has_unit
            right["qualifier"] += plain
            right["change"] += change
            notes += [] if has_unit else [f"unit {gold['unit']} != {read[place].unit}|{read[place].unit_text}"]
            notes += [] if plain else [f"qualifier {gold['change']} != {read[place].text}"]
        found += len(read)
        wanted += len(sentence["quantities"])
        extra = [read[place].text for place in range(len(read)) if place not in used]
        if verbose and (notes or extra):
            print(f"{sentence['text'][:500]}\n    {notes} EXTRA {extra}")
    return {name: Score(count, found, wanted) for name, count in right.items()}


def _agreements(gold: dict[str, str], read: FoundQuantity) -> tuple[bool, bool, bool]:
    sign = QUALIFIERS[read.qualifier]
    plain = "=" if gold["change"] in ("up", "down") else gold["change"]
    changed = read.change if read.change and sign == "=" else sign
    return _same_unit(gold, read), sign == plain, changed == gold["change"]


def _matched(gold: dict[str, str], read: list[FoundQuantity], used: set[int]) -> int | None:
    places = [place for place, each in enumerate(read) if place not in used and _same_value(gold["value"], each)]
    return min(places, key=lambda place: not _same_unit(gold, read[place]), default=None)


def _ends(value: str) -> tuple[float, float]:
    import re

    match = re.fullmatch(r"(-?[\d.]+(?:E-?\d+)?)-(-?[\d.]+)", value.replace(" ", ""))
    if match:
        low, high = sorted((float(match[1]), float(match[2])))
        return low, high
    return float(value.replace(" ", "")), float(value.replace(" ", ""))


def _same_value(value: str, read: FoundQuantity) -> bool:
    low, high = _ends(value)
    mine = (read.value, read.value) if read.value is not None else (read.low, read.high)
    if mine[0] is None or mine[1] is None:
        return False
    if read.kind == "vague":
        return low <= mine[1] and mine[0] <= high if low != high else low <= mine[0] * 1.01 and mine[0] <= 2 * low
    return _close(low, mine[0]) and _close(high, mine[1])


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1e-20, abs(one), abs(other))


def _same_unit(gold: dict[str, str], read: FoundQuantity) -> bool:
    names = {_plain_unit(gold["unit"]), _plain_unit(gold["normalized_unit"])}
    if gold["normalized_unit"] == "-":
        return read.unit == ""
    if names & {_plain_unit(read.unit), _plain_unit(read.unit_text)}:
        return True
    if read.kind == "ratio" and gold["unit"].startswith("%"):
        return True
    return read.dimension == "count" and any(name.split()[-1:] == [_plain_unit(read.unit)] for name in names)


def _plain_unit(unit: str) -> str:
    return " ".join(singular(word) for word in unit.lower().replace("-", " ").split())


# --- PolNeAR -------------------------------------------------------------------------------------------------

SPEECH = frozenset(
    "say tell add write note claim state declare announce report explain argue insist assert maintain contend allege "
    "acknowledge admit concede confirm reveal disclose reiterate repeat respond reply answer ask recall warn caution predict "
    "stress emphasize observe remark comment suggest tweet continue complain testify conclude".split()
)


def polnear(folder: Path, verbose: bool = False) -> dict[str, Score]:
    """Sources given the content, and given the content and the same cue; recall on cues of speech."""
    sources = [0, 0, 0, 0]
    speech = [0, 0]
    texts = sorted((folder / "evidence" / "polnear_dev" / "text").glob("*.txt"))
    for path in texts:
        text = path.read_bytes().decode("utf-8")
        read = attributions(text)
        for gold in _brat(folder, path.stem):
            _score_attribution(text, gold, read, sources, speech, verbose)
    return {
        "source": Score(sources[0], sources[1], sources[1]),
        "same cue": Score(sources[2], sources[3], sources[3]),
        "speech": Score(speech[0], speech[1], speech[1]),
    }


def _brat(folder: Path, stem: str) -> list[dict[str, Spans]]:
    """The attributions of a text by its first annotator."""
    path = sorted((folder / "evidence" / "polnear_dev" / "attributions").glob(f"{stem}_????.ann"))[0]
    marks: dict[str, Spans] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if parts[0].startswith("T"):
            marks[parts[0]] = [tuple(map(int, each.split())) for each in parts[1].split(" ", 1)[1].split(";")]  # type: ignore[misc]
        elif parts[0].startswith("E"):
            roles: dict[str, Spans] = defaultdict(list)
            for role, mark in (each.split(":") for each in parts[1].split()):
                roles[role.rstrip("0123456789")] += marks.get(mark, [])
            if roles["Content"]:
                found.append(roles)
    return found


def _overlap(ones: Spans, others: Spans) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in ones for c, d in others)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _score_attribution(
    text: str, gold: dict[str, Spans], read: Any, sources: list[int], speech: list[int], verbose: bool
) -> None:
    best, most, alike = None, 0.0, 0.0
    for each in read:
        content = [(span.start, span.end) for span in each.content]
        shared = _overlap(content, gold["Content"])
        near = 2 * shared / (_length(content) + _length(gold["Content"])) if shared else 0.0
        plain = near
        near += 0.5 * bool(each.cue and _overlap([(each.cue.start, each.cue.end)], gold["Cue"]))
        if near > most:
            best, most, alike = each, near, plain
    cue = " ".join(text[start:end] for start, end in gold["Cue"]).lower()
    if gold["Source"] and (
        "according to" in cue or any(lemma(word, "speech") in SPEECH for word in cue.replace(":", " ").split())
    ):
        hit = any(
            each.cue
            and _overlap([(each.cue.start, each.cue.end)], gold["Cue"])
            and _overlap([(s.start, s.end) for s in each.content], gold["Content"])
            for each in read
        ) or (best is not None and most >= 0.5 and best.cue is None)
        speech[0] += bool(hit)
        speech[1] += 1
        if verbose and not hit:
            print(f"MISS {cue!r} {text[gold['Content'][0][0] : gold['Content'][-1][1]][:120]!r}")
    if best is not None and alike >= 0.5 and gold["Source"] and best.source is not None:
        right = _overlap([(best.source.start, best.source.end)], gold["Source"]) > 0
        right = right or any(text[start:end].strip() == best.source.text for start, end in gold["Source"])
        sources[0] += right
        sources[1] += 1
        if best.cue is None or not gold["Cue"] or _overlap([(best.cue.start, best.cue.end)], gold["Cue"]):
            sources[2] += right
            sources[3] += 1
        if verbose and not right:
            print(
                f"SOURCE wanted {[text[a:b] for a, b in gold['Source']]} cue {cue!r} found {best.source.text!r} "
                f"by {best.cue and best.cue.text!r} {best.link} in {text[best.start : best.end][:80]!r}"
            )


# --- Report ---------------------------------------------------------------------------------------------------


def report(folder: Path, verbose: bool = False) -> dict[str, Score]:
    """Quantities, attributions, hedges, dates and core claims of the worked example."""
    from datetime import date

    raw = (folder / "reports" / REPORT).read_bytes()
    read = readings_as_dict(
        [read_document(report_of(raw, REPORT, date.fromisoformat(REPORT_PUBLISHED)), subject=of_packs(("conflict",)))]
    )["claims"]
    lines = (folder / "evidence" / "claims_000.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    pairs = [(one, _best(one, read)) for one in gold]
    return {
        "quantities": _report_quantities(gold, read, verbose),
        "attributions": _report_sources(pairs, read, verbose),
        "hedges": _report_field(pairs, lambda claim: claim["hedge"]["class"], verbose, "hedge"),
        "types": _report_field(pairs, lambda claim: claim["ctype"], verbose, "type"),
        "modality": _report_field(pairs, lambda claim: claim["modality"], verbose, "modality"),
        "polarity": _report_field(pairs, lambda claim: claim["polarity"], verbose, "polarity"),
        "actors": _report_field(pairs, lambda claim: claim["actor"], verbose, "actor"),
        "dates": _report_dates(gold, read, verbose),
        "core": _report_core(pairs, verbose),
        "all": Score(sum(found is not None for _, found in pairs), len(gold), len(gold)),
    }


def _best(gold: dict[str, Any], read: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The claim that covers most of the same text."""
    best, most = None, 0.0
    for claim in read:
        shared = min(claim["end"], gold["end"]) - max(claim["start"], gold["start"])
        if shared <= 0:
            continue
        joint = shared / (max(claim["end"], gold["end"]) - min(claim["start"], gold["start"]))
        joint += 0.01 * (claim["ctype"] == gold["ctype"])
        if shared >= 0.5 * (gold["end"] - gold["start"]) and joint > max(most, 0.3):
            best, most = claim, joint
    return best


def _report_quantities(gold: list[dict[str, Any]], read: list[dict[str, Any]], verbose: bool) -> Score:
    wanted = _distinct(gold)
    found = _distinct(read)
    right = 0
    for one in wanted:
        hit = next((each for each in found if each["start"] < one["end"] and one["start"] < each["end"]), None)
        good = hit is not None and all(hit[key] == one[key] for key in ("value", "low", "high", "qualifier"))
        right += good
        if verbose and not good:
            print(f"QUANTITY {one['text']!r} {one['qualifier']} {one['value']} found {hit}")
    if verbose:
        print(
            "EXTRA",
            [
                each["text"]
                for each in found
                if not any(each["start"] < one["end"] and one["start"] < each["end"] for one in wanted)
            ],
        )
    return Score(right, len(found), len(wanted))


def _distinct(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({claim["quantity"]["start"]: claim["quantity"] for claim in claims if claim["quantity"]}.values())


def _report_sources(pairs: list[Any], read: list[dict[str, Any]], verbose: bool) -> Score:
    """Attributed claims only: wanted those of the example, found those of the reader."""
    wanted = [(one, found) for one, found in pairs if one["source"]["mode"] != "narrator"]
    found = [
        claim for claim in read if claim["source"]["mode"] != "narrator" and claim["id"] in {hit["id"] for _, hit in pairs if hit}
    ]
    right = 0
    for one, hit in wanted:
        good = hit is not None and _same_source(one["source"]["canonical"], hit["source"]["canonical"])
        right += good
        if verbose and not good:
            print(
                f"SOURCE {one['id']} {one['source']['canonical']!r} found {hit and hit['source']['canonical']!r} {one['text'][:60]!r}"
            )
    for one, hit in pairs:
        if verbose and one["source"]["mode"] == "narrator" and hit and hit["source"]["mode"] != "narrator":
            print(f"SOURCE {one['id']} narrator found {hit['source']['canonical']!r} {one['text'][:60]!r}")
    return Score(right, len(found), len(wanted))


def _same_source(one: str, other: str) -> bool:
    first, second = (
        {word for word in name.lower().replace("(", " ").replace(")", " ").split() if len(word) > 2} for name in (one, other)
    )
    return len(first & second) >= min(len(first), len(second), 2)


def _report_field(pairs: list[Any], field: Any, verbose: bool, name: str) -> Score:
    matched = [(one, hit) for one, hit in pairs if hit is not None]
    for one, hit in matched:
        if verbose and field(one) != field(hit):
            print(f"{name.upper()} {one['id']} wanted {field(one)} found {field(hit)} {one['text'][:70]!r}")
    return Score(sum(field(one) == field(hit) for one, hit in matched), len(matched), len(matched))


def _report_dates(gold: list[dict[str, Any]], read: list[dict[str, Any]], verbose: bool) -> Score:
    wanted = {claim["time"]["start"]: claim["time"] for claim in gold if claim["time"]}
    found = {claim["time"]["start"]: claim["time"] for claim in read if claim["time"]}
    right = 0
    for start, one in wanted.items():
        hit = next((each for each in found.values() if each["start"] < one["end"] and start < each["end"]), None)
        right += hit is not None and hit["value"] == one["value"]
        if verbose and not (hit and hit["value"] == one["value"]):
            print(f"DATE {one} found {hit}")
    return Score(right, len(found), len(wanted))


def _report_core(pairs: list[Any], verbose: bool) -> Score:
    core = [(one, hit) for one, hit in pairs if one["relevance"] == 2]
    for one, hit in pairs:
        if verbose and hit is None:
            print(f"NOT FOUND {one['id']} {one['text'][:90]!r}")
    return Score(sum(hit is not None for _, hit in core), len(core), len(core))


def speed(folder: Path, most: int = 40) -> float:
    """Articles in a second of one processor, from bytes to claims; other work on the machine does not count."""
    paths = sorted((folder / "evidence" / "polnear_dev" / "text").glob("*.txt"))[:most]
    read_document(report_of(paths[0].read_bytes(), paths[0].name))
    started = time.process_time()
    for path in paths:
        read_document(report_of(path.read_bytes(), path.name))
    return len(paths) / (time.process_time() - started)


def main() -> None:
    """Print all scores."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    folder = Path(words[0]) if words else CORPUS
    verbose = "-v" in sys.argv
    for name, measured in (("newsquant", newsquant), ("polnear", polnear), ("report", report)):
        if len(words) > 1 and name not in words[1:]:
            continue
        for key, score in measured(folder, verbose).items():
            print(
                f"{name:10} {key:13} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  ({score.right:g} of {score.wanted})"
            )
    if len(words) < 2 or "speed" in words:
        print(f"speed      {speed(folder):.1f} articles in a second of one processor")


if __name__ == "__main__":
    main()
