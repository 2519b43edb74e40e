"""Rival structures as they are shown: how much each is believed in and why, which answers it moves, and which effect it changes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from foedus.analysis.finding import Answer, Finding, QuestionFinding, RivalAnswer, VariantInfo
from foedus.analysis.moves import ERRORS, MATTERS
from foedus.show.judgements import topic_of
from foedus.show.ranking import baseline_answer, tail_words
from foedus.show.words import ends, percent, plain, points, shortened, signed, unit_words
from foedus.wording import counted

__all__ = ["StructureMove", "StructureRow", "structure_rows", "structures_note", "structures_told"]

_MOST = 4  # answers that are named for each


@dataclass(frozen=True)
class StructureMove:
    """One number that a rival structure moves: of which question, what it is in the model and what in the rival, in words.

    `effect_of` is the scenario whose effect it is, `effect_label` what people call it; "" where it is the answer itself.
    """

    question: QuestionFinding
    before: str
    after: str
    unit: str
    effect_of: str = ""
    effect_label: str = ""


@dataclass(frozen=True)
class StructureRow:
    """A rival structure, the answers that it moves most, and the effects that were asked for and are others in it.

    Attributes:
        moved: answers that it moves beyond two errors and by enough to matter.
        told: how many these are of how many, and on which part of the futures that rests.
    """

    variant: VariantInfo
    weight: str
    moved: int
    moves: tuple[StructureMove, ...]
    effects: tuple[StructureMove, ...]
    told: str


def structures_told(finding: Finding) -> str:
    """What the rivals are; "" where the case declares none."""
    if not finding.variants:
        return ""
    count, own = len(finding.variants), 1.0 - math.fsum(one.weight for one in finding.variants)
    told = "One rival structure" if count == 1 else f"{count} rival structures"
    return f"{told}, under every scenario on {finding.variant_futures:,} of the futures; {percent(own)} is believed of the model itself."


def structures_note(finding: Finding) -> str:
    """The same below the answers, with how the rivals enter the ranges."""
    told = structures_told(finding)
    ranges = "their ranges, and those of differences, are over priors and structures, by these weights"
    return f"{told} The answers above are the model's own; {ranges}." if told else ""


def structure_rows(finding: Finding) -> list[StructureRow]:
    """One row for each rival, in the order of the model."""
    return [_row(finding, place, variant) for place, variant in enumerate(finding.variants)]


def _row(finding: Finding, place: int, variant: VariantInfo) -> StructureRow:
    sized = []
    for question in finding.questions:
        answer = baseline_answer(finding, question)
        if answer is not None and answer.rivals:
            rival = answer.rivals[place]
            size = max(_size(rival.shift, rival.shift_error, answer), _chance_size(rival))
            sized += [(size, question, answer)] if size else []
    sized.sort(key=lambda one: (-one[0], one[1].name))
    moves = tuple(_move(question, answer, answer.rivals[place]) for _, question, answer in sized[:_MOST])
    told = _told(variant, len(sized), finding)
    return StructureRow(variant, percent(variant.weight), len(sized), moves, _effects(finding, place), told)


def _told(variant: VariantInfo, moved: int, finding: Finding) -> str:
    if variant.failed and variant.failed == finding.variant_futures:
        return f"says nothing: every future fails ({plain(variant.failure)})"
    told = f"moves {moved} of {counted(len(finding.questions), 'answer')}" if moved else "moves no answer that is asked for"
    if variant.failed:
        told += f", on the other futures: {percent(variant.failed / finding.variant_futures)} fail ({plain(variant.failure)})"
    return told


def _effects(finding: Finding, place: int) -> tuple[StructureMove, ...]:
    """The effects that are others in the rival: first what the headline asks for, then the largest change of any scenario."""
    topic = topic_of(finding)
    asked = [(topic.scenario, question) for question in topic.questions] if topic is not None else []
    rest = [(scenario.name, question) for scenario in finding.scenarios[1:] for question in finding.questions]
    first, others = (_changed(finding, place, pairs) for pairs in (asked, rest))
    named = {(move.effect_of, move.question.name) for move in first[:2]}
    more = [move for move in others if (move.effect_of, move.question.name) not in named and move.effect_of != _asked(finding)]
    return (*first[:2], *more[:1])


def _asked(finding: Finding) -> str:
    topic = topic_of(finding)
    return topic.scenario if topic is not None else ""


def _changed(finding: Finding, place: int, pairs: list[tuple[str, QuestionFinding]]) -> list[StructureMove]:
    """The effects that are clearly others in the rival, the largest change first."""
    labels = {scenario.name: plain(scenario.label) for scenario in finding.scenarios}
    found = []
    for scenario, question in pairs:
        base, answer = baseline_answer(finding, question), question.answers.get(scenario)
        if base is None or answer is None or answer.effect is None or not answer.rivals or answer.difference is None:
            continue
        rival = answer.rivals[place]
        size = _size(rival.effect_shift, rival.effect_error, base)
        if size:
            found.append((size, replace(_effect(question, answer, rival, scenario), effect_label=labels[scenario])))
    found.sort(key=lambda one: (-one[0], one[1].question.name, one[1].effect_of))
    return [move for _, move in found]


def _size(shift: float, error: float, base: Answer) -> float:
    """On a scale common to all questions; 0 within two errors, or where it is too small to matter."""
    if not (math.isfinite(shift) and math.isfinite(error)) or abs(shift) <= ERRORS * error:
        return 0.0
    if base.quantiles is None:
        return abs(shift) if abs(shift) >= MATTERS["chance"] else 0.0
    if math.isnan(base.width):
        return 0.0
    size = abs(shift) / base.width if base.width > 0 else 1.0
    return size if size >= MATTERS["width"] else 0.0


def _chance_size(rival: RivalAnswer) -> float:
    """Of a date: how far the rival moves the chance that it comes at all; 0 within two errors, or where it is too small to matter."""
    is_sure = math.isfinite(rival.chance_error) and abs(rival.chance_shift) > ERRORS * rival.chance_error
    return abs(rival.chance_shift) if is_sure and abs(rival.chance_shift) >= MATTERS["chance"] else 0.0


def _date_move(question: QuestionFinding, answer: Answer, rival: RivalAnswer) -> StructureMove:
    """First whether it comes, where the rival moves that; then when, if it does."""
    assert answer.chance is not None
    comes = (percent(answer.chance), percent(min(1.0, max(0.0, answer.chance + rival.chance_shift))))
    if not math.isfinite(rival.shift):
        return StructureMove(question, f"comes in {comes[0]}", comes[1], "")
    then = _amount_move(question, answer, rival)
    if not _chance_size(rival):
        return then
    return StructureMove(question, f"comes in {comes[0]}", f"{comes[1]}, then {then.before} → {then.after}", then.unit)


def _move(question: QuestionFinding, answer: Answer, rival: RivalAnswer) -> StructureMove:
    if answer.chance is not None:
        return _date_move(question, answer, rival)
    if answer.quantiles is None:
        after = percent(min(1.0, max(0.0, answer.value + rival.shift)))
        return StructureMove(question, percent(answer.probability), after, "")
    return _amount_move(question, answer, rival)


def _amount_move(question: QuestionFinding, answer: Answer, rival: RivalAnswer) -> StructureMove:
    before, after = ends((answer.value, answer.value + rival.shift), (answer.width, answer.width), rival.shift, rival.shift_error)
    tail = f" ({tail_words(answer)} without it)" if tail_words(answer) else ""
    return StructureMove(question, shortened(before), shortened(after), f"{unit_words(question.unit)}{tail}".strip())


def _effect(question: QuestionFinding, answer: Answer, rival: RivalAnswer, scenario: str) -> StructureMove:
    difference = answer.difference or 0.0
    after = difference + rival.effect_shift
    if answer.quantiles is None:
        return StructureMove(question, points(difference), points(after), "points", scenario)
    fine = max(abs(difference), abs(after)) / 10
    ends = (shortened(signed(difference, fine)), shortened(signed(after, fine)))
    return StructureMove(question, *ends, plain(unit_words(question.unit)), scenario)
