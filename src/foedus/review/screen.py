"""The page itself: its text, its style and its script, put together from the files beside this one."""

from __future__ import annotations

from importlib import resources

from foedus.show.palette import THEME, theme_css
from foedus.show.screen_assets import base_style, word_script

__all__ = ["SCRIPTS", "icon", "page", "script", "style"]

SCRIPTS = (
    "texts", "call", "filters", "chosen", "queue", "reader", "prior", "conflicts", "card", "form", "place", "help", "app",
)  # fmt: skip


def page() -> str:
    """The page without any claim; its script asks for them."""
    return _asset("review.html")


def style() -> str:
    return theme_css() + base_style() + _asset("review.css")


def script() -> str:
    """All scripts in one scope."""
    parts = "\n".join([word_script(), *(_asset(f"{name}.js") for name in SCRIPTS)])
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


def icon() -> str:
    """A check mark in the colour of the baseline."""
    colour = THEME["base"][0]
    mark = f'<path d="M3 9l3.5 3.5L13 4" fill="none" stroke="{colour}" stroke-width="2.4"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{mark}</svg>'


def _asset(name: str) -> str:
    return resources.files("foedus.review").joinpath("assets", name).read_text(encoding="utf-8")
