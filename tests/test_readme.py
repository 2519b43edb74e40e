"""The README says what is there: its commands exist, its links lead somewhere, its code runs."""

import json
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


COUNTS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def test_what_the_readme_counts_is_so():
    """Questions, scenarios and claims of the flagship; `some` is to the nearest ten."""
    import foedus as package

    case = package.load("pact")
    told = re.search(r"(\d+) questions, (\w+) scenarios, some (\d+) claims", README)
    assert told is not None and int(told[1]) == len(case.program.results)
    assert COUNTS.index(told[2]) == sum(not one.is_hidden for one in case.program.scenarios) and int(told[3]) == round(
        len(case.ledger.claims), -1
    )
    own = (ROOT / "cases/pact/README.md").read_text(encoding="utf-8")
    assert re.search(r"under (\w+) scenarios", own)[1] == told[2]


def test_what_the_pages_count_of_forecasts_is_so():
    """Questions of the flagship and of its June edition, and those that are generated beside them."""
    told = re.search(
        r"`pact` freezes (\d+) of them beside its (\d+) questions, its edition of June 2024 (\d+) beside (\d+)",
        (ROOT / "docs/register.md").read_text(encoding="utf-8"),
    )
    found = []
    for folder in ("cases/pact", "cases/pact/editions/2024-06-20"):
        frozen = json.loads((ROOT / folder / "forecast.json").read_text(encoding="utf-8"))["questions"]
        rows = frozen.values() if isinstance(frozen, dict) else frozen
        found += [sum(bool(row.get("generated")) for row in rows), sum(not row.get("generated") for row in rows)]
    assert told is not None and [int(one) for one in told.groups()] == found


def test_the_readme_names_the_two_commands_first():
    assert README.index("make run") < README.index("make test") < README.index("## ")


def test_futures_draw_themselves_in_a_notebook():
    import foedus as package

    drawn = package.run_futures(package.load("pact"), futures=60, scenarios=["no_troops"])._repr_html_()
    assert drawn.lstrip().startswith("<") and "Kursk" in drawn
