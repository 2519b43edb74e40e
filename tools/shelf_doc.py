"""Writes docs/shelf/ from the mechanisms, running the examples: `python tools/shelf_doc.py`; a test holds the pages to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import foedus
from foedus.analysis.finding import Answer, QuestionFinding
from foedus.shelf import ShelfEntry, SlotRow, catalogue
from foedus.show.words import percent, quantity, unit_words

FOLDER = Path(__file__).parent.parent / "docs" / "shelf"
EXAMPLES = Path(foedus.__file__).parent / "shelf" / "examples"
FUTURES = 1000

INDEX_HEAD = """\
# The shelf of mechanisms

*Made by `python tools/shelf_doc.py` from `src/foedus/shelf`; do not edit.*

Mechanisms are sub-models to build one's own of: each has a source, slots with units, defaults that say where they come from, and a
sentence on when not to use it. A model puts one to use in a line or two, and as often as it likes:

    use pipeline as nurses for region of person
      with intake = 60 person/week, start = 12000 person

What a slot is filled with is checked for its unit and index at that place; a slot that is left out stands at its default, and the
parameter says so. What a mechanism gives is called `nurses.serving[north]` from then on; all else in it stays private. How parts are
written: [language.md](../language.md).

    foedus shelf
    foedus shelf pipeline
    foedus shelf --json

| name | what it is | takes | source |
|---|---|---|---|
"""


def pages() -> dict[Path, str]:
    """Every page by its place."""
    entries = catalogue()
    found = {FOLDER / f"{one.name}.md": page(one) for one in entries}
    return {FOLDER / "index.md": INDEX_HEAD + "".join(_row(one) for one in entries), **found}


def _row(one: ShelfEntry) -> str:
    needed = ", ".join(f"`{slot.name}`" for slot in one.slots if slot.default is None) or "nothing"
    return f"| [{one.name}]({one.name}.md) | {one.title} | {needed} | {one.source} |\n"


def page(one: ShelfEntry) -> str:
    """The page of one mechanism."""
    parts = [
        f"# {one.name}: {one.title}",
        "*Made by `python tools/shelf_doc.py`; do not edit.* All mechanisms: [the shelf](index.md).",
        f"**Source.** {one.source}.",
        f"**Not for** {one.not_for}.",
        _generic(one),
        "## What flows where",
        _diagram(one),
        "## Slots",
        _slots(one),
        "## What it gives",
        _gives(one),
        "## Equations",
        _code(one.equations),
    ]
    if one.checks:
        parts.append("Checked wherever it is used: " + "; ".join(one.checks) + ".")
    parts += ["## An example", _code(one.example.rstrip().splitlines()), *_answers(one.name)]
    return "\n\n".join(parts) + "\n"


def _generic(one: ShelfEntry) -> str:
    words = [f"of `{', '.join(one.things)}`"] if one.things else []
    words += [f"for `{one.index}`"] if one.index else []
    words += [f"facing `{one.facing}`"] if one.facing else []
    return f"**Generic** {' '.join(words)}: each use says what these are, and may leave `for` out{' not' * bool(one.facing)}."


def _diagram(one: ShelfEntry) -> str:
    width = max((len(source) for source, _, _ in one.flows), default=0)
    return (
        _code(f"{source:>{width}} ──{name}──▶ {target}" for source, name, target in one.flows)
        if one.flows
        else "Nothing flows in it."
    )


def _slots(one: ShelfEntry) -> str:
    head = "| slot | unit | meaning | default | because |\n|---|---|---|---|---|\n"
    return head + "\n".join(_slot(slot, one) for slot in one.slots)


def _slot(slot: SlotRow, one: ShelfEntry) -> str:
    name = f"{slot.name}[{one.index}]" if slot.indexed else slot.name
    default = f"`{slot.default}`" if slot.default is not None else "must be given"
    return f"| `{name}` | `{slot.unit}` | {slot.meaning} | {default} | {slot.because} |"


def _gives(one: ShelfEntry) -> str:
    rows = [
        f"| `{given.name}` | {given.kind} | {f'`{given.unit}`' if given.unit else ''} | {given.meaning} |" for given in one.gives
    ]
    return "| name | is a | unit | meaning |\n|---|---|---|---|\n" + "\n".join(rows)


def _code(lines: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    return "\n".join(f"    {line}".rstrip() for text in lines for line in text.split("\n"))


def _answers(name: str) -> Iterator[str]:
    """What `foedus run` says of the example: the median and 90 % of the futures, or the chance."""
    case = foedus.load(str(EXAMPLES / f"{name}.foedus"))
    finding = foedus.run(case, FUTURES)
    yield f"In {FUTURES} futures:"
    rows = ["| question | scenario | answer |\n|---|---|---|"]
    rows += [
        f"| {question.ask} | {scenario} | {_answer(question, answer)} |"
        for question in finding.questions
        for scenario, answer in question.answers.items()
    ]
    yield "\n".join(rows)


def _answer(question: QuestionFinding, answer: Answer) -> str:
    if answer.probability is not None:
        return percent(answer.probability)
    assert answer.quantiles is not None
    told = quantity(answer.quantiles)
    return f"{told.median} ({told.low} to {told.high}) {unit_words(question.unit)}".rstrip()


def main() -> None:
    """Write the pages."""
    for place, text in pages().items():
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
