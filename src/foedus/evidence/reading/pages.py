"""Documents of any form to text: plain, Markdown, HTML, PDF; with what their metadata tell."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.reading.article import kept_lines
from foedus.evidence.reading.blocks import is_row
from foedus.evidence.reading.libraries import library
from foedus.evidence.reading.repair import is_english_word
from foedus.evidence.reading.textmap import MappedText
from foedus.evidence.reading.visible import visible
from foedus.files import no_text

__all__ = ["Page", "page_of"]


@dataclass(frozen=True)
class Page:
    """A document as text.

    Attributes:
        text: working text and the way back to the original characters.
        form: text, markdown, html or pdf.
        marks: zones that the form itself gives, as stretches of the working text: by tags, by signs, "article" and "apart" by line.
        metadata: title; days as written there, under `linked`, `published`, `pubdate`, `date`, `modified`, `creation`, `address`.
        stamps: places of the working text with the day that stands there for a machine.
    """

    text: MappedText
    form: str
    marks: tuple[tuple[str, int, int], ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    stamps: tuple[tuple[int, str], ...] = ()


def page_of(raw: bytes, name: str) -> Page:
    """The page of a document's bytes.

    Raises:
        EvidenceError: it cannot be read as text.
    """
    if raw[:5] == b"%PDF-":
        return _pdf(raw, name)
    if not raw.strip():
        raise _refused(name, "empty-document", "the document is empty.", "Name a file with text in it.")
    text = decoded(raw)
    plain = MappedText(text.replace("\ufeff", " "), text, (0,), (0,))
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]", text[:100_000]))
    if controls > min(len(text), 100_000) // 200 + 1 or (name.lower().endswith(".pdf") and controls):
        raise _refused(name, "not-text", "this is no text, HTML, Markdown or PDF.", "Convert it to one of them first.")
    if re.search(r"<(?:!doctype html|html|head|body|article|p|div)\b", text[:4000], re.IGNORECASE):
        return _html(text, name)
    if re.search(r"\*Made by `foedus \w", text[:1000]):
        raise _own(name)
    if name.lower().endswith((".md", ".markdown")):
        return _markdown(text)
    return Page(unwrapped(_hyphens_joined(plain)), "text")


def _refused(name: str, code: str, message: str, help_text: str) -> EvidenceError:
    return EvidenceError(Problem(name, 0, 0, code, message, help_text))


def decoded(raw: bytes) -> str:
    """Bytes as text: by the mark at the start, UTF-8, the declared encoding, or the likeliest one."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    with contextlib.suppress(UnicodeDecodeError):
        text = raw.decode("utf-8")
        if not no_text(raw, ""):  # of plain letters it is valid UTF-8 too, with zeros between them
            return text
    declared = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", raw[:3000])
    if declared:
        try:
            return raw.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    best = library("charset_normalizer").from_bytes(raw).best()
    return str(best) if best is not None else raw.decode("cp1252", errors="replace")


_PARTED = re.compile(r"(?P<left>[A-Za-z]*[a-z])-[ \t]*\r?\n(?P<right>[a-z]+)")


def _hyphens_joined(text: MappedText) -> MappedText:
    """Words parted at the end of a line, whole again: "sol-/diers"; of "long-/term" the hyphen stays."""
    cuts = []
    for match in _PARTED.finditer(text.text):
        cuts.append((match.end("left") + _is_pair(match["left"], match["right"]), match.start("right")))
    return text.without(cuts)


def _is_pair(before: str, after: str) -> bool:
    """Whether the words at the end and the start of two lines are two, which no word joins."""
    left, right = re.search(r"[A-Za-z]*$", before), re.match(r"[a-z]*", after)
    one, other = (found.group().lower() if found else "" for found in (left, right))
    return is_english_word(one) and is_english_word(other) and not is_english_word(one + other)


def unwrapped(text: MappedText) -> MappedText:
    """Lines that were broken at a fixed width, joined to paragraphs; character for character."""
    text = _flowing_on(text)
    lines = text.text.split("\n")
    long = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(long) < 5 or not 40 <= long[int(0.9 * len(long))] <= 130 or long[-1] > 150:
        return text
    broken = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    full = sum(len(line) >= 0.7 * long[-1] for line in broken)
    if len(broken) < 3 or full < 0.8 * len(broken):
        return text
    joined = list(text.text)
    for match in re.finditer(r"(?<=[^\n])\n(?=[^\n\s*#>•|-])(?!\(?\d{1,3}[.)]\s)", text.text):
        place = match.start()
        before = text.text[text.text.rfind("\n", 0, place) + 1 : place]
        after = text.text[
            place + 1 : text.text.find("\n", place + 1) if "\n" in text.text[place + 1 : place + 400] else place + 400
        ]
        if not (is_row(before) or is_row(after)):
            joined[place] = " "
    return MappedText("".join(joined), text.original, text.starts, text.origins)


_GOES_ON = re.compile(r"(?<=[\w,’'”\"%])[ \t]*\n(?=[a-z][a-z’' -]*\b)")
_SHORTEST_BROKEN = 45


def _flowing_on(text: MappedText) -> MappedText:
    """With a long line joined to the next where a sentence goes on there in small letters."""
    joined = list(text.text)
    for match in _GOES_ON.finditer(text.text):
        start = text.text.rfind("\n", 0, match.start()) + 1
        end = text.text.find("\n", match.end())
        before, after = text.text[start : match.start()], text.text[match.end() : end if end > 0 else None]
        if len(before) >= _SHORTEST_BROKEN and not (is_row(before) or is_row(after)):
            joined[match.end() - 1] = " "
    return MappedText("".join(joined), text.original, text.starts, text.origins)


