"""Styles and pages without content, as text; colours are variables of `palette.theme_css`."""

from __future__ import annotations

from importlib import resources

from foedus.show.palette import THEME, theme_css

__all__ = ["desk_style", "page_frame", "page_style", "tick_icon"]


def page_frame(app: str) -> str:
    """The HTML of a page (`page`, `review`, `draft`), which its script or its server fills."""
    return _text(app, f"{app}.html")


def page_style() -> str:
    """The style of the page of a case, after its colours: text, links, buttons and fields, and then its own."""
    return _text("kit", "base.css") + _text("page", "page.css")


def desk_style(app: str) -> str:
    """The style of a page on which somebody decides: colours, what all pages share, what such pages share, and its own."""
    return theme_css() + _text("kit", "base.css") + _text("kit", "desk.css") + _text(app, f"{app}.css")


def tick_icon() -> str:
    """A check mark in the colour of the baseline."""
    colour = THEME["base"][0]
    mark = f'<path d="M3 9l3.5 3.5L13 4" fill="none" stroke="{colour}" stroke-width="2.4"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{mark}</svg>'


def _text(folder: str, name: str) -> str:
    return resources.files(__package__).joinpath(folder, name).read_text(encoding="utf-8")
