"""Words that no definition may take: every word of the grammar is reserved or known to be free, every name of the output reserved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import foedus.language
from foedus.constructs import KEYWORDS
from foedus.errors import ModelError
from foedus.language.builtins import BUILTINS, FAMILIES
from foedus.language.expressions import _PRECEDENCE
from foedus.language.reserved import OPERATORS, OUTPUT, TIME_WORDS, meaning, output_meaning
from foedus.model import parse
from helpers import DATED, HEAD, ensemble, program_of

# words that the grammar looks for where no name of a variable can stand, or where one can be told from them
FREE = frozenset(
    "against always any belief between carries chance change claims column conserve date default discrete first force from_to group hidden it lowers "
    "called compare facing held interpolated language leaves memory method moves named never obliges once outliers place raises rate repeating save signed source the total true value weight after before "
    "for above as at below by every from in of on over to until with within".split()
)


def words_of_the_grammar() -> set[str]:
    """The words in quotes that the parser asks for."""
    folder = Path(foedus.language.__file__).parent
    files = [folder / "expressions.py", folder / "clauses.py", folder / "head.py", *(folder.parent / "constructs").glob("*.py")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    calls = re.findall(r"\b(?:takes|needs|sees)\(((?:\s*\"[^\"]+\",?)+)", text)
    return {word for call in calls for word in re.findall(r'"([^"]+)"', call) if re.fullmatch(r"[a-z_]+", word)}


def test_every_word_of_the_grammar_is_reserved_or_known_to_be_free() -> None:
    found = words_of_the_grammar()
    assert len(found) > 40
    assert {word for word in found if not meaning(word) and word not in KEYWORDS} <= FREE


def test_every_word_that_an_expression_would_read_as_an_operator_is_reserved() -> None:
    assert {word for word in _PRECEDENCE if word.isalpha()} <= OPERATORS


@pytest.mark.parametrize("word", sorted((FREE | KEYWORDS) - set(filter(meaning, KEYWORDS))))
def test_a_word_that_is_free_can_name_a_variable(word: str) -> None:
    text = HEAD + f"stock x : 1 = 1\nlet {word} : 1 = 2\nlet y : 1 = {word} + 3 * {word}\nquestion q at 2 weeks value {word}\n"
    assert ensemble(text + f"scenario s {{ {word} = 4 }}\n", 2).values("q").tolist() == [2, 2]


def test_every_name_that_a_saved_run_has_of_itself_is_reserved() -> None:
    text = "stock x : 1 = 1\nquestion q at 2 weeks value x\nscenario s { x = 2 }\n"
    datasets = [ensemble(head + text, 3, trajectories=3).to_xarray() for head in (HEAD, DATED)]
    own = {str(name) for dataset in datasets for name in (*dataset.variables, *dataset.dims)} - {"x", "q"}
    assert {"status", "elapsed"} <= own <= OUTPUT
    assert all(output_meaning(name) and meaning(name) for name in OUTPUT)


def test_functions_and_units_of_time_are_reserved_and_families_are_not() -> None:
    assert all(meaning(name) for name in {*BUILTINS, *TIME_WORDS})
    for family in set(FAMILIES) - set(BUILTINS):
        program_of(HEAD + f"let {family} : 1 = 2\nstock x : 1 = {family}\n")


def test_a_duration_is_read_although_a_variable_has_the_name_of_its_unit() -> None:
    assert parse("model m for 10 days step 1 day\nlet day : 1 = 2\n").model.step.value == 1
    with pytest.raises(ModelError) as caught:
        program_of("model m for 10 days step 1 day\nlet day : 1 = 2\n")
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [(2, "reserved-name")]