def _markdown(text: str) -> Page:
    """Markdown: marks become blanks, headings titles; the front matter is metadata."""
    metadata: dict[str, str] = {}
    marks: list[tuple[str, int, int]] = []
    calm = list(text)
    front = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if front:
        metadata = {
            key.lower(): value.strip().strip("\"'") for key, value in re.findall(r"^(\w+):\s*(.+)$", front[1], re.MULTILINE)
        }
        _blank(calm, *front.span())
    for match in re.finditer(r"^(#{1,6})\s+(.+)$", text, re.MULTILINE):
        marks.append(("title", match.start(2), match.end(2)))
    for match in re.finditer(r"^!\[([^\]]*)\]\([^)]*\)", text, re.MULTILINE):
        marks.append(("caption", match.start(1), match.end(1)))
    for match in re.finditer(r"^[^\S\n]*(?:[-*+•]|\d{1,3}[.)])[^\S\n]+(\S.*)$", text, re.MULTILINE):
        marks.append(("item", match.start(1), match.end(1)))
    for pattern in (
        r"^#{1,6}\s",
        r"!?\[(?=[^\]]+\]\()",
        r"\]\([^)]*\)",
        r"(?<!\w)[*_]{1,3}(?=\S)",
        r"(?<=\S)[*_]{1,3}(?!\w)",
        r"^>\s?",
        r"^[^\S\n]*[-*+]\s",
        r"`",
        r"```[\s\S]*?```",
    ):
        for match in re.finditer(pattern, text, re.MULTILINE):
            _blank(calm, *match.span())
    made = MappedText("".join(calm), text, (0,), (0,))
    return Page(unwrapped(made), "markdown", tuple(marks), metadata)


def _blank(characters: list[str], start: int, end: int) -> None:
    for place in range(start, end):
        if characters[place] != "\n":
            characters[place] = " "


def _own(name: str) -> EvidenceError:
    """What foedus says rests on claims already; to take it for a source would count them twice."""
    help_text = "Read the documents that it was made from."
    return _refused(name, "own-output", "foedus itself made this document: it is no source.", help_text)


def _html(text: str, name: str) -> Page:
    """The visible text of an HTML page, with its tags' zones and the lines of its article."""
    seen = visible(text)
    if seen.metadata.get("generator", "").lower().startswith("foedus"):
        raise _own(name)
    working = "".join(seen.pieces)
    made = MappedText(working, text, tuple(seen.starts) or (0,), tuple(seen.origins) or (0,))
    spans = [match.span() for match in re.finditer(r"[^\n]+", working)]
    kept = kept_lines(text, [working[start:end] for start, end in spans])
    marks = seen.marks if kept else [mark for mark in seen.marks if not _is_wrapper(mark, seen.length)]
    marks += [("article" if place in kept else "apart", *span) for place, span in enumerate(spans)] if kept else []
    return Page(made, "html", tuple(marks), dict(seen.metadata), tuple(seen.stamps))


def _is_wrapper(mark: tuple[str, int, int], length: int) -> bool:
    """A form or header around half of the page is no furniture: the page stands in it."""
    return mark[0] in ("menu", "related") and mark[2] - mark[1] > length // 2


def _pdf(raw: bytes, name: str) -> Page:
    """The text of a PDF, page after page; offsets are places in that text."""
    reader_library: Any = library("pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = reader_library.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refused(name, "locked-pdf", "the PDF is locked with a password.", "Save it without the password first.")
        text = "\n\n".join(page.extract_text() or "" for page in reader.pages)
        info = reader.metadata or {}
    except EvidenceError:
        raise
    except Exception as error:
        raise _refused(name, "bad-pdf", f"the PDF cannot be read: {error}.", "Save it again, or convert it to text.") from None
    if not text.strip():
        raise _refused(name, "no-text", "the PDF has no text, only pictures.", "Run it through text recognition first.")
    metadata = {
        "title": str(info.get("/Title") or ""),
        "creation": _pdf_date(str(info.get("/CreationDate") or "")),
        "of": "PDF creation date",
    }
    return Page(_flowing(text), "pdf", (), {key: value for key, value in metadata.items() if value})


def _flowing(text: str) -> MappedText:
    """The lines of printed pages as paragraphs: broken lines joined, words parted at a line's end whole again."""
    lines = list(re.finditer(r"[^\n]*(?:\n|$)", text))
    widths = sorted(len(line.group().rstrip()) for line in lines if line.group().strip())
    wide = 0.7 * widths[int(0.9 * (len(widths) - 1))] if widths else 0.0
    working: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    for line, follower in zip(lines, [*lines[1:], None], strict=True):
        words = line.group()
        after = follower.group() if follower is not None else ""
        is_table = is_row(words) and (not after.strip() or is_row(after))
        goes_on = bool(words.strip()) and bool(after.strip()) and (len(words.rstrip()) >= wide or after.lstrip()[:1].islower())
        is_broken = goes_on and not is_table
        if is_broken and re.search(r"[a-z]-\n$", words) and after[:1].islower():
            words = words[:-1] if _is_pair(words[:-2], after) else words[:-2]
        elif is_broken and words.endswith("\n"):
            words = words[:-1] + " "
        if words:
            starts.append(length)
            origins.append(line.start())
            working.append(words)
            length += len(words)
    return MappedText("".join(working), text, tuple(starts) or (0,), tuple(origins) or (0,))


def _pdf_date(stamp: str) -> str:
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", stamp)
    return f"{match[1]}-{match[2]}-{match[3]}" if match else ""
