"""The word lists beside this file, loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

__all__ = ["by_first_letter", "phrases", "table"]


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file `data/<name>.toml`."""
    text = (files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def phrases(name: str, key: str) -> frozenset[str]:
    """One list of a table: an array, or a text with words between blanks."""
    value = table(name)[key]
    return frozenset(value.split() if isinstance(value, str) else value)


def by_first_letter(options: Iterable[str]) -> str:
    """A choice of patterns in their order, with those of one first letter as one branch: it matches the same, and tries a few at a place.

    Args:
        options: patterns; those that begin with a letter begin with it as it stands.
    """
    groups: dict[str, list[str]] = {}
    for each in options:
        groups.setdefault(each[0].lower() if each[0].isalpha() else "", []).append(each)
    return "|".join(
        f"{letter}(?:{'|'.join(each[1:] for each in found)})" if letter else "|".join(found) for letter, found in groups.items()
    )
