"""Sentences of five kinds of writers, read blind: what the reader does not know it says.

python -m tests.reading.test_fifth [FILE]     prints, round by round, what is right, marked, left out and wrong, and in which field
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.reading.judged import affirmed_unless_told, field_of, judge, parameters, read_otherwise, sentences

_FOLDER = Path(__file__).parent
KNOWN, _, ROWS = sentences("fifth.toml")


@pytest.mark.parametrize(("text", "want"), parameters(ROWS, {text for texts in KNOWN.values() for text in texts}))
def test_a_sentence_is_read_as_an_analyst_would(text: str, want: str) -> None:
    assert judge(text, want).kind == "right"


def test_what_is_known_to_fail_is_counted() -> None:
    """A wrong reading that nothing marks stays below three in a hundred."""
    assert len(ROWS) > 375
    assert all(text in ROWS for texts in KNOWN.values() for text in texts)
    assert len(KNOWN["wrong"]) <= 0.03 * len(ROWS)
    assert len(KNOWN["marked"]) <= 0.02 * len(ROWS)
    assert len(KNOWN["left_out"]) <= 0.04 * len(ROWS)


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_to_fail_fails_so(name: str) -> None:
    found = {text: judge(text, ROWS[text][1]).kind.replace(" ", "_") for text in KNOWN[name]}
    assert found == dict.fromkeys(KNOWN[name], name)


@pytest.mark.parametrize(
    ("text", "want", "field"),
    [
        ("The vet said 40 cows had died.", "eq 40 goat", "unit"),
        ("The vet said 40 cows had died.", "about 40 cow", "change"),
        ("The vet said 40 cows had died.", "eq 40 cow | c=denied", "commitment"),
        ("The vet said 40 cows had died.", "eq 40 cow | s=farmer", "source"),
        ("The vet said 40 cows died on Monday.", "eq 40 cow | t=2024-10-20", "date"),
        ("The vet said 40 cows had died.", "none", "value"),
    ],
)
def test_a_wrong_field_is_named(text: str, want: str, field: str) -> None:
    assert [field_of(fault) for fault in judge(text, affirmed_unless_told(want)).wrong] == [field]


def test_every_sentence_is_read_as_when_somebody_last_looked() -> None:
    assert read_otherwise("fifth") == []


def main() -> None:
    """Prints how many sentences of each round are right, marked as unsure, left out in part, or wrong, and in which field."""
    tables = tomllib.loads((Path(sys.argv[1]) if sys.argv[1:] else _FOLDER / "fifth.toml").read_text(encoding="utf-8"))
    for name, kinds in tables.items():
        whole, fields = Counter[str](), Counter[str]()
        for kind, rows in kinds.items() if name != "known" else ():
            for text, want in rows.items():
                verdict = judge(text, affirmed_unless_told(want))
                whole[verdict.kind] += 1
                fields.update({field_of(fault) for fault in verdict.wrong})
                for fault in (*verdict.left_out, *verdict.marked, *(f"WRONG {each}" for each in verdict.wrong)):
                    print(f"    {kind}: {text[:100]!r}: {fault}")
        total = sum(whole.values())
        shares = "  ".join(f"{key} {whole[key]} ({100 * whole[key] / total:.1f} %)" for key in whole)
        print(f"{name:8}{shares}  {dict(fields)}" if total else "")


if __name__ == "__main__":
    main()
