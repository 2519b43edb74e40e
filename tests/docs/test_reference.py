"""The pages of docs/ and the language cannot drift apart."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest

from foedus.compile.lower import LOWERINGS
from foedus.constructs import KEYWORDS
from foedus.language.builtins import BUILTINS, FAMILIES
from foedus.model import parse, survey
from helpers import ROOT

LANGUAGE = (ROOT / "docs/language.md").read_text(encoding="utf-8")
HEAD = "model m as of 2024-10-25 for 104 weeks step 1/8 week\nunit person, shell, km2\n"


def generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location("builtins_doc", ROOT / "tools/builtins_doc.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_builtins_md_is_what_the_generator_writes() -> None:
    assert (ROOT / "docs/builtins.md").read_text(encoding="utf-8") == generator().document()


def test_every_function_and_family_is_documented_once() -> None:
    page = generator().document()
    for name in (*BUILTINS, *FAMILIES):
        assert len(re.findall(rf"\*\*`{name}\(", page)) == 1, name
    assert sorted(name for names in generator().GROUPS.values() for name in names) == sorted(BUILTINS)
    assert set(generator().RULES) == {row.rule for row in BUILTINS.values()}


def test_every_function_has_a_lowering() -> None:
    assert set(LOWERINGS) == set(BUILTINS)


def test_every_keyword_and_family_stands_in_the_description_of_the_language() -> None:
    words = set(re.findall(r"\w+", LANGUAGE))
    assert (KEYWORDS | set(FAMILIES)) - words == set()


def statements_of(page: str) -> list[str]:
    """The model text of the page, statement by statement: indented by four spaces."""
    lines = [line[4:] for line in page.splitlines() if line.startswith("    ")]
    found: list[str] = []
    for line in lines:
        if line.split(maxsplit=1)[0] in KEYWORDS:
            found.append(line)
        else:
            found[-1] += "\n" + line
    return found


@pytest.mark.parametrize("statement", statements_of(LANGUAGE))
def test_every_statement_of_the_description_parses(statement: str) -> None:
    alone = {"mechanism": "no-model", "include": "no-include"}.get(
        statement.split()[0]
    )  # each wants a file: of its own, or beside it
    tree = survey(statement if statement.startswith(("model ", "mechanism ")) else HEAD + statement)
    assert [problem.code for problem in (tree.faults.problems if tree.faults else ())] == ([alone] if alone else [])


def test_the_description_shows_every_kind_of_statement() -> None:
    assert {statement.split()[0] for statement in statements_of(LANGUAGE)} == KEYWORDS


DESIGN = """\
model pact
  "What North Korean troops could mean for the war in Ukraine"
  as of 2024-10-25 for 104 weeks step 1/8 week

unit person, shell, km2
index side = russia, ukraine

stock front[side] : person = front_start[side]            "Fit for combat at the line of contact"
stock dead[side]  : person = 0 person
flow  killed[side] : front[side] -> dead[side] = losses[side] * killed_share
flow  intake[side] : outside -> training[side] = recruits[side] * will[side]
let   fire_ratio : 1 = fire[russia] / fire[ukraine]
table shock_of_newness : 1 of week = (0, 1.6) (8, 1.2) (26, 1.0)

param front_start[russia] : person ~ claims "personnel at the front, russia"
param lethality : 1/shell ~ 1e-5 to 4e-5        because "90 % interval; fitted to 2023, see the case notes"
noise tempo : 1 ~ lognormal(0, 0.15) every week memory 3 weeks

event  ratified   at rate 1/3 per month after 2024-10-24
treaty partnership
  between russia and dprk, in force when ratified
  obliges "military and other assistance with all means in its possession"
  when invaded[russia] or invaded[dprk], honoured with chance ~ claims "defence pacts honoured"
decision seoul_arms by rok every 4 weeks
  none : 0,  nonlethal : a + b * salience,  lethal : c + d * dprk_in_combat

lever contingent : person from 0 person to 100000 person   "Foreign troops sent"
  named none = 0, "as reported" = claims, "many times more" = 100000
scenario no_troops "Nobody is sent"  { contingent = 0 person }
scenario shells_stop { dprk_shells = 0 shell/week from 2025-01-01 }
question kursk_lost "Will Ukraine hold under 50 km2 of Kursk on 1 May 2025?"
  on 2025-05-01 true when held[kursk] < 50 km2
check "soldiers come from somewhere" conserve person over front, dead, wounded, training, outside
check "no shells, no shelling" when shells[ukraine] = 0 shell then fire[ukraine] = 0 shell/week
"""


def test_the_forms_of_the_design_parse_exactly_as_they_stand_there() -> None:
    tree = parse(DESIGN)
    assert len(tree.statements) == 22 and tree.model.name == "pact"


# --- the glossary

GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def test_the_glossary_has_one_sentence_for_every_word_of_the_house() -> None:
    rows = dict(re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \|$", GLOSSARY, re.MULTILINE))
    wanted = {
        "model",
        "future",
        "scenario",
        "claim",
        "prior",
        "lever",
        "question",
        "origin",
        "stock",
        "flow",
        "event",
        "treaty",
        "decision",
        "noise",
        "parameter",
        "baseline",
        "finding",
        "ledger",
        "case",
        "program",
        "hindcast",
        "check",
        "status",
        "source",
        "document",
    }
    assert wanted - set(rows) == set()
    assert list(rows) == sorted(rows, key=str.lower)
    for word, meaning in rows.items():
        assert meaning.endswith(".") and meaning.count(". ") == 0, word


def test_links_between_pages_lead_somewhere() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
