"""Sentences of which commitment and speaker are judged too: what the reader does not know it says.

python -m tests.reading.test_fourth      prints, round by round and kind by kind, what is right, marked as unsure, left out and wrong
"""

from __future__ import annotations

from collections import Counter

import pytest
from tests.reading.judged import affirmed_unless_told, judge, parameters, read_otherwise, sentences

KNOWN, ROUNDS, ROWS = sentences("fourth.toml")


@pytest.mark.parametrize(("text", "want"), parameters(ROWS, {text for texts in KNOWN.values() for text in texts}))
def test_a_sentence_is_read_as_an_analyst_would(text: str, want: str) -> None:
    assert judge(text, want).kind == "right"


def test_what_is_known_to_fail_is_counted() -> None:
    """A wrong reading that nothing marks stays below nine in a hundred, and what is marked though it is plain below two."""
    assert len(ROWS) > 550
    assert all(text in ROWS for texts in KNOWN.values() for text in texts)
    assert len(KNOWN["wrong"]) <= 0.09 * len(ROWS)
    assert len(KNOWN["marked"]) <= 0.02 * len(ROWS)
    assert len(KNOWN["left_out"]) <= 0.04 * len(ROWS)


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_to_fail_fails_so(name: str) -> None:
    found = {text: judge(text, ROWS[text][1]).kind.replace(" ", "_") for text in KNOWN[name]}
    assert found == dict.fromkeys(KNOWN[name], name)


@pytest.mark.parametrize(
    ("text", "want", "kind"),
    [
        ("The vet said 40 cows had died.", "eq 40 cow | s=vet", "right"),
        ("The vet hoo-hahed that 40 cows had died.", "eq 40 cow | s=vet", "marked"),
        ("“We buried 40 cows.” The vet fell silent.", "eq 40 cow | s=vet", "marked"),
        ("The vet denied that 40 cows had died.", "eq 40 cow | s=vet", "wrong"),
        ("The vet said 40 cows had died.", "eq 40 cow | s=farmer", "wrong"),
        ("The vet said 40 cows had died.", "eq 40 cow; eq 3 goat", "left out"),
    ],
)
def test_a_wrong_reading_would_be_seen(text: str, want: str, kind: str) -> None:
    assert judge(text, affirmed_unless_told(want)).kind == kind


def test_every_sentence_is_read_as_when_somebody_last_looked() -> None:
    assert read_otherwise("fourth") == []


def main() -> None:
    """Prints how many sentences are right, marked as unsure, left out in part, or wrong."""
    for name, kinds in ROUNDS.items():
        whole = Counter[str]()
        for kind, rows in kinds.items():
            found = {text: judge(text, affirmed_unless_told(want)) for text, want in rows.items()}
            whole += Counter(verdict.kind for verdict in found.values())
            for text, verdict in found.items():
                for fault in (*verdict.left_out, *verdict.marked, *(f"WRONG {each}" for each in verdict.wrong)):
                    print(f"    {kind}: {text[:100]!r}: {fault}")
        total = sum(whole.values())
        shares = "  ".join(
            f"{key} {whole[key]} ({100 * whole[key] / total:.1f} %)" for key in ("right", "marked", "left out", "wrong")
        )
        print(f"{name:8}{shares}")


if __name__ == "__main__":
    main()
