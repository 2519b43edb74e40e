"""The page itself: its text, its style and its script, put together from the files beside this one."""

from __future__ import annotations

from importlib import resources

from foedus.show.palette import theme_css
from foedus.show.screen_assets import base_style, desk_script, desk_style, word_script

__all__ = ["SCRIPTS", "page", "script", "style"]

SCRIPTS = (
    "texts",
    "filters",
    "chosen",
    "queue",
    "reader",
    "prior",
    "conflicts",
    "card",
    "form",
    "place",
    "help",
    "app",
)


def page() -> str:
    """The page without any claim; its script asks for them."""
    return _asset("review.html")


def style() -> str:
    return theme_css() + base_style() + desk_style() + _asset("review.css")


def script() -> str:
    """All scripts in one scope."""
    parts = "\n".join([word_script(), desk_script(), *(_asset(f"{name}.js") for name in SCRIPTS)])
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


def _asset(name: str) -> str:
    return resources.files("foedus.review").joinpath("assets", name).read_text(encoding="utf-8")
