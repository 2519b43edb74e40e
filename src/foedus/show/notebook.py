"""The small table that a notebook shows for a finding."""

from __future__ import annotations

import math

from markupsafe import Markup

from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.analysis.moves import is_move
from foedus.show.failed import failed_heading, failed_places
from foedus.show.ranking import (
    NO_ANSWER,
    UNKNOWN_ERROR,
    baseline_answer,
    move_lines,
    move_size,
    shown_chance,
    shown_chance_error,
    shown_median,
    shown_median_error,
    shown_share,
    why_missing,
)
from foedus.show.states import state_words
from foedus.show.words import error_points, people_date, percent, plain, quantity, unit_words, yardstick
from foedus.wording import counted

__all__ = ["html_summary"]

_CELL = "text-align:left;vertical-align:top"


def html_summary(finding: Finding) -> str:
    """Baseline answers, and for each the scenario that moves it most; a fragment for `_repr_html_`."""
    rows = Markup("").join(_row(finding, question) for question in finding.questions)
    failed = sum(count for name, count in finding.status.items() if name != "ok")
    futures = f"{counted(finding.manifest.futures, 'future')}, seed {finding.manifest.seed}, {failed:,} failed"
    size = f"{finding.horizon}, {futures}"
    baseline = finding.scenarios[0].label if finding.scenarios else "baseline"
    page = Markup(
        "<div><p><b>{}</b><br>{}</p>{}<table><thead>"
        "<tr><th style='{}'>Question</th><th style='{}'>{}</th>"
        "<th style='{}'>± or 90 %</th><th style='{}'>Moved most by</th></tr></thead>"
        "<tbody>{}</tbody></table></div>"
    )
    size = f"made on {people_date(finding.made_on)}, {size}" if finding.made_on else size
    about = f"As of {people_date(finding.as_of)}, {size}" if finding.as_of else size
    return str(
        page.format(plain(finding.title), plain(about), _failed(finding), _CELL, _CELL, plain(baseline), _CELL, _CELL, rows)
    )


def _failed(finding: Finding) -> Markup:
    """What failed, above the answers; nothing where nothing did."""
    heading, places = failed_heading(finding), failed_places(finding)
    if not heading:
        return Markup("")
    return Markup("<p style='color:#b00020'><b>{}</b>{}</p>").format(heading, f": {'; '.join(places)}" if places else "")


def _row(finding: Finding, question: QuestionFinding) -> Markup:
    answer = baseline_answer(finding, question)
    if answer is None:
        return Markup("")
    if why_missing(answer):
        shown, spread = NO_ANSWER, ""
    elif question.kind == "probability":
        shown, spread = (
            f"{percent(answer.probability)}, {yardstick(answer.probability, answer.mc_error)}",
            _points(answer.mc_error),
        )
    else:
        shown, spread = _amount(question, answer)
    cells = (_ask(question, answer), shown, spread, _strongest(finding, question))
    tags = Markup("").join(Markup("<td style='{}'>{}</td>").format(_CELL, cell) for cell in cells)
    return Markup("<tr>{}</tr>").format(tags)


def _ask(question: QuestionFinding, answer: Answer) -> Markup:
    """The question, and what must be known to read its answer."""
    notes = [note for note in (shown_share(answer), state_words(answer)) if note]
    return Markup("<br>").join(
        [Markup("{}").format(plain(question.ask)), *(Markup("<small>{}</small>").format(note) for note in notes)]
    )


def _amount(question: QuestionFinding, answer: Answer) -> tuple[str, str]:
    """The median with its error and unit, and the 90 % interval; of a date, first whether it comes."""
    interval, error = quantity(answer.quantiles), shown_median_error(answer)
    shown = " ".join(part for part in (shown_median(answer), f"± {error}" if error else "", unit_words(question.unit)) if part)
    if answer.chance is None:
        return shown, interval.said
    if not answer.chance:
        return shown_chance(answer), ""
    return f"{shown_chance(answer)} ({shown_chance_error(answer)}); then {shown}", interval.said


def _points(error: float) -> str:
    return f"± {error_points(error)} points" if math.isfinite(error) else UNKNOWN_ERROR


def _strongest(finding: Finding, question: QuestionFinding) -> str:
    """The scenario with the largest clear difference, and that difference; none that sets the answer itself."""
    base = baseline_answer(finding, question)
    answers = [(s.label, question.answers[s.name]) for s in finding.scenarios[1:] if s.name in question.answers]
    clear = [pair for pair in answers if is_move(pair[1], base) and not pair[1].is_set]
    if not clear:
        return "–"
    label, answer = max(clear, key=lambda pair: move_size(pair[1], base))
    line = move_lines(question, answer, base)[0]
    return f"{plain(label)}: {line.after} ({line.difference})"
