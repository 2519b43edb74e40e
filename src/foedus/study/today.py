"""What new reports would change: they are read, what they say of the case's groups is taken as read, and the case is run with and without.

Nothing is written: the note says what a reviewer would look at first. A new claim has the grade that its source has in the ledger most
often, else one that is said.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from foedus import extras
from foedus.analysis.changes import Diff
from foedus.analysis.today import MovedBy, NewClaim, Today
from foedus.case import Case
from foedus.case.edition_ledger import reading_ledger
from foedus.errors import InputError, Problem
from foedus.evidence import Claim, Ledger
from foedus.evidence.belief import sign_of
from foedus.evidence.figure_words import figure_words
from foedus.evidence.kernel import numbers_of
from foedus.evidence.measures import conversion
from foedus.evidence.pool import can_pool
from foedus.evidence.reading import Reading
from foedus.evidence.reading.subject import Subject, of_packs, subject_beside
from foedus.evidence.store.proposed import claims_of_proposals
from foedus.evidence.voices import is_same_voice
from foedus.study.common import on_common_ground
from foedus.study.diff import answer_changes, baseline_run, diff
from foedus.study.placing import Likeness, PoolGroups
from foedus.study.simulate import Progress
from foedus.study.strangers import Strangers

__all__ = ["ASSUMED_GRADE", "Place", "Placing", "place_of", "today"]

Place = tuple[str, int | None, int | None, tuple[float, ...]]
Placing = Callable[[Case, Sequence[Reading]], Mapping[Place, Claim]]

ASSUMED_GRADE = "C3"
"""Of a source that the ledger does not know: fairly reliable, possibly true, for the note only."""

_OTHER_UNIT = "its figure is in "


def today(
    case: Case,
    files: Iterable[str],
    placed: Placing,
    *,
    published: datetime.date | None = None,
    futures: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Today:
    """The morning note.

    Args:
        case: with a ledger.
        files: reports, or folders of them.
        placed: gives the figures that suit a group of the case by the rules of its parts; the others are held against the ledger's words.
            Nobody may forget it: without it a note would place figures otherwise than the case does.
        published, futures, seed, progress: as of the verb `foedus.today`.
    Raises:
        InputError: the case has no ledger.
        EvidenceError: a report cannot be read, or its date is not known.
    """
    if case.ledger is None:
        help_text = "Put ledger.jsonl beside the model."
        raise InputError(Problem(case.name, 0, 0, "no-ledger", "the case has no ledger to hold new claims against.", help_text))
    extras.require("read", "reading reports")
    subject = subject_beside(case.folder.home) or of_packs()
    titles, texts, proposed, by_parts = _read(case, files, published, subject, placed)
    fresh = [claim for claim in proposed if not _is_known(claim, case.ledger)]
    pools = PoolGroups(case, subject)
    strangers, looked = Strangers(case, pools), []
    for before_it, claim in zip((None, *fresh), fresh, strict=False):
        told_beside = before_it if before_it is not None and _goes_on(before_it, claim, texts) else None
        placing = _looked(case, claim, subject, pools, told_beside, is_of_part=claim.id in by_parts)
        looked.append(_familiar(placing, strangers, _before(claim, texts), _own_words(claim, texts)))
    taken = [claim for claim, why_not, _ in looked if not why_not]
    before, after, told = on_common_ground(case, _with(case, taken))
    found = diff(before, after, futures=futures, seed=seed, progress=progress)
    claims = tuple(sorted((_new(*one) for one in looked), key=lambda one: (not one.moves, not one.figure, one.claim)))
    moved_by = _moved_by(before, taken, found)
    return Today(case.name, titles, claims, len(proposed) - len(fresh), found, moved_by, told, bool(by_parts))


def _with(case: Case, claims: Iterable[Claim]) -> Case:
    """The case with further claims; members of a posterior are weighed anew for them."""
    assert case.ledger is not None
    return replace(case, ledger=case.ledger.of_claims((*case.ledger.claims, *claims)))


def _moved_by(case: Case, taken: list[Claim], found: Diff) -> tuple[MovedBy, ...]:
    """Which claims moved which answer: the case is run again with those on each group alone."""
    moved = [one.question for one in found.answers if one.is_moved]
    priors = {one.group for one in found.priors}
    groups = sorted({claim.group for claim in taken} & priors)
    if not moved or not groups:
        return ()
    before = baseline_run(case, found.futures, found.seed)
    shares: list[MovedBy] = []
    for group in groups:
        claims = [claim for claim in taken if claim.group == group]
        alone = _with(case, claims)
        changes = answer_changes(case, alone, before, baseline_run(alone, found.futures, found.seed))
        shares += [
            MovedBy(one.question, group, tuple(claim.id for claim in claims), one.after)
            for one in changes
            if one.question in moved and one.is_moved and one.after is not None
        ]
    return tuple(sorted(shares, key=lambda one: (moved.index(one.question), -abs(one.answer.difference or 0.0))))


def _read(
    case: Case, files: Iterable[str], published: datetime.date | None, subject: Subject, placed: Placing
) -> tuple[tuple[str, ...], Mapping[str, str], tuple[Claim, ...], frozenset[str]]:
    """Titles of the reports, their texts by digest, their claims with groups of the case's ledger, and the ids of those that parts placed."""
    from foedus.evidence.reading import LedgerGroups, read_documents, reading_records, report_paths

    assert case.ledger is not None
    known = reading_ledger(case.folder, case.ledger).claims
    actors = sorted({name for claim in known for both in (claim.actor, claim.target) for name in (both or "").split(";") if name})
    paths = list(report_paths(tuple(files)))
    readings = list(read_documents(paths, published, actors, 1, None, subject))
    rows = list(reading_records(readings, len(paths) == 1, LedgerGroups(known, subject), subject))
    document = {"documents": [one for one, _ in rows], "claims": [claim for _, claims in rows for claim in claims]}
    day = published.isoformat() if published else None
    claims, _ = claims_of_proposals(document, "reports", {}, day)
    own = placed(case, readings)
    by_parts = frozenset(claim.id for claim in claims if place_of(claim) in own)
    claims = tuple(_as_placed(claim, own.get(place_of(claim))) for claim in claims)
    titles = tuple(str(one.get("title") or one.get("file") or "a report") for one in document["documents"])
    return titles, {one.report.sha256: one.report.text.original for one in readings}, claims, by_parts


