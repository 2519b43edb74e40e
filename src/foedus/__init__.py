"""foedus: what could this move mean for that war?

    >>> import foedus
    >>> case = foedus.load("pact")
    >>> case
    <Case pact: ...>
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.case import Case, load

__all__ = ["Case", "__version__", "load"]

try:
    __version__ = version("foedus")
except PackageNotFoundError:
    __version__ = "0"


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for, so that `foedus --help` is quick."""
    if name in ("Case", "load"):
        from foedus import case

        return getattr(case, name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")
