"""What every screen of foedus shares: the basic style, and how its scripts say numbers and make elements."""

from __future__ import annotations

from importlib import resources

from foedus.show.palette import THEME

__all__ = ["base_style", "desk_script", "desk_style", "tick_icon", "word_script"]


def base_style() -> str:
    """The style of text, links, buttons and fields; colours are variables of `palette.theme_css`."""
    return _asset("base.css")


def word_script() -> str:
    """Functions for numbers in words and for elements whose texts are never markup."""
    return _asset("words.js")


def desk_style() -> str:
    """The style of pages on which somebody decides: header, panes on small screens, badges, what is said, refusals."""
    return _asset("desk.css")


def desk_script() -> str:
    """Functions by which such a page asks its server, fills its frame and keeps its theme; its own texts stand in `TEXTS` and `KEPT`."""
    return _asset("call.js") + _asset("frame.js")


def tick_icon() -> str:
    """A check mark in the colour of the baseline."""
    colour = THEME["base"][0]
    mark = f'<path d="M3 9l3.5 3.5L13 4" fill="none" stroke="{colour}" stroke-width="2.4"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{mark}</svg>'


def _asset(name: str) -> str:
    return resources.files("foedus.show").joinpath("screen", name).read_text(encoding="utf-8")
