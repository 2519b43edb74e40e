"""The program of every example of the language is, to the last value, what it was: a table of digests beside this file.

Whoever means to change what a statement compiles to writes the table anew by `python -m tests.model.test_example_digests`,
and reads in its difference which statements moved.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from foedus.constructs import CONSTRUCTS
from foedus.constructs.tree import Hindcast
from foedus.language.construct import Construct, Example
from foedus.model import Options, compile_model, parse

TABLE = Path(__file__).with_name("example_digests.json")
HEAD = "model m as of 2024-10-25 for 26 weeks step 1/4 week\nunit person\n"


def digests_of(row: Construct, number: int, example: Example) -> Iterator[tuple[str, str]]:
    """(which program, its digest): of the forecast, and of each past that the example has."""
    tree = parse(f"{HEAD}{example.beside}\n{example.text}\n")
    for past in ("", *(one.name for one in tree.all(Hindcast))):
        program = compile_model(tree, Options(past, save="observed" if past else "all", checks=True))
        yield f"{row.keyword} {number}{f' {past}' if past else ''}", program.digest[:16]


def digests() -> dict[str, str]:
    return dict(
        one
        for row in CONSTRUCTS.values()
        for number, example in enumerate(row.examples)
        for one in digests_of(row, number, example)
    )


def test_every_example_compiles_to_the_program_that_it_was() -> None:
    assert digests() == json.loads(TABLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    TABLE.write_text(json.dumps(digests(), indent=1) + "\n", encoding="utf-8")
