"""Tokens to statements: events, treaties, decisions, and what is asked and tried: levers, scenarios, questions, checks."""

from __future__ import annotations

from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import (
    constant,
    expression,
    name_with_subscripts,
    number_with_unit,
    prior,
    unit,
)
from foedus.language.headline import parse_headline
from foedus.language.statements import Notes, every_duration, indexed_name, moment, party
from foedus.language.tree import (
    Assignment,
    Baseline,
    Check,
    ClaimsPrior,
    ConserveCheck,
    DateLiteral,
    Decision,
    EffectCheck,
    Event,
    Expression,
    Hindcast,
    Lever,
    Option,
    Position,
    Prior,
    Question,
    Scenario,
    Treaty,
    Variant,
    WatchCheck,
    Word,
)

__all__ = ["HAPPENINGS"]


def _event(cursor: Cursor) -> Event:
    at = cursor.advance().at
    name, indices, _ = indexed_name(cursor, "of an event")
    extra, clauses = Notes(), Clauses(cursor)
    parts: dict[str, Expression] = {}
    is_repeating = False
    while not cursor.at_statement_end():
        if clauses.takes("at"):
            cursor.needs("rate")
            parts["rate"] = expression(cursor)
        elif clauses.takes("on"):
            parts["on"] = moment(cursor)
        elif clauses.takes("when"):
            parts["condition"] = expression(cursor)
        elif clauses.takes("with"):
            cursor.needs("chance")
            parts["chance"] = expression(cursor)
        elif clauses.takes("after"):
            parts["after"] = moment(cursor)
        elif clauses.takes("until"):
            parts["until"] = moment(cursor)
        elif clauses.takes("repeating"):
            is_repeating = True
        elif not extra.take(cursor):
            break
    if len({"rate", "on", "condition"} & set(parts)) != 1:
        message = f"event `{name}` needs one way to come about."
        raise cursor.problem("bad-event", message, "Write `at rate …`, `on DATE` or `when CONDITION`.", at)
    return Event(name, indices, **parts, is_repeating=is_repeating, label=extra.label, because=extra.because,
                 at=at.to(cursor.last))  # fmt: skip


def _treaty(cursor: Cursor) -> Treaty:
    at = cursor.advance().at
    name = cursor.needs_name("of a treaty").text
    extra = Notes(cursor.strings())
    cursor.needs("between", "and the parties of the treaty")
    parties = [party(cursor)]
    while cursor.sees("and") or (cursor.sees(",") and cursor.ahead().text != "in"):
        cursor.advance()
        cursor.takes("and")
        parties.append(party(cursor))
    cursor.takes(",")
    cursor.needs("in")
    cursor.needs("force")
    cursor.needs("when", "and the condition under which it is in force")
    in_force = expression(cursor)
    cursor.needs("obliges", "and to what the treaty obliges")
    obliges = cursor.needs_string("after `obliges`")
    cursor.needs("when", "and the case in which it obliges")
    trigger = expression(cursor)
    cursor.takes(",")
    for word in ("honoured", "with", "chance"):
        cursor.needs(word, "of the clause `honoured with chance …`")
    chance: Expression | Prior = prior(cursor) if cursor.takes("~") else expression(cursor, 5)
    early = delay = None
    clauses = Clauses(cursor)
    while not cursor.at_statement_end():
        if clauses.takes("or"):
            early = expression(cursor, 5)
            for word in ("before", "it", "is", "in", "force"):
                cursor.needs(word, "of the clause `or … before it is in force`")
        elif clauses.takes("after"):
            delay = expression(cursor, 5)
        elif not extra.take(cursor):
            break
    return Treaty(name, tuple(parties), in_force, obliges, trigger, chance, early, delay, extra.label, extra.because,
                  at.to(cursor.last))  # fmt: skip


def _decision(cursor: Cursor) -> Decision:
    at = cursor.advance().at
    name = cursor.needs_name("of a decision").text
    extra = Notes(cursor.strings())
    cursor.needs("by", "and who decides")
    actor = party(cursor)
    cursor.needs("every", "and how often it is considered")
    every = every_duration(cursor)
    parts: dict[str, Expression] = {}
    is_once, clauses = False, Clauses(cursor)
    while cursor.sees("from", "until", "when", "once") or cursor.token.kind == "string":
        if clauses.takes("from"):
            parts["start"] = moment(cursor)
        elif clauses.takes("until"):
            parts["until"] = moment(cursor)
        elif clauses.takes("when"):
            parts["condition"] = expression(cursor)
        elif clauses.takes("once"):
            is_once = True
        else:
            extra.take(cursor)
    options = []
    while cursor.token.kind == "name" and cursor.ahead().text == ":":
        word = cursor.advance()
        cursor.advance()
        options.append(Option(word.text, expression(cursor), word.at.to(cursor.last)))
        cursor.takes(",")
    while extra.take(cursor):
        pass
    if len(options) < 2:
        raise cursor.problem(
            "no-options",
            f"decision `{name}` needs two options or more.",
            "Write `none : 0, act : a + b * x`.",
            at,
        )
    return Decision(name, actor, every, tuple(options), **parts, is_once=is_once, label=extra.label, because=extra.because,
                    at=at.to(cursor.last))  # fmt: skip


