"""What a document is read for: the words that bear on the matter, which words are one thing, and which count people.

The package brings packs by subject; a case picks some of them, and adds words of its own, in `reading.toml` beside its model:

    packs = ["conflict"]
    core = "ferry ferries harbour*"
    people = "sailor"

    [same]
    ferry = "ferries boat boats"

Without such a file all packs count together.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.reading.units import singular

__all__ = ["FILE", "Subject", "known_packs", "of_packs", "read_subject", "subject_beside"]

FILE = "reading.toml"
Pairs = tuple[tuple[str, str], ...]
_LISTS, _TABLES, _LARGEST = ("core", "people"), ("same", "families"), 1_000_000


@dataclass(frozen=True)
class Subject:
    """The words of a matter.

    Attributes:
        core: words that tell that a statement bears on it; `*` at the end stands for any ending.
        people: words that count people.
        same: (word, the word that stands for it).
        families: (word of a unit, the word that stands for it), where figures are levels or running totals of one thing.
    """

    core: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    same: Pairs = ()
    families: Pairs = ()

    def core_words(self, words: str) -> frozenset[str]:
        """The words of the matter that stand in a text, in small letters."""
        return frozenset(match.group().lower() for match in _pattern(self.core).finditer(words))

    def unit_of(self, written: str, units: Collection[str]) -> str:
        """A unit with its counted noun in the word of one of these units: soldiers a month are persons a month, rounds are shells.

        What none of them stands for stays as it is written.
        """
        noun, rest = _counted(written)
        one = singular(noun.lower())
        stands_for = {one, dict(self.same).get(one, one), dict(self.families).get(one, one)}
        for head, _ in map(_counted, sorted(units)):
            is_people = head in _PEOPLE and (one in self.people or one in _PEOPLE)
            if is_people or singular(head.lower()) in stands_for:
                return head + rest
        return written

    def joined(self, other: Subject) -> Subject:
        """Both together; where they differ on a word, the other."""
        core = tuple(sorted({*self.core, *other.core}))
        return Subject(core, self.people | other.people, _both(self.same, other.same), _both(self.families, other.families))


_PEOPLE = frozenset(("person", "people"))


def _counted(unit: str) -> tuple[str, str]:
    """What is counted, and the rest: "soldiers", "/month"."""
    noun = re.split(r"\s+per\s+|\s*/\s*", unit, maxsplit=1)[0]
    return noun, unit[len(noun) :]


def _both(one: Pairs, other: Pairs) -> Pairs:
    return tuple(sorted({**dict(one), **dict(other)}.items()))


@cache
def _pattern(core: tuple[str, ...]) -> re.Pattern[str]:
    options = [
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in sorted(core, key=len, reverse=True)
    ]
    return re.compile(rf"\b(?:{'|'.join(options)})\b" if options else r"(?!)", re.IGNORECASE)


@cache
def known_packs() -> tuple[str, ...]:
    """The subjects that the package brings words for."""
    return tuple(sorted(Path(one.name).stem for one in (files(__package__) / "packs").iterdir() if one.name.endswith(".toml")))


@cache
def of_packs(names: tuple[str, ...] | None = None) -> Subject:
    """The words of some packs together; of all of them where none is named."""
    subject = Subject()
    for name in known_packs() if names is None else names:
        text = (files(__package__) / "packs" / f"{name}.toml").read_text(encoding="utf-8")
        subject = subject.joined(_subject(tomllib.loads(text)))
    return subject


def _subject(content: Mapping[str, Any]) -> Subject:
    tables = {
        key: tuple(sorted((word, one) for one, words in content.get(key, {}).items() for word in _words(words)))
        for key in _TABLES
    }
    return Subject(tuple(sorted(_words(content.get("core", "")))), frozenset(_words(content.get("people", ""))), **tables)


def _words(written: str | Iterable[str]) -> list[str]:
    return written.lower().split() if isinstance(written, str) else [word.lower() for word in written]


def read_subject(path: Path) -> Subject:
    """The words of a case's own file, with the packs that it picks.

    Raises:
        EvidenceError: the file cannot be read, or names something unknown; all of it at once.
    """
    try:
        raw = path.read_bytes()
        if len(raw) > _LARGEST:
            raise ValueError(f"it has {len(raw):,} bytes, and at most {_LARGEST:,} are read")
        content = tomllib.loads(raw.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        help = 'Write it as TOML in UTF-8, such as: packs = ["conflict"]'
        raise EvidenceError(Problem(str(path), 0, 0, "bad-reading", f"The file cannot be read: {error}.", help)) from None
    problems = [Problem(str(path), 0, 0, code, message, help) for code, message, help in _complaints(content)]
    if problems:
        raise EvidenceError(problems)
    packs = content.get("packs")
    return of_packs(None if packs is None else tuple(packs)).joined(_subject(content))


def subject_beside(folder: Path) -> Subject | None:
    """What the case in a folder reads for; None where it does not say.

    Raises:
        EvidenceError: its file is wrong.
    """
    path = folder / FILE
    return read_subject(path) if path.is_file() else None


def _complaints(content: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """(code, message, help) of everything that is wrong."""
    for key in content.keys() - {"packs", *_LISTS, *_TABLES}:
        yield "unknown-key", f"there is no key `{key[:40]}` in it.", f"Known keys: packs, {', '.join((*_LISTS, *_TABLES))}."
    packs = content.get("packs", [])
    if not isinstance(packs, list) or not all(isinstance(one, str) for one in packs):
        yield "bad-reading", "`packs` is no list of names.", f"Known packs: {', '.join(known_packs())}."
    else:
        for name in packs:
            if name not in known_packs():
                near = difflib.get_close_matches(name, known_packs(), n=1)
                help = f"Did you mean {near[0]}?" if near else f"Known packs: {', '.join(known_packs())}."
                yield "unknown-pack", f"there is no pack `{name[:40]}`.", help
    values = [(key, content[key]) for key in _LISTS if key in content]
    for key in _TABLES:
        if isinstance(content.get(key, {}), dict):
            values += [(f"{key}.{name}", value) for name, value in content.get(key, {}).items()]
        else:
            yield "bad-reading", f"`{key}` is no table.", f'Write [{key}] and under it lines such as: ferry = "ferries boat"'
    for key, value in values:
        if not _is_words(value):
            yield (
                "bad-reading",
                f"`{key}` is no text with words.",
                'Write words between blanks, such as "ferry ferries harbour*".',
            )


def _is_words(value: object) -> bool:
    """A text, or a list of words; a bare `*` would be every word."""
    words = value.split() if isinstance(value, str) else value
    return isinstance(words, list) and all(isinstance(one, str) and one.rstrip("*") and not one.count(" ") for one in words)
