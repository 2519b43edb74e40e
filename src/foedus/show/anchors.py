"""Places on the report's page: every question, parameter and claim has one id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.analysis.finding import Assumption, ClaimReference, Finding

__all__ = ["Anchors", "anchors_of", "claims_of", "safe_url"]


@dataclass(frozen=True)
class Anchors:
    """Ids by name; a name without a place on the page has none."""

    questions: dict[str, str]
    drivers: dict[str, str]
    parameters: dict[str, str]
    claims: dict[str, str]
    scenarios: dict[str, str]


def anchors_of(finding: Finding) -> Anchors:
    """The ids of everything in a finding that can be linked to."""
    return Anchors(
        questions=_ids("q", (question.name for question in finding.questions)),
        drivers=_ids("d", (question.name for question in finding.questions if question.drivers)),
        parameters=_ids("a", (assumption.parameter for assumption in finding.assumptions)),
        claims=_ids("c", (claim.id for claim in claims_of(finding))),
        scenarios=_ids("s", (scenario.name for scenario in finding.scenarios)),
    )


def claims_of(finding: Finding) -> list[ClaimReference]:
    """Every claim behind an assumption or an expert's view, once each, in order of source and date."""
    seen: dict[str, ClaimReference] = {}
    for assumption in finding.assumptions:
        _collect(seen, assumption)
    for question in finding.questions:
        for expert in question.experts:
            seen.setdefault(expert.claim.id, expert.claim)
    return sorted(seen.values(), key=lambda claim: (claim.source, claim.published, claim.id))


def safe_url(url: str) -> str:
    """An address that may be linked to: http and https only, else nothing."""
    return url if re.match(r"https?://[^\s\"'<>]+$", url) else ""


def _collect(seen: dict[str, ClaimReference], assumption: Assumption) -> None:
    for claim in assumption.claims:
        seen.setdefault(claim.id, claim)


def _ids(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """A readable id for each name; a number tells apart names that look alike."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in ids:
            continue
        stem = prefix + "-" + (re.sub(r"[^a-zA-Z0-9_]+", "-", name).strip("-")[:60] or "x")
        chosen, count = stem, 2
        while chosen in taken:
            chosen, count = f"{stem}-{count}", count + 1
        ids[name] = chosen
        taken.add(chosen)
    return ids
