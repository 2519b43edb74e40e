"""Days that the linked data of a page (JSON-LD) tell of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["days_of_linked_data"]

_ARTICLE = re.compile(r"Article|BlogPosting|Report|NewsItem|WebPage|LiveBlog")
_LOOSE = re.compile(r'"(?P<key>datePublished|dateModified)"\s*:\s*"(?P<day>[^"]+)"')
_MOST = 2_000


def days_of_linked_data(data: str) -> dict[str, str]:
    """`linked` and `modified` days of an article, and `live` if it is a live page; an article goes before the page that holds it."""
    try:
        rows = list(_rows(json.loads(data)))
    except (ValueError, RecursionError):
        found = {match["key"]: match["day"] for match in reversed(list(_LOOSE.finditer(data)))}
        return {name: found[key] for key, name in (("datePublished", "linked"), ("dateModified", "modified")) if key in found}
    told: dict[str, str] = {}
    rows.sort(key=lambda row: "Article" not in _type(row) and "Posting" not in _type(row))
    for row in rows:
        if not _ARTICLE.search(_type(row)):
            continue
        for key, name in (("datePublished", "linked"), ("dateModified", "modified")):
            if isinstance(row.get(key), str):
                told.setdefault(name, row[key])
        if "LiveBlog" in _type(row):
            told.setdefault("live", "yes")
    return told


def _type(row: dict[str, Any]) -> str:
    kind = row.get("@type", "")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _rows(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a document of linked data, breadth first; the updates of a live page are not the page."""
    queue, seen = [data], 0
    while queue and seen < _MOST:
        each = queue.pop(0)
        seen += 1
        if isinstance(each, list):
            queue.extend(each[:_MOST])
        elif isinstance(each, dict):
            yield each
            queue.extend(each[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in each)
