"""The way from documents to a draft: claims, figures, parts, predictions, what fills each slot, and what nothing covers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil

from foedus.compile.between import SET
from foedus.draft.binding import Bound, bound_part, without_unread
from foedus.draft.by_hand import ByHand, with_hand
from foedus.draft.choosing import Chosen, MechanismChoice, chosen_parts, renamed
from foedus.draft.clauses import ends_before_chance, gives_chance, halves, sentence_around
from foedus.draft.drafted import Drafted
from foedus.draft.facts import Fact, facts_of
from foedus.draft.fitting import Match
from foedus.draft.foretold import PredictedEvent, Target, Trigger, happenings, states_at_start, targets
from foedus.draft.gate import is_as_said
from foedus.draft.going_on import announced_ends, as_announced, endings
from foedus.draft.matching import why_left
from foedus.draft.mechanisms import require_one_sided
from foedus.draft.model_text import trigger_names
from foedus.draft.moments import MOMENT_WORDS
from foedus.draft.moving import moving
from foedus.draft.predictions import ReportedPrediction, ReportSentence, predictions
from foedus.draft.rules import ruled
from foedus.draft.things import Matter, matter_of
from foedus.errors import EvidenceError, InputError, Problem
from foedus.evidence.claim import Claim, Hedge, Quantity
from foedus.evidence.measures import conversion
from foedus.evidence.reading import Reading, reading_records
from foedus.evidence.store.proposed import claims_of_proposals
from foedus.wording import counted

__all__ = [
    "DraftMaterial",
    "DraftPlan",
    "Uncovered",
    "default_title",
    "drafted_of",
    "in_unit",
    "ledger_claim",
    "ledger_of",
    "material_of",
    "plan_of",
    "tidy",
]

_WEEKS = (26, 104)


@dataclass(frozen=True)
class DraftMaterial:
    """What was read.

    Attributes:
        claims: all, proposed; of documents published by the as-of date. late: titles of documents that are younger than it.
        sentences: of the reports that hold claims, in order. text: of all reports.
    """

    as_of: date
    readings: tuple[Reading, ...]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    sentences: tuple[ReportSentence, ...]
    text: str
    matter: Matter
    late: tuple[str, ...] = ()


@dataclass(frozen=True)
class Uncovered:
    """A claim with a figure or a prediction that no part covers, and why."""

    claim: Claim
    why: str


@dataclass(frozen=True)
class DraftPlan:
    """What the draft will be: the parts, what may happen, predicted figures, what is left, and what of it was changed by hand."""

    material: DraftMaterial
    chosen: Chosen
    happenings: tuple[PredictedEvent, ...]
    targets: tuple[Target, ...]
    starts: Mapping[tuple[str, str], Claim]
    lasting: Mapping[tuple[str, str], tuple[ReportedPrediction, ...]] = field(default_factory=dict)
    uncovered: tuple[Uncovered, ...] = field(default=())
    by_hand: ByHand = field(default_factory=ByHand)


def material_of(readings: Sequence[Reading], as_of: date | None) -> DraftMaterial:
    """The claims, figures and sentences of some documents.

    Args:
        as_of: None takes the day of the latest document.
    Raises:
        InputError: no document tells its day, and none is given.
    """
    days = [reading.report.published.date for reading in readings if reading.report.published.date]
    day = as_of or max(days, default=None)
    if day is None:
        message = "no document tells the day on which it was published, and the case needs a day to look from."
        raise InputError(Problem("--as-of", 0, 0, "no-date", message, "Give it: --as-of 2024-10-25."))
    known = [reading for reading in readings if (reading.report.published.date or day) <= day]
    late = tuple(reading.report.title for reading in readings if reading not in known)
    if not known:
        message = f"every document was published after {day}."
        raise InputError(Problem("--as-of", 0, 0, "after-as-of", message, "Give a later day, or leave --as-of out."))
    rows = _claims(known, day)
    facts = tuple(facts_of(known, rows, day))
    text = "\n".join(reading.report.text.text for reading in known)
    claims = tuple(claim for row in rows for claim in row)
    matter = matter_of([text], [reading.report.title for reading in known], facts)
    return DraftMaterial(day, tuple(known), claims, facts, tuple(_sentences(known, rows, facts)), text, matter, late)


def _claims(readings: Sequence[Reading], day: date) -> list[list[Claim]]:
    """The claims of each document, graded by rule."""
    documents, records = [], []
    for document, own in reading_records(readings, False):
        documents.append(document)
        records.append(own)
    found = {"documents": documents, "claims": [record for own in records for record in own]}
    try:
        claims, _ = claims_of_proposals(found, "the documents", {}, day.isoformat())
    except EvidenceError as error:
        raise InputError(list(error.problems)) from None
    told = (replace(claim, id=re.sub(r"-D\d+\.", "-", claim.id)) for claim in claims)  # its digest tells the document
    return [[_graded(next(told)) for _ in own] for own in records]


_GRADES = {
    "agency": "B3",
    "study": "B3",
    "official": "C3",
    "expert": "C3",
    "outlet": "C3",
    "imagery": "C3",
    "state_media": "D3",
    "anonymous": "D3",
}
"""By the type of the source; nobody has looked at the claim itself, so its digit is that of what is possibly true."""


def _graded(claim: Claim) -> Claim:
    grade = _GRADES.get(claim.source.type, "D3")
    return replace(
        claim,
        grade=grade,
        graded_because=f"proposed by rule for the type of source ({claim.source.type.replace('_', ' ')}); nobody has judged it",
    )


def _sentences(readings: Sequence[Reading], rows: Sequence[Sequence[Claim]], facts: Sequence[Fact]) -> list[ReportSentence]:
    """Claims that share a sentence, together."""
    by_claim = {fact.claim.id: fact for fact in facts}
    found: list[ReportSentence] = []
    for reading, own in zip(readings, rows, strict=True):
        text = reading.report.text.text
        groups: dict[tuple[int, int], list[Claim]] = {}
        for proposal, claim in zip(reading.claims, own, strict=True):
            groups.setdefault(sentence_around(text, proposal.start), []).append(claim)
        places = {claim.id: proposal.start for proposal, claim in zip(reading.claims, own, strict=True)}
        for (start, end), claims in groups.items():
            for low, high in halves(text, start, end):
                held = [one for one in claims if low <= max(places[one.id], start) < high]
                if held:
                    figures = tuple(by_claim[one.id] for one in held if one.id in by_claim)
                    of_half = tuple(_in_half(one, places[one.id], (low, high), text) for one in held)
                    found.append(ReportSentence(text[low:high].strip(), of_half, figures))
    return found


def _in_half(claim: Claim, place: int, half: tuple[int, int], text: str) -> Claim:
    """A claim as its half of a sentence tells it, where that or the next gives a chance of its own: its words and its day are no other's."""
    low, high = half
    when = claim.time.start if claim.time is not None else None
    if when is not None and gives_chance(text, low) and not low <= when < high:
        return replace(claim, time=None)
    is_over = low <= place < high < place + len(claim.paraphrase)
    return (
        replace(claim, paraphrase=text[max(low, place) : high].strip()) if is_over and ends_before_chance(text, high) else claim
    )


