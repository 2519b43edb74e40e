"""Tree to text, such that parsing the text gives the same tree."""

from __future__ import annotations

from foedus.language import tree as t
from foedus.language.headline import Headline, spell_headline
from foedus.units import spell_factors

__all__ = ["print_expression", "print_prior", "print_statement", "print_tree"]

_PRECEDENCE = {
    "or": 1, "and": 2, "<": 4, "<=": 4, ">": 4, ">=": 4, "=": 4, "!=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "per": 6, "^": 8,
}  # fmt: skip


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unit(unit: t.UnitExpression) -> str:
    return spell_factors(unit.factors)


def _number(number: t.Number) -> str:
    written = repr(number.value)
    if written.endswith(".0") and abs(number.value) < 1e15:
        written = written[:-2]
    if number.unit is None:
        return written
    unit = _unit(number.unit)
    if unit.startswith("1/"):
        unit = unit[1:]
    return f"{written} {unit}" if unit != "1" else written


def print_expression(expression: t.Expression, least: int = 0) -> str:
    """An expression as text; brackets where the context binds more tightly than `least` allows."""
    if isinstance(expression, t.Number):
        written = _number(expression)
        tight = least > 6 if expression.unit and (expression.value >= 0) else least > 6 and expression.value < 0
        return f"({written})" if tight else written
    if isinstance(expression, t.DateLiteral):
        return expression.value.isoformat()
    if isinstance(expression, t.Name):
        return _name(expression)
    if isinstance(expression, t.Is):
        return _bracket(f"{expression.decision} is {expression.option}", 4, least)
    if isinstance(expression, t.Call):
        inner = ", ".join(print_expression(argument) for argument in expression.arguments)
        over = f" over {', '.join(expression.over)}" if expression.over else ""
        return f"{expression.function}({inner}{over})"
    if isinstance(expression, t.Not):
        if expression.operator == "not":
            return _bracket(f"not {print_expression(expression.operand, 3)}", 3, least)
        operand = print_expression(expression.operand, 7)
        operand = f"({operand})" if isinstance(expression.operand, t.Number) and not operand.startswith("(") else operand
        return _bracket(f"-{operand}", 7, least)
    if isinstance(expression, t.If):
        parts = [print_expression(part) for part in (expression.condition, expression.yes, expression.no)]
        return f"(if {parts[0]} then {parts[1]} else {parts[2]})"
    return _binary(expression, least)


def _bracket(text: str, precedence: int, least: int) -> str:
    return f"({text})" if precedence < least else text


def _binary(expression: t.Binary, least: int) -> str:
    operator = expression.operator
    precedence = _PRECEDENCE[operator]
    if operator == "per" and isinstance(expression.right, t.Number) and expression.right.unit is not None:
        return _bracket(f"{print_expression(expression.left, 6)} per {_unit(expression.right.unit)}", precedence, least)
    left_least = precedence if operator not in ("^",) and precedence != 4 else precedence + 1
    right_least = precedence if operator == "^" else precedence + 1
    left = print_expression(expression.left, left_least)
    if operator == "/" and isinstance(expression.left, t.Number) and expression.left.unit is None and not left.startswith("("):
        left = f"({left})" if not isinstance(expression.right, t.Number) else left
    return _bracket(f"{left} {operator} {print_expression(expression.right, right_least)}", precedence, least)


def _name(name: t.Name) -> str:
    if not name.subscripts:
        return "the end" if name.name == "end" else name.name
    inner = ", ".join(f"{part.map}({part.name})" if part.map else part.name for part in name.subscripts)
    return f"{name.name}[{inner}]"


