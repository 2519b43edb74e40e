"""The small table that a notebook shows for a finding."""

from __future__ import annotations

from markupsafe import Markup

from foedus.analysis.finding import Finding, QuestionFinding
from foedus.show.ranking import baseline_answer, shown_difference, shown_statistic
from foedus.show.words import is_beyond_error, percent, plain, points, quantity, unit_words, yardstick

__all__ = ["html_summary"]

_CELL = "text-align:left;vertical-align:top"


def html_summary(finding: Finding) -> str:
    """Baseline answers, and for each the scenario that moves it most; a fragment for `_repr_html_`."""
    rows = Markup("").join(_row(finding, question) for question in finding.questions)
    failed = sum(count for name, count in finding.status.items() if name != "ok")
    futures = f"{finding.manifest.futures:,} futures, seed {finding.manifest.seed}, {failed:,} failed"
    size = f"{finding.horizon}, {futures}"
    baseline = finding.scenarios[0].label if finding.scenarios else "baseline"
    page = Markup(
        "<div><p><b>{}</b><br>{}</p><table><thead>"
        "<tr><th style='{}'>Question</th><th style='{}'>{}</th>"
        "<th style='{}'>± or 90 %</th><th style='{}'>Moved most by</th></tr></thead>"
        "<tbody>{}</tbody></table></div>"
    )
    size = f"made on {finding.made_on}, {size}" if finding.made_on else size
    about = f"As of {finding.as_of}, {size}" if finding.as_of else size
    return str(
        page.format(plain(finding.title), plain(about), _CELL, _CELL, plain(baseline), _CELL, _CELL, rows)
    )


def _row(finding: Finding, question: QuestionFinding) -> Markup:
    answer = baseline_answer(finding, question)
    if answer is None:
        return Markup("")
    if question.kind == "probability":
        shown, spread = (
            f"{percent(answer.probability)}, {yardstick(answer.probability, answer.mc_error)}",
            _points(answer.mc_error),
        )
    else:
        interval = quantity(answer.quantiles)
        shown = f"{interval.median} {unit_words(question.unit)}".strip()
        spread = f"{interval.low} to {interval.high}"
    cells = (plain(question.ask), shown, spread, _strongest(finding, question))
    tags = Markup("").join(Markup("<td style='{}'>{}</td>").format(_CELL, cell) for cell in cells)
    return Markup("<tr>{}</tr>").format(tags)


def _points(error: float) -> str:
    return f"± {points(error).removeprefix('+')} points"


def _strongest(finding: Finding, question: QuestionFinding) -> str:
    """The scenario with the largest clear difference, and that difference."""
    answers = [
        (s.label, question.answers[s.name]) for s in finding.scenarios[1:] if s.name in question.answers
    ]
    clear = [pair for pair in answers if is_beyond_error(pair[1].difference, pair[1].difference_error)]
    if not clear:
        return "–"
    label, answer = max(clear, key=lambda pair: abs(pair[1].difference or 0.0))
    return f"{plain(label)}: {shown_statistic(answer)} ({shown_difference(answer)})"
