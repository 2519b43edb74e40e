"""The page: one HTML file with the case's program, its texts and everything that runs and draws them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.page.content import JUDGED, content_document
from foedus.page.plan import drawn_program, plan_document
from foedus.screen.assets import page_frame, page_style
from foedus.screen.link import script
from foedus.show.palette import theme_css
from foedus.wording import counted

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["page_document", "page_html"]


def page_html(case: Case, documents: str | Path | None = None, *, extra: str = "", futures: int = JUDGED) -> str:
    """The whole page as one text; nothing in it is fetched from elsewhere.

    Args:
        case: the case.
        documents: a folder with documents that claims quote, besides the case's own.
        extra: further script, for a server that reloads the page.
        futures: behind the key judgements and what else the page says of the case as it stands; the rest is run in the browser.
    """
    program = drawn_program(case)
    content = content_document(case, program, documents, futures)
    parts = {
        "JUDGEMENTS": _judgements(content.pop("judgements")),
        "RIVALS": _rivals(content.pop("rivals")),
        "TITLE": _escaped(content["title"]),
        "THEME": theme_css(),
        "STYLE": page_style(),
        "PLAN": _json(plan_document(program, dict(case.pools.laws), len(case.program.saved), case.joint)),
        "CONTENT": _json(content),
        "ENGINE": script("engine/main.js"),
        "EXTRA": extra,
        "SCREEN": script("page/main.js"),
    }
    html = page_frame()
    for name, text in parts.items():
        before, mark, after = html.partition(f"<!--{name}-->")
        assert mark, name
        html = before + text + after
    return html


def page_document(case: Case, path: str | Path, html: str) -> dict[str, Any]:
    """What `foedus page --json` prints of a page that was written."""
    return {"case": case.name, "page": str(path), "bytes": len(html.encode()), "program": case.program.digest}


_STANDS = "You look at another scenario or other levers than the case as it stands: these figures are not of that."
"""What is seen beside figures that do not move once something has been moved; its place is kept, so that nothing jumps."""


def _judgements(told: dict[str, Any]) -> str:
    """The key judgements as a section that stands there without any script."""
    if not told["list"]:
        return ""
    note = f"As the case stands, {counted(told['futures'], 'future')} in every scenario; moving a lever does not change these sentences."
    # Hidden until the script has filled the head above it, so that nothing jumps; shown where there is no script.
    return (
        "<noscript><style>#judgements[hidden]{display:block}</style></noscript>"
        f'<section id="judgements" aria-labelledby="judgements-title" hidden><h2 id="judgements-title">{_escaped(told["ask"])}</h2>'
        f'{told["list"]}<p class="help">{note}</p></section>'
    )


def _rivals(told: dict[str, Any]) -> str:
    """The rival structures as a section that stands there without any script; nothing where the case declares none."""
    if not told["rows"]:
        return ""
    rows = "".join(
        f"<li><b>{_escaped(label)}</b> ({_escaped(weight)}): {_escaped(because)}"
        f"{'<br>' + _escaped('; '.join(moves)) if moves else ''}</li>"
        for label, weight, because, moves in told["rows"]
    )
    return (
        '<section id="rivals" class="wide" aria-labelledby="rivals-title"><h2 id="rivals-title">Rival structures</h2>'
        f'<p class="help">{_escaped(told["note"])}</p><p class="stands">{_STANDS}</p><ul>{rows}</ul></section>'
    )


def _json(document: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
