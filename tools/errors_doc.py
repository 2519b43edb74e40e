"""Writes docs/errors.md from tools/errors.toml, by running every example: `python tools/errors_doc.py`; a test holds the page to it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import foedus
from foedus.cli.main import main as command_line
from foedus.errors import FoedusError

HERE = Path(__file__).parent
TABLE = HERE / "errors.toml"
TARGET = HERE.parent / "docs" / "errors.md"

MODEL_HEAD = """\
model m as of 2024-01-01 for 10 weeks step 1/4 week
unit person, shell, km2
index side = red, blue
actor red, blue
stock men[side] : person = 10 person
stock shells : shell = 5 shell
"""
SMALL = """\
model small as of 2024-10-25 for 10 weeks step 1 week
unit person
param troops : person ~ claims "troops"
stock line : person = troops
question how_many "How many?" on 2024-11-25 value line
question over "Over a thousand?" on 2024-11-25 true when line > 1000 person
question when_over "Since when?" first time line > 1000 person by 2024-11-25
lever sent : person from 0 person to 9 person
"""
WATCHED = """\
model watched as of 2024-01-01 for 20 weeks step 1 week
param growth : 1/week ~ 0.01 to 0.1 because "judgement"
stock size : 1 = 5
flow grown : outside -> size = growth * size
series counted : 1 from "weekly.csv" column "counted" of size
observe counted as lognormal(0.1) because "judgement"
question final "How large?" at 20 weeks value size
hindcast earlier from 2023-10-02 to 2024-01-01 { }
"""
CLAIM: dict[str, Any] = {
    "id": "A1",
    "ctype": "quantity",
    "modality": "actual",
    "polarity": "+",
    "region": "body",
    "relevance": 2,
    "source": {"canonical": "the ministry", "type": "official", "mode": "direct"},
    "hedge": {"class": "asserted"},
    "group": "troops",
    "paraphrase": "There are a thousand.",
    "origin": "the ministry",
    "grade": "B2",
    "graded_because": "usually right",
    "published": "2024-10-01",
    "status": "accepted",
    "quantity": {"kind": "numeric", "qualifier": "eq", "value": 1000, "unit": "person"},
}

HEAD = f"""\
# Every refusal by its code

*Made by `python tools/errors_doc.py` from `tools/errors.toml`: what stands below an example is what
foedus said when it was run. Do not edit.*

A refusal says where, what, why and what to do, and ends with its code in brackets. With `--json` the same stands under
`errors`. The exit code is 1; wrong usage of a command is 2. Codes are stable: a program may rely on them, the words may change.

Statements of models below stand under this head, from line {MODEL_HEAD.count(chr(10)) + 1} on:

{"".join("    " + line for line in MODEL_HEAD.splitlines(keepends=True))}
Command lines are run in a folder with `small`, a case with one claim, and `watched`, a model with a series that it is held against.
"""


@dataclass(frozen=True)
class Example:
    """A code, what it means, and what brings it about; a code without an example says what to do instead."""

    code: str
    means: str
    cure: str = ""
    model: str = ""
    text: str = ""
    run: str = ""
    python: str = ""
    files: dict[str, str] = field(default_factory=dict)
    claim: dict[str, Any] = field(default_factory=dict)
    second: dict[str, Any] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    encoding: str = "utf-8"
    warns: bool = False

    @property
    def is_run(self) -> bool:
        return not self.cure


@dataclass(frozen=True)
class Said:
    """How an example ended."""

    exit_code: int
    words: str


def examples() -> list[Example]:
    """The rows of the table, in its order."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [Example(code, **{**row, "before": tuple(row.get("before", ()))}) for code, row in rows.items()]


def said(example: Example) -> Said:
    """Bring the refusal about, in a folder of its own."""
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        _lay_out(example)
        for line in example.before:
            if line.startswith("ledger"):  # the text is changed by hand, behind the store's back
                _write_ledger({"grade": line.partition(" ")[2] or "C4"}, {})
            else:
                words, _, target = line.partition(" > ")
                done = _called(shlex.split(words)[1:], Path(target) if target else None)
                assert done.exit_code == 0, f"{example.code}: {line}: {done.words}"
        line = shlex.split(example.run)[1:] if example.run else ["check", "model.foedus", "--no-run"]
        found = _evaluated(example.python) if example.python else _called(line)
        words = re.sub(
            r"[0-9-]{10} [0-9:]{5} UTC", "2024-11-01 12:00 UTC", found.words
        )  # the moment at which the example was run
        return Said(found.exit_code, words.replace(f"{Path(place).resolve()}/", ""))


def _lay_out(example: Example) -> None:
    for name in ("small", "watched"):
        Path(name).mkdir()
    Path("small/model.foedus").write_text(SMALL)
    Path("watched/model.foedus").write_text(WATCHED)
    Path("watched/weekly.csv").write_text("date,counted\n2023-10-09,5.2\n2023-11-06,6.1\n2023-12-04,7.3\n")
    _write_ledger(example.claim, example.second)
    Path("model.foedus").write_text(example.text or f"{MODEL_HEAD}{example.model}\n")
    for name, content in example.files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding=example.encoding)


def _write_ledger(changes: dict[str, Any], second: dict[str, Any]) -> None:
    records = [CLAIM | changes, *([CLAIM | {"id": "A2"} | second] if second else [])]
    lines = [json.dumps({key: value for key, value in record.items() if value is not False}) for record in records]
    Path("small/ledger.jsonl").write_text("\n".join(lines) + "\n")


def _called(words: list[str], target: Path | None = None) -> Said:
    """A command line: its exit code, and what it said on standard error; what it printed goes into a file."""
    out, told, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        try:
            command_line(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
    if target is not None:
        target.write_text(out.getvalue(), encoding="utf-8")
    return Said(code, told.getvalue().strip() or (out.getvalue().strip() if "--json" in words else ""))


def _evaluated(line: str) -> Said:
    try:
        exec(line, {"foedus": foedus})
    except FoedusError as error:
        return Said(1, str(error))
    return Said(0, "")


def document() -> str:
    """The whole page; the sections of the table are its sections."""
    found, rows = [HEAD], {row.code: row for row in examples()}
    for section in TABLE.read_text(encoding="utf-8").split("\n# --- ")[1:]:
        title, _, body = section.partition("\n")
        found.append(f"## {title[:1].upper()}{title[1:]}\n")
        codes = [line.strip("[]") for line in body.split("\n") if line.startswith("[") and line.endswith("]")]
        found += [_entry(rows[code]) for code in codes if code in rows]
    return "\n".join(found)


def _entry(row: Example) -> str:
    lines = [f"### {row.code}\n", f"{row.means}\n"]
    if not row.is_run:
        return "\n".join([*lines, f"What to do: {row.cure[:1].lower()}{row.cure[1:]}\n"])
    shown = row.model or row.text or row.python or row.run
    if row.claim or row.second:
        shown += f"     # with {json.dumps(row.claim or row.second)} in {'the claim' if row.claim else 'a second claim'}"
    shown = "".join(f"{name}: {json.dumps(content)}\n" for name, content in row.files.items()) + shown
    return "\n".join([*lines, _block(shown), _block(_told(row))])


def _told(row: Example) -> str:
    """What was said about this code; other problems of the same text are left out."""
    words = said(row).words
    return next((one for one in words.split("\n\n") if one.endswith(f"[{row.code}]")), words)


def _block(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.rstrip().splitlines())
    return f"```\n{lines}\n```\n"


def main() -> None:
    """Write the page."""
    os.environ.setdefault("COLUMNS", "80")
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
