"""What LLVM has made, kept on disk under the digest of all that it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import llvmlite

from foedus.files import write_bytes

__all__ = ["is_kept", "kept_or_made"]

_MOST_BYTES = 128 * 2**20
"""What the folder may hold. A limit by number would throw a program of minutes away for a hundred that take none."""
_LOOKS = 16  # one of so many that are kept looks whether the folder has outgrown that: to list it takes longer the more it holds


def kept_or_made(parts: Sequence[str], make: Callable[[], bytes]) -> bytes:
    """The bytes that were made from the same parts before, by the same LLVM; else they are made, and kept.

    Args:
        parts: all on which the bytes depend, but for the version of LLVM.
        make: makes them.
    """
    path = _path(parts)
    if path is None:
        return make()
    found = _kept(path)
    if found is None:
        found = make()
        _keep(path, found)
    return found


def is_kept(parts: Sequence[str]) -> bool:
    """Were bytes made from the same parts before, by the same LLVM, and kept?"""
    path = _path(parts)
    return path is not None and path.exists()


def _path(parts: Sequence[str]) -> Path | None:
    """Where the bytes that are made from some parts are kept; None where nothing is."""
    folder = _cache_folder()
    name = hashlib.sha256("\n".join((*parts, llvmlite.__version__)).encode()).hexdigest()
    return None if folder is None else folder / f"{name}.o"


def _cache_folder() -> Path | None:
    """Where it is kept; None when FOEDUS_CACHE is set to nothing."""
    named = os.environ.get("FOEDUS_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "foedus"


def _kept(path: Path) -> bytes | None:
    """What a file of the cache holds, None if it is missing or damaged."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(raw[32:]).digest() != raw[:32]:
        return None
    with contextlib.suppress(OSError):  # of a cache that can only be read
        os.utime(path)  # what is used stays
    return raw[32:]


def _keep(path: Path, content: bytes) -> None:
    """Write beside and rename; a cache that cannot be written is no reason to stop."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(hashlib.sha256(content).digest() + content, path, is_synced=False)
        if int(path.stem[:8], 16) % _LOOKS == 0:
            _prune(path.parent)
    except OSError:
        return


def _prune(folder: Path) -> None:
    """Take away what was used longest ago, until the rest is small enough."""
    used = []
    for path in folder.glob("*.o"):
        with contextlib.suppress(OSError):  # another process has just taken it away
            found = path.stat()
            used.append((found.st_mtime, found.st_size, path))
    total = 0
    for _, size, path in sorted(used, reverse=True):
        total += size
        if total > _MOST_BYTES:
            path.unlink(missing_ok=True)
