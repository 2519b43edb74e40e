"""The page as a file: self-contained, small, safe against what a case may hold."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.page.conftest import EPIDEMIC

from foedus.case import Case, load
from foedus.cli.page_command import command
from foedus.page.build import page_html

LARGEST = 4_400_000  # 0.8 MB of it the members of a posterior, 1.9 MB the quantiles of pooled claims


class Fetched(HTMLParser):
    """Every address that a browser would fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.addresses += [given[name] or "" for name in ("src", "srcset", "data", "poster") if name in given]
        if tag == "link":
            self.addresses.append(given.get("href") or "")


def test_nothing_is_fetched(page: Path) -> None:
    parser = Fetched()
    parser.feed(page.read_text(encoding="utf-8"))
    assert [address for address in parser.addresses if not address.startswith("data:")] == []
    style = re.search(r"<style>(.*?)</style>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert style and "url(" not in style[1] and "@import" not in style[1]


def test_size(page: Path) -> None:
    assert page.stat().st_size < LARGEST


SCREEN = Path(str(resources.files("foedus.screen")))
SCRIPTS = {path.relative_to(SCREEN).as_posix(): path.read_text(encoding="utf-8") for path in sorted(SCREEN.rglob("*.js"))}


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_name_of_a_case_is_in_the_scripts(name: str) -> None:
    assert not re.search(r"pact|kursk|russia|contingent|dprk", SCRIPTS[name], re.IGNORECASE)
    assert SCRIPTS[name].count("\n") < 400


def test_texts_stand_in_one_place() -> None:
    known = set(re.findall(r"\b(\w+): \"", SCRIPTS["page/texts.js"]))
    used: set[str] = set()
    for name, text in SCRIPTS.items():
        if name.startswith("page/"):
            used |= set(re.findall(r"TEXTS\.(\w+)", text))
    used |= set(re.findall(r'data-(?:text|label)="(\w+)"', (SCREEN / "page/page.html").read_text(encoding="utf-8")))
    assert used <= known, used - known
    by_name = {name for name in known if name.startswith(("kind_", "take_"))} | {"in_force", "invoked", "honoured", "time"}
    assert known - by_name <= used, known - used


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_text_is_turned_into_code(name: str) -> None:
    text = SCRIPTS[name]
    assert not re.search(r"\beval\s*\(|new Function\b|Function\(|document\.write|setTimeout\(\s*[\"'`]|insertAdjacentHTML", text)
    # Markup comes from the case's own drawing and README only, both made by Python.
    assert len(re.findall(r"innerHTML|outerHTML", text)) == (2 if name == "page/main.js" else 0)


def test_markup_in_a_case_stays_text(tmp_path: Path) -> None:
    text = EPIDEMIC.read_text(encoding="utf-8").replace("How bad will the winter wave be?", "</script><script>alert(1)</script>")
    (tmp_path / "evil.foedus").write_text(text, encoding="utf-8")
    html = page_html(load(str(tmp_path / "evil.foedus")))
    assert "<script>alert" not in html


def test_command_writes_the_page(tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    found = CliRunner().invoke(command, [str(EPIDEMIC), "-o", str(target), "--json"])
    assert found.exit_code == 0 and f'"bytes": {target.stat().st_size}' in found.output


def test_the_scripts_are_javascript(node: str, page: Path, tmp_path: Path) -> None:
    html = page.read_text(encoding="utf-8")
    for number, script in enumerate(
        re.findall(r"<script(?: type=\"text/plain\" id=\"engine\")?>(.*?)</script>", html, re.DOTALL)
    ):
        path = tmp_path / f"{number}.js"
        path.write_text(script, encoding="utf-8")
        subprocess.run([node, "--check", str(path)], check=True, timeout=60)


def test_a_wrong_section_table_is_noticed(case: Case) -> None:
    """The joined module has its sections in the order that WebAssembly wants."""
    import base64

    from foedus.page.plan import drawn_program, plan_document
    from foedus.page.wasm import _sections

    if case.name != "epidemic":
        pytest.skip("one case is enough")
    code = base64.b64decode(plan_document(drawn_program(case), dict(case.pools.laws), len(case.program.saved))["module"])
    kinds = [kind for kind, _ in _sections(code)]
    assert 0 not in kinds and kinds.index(7) > kinds.index(3) and kinds.index(7) < kinds.index(10)


def test_a_state_of_the_whole_page_has_a_name_of_its_own() -> None:
    """A class that is put on the root may only stand before what it changes: as the subject of a rule it would lay out the page."""
    scripts = "".join(SCRIPTS.values())
    states = set(re.findall(r"(?:this\.root|documentElement)\.classList\.(?:add|toggle)\(\"(\w+)\"", scripts))
    assert {"altered", "ready", "failing"} <= states
    style = "".join(path.read_text(encoding="utf-8") for path in (SCREEN / "page").glob("*.css"))
    subjects = {
        name
        for rule in re.findall(r"([^{}]+)\{", style)
        for part in rule.split(",")
        for name in re.findall(r"\.(\w+)$", part.strip())
    }
    drawn = set(re.findall(r"class: \"([\w ]+)\"", scripts))
    assert not states & {name for names in drawn for name in names.split()}
    assert not (states & subjects) - {"dark", "light"}, "dark and light set colours of the root, and are meant to"
