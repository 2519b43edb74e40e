"""Specifications to drawings: SVG that takes its colours from the page around it."""

from __future__ import annotations

import functools
import json
import re

from markupsafe import Markup, escape

from foedus.show.charts import Specification
from foedus.show.palette import with_variables

__all__ = ["chart_svg", "drawn", "themed"]

_KEPT = 128  # drawings: a file and a page of the same chart follow each other


def chart_svg(specification: Specification, name: str, title: str, description: str) -> Markup:
    """One chart as inline SVG.

    Args:
        specification: a Vega-Lite document with its data inside; nothing is fetched.
        name: prefix of the ids in the drawing, unique on the page.
        title, description: what a screen reader says.
    Returns:
        An `<svg>` element without fixed size, in the colours of the page.
    """
    return themed(drawn(specification), name, title, description)


def drawn(specification: Specification) -> str:
    """A Vega-Lite document with its data inside as the library draws it; drawn once, however often it is asked for."""
    return _drawn(json.dumps(specification, sort_keys=True))


@functools.lru_cache(maxsize=_KEPT)
def _drawn(text: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(text, allowed_base_urls=[]))


def themed(svg: str, name: str, title: str, description: str) -> Markup:
    """A drawing with unique ids, theme colours, a title and a description, that scales with its box."""
    head_end = svg.index(">") + 1
    head, body = svg[:head_end], svg[head_end:]
    box = re.search(r'viewBox="([^"]*)"', head)
    body = re.sub(r'\sid="([^"]*)"', lambda match: f' id="{name}-{match[1]}"', body)
    body = re.sub(r"url\(#([^)]*)\)", lambda match: f"url(#{name}-{match[1]})", body)
    body = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", body)
    body = re.sub(r'(?<=\sd=")[^"]*', lambda match: re.sub(r"(\.\d)\d+", r"\1", match[0]), body)
    opening = (
        f'<svg class="chart" viewBox="{box[1] if box else ""}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
    )
    return Markup(opening + with_variables(body))