def _position(cursor: Cursor) -> Position:
    at = cursor.token.at
    name = cursor.strings() if cursor.token.kind == "string" else cursor.needs_name("of a position").text
    cursor.needs("=", "and the value of the position")
    start = cursor.token.at
    if cursor.takes("claims"):
        group = cursor.advance().text if cursor.token.kind == "string" and cursor.ahead().text != "=" else None
        return Position(name, ClaimsPrior(group, False, start.to(cursor.last)), at.to(cursor.last))
    return Position(name, expression(cursor, 5), at.to(cursor.last))


def _lever(cursor: Cursor) -> Lever:
    at = cursor.advance().at
    name = cursor.needs_name("of a lever").text
    cursor.needs(":", "and the unit of the lever")
    found = unit(cursor)
    cursor.needs("from", "and the low end of the lever")
    low = expression(cursor, 5)
    cursor.needs("to", "and the high end of the lever")
    high = expression(cursor, 5)
    extra, group, default = Notes(), "", None
    positions: list[Position] = []
    clauses = Clauses(cursor)
    while not cursor.at_statement_end():
        if clauses.takes("="):
            default = expression(cursor, 5)
        elif clauses.takes("group"):
            group = cursor.needs_string("after `group`")
        elif cursor.takes("named"):
            positions.append(_position(cursor))
            while cursor.takes(","):
                positions.append(_position(cursor))
        elif not extra.take(cursor):
            break
    return Lever(
        name,
        found,
        low,
        high,
        default,
        extra.label,
        group,
        extra.because,
        tuple(positions),
        at.to(cursor.last),
    )


def _baseline(cursor: Cursor) -> Baseline:
    at = cursor.advance().at
    name = cursor.needs_name("of the baseline").text
    label = cursor.strings()
    if cursor.takes("{"):
        cursor.needs("}", "because the baseline overrides nothing")
    return Baseline(name, label, at.to(cursor.last))


def _assignments(cursor: Cursor, may_be_uncertain: bool) -> tuple[Assignment, ...]:
    cursor.needs("{", "before the overrides")
    found = []
    while not cursor.sees("}"):
        if cursor.at_statement_end():
            raise cursor.problem("expected", "expected `}` after the overrides.")
        found.append(_assignment(cursor, may_be_uncertain))
        cursor.takes(",", ";")
    cursor.advance()
    return tuple(found)


def _assignment(cursor: Cursor, may_be_uncertain: bool) -> Assignment:
    target = name_with_subscripts(cursor, "of what is overridden")
    if may_be_uncertain and cursor.takes("~"):
        law = prior(cursor)
        because = cursor.needs_string("after `because`") if cursor.takes("because") else ""
        return Assignment(target, prior=law, because=because, at=target.at.to(cursor.last))
    cursor.needs("=", "and the value of the override")
    at = cursor.token.at
    is_moment = False
    value: Expression | Word | ClaimsPrior
    if cursor.takes("on"):
        is_moment, value = True, moment(cursor)
    elif cursor.takes("never"):
        value = Word("never", at)
    elif cursor.token.kind == "string":
        value = Word(cursor.strings(), at)
    elif cursor.takes("claims"):
        value = ClaimsPrior(cursor.advance().text if cursor.token.kind == "string" else None, False, at)
    else:
        value = expression(cursor, 5)
    start = until = None
    clauses = Clauses(cursor)
    while cursor.sees("from", "until", "to"):
        if clauses.takes("from"):
            start = moment(cursor)
        elif clauses.takes("until", "to"):
            until = moment(cursor)
    because = cursor.needs_string("after `because`") if cursor.takes("because") else ""
    return Assignment(target, value, None, start, until, is_moment, because, target.at.to(cursor.last))


def _scenario(cursor: Cursor) -> Scenario:
    at = cursor.advance().at
    name = cursor.needs_name("of a scenario").text
    label = cursor.strings()
    is_hidden = cursor.takes("hidden")
    label += cursor.strings()
    return Scenario(name, label, _assignments(cursor, False), is_hidden, at.to(cursor.last))


def _variant(cursor: Cursor) -> Variant:
    at = cursor.advance().at
    name = cursor.needs_name("of a variant").text
    label = cursor.strings()
    cursor.needs("weight", "and how much the variant is believed in")
    weight = number_with_unit(cursor)
    assignments = _assignments(cursor, False)
    because = cursor.needs_string("after `because`") if cursor.takes("because") else ""
    return Variant(name, label, weight, assignments, because, at.to(cursor.last))


