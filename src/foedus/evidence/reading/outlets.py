"""Who brings a document: its outlet by the page's metadata, the agency by its dateline or its line of sources."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

__all__ = ["Outlet", "outlet_of"]

_HEAD = 200_000
_LINES = 40
_DATELINE = re.compile(
    r"^[^\S\n]*(?:[A-Z][\w.’'-]*(?:[ /,]+[A-Z][\w.’'-]*){0,5},?[ ,]*)?"
    r"(?:(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?),? )?"
    r"\((?P<agency>[A-Z][\w.&’' -]{1,40})\)[^\S\n]*[-–—]",
    re.MULTILINE,
)
_SOURCE_LINE = re.compile(r"(?:^|\| ?)(?:Source|Agency|Wire)s?: (?P<agency>[A-Z][\w.&’' -]{1,40}?)[^\S\n]*(?:$|\|)", re.MULTILINE)
_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_SITE = re.compile(r"(?:property|name)\s*=\s*[\"']?(?:og:site_name|application-name|publisher|dc\.publisher)\b", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE)
_LINKED = re.compile(r"<script\b[^>]*application/ld\+json[^>]*>(?P<data>.*?)</script>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Outlet:
    """Who brings a document; None for what it does not tell.

    Attributes:
        name: the paper or site. agency: whose report it is, where the outlet only prints it.
    """

    name: str | None = None
    agency: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """As it stands in JSON."""
        return {"name": self.name, "agency": self.agency}


def outlet_of(text: str, raw: bytes, form: str) -> Outlet:
    """The outlet and agency of a document.

    Args:
        text: the working text. raw: the bytes as they are, for the metadata of a page. form: "html" for a page.
    """
    start = "\n".join(text.split("\n", _LINES)[:_LINES])
    found = _DATELINE.search(start) or _SOURCE_LINE.search(start)
    name = _site(raw[:_HEAD].decode("utf-8", "replace")) if form == "html" else None
    return Outlet(name, found["agency"].strip() if found is not None else None)


def _site(page: str) -> str | None:
    """The name of a site, by its own metadata."""
    for tag in _META.findall(page):
        content = _CONTENT.search(tag) if _SITE.search(tag) else None
        written = (content["double"] or content["single"] or "") if content is not None else ""
        if written.strip():
            return _clean(written)
    for block in _LINKED.finditer(page):
        try:
            publisher = _publisher(json.loads(block["data"]))
        except (ValueError, RecursionError):
            continue
        if publisher:
            return _clean(publisher)
    return None


def _clean(name: str) -> str:
    return " ".join(html.unescape(name).split())[:80]


def _publisher(data: Any) -> str | None:
    """The publisher's name in linked data."""
    rows = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for row in rows if isinstance(rows, list) else []:
        publisher = row.get("publisher") if isinstance(row, dict) else None
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name
    return None
