"""What it would be worth to learn something before choosing between scenarios, by parameter, claim and source."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from foedus.analysis.decision import Gain, Utilities
from foedus.analysis.drivers import Ranks
from foedus.analysis.enough import OPTIONS, refuse_few
from foedus.analysis.explain import Amount
from foedus.analysis.plan import Choice, ChoiceOption, Choices, Gained
from foedus.analysis.tails import UNKNOWN, middle_of
from foedus.case import Case
from foedus.errors import InputError, Problem
from foedus.study.asked import asked_slots, question_words
from foedus.study.redteam import headline_question
from foedus.study.signals import Signals, judged_futures
from foedus.study.simulate import Progress, Told
from foedus.wording import counted

__all__ = ["choose", "choose_by"]


def choose(
    case: Case,
    question: str,
    options: Sequence[str],
    want: str,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Choice:
    """What it would be worth to learn something before choosing between scenarios.

    Args:
        question: whose answer is to be large or small; of a date whether it comes.
        options: two scenarios or more; the baseline may be one of them.
        want: "most" or "least".
    Raises:
        InputError: there is no such question or scenario, too few scenarios, or too few futures to which the question applies
            whatever is chosen.
        RunError: more than a few of the futures failed.
    """
    (slot,) = asked_slots(case, [question])
    options = list(dict.fromkeys(options))
    if want not in ("most", "least") or len(options) < 2:
        message = "a choice needs two scenarios or more, and whether most or least of the answer is wanted."
        help = (
            f"Name them: {', '.join(one.name for one in case.program.scenarios if not one.is_hidden)}; and say `most` or `least`."
        )
        raise InputError(Problem(case.name, 0, 0, "no-choice", message, help))
    ran = judged_futures(
        case,
        options,
        futures,
        seed,
        progress,
        told,
        lambda count: choose(case, question, options, want, futures=count, seed=seed),
    )
    ranks = Ranks(ran)
    sign = 1.0 if want == "most" else -1.0
    brought = np.stack([(ran.comes if slot.is_date else ran.values)(slot.name, name)[: ranks.count] for name in options])
    kept = ~np.isnan(brought).any(axis=0)
    message = f"`{slot.name}` applies to {counted(int(kept.sum()), 'future')} whatever is chosen: too few to compare options."
    refuse_few(case.name, int(kept.sum()), OPTIONS, message, "Run more futures (-n), or choose by another question")
    utilities = Utilities(sign * brought[:, kept])
    labels = {one.name: one.title for one in ran.scenarios}
    is_mean = slot.statistic == "mean" and not slot.is_date
    told_options = tuple(
        ChoiceOption(
            name, labels[name], Amount(sign * brings.value, brings.error), behind, *(middle_of(row) if is_mean else UNKNOWN)
        )
        for name, brings, behind, row in zip(options, utilities.means, utilities.behind, brought[:, kept], strict=True)
    )
    gained = [Gained(item, utilities.gain(rows[:, kept], ranks)) for item, rows in Signals(case, ran).of(None)]
    clear = sorted((row for row in gained if _is_clear(row.gain, len(gained))), key=lambda row: -row.gain.value.value)
    kind = "probability" if slot.is_date else slot.kind
    return Choice(
        slot.name,
        question_words(case, slot),
        kind,
        "" if slot.is_date else slot.unit,
        want,
        told_options,
        options[utilities.best],
        utilities.everything,
        tuple(clear),
        int(kept.sum()),
        ran.seed,
    )


def choose_by(
    case: Case,
    questions: Sequence[str],
    options: Sequence[str],
    want: str,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Choices:
    """The same by each of several questions; by the first of the headline if none is named.

    Raises:
        InputError, RunError: as of `choose`.
    """
    found = {
        name: choose(case, name, options, want, futures=futures, seed=seed, progress=progress, told=None if place else told)
        for place, name in enumerate(questions or (headline_question(case).name,))
    }
    return Choices(case.name, found, futures, seed)


def _is_clear(gain: Gain, tried: int) -> bool:
    """Beyond what the best of so many would show by luck."""
    return gain.value.value > max(2.0, math.sqrt(2 * math.log(max(1, tried)))) * gain.value.error
