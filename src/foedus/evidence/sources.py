"""The sources of a ledger: what each has said, what its vote is worth, and what every pool would be without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.groups import GroupReport, Summary, group_report, group_reports
from foedus.evidence.ledger import Ledger
from foedus.evidence.without import source_names, without_named

__all__ = ["LeftOut", "OriginRow", "SourceRow", "leave_one_out", "origin_rows", "source_rows"]


@dataclass(frozen=True)
class SourceRow:
    """One name under which claims are made, as the ledger spells it.

    Attributes:
        kinds: "official", "outlet" …; grades: the Admiralty grades that its claims have, best first.
        claims: how many count; groups: in which.
        origins: whose statements they are declared to repeat; itself where it speaks for itself.
    """

    name: str
    kinds: tuple[str, ...]
    grades: tuple[str, ...]
    claims: int
    groups: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True)
class OriginRow:
    """One declared origin: all claims that come from it have one vote in each pool.

    Attributes:
        votes: group -> its vote in that pool, in (0, 1]; groups that are not pooled are left out.
        sources: the names under which it is heard.
    """

    name: str
    kinds: tuple[str, ...]
    grades: tuple[str, ...]
    claims: int
    groups: tuple[str, ...]
    votes: dict[str, float]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """A group's pool with all its sources and without one of them, and those who only repeat it.

    Attributes:
        after: None where no number is left.
        claims: how many of the group's claims left.
        shift: the median after over the median before, minus 1; None where no number is left.
    """

    group: str
    source: str
    claims: int
    before: Summary
    after: Summary | None
    origins_before: float
    origins_after: float
    shift: float | None


def source_rows(ledger: Ledger) -> tuple[SourceRow, ...]:
    """Every name under which a claim that counts is made; those with most claims first."""
    told: dict[str, list[Claim]] = {}
    for claim in ledger.claims:
        if claim.counts:
            told.setdefault(claim.source.canonical, []).append(claim)
    rows = [
        SourceRow(name, _kinds(claims), _grades(claims), len(claims), _groups(claims), tuple(sorted({c.origin for c in claims})))
        for name, claims in told.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.claims, row.name)))


def origin_rows(
    ledger: Ledger, defaults: Defaults = DEFAULTS, reports: Sequence[GroupReport] | None = None
) -> tuple[OriginRow, ...]:
    """Every declared origin; those that vote in most pools first.

    Args:
        ledger: the claims.
        defaults: kernels, reliabilities, hedges.
        reports: of its groups, if they have been made already.
    """
    pools = [report for report in (reports or group_reports(ledger, defaults)) if report.pooled is not None]
    told: dict[str, list[Claim]] = {}
    for claim in ledger.claims:
        if claim.counts:
            told.setdefault(claim.origin, []).append(claim)
    rows = []
    for name, claims in told.items():
        votes = {one.group: one.pooled.votes[name] for one in pools if one.pooled is not None and name in one.pooled.votes}
        sources = tuple(sorted({claim.source.canonical for claim in claims}))
        rows.append(OriginRow(name, _kinds(claims), _grades(claims), len(claims), _groups(claims), votes, sources))
    return tuple(sorted(rows, key=lambda row: (-len(row.votes), -row.claims, row.name)))


def leave_one_out(ledger: Ledger, group: str, defaults: Defaults = DEFAULTS) -> tuple[LeftOut, ...]:
    """The pool of a group without each of its sources in turn, largest shift first.

    Sources are speakers, outlets and origins; those whose claims leave together stand in one row, under the origin's name if it is one.

    Raises:
        EvidenceError: there is no such group.
    """
    claims = ledger.group(group)
    whole = group_report(claims, defaults)
    if whole.summary is None:
        return ()
    origins = {claim.origin for claim in claims}
    found: dict[tuple[str, ...], LeftOut] = {}
    for name in sorted(source_names(claims), key=lambda name: (name not in origins, name)):
        left, removal = without_named(ledger, [name])
        gone = tuple(claim.id for claim in removal.group(group))
        if gone and gone not in found:
            rest = [claim for claim in left.claims if claim.group == group]
            found[gone] = _left_out(whole, name, len(gone), group_report(rest, defaults, whole.unit) if rest else None)
    return tuple(sorted(found.values(), key=lambda one: (one.shift is not None, -abs(one.shift or 0.0), one.source)))


def _left_out(whole: GroupReport, name: str, claims: int, rest: GroupReport | None) -> LeftOut:
    before, after = whole.summary, rest.summary if rest else None
    assert before is not None
    shift = after.median / before.median - 1 if after and before.median else None
    origins = rest.effective_origins if rest and after else 0.0
    return LeftOut(whole.group, name, claims, before, after, whole.effective_origins, origins, shift)


def _kinds(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.source.type for claim in claims}))


def _grades(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.grade for claim in claims}))


def _groups(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.group for claim in claims}))
