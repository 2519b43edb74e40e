"""A frozen forecast: every answer of a run with what is needed to score it later, under a digest of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.analysis.failures import refuse_failed
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.constructs import tree as t
from foedus.history.digests import dated, document_text, read_document, rounded, sealed, text_digest
from foedus.history.quantiles import sample_answer, tails
from foedus.history.short import short_questions
from foedus.language.tree import nodes
from foedus.study.futures import run_futures
from foedus.version import VERSION

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.ensemble import Futures
    from foedus.study.simulate import Progress

__all__ = ["FORMAT", "freeze", "frozen_forecast", "frozen_text", "frozen_words", "read_frozen"]

FORMAT = "foedus frozen forecast 1"


def freeze(
    case: Case,
    futures: int = 10_000,
    seed: int = 0,
    scenarios: Sequence[str] | None = None,
    *,
    short: bool = True,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """A forecast to be scored later, sealed by its digest.

    Args:
        short: ask of the next figures of the case's series and of its happenings in the next months too.
        progress: called with (futures done, futures in all) as work goes on.
    Raises:
        RunError: more than a few of the futures failed.
    """
    ran = run_futures(case, futures, seed, scenarios, trajectories=0, progress=progress)
    return frozen_forecast(case, ran, short_questions(case, futures, seed, progress) if short else None)


def frozen_forecast(case: Case, futures: Futures, short: Mapping[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """The frozen forecast of a run.

    A yes-no question keeps its probability and the number of futures behind it. A number keeps 200 quantiles at the levels
    0.0025, 0.0075, …, 0.9975: an even sample, whose CRPS is that of all futures but for the coarseness of a 200th; none where fewer than
    20 futures have an answer. A question about a
    date keeps the chance that it comes in its window, and the quantiles of the time until it comes or the window ends.

    Args:
        futures: a run of the case, with the scenarios that are to be kept; the first is the baseline.
        short: the questions of short horizon, of `short_questions`; they stand behind those that the case asks.
    Returns:
        A document with its digest; the same run gives the same document, but for the day on which it was made (`made_on`).
    Raises:
        RunError: more than a few of the futures failed.
    """
    refuse_failed(futures)
    model = case.tree.model
    asked = {question.name: question for question in case.tree.all(t.Question)}
    document = {
        "format": FORMAT,
        "case": case.name,
        "title": model.title or model.name,
        "as_of": model.as_of.isoformat() if model.as_of else None,
        "foedus": VERSION,
        "seed": futures.seed,
        "futures": futures.count,
        "design": futures.design,
        "posterior": None
        if case.posterior is None
        else {"file": Path(case.posterior.path).name, "digest": case.posterior.digest},
        "status": futures.status,
        "digests": {
            "model": text_digest(case.tree.source.text),
            "ledger": case.ledger.sha256 if case.ledger is not None else None,
            "program": futures.program.digest,
            "results": futures.digest,
        },
        "time_unit": futures.program.time_unit,
        **_calendar(futures),
        "scenarios": {slot.name: slot.label for slot in futures.scenarios},
        "questions": {slot.name: _question(futures, slot, asked[slot.name]) for slot in futures.program.results}
        | dict(short or {}),
    }
    return dated(sealed(document))


def frozen_text(document: dict[str, Any]) -> str:
    """A frozen forecast as the text of a file."""
    return document_text(document)


def frozen_words(frozen: Mapping[str, Any]) -> list[str]:
    """What a frozen forecast is of, line by line."""
    shown = ("digest", "case", "as_of", "made_on", "seed", "futures")
    generated = sum(bool(one.get("generated")) for one in frozen["questions"].values())
    counts = {"questions": len(frozen["questions"]) - generated, "short": generated}
    return [f"{name:<10} {value}" for name, value in {**{key: frozen[key] for key in shown}, **counts}.items()]


def read_frozen(path: str | Path) -> dict[str, Any]:
    """Read a frozen forecast.

    Raises:
        InputError: it cannot be read, or was changed after it was frozen.
    """
    return read_document(Path(path), FORMAT)


def _calendar(futures: Futures) -> dict[str, bool]:
    """Whether dates go by calendar months, where the unit of time does not tell: it may be a month of 365.25 / 12 days."""
    program = futures.program
    return {"by_months": program.by_months} if program.as_of is not None and program.time_unit in ("month", "year") else {}


def _question(futures: Futures, slot: ResultSlot, question: t.Question) -> dict[str, Any]:
    kind = "date" if slot.is_date else slot.kind
    end = _window_end(futures, question)
    answers = {
        scenario.name: _answer(futures.values(slot.name, scenario.name)[futures.is_ok], kind, end)
        for scenario in futures.scenarios
    }
    resolves = question.end.value.isoformat() if isinstance(question.end, t.DateLiteral) else None
    return {
        "ask": slot.ask or slot.name,
        "kind": kind,
        "unit": slot.unit,
        "resolves": resolves,
        "is_conditional": question.given is not None,
        "window_end": rounded(end) if slot.is_date else None,
        "about": sorted({node.name for node in nodes(question.expression) if isinstance(node, t.Name)}),
        "answers": answers,
    }


def _answer(values: Array, kind: str, end: float) -> dict[str, Any]:
    if kind == "date":
        happened = ~np.isnan(values)
        share = float(happened.mean()) if len(values) else None
        censored = np.where(happened, np.minimum(values, end), end)
        return {"probability": share, "futures": len(values), "quantiles": tails(censored)}
    kept = values[~np.isnan(values)]
    if kind == "probability":
        return {"probability": float(kept.mean()) if len(kept) else None, "futures": len(kept)}
    return sample_answer(kept)


def _window_end(futures: Futures, question: t.Question) -> float:
    """The end of a question's window, in the model's unit of time since the as-of date; the run's end where none is named."""
    program = futures.program
    if isinstance(question.end, t.DateLiteral) and program.calendar is not None:
        return program.calendar.time_of(question.end.value)
    return float(futures.moments[-1]) if len(futures.moments) else 0.0
