"""The word lists beside this file, loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

__all__ = ["phrases", "table"]


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
