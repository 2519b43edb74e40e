"""One base style: page, review, draft, report, dossier and the report of a calibration begin with it, and say none of it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from foedus.screen.assets import desk_style, page_style
from foedus.show.calibration_report import calibration_html
from foedus.show.report import report_html
from foedus.show.style import base_style

BASE = base_style(has_theme=False)
OWN = {
    "report": ("foedus.show", "templates/report.css"),
    "page": ("foedus.screen", "page/page.css"),
    "desk": ("foedus.screen", "kit/desk.css"),
    "review": ("foedus.screen", "review/review.css"),
    "draft": ("foedus.screen", "draft/draft.css"),
}


def rules(style: str) -> Iterator[tuple[str, str]]:
    """(selector, declaration) of what holds everywhere: rules inside of `@media` are others."""
    plain = re.sub(r"@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", style)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
        yield from ((one.strip(), part.strip()) for one in selectors.split(",") for part in body.split(";") if part.strip())


def test_everything_begins_with_the_base_style(finding) -> None:  # type: ignore[no-untyped-def]
    made = (page_style(), desk_style("review"), desk_style("draft"), report_html(finding), calibration_html("t", {}, (), ()))
    assert [BASE.strip() in one for one in made] == [True] * len(made)


@pytest.mark.parametrize("name", OWN)
def test_no_page_says_again_what_the_base_style_says(name: str) -> None:
    package, path = OWN[name]
    own = set(rules(files(package).joinpath(path).read_text(encoding="utf-8")))
    assert own & set(rules(BASE)) == set()


def test_a_rule_that_stands_twice_is_seen() -> None:
    assert set(rules("a,b{x:1;y:2}@media print{a{z:3}}c{w:4}")) == {
        ("a", "x:1"),
        ("a", "y:2"),
        ("b", "x:1"),
        ("b", "y:2"),
        ("c", "w:4"),
    }
