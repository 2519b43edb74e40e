"""The verbs of the command line as functions: a case in, a frozen result out, nothing printed.

`foedus.check(case)` is what `foedus check` does before it prints; the names stand in `foedus` itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.analysis import Ranks
from foedus.analysis.belief import Believed
from foedus.analysis.border import Border
from foedus.analysis.changes import Diff
from foedus.analysis.discovery import Discovered
from foedus.analysis.enough import PLAN
from foedus.analysis.explain import Explained
from foedus.analysis.finding import CheckResult, Finding, QuestionFinding
from foedus.analysis.flip import Flip
from foedus.analysis.plan import Choice, Plan
from foedus.analysis.redteam import RedTeam
from foedus.analysis.today import Today
from foedus.analysis.twin import Twin
from foedus.analysis.variance import Why
from foedus.analysis.worth import Worth, answered
from foedus.analysis.worth import worth as worth_of
from foedus.bundle import Dossier
from foedus.bundle import make_dossier as dossier_of
from foedus.case import Case
from foedus.case.asked import asked_names
from foedus.case.believe import believe as believe_of
from foedus.case.case import Progress
from foedus.case.diff import diff as diff_of
from foedus.case.discover import Wanted
from foedus.case.discover import discover as discover_of
from foedus.case.explain import explain as explain_of
from foedus.case.levers import lever_borders, lever_flips
from foedus.case.redteam import redteam as redteam_of
from foedus.case.replay import Replay
from foedus.case.replay import replay as replay_one
from foedus.case.rivals import run_rivals
from foedus.case.today import today as today_of
from foedus.case.twin import twin as twin_of
from foedus.case.why import why as why_of
from foedus.case.worth import choice as choice_of
from foedus.case.worth import plans as plans_of
from foedus.compile.program import ResultSlot
from foedus.evidence.sources import OriginRow, origin_rows
from foedus.history.calibration import calibrate as calibrate_case
from foedus.history.freeze import freeze as freeze_futures
from foedus.history.outcomes import read_outcomes
from foedus.history.posterior import Posterior
from foedus.history.scorecard import Scorecard, score_forecast
from foedus.history.short import short_questions
from foedus.page.build import page_html

__all__ = [
    "believe",
    "border",
    "calibrate",
    "check",
    "choose",
    "collect",
    "diff",
    "discover",
    "dossier",
    "explain",
    "flip",
    "freeze",
    "make_page",
    "redteam",
    "replay",
    "run",
    "score",
    "sources",
    "today",
    "trace",
    "twin",
    "why",
    "worth",
]


def run(case: Case, futures: int = 1000, seed: int = 0, scenarios: Sequence[str] | None = None) -> Finding:
    """What the futures of all scenarios say; `case.run` gives the futures themselves."""
    rivals = run_rivals(case, futures, seed, scenarios=scenarios or ())
    return case.finding(case.run(futures, seed, scenarios), rivals=rivals)


def check(case: Case, futures: int = 1000, seed: int = 0) -> tuple[CheckResult, ...]:
    """The checks of the model's text, each held against a run."""
    return case.check(futures, seed)[0]


def replay(case: Case, future: int, scenario: str | None = None, seed: int = 0) -> Replay:
    """One future, step by step.

    Raises:
        InputError: there is no such future or scenario.
    """
    return replay_one(case, future, scenario, seed)


def flip(
    case: Case, lever: str, *, points: int = 5, futures: int = 2000, seed: int = 0, threshold: float = 0.5
) -> tuple[Flip, ...]:
    """Where along a lever the answers cross a probability.

    Raises:
        InputError: there is no such lever.
    """
    return tuple(lever_flips(case, lever, points, futures, seed, threshold)[1])


