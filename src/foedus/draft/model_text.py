"""The model as text: readable, commented, one block a part, then events, scenarios and questions."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from foedus.draft.binding import BindingLine, Bound, quoted
from foedus.draft.choosing import MechanismChoice
from foedus.draft.foretold import PredictedEvent, Target
from foedus.draft.matching import price_factor
from foedus.draft.predictions import ReportedPrediction
from foedus.draft.sides import side_word
from foedus.draft.things import scale_of
from foedus.evidence.claim import Claim
from foedus.show.words import unit_words

__all__ = ["Drafted", "DraftedQuestion", "model_text", "questions_of", "scenarios_of", "trigger_names"]

_OWN_UNITS = frozenset("tonne kg g m day week month year hour 1".split())


@dataclass(frozen=True)
class DraftedQuestion:
    """A question of the model. `claims` are ids of the claims that predict it; `quote` is what they say, where the text says it otherwise."""

    name: str
    text: str
    claims: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True)
class Drafted:
    """Everything that the text is made of.

    Attributes:
        bounds: by alias. triggers: (alias, trigger) -> name of what says whether it holds. starts: those that hold at the start
            already. lasting: what reports say of their going on.
        titles: of the documents.
    """

    name: str
    title: str
    as_of: date
    weeks: int
    step: str
    parts: tuple[MechanismChoice, ...]
    bounds: Mapping[str, list[Bound]]
    happenings: tuple[PredictedEvent, ...]
    targets: tuple[Target, ...]
    starts: Mapping[tuple[str, str], Claim]
    titles: tuple[str, ...]
    chances: Mapping[str, str] = field(default_factory=dict)
    lasting: Mapping[tuple[str, str], tuple[ReportedPrediction, ...]] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[str, str]:
        """The elements of the index of those between whom a part is."""
        told = next(part.filled.sides for part in self.parts if part.filled.sides)
        return side_word(told[0]), side_word(told[1])

    @property
    def end(self) -> date:
        return self.as_of + timedelta(weeks=self.weeks)


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
    judged = "Every claim is proposed only: go through them with `foedus review`. What no report says is a default of the shelf."
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
    words = _shortened(first.words, 140)
    lines = [_comment(f"{one.claims[0].origin}: “{_shortened(one.words, 150)}”") for one in each.predictions]
    chance = f"{each.name}_chance"
    if each.name in drafted.chances:
        lines.append(f"param {chance} : 1 ~ claims {quoted(drafted.chances[each.name])} {quoted(f'Chance: {words}')}")
    else:
        low, high = first.chance
        reason = f"judgement by rule: {first.because}" + ("" if first.day else "; no day is named, so within half a year")
        lines.append(
            f"param {chance} : 1 ~ {low:.3g} to {high:.3g} as share {quoted(f'Chance: {words}')}\n  because {quoted(reason)}"
        )
    if first.is_on:
        lines.append(f"event {each.name} when time >= {day} with chance {chance} {quoted(words)}")
    else:
        until = f" until {day}" if _is_over_then(each, drafted) else ""
        lines.append(f"event {each.name} at rate -log(1 - {chance}) / {day}{until} {quoted(words)}")
    return "\n".join(lines) + "\n"


def _is_over_then(each: PredictedEvent, drafted: Drafted) -> bool:
    """Whether what begins something in a part is told for a day before the end: it comes by that day, or not at all.

    What holds already, and is to end by a day, may end later too.
    """
    day = each.first.day
    begins = any(not is_undone for _, _, is_undone in each.triggers)
    return begins and not each.first.is_on and day is not None and day < drafted.end


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


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
            lines.append(_comment(f"It holds at the start: “{_shortened(drafted.starts[key].paraphrase, 140)}”"))
        held = " or ".join(begun) or ("" if ended and key in drafted.starts else "1 > 0" if key in drafted.starts else "1 < 0")
        held = f"({held})" if len(begun) > 1 and ended else held
        text = " and ".join(one for one in [held, *ended] if one)
        name = f"{part.alias}_{rule.name}_holds"
        if rule.size:
            size = f"{part.alias}_{rule.name}_size"
            lines.append(
                f"param {size} : 1 ~ {rule.size} {quoted(f'How much it changes: {rule.title}')} because {quoted(rule.size_because)}"
            )
            text = f"if {text} then {size} else 0"
        lines.append(f"let {name} : 1 = {text} {quoted(rule.title)}")
    return "\n".join(lines) + "\n" if lines else ""


def _part(part: MechanismChoice, drafted: Drafted) -> str:
    bounds = drafted.bounds[part.alias]
    lines = [_comment(f"{part.takes.title}. {part.takes.source}."), _comment(f"Not for {part.takes.not_for}.")]
    if part.filled.told and not part.filled.slots:
        lines.append(_comment(f"No figure of the reports carries it, only words: “{_shortened(part.filled.told[0], 150)}”"))
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
    for each in weighty[:6]:
        day = min(each.first.day or drafted.as_of + timedelta(days=28), drafted.end)
        if each.first.day and not each.first.is_on:  # "by June": on the last day it would come later than it does as reported
            day = drafted.as_of + (day - drafted.as_of) / 2
        words = _shortened(each.first.words, 100)
        if each.triggers:
            found.append((f"if_{each.name}", f"It happens: {words}", f"{each.name} = on {day}"))
        if each.triggers:
            found.append((f"without_{each.name}", f"It does not happen: {words}", f"{each.name} = never"))
    return found


def _tried(drafted: Drafted) -> Iterator[str]:
    yield 'baseline as_reported "As the reports say"' if drafted.titles else 'baseline as_it_stands "As it stands"'
    for name, title, body in scenarios_of(drafted):
        yield f"scenario {name} {quoted(title)} {{ {body} }}"
    yield ""


def questions_of(drafted: Drafted) -> list[tuple[DraftedQuestion, str]]:
    """The questions, each with its statement behind the name and the text; those that parts answer first."""
    found: list[tuple[DraftedQuestion, str]] = []
    for target in drafted.targets:
        found += _of_target(target, drafted, {question.name for question, _ in found})
    found += [_lasting(key, ones, drafted) for key, ones in drafted.lasting.items()]
    for part in drafted.parts:
        found += _of_part(part, drafted)
    for each in drafted.happenings:
        day = min(drafted.end, (each.first.day or drafted.as_of + timedelta(days=182)) + timedelta(days=7 * each.first.is_on))
        ids = tuple(claim.id for one in each.predictions for claim in one.claims)
        words = f"“{_shortened(f'{each.first.before} {each.first.words}'.strip(), 130 if not each.first.before else 260)}”"
        if each.first.condition is not None:
            words += f" (said for the case that {_shortened(each.first.condition.condition, 90)})"
        text = f"{each.first.asked} by {_day(day)}?" if each.first.asked else f"Does it come by {_day(day)}: {words}?"
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
    day = min(max((one.day for one in ones if one.day), default=drafted.as_of + timedelta(days=91)), drafted.end)
    rule = next(rule for part in drafted.parts for rule in part.filled.rule.triggers if (part.alias, rule.name) == key)
    ids = tuple(claim.id for one in ones for claim in one.claims)
    words, state = f"“{_shortened(ones[0].words, 110)}”", re.fullmatch(r"(.+?) (?:is|are) (.+)", rule.title)
    text = f"{rule.title}: still on {_day(day)} ({words})?"
    if state is not None:
        text = f"Will {state[1][:1].lower()}{state[1][1:]} still be {state[2]} on {_day(day)}?"
    question = DraftedQuestion(f"{key[0]}_{key[1]}_lasts", text, ids, words if state is not None else "")
    return question, f"on {day} true when {key[0]}_{key[1]}_holds > 0"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _expression(part: MechanismChoice, answer_name: str, plus: str) -> str:
    added = re.sub(r"\{(\w+)\}", lambda match: f"{part.alias}_{match[1]}" if match[1] in part.filled.slots else "", plus)
    return f"{added} + {part.alias}.{answer_name}" if added else f"{part.alias}.{answer_name}"


def _of_target(target: Target, drafted: Drafted, taken: set[str]) -> list[tuple[DraftedQuestion, str]]:
    """A predicted figure: what the model says on that day, and whether it is passed."""
    day = min(target.prediction.day or drafted.as_of + timedelta(days=182), drafted.end)
    if target.fact is None:
        return [_of_coming(target, day)]
    quantity = target.fact.claim.quantity
    assert quantity is not None
    expression = _expression(target.part, target.answer.name, target.answer.plus)
    ids = tuple(claim.id for claim in target.prediction.claims)
    base = re.sub(r"\W+", "_", f"{target.part.alias}_{target.answer.name.rstrip(']')}_{day:%b%y}".lower())
    name = base if base not in taken else f"{base}_{len(taken)}"
    where = f"{target.answer.ask}, {_day(day)}"
    found = [(DraftedQuestion(name, f"{where}?", ids), f"on {day} value {expression}")] if base not in taken else []
    value = quantity.value if quantity.value is not None else quantity.low if quantity.low is not None else quantity.high
    is_of_share = target.fact.kind == "share" and "share" in target.answer.kinds  # a rise in pay is itself what is offered
    if value and target.fact.moment == "change" and not is_of_share:
        return [_of_change(target, value / 100, f"{name}_change", day, expression, ids, drafted)]
    if (
        value
        and quantity.value is None
        and quantity.low is not None
        and quantity.high is not None
        and quantity.low < quantity.high
    ):
        found.append(_of_range(target, (quantity.low, quantity.high), f"{name}_between", day, expression, ids))
    elif value:
        unit, value = _figure_unit(target), value * _figure_factor(target)
        is_under = quantity.qualifier in ("less_than", "up_to") or _FALLS_TO.search(target.fact.near) is not None
        word, sign = ("under", "<") if is_under else ("over", ">")
        shown = f"{value * 100:,.10g} %" if target.fact.kind == "share" else f"{value:,.10g} {unit_words(unit)}".strip()
        found.append(
            (
                DraftedQuestion(f"{name}_{word}", f"{target.answer.ask}: {word} {shown} on {_day(day)}?", ids),
                f"on {day} true when {expression} {sign} {value:.10g} {unit if unit != '1' else ''}".rstrip(),
            )
        )
    return found


def _of_range(
    target: Target, ends: tuple[float, float], name: str, day: date, expression: str, ids: tuple[str, ...]
) -> tuple[DraftedQuestion, str]:
    """Whether what comes lies between the ends of a predicted range."""
    unit, factor = _figure_unit(target), _figure_factor(target)
    low, high = (end * factor for end in ends)
    is_share = target.fact is not None and target.fact.kind == "share"
    shown = (
        f"{low * 100:,.10g} and {high * 100:,.10g} %" if is_share else f"{low:,.10g} and {high:,.10g} {unit_words(unit)}".strip()
    )
    bounds = [f"{end:.10g} {unit if unit != '1' else ''}".rstrip() for end in (low, high)]
    question = DraftedQuestion(name, f"{target.answer.ask}: between {shown} on {_day(day)}?", ids)
    return question, f"on {day} true when {expression} >= {bounds[0]} and {expression} <= {bounds[1]}"


def _of_coming(target: Target, day: date) -> tuple[DraftedQuestion, str]:
    """Whether what a part gives comes by the day of which reports speak."""
    ids = tuple(claim.id for claim in target.prediction.claims)
    name = f"{target.part.alias}_{target.answer.name}_{day:%d%b%y}".lower()
    text = f"{target.answer.ask} by {_day(day)}?"
    return DraftedQuestion(name, text, ids, f"“{_shortened(target.prediction.words, 130)}”"), (
        f"by {day} true when {_expression(target.part, target.answer.name, target.answer.plus)}"
    )


_FALLS = re.compile(r"\b(?:fall|drop|decline|lower|down|shrink|cut|lose|less|cheaper)\w*\b", re.IGNORECASE)


_FALLS_TO = re.compile(
    r"\b(?:fall|drop|decline|shrink|sink|slip|dwindle|plunge|tumble|slump)(?:s|ing)?\s+(?:back\s+)?(?:further\s+)?(?:to|below|under)\b"
    r"|\bdown to\b",
    re.IGNORECASE,
)
"""What is to fall to a figure passes it from above."""


def _of_change(
    target: Target, share: float, name: str, day: date, expression: str, ids: tuple[str, ...], drafted: Drafted
) -> tuple[DraftedQuestion, str]:
    """By how much something is to move, against the start; under the event that the words name as its condition."""
    assert target.fact is not None
    text = target.prediction.sentence.text
    falls = _FALLS.search(target.fact.near) is not None
    sign, bound = ("<", 1 - share) if falls else (">", 1 + share)
    given = (
        next((each.name for each in drafted.happenings if each.triggers and not each.triggers[0][2]), "")
        if re.search(r"\bif\b", text)
        else ""
    )
    asked = f"{target.answer.ask[:1].lower()}{target.answer.ask[1:]}"
    words = f"{'Down' if falls else 'Up'} by more than {share * 100:.3g} % on {_day(day)}: {asked}?"
    return DraftedQuestion(name, words, ids), f"on {day} true when {expression} {sign} {bound:.4g}" + (
        f" given {given}" if given else ""
    )


def _figure_factor(target: Target) -> float:
    """What a predicted figure is multiplied by to be in units of the part: a price per dozen or per kilowatt-hour, a level in kilotonnes."""
    assert target.fact is not None
    if target.fact.kind in ("price", "money"):
        return price_factor(target.part.filled, target.fact) or 1.0
    if target.fact.kind == "share":
        return 0.01 if target.fact.claim.quantity_unit.startswith(("perc", "%")) else 1.0
    return scale_of(target.fact.head) if target.fact.kind in ("level", "flow") else 1.0


def _figure_unit(target: Target) -> str:
    """The unit of the figure, in words of the model."""
    assert target.fact is not None
    unit = target.part.takes.gives[target.answer.name][1]
    if target.fact.kind in ("level", "number", "flow", "price", "money"):
        own = re.sub(
            r"[A-Za-z_]\w*",
            lambda match: dict(zip(target.part.takes.things, target.part.filled.things, strict=False)).get(
                match.group(), match.group()
            ),
            unit,
        )
        return (
            re.sub(r"/(?:day|week|month|year)$", f"/{target.fact.per or target.fact.period}", own)
            if target.fact.kind == "flow"
            else own
        )
    return target.fact.head if target.fact.kind == "duration" else "1"


def _of_part(part: MechanismChoice, drafted: Drafted) -> list[tuple[DraftedQuestion, str]]:
    """What a part gives that readers ask for, after a quarter and at the end."""
    found = []
    for answer in part.filled.rule.answers[: 2 * max(1, len(part.filled.sides))]:
        label, unit = part.takes.gives[answer.name]
        expression = _expression(part, answer.name, answer.plus)
        days = [drafted.as_of + timedelta(weeks=weeks) for weeks in (13, 26) if weeks <= drafted.weeks] or [drafted.end]
        if not unit:  # an event
            day = days[-1]
            found.append(
                (
                    DraftedQuestion(f"{part.alias}_{answer.name}_{day:%d%b%y}".lower(), f"{answer.ask or label} by {_day(day)}?"),
                    f"by {day} true when {expression}",
                )
            )
            continue
        for day in days:
            name = re.sub(r"\W+", "_", f"{part.alias}_{answer.name.rstrip(']')}_{day:%d%b%y}".lower())
            shown = f" in {_shown_unit(part, unit)}" if "/week" in unit else ""
            found.append((DraftedQuestion(name, f"{answer.ask or label}, {_day(day)}?"), f"on {day} value {expression}{shown}"))
    return found + _of_limits(part, drafted)


def _of_limits(part: MechanismChoice, drafted: Drafted) -> list[tuple[DraftedQuestion, str]]:
    """When a level passes what reports name as its limit."""
    found = []
    for answer in part.filled.rule.answers:
        limit = re.fullmatch(r"\{(\w+)\}", answer.limit)
        if limit and limit[1] in part.filled.slots:
            label = next(rule.label for rule in part.filled.rule.slots if rule.name == limit[1])
            text = f"When does it pass the limit: {answer.ask[:1].lower()}{answer.ask[1:]} above {label[:1].lower()}{label[1:]}?"
            found.append(
                (
                    DraftedQuestion(f"{part.alias}_{answer.name}_full", text),
                    f"first time {part.alias}.{answer.name} > {part.alias}_{limit[1]} by {drafted.end}",
                )
            )
    return found


def _shown_unit(part: MechanismChoice, unit: str) -> str:
    table = dict(zip(part.takes.things, part.filled.things, strict=False))
    return re.sub(r"[A-Za-z_]\w*", lambda match: table.get(match.group(), match.group()), unit).replace("/week", "/month")


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
    ask = f"What does {'it change if this happens' if name.startswith('if_') else 'this change'}: {_shortened(changing.first.words, 100)}?"
    return f"headline {quoted(ask)} compare {two[0]} with {two[1]} on {', '.join(asked)}" if asked else ""
