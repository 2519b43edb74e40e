"""Documents with a digest of their own content: what is frozen can be checked, what was changed is refused."""

from __future__ import annotations

import hashlib
import json
import math
import re
from pathlib import Path
from typing import Any

from foedus.errors import InputError, Problem
from foedus.making import made_on

__all__ = ["canonical", "dated", "document_text", "read_document", "rounded", "sealed", "text_digest"]

MADE_ON = "made_on"
LARGEST_DOCUMENT = 200_000_000


def canonical(document: dict[str, Any]) -> bytes:
    """The one spelling of a document: sorted keys, no blanks, UTF-8, no NaN. Without its `digest`, and without the day of its making:
    what is made again on another day is the same."""
    rest = {key: value for key, value in document.items() if key not in ("digest", MADE_ON)}
    return json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def sealed(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the SHA-256 of its canonical spelling under `digest`."""
    return {**document, "digest": hashlib.sha256(canonical(document)).hexdigest()}


def dated(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the day on which it is made; its digest stays what it is."""
    return {**document, MADE_ON: made_on()}


def document_text(document: dict[str, Any]) -> str:
    """A document as it is written to a file: short lists on one line, so that a change reads well."""
    return _lines(document, "") + "\n"


def read_document(path: Path, wanted: str) -> dict[str, Any]:
    """Read a sealed document.

    Args:
        wanted: its `format`.
    Raises:
        InputError: it cannot be read, is something else, or was changed after it was sealed.
    """

    def refuse(code: str, message: str, help: str) -> InputError:
        return InputError(Problem(str(path), 0, 0, code, message, help))

    try:
        if path.stat().st_size > LARGEST_DOCUMENT:
            raise refuse("too-large", "the file is too large to be such a document.", "Check that this is the right file.")
        document = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
    except OSError as error:
        raise refuse("cannot-read", f"the file cannot be read: {error.strerror or error}.", "Check the path.") from None
    except (ValueError, RecursionError) as error:
        raise refuse("not-json", f"this is no JSON document: {error}.", "Write it again with the command that made it.") from None
    if not isinstance(document, dict) or document.get("format") != wanted:
        found = document.get("format") if isinstance(document, dict) else type(document).__name__
        raise refuse(
            "wrong-format", f"the document's format is {found!r}, expected {wanted!r}.", "Check that this is the right file."
        )
    if document.get("digest") != sealed(document)["digest"]:
        message = "the document was changed after it was frozen: its digest does not fit its content."
        raise refuse("digest-differs", message, "Take the file as it was frozen, or freeze a new one under its own date.")
    told = document.get(MADE_ON)
    if told is not None and not (isinstance(told, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", told)):
        raise refuse("bad-date", f"`{MADE_ON}` is no date.", "Write it as YYYY-MM-DD, or take it out.")
    return document


def text_digest(text: str | bytes) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def rounded(value: float, digits: int = 6) -> float | None:
    """A number with so many significant digits; None where it is not finite."""
    return float(f"{value:.{digits}g}") if math.isfinite(value) else None


def _lines(value: Any, indent: str) -> str:
    if isinstance(value, dict) and value and len(flat := json.dumps(value, ensure_ascii=False, allow_nan=False)) > 120:
        inner = indent + " "
        rows = (f"{inner}{json.dumps(key, ensure_ascii=False)}: {_lines(part, inner)}" for key, part in value.items())
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        inner = indent + " "
        return "[\n" + ",\n".join(inner + _lines(part, inner) for part in value) + f"\n{indent}]"
    return flat if isinstance(value, dict) and value else json.dumps(value, ensure_ascii=False, allow_nan=False)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
