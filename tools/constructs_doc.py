"""Writes docs/language/ from the pages of the constructs: `python tools/constructs_doc.py`; a test holds the pages to it."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
from pathlib import Path
from types import ModuleType

from foedus.constructs import CONSTRUCTS
from foedus.language.construct import Construct

TARGET = Path(__file__).parent.parent / "docs" / "language"
MADE = "*Made by `python tools/constructs_doc.py` from `{source}`; do not edit.*"
INDEX = """\
# The constructs of the language, one by one

{made}

What a model is made of, and how names, units, expressions and priors are written, says [the language](../language.md); every function
stands in [the built-ins](../builtins.md), every refusal in [the errors](../errors.md).

| keyword | what it is |
|---|---|
{rows}
"""
WHERE = {"model": "In models only.", "mechanism": "In mechanisms only."}


def page_of(row: Construct) -> str:
    """The name of the page on which a construct stands."""
    return row.parse.__module__.rpartition(".")[2]


def pages() -> dict[str, list[Construct]]:
    """Page -> its constructs."""
    found: dict[str, list[Construct]] = {}
    for row in CONSTRUCTS.values():
        found.setdefault(page_of(row), []).append(row)
    return found


def documents() -> dict[str, str]:
    """File name -> the whole page."""
    found = {f"{name}.md": _page(importlib.import_module(f"foedus.constructs.{name}"), rows) for name, rows in pages().items()}
    lines = [f"| [`{row.keyword}`]({page_of(row)}.md#{row.keyword}) | {_first(row)} |" for row in CONSTRUCTS.values()]
    return {"index.md": INDEX.format(made=MADE.format(source="src/foedus/constructs/"), rows="\n".join(lines)), **found}


def _first(row: Construct) -> str:
    """What a construct is, in a sentence."""
    if len(row.kinds) != 1:
        return f"See the page of `{page_of(row)}`."
    return _words(row.kinds[0].__doc__).split("\n\n")[0]


def _words(text: str | None) -> str:
    return inspect.cleandoc(text or "")


def _page(module: ModuleType, rows: list[Construct]) -> str:
    title, _, rest = _words(module.__doc__).partition("\n")
    source = f"src/foedus/constructs/{module.__name__.rpartition('.')[2]}.py"
    parts = [f"# {title[0]}{title[1:].rstrip('.')}", MADE.format(source=source), *([rest.strip()] if rest.strip() else [])]
    for row in rows:
        parts += _construct(row)
    refused = refusals(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
    if refused:
        parts += ["## What is refused here", ", ".join(f"[`{code}`](../errors.md#{code})" for code in refused) + "."]
    return "\n\n".join(parts) + "\n"


def _construct(row: Construct) -> list[str]:
    parts = [f"## {row.keyword}"]
    for kind in classes_of(row):
        parts.append(_words(kind.__doc__).partition("Attributes:")[0].strip())
        if fields := fields_of(kind):
            parts.append("\n".join(f"- {', '.join(f'`{name}`' for name in names)}: {meaning}" for names, meaning in fields))
    if row.clauses:
        parts.append(f"May follow, in any order: `{row.clauses}`.")
    if row.place:
        parts.append(WHERE[row.place])
    for example in row.examples:
        parts += [example.says, "\n".join(f"    {line}" for line in example.text.splitlines())]
    return parts


def classes_of(row: Construct) -> list[type]:
    """The classes of what a construct is read as; of a base, those that are made of it."""
    return [one for kind in row.kinds for one in (kind, *kind.__subclasses__()) if dataclasses.is_dataclass(one)]


def fields_of(kind: type) -> list[tuple[list[str], str]]:
    """The fields that the class explains: (names, what they mean)."""
    found: list[str] = []
    for line in _words(kind.__doc__).partition("Attributes:")[2].splitlines():
        if re.match(r"    \S", line):
            found.append(line.strip())
        elif line.strip():
            found[-1] += " " + line.strip()
    return [(names.split(", "), meaning) for names, _, meaning in (line.partition(": ") for line in found)]


def refusals(text: str) -> list[str]:
    """The codes under which a page refuses something: of every problem that it makes."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("add", "problem", "warn"):
            place = 0 if getattr(node.func, "attr", "") == "problem" else 1
            code = node.args[place] if len(node.args) > place else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.add(code.value)
    return sorted(found)


def main() -> None:
    """Write the pages; those of constructs that are gone are taken away."""
    TARGET.mkdir(exist_ok=True)
    made = documents()
    for old in TARGET.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (TARGET / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
