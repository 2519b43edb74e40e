"""What LLVM has made, kept on disk under the digest of all that it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import llvmlite

from foedus.files import write_bytes

__all__ = ["kept_or_made"]

_MOST_KEPT = 256


def kept_or_made(parts: Sequence[str], make: Callable[[], bytes]) -> bytes:
    """The bytes that were made from the same parts before, by the same LLVM; else they are made, and kept.

    Args:
        parts: all on which the bytes depend, but for the version of LLVM.
        make: makes them.
    """
    name = hashlib.sha256("\n".join((*parts, llvmlite.__version__)).encode()).hexdigest()
    folder = _cache_folder()
    if folder is None:
        return make()
    path = folder / f"{name}.o"
    found = _kept(path)
    if found is None:
        found = make()
        _keep(path, found)
    return found


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
        for old in sorted(path.parent.glob("*.o"), key=_last_used)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _last_used(path: Path) -> float:
    """When a file was used last; 0 if another process has just taken it away."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