def place_of(claim: Claim) -> Place:
    """Where a claim stands: the digest of its document, its first and last character, and its figures."""
    return claim.document.sha256 if claim.document else "", claim.start, claim.end, tuple(sorted(numbers_of(claim.quantity)))


def _as_placed(claim: Claim, own: Claim | None) -> Claim:
    """The claim in the group and the unit of its place in a part; as it is where it has none."""
    if own is None:
        return claim
    return replace(
        claim, group=own.group, quantity=own.quantity, commitment=own.commitment, polarity=own.polarity, hedge=own.hedge
    )


def _is_known(claim: Claim, ledger: Ledger) -> bool:
    """Does the ledger have it: the same place of the same document, or the same figure of the same origin in the same group?"""
    figures = frozenset(numbers_of(claim.quantity))
    for one in ledger.claims:
        is_same_document = one.document and claim.document and one.document.sha256 == claim.document.sha256
        if is_same_document and (one.start, one.end) == (claim.start, claim.end):
            return True
        is_same_origin = one.group == claim.group and is_same_voice(one.origin, claim.origin)
        if figures and is_same_origin and frozenset(numbers_of(one.quantity)) == figures:
            return True
    return False


_NONE = Likeness("", False)
_NEXT = 8  # characters between two claims of one sentence: ", and "
_STOP = re.compile(r"[.!?\n]")


def _goes_on(before: Claim, claim: Claim, texts: Mapping[str, str]) -> bool:
    """Whether a claim follows another in the same sentence, so that whom the first names the second is about: "… and eight died"."""
    if before.document is None or claim.document is None or before.document.sha256 != claim.document.sha256:
        return False
    if before.start is None or before.end is None or claim.start is None:
        return False
    between = texts.get(claim.document.sha256, "")[before.end : claim.start]
    return before.start <= claim.start <= before.end + _NEXT and not _STOP.search(between)


_NOT_OF_PART = "the rules of its part take it for something else"


def _is_of_part(case: Case, claim: Claim) -> bool:
    """Whether a figure is put into a group of a part, whose rules know better what is counted than any words do."""
    alias = claim.group.partition(":")[0]
    return claim.quantity is not None and any(alias == part.alias for part in case.tree.parts)


