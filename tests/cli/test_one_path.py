"""What a notebook gets is what the terminal prints: one function behind both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.analysis.checked import Checked
from foedus.case import Case
from foedus.fit.view import fit_document
from foedus.show.course import course_document
from foedus.show.document import finding_document
from foedus.show.sources_found import sources_document
from foedus.show.structure_table import structure_document
from foedus.show.trace import trace_document

from .conftest import Call

Made = Callable[[Case], dict[str, Any]]
PATHS: dict[str, Made] = {
    "run sample -n 60": lambda case: finding_document(foedus.run(case, 60)),
    "trace sample ahead -n 300": lambda case: trace_document(foedus.trace(case, "ahead", futures=300)),
    "replay sample -f 3": lambda case: course_document(foedus.replay(case, 3)),
    "sources sample": lambda case: sources_document(foedus.find_sources(case, (), None)),
    "show sample": lambda case: structure_document(case.name, case.tree.model.title, foedus.structure_of(case)),
}
OF_TIME = ("format", "seconds", "manifest")


@pytest.mark.parametrize("words", PATHS)
def test_a_notebook_gets_what_the_terminal_prints(call: Call, place: Path, words: str) -> None:
    printed = call(*words.split(), "--json").document
    made = PATHS[words](foedus.load("sample"))
    assert {key for key in printed if key != "format"} == set(made)
    assert [key for key in made if key not in OF_TIME and plain(made[key]) != plain(printed[key])] == []


def plain(part: Any) -> Any:
    """As JSON has it: no tuples, null for what is no number."""
    if isinstance(part, dict):
        return {str(name): plain(one) for name, one in part.items()}
    if isinstance(part, list | tuple):
        return [plain(one) for one in part]
    return None if isinstance(part, float) and part != part else part


def test_a_check_of_a_notebook_is_that_of_the_terminal(call: Call, place: Path) -> None:
    told = call("check", "sample", "--futures", "200", "--json").document["checks"]
    held = Checked((), (), foedus.check(foedus.load("sample"), 200)).results
    assert [(one.name, one.passed) for one in held] == [(one["name"], one["passed"]) for one in told]


def test_a_fit_of_a_notebook_is_that_of_the_terminal(call: Call, place: Path) -> None:
    printed = call("fit", "cdb90", "--json").document
    assert plain(fit_document(foedus.fit_named("cdb90"))) == {key: one for key, one in printed.items() if key != "format"}
