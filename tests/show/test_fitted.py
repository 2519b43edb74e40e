"""Numbers in tables stay whole, whatever the width; what is quoted or to be pasted stands as it is."""

import ast
import dataclasses
import re
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

import foedus
from foedus.analysis.finding import Occurrence
from foedus.show.anchors import anchors_of
from foedus.show.fitted import FittedTable
from foedus.show.report import report_html
from foedus.show.report_answers import short_rows
from foedus.show.verbatim import Verbatim, warning_view

NUMBERS = ["0.0008", "12,345,678", "−0.00012", "1.3 × 10⁻⁵", "5.2 M", "→ 26,000", "10.5 people/week"]


def printed(view, width=80, **options):
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(view, **options)
    return capture.get()


def filled(kind, width, words=30):
    table = kind(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("what", width=words, overflow="fold")
    for heading in ("value", "±"):
        table.add_column(heading, width=4, justify="right", overflow="fold")
    for one in NUMBERS:
        table.add_row(Text(f"What stands here at {one} or so"), Text(one), one)
    return printed(table, width)


@pytest.mark.parametrize("width", [34, 45, 60, 80, 120])
def test_no_number_is_folded_inside(width):
    lines = filled(FittedTable, width).splitlines()
    assert max(map(len, (line.rstrip() for line in lines))) <= width
    text = "\n".join(lines)
    assert all(text.count(one.partition(" people")[0]) >= 2 for one in NUMBERS)


def test_a_plain_table_folds_them():
    """The control: the same cells in a table that knows nothing of figures."""
    assert "0.0008" not in re.sub(r"at 0.0008", "", filled(Table, 80))


def test_units_break_behind_the_slash_where_the_line_is_full():
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in ("price", "stock", "rate"):
        table.add_column(heading, justify="right", width=5)
    table.add_row(*("12\ndollars/tonne",) * 3)
    assert printed(table, 41).count("dollars/tonne") == 3
    lines = printed(table, 32).splitlines()
    assert any(line.split() == ["dollars/"] * 3 for line in lines) and any(line.split() == ["tonne"] * 3 for line in lines)


def test_styles_and_brackets_of_a_cell_survive_folding():
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", width=12)
    table.add_row(Text("[front] held by nobody\nnow"))
    assert [line.strip() for line in printed(table).splitlines() if line.strip()] == ["[front] held", "by nobody", "now"]


def test_every_table_with_figures_is_fitted():
    """Who makes a table of his own has no columns that stand to the right in it."""
    for path in Path(foedus.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "rich.table" not in text or path.name == "fitted.py":
            continue
        made = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "Table"]
        assert not made or "justify" not in text, path


WARNING = """model.foedus:3:12: nothing reads this.
    flow  lost : s -> outside = rate * something_long_that_goes_on * and_on * until_the_line_is_longer_than_the_screen * by_far
          ^^^^
Take it out.   [unread]"""


def test_carets_stand_below_the_place_that_a_warning_speaks_of():
    lines = printed(warning_view([WARNING, "One sentence."]), crop=False).splitlines()
    place = next(number for number, line in enumerate(lines) if "^" in line)
    assert lines[place - 1].index("lost") == lines[place].index("^") and lines[place - 1].endswith("by_far")
    assert lines[0].startswith("Warning: model.foedus:3:12") and lines[-1] == "Warning: One sentence."


def test_no_control_character_of_a_warning_reaches_the_screen():
    assert "\x1b" not in printed(warning_view(["a\x1b[2J\n    b\x1b[2J"]), crop=False)


def test_a_line_to_be_pasted_is_one_line():
    line = 'param rate : 1 ~ beta(12.5, 3)   because "' + "so many of so many were honoured, " * 5 + '"'
    assert printed(Verbatim(line), crop=False) == line + "\n"


def test_an_answer_without_a_unit_has_no_comma_before_its_errors(finding):
    question = next(one for one in finding.questions if one.kind == "quantity")
    name = finding.scenarios[0].name
    answer = dataclasses.replace(question.answers[name], calibration_error=0.2, chance=None)
    shown = {}
    for unit in ("1", "person"):
        asked = dataclasses.replace(question, unit=unit, answers={**question.answers, name: answer})
        changed = dataclasses.replace(finding, questions=(asked,))
        (row,) = short_rows(changed, anchors_of(changed), "quantity")
        shown[unit] = row.error
    assert shown["1"] == "± 0.2 (calibration)" and shown["person"] == "people, ± 0.2 (calibration)"


def test_the_report_has_formulas_and_names_of_the_model_only_where_they_are_asked_for(finding):
    occurrence = Occurrence(
        "decision", "seoul.choice: send_arms", "", finding.scenarios[0].name, 3, 0.5, 0.5, None, {"2 * fear_of[war]": 1.5}
    )
    html = report_html(dataclasses.replace(finding, occurrences=(occurrence,), warnings=(WARNING,)))
    shown = re.sub(r'<(span|code) class="raw">.*?</\1>', "", html)
    assert "2 * fear_of[war]" in html and "2 * fear_of[war]" not in shown and "mean terms" not in html
    assert "Seoul: choice: send arms" in shown and "seoul.choice: send_arms" not in shown
    assert '<code class="quoted">          ^^^^</code>' in html


def test_a_day_is_never_folded_inside() -> None:
    table = FittedTable(box=None, pad_edge=False)
    table.add_column("date", width=11)
    table.add_column("what", width=20)
    table.add_column("figure", justify="right", width=10)
    table.add_row("28 Apr 2022", "some words", "1,234.5678")
    console = Console(width=33)  # twelve less than they ask for: the words have to give way, not the day
    with console.capture() as shown:
        console.print(table)
    assert "28 Apr 2022" in shown.get() and "1,234.5678" in shown.get()
