"""Articles out of feeds and libraries of references: saved RSS and Atom files, BibTeX and RIS exports (Zotero and others).

Nothing is fetched: what stands in the file, or beside it as an attachment, is written to a folder as documents of their own, each with
its day in its name, so that they can be read, quoted and read again like any other.
"""

from __future__ import annotations

import html
import importlib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foedus import extras
from foedus.errors import EvidenceError, Problem
from foedus.files import real_path, write_bytes

__all__ = ["FEEDS", "Article", "articles_of", "is_feed", "unpack"]

FEEDS = (".rss", ".atom", ".xml", ".bib", ".ris")
_LARGEST = 50_000_000
_LONGEST_NAME = 60
_ATTACHED = (".pdf", ".html", ".htm", ".xhtml", ".txt", ".md")


@dataclass(frozen=True)
class Article:
    """One entry of a feed.

    Attributes:
        title: as it stands there. published: ISO day; "" where none is told, or a year only.
        body: the bytes of its document, and `suffix` the end of that document's name.
        missing: attachments that are named and not there.
    """

    title: str
    published: str
    body: bytes
    suffix: str
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Of its document: the day, and the words of the title."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode()
        words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-") or "article"
        return f"{self.published}_{words}{self.suffix}" if self.published else f"{words}{self.suffix}"


def is_feed(path: Path) -> bool:
    """Whether a file is one of those, by its name."""
    return path.suffix.lower() in FEEDS


def articles_of(path: Path) -> list[Article]:
    """The articles of a feed or a library of references, in its order.

    Raises:
        EvidenceError: it cannot be read, holds no article, or a library for it is not installed.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}."
        raise EvidenceError(Problem(str(path), 0, 0, "cannot-read", message, "Check the path and its permissions.")) from None
    if len(raw) > _LARGEST:
        message = f"the file is larger than {_LARGEST // 1_000_000} MB."
        raise EvidenceError(Problem(str(path), 0, 0, "too-large", message, "Split it into several."))
    suffix = path.suffix.lower()
    read = {".bib": _bibtex, ".ris": _ris}.get(suffix, _feed)
    found = list(read(raw, path.parent))
    if not found:
        message = "there is no article in it, neither a text nor an attachment that is there."
        help_text = "Export it with its files (in Zotero: Export Files), or save the feed again."
        raise EvidenceError(Problem(str(path), 0, 0, "no-documents", message, help_text))
    return found


def unpack(articles: Sequence[Article], folder: Path) -> list[Path]:
    """Write articles into a folder, made if it is not there; what is there with the same bytes stays as it is.

    Returns:
        Their documents, in the order of the articles. An article of the same name and other bytes gets a number behind its name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_placed(article, folder) for article in articles]


def _placed(article: Article, folder: Path) -> Path:
    number = 1
    while True:
        stem = article.name.removesuffix(article.suffix)
        path = folder / (article.name if number == 1 else f"{stem}-{number}{article.suffix}")
        if not path.exists():
            write_bytes(article.body, path)
            return path
        if path.is_file() and path.read_bytes() == article.body:
            return path
        number += 1


def _library(name: str) -> Any:
    problem = extras.missing("feeds", "unpacking feeds", name)
    if problem is not None:
        raise EvidenceError(problem)
    return importlib.import_module(name)


# --- RSS and Atom ----------------------------------------------------------------------------------------------


def _feed(raw: bytes, folder: Path) -> Iterator[Article]:
    """The entries of an RSS or Atom file that hold a text; bytes only, so that nothing is fetched."""
    read = _library("feedparser").parse(io.BytesIO(raw))
    outlet = str(read.feed.get("title", ""))
    for entry in read.entries:
        texts = [str(part.get("value", "")) for part in entry.get("content", [])] or [str(entry.get("summary", ""))]
        text = max(texts, key=len)
        if re.search(r"\w", re.sub(r"<[^>]*>", "", text)) is None:
            continue
        stamp = entry.get("published_parsed") or entry.get("updated_parsed")
        day = date(*stamp[:3]).isoformat() if stamp else ""
        title = " ".join(html.unescape(re.sub(r"<[^>]*>", "", str(entry.get("title", "")))).split())
        yield Article(title, day, _page(title, day, str(entry.get("link", "")), outlet, text).encode(), ".html")


