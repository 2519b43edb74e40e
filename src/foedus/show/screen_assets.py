"""What every screen of foedus shares: the basic style, and how its scripts say numbers and make elements."""

from __future__ import annotations

from importlib import resources

__all__ = ["base_style", "word_script"]


def base_style() -> str:
    """The style of text, links, buttons and fields; colours are variables of `palette.theme_css`."""
    return _asset("base.css")


def word_script() -> str:
    """Functions for numbers in words and for elements whose texts are never markup."""
    return _asset("words.js")


def _asset(name: str) -> str:
    return resources.files("foedus.show").joinpath("screen", name).read_text(encoding="utf-8")