def print_prior(prior: t.Prior) -> str:
    """A prior as it stands after `~`."""
    if isinstance(prior, t.ClaimsPrior):
        word = "belief" if prior.is_belief else "claims"
        return word if prior.group is None else f"{word} {_text(prior.group)}"
    if isinstance(prior, t.IntervalPrior):
        text = f"{print_expression(prior.low, 5)} to {print_expression(prior.high, 5)}"
        text += f" as {prior.family}" if prior.family else ""
    else:
        parts = [print_prior(part) if isinstance(part, t.FamilyPrior | t.IntervalPrior) else print_expression(part)
                 for part in prior.arguments]  # fmt: skip
        text = f"{prior.family}({', '.join(parts)})"
    text += f" above {print_expression(prior.above, 5)}" if prior.above else ""
    return text + (f" below {print_expression(prior.below, 5)}" if prior.below else "")


def _indexed(name: str, indices: tuple[str, ...]) -> str:
    return f"{name}[{', '.join(indices)}]" if indices else name


def _notes(label: str, because: str) -> str:
    return (f" {_text(label)}" if label else "") + (f" because {_text(because)}" if because else "")


def _duration(number: t.Number) -> str:
    return _number(number)


def _model(model: t.Model) -> str:
    parts = [f"model {model.name}", _text(model.title) if model.title else "", f"as of {model.as_of}" if model.as_of else "",
             f"for {_duration(model.horizon)}", f"step {_duration(model.step)}", "discrete" if model.is_discrete else "",
             f"method {model.method}", f"save every {_duration(model.save_every)}" if model.save_every else ""]  # fmt: skip
    return " ".join(part for part in parts if part)


def _structure(statement: t.Statement) -> str | None:
    expression = print_expression
    if isinstance(statement, t.UnitStatement):
        return f"unit {statement.name}" + (f" = {_number(statement.definition)}" if statement.definition else "")
    if isinstance(statement, t.Index):
        return f"index {statement.name} = {', '.join(statement.elements)}"
    if isinstance(statement, t.Map):
        pairs = ", ".join(f"{left} -> {right}" for left, right in statement.pairs)
        return f"map {statement.name} : {statement.source} -> {statement.target} = {pairs}"
    if isinstance(statement, t.Actor):
        return f"actor {statement.name}" + (f" {_text(statement.label)}" if statement.label else "")
    if isinstance(statement, t.Stock):
        text = f"stock {_indexed(statement.name, statement.indices)} : {_unit(statement.unit)} = {expression(statement.initial)}"
        text += " signed" if statement.is_signed else ""
        if statement.within:
            text += f" within {expression(statement.within[0], 5)} to {expression(statement.within[1], 5)}"
        return text + _notes(statement.label, statement.because)
    if isinstance(statement, t.Flow):
        ends = [_name(end) if end else "outside" for end in (statement.source, statement.target)]
        text = f"flow {_indexed(statement.name, statement.indices)} : {ends[0]} -> {ends[1]} = {expression(statement.rate)}"
        return text + _notes(statement.label, statement.because)
    if isinstance(statement, t.Let):
        text = f"let {_indexed(statement.name, statement.indices)} : {_unit(statement.unit)} = {expression(statement.value)}"
        return text + _notes(statement.label, statement.because)
    if isinstance(statement, t.Table):
        points = " ".join(
            f"({x.value if isinstance(x, t.DateLiteral) else _number(x)}, {_number(y)})" for x, y in statement.points
        )
        of = _unit(statement.of) if statement.of else "time"
        return f"table {statement.name} : {_unit(statement.unit)} of {of} = {points}" + _notes(statement.label, statement.because)
    return _uncertain(statement)


