"""What each answer of a case rests on: which parameters are claims, fits, base rates or judgement, and how much of it is theirs."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from foedus.analysis.finding import Answer
from foedus.analysis.grounds import (
    BADGES,
    FORETOLD,
    UNREAD,
    GroundedAnswer,
    Grounds,
    badge_of_reason,
    grounds_of,
    kind_of_parameter,
)
from foedus.analysis.moves import is_value_move
from foedus.analysis.ranges import Shift
from foedus.analysis.spread import Rivals
from foedus.arrays import Array
from foedus.compile import Program
from foedus.ensemble import Futures
from foedus.evidence import Claim, Ledger
from foedus.study.again import Mixed

__all__ = ["badges_of", "kind_of_claim", "mixing_kinds", "with_grounds"]

_CHANCE = "chance: "  # how the group of a chance that somebody states begins, as `foedus new` writes it


def with_grounds(
    futures: Futures,
    answers: Mapping[str, Mapping[str, Answer]],
    ledger: Ledger | None,
    fitted: Collection[str],
    rivals: Rivals | None = None,
    again: Futures | None = None,
    mixed: Mixed | None = None,
) -> dict[str, dict[str, Answer]]:
    """All answers (question -> scenario -> answer), each with what it rests on.

    Args:
        futures: of the run.
        answers: to its questions.
        ledger: what the parameters' claims are.
        fitted: names of the parameters of which observations say something.
        rivals: the rival structures that were run beside it.
        again: its first futures with the same parameters and other luck.
        mixed: its first futures with some of the parameters those of other futures, and other luck.
    """
    badges = badges_of(futures.program, ledger, fitted)
    claimed = _claimed(futures.program)
    keys = [(question, scenario) for question, own in answers.items() for scenario in own]
    asked = [
        GroundedAnswer(
            futures.values(question, scenario),
            (own.calibration_error,),
            _shifts(rivals, question, scenario, own),
            None if again is None else again.values(question, scenario),
            None if mixed is None else mixed.futures.values(question, scenario),
        )
        for question, scenario in keys
        for own in (answers[question][scenario],)
    ]
    first = futures.scenarios[0].name
    seen = [
        (question, scenario)
        for question, scenario in keys
        if scenario != first and _has_effect(answers[question][scenario], answers[question][first])
    ]
    effects = [
        GroundedAnswer(
            futures.values(question, scenario) - futures.values(question, first),
            shifts=_effect_shifts(rivals, question, scenario, answers[question][scenario]),
            again=None if again is None else again.values(question, scenario) - again.values(question, first),
            mixed=None if mixed is None else mixed.futures.values(question, scenario) - mixed.futures.values(question, first),
        )
        for question, scenario in seen
    ]
    mixture = mixed.mixture if mixed is not None else None
    told = grounds_of(futures, [*asked, *effects], badges, claimed, rivals.futures if rivals is not None else None, mixture)
    fallback = _badges_of_what_acts(futures, badges)
    found: dict[str, dict[str, Answer]] = {question: {} for question in answers}
    for (question, scenario), grounds, one in zip(keys, told, asked, strict=False):
        answer = answers[question][scenario]
        if not grounds.alone > 0:
            grounds = dataclasses.replace(grounds, badge=fallback[question])
        ends = _ends(one, [rivals.values(question, scenario, name) for name in rivals.variants] if rivals is not None else ())
        found[question][scenario] = dataclasses.replace(answer, grounds=_kept_to(grounds, answer, 0.0, ends))
    for (question, scenario), effect, one in zip(seen, told[len(keys) :], effects, strict=True):
        answer = found[question][scenario]
        ends = _ends(one, [rivals.effects(question, scenario, name) for name in rivals.variants] if rivals is not None else ())
        found[question][scenario] = dataclasses.replace(answer, effect=_kept_to(effect, answer, -1.0, ends))
    return found


def badges_of(program: Program, ledger: Ledger | None, fitted: Collection[str]) -> dict[int, str]:
    """Parameter -> what it rests on. `fitted`: names of the parameters of which observations say something."""
    kinds: dict[str, list[str]] = {}
    for claim in ledger.claims if ledger is not None else ():
        if claim.counts:
            kinds.setdefault(claim.group, []).append(kind_of_claim(claim))
    return {
        index: badge_of_reason(slot, is_fitted=slot.name in fitted, claims=kinds.get(slot.claims or "", ()))
        for index, slot in enumerate(program.parameters)
    }


def mixing_kinds(futures: Futures, ledger: Ledger | None, fitted: Collection[str]) -> dict[int, str]:
    """Uncertain parameter -> the kind with which it is kept or changed.

    It is what the parameter rests on; parameters that a correlation joins go together, with what of them is fitted, else with claims.
    """
    badges, claimed = badges_of(futures.program, ledger, fitted), _claimed(futures.program)
    kinds = {index: kind_of_parameter(index, badges, claimed) for index in futures.uncertain}
    pairs = [(one, other) for one, other, _ in futures.program.correlations if one in kinds and other in kinds]
    firmest = ("fitted", "claims", "assumed")
    for _ in pairs:  # as often as the longest chain of them could need
        for one, other in pairs:
            kinds[one] = kinds[other] = min(kinds[one], kinds[other], key=firmest.index)
    return kinds


def _claimed(program: Program) -> frozenset[int]:
    return frozenset(index for index, slot in enumerate(program.parameters) if slot.claims)


def kind_of_claim(claim: Claim) -> str:
    """What a claim is to a badge: its type, or that it foretells or that nobody has decided on it.

    A figure or an event that is told of what is to come, or would be, is an opinion as an assessment is; an intention and an obligation are
    there today.
    """
    if claim.ctype == "assessment":
        return claim.ctype
    if claim.status == "proposed":
        return UNREAD
    is_foretold = claim.modality != "actual" or claim.group.startswith(_CHANCE)
    return FORETOLD if claim.ctype in ("quantity", "event") and is_foretold else claim.ctype


def _badges_of_what_acts(futures: Futures, badges: Mapping[int, str]) -> dict[str, str]:
    """Of an answer in whose variance no parameter shows, such as a chance of 0 %: what most of the parameters rest on that lead to it."""
    found = {}
    for slot in futures.program.results:
        acting = [badges[index] for index in futures.uncertain if slot.may_hang_on(futures.program.parameters[index])]
        found[slot.name] = max(BADGES, key=acting.count) if acting else "judgement"
    return found


def _shifts(rivals: Rivals | None, question: str, scenario: str, answer: Answer) -> tuple[Shift, ...]:
    if rivals is None:
        return ()
    return tuple(Shift(*one.sure_shift, rivals.moves(question, scenario, one.name)) for one in answer.rivals)


def _effect_shifts(rivals: Rivals | None, question: str, scenario: str, answer: Answer) -> tuple[Shift, ...]:
    if rivals is None:
        return ()
    return tuple(Shift(*one.sure_effect_shift, rivals.effect_moves(question, scenario, one.name)) for one in answer.rivals)


def _kept_to(grounds: Grounds, answer: Answer, lowest: float, ends: tuple[float, float] | None) -> Grounds:
    """The band keeps to what can be, however far a rival structure shifts the futures.

    Args:
        lowest: of a chance, or of a difference of chances; 1 is the highest.
        ends: of an amount or a date, what any future answers in the model or in a rival; None where there is none.
    """
    if grounds.spread is None:
        return grounds
    if answer.probability is not None:
        ends = (lowest, 1.0)
    if ends is None:
        return grounds
    low, high = (min(ends[1], max(ends[0], end)) for end in grounds.spread)
    return dataclasses.replace(grounds, spread=(low, high))


def _ends(asked: GroundedAnswer, rivals: Sequence[Array]) -> tuple[float, float] | None:
    """The least and the most that any future answers; None where no rival structure shifts the answer."""
    if not any(one.size for one in asked.shifts):
        return None
    found = [one for one in (asked.values, *rivals) if not np.isnan(one).all()]
    return min(float(np.nanmin(one)) for one in found), max(float(np.nanmax(one)) for one in found)


def _has_effect(answer: Answer, base: Answer) -> bool:
    """Does it differ from the baseline future by future, and is it moved by that?"""
    return answer.statistic != "when" and not answer.is_set and is_value_move(answer, base)
