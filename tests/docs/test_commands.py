"""Every command line that the README and the docs print is run here, on the shipped cases, in a copy of the repository's folders.

The lines of a page run in their order, for later ones use what earlier ones wrote. `SMALLER` makes long ones short, by options alone.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from foedus.cli.main import _COMMANDS, main
from helpers import ROOT

PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
    "docs/shelf/index.md",
    *(f"cases/{path.parent.name}/README.md" for path in sorted((ROOT / "cases").glob("*/README.md"))),
]
_RUN = "-n 60 --no-report"
_QUICK_FIT = "--members 80 --passes 1 --refinements 0"
_FIT = "--members 160 --passes 1 --refinements 0"  # fewer leave a posterior under which stocks go below zero
# the longest beginning counts
SMALLER = {
    "run": "-n 60",
    "run west_africa --posterior": _RUN,
    "run pact --save": _RUN,
    "run pact --set": _RUN,
    "run pact --without-source": _RUN,
    "check cases/pact/model": "--no-run",
    "dossier": "-n 60",
    "page": "-n 60",
    "sources pact kursk_apr": "-n 20",
    "trace": "-n 100",
    "hindcast": "-n 20",
    "freeze": "-n 60 --no-short",
    "freeze pact@2024-06-20": "-n 60",
    "believe": "-n 2000",
    "why": "-n 200 --causes 4",
    "discover": "-n 1000",
    "flip": "-n 100",
    "explain": "-n 60",
    "worth": "-n 200",
    "twin": "-w 20 --lucks 5 -n 500",
    "twin pact kursk_apr": "-w 20 --lucks 4 -n 500",
    "redteam": "-n 600",
    "check pact": "-n 400",
    "calibrate": _QUICK_FIT,
    "calibrate west_africa --seeds": f"--seeds 2 {_FIT}",
    "calibrate west_africa --sbc": f"--sbc 3 {_QUICK_FIT}",
    "backtest": f"--origins 2024-01-01 --horizons 4 {_FIT}",
    "backtest gas_storage": f"--origins 2019-07-05 --horizons 4 {_FIT}",
    "calibrate gas_storage": f"--until 2019-07-05 {_QUICK_FIT}",
    "backtest west_africa": f"--origins 2014-12-03 --horizons 4 {_FIT}",
    "natural": "--members 20 --passes 1 --refinements 0",
    "review": "--no-open",
    "serve": "--port 0 -n 60",
}
SERVERS = ("review", "serve")
NEEDS = {
    "read": "spacy",
    "read news.rss": "feedparser",
    "discover": "sklearn",
    "new outbreak": "spacy",
    "check outbreak": "spacy",
    "run outbreak": "spacy",
    "new corridor": "spacy",
    "check corridor": "spacy",
    "run corridor": "spacy",
    "trace corridor": "spacy",
    "review corridor": "spacy",
    "new camps": "spacy",
    "ledger harbour import proposals": "spacy",
    "ledger harbour reread": "spacy",
    "ledger my_case import": "spacy",
    "ledger my_case show": "spacy",
    "backtest": "statsmodels",
    "calibrate west_africa --seeds": "arviz_stats",
}
# what it needs does not ship; the page says so, and the command names it
REFUSED = {"fit ardennes --data DIR": "no-data"}
FEED = """<rss version="2.0"><channel><title>Echo</title><item><title>Storm</title><pubDate>Mon, 21 Oct 2024 09:00:00 GMT</pubDate>
<description>At least 40 boats sank on Sunday, the coast guard said.</description></item></channel></rss>"""
ARTICLE = "<html><head><meta property='article:published_time' content='2024-10-18'></head><body><article><p>The ministry said on Friday that {} people had arrived.</p></article></body></html>"


@dataclass(frozen=True)
class Line:
    """A command as a page prints it: its words, and the file that takes its output."""

    page: str
    number: int
    words: tuple[str, ...]
    target: str = ""

    @property
    def text(self) -> str:
        return shlex.join(self.words)

    def of(self, table: dict[str, str]) -> str | None:
        """What a table says about it: the longest beginning of the line counts."""
        found = [key for key in table if self.text == key or self.text.startswith((f"{key} ", f"{key}."))]
        return table[max(found, key=len)] if found else None


def lines_of(page: str) -> list[Line]:
    """The command lines of a page: indented, with a prompt or without, and an explanation behind two blanks or a #."""
    found = []
    for number, line in enumerate((ROOT / page).read_text(encoding="utf-8").split("\n"), 1):
        match = re.match(r"    (?:\$ )?foedus ([a-z].*)", line)
        if match:
            command, _, target = re.split(r"\s{2,}", match[1])[0].partition(" > ")
            found.append(Line(page, number, tuple(shlex.split(command, comments=True)), target.strip()))
    return found


def first_times(lines: list[Line]) -> list[Line]:
    """The lines without those that another page prints to the letter and that leave nothing behind for the lines below them."""
    found: dict[str, Line] = {}
    for line in lines:
        is_alone = not line.target and not {"-o", "--save", "-p"} & set(line.words) and line.words[0] in ALONE
        is_alone |= line.words[0] in MAKERS and not any(line.words[-1] in other.words[1:2] for other in lines)
        found.setdefault(line.text if is_alone else f"{line.page}:{line.number}", line)
    return list(found.values())