def _hindcast(cursor: Cursor) -> Hindcast:
    at = cursor.advance().at
    name = cursor.needs_name("of a hindcast").text
    label = cursor.strings()
    dates = []
    for word in ("from", "to"):
        cursor.needs(word, "and a date")
        found = constant(cursor)
        if not isinstance(found, DateLiteral):
            raise cursor.problem("expected-date", "a hindcast runs from a date to a date.", "Write 2023-01-01.", cursor.last)
        dates.append(found.value)
    assignments = _assignments(cursor, True)
    return Hindcast(name, label, dates[0], dates[1], assignments, at.to(cursor.last))


_MEASURES = ("mean", "min", "max", "total", "change", "always", "ever", "value", "true")


def _question(cursor: Cursor) -> Question:
    at = cursor.advance().at
    name = cursor.needs_name("of a question").text
    ask = cursor.strings()
    start = end = given = shown = None
    called = group = ""
    is_window, clauses = False, Clauses(cursor)
    if cursor.takes("first"):
        cursor.needs("time")
        measure, found = "first", expression(cursor)
        if cursor.takes("by"):
            end = moment(cursor)
    else:
        if cursor.takes("on", "at"):
            end = moment(cursor)
        elif cursor.takes("by"):
            end, is_window = moment(cursor), True
        elif cursor.takes("from"):
            start = moment(cursor)
            cursor.needs("to", "and the end of the window")
            end, is_window = moment(cursor), True
        else:
            raise cursor.problem("bad-question", f"question `{name}` does not say when.",
                                 "Write `on DATE …`, `by DATE …`, `from DATE to DATE …`, `at 104 weeks …` or `first time …`.")  # fmt: skip
        measure, found = _measure(cursor, is_window)
    while not cursor.at_statement_end():
        if clauses.takes("given"):
            given = expression(cursor)
        elif clauses.takes("in"):
            shown = unit(cursor)
        elif clauses.takes("called"):
            called = cursor.needs_string("after `called`")
        elif clauses.takes("group"):
            group = cursor.needs_string("after `group`")
        elif cursor.token.kind == "string":
            ask += cursor.strings()
        else:
            break
    return Question(name, ask, measure, found, start, end, given, shown, called, group, at.to(cursor.last))


def _measure(cursor: Cursor, is_window: bool) -> tuple[str, Expression]:
    if not cursor.sees(*_MEASURES):
        raise cursor.problem("bad-question", f"expected one of {', '.join(_MEASURES)}, found {cursor.found()}.")
    measure = cursor.advance().text
    if measure in ("true", "ever", "always"):
        cursor.takes("when")
    if measure == "true" and is_window:
        measure = "ever"
    if not is_window and measure not in ("true", "value"):
        raise cursor.problem("bad-question", f"`{measure}` needs a window of time.", "Write `from DATE to DATE …` or `by DATE …`.",
                             cursor.last)  # fmt: skip
    return measure, expression(cursor)


def _check(cursor: Cursor) -> Check:
    at = cursor.advance().at
    text = cursor.needs_string("that says what is checked")
    if cursor.takes("conserve"):
        found = unit(cursor)
        cursor.needs("over", "and the stocks")
        names = [cursor.needs_name("of a stock").text]
        while cursor.takes(","):
            names.append(cursor.needs_name("of a stock").text)
        return ConserveCheck(text, found, tuple(names), at.to(cursor.last))
    if cursor.takes("when"):
        condition = expression(cursor)
        cursor.needs("then", "and what must hold")
        return WatchCheck(text, condition, expression(cursor), at.to(cursor.last))
    if cursor.takes("always"):
        return WatchCheck(text, None, expression(cursor), at.to(cursor.last))
    if cursor.takes("scenario"):
        scenario = cursor.needs_name("of a scenario").text
        if not cursor.sees("lowers", "raises", "moves"):
            raise cursor.problem("bad-check", f"expected lowers, raises or moves, found {cursor.found()}.")
        direction = cursor.advance().text
        question = cursor.needs_name("of a question").text
        margin = number_with_unit(cursor) if cursor.takes("by") else None
        return EffectCheck(text, scenario, direction, question, margin, at.to(cursor.last))
    raise cursor.problem("bad-check", f"{cursor.found()} begins no check.",
                         "Write `conserve …`, `when … then …`, `always …` or `scenario S lowers QUESTION by …`.")  # fmt: skip


HAPPENINGS = {
    "event": _event, "treaty": _treaty, "decision": _decision, "lever": _lever, "baseline": _baseline, "scenario": _scenario,
    "hindcast": _hindcast, "variant": _variant, "question": _question, "check": _check, "headline": parse_headline,
}  # fmt: skip
