"""Documents found by their digest, and the words that a claim points to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, DocumentReference
from foedus.evidence.ledger import Ledger
from foedus.wording import counted

__all__ = ["Documents", "span_digest"]

LARGEST_DOCUMENT = 20_000_000
MOST_FILES = 20_000


def span_digest(quote: str) -> str:
    """The first 16 hex digits of the sha256 of the quoted characters in UTF-8."""
    return hashlib.sha256(quote.encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True)
class Documents:
    """The documents below some directories, by the sha256 of their raw bytes.

    Offsets of a claim are indices into the text decoded as UTF-8 with its line ends as they are. Hidden
    files and files above 20 MB are passed over.
    """

    directories: tuple[Path, ...]
    _paths: dict[str, Path] = field(init=False, repr=False, compare=False)
    _texts: dict[str, str] = field(init=False, repr=False, compare=False)

    def __init__(self, *directories: str | Path) -> None:
        folders = tuple(Path(directory) for directory in directories)
        object.__setattr__(self, "directories", folders)
        object.__setattr__(
            self, "_paths", {digest: path for folder in reversed(folders) for digest, path in _index(folder).items()}
        )
        object.__setattr__(self, "_texts", {})

    @classmethod
    def beside(cls, home: Path, given: str | Path | None = None) -> Documents | None:
        """The documents of a case: those in the folder `documents` beside its model, and those in a folder that a user names.

        None where there is neither.
        """
        own = [path for path in (home / "documents",) if path.is_dir()]
        named = [Path(given)] if given is not None else []
        return cls(*own, *named) if own or named else None

    def find(self, reference: DocumentReference) -> Path | None:
        """Where the document is, or None when it is not here."""
        return self._paths.get(reference.sha256)

    def quote(self, claim: Claim) -> str | None:
        """The words that the claim points to; None when it has no span or its document is not here.

        Raises:
            EvidenceError: the span lies outside the document, its words have changed, or a file of the
                document's name has other contents.
        """
        quote, problem = self._look(claim)
        if problem is not None:
            raise EvidenceError(problem)
        return quote

    def check(self, ledger: Ledger) -> tuple[DocumentReference, ...]:
        """Check every span whose document is here; return the documents that are not.

        Raises:
            EvidenceError: all problems, each with the line of the ledger.
        """
        problems = [problem for claim in ledger.claims if (problem := self._look(claim)[1])]
        if problems:
            raise EvidenceError(problems)
        named = {claim.document for claim in ledger.claims if claim.document is not None}
        missing = (reference for reference in named if self.find(reference) is None)
        return tuple(sorted(missing, key=lambda reference: reference.title))

    def _look(self, claim: Claim) -> tuple[str | None, Problem | None]:
        """The quote, or the problem with it, or neither."""
        if claim.document is None or claim.start is None or claim.end is None:
            return None, None
        path = self.find(claim.document)
        if path is None:
            return None, self._changed(claim, claim.document)
        text = self._text(claim.document.sha256, path)
        if text is None:
            return None, _problem(claim, "not-utf-8", f"{path.name} is not UTF-8 text.", "Convert the document first.")
        if claim.end > len(text):
            message = f"The span ends at {claim.end:,}, but {path.name} has {len(text):,} characters."
            return None, _problem(claim, "span-outside", message, "Correct `start` and `end`.")
        quote = text[claim.start : claim.end]
        if claim.span_sha256 != span_digest(quote):
            message = f"The words at {claim.start}–{claim.end} of {path.name} are not those that were recorded."
            return None, _problem(claim, "span-mismatch", message, "Find the words again and correct the span.")
        return quote, None

    def _changed(self, claim: Claim, reference: DocumentReference) -> Problem | None:
        """A file of the document's name or title, with other contents."""
        names = {name for name in (reference.file, reference.title) if name}
        for digest, path in self._paths.items():
            if path.name in names or path.stem in names:
                message = (
                    f"{path} has the name of this document, but other contents: sha256 {digest[:12]}…, "
                    f"the claim was read from {reference.sha256[:12]}…."
                )
                return _problem(claim, "document-changed", message, "Put the original file back, or read it anew.")
        return None

    def _text(self, digest: str, path: Path) -> str | None:
        """The decoded text, kept after the first reading; None when it is not UTF-8."""
        if digest not in self._texts:
            try:
                self._texts[digest] = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                return None
        return self._texts[digest]


def _index(directory: Path) -> dict[str, Path]:
    """Digest -> path for the files below a directory, in the order of their names."""
    if not directory.is_dir():
        message = f"{directory} is not a directory."
        raise EvidenceError(Problem(str(directory), 0, 0, "no-directory", message, "Name a directory with documents."))
    paths: dict[str, Path] = {}
    for count, path in enumerate(sorted(directory.rglob("*"))):
        if count > MOST_FILES:
            message = f"There are more than {counted(MOST_FILES, 'file')} below {directory}."
            raise EvidenceError(Problem(str(directory), 0, 0, "too-many-files", message, "Name a smaller directory."))
        hidden = any(part.startswith(".") for part in path.relative_to(directory).parts)
        if not hidden and path.is_file() and path.stat().st_size <= LARGEST_DOCUMENT:
            paths.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path)
    return paths


def _problem(claim: Claim, code: str, message: str, help_text: str) -> Problem:
    """A problem at the claim's line of the ledger."""
    found = claim.place.text.find('"start"')
    column = max(found, 0) + 1 if claim.place.line else 0
    width = len('"start"') if found >= 0 else 1
    file, line, text = claim.place.file, claim.place.line, claim.place.text
    return Problem(file, line, column, code, f"Claim {claim.id}: {message}", help_text, text, width)
