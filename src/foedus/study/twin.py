"""Made-up worlds in which the effects of scenarios are known: do the ranges that the case states hold them?"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.analysis.enough import WORLDS
from foedus.analysis.explain import Amount
from foedus.analysis.failures import refuse_failed
from foedus.analysis.finding import Answer
from foedus.analysis.spread import Rivals
from foedus.analysis.twin import Twin, TwinCell, TwinStructure, Worlds, coverage_of, worlds_of
from foedus.case import Case
from foedus.ensemble import Futures, Joint, Sampler, Settings
from foedus.errors import InputError, Problem
from foedus.study.again import run_again
from foedus.study.asked import asked_names, question_words
from foedus.study.finding import compared, grounded
from foedus.study.futures import run_futures
from foedus.study.rivals import rival_slots, run_rivals, variant_infos, variant_weights
from foedus.study.simulate import Progress, simulate_case
from foedus.wording import counted

__all__ = ["twin"]

Answers = Mapping[str, Mapping[str, Answer]]
Range = tuple[float, float]
MODEL = "the model"


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
    """Hold the stated range of every scenario's difference against the difference in worlds whose truth is known.

    A world is the model, or one of its rival structures, with parameters as a run draws them.

    Args:
        questions: whose differences; all if none is named.
        draws: of the parameters; each is tried in every structure. lucks: futures of each world.
        futures: behind the stated ranges.
        progress: called with (futures done, futures in all) as work goes on.
    Raises:
        InputError: no such question; too few worlds; no scenario to compare; no range that could be judged.
        RunError: more than a few of the futures failed.
    """
    _refuse_few(case, draws, lucks)
    names = asked_names(case.name, [slot.name for slot in case.program.results], questions)
    ran = run_futures(case, futures, seed, trajectories=False, progress=progress)
    refuse_failed(ran)
    rivals = run_rivals(case, futures, seed, progress=progress)
    every = compared(ran, rivals)
    answers = {name: every[name] for name in names}
    again = run_again(case, ran)
    stated = _ranges(grounded(case, ran, answers, rivals, again), names)
    worlds = _worlds(case, draws, lucks, seed, progress)
    weights = _weights(worlds)
    truths = {key: worlds_of(_differences(worlds, *key, draws), weights) for key in stated}
    told = {key: one for key, one in truths.items() if one is not None and one.is_told}
    if not told:
        message = "no stated range of a difference could be judged: there is none, or luck hides how the worlds differ."
        raise InputError(
            Problem(case.name, 0, 0, "nothing-told", message, "Ask for more `--lucks` or `--futures`, or other questions.")
        )
    field = _Field(case, ran, again, stated, told)
    structures = tuple(_structure(field, answers, rivals, place) for place in range(len(weights)))
    return Twin(
        tuple(field.cell(key) for key in told),
        structures,
        field.by_scenario(),
        field.coverage(list(told)),
        float(np.mean([field.expected(key) for key in told])),
        len(stated) - len(told),
        len(names) * (len(ran.scenarios) - 1) - len(stated),
        draws,
        lucks,
        futures,
        seed,
    )


def _refuse_few(case: Case, draws: int, lucks: int) -> None:
    if draws < WORLDS or lucks < 2:
        message = f"{counted(draws, 'world')} of {counted(lucks, 'future')} each tell nothing about a range."
        raise InputError(
            Problem("--worlds", 0, 0, "too-few", message, f"Use {counted(WORLDS, 'world')} or more, of 2 lucks or more.")
        )
    if len(case.scenarios()) < 2:
        message = "the case has no scenario, so there is no difference to be tested."
        raise InputError(Problem(case.name, 0, 0, "unknown-scenario", message, "Add `scenario NAME { lever = … }`."))


def _ranges(answers: Answers, names: Sequence[str]) -> dict[tuple[str, str], Range]:
    """(question, scenario) -> the stated range of the difference, where there is one."""
    return {
        (question, scenario): answer.effect.spread
        for question in names
        for scenario, answer in answers[question].items()
        if answer.effect is not None and answer.effect.spread is not None
    }


def _worlds(case: Case, draws: int, lucks: int, seed: int, progress: Progress | None) -> Rivals:
    """Every scenario in every structure, in futures of which number i has draw i modulo `draws` of the parameters, and luck of its own."""
    other = seed ^ 1  # no world shares its luck with the futures that the ranges come from
    program = case.program
    sampler = Sampler(program, case.pools.laws, other, "random", draws, case.joint)
    drawn, slots = sampler.draw(0, draws), program.parameters
    values = {slots[index].name: drawn[index][:, None] / slots[index].scale for index in sampler.uncertain}
    joint = Joint(hashlib.sha256(drawn.tobytes()).hexdigest(), values)
    shown = case.scenarios()
    ran = simulate_case(case, Settings(draws * lucks, other), rival_slots(case, shown), members=joint, progress=progress)
    refuse_failed(ran)
    return Rivals(ran, tuple(slot.name for slot in shown), variant_weights(case))


def _weights(worlds: Rivals) -> list[float]:
    return [1.0 - math.fsum(worlds.variants.values()), *worlds.variants.values()]


def _differences(worlds: Rivals, question: str, scenario: str, draws: int) -> np.ndarray:
    """(structure, luck, draw): paired differences from the baseline of the same structure."""
    rows = [
        worlds.values(question, scenario, variant) - worlds.values(question, worlds.scenarios[0], variant)
        for variant in (None, *worlds.variants)
    ]
    return np.stack(rows).reshape(len(rows), -1, draws)


@dataclass(frozen=True)
class _Field:
    """The stated ranges, and the truths of those that can be judged."""

    case: Case
    ran: Futures
    again: Futures | None
    stated: dict[tuple[str, str], Range]
    told: dict[tuple[str, str], Worlds]

    def coverage(self, keys: Sequence[tuple[str, str]]) -> Amount:
        return coverage_of([self.told[key].held(self.stated[key]) for key in keys], self.told[keys[0]].weights)

    def expected(self, key: tuple[str, str]) -> float:
        worlds = self.told[key]
        return coverage_of([worlds.held(worlds.own_range)], worlds.weights).value

    def cell(self, key: tuple[str, str]) -> TwinCell:
        question, scenario = key
        slot = next(one for one in self.ran.program.results if one.name == question)
        worlds, is_chance = self.told[key], slot.statistic == "probability"
        return TwinCell(
            question,
            question_words(self.case, slot),
            "" if is_chance else slot.unit,
            is_chance,
            scenario,
            self.stated[key],
            worlds.own_range,
            self.coverage([key]),
            self.expected(key),
        )

    def by_scenario(self) -> tuple[tuple[str, str, Amount], ...]:
        keys = {slot: [key for key in self.told if key[1] == slot.name] for slot in self.ran.scenarios}
        return tuple((slot.name, slot.label, self.coverage(own)) for slot, own in keys.items() if own)


def _structure(field: _Field, answers: Answers, rivals: Rivals | None, place: int) -> TwinStructure:
    """What the ranges hold where one structure is the truth, and what they would hold if it had not been thought of."""
    one = np.array([1.0])

    def held(ranges: Mapping[tuple[str, str], Range]) -> Amount:
        return coverage_of([field.told[key].held(ranges[key])[place : place + 1] for key in field.told], one)

    weight = float(next(iter(field.told.values())).weights[place])
    if not place:
        return TwinStructure(MODEL, MODEL, weight, held(field.stated), None)
    info = variant_infos(field.case)[place - 1]
    left = {question: {name: _without(answer, info.name) for name, answer in own.items()} for question, own in answers.items()}
    names = list(dict.fromkeys(question for question, _ in field.stated))
    unthought = _ranges(grounded(field.case, field.ran, left, rivals, field.again), names)
    return TwinStructure(info.name, info.label, weight, held(field.stated), held(unthought))


def _without(answer: Answer, variant: str) -> Answer:
    return dataclasses.replace(answer, rivals=tuple(one for one in answer.rivals if one.name != variant))
