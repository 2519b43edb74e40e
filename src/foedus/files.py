"""Safe writing: beside its place, brought to the disk, renamed. Nobody ever sees half a file, and a failure leaves the old one whole.

And what can be told of bytes that are no text in UTF-8.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from foedus.errors import InputError, Problem

__all__ = ["cannot_write", "no_text", "put_beside", "real_path", "require_folder", "write_bytes", "write_text"]


def real_path(path: str | Path) -> Path:
    """Where a file lies, with links followed; links that go round in a circle lead to no file, and are left as they are named.

    Raises:
        OSError, ValueError: no file can have such a name.
    """
    return Path(os.path.realpath(path))


@contextmanager
def put_beside(path: str | Path, *, replaces: bool = True, is_synced: bool = True) -> Iterator[Path]:
    """A free name in the same folder, to be made a file or a folder; at the end of the block it takes the place of `path`.

    A new file gets the rights that any new file gets here, one that replaces another keeps those of the old. Where `path` is a
    link, what it points to is replaced. If the block fails, what was made is removed and `path` stays as it was.

    Args:
        path: where it is to stand.
        replaces: False leaves what stands there by then, and drops the new one without a word.
        is_synced: bring it to the disk before it is renamed; False for what can be made again, such as a cache.
    Yields:
        The name beside; nothing stands there yet.
    Raises:
        OSError: it cannot be written.
    """
    target = real_path(path)
    beside = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        yield beside
        if not beside.is_dir():
            _prepare(beside, target, is_synced)
        _place(beside, target, replaces)
        if is_synced:
            _sync_folder(target.parent)
    finally:
        _remove(beside)


def write_bytes(data: bytes, path: str | Path, *, is_synced: bool = True) -> None:
    """Write a file whole.

    Raises:
        OSError: it cannot be written; what stood there is whole.
    """
    with put_beside(path, is_synced=is_synced) as beside:
        beside.write_bytes(data)


def write_text(path: str | Path, text: str, what: str = "the file") -> None:
    """Write a text for a user, as UTF-8 with the line ends it has.

    Raises:
        InputError: it cannot be written; what stood there is whole.
    """
    try:
        write_bytes(text.encode("utf-8"), path)
    except OSError as error:
        raise cannot_write(path, what, error) from None


def require_folder(path: str | Path, help: str = "Make it, or choose another place.") -> None:
    """Refuse a place before the work where no folder is there to put it in.

    Raises:
        InputError: there is none.
    """
    folder = Path(path).parent
    if not folder.is_dir():
        raise InputError(Problem(str(path), 0, 0, "cannot-write", f"there is no folder {folder}.", help))


def cannot_write(path: str | Path, what: str, error: OSError) -> InputError:
    """The refusal of a place that cannot be written to."""
    message = f"{what} cannot be written: {error.strerror or error}."
    return InputError(Problem(str(path), 0, 0, "cannot-write", message, "Choose another place."))


def no_text(raw: bytes, otherwise: str) -> str:
    """Why bytes with a zero among them are no text in UTF-8: the coding that they seem to be in, or else what is given."""
    start = raw[: len(raw[:4000]) // 4 * 4]
    zeros = [start[place::4].count(0) * 4 / len(start) if start else 0.0 for place in range(4)]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return f"it is saved as {'UTF-32' if min(sorted(zeros)[1:]) > 0.5 else 'UTF-16'}, not as UTF-8."
    many = sum(share > 0.5 for share in zeros)
    if many == 3:
        return "it looks like UTF-32, without the mark at its start that would say so."
    if many == 2 and (min(zeros[0::2]) > 0.5 or min(zeros[1::2]) > 0.5):
        return "it looks like UTF-16, without the mark at its start that would say so."
    return otherwise


def _prepare(beside: Path, target: Path, is_synced: bool) -> None:
    """Its bytes on the disk, and the rights of the file that it replaces."""
    if is_synced:
        with beside.open("r+b") as file:
            os.fsync(file.fileno())
    with contextlib.suppress(FileNotFoundError):
        beside.chmod(target.stat().st_mode & 0o7777)


def _place(beside: Path, target: Path, replaces: bool) -> None:
    """Give it its name."""
    if not replaces:
        _place_new(beside, target)
        return
    if beside.is_dir() and target.is_dir():  # a folder cannot be renamed onto another that holds anything
        shutil.rmtree(target)
    beside.replace(target)


def _place_new(beside: Path, target: Path) -> None:
    """Give it its name, unless somebody else was faster."""
    try:
        os.link(beside, target)  # a rename would replace what has come in between
    except FileExistsError:
        return
    except OSError:  # a folder, or a file system without links
        if not target.exists():
            beside.rename(target)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk; some systems cannot open a folder, and the file is whole without it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(beside: Path) -> None:
    """What is left if the block failed; after a rename nothing is."""
    if beside.is_dir():
        shutil.rmtree(beside, ignore_errors=True)
    with contextlib.suppress(OSError):
        beside.unlink(missing_ok=True)
