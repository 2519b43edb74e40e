"""The model as text: readable, commented, one block a part, then events, scenarios and questions."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from foedus.draft.binding import BindingLine, quoted
from foedus.draft.choosing import MechanismChoice
from foedus.draft.drafted import Drafted, DraftedQuestion
from foedus.draft.fitting import size_of
from foedus.draft.foretold import PredictedEvent, Trigger
from foedus.draft.foretold_questions import (
    as_told,
    asked_as,
    day_words,
    expression_of,
    of_target,
    shortened,
    start_note,
    unit_shown,
)
from foedus.draft.going_on import asked_of
from foedus.draft.predictions import ReportedPrediction
from foedus.draft.rules import AnswerRule, TriggerRule
from foedus.evidence.claim import Claim

__all__ = ["model_text", "questions_of", "scenarios_of", "trigger_names"]

_OWN_UNITS = frozenset("tonne kg g m day week month year hour 1".split())


def trigger_names(happenings: Iterable[PredictedEvent], starts: Mapping[tuple[str, str], Claim]) -> dict[str, dict[str, str]]:
    """alias -> trigger -> the name of what says whether it holds."""
    found: dict[str, dict[str, str]] = {}
    pairs = [(part.alias, rule.name) for each in happenings for part, rule, _ in each.triggers]
    for alias, trigger in [*pairs, *starts]:
        found.setdefault(alias, {})[trigger] = f"{alias}_{trigger}_holds"
    return found


def model_text(drafted: Drafted) -> str:
    """The whole text."""
    blocks = [_head(drafted), _units(drafted)]
    if drafted.happenings:
        blocks.append(_comment("What may happen, by the reports. Chances are read from figures and words, see each."))
        blocks += [_event(each, drafted) for each in drafted.happenings]
    blocks += [_state(part, drafted) for part in drafted.parts]
    blocks += [_part(part, drafted) for part in drafted.parts]
    blocks += list(_tried(drafted))
    blocks += list(_asked(drafted))
    return "\n".join(block for block in blocks if block) + "\n"


def _head(drafted: Drafted) -> str:
    titles = "; ".join(drafted.titles)
    lead = (
        f"Drafted by rule from: {titles}." if titles else "A neutral skeleton; put figures of your own in place of the defaults."
    )
    titles_alone = bool(drafted.titles) and not drafted.parts
    judged = "Every claim is proposed only: go through them with `foedus review`. What no report says is a default of the shelf."
    if titles_alone:
        judged = f"No part computes anything: these are chances as the reports tell them, by figures or by words. {judged}"
    head = f"model {drafted.name} {quoted(drafted.title)}\n  as of {drafted.as_of} for {drafted.weeks} weeks step {drafted.step}"
    return "\n".join([_comment(lead), *([_comment(judged)] if titles else []), "", head])


def _comment(text: str) -> str:
    return "\n".join(f"# {line}" for line in textwrap.wrap(text, 110))


def _units(drafted: Drafted) -> str:
    used = {name for part in drafted.parts for name in part.filled.things}
    for bounds in drafted.bounds.values():
        for bound in bounds:
            for line in bound.lines:
                found = re.match(r"param \S+ : (\S+)", line.text)
                used |= set(re.findall(r"[A-Za-z_]\w*", found[1])) if found else set()
    own = sorted(used - _OWN_UNITS)
    units = f"unit {', '.join(own)}\n" if own else ""
    if not any(part.takes.facing for part in drafted.parts):
        return units
    one, other = drafted.sides
    return f"{units}index side = {one}, {other}\nmap enemy : side -> side = {one} -> {other}, {other} -> {one}\n"


def _event(each: PredictedEvent, drafted: Drafted) -> str:
    """The event of some predictions, with its chance and whose words it rests on."""
    first = each.first
    day = first.day or min(drafted.end, drafted.as_of + timedelta(days=182))
    words = shortened(first.words, 140)
    lines = [_comment(f"{one.claims[0].origin}: {as_told(replace(one, before=''), 150)}") for one in each.predictions]
    chance = f"{each.name.removesuffix('_ends')}_goes_on_chance" if each.is_turned else f"{each.name}_chance"
    if each.name in drafted.chances:
        lines.append(f"param {chance} : 1 ~ claims {quoted(drafted.chances[each.name])} {quoted(f'Chance: {words}')}")
    else:
        low, high = first.chance
        reason = f"judgement by rule: {first.because}" + ("" if first.day else "; no day is named, so within half a year")
        lines.append(
            f"param {chance} : 1 ~ {low:.3g} to {high:.3g} as share {quoted(f'Chance: {words}')}\n  because {quoted(reason)}"
        )
    if first.is_on:
        share, words = (f"1 - {chance}", f"It does not come so: {words}") if each.is_turned else (chance, words)
        lines.append(f"event {each.name} when time >= {day} with chance {share} {quoted(words)}")
    elif first.first is not None and first.first > drafted.as_of:
        days = (day - first.first).days
        lines.append(f"event {each.name} at rate -log(1 - {chance}) / {days} day after {first.first} until {day} {quoted(words)}")
    else:
        until = f" until {day}" if _is_over_then(each, drafted) else ""
        lines.append(f"event {each.name} at rate -log(1 - {chance}) / {day}{until} {quoted(words)}")
    return "\n".join(lines) + "\n"


def _is_over_then(each: PredictedEvent, drafted: Drafted) -> bool:
    """Whether what is told for a day before the end begins something, or is asked alone: it comes by that day, or not at all.

    What holds already, and is to end by a day, may end later too.
    """
    day = each.first.day
    begins = not each.triggers or any(not is_undone for _, _, is_undone in each.triggers)
    return begins and not each.first.is_on and day is not None and day < drafted.end


def _state(part: MechanismChoice, drafted: Drafted) -> str:
    """What says whether a trigger of a part holds: from the start, by an event, until another ends it."""
    lines = []
    for rule in part.filled.rule.triggers:
        key = (part.alias, rule.name)
        own = [
            (each.name, is_undone)
            for each in drafted.happenings
            for one, what, is_undone in each.triggers
            if (one.alias, what.name) == key
        ]
        if not own and key not in drafted.starts:
            continue
        begun = [] if key in drafted.starts else [event for event, is_undone in own if not is_undone]
        ended = [f"not {event}" for event, is_undone in own if is_undone]
        if key in drafted.starts:
            lines.append(_comment(f"It holds at the start: “{shortened(drafted.starts[key].paraphrase, 140)}”"))
        held = " or ".join(begun) or ("" if ended and key in drafted.starts else "1 > 0" if key in drafted.starts else "1 < 0")
        held = f"({held})" if len(begun) > 1 and ended else held
        text = " and ".join(one for one in [held, *ended] if one)
        name = f"{part.alias}_{rule.name}_holds"
        if rule.size:
            size = f"{part.alias}_{rule.name}_size"
            told, because = _told_size(
                rule, [each for each in drafted.happenings if any(key == _key(one) for one in each.triggers)]
            )
            lines.append(f"param {size} : 1 ~ {told} {quoted(f'How much it changes: {rule.title}')} because {quoted(because)}")
            text = f"if {text} then {size} else 0"
        lines.append(f"let {name} : 1 = {text} {quoted(rule.title)}")
    return "\n".join(lines) + "\n" if lines else ""


def _key(trigger: Trigger) -> tuple[str, str]:
    return trigger[0].alias, trigger[1].name


_POINTS = {"basis point": 1e-4, "percentage point": 0.01}
_NEARLY = 0.25  # of what is foretold, that may come more or less


def _told_size(rule: TriggerRule, happenings: Sequence[PredictedEvent]) -> tuple[str, str]:
    """By how much an event changes a slot, with the reason: by as many points as the reports foretell, where they do; else as judged."""
    facts = [fact for each in happenings for one in each.predictions for fact in one.figures] if rule.points else []
    told = {fact.written: size_of(fact) * _POINTS.get(fact.claim.quantity_unit.removesuffix("s"), 0.0) for fact in facts}
    told = {words: rule.points * size for words, size in told.items() if size}
    if not told:
        return rule.size, rule.size_because
    ends = [size * factor for size in told.values() for factor in (1 - _NEARLY, 1 + _NEARLY)]
    return f"{min(ends):.4g} to {max(ends):.4g}", f"the reports foretell “{'”, “'.join(told)}”; give or take a quarter"


def _part(part: MechanismChoice, drafted: Drafted) -> str:
    bounds = drafted.bounds[part.alias]
    lines = [_comment(f"{part.takes.title}. {part.takes.source}."), _comment(f"Not for {part.takes.not_for}.")]
    if part.filled.told and not part.filled.slots:
        lines.append(_comment(f"No figure of the reports carries it, only words: “{shortened(part.filled.told[0], 150)}”"))
    for bound in bounds:
        lines += [_line(line) for line in bound.lines]
    things = f" of {', '.join(part.filled.things)}" if part.filled.things else ""
    given = [f"{bound.slot} {bound.text}" for bound in bounds if bound.text]
    is_twice = sum(one.takes.name == part.takes.name for one in drafted.parts) > 1
    title = f"{part.takes.title} ({part.alias})" if is_twice else part.takes.title
    between = " for side facing enemy" if part.takes.facing else ""
    use = f"use {part.takes.name} as {part.alias} {quoted(title)}{between}{things}"
    if given:
        use += "\n  with " + ",\n       ".join(given)
    defaults = [bound.slot for bound in bounds if bound.kind == "default"]
    if defaults:
        lines.append(_comment(f"At the defaults of the shelf: {', '.join(defaults)}."))
    return "\n".join([*lines, use]) + "\n"


def _line(line: BindingLine) -> str:
    return f"{_comment(line.comment)}\n{line.text}" if line.comment else line.text


def scenarios_of(drafted: Drafted) -> list[tuple[str, str, str]]:
    """(name, title, body) of each scenario: what reports say may be decided or happen, as far as a part of the model reads it."""
    found: list[tuple[str, str, str]] = []
    weighty = sorted(
        drafted.happenings,
        key=lambda each: (not each.triggers, not each.first.is_open, not each.first.decider, each.first.chance_fact is None),
    )
    bodies = [body for _, body in questions_of(drafted)]
    for each in weighty[:6]:
        day = min(each.first.day or drafted.as_of + timedelta(days=28), drafted.end)
        if each.first.day and not each.first.is_on:  # "by June": on the last day it would come later than it does as reported
            begin = max(each.first.first or drafted.as_of, drafted.as_of)
            day = begin + (day - begin) / 2
        last = _last_asked([body for part, _, _ in each.triggers for _, body in _of_part(part, drafted)], drafted)
        if each.first.day and not each.first.is_on and begin < last <= day:  # or few of the days that are asked would see it
            day = begin + (last - begin) / 2
        words = shortened(each.first.words, 100)
        yes, no = ("It does not happen", "It happens") if each.is_turned else ("It happens", "It does not happen")
        if each.triggers:
            named = [body for body in bodies if any(f"{part.alias}." in body for part, _, _ in each.triggers)]
            late = f" (on {day_words(day)}, after the last day that is asked)" if day >= _last_asked(named, drafted) else ""
            found.append((f"if_{each.name}", f"{yes}: {words}{late}", f"{each.name} = on {day}"))
            found.append((f"without_{each.name}", f"{no}: {words}", f"{each.name} = never"))
    return found


def _last_asked(bodies: Iterable[str], drafted: Drafted) -> date:
    """The last day on which one of some questions asks; the end, where none names a day."""
    days = [date.fromisoformat(found[1]) for body in bodies if (found := _ASKED_ON.match(body)) is not None]
    return max(days, default=drafted.end)


_ASKED_ON = re.compile(r"(?:on|by) (\d{4}-\d\d-\d\d)\b")


def _tried(drafted: Drafted) -> Iterator[str]:
    yield 'baseline as_reported "As the reports say"' if drafted.titles else 'baseline as_it_stands "As it stands"'
    for name, title, body in scenarios_of(drafted):
        yield f"scenario {name} {quoted(title)} {{ {body} }}"
    yield ""


def questions_of(drafted: Drafted) -> list[tuple[DraftedQuestion, str]]:
    """The questions, each with its statement behind the name and the text; those that parts answer first."""
    found: list[tuple[DraftedQuestion, str]] = []
    for target in drafted.targets:
        found += of_target(target, drafted, {question.name for question, _ in found})
    found += [_lasting(key, ones, drafted) for key, ones in drafted.lasting.items()]
    for part in drafted.parts:
        found += _of_part(part, drafted)
    for each in drafted.happenings:
        if each.is_turned:
            continue  # it is asked whether it still holds
        day = min(drafted.end, (each.first.day or drafted.as_of + timedelta(days=182)) + timedelta(days=7 * each.first.is_on))
        ids = tuple(claim.id for one in each.predictions for claim in one.claims)
        words = as_told(each.first, 130 if not each.first.before else 260)
        if each.first.condition is not None:
            words += f" (said for the case that {shortened(each.first.condition.condition, 90)})"
        by = (
            f"until {day_words(each.first.day)}"
            if each.first.is_held and each.first.is_on and each.first.day
            else f"by {day_words(day)}"
        )
        text = f"{each.first.asked} {by}?" if each.first.asked else f"Does it come by {day_words(day)}: {words}?"
        question = DraftedQuestion(f"will_{each.name}", text, ids, words if each.first.asked else "")
        found.append((question, f"by {day} true when {each.name}"))
    return _each_once(found)


def _each_once(found: Sequence[tuple[DraftedQuestion, str]]) -> list[tuple[DraftedQuestion, str]]:
    """Every question once: those that come to the same are one, with all the claims behind them."""
    kept: dict[str, DraftedQuestion] = {}
    for question, body in found:
        first = kept.get(body)
        kept[body] = question if first is None else replace(first, claims=tuple(dict.fromkeys((*first.claims, *question.claims))))
    return [(question, body) for body, question in kept.items()]


def _lasting(key: tuple[str, str], ones: Sequence[ReportedPrediction], drafted: Drafted) -> tuple[DraftedQuestion, str]:
    """What holds at the start and, by the reports, may go on: does it still hold?"""
    told = max((one.day for one in ones if one.day), default=drafted.as_of + timedelta(days=91))
    day = min(asked_of(ones, drafted.as_of, drafted.announced.get(key)) or told, drafted.end)
    rule = next(rule for part in drafted.parts for rule in part.filled.rule.triggers if (part.alias, rule.name) == key)
    ids = tuple(claim.id for one in ones for claim in one.claims)
    words, state = as_told(replace(ones[0], before=""), 110), re.fullmatch(r"(.+?) (?:is|are) (.+)", rule.title)
    text = f"{rule.title}: still on {day_words(day)} ({words})?"
    if state is not None:
        text = f"Will {state[1][:1].lower()}{state[1][1:]} still be {state[2]} on {day_words(day)}?"
    question = DraftedQuestion(f"{key[0]}_{key[1]}_lasts", text, ids, words if state is not None else "")
    return question, f"on {day} true when {key[0]}_{key[1]}_holds > 0"


def _of_part(part: MechanismChoice, drafted: Drafted) -> list[tuple[DraftedQuestion, str]]:
    """What a part gives that readers ask for, after a quarter and at the end."""
    found = []
    for answer in _first_asked(part)[: 2 * max(1, len(part.filled.sides))]:
        label, unit = part.takes.gives[answer.name]
        expression = expression_of(part, answer.name, answer.plus)
        days = [drafted.as_of + timedelta(weeks=weeks) for weeks in (13, 26) if weeks <= drafted.weeks] or [drafted.end]
        if not unit:  # an event
            day = days[-1]
            found.append(
                (
                    DraftedQuestion(
                        f"{part.alias}_{answer.name}_{day:%d%b%y}".lower(), f"{answer.ask or label} by {day_words(day)}?"
                    ),
                    f"by {day} true when {expression}",
                )
            )
            continue
        for day in days:
            name = re.sub(r"\W+", "_", f"{part.alias}_{answer.name.rstrip(']')}_{day:%d%b%y}".lower())
            ask = f"{asked_as(part, answer) or label}{start_note(drafted, part, answer)}"
            found.append(
                (
                    DraftedQuestion(name, f"{ask}, {day_words(day)}?"),
                    f"on {day} value {expression}{unit_shown(part, answer)}",
                )
            )
    return found + _of_limits(part, drafted)


def _first_asked(part: MechanismChoice) -> list[AnswerRule]:
    """What a part gives, first what starts from a figure of the reports."""
    return sorted(part.filled.rule.answers, key=lambda answer: answer.start not in part.filled.slots)


def _of_limits(part: MechanismChoice, drafted: Drafted) -> list[tuple[DraftedQuestion, str]]:
    """When a level passes what reports name as its limit."""
    found = []
    for answer in part.filled.rule.answers:
        limit = re.fullmatch(r"\{(\w+)\}", answer.limit)
        if limit and limit[1] in part.filled.slots:
            label = next(rule.label for rule in part.filled.rule.slots if rule.name == limit[1])
            does, beyond = ("reach", "within one per cent of") if answer.is_capped else ("pass", "above")
            text = f"When does it {does} the limit: {answer.ask[:1].lower()}{answer.ask[1:]} {beyond} {label[:1].lower()}{label[1:]}?"
            found.append(
                (
                    DraftedQuestion(f"{part.alias}_{answer.name}_full", text),
                    f"first time {part.alias}.{answer.name} > {answer.full_at}{part.alias}_{limit[1]} by {drafted.end}",
                )
            )
    return found


def _asked(drafted: Drafted) -> Iterator[str]:
    questions = questions_of(drafted)
    for question, body in questions:
        if question.quote:
            yield _comment(f"By the reports: {question.quote}")
        yield f"question {question.name} {quoted(question.text)}\n  {body}"
    headline = _headline(drafted, questions)
    if headline:
        yield f"\n{headline}"


def _headline(drafted: Drafted, questions: Sequence[tuple[DraftedQuestion, str]]) -> str:
    """Which comparison answers the title: the first scenario that changes a part, on what that part gives."""
    scenarios = scenarios_of(drafted)
    changing = next((each for each in drafted.happenings if each.triggers), None)
    if changing is None or not scenarios:
        return ""
    alias = changing.triggers[0][0].alias
    # What is to begin by a day, and by then or never, comes in most futures as reported, and earlier than any one day of a scenario.
    is_tried = not changing.triggers[0][2] and not _is_over_then(changing, drafted)
    name = f"if_{changing.name}" if is_tried else f"without_{changing.name}"
    first = next((answer.name for answer in changing.triggers[0][0].filled.rule.answers), "")
    told = [
        (f"{alias}.{first} " not in f"{body} ", question.name)
        for question, body in questions
        if f"{alias}." in body and "first time" not in body
    ]
    asked = [name for _, name in sorted(told, key=lambda one: one[0])][:2]
    # The first of the two is the world that the other one is compared with: what may still happen is held against what is
    # reported, and what holds already against the world without it.
    two = ("as_reported", name) if name.startswith("if_") else (name, "as_reported")
    so = "it change if this does not happen" if changing.is_turned else "this change"
    ask = f"What does {'it change if this happens' if name.startswith('if_') else so}: {shortened(changing.first.words, 100)}?"
    return f"headline {quoted(ask)} compare {two[0]} with {two[1]} on {', '.join(asked)}" if asked else ""
