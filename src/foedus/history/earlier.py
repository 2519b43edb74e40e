"""What earlier editions of a case said about its questions, out of the forecasts that were frozen of them.

An answer is set beside another only where both are of one question: the same name, the same condition, the same days, the same unit. A
question that looks to the end of its run has no day of its own, and so no history.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from foedus.analysis.finding import EarlierAnswer, Finding
from foedus.case import Case
from foedus.case.folder import CaseFolder, as_of, edition_days, find_case, find_edition
from foedus.case.posterior import adopted_posterior
from foedus.constructs import tree as t
from foedus.history.digests import text_digest
from foedus.history.freeze import read_frozen
from foedus.language import Tree, read_model_text
from foedus.language.include import included_paths
from foedus.model import read_model

__all__ = ["FORECAST", "earlier_files", "with_earlier"]

FORECAST = "forecast.json"
_LEVELS = (0.05, 0.5, 0.95)


def with_earlier(case: Case, finding: Finding) -> Finding:
    """The finding with what earlier editions of the case answered, and a warning for each whose forecast is of another model.

    Raises:
        InputError: a frozen forecast was changed.
    """
    asked = {one.name: one for one in case.tree.all(t.Question)}
    told: dict[str, list[EarlierAnswer]] = {}
    warnings = []
    for folder in _editions_before(case):
        frozen, tree = read_frozen(folder.folder / FORECAST), read_model(read_model_text(folder.model))
        if not _is_of(frozen, tree, folder):
            warnings.append(
                f"The forecast of {folder.name} was frozen of another model than it has now: its answers are not shown. "
                "Freeze it anew, or take the model back."
            )
            continue
        for name, answer in _answers(frozen, tree, asked):
            told.setdefault(name, []).append(answer)
    questions = tuple(dataclasses.replace(one, earlier=tuple(told.get(one.name, ()))) for one in finding.questions)
    return dataclasses.replace(finding, questions=questions, warnings=(*finding.warnings, *warnings))


def earlier_files(case: Case) -> list[Path]:
    """The files that `with_earlier` reads: frozen forecasts, and the models that say what was asked."""
    return [path for one in _editions_before(case) for path in (one.folder / FORECAST, *included_paths(one.model))]


def _is_of(frozen: dict[str, Any], tree: Tree, folder: CaseFolder) -> bool:
    """Was it frozen of this model? The text tells at once; where only comments changed, the program is the same."""
    digests = frozen["digests"]
    if digests["model"] == text_digest(tree.source.text):
        return True
    return bool(digests["program"] == Case(folder, tree, None, posterior=adopted_posterior(folder.folder)).program.digest)


def _editions_before(case: Case) -> list[CaseFolder]:
    """The editions of an earlier day of which a forecast was frozen, the oldest first."""
    own = case.tree.model.as_of
    if own is None or case.folder.model.name != "model.foedus":
        return []
    home = find_case(str(case.folder.home / "model.foedus"))
    days = sorted({*edition_days(home), as_of(home.model)} - {""})
    folders = [find_edition(home, day) for day in days if day < own.isoformat()]
    return [folder for folder in folders if (folder.folder / FORECAST).is_file()]


def _answers(frozen: dict[str, Any], tree: Tree, asked: dict[str, t.Question]) -> list[tuple[str, EarlierAnswer]]:
    """The baseline answers of a frozen forecast to the questions that are asked in the same sense."""
    baseline = next(iter(frozen["scenarios"]))
    found = []
    for question in tree.all(t.Question):
        other, kept = asked.get(question.name), frozen["questions"].get(question.name)
        if other is None or kept is None or not question.is_same(other):
            continue
        answer = kept["answers"][baseline]
        # of a date they count from the edition's own day, which is another one
        quantiles = answer.get("quantiles") if kept["kind"] == "quantity" else None
        ends = None if quantiles is None else tuple(_at(quantiles, level) for level in _LEVELS)
        found.append(
            (
                question.name,
                EarlierAnswer(
                    frozen["case"],
                    frozen["as_of"],
                    frozen.get("made_on") or "",
                    frozen["digest"],
                    answer["futures"],
                    answer.get("probability"),
                    None if ends is None else (ends[0], ends[1], ends[2]),
                ),
            )
        )
    return found


def _at(quantiles: list[float | None], level: float) -> float:
    """The quantile at a level, among even ones in the middle of as many equal shares."""
    place = min(max(level * len(quantiles) - 0.5, 0.0), len(quantiles) - 1.0)
    below = int(place)
    above = min(below + 1, len(quantiles) - 1)
    low, high = (float(quantiles[one] or 0.0) for one in (below, above))
    return low + (place - below) * (high - low)
