"""Key judgements: the answer to what the case was asked, in three to six sentences, made by rule from paired differences.

What it changes and by how much; what it hardly changes; what matters more; how sure that is and what it rests on; what it cannot tell.
Likelihood is said in the words of the yardstick, confidence apart from it, by the rule of `show.confidence`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from foedus.analysis.failures import FEW_FAILED
from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.analysis.moves import is_chance_move, is_move, is_of_other_futures, move_size
from foedus.show.confidence import Resting, confidence_sentences, is_carried, resting_on
from foedus.show.judged import JudgedTopic, Judgement
from foedus.show.ranking import (
    baseline_answer,
    largest_moves,
    over_difference,
    over_words,
    shown_difference,
    shown_ends,
    shown_range,
    shown_statistic,
    tail_words,
    turned,
    why_missing,
)
from foedus.show.subjects import event_of, heading_of, name_of, names_of
from foedus.show.words import (
    clipped,
    listed,
    percent,
    plain,
    points,
    quantity,
    quoted,
    shortened,
    unit_words,
    yardstick,
)
from foedus.titles import name_words

__all__ = [
    "JudgedTopic",
    "Judgement",
    "badge_words",
    "judgements_of",
    "resting_of",
    "shown_spread",
    "topic_of",
]

_MOST = 4  # questions in one sentence: more are a table
_LONG = 72  # letters of two scenarios that begin a sentence; longer ones have one of their own
_PLAIN = 3  # answers that are told where there is nothing to compare
_DEFAULT = 5  # questions of a case that does not say what it was asked
_MUCH = 0.05  # of the variance: what explains less is not what an answer hangs on
_MATTERS = 0.05  # points, or widths of the 90 % interval: what another scenario must move to be named


def topic_of(finding: Finding) -> JudgedTopic | None:
    """What the case was asked; else the scenario that moves its answers most. None where there is nothing to compare."""
    if not finding.scenarios:
        return None
    baseline = finding.scenarios[0].name
    by_name = {question.name: question for question in finding.questions}
    shown = {scenario.name for scenario in finding.scenarios}
    headline = finding.headline
    if headline is not None and {headline.without, headline.as_is} <= shown:
        other = headline.without if headline.as_is == baseline else headline.as_is
        asked = [by_name[name] for name in headline.questions if name in by_name]
        own = tuple(question for question in asked if question.answers[other].is_set)
        missing = tuple(question for question in asked if any(why_missing(answer) for answer in question.answers.values()))
        return JudgedTopic(headline.ask, other, headline.as_is == baseline, tuple(_not_set(asked, other)), own, missing)
    sized = [(_total_move(finding, scenario.name), scenario.name) for scenario in finding.scenarios[1:]]
    if not sized or max(sized)[0] == 0:
        return None
    strongest = max(sized, key=lambda pair: pair[0])[1]
    moved = sorted(_not_set(finding.questions, strongest), key=lambda question: -_size(finding, question, strongest))
    return JudgedTopic("", strongest, False, tuple(moved[:_DEFAULT]))


def _not_set(questions: Sequence[QuestionFinding], scenario: str) -> list[QuestionFinding]:
    """Those that the scenario leaves open, and that have a number in it: a date that never comes has none."""
    return [
        question
        for question in questions
        if scenario in question.answers
        and not question.answers[scenario].is_set
        and all(math.isfinite(answer.value) for answer in question.answers.values())
    ]


def _is_out_of_reach(question: QuestionFinding, scenario: str) -> bool:
    answer = question.answers.get(scenario)
    return answer is not None and answer.is_out_of_reach


def _is_of_other_futures(finding: Finding, question: QuestionFinding, scenario: str) -> bool:
    answer = question.answers.get(scenario)
    return answer is not None and is_of_other_futures(answer)


def _size(finding: Finding, question: QuestionFinding, scenario: str) -> float:
    answer, base = question.answers.get(scenario), baseline_answer(finding, question)
    return move_size(answer, base) if answer is not None and not answer.is_set and is_move(answer, base) else 0.0


def _total_move(finding: Finding, scenario: str) -> float:
    return math.fsum(_size(finding, question, scenario) for question in finding.questions)


def judgements_of(finding: Finding) -> tuple[Judgement, ...]:
    """The key judgements of a run: three to six sentences, fewer only where there is nothing to compare."""
    topic = topic_of(finding)
    asked = (topic.questions or topic.own) if topic is not None else ()
    if topic is None or not asked:
        return _plain_answers(finding)
    confidence, why = confidence_sentences(finding, asked)
    found = [
        _changes(finding, topic, confidence),
        _hardly(finding, topic, confidence),
        _more(finding, topic, confidence),
        Judgement(why, "confidence", tuple(question.name for question in asked), topic.scenario, "", confidence),
        _unknown(finding, topic, confidence),
    ]
    return tuple(_with_share(finding, one) for one in found if one is not None)


def _with_share(finding: Finding, one: Judgement) -> Judgement:
    """The judgement with the part of the futures that its answers rest on; where that is not nearly all of them, in words too."""
    baseline = finding.scenarios[0].name
    shares = [
        question.answers[scenario].asked_of
        for question in finding.questions
        for scenario in dict.fromkeys((baseline, one.scenario))
        if question.name in one.questions and scenario in question.answers
    ]
    if not shares:
        return one
    low, high, told = min(shares), max(shares), one.sentences
    if low < 1.0 - FEW_FAILED and one.kind in ("changes", "hardly", "more"):
        part = percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"
        told = (*told, f"This rests on {part} of the futures.")
    return replace(one, sentences=told, share=low)


def _label(finding: Finding, name: str) -> str:
    return next((clipped(scenario.label) for scenario in finding.scenarios if scenario.name == name), name_words(name))


def _ends(finding: Finding, topic: JudgedTopic, question: QuestionFinding) -> tuple[Answer, Answer, float, float]:
    """The answers without it and with it, the difference that it makes, and its error."""
    base, other = baseline_answer(finding, question), question.answers[topic.scenario]
    assert base is not None
    difference, error = other.difference or 0.0, other.difference_error or 0.0
    return (other, base, -difference, error) if topic.is_counterfactual else (base, other, difference, error)


def _moved(finding: Finding, topic: JudgedTopic) -> list[QuestionFinding]:
    return [
        question for question in topic.questions if is_move(question.answers[topic.scenario], baseline_answer(finding, question))
    ]


def _value(answer: Answer, unit: str) -> str:
    """The statistic, as tables show it."""
    if answer.statistic == "probability":
        return percent(answer.probability)
    mean = "a mean of " if answer.statistic == "mean" else ""
    return f"{mean}{shown_statistic(answer)} {unit_words(unit)}".strip()


def _alone(answer: Answer, unit: str) -> str:
    """The same for a number that stands alone: of a long tail the median first, whose mean is not what a typical future looks like."""
    if answer.quantiles is None or not tail_words(answer):
        return _value(answer, unit)
    median, told = shortened(quantity(answer.quantiles).median), unit_words(unit)
    return f"{f'a median of {median} {told}'.strip()}; {shown_statistic(answer)} in the mean of a long tail"


def _pair(before: Answer, after: Answer, question: QuestionFinding) -> tuple[str, str]:
    """Both ends of a difference, as tables show them; the second with its unit."""
    mean = "a mean of " if before.statistic == "mean" else ""
    first, second = shown_ends(before, after)
    return first, f"{mean}{second} {unit_words(question.unit)}".strip()


def _tail(*answers: Answer) -> str:
    """`; means of a long tail; medians 29 → 51`, behind means that stand alone; empty where they lie near their medians."""
    told = tail_words(*answers)
    return f"; {told}" if told else ""


def _change(finding: Finding, topic: JudgedTopic, question: QuestionFinding) -> str:
    """`a strike by spring likelier: 57 % instead of 50 % (+6.5 points)`."""
    before, after, difference, _ = _ends(finding, topic, question)
    if before.chance is not None and after.chance is not None and is_chance_move(question.answers[topic.scenario]):
        change = after.chance - before.chance
        word = "likelier to come" if change > 0 else "less likely to come"
        ends = f"in {percent(after.chance)} of the futures instead of {percent(before.chance)}"
        return f"{event_of(question)} {word}: {ends} ({points(change)} points)"
    if before.statistic == "probability":
        size, word = f"{points(difference)} points", "likelier" if difference > 0 else "less likely"
    else:
        size, word = _size_words(question.answers[topic.scenario], difference), "higher" if difference > 0 else "lower"
        word = word if before.statistic != "when" else "later" if difference > 0 else "earlier"
    first, second = _pair(before, after, question)
    what = event_of(question) if before.statistic == "probability" else name_of(question)
    told = f"{what} {word}: {second} instead of {first} ({size}{_range(question.answers[topic.scenario], topic)})"
    tail = tail_words(before, after)
    return f"{told}. These are {tail}" if tail else told


def _size_words(answer: Answer, difference: float) -> str:
    """The difference with its sign, as tables show it, seen from the side that the sentence is told from."""
    told = answer if difference == answer.difference else turned(answer)
    return shortened(over_difference(told) or shown_difference(told))


def _range(answer: Answer, topic: JudgedTopic) -> str:
    """How far the difference moves over the assumptions, seen from the side that the sentence is told from."""
    told = shown_range(turned(answer) if topic.is_counterfactual else answer)
    return f"; {told} {over_words(answer)}" if told else ""


def _likelihood(finding: Finding, question: QuestionFinding) -> str:
    base = baseline_answer(finding, question)
    return yardstick(base.probability, base.error) if base is not None and base.probability is not None else ""


def _compared(finding: Finding, topic: JudgedTopic) -> tuple[str, str]:
    """Who is compared with whom: a sentence before, "" where it is short enough to stand in what follows, and how that begins."""
    baseline, other = clipped(finding.scenarios[0].label), _label(finding, topic.scenario)
    before, after = (other, baseline) if topic.is_counterfactual else (baseline, other)
    if len(before) + len(after) > _LONG:
        return f"{quoted(after)} is compared with {quoted(before)}.", "It"
    return "", f"Compared with {quoted(before)}, {quoted(after)}"


def shown_spread(answer: Answer) -> str:
    """How far a chance moves over the assumptions: `11–98 %`; empty where it cannot be told."""
    if answer.grounds is None or answer.grounds.spread is None or answer.probability is None:
        return ""
    low, high = (percent(min(1.0, max(0.0, end))) for end in answer.grounds.spread)
    if low == high or (high.startswith("<") and low == percent(0.0)):
        return high
    if low.startswith(">") and high == percent(1.0):
        return low
    return f"{low.removesuffix(' %').removeprefix('<')}–{high.removeprefix('>')}"


def badge_words(answer: Answer) -> str:
    """What an answer rests on in a word: `fitted`; nothing where there is no answer."""
    return answer.grounds.badge if answer.grounds is not None and not why_missing(answer) else ""


def _over(answer: Answer) -> str:
    spread = shown_spread(answer)
    return f"; {spread} {over_words(answer)}" if spread else ""


def _changes(finding: Finding, topic: JudgedTopic, confidence: str) -> Judgement:
    """What it changes, and by how much."""
    moved = _moved(finding, topic)
    names = tuple(question.name for question in moved[:_MOST])
    before, it = _compared(finding, topic)
    lead = 1 if before else 0
    own = f"It sets {names_of(topic.own)} itself." if topic.own else ""
    if not moved and topic.questions and all(_is_out_of_reach(question, topic.scenario) for question in topic.questions):
        text = f"{it} can move none of what was asked: nothing in the model leads there from what it sets."
        names = tuple(question.name for question in topic.questions)
        return Judgement(_said(before, text, own), "changes", names, topic.scenario, "", confidence, lead=lead)
    if not moved:
        what, but = ("nothing", ", but what it sets itself") if own else ("none", "")
        text = f"{it} moves {what} of what was asked beyond chance and by enough to matter{but}."
        names = tuple(question.name for question in topic.questions or topic.own)
        told = _said(before, text, own, _moves_instead(finding, topic))
        return Judgement(told, "changes", names, topic.scenario, "", confidence, lead=lead)
    parts = [_change(finding, topic, question) for question in moved[:_MOST]]
    first = moved[0]
    likelihood, base = _likelihood(finding, first), baseline_answer(finding, first)
    stands = (
        f"As things stand {event_of(first)} is {likelihood} ({percent(base.probability)}{_over(base)})."
        if likelihood and base
        else ""
    )
    told = _said(before, f"{it} makes {parts[0]}.", *(f"It also makes {one}." for one in parts[1:]), stands, own)
    sentences = _once(told, over_words(first.answers[topic.scenario]))
    return Judgement(sentences, "changes", names, topic.scenario, likelihood, confidence, lead=lead)


def _moves_instead(finding: Finding, topic: JudgedTopic) -> str:
    """What it moves most of all that the case asks, where it moves nothing of what the headline asks."""
    asked = {question.name for question in (*topic.questions, *topic.own)}
    others = [question for question in largest_moves(finding, topic.scenario) if question.name not in asked]
    if not others:
        return ""
    return f"Outside of that it makes {_change(finding, topic, others[0])}."


def _said(*sentences: str) -> tuple[str, ...]:
    """Those that there are."""
    return tuple(one for one in sentences if one)


def _once(sentences: Sequence[str], over: str) -> tuple[str, ...]:
    """The sentences in which what a range is over is said at the first range, and goes without saying at the others."""
    first, said, rest = "\n".join(sentences).partition(f" {over}")
    return tuple((first + said + rest.replace(said, "") if said else first).split("\n"))


def _hardly(finding: Finding, topic: JudgedTopic, confidence: str) -> Judgement | None:
    """What it hardly changes, although it might have: known to be small, not merely unseen."""
    moved = {question.name for question in _moved(finding, topic)}
    still = [
        question
        for question in topic.questions
        if question.name not in moved
        and not _is_unseen(finding, topic, question)
        and not _is_of_other_futures(finding, question, topic.scenario)
        and not _is_out_of_reach(question, topic.scenario)
    ]
    if not still:
        return None
    parts = [
        f"{name_of(question)} ({_alone(answer, question.unit)})"
        for question in still[:_MOST]
        for answer in _ends(finding, topic, question)[1:2]
    ]
    return Judgement(
        _by_twos("It hardly changes {}.", "Nor does it change {} by much.", parts),
        "hardly",
        tuple(question.name for question in still[:_MOST]),
        topic.scenario,
        _likelihood(finding, still[0]),
        confidence,
    )


def _by_twos(first: str, further: str, parts: Sequence[str]) -> tuple[str, ...]:
    """Sentences that name two things each, as a reader can take them in."""
    twos = [listed(parts[place : place + 2]) for place in range(0, len(parts), 2)]
    return first.format(twos[0]), *(further.format(two) for two in twos[1:])


def _is_unseen(finding: Finding, topic: JudgedTopic, question: QuestionFinding) -> bool:
    """Could a difference that matters hide behind the error of this one?"""
    answer, base = question.answers[topic.scenario], baseline_answer(finding, question)
    if answer.difference is None or answer.difference_error is None or is_move(answer, base):
        return False
    width = 1.0 if base is None or base.quantiles is None else max(base.width, 1e-300)
    smallest = 0.02 if answer.quantiles is None else 0.04
    return not 2 * answer.difference_error / width <= smallest


def _more(finding: Finding, topic: JudgedTopic, confidence: str) -> Judgement | None:
    """What moves these answers more: another scenario that does not set them, and the assumption on which the first one hangs most."""
    told, names, scenario = [], [], ""
    for question in topic.questions:
        own = _size(finding, question, topic.scenario)
        sized = [
            (_size(finding, question, other.name), other.name) for other in finding.scenarios[1:] if other.name != topic.scenario
        ]
        size, name = max(sized, default=(0.0, ""))
        if size > max(own, _MATTERS) and not scenario:
            answer, base = question.answers[name], baseline_answer(finding, question)
            assert base is not None
            before, after = _pair(base, answer, question)
            ends = f"{after} instead of {before}"
            told.append(f"{quoted(_label(finding, name))} matters more for {name_of(question)} ({ends}{_tail(base, answer)})")
            names.append(question.name)
            scenario = name
    if not topic.questions:
        return None
    first = topic.questions[0]
    labels = {assumption.parameter: assumption.label for assumption in finding.assumptions}
    if first.drivers and is_carried(finding, first):
        driver = first.drivers[0]
        what = plain(labels.get(driver.parameter) or name_words(driver.parameter))
        share = f"{quoted(what)} ({percent(driver.share)} of its variance)"
        is_much = driver.share >= _MUCH
        told.append(
            f"what {name_of(first)} hangs on most is {share}"
            if is_much
            else f"{name_of(first)} hangs on no one assumption by itself: most on {share}"
        )
        names.append(first.name)
    if not told:
        return None
    sentences = tuple(f"{one[0].upper()}{one[1:]}." for one in told)
    return Judgement(sentences, "more", tuple(dict.fromkeys(names)), scenario, "", confidence)


def _unknown(finding: Finding, topic: JudgedTopic, confidence: str) -> Judgement | None:
    """What this run cannot tell: effects hidden by error, answers that mix worlds or rest on few futures."""
    parts = []
    other = [question for question in topic.questions if _is_of_other_futures(finding, question, topic.scenario)]
    hidden = [question for question in topic.questions if question not in other and _is_unseen(finding, topic, question)]
    if hidden:
        parts.append(f"whether it moves {names_of(hidden)} (the error is larger than what would matter)")
    if other:
        parts.append(f"whether it moves {names_of(other)}, which applies to other futures in each")
    beyond = [question for question in topic.questions if _is_out_of_reach(question, topic.scenario)]
    still = ""
    if 0 < len(beyond) < len(topic.questions):
        told = names_of(beyond)
        still = f"It does not move {told}: nothing in the model leads there from what it sets."
    if topic.missing:
        told = listed([heading_of(question) for question in topic.missing[:_MOST]])
        parts.append(f"anything about {told} (there is a scenario in which it applies to no future that ended well)")
    part = [
        question for question in topic.questions if (base := baseline_answer(finding, question)) is not None and base.share < 0.2
    ]
    if part:
        parts.append(f"much about {names_of(part)}, which applies to few futures")
    names = tuple(question.name for question in [*hidden, *other, *beyond, *topic.missing, *part][:_MOST])
    rest = "What the model leaves out it cannot tell at all: the limits of the case say what that is." if finding.limits else ""
    if not parts and not rest and not still:
        return None
    told = f"This run cannot tell {' nor '.join(parts)}." if parts else ""
    return Judgement(_said(still, told, rest), "unknown", names, topic.scenario, "", confidence)


def resting_of(finding: Finding) -> Resting | None:
    """What the answers rest on with which a run begins, as its key judgements say it; None where that cannot be told."""
    topic = topic_of(finding)
    asked = (topic.questions or topic.own) if topic is not None else ()
    return resting_on(finding, asked or finding.questions[:_PLAIN])


def _plain_answers(finding: Finding) -> tuple[Judgement, ...]:
    """Where there is nothing to compare: the first answers as they stand, and how sure they are."""
    if not finding.questions or not finding.scenarios:
        return ()
    questions = finding.questions[:_PLAIN]
    confidence, why = confidence_sentences(finding, questions)
    found: list[Judgement] = []
    for question in questions:
        base = baseline_answer(finding, question)
        if base is None:
            continue
        if not base.futures:
            told = why_missing(base) or "never comes in these futures"
            found.append(Judgement((f"{heading_of(question)}: {told}.",), "answer", (question.name,), "", "", confidence))
            continue
        if base.probability is not None:
            spread = shown_spread(base) if any(one.likelihood for one in found) else ""
            told = f"{_likelihood(finding, question)} ({percent(base.probability)}{f'; {spread}' if spread else _over(base)})"
        else:
            assert base.quantiles is not None
            median, low, high = quantity(base.quantiles)
            inside = f", in nine of ten futures {low} to {high}" if low != high else ", in at least nine of ten futures"
            told = f"{median} {unit_words(question.unit)}".strip() + (inside if math.isfinite(base.width) else "")
        if base.chance is not None:
            told = f"comes in {percent(base.chance)} of the futures; where it comes, {told.replace('futures', 'of these')}"
        elif base.share < 1 - FEW_FAILED:
            told += f", of the {percent(base.share)} of the futures that it rests on"
        likelihood = _likelihood(finding, question)
        found.append(Judgement((f"{heading_of(question)}: {told}.",), "answer", (question.name,), "", likelihood, confidence))
    names = tuple(question.name for question in questions)
    return tuple(_with_share(finding, one) for one in (*found, Judgement(why, "confidence", names, "", "", confidence)))
