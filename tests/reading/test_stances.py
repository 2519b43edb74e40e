"""How speakers stand to their figures, and who they are: texts of many matters, read as an analyst would."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.evidence.claim import COMMITMENTS
from foedus.evidence.reading import read_document, readings_as_dict, report_of

KINDS: dict[str, dict[str, dict[str, str]]] = tomllib.loads((Path(__file__).parent / "stances.toml").read_text(encoding="utf-8"))
ROWS = [(kind, text, part) for kind, texts in KINDS.items() for text, parts in texts.items() for part in parts]


def _claims(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = readings_as_dict([read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25)))])[
        "claims"
    ]
    return found


def _is_figure(part: str) -> bool:
    return part.replace(".", "", 1).isdigit()


def _chosen(claims: list[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    if not _is_figure(part):
        return [claim for claim in claims if part in claim["text"]]
    return [claim for claim in claims if claim["quantity"] is not None and claim["quantity"]["value"] == float(part)]


def _field(claim: dict[str, Any], key: str) -> str:
    found = {"c": claim["commitment"], "p": claim["polarity"], "h": claim["hedge"]["class"], "s": claim["source"]["canonical"]}
    return str(found[key])


def faults(text: str, part: str, wanted: str) -> list[str]:
    """What is wrong in the reading of one figure, or of the claims with some words."""
    claims = _chosen(_claims(text), part)
    wrong = [] if claims else ["not found"]
    for key, options in _rules(wanted):
        for claim in claims:
            value = _field(claim, key)
            good = value != options[1:] if options.startswith("!") else _fits(key, value, options)
            wrong += [] if good else [f"{key} is {value!r}, not {options!r}, in {claim['text']!r}"]
    return wrong


def _fits(key: str, value: str, options: str) -> bool:
    return any(option in value if key == "s" else option == value for option in options.split("|"))


def _rules(wanted: str) -> list[tuple[str, str]]:
    """ "c=denied s=Tom Vale" -> [("c", "denied"), ("s", "Tom Vale")]."""
    rules: list[tuple[str, str]] = []
    for word in wanted.split(" "):
        if word[1:2] == "=":
            rules.append((word[0], word[2:]))
        else:
            rules[-1] = (rules[-1][0], f"{rules[-1][1]} {word}")
    return rules


@pytest.mark.parametrize(("kind", "text", "part"), ROWS)
def test_stance_and_source(kind: str, text: str, part: str) -> None:
    assert faults(text, part, KINDS[kind][text][part]) == []


def test_every_word_that_is_wanted_can_be_found() -> None:
    words = {rule for texts in KINDS.values() for parts in texts.values() for wanted in parts.values() for rule in _rules(wanted)}
    assert {key for key, _ in words} == {"c", "p", "h", "s"}
    assert {one for key, options in words if key == "c" for one in options.split("|")} == set(COMMITMENTS)


if __name__ == "__main__":
    count: dict[str, list[bool]] = {}
    for kind_, texts_ in KINDS.items():
        for text_, parts_ in texts_.items():
            wrong_ = [fault for part_, wanted_ in parts_.items() for fault in faults(text_, part_, wanted_)]
            count.setdefault(kind_, []).append(not wrong_)
            if wrong_:
                print(text_, *wrong_, sep="\n    ")
    for kind_, right_ in count.items():
        print(f"{sum(right_)} of {len(right_)}  {kind_}")
    print(sum(map(sum, count.values())), "of", sum(map(len, count.values())))
