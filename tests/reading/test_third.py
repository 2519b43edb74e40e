"""Sentences as agencies, ministries, aid groups and papers write them: hardly any figure is read wrongly without a word.

python -m tests.reading.test_third      prints, round by round and kind by kind, what is right, left out and wrong
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.reading.judged import judge, parameters, read_otherwise

ROUNDS: dict[str, dict[str, dict[str, str]]] = tomllib.loads((Path(__file__).parent / "third.toml").read_text(encoding="utf-8"))
ROWS = {text: (kind, want) for kinds in ROUNDS.values() for kind, rows in kinds.items() for text, want in rows.items()}

# What is known to be read in part: a figure without its noun or its time, or not at all.
GAPS = frozenset(
    (
        "The fleet will be cut by 12 to 38 vessels by 2030.",
        "The fleet was down to its last half dozen icebreakers, the auditors found.",
        "Interest payments will double to $18bn by 2027.",
        "Three people were killed – a woman, 71, and two men aged 34 and 36 – when a wall collapsed.",
        "Of the 2,300 people evacuated, 640 are children under five.",
        "Its workforce shrank to 3,100 from 4,500 five years ago.",
        "“There has been no strike on the dam, and no 60 people have died,” the spokesman said.",
        "CORRECTION: This story has been amended to make clear that 140, not 410, workers were laid off.",
        "At 12 eggs per hen per month, the yield is poor.",
        "A ban would cost growers 90 million euros a year, a study found.",
        "The cull will take 7,000, or possibly 9,000, badgers.",
        "The average stay dropped from nine days to six.",
        "Six schoolgirls, aged between 8 and 12, were killed and 14 hurt.",
        "The institute corrected its estimate: 3.1 million, not 31 million, are at risk.",
        "Police say the gunman, 29, shot 6 colleagues.",
        "Six in ten adults want the law repealed.",
        "He cannot travel: 3 states want him arrested.",
        "Asked how many had died, the surgeon said: “Fourteen, so far.”",
        "The vote, 312 to 240 with 18 abstentions, came at midnight.",
        "Ore prices have slid by a third, to $88 a tonne.",
        "Two more of its ships, both built in 1998, were sold.",
        "On the last day of August 12 convicts escaped.",
    )
)
# What is known to be read wrongly, which is worse.
WRONG = frozenset(
    (
        "Inflation reached 11.\n4 percent in the capital.",
        "The figure of 3,000 dead rests on a single unverified video.",
        "Traders priced in 40 basis points of cuts by March.",
        "The state oil firm has failed to deliver 3 of the 5 cargoes.",
        "The tower is all but 300 metres tall.",
    )
)


@pytest.mark.parametrize(("text", "want"), parameters(ROWS, GAPS | WRONG))
def test_a_sentence_is_read_as_an_analyst_would(text: str, want: str) -> None:
    verdict = judge(text, want)
    assert (verdict.left_out, verdict.wrong) == ((), ())


def test_hardly_any_sentence_is_read_wrongly_without_a_word() -> None:
    """Known gaps are omissions; a wrong reading that nothing marks stays below two in a hundred."""
    assert len(ROWS) > 700
    assert ROWS.keys() >= GAPS | WRONG
    assert len(WRONG) <= 0.02 * len(ROWS)
    assert len(GAPS) <= 0.05 * len(ROWS)


@pytest.mark.parametrize(
    ("want", "kind"),
    [
        ("eq 40 cow", "right"),
        ("eq 41 cow", "wrong"),
        ("up_to 40 cow", "wrong"),
        ("eq 40 cow; eq 7 pig", "left out"),
        ("eq 40 cow | c=denied", "wrong"),
        ("eq 40 cow | s=vet", "right"),
        ("eq 40 cow | t=2024-10-21", "wrong"),
        ("none", "wrong"),
    ],
)
def test_a_wrong_reading_would_be_seen(want: str, kind: str) -> None:
    assert judge("The vet said 40 cows had died on Tuesday.", want).kind == kind


def test_every_sentence_is_read_as_when_somebody_last_looked() -> None:
    assert read_otherwise("third") == []


def main() -> None:
    """Prints how many sentences are right, left out in part, or wrong."""
    for name, kinds in ROUNDS.items():
        whole = Counter[str]()
        for kind, rows in kinds.items():
            found = {text: judge(text, want) for text, want in rows.items()}
            count = Counter(verdict.kind for verdict in found.values())
            whole += count
            print(f"{name:8}{kind:24}right {count['right']:3}  left out {count['left out']:3}  wrong {count['wrong']:3}")
            for text, verdict in found.items():
                for fault in (*verdict.left_out, *(f"WRONG {each}" for each in verdict.wrong)):
                    print(f"    {text[:100]!r}: {fault}")
        total = sum(whole.values())
        print(
            f"{name:8}{'all':24}"
            + "  ".join(f"{key} {whole[key]} ({100 * whole[key] / total:.1f} %)" for key in ("right", "left out", "wrong"))
        )


if __name__ == "__main__":
    main()