def plan_of(material: DraftMaterial, only: Sequence[str] | None = None, by_hand: ByHand | None = None) -> DraftPlan:
    """The draft of what was read.

    Args:
        only: names of mechanisms to choose from; None for all of the shelf.
        by_hand: what somebody changed in what the rules choose.
    Raises:
        InputError: no mechanism of the shelf fits, or what was changed by hand does not.
    """
    by_hand = by_hand or ByHand()
    rules = [rule for rule in ruled() if only is None or rule.name in only]
    chosen = chosen_parts(material.facts, material.text, material.matter, rules)
    chosen = with_hand(chosen, by_hand, material.facts, material.text, material.matter)
    if not chosen.parts:
        for name in only or ():
            require_one_sided(name)
        if only is not None or len(_foreseen(material)) < _CHANCES_ALONE:
            raise _nothing_fits(material, chosen, only)
    foreseen = predictions(material.sentences, material.as_of)
    chosen = moving(chosen, foreseen, material.sentences, material.as_of, {*by_hand.added, *(only or ())})
    if not chosen.parts and (only is not None or len(_foreseen(material)) < _CHANCES_ALONE):
        raise _nothing_fits(material, chosen, only)
    parts = renamed(without_unread(chosen.parts))
    told, left = targets(foreseen, parts)
    placed = [each.fact for part in parts for row in part.filled.slots.values() for each in row]
    used = {fact.claim.id for fact in placed}
    may_happen = happenings(_no_figures_of_now(left, placed), parts)
    starts = states_at_start(material.sentences, parts, material.as_of)
    may_happen, lasting = _already(may_happen, starts, material, parts)
    plan = DraftPlan(material, replace(chosen, parts=parts), tuple(may_happen), tuple(told), starts, lasting, by_hand=by_hand)
    return replace(plan, uncovered=tuple(_uncovered(plan, used)))


