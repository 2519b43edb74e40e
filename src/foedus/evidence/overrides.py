"""A case's own numbers in place of the defaults: `evidence.toml` beside the model, each with its reason.

    [kernels.up_to]
    low = 0.5
    because = "named ceilings were far off here"

    [settings.broad_factor]
    value = 3
    because = "counts of this kind differ by more"

    [groups."killed so far"]
    kind = "running total"
    because = "the ministry adds up since the first day"

    [groups."pay per soldier"]
    low = 1500
    high = 2500
    because = "I believe this, because …"

    [proposed]
    count = true
    because = "a first draft: nobody has gone through the claims yet"

What a row does not name keeps its default. Everything that is wrong with the file is reported at once.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.defaults import (
    DEFAULTS,
    GROUP_KINDS,
    ChangedDefault,
    Defaults,
    GroupRule,
    HedgeRange,
    KernelShape,
    Setting,
    Weight,
)
from foedus.evidence.frozen import FrozenMapping

__all__ = ["read_defaults"]

_TABLES = ("kernels", "letters", "digits", "hedges", "settings")
_ALL = (*_TABLES, "groups", "proposed")
_LARGEST = 1_000_000
_HEADER = re.compile(r"\s*\[\s*([^\]]*?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_\"'.-]+)\s*=")


@dataclass(frozen=True)
class _File:
    """The text, for the lines of messages."""

    path: str
    lines: tuple[str, ...]

    def line(self, table: str, name: str = "", key: str = "") -> int:
        """The line of a key; of its row, its table or the file's first line where it cannot be told; 1-based."""
        found, inside = 0, ""
        for number, text in enumerate(self.lines, 1):
            header, entry = _HEADER.match(text), _KEY.match(text)
            if header:
                inside = header[1].replace('"', "").replace("'", "").replace(" ", "")
            place = inside if not entry else f"{inside}.{_bare(entry[1])}".lstrip(".")
            if place == f"{table}.{name}.{key}":
                return number
            if not found and (place == f"{table}.{name}" or (not name and place.split(".")[0] == table)):
                found = number
        return found or 1

    def problem(self, code: str, message: str, help_text: str, place: tuple[str, ...] = ()) -> Problem:
        """A problem at a table, row or key."""
        line = self.line(*place) if place else 1
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        word = place[-1] if place else ""
        column = max(text.find(word), 0) + 1
        return Problem(self.path, line, column, code, message, help_text, text, max(1, len(word) if word in text else 1))


def _bare(key: str) -> str:
    return key.replace('"', "").replace("'", "")


def read_defaults(path: str | Path, base: Defaults = DEFAULTS) -> Defaults:
    """The defaults with a case's own rows in place of some.

    Args:
        path: the TOML file.
        base: what holds where the file says nothing.
    Returns:
        The defaults; `overrides` lists what was changed, in the order of the tables.
    Raises:
        EvidenceError: the file cannot be read, names something unknown, gives a number out of range, or leaves a reason out.
    """
    file, content = _read(Path(path))
    problems: list[Problem] = []
    tables: dict[str, Mapping[str, Any]] = {}
    overrides: list[ChangedDefault] = []
    for table in content:
        if table not in _ALL:
            message = f"`{table}` is no table of defaults."
            problems.append(file.problem("unknown-table", message, _near(table, _ALL), (table,)))
    for table in _TABLES:
        rows = content.get(table, {})
        known: Mapping[str, Any] = getattr(base, table)
        if not isinstance(rows, dict):
            problems.append(
                file.problem("wrong-type", f"`{table}` must be a table.", f"Write [{table}.NAME] above its keys.", (table,))
            )
            continue
        changed = dict(known)
        for name, row in rows.items():
            found = list(_row_problems(file, table, name, row, known))
            problems += found
            if not found:
                changed[name] = _with(known[name], row)
                overrides.append(_override(file, table, name, known[name], changed[name]))
        tables[table] = FrozenMapping(changed)
    rules = content.get("groups", {})
    if isinstance(rules, dict):
        problems += [problem for name, row in rules.items() for problem in _group_problems(file, name, row)]
    else:
        help_text = 'Write [groups."NAME"] above its keys.'
        problems.append(file.problem("wrong-type", "`groups` must be a table.", help_text, ("groups",)))
    proposed = content.get("proposed", {})
    problems += _proposed_problems(file, proposed)
    if problems:
        raise EvidenceError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    takes = proposed.get("count", base.takes_proposed)
    if takes != base.takes_proposed:
        overrides.append(
            ChangedDefault("proposed", "count", {"count": "no"}, {"count": "yes"}, proposed["because"], file.line("proposed"))
        )
    groups = {**base.groups, **{name: _rule_of(row) for name, row in rules.items()}}
    overrides += [_group_override(file, name, groups[name]) for name in rules]
    return replace(base, **tables, groups=FrozenMapping(groups), takes_proposed=takes, overrides=tuple(overrides))


