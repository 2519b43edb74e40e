"""Each construct shows itself by examples: they are read, spelled, compiled and run; its page of the reference is made of them."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
from types import ModuleType

import pytest

from foedus.compile.meaning import Definition
from foedus.compile.scope import Meaning
from foedus.constructs import CONSTRUCTS, KEYWORDS
from foedus.constructs.tree import Hindcast, Table
from foedus.distributions import Uniform
from foedus.engine import simulate
from foedus.ensemble import Sampler, inputs_of
from foedus.language.construct import Construct, Example
from foedus.language.printer import print_tree
from foedus.model import Options, compile_model, parse
from helpers import ROOT

HEAD = "model m as of 2024-10-25 for 26 weeks step 1/4 week\nunit person\n"
SHOWN = [(row, example) for row in CONSTRUCTS.values() for example in row.examples]
NAMES = [f"{row.keyword}: {example.says[:40]}" for row, example in SHOWN]
WHOLE = {row.keyword: row for row in CONSTRUCTS.values() if any(issubclass(kind, Meaning) for kind in row.kinds)}


def text_of(example: Example) -> str:
    return f"{HEAD}{example.beside}\n{example.text}\n"


@pytest.mark.parametrize("row", WHOLE.values(), ids=WHOLE)
def test_a_construct_has_an_example(row: Construct) -> None:
    assert row.examples
    kinds = {type(statement) for example in row.examples for statement in parse(text_of(example)).statements}
    assert set(DOC.classes_of(row)) <= kinds, "every form of it is shown"


@pytest.mark.parametrize("row, example", SHOWN, ids=NAMES)
def test_an_example_shows_its_construct_and_says_so(row: Construct, example: Example) -> None:
    lines = example.text.splitlines()
    assert any(line.split()[0] == row.keyword for line in lines) and lines[0].split()[0] in KEYWORDS
    assert example.says.endswith((".", "?")) and example.says[0].isupper()
    assert parse(text_of(example)).all(*row.kinds)


@pytest.mark.parametrize("row, example", SHOWN, ids=NAMES)
def test_an_example_is_spelled_and_read_again(row: Construct, example: Example) -> None:
    tree = parse(text_of(example))
    again = parse(print_tree(tree))
    assert (again.model, again.statements) == (tree.model, tree.statements)


@pytest.mark.parametrize("row, example", SHOWN, ids=NAMES)
def test_an_example_runs(row: Construct, example: Example) -> None:
    tree = parse(text_of(example))
    pasts = [Options(save="all", hindcast=one.name) for one in tree.all(Hindcast)]
    for options in (Options(save="all", checks=True), *pasts):
        program = compile_model(tree, options)
        pools = {slot.name: Uniform(0.2, 0.8) for slot in program.parameters if slot.claims}
        parameters = Sampler(program, pools, 0, "random", 5).draw(0, 5)
        for scenario in program.scenarios:
            run = simulate(program, inputs_of(program, scenario, parameters, 0, 0, saves=True))
            assert not run.status.any(), scenario.name


@pytest.mark.parametrize("row, example", SHOWN, ids=NAMES)
def test_an_example_needs_what_stands_beside_it(row: Construct, example: Example) -> None:
    """No line beside an example is idle: without it the example cannot be read."""
    lines = example.beside.splitlines()
    mentioned = re.findall(r"\w+", f"{example.text} {example.beside}")
    for line in lines:
        words = [word for word in re.findall(r"\w+", re.sub(r'"[^"]*"', "", line)) if word not in KEYWORDS]
        assert any(mentioned.count(word) > line.split().count(word) for word in words), line


def test_definitions_say_what_they_are() -> None:
    """The interface is answered in full: a kind of its own, a value or a law, and a unit where it has a value."""
    kinds = [kind for row in WHOLE.values() for kind in row.kinds if issubclass(kind, Definition)]
    assert len({kind.kind for kind in kinds}) == len(kinds) >= 10
    for kind in kinds:
        answers = {name for one in kind.__mro__[: kind.__mro__.index(Definition)] for name in vars(one)}
        assert answers & {"law", "worth", "looked_up"}, kind
        assert (kind is not Table) == ("looked_up" not in answers)


# --- the reference


def generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location("constructs_doc", ROOT / "tools/constructs_doc.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


DOC = generator()


def test_the_pages_of_the_reference_are_what_the_generator_writes() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/language").glob("*.md")}
    assert there == DOC.documents(), "run `python tools/constructs_doc.py`"


def test_every_field_of_a_construct_is_explained_or_speaks_for_itself() -> None:
    plain = {
        "name",
        "label",
        "because",
        "at",
        "unit",
        "text",
        "title",
        "names",
        "first",
        "second",
        "coefficient",
        "elements",
        "definition",
    }
    for row in WHOLE.values():
        for kind in DOC.classes_of(row):
            explained = {name for names, _ in DOC.fields_of(kind) for name in names}
            own = {field.name for field in dataclasses.fields(kind)} - plain
            assert own <= explained, (kind, own - explained)


def test_links_of_the_reference_lead_somewhere() -> None:
    errors = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs/language").glob("*.md"):
        for target, anchor in re.findall(r"\]\(([^)#\s]+)#?([\w-]*)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
            if target == "../errors.md":
                assert f"`{anchor}`" in errors or f"## {anchor}" in errors or f'"{anchor}"' in errors, anchor