def _uncertain(statement: t.Statement) -> str | None:
    if isinstance(statement, t.Parameter):
        if statement.prior is not None:
            law = f"~ {print_prior(statement.prior)}"
        else:
            assert statement.value is not None
            law = f"= {print_expression(statement.value)}"
        text = f"param {_indexed(statement.name, statement.indices)} : {_unit(statement.unit)} {law}"
        if isinstance(statement.prior, t.ClaimsPrior) and statement.prior.group is None and statement.label:
            return f"{text} because {_text(statement.because)} {_text(statement.label)}"
        return text + _notes(statement.label, statement.because)
    if isinstance(statement, t.Noise):
        text = f"noise {_indexed(statement.name, statement.indices)} : {_unit(statement.unit)} ~ {print_prior(statement.distribution)}"
        text += f" every {_duration(statement.every)}"
        text += f" memory {print_expression(statement.memory, 5)}" if statement.memory else ""
        return text + _notes(statement.label, statement.because)
    if isinstance(statement, t.Correlate):
        return f"correlate {_name(statement.first)} with {_name(statement.second)} at {statement.coefficient!r}"
    if isinstance(statement, t.Series):
        where = (
            f"{_text(statement.file)} column {_text(statement.column)}" if statement.file else f"belief {_text(statement.column)}"
        )
        text = f"series {statement.name} : {_unit(statement.unit)} from {where}"
        return text + f" of {_name(statement.of)}" + _notes(statement.label, "")
    if isinstance(statement, t.Observe):
        return _observe(statement)
    if isinstance(statement, Headline):
        return spell_headline(statement, _text(statement.ask))
    if isinstance(statement, t.Chart):
        return f"chart {_text(statement.title)} of {', '.join(_name(name) for name in statement.names)}"
    return None


def _observe(observe: t.Observe) -> str:
    text = f"observe {_name(observe.target)}"
    if observe.value is not None:
        text += f" = {_number(observe.value)}{_clauses(('on', observe.on))}"
    text += f" as {observe.error}({', '.join(_number(argument) for argument in observe.arguments)})"
    if observe.outliers is not None:
        text += f" outliers({', '.join(_number(number) for number in observe.outliers)})"
    text += f" in place of {', '.join(_name(name) for name in observe.instead)}" if observe.instead else ""
    for word, duration in (("over", observe.over), ("delay", observe.delay)):
        text += f" {word} {_duration(duration)}" if duration is not None else ""
    return text + _clauses(("from", observe.start), ("until", observe.until)) + _notes(observe.label, observe.because)


def _clauses(*pairs: tuple[str, t.Expression | None]) -> str:
    return "".join(f" {word} {print_expression(found, 5)}" for word, found in pairs if found is not None)


def _happening(statement: t.Statement) -> str:
    if isinstance(statement, t.Event):
        text = f"event {_indexed(statement.name, statement.indices)}"
        for word, found in (("at rate", statement.rate), ("on", statement.on), ("when", statement.condition),
                            ("with chance", statement.chance), ("after", statement.after), ("until", statement.until)):  # fmt: skip
            text += f" {word} {print_expression(found)}" if found is not None else ""
        return text + (" repeating" if statement.is_repeating else "") + _notes(statement.label, statement.because)
    if isinstance(statement, t.Treaty):
        law = statement.chance
        chance = f"~ {print_prior(law)}" if isinstance(law, t.Prior) else print_expression(law, 5)
        text = (f"treaty {statement.name}{_notes(statement.label, '')} between {' and '.join(statement.parties)},"
                f" in force when {print_expression(statement.in_force)} obliges {_text(statement.obliges)}"
                f" when {print_expression(statement.trigger)}, honoured with chance {chance}")  # fmt: skip
        if statement.early_chance is not None:
            text += f" or {print_expression(statement.early_chance, 5)} before it is in force"
        return text + _clauses(("after", statement.delay)) + _notes("", statement.because)
    if isinstance(statement, t.Decision):
        options = ", ".join(f"{option.name} : {print_expression(option.utility)}" for option in statement.options)
        text = f"decision {statement.name}{_notes(statement.label, '')} by {statement.actor} every {_duration(statement.every)}"
        text += _clauses(("from", statement.start), ("until", statement.until))
        text += f" when {print_expression(statement.condition)}" if statement.condition is not None else ""
        return text + (" once" if statement.is_once else "") + f" {options}" + _notes("", statement.because)
    return _tried(statement)


