"""The page itself: its text, its style and its script."""

from __future__ import annotations

from foedus.screen.assets import desk_frame, desk_style
from foedus.screen.link import script as linked

__all__ = ["page", "script", "style"]


def page() -> str:
    """The page without any claim; its script asks for them."""
    return desk_frame("review", "Review", "ms", "current", "ready")


def style() -> str:
    return desk_style("review")


def script() -> str:
    return f"(() => {{\n{linked('review/main.js')}}})();\n"