_CHANCES_ALONE = 2
"""Predictions from which reports without a figure that a part could use make a case of chances."""


def _foreseen(material: DraftMaterial) -> list[PredictedEvent]:
    """What the reports predict, where no part computes any of it."""
    return happenings(predictions(material.sentences, material.as_of), ())


def _no_figures_of_now(found: Sequence[ReportedPrediction], placed: Sequence[Fact]) -> list[ReportedPrediction]:
    """Without sentences that tell a figure of today, which fills a slot, and look ahead only by the way."""
    known = {fact.claim.id for fact in placed if fact.moment in ("now", "usual")}
    return [one for one in found if one.main not in known or one.chance_fact is not None or one.is_open]


_Lasting = dict[tuple[str, str], tuple[ReportedPrediction, ...]]


def _already(
    found: Sequence[PredictedEvent],
    starts: Mapping[tuple[str, str], Claim],
    material: DraftMaterial,
    parts: Sequence[MechanismChoice],
) -> tuple[list[PredictedEvent], _Lasting]:
    """What holds at the start cannot begin: what is said of that is said of its going on, and it ends where it does not."""
    kept: list[PredictedEvent] = []
    lasting: _Lasting = {}
    setting: dict[tuple[str, str], PredictedEvent] = {}
    known = {claim.id for claim in starts.values()}
    for each in found:
        begun = [
            (part.alias, rule.name)
            for part, rule, is_undone in each.triggers
            if not is_undone and (part.alias, rule.name) in starts
        ]
        if not begun:
            kept.append(each)
            continue
        told = tuple(one for one in each.predictions if not known & {claim.id for claim in one.claims})
        if told:
            lasting[begun[0]] = (*lasting.get(begun[0], ()), *told)
            setting.setdefault(begun[0], each)
    announced = announced_ends(starts, material.sentences, material.as_of)
    made = endings(lasting, setting, kept, material.as_of, announced)
    return [*kept, *made, *as_announced(announced, {*lasting, *_ended(kept), *_ended(made)}, parts)], lasting


def _ended(found: Sequence[PredictedEvent]) -> set[tuple[str, str]]:
    """(alias, trigger) of what some events end."""
    return {(part.alias, rule.name) for each in found for part, rule, is_undone in each.triggers if is_undone}


def _nothing_fits(material: DraftMaterial, chosen: Chosen, only: Sequence[str] | None) -> InputError:
    figures = [fact for fact in material.facts if not fact.refused]
    lacking = "; ".join(
        f"“{title}” would fit, but no figure fills: {slot[:1].lower()}{slot[1:]}" for title, slot in chosen.missing[:3]
    )
    which = f"none of {', '.join(only)}" if only else "no mechanism of the shelf"
    message = f"{which} fits what the documents say ({counted(len(material.claims), 'claim')}, {len(figures)} usable figures)."
    otherwise = "Give reports with figures of what one of them handles (`foedus shelf`), or begin with `foedus new NAME --with MECHANISM`."
    help = lacking or ("Leave `--with` out: then all mechanisms of the shelf are tried." if only else otherwise)
    return InputError(Problem("--from", 0, 0, "nothing-fits", message, help))


def _uncovered(plan: DraftPlan, used: set[str]) -> list[Uncovered]:
    """Figures that fill no slot, with the reason."""
    predicted = {each.fact.claim.id for each in plan.targets if each.fact is not None}
    predicted |= {fact.claim.id for each in plan.targets if each.fact is None for fact in each.prediction.sentence.facts}
    ahead = [one for each in plan.happenings for one in each.predictions] + [
        one for ones in plan.lasting.values() for one in ones
    ]
    predicted |= {fact.claim.id for one in ahead for fact in one.sentence.facts}
    found = []
    for fact in plan.material.facts:
        if fact.claim.id in used or fact.claim.id in predicted:
            continue
        found.append(Uncovered(fact.claim, _by_hand_why(fact, plan.by_hand) or fact.refused or _why(fact, plan)))
    return found


def _by_hand_why(fact: Fact, by_hand: ByHand) -> str:
    name = fact.claim.id
    put = "it was put by hand into a part that is not used"
    return "it was taken out by hand" if name in by_hand.out else put if name in by_hand.placed else ""


