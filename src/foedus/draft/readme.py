"""The README of a draft: what was read, what was assumed, what no part covers, what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from foedus.draft.binding import UNTOLD, untold
from foedus.draft.choosing import MechanismChoice
from foedus.draft.draft import DraftPlan, Uncovered
from foedus.draft.drafted import Drafted
from foedus.draft.foretold_questions import as_told
from foedus.draft.matching import near_misses
from foedus.draft.model_text import questions_of, scenarios_of
from foedus.show.confidence import Resting
from foedus.wording import counted

__all__ = ["readme_text", "rests_on", "skeleton_readme"]

_MOST = 60


def readme_text(
    drafted: Drafted,
    plan: DraftPlan,
    resting: Resting | None,
    asked: Sequence[dict[str, object]],
    is_copied: bool,
    failed: str = "",
) -> str:
    """The whole text, in Markdown.

    Args:
        failed: what is to be said of futures that failed in the first run; "" for nothing.
    """
    lines = [f"# {drafted.title}", "", _lead(drafted, plan), ""]
    lines += _untold(drafted)
    if failed:
        lines += [f"**{failed}**", ""]
    if resting is not None and resting.assumed_part is not None:
        lines += [rests_on(resting), ""]
    lines += [f"    foedus check {drafted.name}", f"    foedus run {drafted.name}", f"    foedus review {drafted.name}", ""]
    lines += [
        "## Documents",
        "",
        *_documents(plan, is_copied),
        "",
        "## Parts",
        "",
        *_parts(drafted),
        "",
        "## What was assumed",
        "",
        *_assumed(drafted, plan),
        "",
        "## Scenarios",
        "",
        *_scenarios(drafted),
    ]
    if asked:
        lines += ["", "Asked, and answered so:", "", *(f"- {one['question']} **{one['taken']}**" for one in asked)]
    if not plan.by_hand.is_nothing:
        lines += ["", "## Changed by hand", "", *_by_hand(drafted, plan)]
    lines += [
        "",
        "## What the reports say that no part covers",
        "",
        *_uncovered(plan.uncovered),
        "",
        "## What this case cannot tell",
        "",
        *_limits(plan),
        "",
    ]
    return "\n".join(lines)


def skeleton_readme(drafted: Drafted) -> str:
    """The README of a case without documents."""
    parts = [
        f"- **{part.alias}**: {part.takes.title} (mechanism `{part.takes.name}`; {part.takes.source}). Not for {part.takes.not_for}."
        for part in drafted.parts
    ]
    lines = [
        f"# {drafted.name}",
        "",
        "What is asked, as of which date, and for whom.",
        "",
        f"    foedus check {drafted.name}",
        f"    foedus run {drafted.name}",
        "",
        "## Parts",
        "",
        *parts,
        "",
        "## What was assumed",
        "",
        *_assumed(drafted),
        "",
        "## What this case cannot tell",
        "",
        "Its round numbers are nobody's: replace them, one by one, with claims and reasons.",
        "",
    ]
    return "\n".join(lines)


def rests_on(resting: Resting) -> str:
    """How much of the answers rests on what, in a sentence; with the shares that the key judgements of a run tell."""
    assumed = round(100 * (resting.assumed_part or 0.0))
    claims, _, guessed, luck = resting.shown
    return (
        f"Of what its parameters move in the answers with which `foedus run` begins, "
        f"by {counted(resting.futures, 'future')}, about {assumed} % rests on "
        f"defaults of the shelf, guesses and chances read from words, {100 - assumed} % on figures of the reports (of their variance "
        f"{claims} rests on claims, {guessed} on assumptions, {luck} is {resting.luck_words}); every claim is proposed only, nobody has "
        f"judged one yet."
    )


def _scenarios(drafted: Drafted) -> Iterator[str]:
    """What is tried; where nothing is, why."""
    tried = scenarios_of(drafted)
    for name, title, body in tried:
        yield f"- `{name}`: {title} (`{body}`)"
    if not tried:
        yield "None: what the reports say may happen or be decided sets nothing that these parts use; a scenario of it would move no answer."
        for each in drafted.happenings:
            yield f"- {as_told(replace(each.first, before=''), 1000)}: it is asked, and no part reads it"
    if any(line.text.startswith("lever ") for bounds in drafted.bounds.values() for bound in bounds for line in bound.lines):
        yield "Levers of the model move what somebody may decide besides: `foedus show` lists them."


def _lead(drafted: Drafted, plan: DraftPlan) -> str:
    count = len(plan.material.readings)
    return (
        f"Drafted by rule from {count} document{'s' if count != 1 else ''}, as known on {drafted.as_of}: "
        f"{counted(len(plan.material.claims), 'claim')}, "
        f"{len(drafted.parts)} part{'s' if len(drafted.parts) != 1 else ''}, {counted(len(questions_of(drafted)), 'question')}, "
        f"{counted(len(scenarios_of(drafted)), 'scenario')}. {_whose(plan)}"
    )


def _untold(drafted: Drafted) -> list[str]:
    """First of all what the answers rest on and no report tells, with the cure."""
    told = [
        f"- {part.alias}, {one.label[:1].lower()}{one.label[1:]}: {one.because.removeprefix(UNTOLD)}"
        for part in drafted.parts
        for one in untold(part, drafted.bounds[part.alias])
        if part.filled.slots
    ]
    cure = (
        f"Cure: a report that tells it (`foedus read ARTICLE --into {drafted.name}`), "
        "or a figure of your own in its place in `model.foedus`."
    )
    return ["**Assumed, for no report tells it:**", "", *told, "", cure, ""] if told else []


def _whose(plan: DraftPlan) -> str:
    if plan.by_hand.is_nothing:
        return "Nothing in it was written by hand."
    return "What somebody changed in it by hand stands below; all else is by rule."


def _by_hand(drafted: Drafted, plan: DraftPlan) -> Iterator[str]:
    """What somebody put into slots, took out of them, or used though no rule chose it."""
    for part in drafted.parts:
        if part.takes.name in plan.by_hand.added:
            yield f"- {part.alias}: the mechanism `{part.takes.name}` is used because somebody wants it"
        for bound in drafted.bounds[part.alias]:
            for match in bound.matches:
                if match.is_by_hand:
                    yield f"- {match.fact.claim.id} was put into {part.alias}, {bound.label[:1].lower()}{bound.label[1:]}: {match.because}"
    yield from (f"- {claim} was taken out: it fills nothing" for claim in sorted(plan.by_hand.out))


def _documents(plan: DraftPlan, is_copied: bool) -> Iterator[str]:
    for reading in plan.material.readings:
        report = reading.report
        day = report.published.date.isoformat() if report.published.date else f"undated, taken as of {plan.material.as_of}"
        yield f"- {report.title} ({day}): `{'documents/' if is_copied else ''}{report.name}`, sha256 {report.sha256[:16]}…"
    for title in plan.material.late:
        yield f"- left out, published after {plan.material.as_of}: {title}"


def _parts(drafted: Drafted) -> Iterator[str]:
    for part in drafted.parts:
        filled = [bound for bound in drafted.bounds[part.alias] if bound.kind == "claims"]
        yield f"- **{part.alias}**: {part.takes.title} (mechanism `{part.takes.name}`; {part.takes.source}). Not for {part.takes.not_for}."
        if not part.filled.slots:
            words = f"for their words: “{part.filled.told[0][:200]}”" if part.filled.told else "because somebody wants it."
            yield f"  - No figure of the reports carries it; it is there {words}"
        for bound in filled:
            yield f"  - {bound.label}: {', '.join(match.fact.claim.id for match in bound.matches)} ({bound.because})"
    if not drafted.parts:
        yield "None: no figure of the reports fills a mechanism of the shelf. What they predict is asked, and nothing computes it:"
        yield "each chance is that of the words or the figure by which a report tells it, see below, and the answers add nothing to these."


def _assumed(drafted: Drafted, plan: DraftPlan | None = None) -> Iterator[str]:
    """What fills a slot in the place of claims; with the figures that speak of it and cannot fill it."""
    for part in drafted.parts:
        missed = _missed(part, plan) if plan is not None else {}
        for bound in drafted.bounds[part.alias]:
            if bound.kind != "claims":
                yield f"- {part.alias}, {bound.label[:1].lower()}{bound.label[1:]}: {bound.because}{missed.get(bound.slot, '')}"
    for each in drafted.happenings:
        words, (low, high) = as_told(replace(each.first, before=""), 1000), each.first.chance
        if each.name in drafted.chances and each.first.chance_fact is not None:
            told = each.first.chance_fact
            yield f"- {words}: “{told.written}”, the chance that {told.claim.id} tells (group “{drafted.chances[each.name]}”)"
            continue
        yield f"- {words}: {100 * low:.0f} % to {100 * high:.0f} %, {each.first.because}".replace("  %", " %")


def _missed(part: MechanismChoice, plan: DraftPlan) -> dict[str, str]:
    """Slot -> in words, the figures that speak of it and were left out, each with why."""
    why = {one.claim.id: one.why for one in plan.uncovered}
    left = [fact for fact in plan.material.facts if fact.claim.id in why]
    found = near_misses(part.filled, left, plan.material.matter)
    return {
        slot: "; the reports speak of it, but "
        + ", ".join(
            f"{fact.claim.id} (“{fact.claim.quantity.text if fact.claim.quantity is not None else ''}”): {why[fact.claim.id]}"
            for fact in facts[:3]
        )
        for slot, facts in found.items()
    }


def _uncovered(found: Sequence[Uncovered]) -> Iterator[str]:
    if not found:
        yield "Nothing with a figure."
    for one in found[:_MOST]:
        yield f"- {one.claim.id}: “{' '.join(one.claim.paraphrase.split())[:160]}”: {one.why}"
    if len(found) > _MOST:
        yield f"- and {len(found) - _MOST} more"


def _limits(plan: DraftPlan) -> Iterator[str]:
    yield "It was put together by rules that know words and units, not by somebody who knows the matter. What the parts leave out it does not"
    yield "know of; what may happen beside what the reports name has no place in it; chances read from words such as “could” are wide."
    for title, slot in plan.chosen.missing:
        yield f"The reports speak of “{title}” too, but no figure of theirs fills: {slot[:1].lower()}{slot[1:]}."
