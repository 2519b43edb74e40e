"""Styles and pages without content, as text; they begin with the style that everything shares (`foedus.show.style`)."""

from __future__ import annotations

from importlib import resources

from foedus.show.palette import THEME
from foedus.show.style import base_style

__all__ = ["desk_frame", "desk_style", "page_frame", "page_style", "tick_icon"]


def page_frame() -> str:
    """The HTML of the page of a case, which is filled when it is built."""
    return _text("page", "page.html")


def desk_frame(app: str, title: str, *data: str) -> str:
    """The HTML of a page on which somebody decides (`review`, `draft`), which its script fills: the head that they share, then its own body.

    Args:
        title: of the window.
        data: names of what the script says of its state on the root element.
    """
    head = _text("kit", "desk.html")
    for name, text in (("DATA", " ".join(f'data-{one}=""' for one in data)), ("TITLE", title), ("APP", app)):
        head = head.replace(name, text)
    return head + _text(app, f"{app}.html")


def page_style() -> str:
    """The style of the page of a case, after its colours: text, links, buttons and fields, and then its own."""
    return base_style(has_theme=False) + _text("page", "page.css")


def desk_style(app: str) -> str:
    """The style of a page on which somebody decides: colours, what all pages share, what such pages share, and its own."""
    return base_style() + _text("kit", "desk.css") + _text(app, f"{app}.css")


def tick_icon() -> str:
    """A check mark in the colour of the baseline."""
    colour = THEME["base"][0]
    mark = f'<path d="M3 9l3.5 3.5L13 4" fill="none" stroke="{colour}" stroke-width="2.4"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{mark}</svg>'


def _text(folder: str, name: str) -> str:
    return resources.files(__package__).joinpath(folder, name).read_text(encoding="utf-8")
