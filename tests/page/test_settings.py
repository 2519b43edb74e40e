"""What stands when a lever is moved: the one rule of the page, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.page.test_parts import run_part

from foedus.case import load
from foedus.page.build import page_html

TRUCE = Path(__file__).parent / "truce.foedus"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("truce") / "truce.html"
    path.write_text(page_html(load(str(TRUCE)), futures=60), encoding="utf-8")
    return path


MOVES: dict[str, tuple[str, list[tuple[str, float | None]], dict[str, float]]] = {
    "a lever that is moved": ("usual_course", [("sent", 2000)], {"sent": 2000}),
    "back to where the model has it": ("usual_course", [("sent", 2000), ("sent", 1000)], {}),
    "back to the model by its position": ("usual_course", [("sent", 2000), ("sent", None)], {}),
    "to where it stands anyway": ("usual_course", [("shelling", 1)], {}),
    "two levers, one of them back": ("usual_course", [("sent", 0), ("shelling", 2), ("sent", 1000)], {"shelling": 2}),
    "to where the scenario has it": ("nobody", [("sent", 0)], {}),
    "to the model's own place, which is a change of the scenario": ("nobody", [("sent", 1000)], {"sent": 1000}),
    "the model's own place by its position": ("nobody", [("sent", None)], {"sent": 1000}),
    "where it begins, in a scenario that moves it later": ("late", [("sent", 1000)], {"sent": 1000}),
    "a lever that the scenario leaves alone": ("both", [("shelling", 0.5)], {"shelling": 0.5}),
}


@pytest.mark.parametrize("case", MOVES)
def test_only_what_differs_from_what_stands_is_a_change(node: str, shown: Path, case: str) -> None:
    scenario, moves, levers = MOVES[case]
    *_, last = run_part(node, "moved", [{"scenario": scenario, "moves": moves}], str(shown))[0]
    assert last["choice"] == {"scenario": scenario, "levers": levers, "parameters": {}}


def test_one_choice_has_one_run_whichever_way_it_was_reached(node: str, shown: Path) -> None:
    ways = [
        [("sent", 2000)],
        [("sent", 50), ("shelling", 2), ("shelling", None), ("sent", 2000)],
        [("sent", 1000)],
        [("pace", 1.0), ("pace", None)],
    ]
    found = run_part(node, "moved", [{"scenario": "usual_course", "moves": moves} for moves in ways], str(shown))
    first, second, none, freed = (rows[-1]["key"] for rows in found)
    assert first == second != none == freed


def test_a_choice_has_a_name_and_a_command_that_gives_the_same_bits(node: str, shown: Path) -> None:
    asked: list[dict[str, Any]] = [
        {"scenario": "usual_course", "moves": [("sent", 2000), ("pace", 1.25)]},
        {"scenario": "late", "moves": [("shelling", 0.5)]},
        {"scenario": "nobody", "moves": [("sent", 0)]},
    ]
    own, late, bare = (rows[-1] for rows in run_part(node, "moved", asked, str(shown)))
    assert own["name"].startswith("Sent over the year 2,000, ") and own["name"].endswith(" 1.25")
    assert own["command"].endswith("--futures 100 --seed 3 --set 'sent = 2000 person' --set 'pace = 1.25'")
    assert (
        " --set 'sent = 0 person from 2024-05-01' --set 'shelling = 0.5'" in late["command"] and late["name"] == "Shelling 0.500"
    )
    assert bare["name"] == "Nobody is sent" and "--set" not in bare["command"]