def _proposed_problems(file: _File, row: Any) -> Iterator[Problem]:
    """What is wrong with what a case says about claims that are only proposed."""
    if not isinstance(row, dict):
        yield file.problem(
            "wrong-type", "`proposed` must be a table.", "Write [proposed] above `count` and `because`.", ("proposed",)
        )
        return
    for key, value in row.items():
        place = ("proposed", "", key)
        if key not in ("count", "because"):
            yield file.problem("unknown-key", f"`proposed` has no `{key}`.", _near(key, ("count", "because")), place)
        elif key == "count" and not isinstance(value, bool):
            yield file.problem("wrong-type", "`count` must be true or false.", f"Found {value!r}.", place)
        elif key == "because" and (not isinstance(value, str) or not value.strip()):
            yield file.problem("no-because", "`because` must be a text that is not empty.", f"Found {value!r}.", place)
    if "count" in row and "because" not in row:
        message = "`proposed` is changed without a reason."
        yield file.problem("no-because", message, 'Add because = "…": a source, or `judgement: …`.', ("proposed",))


def _rule_of(row: Mapping[str, Any]) -> GroupRule:
    ends = (float(row[end]) if end in row else None for end in ("low", "high"))
    return GroupRule(row.get("kind", ""), row["because"], *ends)


def _group_override(file: _File, name: str, rule: GroupRule) -> ChangedDefault:
    now: dict[str, float | str] = {"kind": rule.kind} if rule.kind else {}
    if rule.low is not None and rule.high is not None:
        now |= {"low": rule.low, "high": rule.high}
    return ChangedDefault("groups", name, {}, now, rule.because, file.line("groups", name))


def _group_problems(file: _File, name: str, row: Any) -> Iterator[Problem]:
    """What is wrong with what a case says about a group."""
    if not isinstance(row, dict):
        help_text = f'Write [groups."{name}"] and below it `kind`, or `low` and `high`, and `because`.'
        yield file.problem("wrong-type", f"`groups.{name}` must be a table.", help_text, ("groups", name))
        return
    keys = ("kind", "low", "high", "because")
    for key, value in row.items():
        place = ("groups", name, key)
        if key not in keys:
            yield file.problem("unknown-key", f"`groups.{name}` has no `{key}`.", _near(key, keys), place)
        elif key == "because":
            yield from _text_problems(file, place, value)
        elif key == "kind" and value not in GROUP_KINDS:
            yield file.problem("wrong-type", f"`kind` must be one of {', '.join(GROUP_KINDS)}.", f"Found {value!r}.", place)
        elif key in ("low", "high") and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e300):
            yield file.problem("wrong-type", f"`{key}` must be a number above 0.", f"Found {value!r}.", place)
    if "because" not in row:
        message = f"`groups.{name}` is changed without a reason."
        yield file.problem("no-because", message, 'Add because = "…": a source, or `judgement: …`.', ("groups", name))
    low, high = row.get("low"), row.get("high")
    if (low is None) != (high is None) or (isinstance(low, int | float) and isinstance(high, int | float) and low >= high):
        help_text = "Give `low` and `high`, the 5 and the 95 % point, low below high."
        yield file.problem(
            "out-of-range", f"`groups.{name}` needs both ends of its interval, in order.", help_text, ("groups", name)
        )


def _read(path: Path) -> tuple[_File, dict[str, Any]]:
    """The text and what it says."""
    try:
        if path.stat().st_size > _LARGEST:
            help_text = "Check that this is the right file."
            raise EvidenceError(Problem(str(path), 0, 0, "too-large", f"The file has more than {_LARGEST:,} bytes.", help_text))
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        raise EvidenceError(Problem(str(path), 0, 0, "cannot-read", message, "Check the path.")) from None
    except UnicodeDecodeError:
        raise EvidenceError(Problem(str(path), 0, 0, "not-utf-8", "The text is not UTF-8.", "Save the file as UTF-8.")) from None
    file = _File(str(path), tuple(text.split("\n")))
    try:
        return file, tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        said = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(said[1]), int(said[2])) if said else (1, 1)
        shown = file.lines[line - 1] if line <= len(file.lines) else ""
        message = f"This is not TOML: {str(error).split(' (at')[0]}."
        raise EvidenceError(Problem(file.path, line, column, "not-toml", message, "See https://toml.io.", shown)) from None


