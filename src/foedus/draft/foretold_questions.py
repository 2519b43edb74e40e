"""The questions that predictions ask of what parts give: a figure by a day, a range, a change, a limit, something that comes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from foedus.draft.binding import UNTOLD, untold
from foedus.draft.choosing import MechanismChoice
from foedus.draft.drafted import Drafted, DraftedQuestion
from foedus.draft.fitting import size_of
from foedus.draft.foretold import Target
from foedus.draft.matching import price_factor
from foedus.draft.predictions import ReportedPrediction
from foedus.draft.rules import AnswerRule
from foedus.draft.things import scale_of
from foedus.show.words import unit_words

__all__ = ["as_told", "asked_as", "day_words", "expression_of", "of_target", "shortened", "start_note", "unit_shown"]


def shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def as_told(one: ReportedPrediction, most: int) -> str:
    """The words of a prediction: between quotation marks where they stand so in the report, and plain where they are put otherwise."""
    words = shortened(f"{one.before} {one.words}".strip(), most)
    return f"“{words}”" if one.is_verbatim else words


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def expression_of(part: MechanismChoice, answer_name: str, plus: str) -> str:
    added = re.sub(r"\{(\w+)\}", lambda match: f"{part.alias}_{match[1]}" if match[1] in part.filled.slots else "", plus)
    return f"{added} + {part.alias}.{answer_name}" if added else f"{part.alias}.{answer_name}"


def asked_as(part: MechanismChoice, answer: AnswerRule) -> str:
    """What is asked of it, in words: what counts from the beginning counts since the start, where no figure tells how many there were."""
    return answer.ask if _is_counted_whole(part, answer) else _IN_ALL.sub(" since the start", answer.ask)


def start_note(drafted: Drafted, part: MechanismChoice, answer: AnswerRule) -> str:
    """Behind a question whose answer starts from what no report tells, or is moved by so much as no report tells: that it is assumed."""
    told = untold(part, drafted.bounds[part.alias])
    if answer.start in {one.slot for one in told}:
        return " (from a start that is assumed)"
    moving = [one.label for one in told if one.because.startswith(UNTOLD)]
    return f" (assumed: {moving[0][:1].lower()}{moving[0][1:]})" if moving else ""


_IN_ALL = re.compile(r" in all\b")


def _is_counted_whole(part: MechanismChoice, answer: AnswerRule) -> bool:
    return not answer.plus or all(name in part.filled.slots for name in re.findall(r"\{(\w+)\}", answer.plus))


def unit_shown(part: MechanismChoice, answer: AnswerRule) -> str:
    """The unit in which an answer is shown, behind its expression: shares per cent, paces by the month; "" for its own."""
    unit = part.takes.gives[answer.name][1]
    if unit == "1" and "share" in answer.kinds:
        return " in %"
    if "/week" not in unit:
        return ""
    table = dict(zip(part.takes.things, part.filled.things, strict=False))
    shown = re.sub(r"[A-Za-z_]\w*", lambda match: table.get(match.group(), match.group()), unit)
    return f" in {shown.replace('/week', f'/{_told_per(part)}')}"


def _told_per(part: MechanismChoice) -> str:
    """The stretch of time per which the reports tell most paces of a part; the month where they tell none."""
    told = Counter(per for fact in part.filled.facts if (per := fact.per or fact.period) in ("day", "week", "month", "year"))
    return told.most_common(1)[0][0] if told else "month"


def of_target(target: Target, drafted: Drafted, taken: set[str]) -> list[tuple[DraftedQuestion, str]]:
    """A predicted figure: what the model says on that day, and whether it is passed."""
    day = min(target.prediction.day or drafted.as_of + timedelta(days=182), drafted.end)
    if target.is_limit:
        return [_of_limit(target, day)]
    if target.fact is None:
        return [_of_coming(target, day)]
    quantity = target.fact.claim.quantity
    assert quantity is not None
    expression = expression_of(target.part, target.answer.name, target.answer.plus)
    ids = tuple(claim.id for claim in target.prediction.claims)
    base = re.sub(r"\W+", "_", f"{target.part.alias}_{target.answer.name.rstrip(']')}_{day:%b%y}".lower())
    name = base if base not in taken else f"{base}_{len(taken)}"
    where = f"{asked_as(target.part, target.answer)}{start_note(drafted, target.part, target.answer)}, {day_words(day)}"
    shown = unit_shown(target.part, target.answer)
    found = [(DraftedQuestion(name, f"{where}?", ids), f"on {day} value {expression}{shown}")] if base not in taken else []
    value = quantity.value if quantity.value is not None else quantity.low if quantity.low is not None else quantity.high
    is_of_share = target.fact.kind == "share" and "share" in target.answer.kinds  # a rise in pay is itself what is offered
    if value and target.fact.moment == "change" and not is_of_share:
        return [_of_change(target, value / 100, f"{name}_change", day, expression, ids, drafted)]
    is_at_most = _AT_MOST.search(target.fact.near[: max(target.fact.near.find(target.fact.written), 0)]) is not None
    is_at_most = is_at_most or _AT_MOST.match(target.fact.written) is not None
    value = quantity.high if is_at_most and quantity.high else value
    if (
        value
        and not is_at_most
        and quantity.value is None
        and quantity.low is not None
        and quantity.high is not None
        and quantity.low < quantity.high
    ):
        found.append(_of_range(target, (quantity.low, quantity.high), f"{name}_between", day, expression, ids))
    elif value:
        unit, value = _figure_unit(target), value * _figure_factor(target)
        row = target.prediction.sentence.text if target.prediction.series else ""  # one verb for all figures of a row
        is_under = (
            is_at_most
            or quantity.qualifier in ("less_than", "up_to")
            or _comes_from_above(target, row or target.fact.near, value)
        )
        word, sign = ("under", "<") if is_under else ("over", ">")
        shown = f"{value * 100:,.10g} %" if target.fact.kind == "share" else f"{value:,.10g} {unit_words(unit)}".strip()
        found.append(
            (
                DraftedQuestion(
                    f"{name}_{word}",
                    f"{asked_as(target.part, target.answer)}: {word} {shown} on {day_words(day)}?",
                    ids,
                    _foretold(target),
                ),
                f"on {day} true when {expression} {sign} {value:.10g} {unit if unit != '1' else ''}".rstrip(),
            )
        )
    return found


def _comes_from_above(target: Target, words: str, value: float) -> bool:
    """Whether a predicted figure is passed downwards: as its words say, else because what is told of the start lies above it."""
    if _FALLS_TO.search(words) or _RISES_TO.search(words):
        return _FALLS_TO.search(words) is not None
    start = target.part.filled.slots.get(target.answer.start, ()) if target.answer.start else ()
    told = [size_of(each.fact) * each.factor for each in start if each.unit == _figure_unit(target)]
    return bool(told) and all(one > value for one in told)


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
    question = DraftedQuestion(name, f"{target.answer.ask}: between {shown} on {day_words(day)}?", ids, _foretold(target))
    return question, f"on {day} true when {expression} >= {bounds[0]} and {expression} <= {bounds[1]}"


def _of_coming(target: Target, day: date) -> tuple[DraftedQuestion, str]:
    """Whether what a part gives comes by the day of which reports speak."""
    ids = tuple(claim.id for claim in target.prediction.claims)
    name = f"{target.part.alias}_{target.answer.name}_{day:%d%b%y}".lower()
    text = f"{target.answer.ask} by {day_words(day)}?"
    return DraftedQuestion(name, text, ids, _foretold(target)), (
        f"by {day} true when {expression_of(target.part, target.answer.name, target.answer.plus)}"
    )


def _of_limit(target: Target, day: date) -> tuple[DraftedQuestion, str]:
    """Whether what a part gives passes by a day the limit that reports name, as they foretell: the model computes both."""
    limit = target.answer.limit.strip("{}")
    label = next(rule.label for rule in target.part.filled.rule.slots if rule.name == limit)
    reaches = "at the limit" if target.answer.is_capped else "over the limit"
    text = f"{target.answer.ask}: {reaches} by {day_words(day)} ({label[:1].lower()}{label[1:]})?"
    name = f"{target.part.alias}_{target.answer.name}_full_{day:%d%b%y}".lower()
    ids = tuple(claim.id for claim in target.prediction.claims)
    reached = f"{target.part.alias}.{target.answer.name} > {target.answer.full_at}{target.part.alias}_{limit}"
    return DraftedQuestion(name, text, ids, _foretold(target)), f"by {day} true when {reached}"


def _foretold(target: Target) -> str:
    """What the reports say of it, with the chance that their words carry: beside what the model computes."""
    low, high = target.prediction.chance
    words = as_told(replace(target.prediction, before=""), 130)
    return f"{words}, a chance of {low * 100:.0f} to {high * 100:.0f} % by their words ({target.prediction.because})"


_FALLS = re.compile(r"\b(?:fall|drop|decline|lower|down|shrink|cut|lose|less|cheaper)\w*\b", re.IGNORECASE)


_FALLS_TO = re.compile(
    r"\b(?:fall|drop|decline|shrink|sink|slip|dwindle|plunge|tumble|slump)(?:s|ing)?\s+(?:back\s+)?(?:further\s+)?(?:to|below|under)\b"
    r"|\bdown to\b",
    re.IGNORECASE,
)
"""What is to fall to a figure passes it from above."""
_AT_MOST = re.compile(
    r"(?:\b(?:not|hardly|never) (?:exceed|pass|top|be (?:more|higher) than)|\bno more than|\bat (?:the )?most|\bunder|\bbelow)"
    r"(?: (?:about|some|around))? ?",
    re.IGNORECASE,
)
_RISES_TO = re.compile(
    r"\b(?:ris|grow|climb|increas|jump|swell|surg|soar|reach|exceed|pass|top|hit)(?:e|es|s|ing)?\b"
    r"|\b(?:more than|over|above|at least)\b",
    re.IGNORECASE,
)


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
    words = f"{'Down' if falls else 'Up'} by more than {share * 100:.3g} % on {day_words(day)}: {asked}?"
    return DraftedQuestion(name, words, ids, _foretold(target)), f"on {day} true when {expression} {sign} {bound:.4g}" + (
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
