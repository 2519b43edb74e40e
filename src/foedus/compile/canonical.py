"""The form of a program over which its digest is made: plain, sorted, with a version, and nothing that no run depends on.

What has its default is left out, so that a field which is added with a default changes no digest of what does not use it. The names of
classes are no part of the form, but for the laws of distributions, which tell what their numbers mean.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from foedus.distributions import Distribution

__all__ = ["VERSION", "aside", "canonical_text"]

VERSION = 1  # of the form; another number makes other digests


def aside(default: Any = dataclasses.MISSING, *, factory: Any = dataclasses.MISSING) -> Any:
    """A field that no run depends on: it is no part of the form."""
    return dataclasses.field(default=default, default_factory=factory, repr=False, metadata={"aside": True})


def canonical_text(value: object) -> str:
    """A value of plain data classes as text."""
    return json.dumps({"version": VERSION, "value": _plain(value)}, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


_SIMPLE = frozenset({int, str, bool, float, type(None)})  # floats are written with all their digits, and the sign of zero


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _SIMPLE:
        return value
    if kind is tuple or kind is list:
        return [_plain(one) for one in value]
    if isinstance(value, float):  # of numpy
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    found = {name: _plain(one) for name, default in _fields(kind) if not _is_default(one := getattr(value, name), default)}
    if isinstance(value, Distribution):
        found["law"] = kind.__name__
    return found


def _is_default(value: object, default: object) -> bool:
    """Is it the same, the kind of number and the sign of zero included?"""
    return value is default or (value == default and type(value) is type(default) and repr(value) == repr(default))


@lru_cache(maxsize=256)
def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    """The fields of a class that a run depends on, with their defaults."""
    fields = [field for field in dataclasses.fields(kind) if not field.metadata.get("aside")]
    return tuple(
        (field.name, field.default if field.default_factory is dataclasses.MISSING else field.default_factory())
        for field in fields
    )
