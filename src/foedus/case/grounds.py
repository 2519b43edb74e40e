"""What each answer of a case rests on: which parameters are claims, fits, base rates or judgement, and how much of it is theirs."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

from foedus.analysis.finding import Answer
from foedus.analysis.grounds import Asked, badge_of_reason, grounds_of
from foedus.ensemble import Futures
from foedus.evidence import Ledger

__all__ = ["with_grounds"]


def with_grounds(
    futures: Futures, answers: Mapping[str, Mapping[str, Answer]], ledger: Ledger | None, fitted: Collection[str]
) -> dict[str, dict[str, Answer]]:
    """All answers (question -> scenario -> answer), each with what it rests on.

    Args:
        futures: of the run.
        answers: to its questions.
        ledger: what the parameters' claims are.
        fitted: names of the parameters that are drawn from a posterior.
    """
    kinds: dict[str, list[str]] = {}
    for claim in ledger.claims if ledger is not None else ():
        if claim.counts:
            kinds.setdefault(claim.group, []).append(claim.ctype)
    slots = futures.program.parameters
    badges = {index: badge_of_reason(slot, is_fitted=slot.name in fitted, claims=kinds.get(slot.claims or "", ()))
              for index, slot in enumerate(slots)}  # fmt: skip
    claimed = frozenset(index for index, slot in enumerate(slots) if slot.claims)
    keys = [(question, scenario) for question, own in answers.items() for scenario in own]
    asked = [Asked(futures.values(question, scenario), _further(answers[question][scenario])) for question, scenario in keys]
    found: dict[str, dict[str, Answer]] = {question: {} for question in answers}
    for (question, scenario), grounds in zip(keys, grounds_of(futures, asked, badges, claimed), strict=True):
        found[question][scenario] = dataclasses.replace(answers[question][scenario], grounds=grounds)
    return found


def _further(answer: Answer) -> tuple[float | None, ...]:
    return answer.calibration_error, answer.structural_spread