def _why(fact: Fact, plan: DraftPlan) -> str:
    matter = plan.material.matter
    other = matter.other_good(fact.words, is_whole=fact.kind in ("level", "flow"), is_priced=fact.kind == "price")
    if other:
        return f"it speaks of {other}"
    if illness := matter.other_illness(fact):
        return f"it speaks of {illness}"
    if fact.kind == "share" and (narrower := matter.narrower(fact.words)):
        return f"it speaks of {narrower}"
    if fact.places and matter.scope and not set(fact.places) & set(matter.scope):
        return f"it speaks of {', '.join(fact.places)}"
    if matter.joint and fact.places and not set(matter.joint) <= set(fact.places) and fact.kind in ("level", "flow"):
        return f"it speaks of {', '.join(fact.places)} alone"
    return MOMENT_WORDS.get(fact.moment) or _why_not_there(fact, plan) or "no slot of the parts speaks of it"


def _why_not_there(fact: Fact, plan: DraftPlan) -> str:
    """Why a figure is not in the slot of which it speaks; "" where it speaks of none."""
    for part in plan.chosen.parts:
        against = next((one[1:] for one in part.filled.contradicted if one[0] == fact.claim.id), None)
        left = against or why_left(part.filled, fact, plan.material.matter)
        if left is not None:
            rule, info = part.filled.rule.slot(left[0]), part.takes.slot(left[0])
            label = (rule.label if rule is not None else "") or (info.label if info is not None else "") or left[0]
            return f"it speaks of “{label[:1].lower()}{label[1:]}”, {left[1]}"
    return ""