def _assignment(assignment: t.Assignment) -> str:
    text = _name(assignment.target)
    if assignment.prior is not None:
        text += f" ~ {print_prior(assignment.prior)}"
    elif isinstance(assignment.value, t.Word):
        text += " = never" if assignment.value.text == "never" else f" = {_text(assignment.value.text)}"
    elif isinstance(assignment.value, t.ClaimsPrior):
        text += f" = {print_prior(assignment.value)}"
    else:
        text += f" = {'on ' if assignment.is_moment else ''}{print_expression(assignment.value, 5)}"  # type: ignore[arg-type]
    return text + _clauses(("from", assignment.start), ("until", assignment.until)) + _notes("", assignment.because)


def _tried(statement: t.Statement) -> str:
    if isinstance(statement, t.Lever):
        text = f"lever {statement.name} : {_unit(statement.unit)}{_clauses(('from', statement.low), ('to', statement.high))}"
        text += f" = {print_expression(statement.default, 5)}" if statement.default is not None else ""
        text += _notes(statement.label, "") + (f" group {_text(statement.group)}" if statement.group else "")
        text += _notes("", statement.because)
        if statement.positions:
            text += " named " + ", ".join(
                f"{_text(place.name)} = "
                + (print_prior(place.value) if isinstance(place.value, t.ClaimsPrior) else print_expression(place.value, 5))
                for place in statement.positions)  # fmt: skip
        return text
    if isinstance(statement, t.Baseline):
        return f"baseline {statement.name}{_notes(statement.label, '')}"
    if isinstance(statement, t.Scenario):
        hidden = " hidden" if statement.is_hidden else ""
        inner = ", ".join(_assignment(assignment) for assignment in statement.assignments)
        return f"scenario {statement.name}{_notes(statement.label, '')}{hidden} {{ {inner} }}"
    if isinstance(statement, t.Variant):
        inner = ", ".join(_assignment(assignment) for assignment in statement.assignments)
        text = f"variant {statement.name}{_notes(statement.label, '')} weight {_number(statement.weight)} {{ {inner} }}"
        return text + _notes("", statement.because)
    if isinstance(statement, t.Hindcast):
        inner = ", ".join(_assignment(assignment) for assignment in statement.assignments)
        return f"hindcast {statement.name}{_notes(statement.label, '')} from {statement.start} to {statement.end} {{ {inner} }}"
    if isinstance(statement, t.Question):
        return _question(statement)
    return _check(statement)


def _question(question: t.Question) -> str:
    text = f"question {question.name}{_notes(question.ask, '')}"
    body = print_expression(question.expression)
    if question.measure == "first":
        text += f" first time {body}{_clauses(('by', question.end))}"
    else:
        if question.start is not None:
            text += _clauses(("from", question.start), ("to", question.end))
        else:
            text += f" {'on' if question.measure in ('true', 'value') else 'by'} {print_expression(question.end)}"  # type: ignore[arg-type]
        text += f" {question.measure} {body}"
    text += f" given {print_expression(question.given)}" if question.given is not None else ""
    text += f" in {_unit(question.unit)}" if question.unit is not None else ""
    text += f" called {_text(question.called)}" if question.called else ""
    return text + (f" group {_text(question.group)}" if question.group else "")


def _check(statement: t.Statement) -> str:
    if isinstance(statement, t.ConserveCheck):
        return f"check {_text(statement.text)} conserve {_unit(statement.unit)} over {', '.join(statement.names)}"
    if isinstance(statement, t.WatchCheck):
        if statement.condition is None:
            return f"check {_text(statement.text)} always {print_expression(statement.then)}"
        return (
            f"check {_text(statement.text)} when {print_expression(statement.condition)} then {print_expression(statement.then)}"
        )
    assert isinstance(statement, t.EffectCheck)
    margin = f" by {_number(statement.margin)}" if statement.margin else ""
    return f"check {_text(statement.text)} scenario {statement.scenario} {statement.direction} {statement.question}{margin}"


def print_statement(statement: t.Statement | t.Model) -> str:
    """One statement, or the head, as text."""
    if isinstance(statement, t.Model):
        return _model(statement)
    return _structure(statement) or _happening(statement)


def print_tree(tree: t.Tree) -> str:
    """A whole tree as text."""
    return "\n".join(print_statement(statement) for statement in (tree.model, *tree.statements)) + "\n"