MAKERS = ("dossier", "page")  # what they write is alone where no other line reads it
ALONE = (
    "believe",
    "check",
    "diff",
    "discover",
    "explain",
    "fit",
    "fmt",
    "hindcast",
    "natural",
    "redteam",
    "replay",
    "run",
    "serve",
    "shelf",
    "sources",
    "today",
    "trace",
    "twin",
    "why",
)
"""Verbs that only show something; the report that `run` leaves is read by no line below it."""
LINES = first_times([line for page in PAGES for line in lines_of(page)])


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A folder for each page with what a reader has: the cases, the samples, and files of one's own."""
    found: dict[str, Path] = {}

    def place(page: str) -> Path:
        if page not in found:
            folder = found[page] = tmp_path_factory.mktemp(page.replace("/", "-"))
            shutil.copytree(ROOT / "cases", folder / "cases")
            for samples in ("tests/reading/samples", "tests/draft/samples", "tests/fit/samples"):
                shutil.copytree(ROOT / samples, folder / samples)
            outcomes = '[{"question": "kursk_apr", "value": true, "date": "2025-04-01", "source": "a test", "contested": false}]'
            (folder / "outcomes.json").write_text(outcomes)
            (folder / "article.html").write_text(ARTICLE.format("2,000"))
            (folder / "news.rss").write_text(FEED)
            (folder / "reports").mkdir()
            (folder / "reports/article.txt").write_text("The ministry said on Friday that 3,000 people had arrived.")
            shutil.copy(ROOT / "cases/lanchester_square/model.foedus", folder / "model.foedus")
        return found[page]

    return place


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES, ids=[f"{line.page}:{line.number} {line.text[:60]}" for line in LINES])
def test_a_documented_line_runs(line, places, monkeypatch, capsys):
    if module := line.of(NEEDS):
        pytest.importorskip(module)
    place = places(line.page)
    monkeypatch.chdir(place)
    if line.words[:3] == ("ledger", "harbour", "reread") and not Path("earlier").exists():
        Path("earlier").mkdir()  # the article has changed since
        shutil.move("article.html", "earlier/article.html")
        Path("article.html").write_text(ARTICLE.format("3,000"))
    words = [*line.words, *shlex.split(line.of(SMALLER) or "")]
    if line.words[0] in SERVERS:
        assert served(words, place).startswith("http://127.0.0.1:")
        return
    try:
        main(words)
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    if refusal := line.of(REFUSED):
        assert code == 1 and refusal in said.err
        return
    assert code == 0, said.err
    assert len(said.out.split()) >= 2, "it prints something that can be read"
    if line.target:
        (place / line.target).write_text(said.out, encoding="utf-8")


def served(words: list[str], place: Path) -> str:
    """The address that a server prints before it is told to stop; it ends as it should."""
    # Where tests run in the background, children inherit that SIGINT is ignored.
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    call = [sys.executable, "-c", f"{heeds}; import sys; from foedus.cli.main import main; main(sys.argv[1:])", *words]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        call, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        address = next((line.split()[0] for line in process.stdout if line.startswith("http://")), "none was printed")
        assert b"<html" in urlopen(address, timeout=60).read()
        process.send_signal(signal.SIGINT)
        try:
            rest, _ = process.communicate(timeout=60)
        finally:
            process.kill()
        assert process.returncode == 0 and "Traceback" not in rest, rest
    return address


def test_the_tables_name_lines_that_there_are():
    for table in (SMALLER, NEEDS, REFUSED):
        for beginning in table:
            assert any(line.text == beginning or line.text.startswith((f"{beginning} ", f"{beginning}.")) for line in LINES), (
                beginning
            )


def test_every_command_is_documented_by_a_line_that_runs():
    spoken_to = {"lsp"}  # speaks a protocol on its input: docs/editor.md names it, tests/editor speaks with it
    assert {line.words[0] for line in LINES} == set(_COMMANDS) - spoken_to
    assert "`foedus lsp`" in (ROOT / "docs/editor.md").read_text(encoding="utf-8")


GROUPS = {"ledger": r" (?:CASE|pact|\w+) ([a-z]+)\b", "register": r" ([a-z]+)\b"}
"""Commands with commands of their own, and where these stand."""


@pytest.mark.parametrize("page", PAGES)
def test_commands_named_in_a_sentence_exist(page):
    """`foedus NAME --option`: the name is a command and the option is one of its own."""
    from click.testing import CliRunner

    from foedus.cli.main import foedus

    text = (ROOT / page).read_text(encoding="utf-8")
    for name, rest in re.findall(r"`foedus ([a-z]+)([^`]*)`", text):
        assert name in _COMMANDS, f"{page}: foedus {name}"
        group = GROUPS.get(name)
        sub = re.match(group, rest) if group is not None else None
        words = [name, *(["pact"] if name == "ledger" else []), sub[1]] if sub else [name]
        shown = CliRunner().invoke(foedus, [*words, "--help"]).output
        for option in re.findall(r"(?<![\w-])(--[a-z][a-z-]*|-[a-z])\b", rest):
            assert option in shown, f"{page}: foedus {name}{rest}"


def test_the_readme_leads_from_the_first_command_to_a_foedus_that_is_found():
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    first = readme.index("make run")
    assert first < readme.index("source .venv/bin/activate") < readme.index("    foedus ")
    assert re.search(r"^run:.*\n(?:\t.*\n)*\t.*source \$\(BIN\)/activate", makefile, re.MULTILINE)
