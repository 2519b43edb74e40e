"""What can be seen of an HTML page: its characters with their places in the source, its parts, and what its tags tell of days."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from foedus.evidence.reading.linked import days_of_linked_data

__all__ = ["Visible", "visible"]

_BLOCKS = frozenset(
    (
        "p div h1 h2 h3 h4 h5 h6 li ul ol section article header footer nav aside figure figcaption blockquote table tr "
        "br title main form pre dd dt dl hr address caption thead tbody summary details"
    ).split()
)
_SILENT = frozenset("script style noscript template svg iframe select button textarea".split())
_UNCLOSED = frozenset("select button textarea noscript iframe".split())
"""Silent parts whose end pages forget: a heading or paragraph of the page ends them."""
_AUDIBLE = frozenset("p h1 h2 h3 article main section".split())
_KINDS = {
    "h1": "title",
    "h2": "title",
    "h3": "title",
    "h4": "title",
    "h5": "title",
    "h6": "title",
    "title": "title",
    "figcaption": "caption",
    "nav": "menu",
    "footer": "menu",
    "aside": "related",
    "header": "menu",
    "form": "menu",
    "li": "item",
    "tr": "row",
}
_LONGEST_CELL = 80
_PUBLISHED = re.compile(
    r"published_time|datepublished|pubdate|publish-?_?date|publication_?date|dc\.date(?:\.issued)?|dcterms\.(?:created|issued|date)|"
    r"article\.published|article\.created|sailthru\.date|parsely-pub-date|date\.release|originalpublicationdate|^date$|^dc\.date"
)
_MODIFIED = re.compile(r"modified|updated|revised|last-?_?mod")


class Visible(HTMLParser):
    """Collects the visible characters of a page, each with its place in the source.

    Attributes:
        pieces, starts, origins: the working text and the way back. marks: stretches of it, by the tag around them.
        metadata: what its tags tell: title, generator, and days under `linked`, `published`, `pubdate`, `date`, `modified`, `address`.
        stamps: (place in the working text, day as written) of every `time` element.
    """

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *(match.end() for match in re.finditer(r"\n", source))]
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.length = 0
        self.marks: list[tuple[str, int, int]] = []
        self.metadata: dict[str, str] = {}
        self.stamps: list[tuple[int, str]] = []
        self._silent: list[str] = []
        self._open: list[tuple[str, str, int]] = []
        self._rows: list[list[int]] = []

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _add(self, text: str, origin: int) -> None:
        if text:
            self.pieces.append(text)
            self.starts.append(self.length)
            self.origins.append(origin)
            self.length += len(text)

    def _break(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self._add("\n", self._place())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attributes}
        self._tell(tag, found)
        if self._silent and self._silent[-1] in _UNCLOSED and tag in _AUDIBLE:
            self._silent.clear()
        if tag in _SILENT:
            self._silent.append(tag)
        if tag in _BLOCKS:
            self._break()
        if tag == "tr":
            self._rows.append([])
        if tag in ("td", "th"):
            self._cell()
        if tag in _KINDS:
            self._open.append((tag, _KINDS[tag], self.length))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """`<br/>`, and `<div/>` of pages that are no XHTML: the latter opens."""
        self.handle_starttag(tag, attributes)
        if tag in _SILENT and self._silent:
            self._silent.pop()

    def _tell(self, tag: str, found: dict[str, str]) -> None:
        """What a tag tells of the page: its title, its maker, its days."""
        if tag == "meta":
            self._meta(found)
        if tag == "link" and found.get("rel", "").lower() == "canonical":
            self.metadata["address"] = found.get("href", "")
        if tag == "time" or re.search(r"\bdatePublished\b", found.get("itemprop", "")):
            day = found.get("datetime") or found.get("content") or ""
            is_own = "datePublished" in found.get("itemprop", "") or "pubdate" in found
            if day:
                self.metadata.setdefault("pubdate" if is_own else "date", day)
                self.stamps.append((self.length, day))

    def _meta(self, found: dict[str, str]) -> None:
        name = (found.get("property") or found.get("name") or found.get("itemprop") or "").lower()
        content = found.get("content", "")
        if not content:
            return
        if _PUBLISHED.search(name) and not _MODIFIED.search(name):
            self.metadata.setdefault("published", content)
            self.metadata.setdefault("published by", name)
        elif _MODIFIED.search(name):
            self.metadata.setdefault("modified", content)
        if name == "generator":
            self.metadata.setdefault("generator", content)
        if name == "og:url":
            self.metadata.setdefault("address", content)
        if name in ("og:title", "twitter:title"):
            self.metadata.setdefault("title", html.unescape(content))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        for place in range(len(self._open) - 1, max(-1, len(self._open) - 40), -1):
            if self._open[place][0] == tag:
                _, kind, start = self._open.pop(place)
                self.marks.append((kind, start, self.length))
                break
        if tag == "tr" and self._rows:
            self._row(self._rows.pop())
        if tag in _BLOCKS:
            self._break()

    def _cell(self) -> None:
        """A cell begins: its border is a line end until the row is whole."""
        if self._rows:
            self._rows[-1].append(len(self.pieces))
        self._add("\n", self._place())

    def _row(self, borders: list[int]) -> None:
        """A row of short cells becomes one line with tabs; a row that only lays out the page stays lines."""
        limits = [*borders[1:], len(self.pieces)]
        texts = ["".join(self.pieces[low:high]).strip() for low, high in zip(borders, limits, strict=True)]
        if len(texts) < 2 or any("\n" in text or len(text) > _LONGEST_CELL for text in texts):
            return
        for place in range(borders[0] + 1, len(self.pieces)):
            if self.pieces[place] == "\n":
                self.pieces[place] = "\t" if place in borders else " "

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(re.sub(r"[\n\r\t]", " ", data), self._place())
        elif self._silent[-1] == "script" and ('"date' in data or '"@type"' in data):
            for key, value in days_of_linked_data(data).items():
                self.metadata.setdefault(key, value)

    def handle_entityref(self, name: str) -> None:
        if not self._silent:
            self._add(html.unescape(f"&{name};").replace("\xa0", " "), self._place())

    def handle_charref(self, name: str) -> None:
        if not self._silent:
            self._add(html.unescape(f"&#{name};").replace("\xa0", " "), self._place())


def visible(source: str) -> Visible:
    """Read a page."""
    reader = Visible(source)
    reader.feed(source)
    reader.close()
    return reader
