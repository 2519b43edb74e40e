"""Errors beside the Monte Carlo error: between calibrations with other seeds, and between rival models."""

from __future__ import annotations

from foedus.analysis.finding import Answer, Finding
from foedus.show.words import number, points

__all__ = ["error_words", "further_columns", "further_error", "further_errors"]

_COLUMNS = {"± cal": ("calibration_error", "calibration"), "± alt": ("structural_spread", "rival models")}
_WORDS = {
    "± cal": "± cal the spread between calibrations with other seeds (– where sampling explains it)",
    "± alt": "± alt the spread between the model and its variants (of a quantity: of its mean)",
}


def further_columns(finding: Finding) -> tuple[str, ...]:
    """The headings of the errors that any answer of the baseline has."""
    baseline = finding.scenarios[0].name if finding.scenarios else ""
    answers = [question.answers[baseline] for question in finding.questions if baseline in question.answers]
    return tuple(name for name, (field, _) in _COLUMNS.items() if any(getattr(answer, field) is not None for answer in answers))


def further_errors(finding: Finding) -> str:
    """What the further columns say, as the end of a sentence."""
    return "".join(f", {_WORDS[name]}" for name in further_columns(finding))


def further_error(answer: Answer, column: str, *, is_chance: bool) -> str:
    """One error of an answer, to one digit; "–" where nothing is left of it beyond sampling, empty where it was not looked for."""
    value = getattr(answer, _COLUMNS[column][0])
    if value is None:
        return ""
    text = points(value).removeprefix("+") if is_chance else number(value, 10 * value)
    return text if value > 0 and float(text.replace(",", "").split()[0]) > 0 else "–"


def error_words(answer: Answer, *, is_chance: bool) -> tuple[str, ...]:
    """The further errors of an answer in words, "± 1.2 (calibration)"; none where there is none."""
    found = [(words, further_error(answer, column, is_chance=is_chance)) for column, (_, words) in _COLUMNS.items()]
    return tuple(f"± {text} ({words})" for words, text in found if text not in ("", "–"))
