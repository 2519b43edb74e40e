"""What everything that is made as HTML looks like: colours and fonts, then text, links, buttons and fields."""

from __future__ import annotations

from importlib import resources

from foedus.show.palette import theme_css

__all__ = ["base_style"]


def base_style(*, has_theme: bool = True) -> str:
    """The style that pages, reports and dossiers begin with; their own rules follow.

    Args:
        has_theme: with colours and fonts; without for a page that puts them elsewhere.
    """
    base = resources.files(__package__).joinpath("templates", "base.css").read_text(encoding="utf-8")
    return (theme_css() if has_theme else "") + base
