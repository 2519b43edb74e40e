"""Which version of foedus this is; a module of its own, so that nothing needs the package's front door to know it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["VERSION"]

try:
    VERSION = version("foedus")
except PackageNotFoundError:
    VERSION = "0"
