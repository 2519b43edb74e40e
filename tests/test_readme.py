"""The README says what is there: its commands exist, its links lead somewhere, its code runs."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.main import foedus

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/language.md",
    "docs/results.md",
    "docs/architecture.md",
    "docs/extending.md",
    "cases/pact/README.md",
]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"^    foedus (\w+)", README, re.MULTILINE))))
def test_every_command_of_the_readme_has_a_help_page(name):
    result = CliRunner().invoke(foedus, [name, "--help"])
    assert result.exit_code == 0 and "Usage:" in result.output


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+?)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


def test_the_python_of_the_readme_runs():
    import foedus as package

    code = re.search(r"```python\n(.*?)```", README, re.DOTALL).group(1)
    assert 'foedus.run_futures(foedus.load("pact"), futures=10_000, seed=7)' in code
    futures = package.run_futures(package.load("pact"), futures=100, seed=7, scenarios=["no_troops"])
    assert set(futures.to_xarray().dims) == {"scenario", "time", "future", "side"}


def test_the_readme_names_the_two_commands_first():
    assert README.index("make run") < README.index("make test") < README.index("## ")


def test_futures_draw_themselves_in_a_notebook():
    import foedus as package

    drawn = package.run_futures(package.load("pact"), futures=60, scenarios=["no_troops"])._repr_html_()
    assert drawn.lstrip().startswith("<") and "Kursk" in drawn