def _row_problems(file: _File, table: str, name: str, row: Any, known: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with one row."""
    if name not in known:
        message = f"There is no `{name}` among the {table}."
        yield file.problem("unknown-default", message, _near(name, known), (table, name))
        return
    if not isinstance(row, dict):
        help_text = f"Write [{table}.{name}] and below it the numbers and `because`."
        yield file.problem("wrong-type", f"`{table}.{name}` must be a table.", help_text, (table, name))
        return
    keys = _keys(known[name])
    found = []
    for key, value in row.items():
        if key not in (*keys, "because"):
            message = f"`{table}.{name}` has no `{key}`."
            found.append(file.problem("unknown-key", message, _near(key, (*keys, "because")), (table, name, key)))
        elif key == "because" or key == "bound":
            found += _text_problems(file, (table, name, key), value)
        elif isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
            found.append(file.problem("wrong-type", f"`{key}` must be a number.", f"Found {value!r}.", (table, name, key)))
    if "because" not in row:
        message = f"`{table}.{name}` is changed without a reason."
        found.append(file.problem("no-because", message, 'Add because = "…": a source, or `judgement: …`.', (table, name)))
    yield from found
    if not found and (wrong := _RULES[type(known[name])](_with(known[name], row))):
        yield file.problem("out-of-range", f"`{table}.{name}`: {wrong}.", "Correct the numbers.", (table, name))


def _text_problems(file: _File, place: tuple[str, str, str], value: Any) -> list[Problem]:
    """`because` is some words; `bound` one of three."""
    if place[-1] == "bound" and value not in ("", "upper", "lower"):
        return [file.problem("wrong-type", '`bound` must be "", "upper" or "lower".', f"Found {value!r}.", place)]
    if not isinstance(value, str) or (place[-1] == "because" and not value.strip()):
        return [file.problem("no-because", f"`{place[-1]}` must be a text that is not empty.", f"Found {value!r}.", place)]
    return []


def _kernel_wrong(row: KernelShape) -> str:
    ordered = 0 < row.low <= row.high and row.low <= 1.1 and row.high >= 0.9
    return "" if ordered else f"found {row.low:g} to {row.high:g}, expected 0 < low <= high with 1 between or near them"


def _weight_wrong(row: Weight) -> str:
    return "" if 0 < row.value < 1 else f"found {row.value:g}, expected a chance above 0 and below 1"


def _hedge_wrong(row: HedgeRange) -> str:
    good = 0 <= row.low <= row.high <= 1 and 0 <= row.weight < 1
    return "" if good else "expected 0 <= low <= high <= 1, and a weight of at least 0 and below 1"


def _setting_wrong(row: Setting) -> str:
    good = row.least <= row.value <= row.most
    return "" if good else f"found {row.value:g}, expected {row.least:g} to {row.most:g}"


_RULES: Mapping[type, Callable[[Any], str]] = FrozenMapping(
    {KernelShape: _kernel_wrong, Weight: _weight_wrong, HedgeRange: _hedge_wrong, Setting: _setting_wrong}
)


def _keys(row: Any) -> tuple[str, ...]:
    """What a case may change in a row, besides its reason."""
    return tuple(each.name for each in fields(row) if each.name not in ("because", "what", "least", "most"))


def _with(row: Any, changes: Mapping[str, Any]) -> Any:
    numbers = {key: float(value) if isinstance(value, int) else value for key, value in changes.items()}
    return replace(row, **numbers)


def _override(file: _File, table: str, name: str, before: Any, after: Any) -> ChangedDefault:
    keys = _keys(before)
    was, now = ({key: value for key, value in asdict(row).items() if key in keys} for row in (before, after))
    return ChangedDefault(table, name, was, now, after.because, file.line(table, name))


def _near(word: str, known: Iterable[str]) -> str:
    """The nearest names, or all of them."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=2, cutoff=0.5)
    return f"Did you mean {' or '.join(close)}?" if close else f"There are: {', '.join(names)}."