def border(
    case: Case,
    lever: str,
    other: str,
    question: str = "",
    *,
    points: int = 7,
    futures: int = 2000,
    seed: int = 0,
    threshold: float = 0.5,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> Border:
    """Where two levers tip an answer together: every crossing, joined to curves.

    Args:
        question: one with a chance; "" for the first of the headline.
        points: of each lever.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such lever or question, the question has no chance, or both levers are one.
        RunError: more than a few of the futures failed.
    """
    known = [slot for slot in case.program.results if slot.kind == "probability"]
    names = (
        asked_names(case.name, [slot.name for slot in known], [question], (slot.name for slot in case.program.results))
        if question
        else []
    )
    slots = [slot for slot in known if slot.name in names]
    return lever_borders(
        case, (lever, other), slots, points=points, futures=futures, seed=seed, threshold=threshold, progress=progress, told=told
    )[0]


def worth(
    case: Case, questions: Iterable[str] = (), *, futures: int = 10_000, seed: int = 0, progress: Progress | None = None
) -> dict[str, tuple[Worth, ...]]:
    """What it would be worth to know each assumption, by question.

    If none is named, of all questions that enough of the futures have an answer to; the others are not there.

    Args:
        progress: called with (futures done, futures in all) as work goes on.
    Raises:
        InputError: there is no such question, or too few futures have an answer.
        RunError: more than a few of the futures failed.
    """
    questions = tuple(questions)
    slots = _slots(case, questions)
    ran = case.run(futures, seed, [case.program.scenarios[0].name], trajectories=False, progress=progress)
    ranks = Ranks(ran)
    known = [slot for slot in slots if answered(ran.values(slot.name)[: ranks.count]) >= PLAN]
    return {slot.name: worth_of(ran, slot, ranks) for slot in (slots if questions or not known else known)}


def collect(
    case: Case,
    questions: Iterable[str] = (),
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> dict[str, Plan]:
    """What would narrow each answer, by parameter, claim and source: what to find out and whom to ask; of all questions if none is named.

    Args:
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question.
        RunError: more than a few of the futures failed.
    """
    return plans_of(case, _slots(case, questions), futures=futures, seed=seed, progress=progress, told=told)


def choose(
    case: Case,
    question: str,
    options: Sequence[str],
    want: str,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> Choice:
    """What it would be worth to learn something before choosing between scenarios, by parameter, claim and source.

    Args:
        question: whose answer is to be large or small; of a date whether it comes.
        options: two scenarios or more; want: "most" or "least".
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question or scenario, or no choice between two.
        RunError: more than a few of the futures failed.
    """
    (slot,) = _slots(case, [question])
    return choice_of(case, slot, options, want, futures=futures, seed=seed, progress=progress, told=told)


def why(
    case: Case,
    question: str,
    *,
    futures: int = 4000,
    seed: int = 0,
    causes: int = 12,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> Why:
    """Where the variance of an answer comes from: evidence, assumptions, luck and structure, and the parameters that matter most.

    Args:
        futures: of each run; causes: how many parameters to look at one by one.
        progress: called with (runs done, runs in all) as work goes on.
        told: called with the seconds that it will take, after the first of its runs.
    Raises:
        InputError: there is no such question.
        RunError: more than a few of the futures failed.
    """
    (slot,) = _slots(case, [question])
    return why_of(case, slot, futures=futures, seed=seed, causes=causes, progress=progress, told=told)


def explain(
    case: Case,
    first: str,
    second: str,
    questions: Iterable[str] = (),
    *,
    futures: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> Explained:
    """Why the answers differ between two scenarios (second less first), split over what they set differently; the parts add up.

    Args:
        questions: to split; all if none is named.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such scenario or question, or both scenarios set the same.
        RunError: more than a few of the futures failed.
    """
    return explain_of(case, first, second, _slots(case, questions), futures=futures, seed=seed, progress=progress, told=told)


def believe(
    case: Case,
    question: str,
    stated: str | float,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> Believed:
    """What one would have to believe for an answer to be as stated: the nearest priors that lead to it, and the claims against them.

    Args:
        stated: a chance (`"80 %"`, 0.8), or a mean in the question's unit; of a date, the chance that it comes.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question, the value is no answer to it, or no priors near the model's lead there.
        RunError: more than a few of the futures failed.
    """
    (slot,) = _slots(case, [question])
    return believe_of(case, slot, stated, futures=futures, seed=seed, progress=progress, told=told)


def discover(
    case: Case,
    question: str,
    wanted: Wanted | None = None,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> Discovered:
    """The futures in which an answer is yes (or an amount in its top tenth, or as `wanted` says): a few boxes of a few parameters.

    Args:
        wanted: which futures matter; None for those.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: scikit-learn is missing, there is no such question, or too few futures matter.
        RunError: more than a few of the futures failed.
    """
    (slot,) = _slots(case, [question])
    return discover_of(case, slot, wanted or Wanted(), futures=futures, seed=seed, progress=progress, told=told)


def redteam(
    case: Case,
    question: str = "",
    *,
    futures: int = 4000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Callable[[float], None] | None = None,
) -> RedTeam:
    """The likeliest ways in which an answer is wrong, each with a future that is told, and its first sign.

    Args:
        question: "" for the first of the headline.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question, or the answer is wrong, or right, in too few futures.
        RunError: more than a few of the futures failed.
    """
    slot = _slots(case, [question])[0] if question else None
    return redteam_of(case, slot, futures=futures, seed=seed, progress=progress, told=told)


def diff(before: Case, after: Case, *, futures: int = 2000, seed: int = 0, progress: Progress | None = None) -> Diff:
    """What changed between two versions of a case: claims, statements, priors, and the answers on the same futures."""
    return diff_of(before, after, futures=futures, seed=seed, progress=progress)


def today(
    case: Case,
    files: Iterable[str],
    *,
    published: datetime.date | None = None,
    futures: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Today:
    """What new reports would change: claims, priors and answers, taken as they were read; nothing is written.

    Raises:
        InputError: the case has no ledger.
        EvidenceError: a report cannot be read, or its date is not known.
    """
    return today_of(case, files, published=published, futures=futures, seed=seed, progress=progress)


def sources(case: Case) -> tuple[OriginRow, ...]:
    """Who stands behind the claims of the ledger, each origin with what it says; nobody where there is no ledger."""
    return origin_rows(case.ledger, case.defaults) if case.ledger is not None else ()


def trace(case: Case, question: str, *, futures: int = 10_000, seed: int = 0) -> QuestionFinding:
    """One question: its answers, what drives them, and the claims below.

    Raises:
        InputError: there is no such question.
    """
    (slot,) = _slots(case, [question])
    return next(one for one in run(case, futures, seed).questions if one.name == slot.name)


def twin(
    case: Case,
    questions: Iterable[str] = (),
    *,
    draws: int = 100,
    lucks: int = 40,
    futures: int = 4000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Twin:
    """Do the stated ranges of differences hold in worlds whose truth is known: the model and each rival structure with drawn parameters?

    Args:
        questions: whose differences; all if none is named.
        draws: of the parameters, each tried in every structure; lucks: futures of each world; futures: behind the ranges.
        progress: called with (futures done, futures in all) as work goes on.
    Raises:
        InputError: no such question, no scenario, too few worlds, or no range that could be judged.
        RunError: more than a few of the futures failed.
    """
    return twin_of(case, questions, draws=draws, lucks=lucks, futures=futures, seed=seed, progress=progress)


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
    ran = case.run(futures, seed, scenarios, trajectories=0, progress=progress)
    return freeze_futures(case, ran, short_questions(case, futures, seed, progress) if short else None)


def score(frozen: Mapping[str, Any], outcomes: str | Path, scenario: str = "") -> Scorecard:
    """A frozen forecast against what came.

    Args:
        frozen: of `freeze`.
        outcomes: a JSON file with what came.
        scenario: whose answers; "" takes the baseline.
    Raises:
        InputError: the file is wrong, or there is no such scenario.
    """
    return score_forecast(frozen, read_outcomes(outcomes, frozen["questions"]), scenario)


def calibrate(case: Case, *, members: int = 1000, passes: int = 4, refinements: int = 10, seed: int = 0) -> Posterior:
    """The parameters that the observed series allow.

    Raises:
        InputError: the case observes nothing.
    """
    return calibrate_case(case, members=members, passes=passes, refinements=refinements, seed=seed)


def dossier(
    case: Case,
    folder: str | Path,
    *,
    futures: int = 10_000,
    seed: int = 0,
    scenarios: Sequence[str] | None = None,
    licence: str = "",
    progress: Progress | None = None,
) -> Dossier:
    """The case in a folder to take away: a page for each question, charts and answers as files, and what derives all of it again.

    Args:
        folder: what stands there is replaced if it is a dossier that nobody has changed; else nothing may be there.
        licence: of the answers, in words or as an address.
        progress: called with (futures done, futures in all), then with (pieces drawn, pieces in all).
    Raises:
        InputError: the folder cannot be written, is no dossier or was changed; the case was altered after it was loaded.
        RunError: more than a few of the futures failed.
    """
    return dossier_of(case, folder, futures=futures, seed=seed, scenarios=scenarios, licence=licence, progress=progress)


def make_page(case: Case, futures: int = 10_000) -> str:
    """The whole case as one HTML page that runs in a browser.

    Args:
        futures: behind what the page says of the case as it stands; a reader's own are run in the browser.
    """
    return page_html(case, futures=futures)


def _slots(case: Case, names: Iterable[str]) -> tuple[ResultSlot, ...]:
    """The questions of these names, all if there are none."""
    known = {slot.name: slot for slot in case.program.results}
    return tuple(known[name] for name in asked_names(case.name, known, names))
