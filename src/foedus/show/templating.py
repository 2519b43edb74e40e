"""The templates of whatever is made as HTML: everything escaped, nothing undefined, no control characters."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from foedus.show.judged import judgements_html
from foedus.show.verbatim import warning_lines
from foedus.show.words import counted, number, people_date, plain, readable, unit_words
from foedus.titles import name_words

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["environment"]


@functools.cache  # so that a template is compiled once, however many pages are made of it
def environment(*packages: str) -> Environment:
    """Templates with everything escaped; control characters never reach the page.

    Args:
        packages: whose folders `templates` are looked through before that of the report.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(package, "templates") for package in (*packages, "foedus.show")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters.update(
        number=number,
        unit=unit_words,
        words=name_words,
        day=people_date,
        counted=counted,
        lines_of_warning=warning_lines,
        readable=readable,
        judged=judgements_html,
    )
    return made


def _shown(value: object) -> object:
    """What is put into a page: no control characters, and a day as people write it wherever it comes from."""
    return people_date(plain(value)) if type(value) is str else value