def drafted_of(
    plan: DraftPlan, name: str, title: str, weeks: int | None = None, scales: Mapping[str, Mapping[str, float]] | None = None
) -> Drafted:
    """Everything that the text of the model is made of.

    Args:
        weeks: the horizon; None takes what the predictions need.
        scales: alias -> slot -> by what to multiply what is guessed.
    """
    parts = plan.chosen.parts
    triggers = trigger_names(plan.happenings, plan.starts)
    bounds = {part.alias: bound_part(part, parts, triggers.get(part.alias, {}), (scales or {}).get(part.alias)) for part in parts}
    acting = tuple(replace(each, triggers=_acting(each, triggers, bounds)) for each in plan.happenings)
    days = [one.day for each in plan.happenings for one in each.predictions if one.day] + [
        t.prediction.day for t in plan.targets if t.prediction.day
    ]
    last = max(days, default=plan.material.as_of)
    needed = -(-((last - plan.material.as_of).days + 14) // 7)
    horizon = weeks or min(max(needed, _WEEKS[0]), _WEEKS[1])
    is_fine = any("day" in slot.unit.split("/") for part in parts for slot in part.takes.slots)
    step = 7 / (8 if is_fine else 4)
    if _is_between_steps(plan, horizon, step):
        step = 0.5 if is_fine else 1.0  # every day falls on one
    chances = {each.name: _chance_group(each) for each in plan.happenings if each.first.chance_fact is not None}
    titles = tuple(reading.report.title for reading in plan.material.readings)
    return Drafted(
        name,
        title,
        plan.material.as_of,
        horizon,
        f"1/{7 / step:.0f} week",
        parts,
        bounds,
        acting,
        plan.targets,
        plan.starts,
        titles,
        chances,
        plan.lasting,
        {key: end for key, (_, end) in announced_ends(plan.starts, plan.material.sentences, plan.material.as_of).items()},
    )


def _is_between_steps(plan: DraftPlan, weeks: int, step: float) -> bool:
    """Whether a day of which the reports speak lies so far before the next step that what is set by it, or asked of it, is another thing.

    Args:
        step: days.
    """
    begin, last = plan.material.as_of, 7 * weeks
    told = [one for each in plan.happenings for one in each.predictions]
    days = [((one.day - begin).days, one.first) for one in told if one.day]
    windows = [(day, day - (first - begin).days if first else min(day, last - day)) for day, first in days]
    windows += [((first - begin).days, day - (first - begin).days) for day, first in days if first]
    windows += [(day, 5 * day) for each in plan.targets if each.prediction.day for day in [(each.prediction.day - begin).days]]
    return any(ceil(day / step - 1e-9) * step - day > SET * span for day, span in windows if 0 < day <= last)


def _acting(
    each: PredictedEvent, names: Mapping[str, Mapping[str, str]], bounds: Mapping[str, Sequence[Bound]]
) -> tuple[Trigger, ...]:
    """The triggers that some slot reads: what nothing reads changes no part, and a scenario of it would say nothing."""
    texts = [text for own in bounds.values() for bound in own for text in (bound.text, *(line.text for line in bound.lines))]
    read = {name for text in texts for name in re.findall(r"\w+", text)}
    return tuple(one for one in each.triggers if names[one[0].alias][one[1].name] in read)


def _chance_group(each: PredictedEvent) -> str:
    name = f"{each.name.removesuffix('_ends')}_goes_on" if each.is_turned else each.name
    return f"chance: {name.replace('_', ' ')}"


def ledger_of(plan: DraftPlan, drafted: Drafted) -> tuple[Claim, ...]:
    """All claims, each in the group of the slot that it fills, with its figure in a unit of the model."""
    placed: dict[str, Claim] = {}
    for bounds in drafted.bounds.values():
        for bound in bounds:
            for group, matches in bound.groups:
                places = {match.fact.places for match in matches if len(match.fact.places) == 1}
                unit = matches[0].unit if matches else ""
                for match in matches:
                    joined = in_unit(match, unit)
                    placed[match.fact.claim.id] = _placed(joined, group, bound, is_by_place=len(places) > 1)
    for each in drafted.happenings:
        fact = each.first.chance_fact
        if fact is not None:
            factor = 0.01 if fact.claim.quantity_unit.startswith(("perc", "%")) else 1.0
            told = _scaled(fact.claim, drafted.chances[each.name], "1", factor, "the chance of an event, as the report gives it")
            placed[fact.claim.id] = _whole(told, fact)
    groups = {claim.group for claim in placed.values()}
    return tuple(_apart(placed.get(claim.id, claim), groups, claim.id in placed) for claim in plan.material.claims)


def _apart(claim: Claim, groups: set[str], is_placed: bool) -> Claim:
    """A claim that fills no slot keeps out of the groups that do."""
    return claim if is_placed or claim.group not in groups else replace(claim, group=f"{claim.group}, not placed")


def in_unit(match: Match, unit: str) -> Match:
    """The match with its figure in the unit of the group that it joins, which has one; the same where no factor leads there."""
    factor = conversion(match.unit, unit)
    return match if factor is None or match.unit == unit else replace(match, unit=unit, factor=match.factor * factor)


def ledger_claim(match: Match, group: str, label: str) -> Claim:
    """A claim in the group of the slot that it fills, its figure in a unit of the model."""
    note = f"proposed for {label[:1].lower()}{label[1:]}: {match.because}"
    claim = match.fact.claim
    if is_as_said(match.fact, match.slot):  # "24 % do not finish" says that it is so of those who do not
        claim = replace(claim, commitment="affirmed", polarity="+", hedge=_PLAIN)
    return _whole(_scaled(claim, group, match.unit, match.factor, note), match.fact)


_PLAIN = Hedge("asserted")


def _placed(match: Match, group: str, bound: Bound, is_by_place: bool) -> Claim:
    claim = ledger_claim(match, group, bound.label)
    if is_by_place and len(match.fact.places) == 1:  # one study on three countries says three things, not one thing thrice
        return replace(claim, origin=f"{claim.origin}, on {match.fact.places[0]}")
    return claim


_SHORT = 40


def _whole(claim: Claim, fact: Fact) -> Claim:
    """A claim that is little more than its figure, with its sentence: a reader must see what the figure is of."""
    start, end, digest = fact.stretch
    if len(claim.paraphrase) >= _SHORT or not digest or len(fact.sentence) > _LONGEST:
        return claim
    return replace(claim, start=start, end=end, span_sha256=digest, paraphrase=" ".join(fact.sentence.split()))


_LONGEST = 600


def _scaled(claim: Claim, group: str, unit: str, factor: float, note: str) -> Claim:
    quantity = claim.quantity
    assert quantity is not None
    value, low, high = (None if one is None else tidy(one * factor) for one in (quantity.value, quantity.low, quantity.high))
    if value is None and low is not None and high is not None and low == high:
        value = low
    figure: Quantity = replace(quantity, value=value, low=low, high=high, unit=unit)
    return replace(claim, group=group, quantity=figure, note=note)


def tidy(value: float) -> float:
    """Without the dust of binary fractions: 32.8 million is 32,800,000."""
    return float(f"{value:.12g}")


_DATELINE = re.compile(r"\b(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},) \d{4}\W*$")


def default_title(material: DraftMaterial) -> str:
    """The title of the case: that of the first document that has one, and not only the name of a file."""
    titles = [re.sub(r"\s+", " ", reading.report.title).strip() for reading in material.readings]
    own = [title for title in titles if " " in title and not re.search(r"\.\w{2,4}$", title) and not _DATELINE.search(title)]
    return (own or [f"What {len(titles)} report{'s' * (len(titles) != 1)} say{'s' * (len(titles) == 1)}"])[0][:90]
