"""A small case of our own: a model, a report written for it, its ledger; and a ledger of any size."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

__all__ = ["EVIL", "REPORT", "make_case", "make_large_case", "records"]

EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"

REPORT = (
    "Ships leave Velmar 🚢🚢\r\n\r\n"
    "The harbour office of Velmar said on Thursday that at least 40 ships had left since the strike began. "
    "A pilot who asked not to be named put it at about 45.\r\n\r\n"
    "“We count 🚢🚢🚢\r\n110 ships,” the dockers' union said, and it may rise.\r\n\r\n"
    f"A reader wrote {EVIL} under the report.\r\n\r\n"
    "The strike could spread to Orsund, the minister warned.\r\n"
)

MODEL = """model velmar "Ships that leave Velmar" as of 2024-10-25 for 8 weeks step 1 week
unit ship
param gone : ship ~ claims "ships gone" "Ships gone"
param spread : 1 ~ belief "strike spreads" "Whether the strike spreads"
stock away : ship = gone
flow leaving : outside -> away = 0.1 ship/week
question many "How many ships are away?" on 2024-12-01 value away
"""


def claim(number: int, sentence: str, value: float | None, text: str, **changes: Any) -> dict[str, Any]:
    """The record of a claim about a sentence of the report."""
    start = REPORT.index(sentence)
    found: dict[str, Any] = {
        "id": f"V{number:02d}",
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": {"canonical": "harbour office", "type": "official", "mode": "indirect"},
        "hedge": {"class": "asserted"},
        "group": "ships gone",
        "paraphrase": text,
        "origin": "harbour office",
        "grade": "B2",
        "graded_because": "usually right",
        "published": "2024-10-24",
        "status": "proposed",
        "start": start,
        "end": start + len(sentence),
        "span_sha256": hashlib.sha256(sentence.encode()).hexdigest()[:16],
        "document": {
            "sha256": hashlib.sha256(REPORT.encode()).hexdigest(),
            "title": "Ships leave Velmar",
            "published": "2024-10-24",
            "file": "velmar.txt",
        },
    }
    if value is not None:
        words = str(int(value))
        at = REPORT.index(words, start)
        found["quantity"] = {
            "kind": "numeric",
            "qualifier": "about",
            "value": value,
            "unit": "ship",
            "text": words,
            "start": at,
            "end": at + len(words),
        }
    return found | changes


def records() -> list[dict[str, Any]]:
    """The claims of the report."""
    office = "The harbour office of Velmar said on Thursday that at least 40 ships had left since the strike began."
    said = REPORT.index("The harbour office of Velmar")
    return [
        claim(
            1,
            office,
            40,
            "At least forty ships have left.",
            status="accepted",
            source={
                "canonical": "harbour office",
                "type": "official",
                "mode": "indirect",
                "text": "The harbour office of Velmar",
                "start": said,
                "end": said + 28,
            },
        ),
        claim(
            2,
            "A pilot who asked not to be named put it at about 45.",
            45,
            "About forty-five ships.",
            origin="pilot",
            grade="C3",
            source={"canonical": "a pilot", "type": "anonymous", "mode": "indirect"},
        ),
        claim(
            3,
            "“We count 🚢🚢🚢\r\n110 ships,” the dockers' union said, and it may rise.",
            110,
            "The union counts 110 ships.",
            origin="dockers' union",
            grade="C2",
            source={
                "canonical": "dockers' union",
                "type": "agency",
                "mode": "direct",
                "text": "elsewhere in the text",
                "start": said,
                "end": said + 28,
            },
        ),
        claim(
            4,
            f"A reader wrote {EVIL} under the report.",
            None,
            EVIL,
            group=EVIL,
            origin=EVIL,
            note=EVIL,
            url="javascript:alert(1)",
            ctype="event",
            source={"canonical": EVIL, "type": "anonymous", "mode": "direct"},
        ),
        claim(
            5,
            "The strike could spread to Orsund, the minister warned.",
            None,
            "The strike spreads to Orsund.",
            group="strike spreads",
            ctype="event",
            status="accepted",
            origin="minister",
            hedge={"class": "possible"},
            source={"canonical": "minister", "type": "official", "mode": "indirect"},
        ),
    ]


def make_case(folder: Path) -> Path:
    """Write the case; returns its folder. Its report lies in `documents`."""
    case = folder / "velmar"
    (case / "documents").mkdir(parents=True)
    (case / "model.foedus").write_text(MODEL, encoding="utf-8")
    (case / "documents" / "velmar.txt").write_bytes(REPORT.encode())
    _write(case / "ledger.jsonl", records())
    return case


def make_large_case(folder: Path, count: int, in_group: int = 25, in_document: int = 40) -> Path:
    """A case with so many claims, in groups and documents of that size."""
    case = folder / "velmar"
    (case / "documents").mkdir(parents=True)
    (case / "model.foedus").write_text(MODEL, encoding="utf-8")
    rows = records()[:1]
    (case / "documents" / "velmar.txt").write_bytes(REPORT.encode())
    for number in range(count // in_document):
        rows += _document(case / "documents" / f"report{number}.txt", number, in_document, in_group)
    _write(case / "ledger.jsonl", rows[:count])
    return case


def _document(path: Path, number: int, in_document: int, in_group: int) -> list[dict[str, Any]]:
    """Write one report of many sentences; returns its claims."""
    sentences = [
        f"Observer {place} of district {number} counted {100 + 7 * ((place * 37 + number * 11) % 90)} ships on the quay that morning, he told reporters."
        for place in range(in_document)
    ]
    text = "\n\n".join(sentences)
    path.write_text(text, encoding="utf-8")
    digest, found = hashlib.sha256(text.encode()).hexdigest(), []
    for place, sentence in enumerate(sentences):
        start, value = text.index(sentence), 100 + 7 * ((place * 37 + number * 11) % 90)
        serial = number * in_document + place
        found.append(
            {
                **claim(1, REPORT[:5], None, f"Observer {place} counts {value} ships."),
                "id": f"L{serial:05d}",
                "group": f"ships {serial // in_group}",
                "origin": f"observer {place}",
                "status": "accepted" if serial % 3 else "proposed",
                "start": start,
                "end": start + len(sentence),
                "span_sha256": hashlib.sha256(sentence.encode()).hexdigest()[:16],
                "grade": ("B2", "C3", "D3")[serial % 3],
                "source": {"canonical": f"observer {place}", "type": "official", "mode": "indirect"},
                "document": {"sha256": digest, "title": f"Report {number}", "published": "2024-10-20", "file": path.name},
                "quantity": {
                    "kind": "numeric",
                    "qualifier": ("about", "up_to", "eq")[serial % 3],
                    "value": value,
                    "unit": "ship",
                },
            }
        )
    return found


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