def _looked(
    case: Case, claim: Claim, subject: Subject, pools: PoolGroups, beside: Claim | None, *, is_of_part: bool
) -> tuple[Claim, str, Likeness]:
    """The claim as the note takes it, why it moves nothing, and which group it looks like where it is in none that counts.

    What its words point to is held against what the pools hold; what only looks like a group of theirs is no claim on it.
    """
    taken, why_not = _taken(case, claim, subject)
    if is_of_part:  # placed by the rules of a part, which know what is counted, but not of whom the pool is
        elsewhere = pools.elsewhere(taken, taken.group, beside) if not why_not or why_not.startswith(_OTHER_UNIT) else ""
        if not elsewhere:
            return taken, why_not, _NONE
        is_of_them = pools.is_of_some(taken, taken.group, beside)
        return (
            replace(taken, group=""),
            elsewhere,
            Likeness(taken.group, False, elsewhere) if is_of_them and not why_not else _NONE,
        )
    against = pools.against(taken, taken.group) if not why_not else ""
    against = against or (_NOT_OF_PART if not why_not and _is_of_part(case, taken) else "")
    if not why_not and not against:
        return taken, "", _NONE
    like = pools.like(claim)
    if why_not.startswith(_OTHER_UNIT):
        if elsewhere := pools.elsewhere(taken, taken.group, beside):
            return replace(taken, group=""), elsewhere, _NONE
        like = _NONE if like.group in ("", taken.group) else like
    if like.is_sure and _is_of_part(case, replace(claim, group=like.group)):
        like = Likeness(like.group, False, _NOT_OF_PART)
    if like.is_sure:
        placed, why_placed = _taken(case, replace(claim, group=like.group), subject)
        if not why_placed:
            return placed, "", _NONE
    if against:
        return replace(taken, group=""), against, like
    return taken, why_not, like


def _familiar(found: tuple[Claim, str, Likeness], strangers: Strangers, before: str, words: str) -> tuple[Claim, str, Likeness]:
    """The same; what would count, and is of something near to its group, only looks like one of it."""
    taken, why_not, _ = found
    strange = (
        strangers.against(replace(taken, paraphrase=words), before) if not why_not or why_not.startswith(_OTHER_UNIT) else ""
    )
    if not strange:
        return found
    return replace(taken, group=""), strange, Likeness("" if why_not else taken.group, False, strange)


_BARE = 3  # words: a claim of no more is a further figure of a sentence, and says nothing of its own
_BEHIND = re.compile(r"[^.;:!?\n\d]*")


def _own_words(claim: Claim, texts: Mapping[str, str]) -> str:
    """The words of a claim; of a further figure of a sentence with what stands behind it there, up to the next."""
    if claim.document is None or claim.end is None or len(claim.paraphrase.split()) > _BARE:
        return claim.paraphrase
    found = _BEHIND.match(texts.get(claim.document.sha256, ""), claim.end)
    return f"{claim.paraphrase}{found[0] if found is not None else ''}"


def _before(claim: Claim, texts: Mapping[str, str]) -> str:
    """The words of its document before a claim."""
    return texts.get(claim.document.sha256, "")[: claim.start or 0] if claim.document is not None else ""


def _taken(case: Case, claim: Claim, subject: Subject) -> tuple[Claim, str]:
    """The claim as the note takes it, and why it moves nothing, "" where it does."""
    assert case.ledger is not None
    groups = {slot.claims for slot in case.program.parameters if slot.claims}
    speaker = claim.source.canonical
    grades = Counter(
        one.grade
        for one in case.ledger.claims
        if one.counts
        and (is_same_voice(speaker, one.source.canonical, by_letters=True) or is_same_voice(speaker, one.origin, by_letters=True))
    )
    grade, because = (
        (grades.most_common(1)[0][0], "as its source most often has in the ledger")
        if grades
        else (ASSUMED_GRADE, "assumed for this note: the ledger does not know its source")
    )
    taken = replace(claim, status="accepted", grade=grade, graded_because=because)
    if claim.group not in case.ledger.groups and claim.group not in case.ledger.to_come:
        return taken, "it fits no group of the ledger"
    if claim.group not in groups:
        return taken, "no parameter of the model rests on its group"
    if any(slot.is_belief for slot in case.program.parameters if slot.claims == claim.group):
        return taken, "" if sign_of(taken) or taken.stance == "retracted" else "it takes no side"
    counted = [one for one in case.ledger.claims if one.group == claim.group and one.counts]
    if not can_pool(counted, case.defaults):
        return taken, ""
    if not can_pool([taken], case.defaults):
        return taken, "it has no figure that is affirmed" if taken.stance == "affirmed" else f"it is {taken.stance}"
    units = {one.quantity_unit for one in counted if one.quantity}
    assert taken.quantity is not None
    taken = replace(taken, quantity=replace(taken.quantity, unit=subject.unit_of(taken.quantity.unit, units)))
    if all(conversion(taken.quantity_unit, unit) is None for unit in units):
        return taken, f"{_OTHER_UNIT}{taken.quantity_unit}, those of the group in {', '.join(sorted(units))}"
    return taken, ""


def _new(claim: Claim, why_not: str, like: Likeness) -> NewClaim:
    group = claim.group if why_not != "it fits no group of the ledger" else ""
    return NewClaim(
        claim.id,
        claim.paraphrase,
        claim.source.shown,
        claim.document.title if claim.document else "",
        claim.published or "",
        group,
        figure_words(claim),
        claim.stance,
        claim.grade,
        claim.graded_because,
        not why_not,
        why_not,
        why_not.startswith(_OTHER_UNIT),
        like.group,
        like.against,
    )