def _page(title: str, day: str, link: str, outlet: str, text: str) -> str:
    """An HTML document of an entry, with what the feed knows about it in its head."""
    heads = [f"<title>{html.escape(title)}</title>"]
    if day:
        heads.append(f'<meta property="article:published_time" content="{day}">')
    if outlet:
        heads.append(f'<meta property="og:site_name" content="{html.escape(outlet, quote=True)}">')
    if re.match(r"https?://", link):
        heads.append(f'<link rel="canonical" href="{html.escape(link, quote=True)}">')
    body = text if re.search(r"<(?:p|div|br|ul|table)\b", text, re.IGNORECASE) else f"<p>{text}</p>"
    head = "\n".join(['<meta charset="utf-8">', *heads])
    return (
        f"<!DOCTYPE html>\n<html>\n<head>\n{head}\n</head>\n<body>\n<article>\n"
        f"<h1>{html.escape(title)}</h1>\n{body}\n</article>\n</body>\n</html>\n"
    )


# --- BibTeX and RIS --------------------------------------------------------------------------------------------


def _bibtex(raw: bytes, folder: Path) -> Iterator[Article]:
    library, middlewares = _library("bibtexparser"), _library("bibtexparser.middlewares")
    read = library.parse_string(raw.decode("utf-8-sig", "replace"), append_middleware=[middlewares.LatexDecodingMiddleware()])
    for entry in read.entries:
        fields = {str(key).lower(): str(field.value) for key, field in entry.fields_dict.items()}
        year, month, day = (fields.get(key, "") for key in ("year", "month", "day"))
        written = fields.get("date") or "-".join(part for part in (year, _month(month), day) if part)
        yield from _entry(
            fields.get("title", ""), _iso(written), fields.get("abstract", ""), _files(fields.get("file", "")), folder
        )


def _ris(raw: bytes, folder: Path) -> Iterator[Article]:
    for entry in _library("rispy").loads(raw.decode("utf-8-sig", "replace")):
        title = str(entry.get("title") or entry.get("primary_title") or "")
        written = str(entry.get("date") or entry.get("publication_year") or entry.get("year") or "")
        files = [str(value) for key in entry for value in _each(entry[key]) if key.startswith("file_attachments")]
        yield from _entry(title, _iso(written), str(entry.get("abstract") or ""), files, folder)


def _each(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def _entry(title: str, day: str, abstract: str, files: Sequence[str], folder: Path) -> Iterator[Article]:
    """The attachments of a reference that can be read, else its abstract."""
    title = " ".join(title.replace("{", "").replace("}", "").split())
    found: list[tuple[str, bytes]] = []
    missing: list[str] = []
    for name in files:
        path = real_path(folder / name)
        if path.suffix.lower() not in _ATTACHED:
            continue
        try:
            if not path.is_relative_to(real_path(folder)):
                raise FileNotFoundError  # an export brings its files along; one that names others is not followed
            found.append((path.suffix.lower(), path.read_bytes()))
        except OSError:
            missing.append(name)
    for suffix, body in found:
        yield Article(title, day, body, suffix, tuple(missing))
    if not found and abstract.strip():
        yield Article(title, day, f"{title}\n\n{abstract.strip()}\n".encode(), ".txt", tuple(missing))


def _files(written: str) -> list[str]:
    """The paths of Zotero's field: "Full Text:files/12/a.pdf:application/pdf;…", or a path alone."""
    found = []
    for part in re.split(r"(?<!\\);", written):
        pieces = re.split(r"(?<!\\):", part)
        path = pieces[1] if len(pieces) >= 3 else part
        found.append(re.sub(r"\\(.)", r"\1", path).strip())
    return [path for path in found if path]


_MONTHS: Mapping[str, str] = {
    name: f"{number:02d}" for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


def _month(written: str) -> str:
    return _MONTHS.get(written[:3].lower(), written.zfill(2) if written.isdecimal() else "")


def _iso(written: str) -> str:
    """A whole day as ISO; "" for a year or a month only, from which no time can be counted."""
    match = re.match(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})", written)
    if match is None:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""
