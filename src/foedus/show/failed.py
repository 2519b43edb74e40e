"""What failed, in the words that stand above the answers."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.analysis.failures import FEW_FAILED, failure_words
from foedus.analysis.finding import Finding
from foedus.show.words import plain
from foedus.wording import counted, share_words

__all__ = ["draft_failed", "failed_heading", "failed_places", "few_failed", "too_many_failed"]

PLACES_SHOWN = 3


def failed_heading(finding: Finding) -> str:
    """How many futures failed; empty where none did."""
    total = sum(finding.status.values())
    failed = total - finding.status.get("ok", 0)
    if not failed:
        return ""
    return f"{failed:,} of {counted(total, 'future')} failed and are left out of every answer"


def failed_places(finding: Finding) -> list[str]:
    """Where they failed first, the most frequent places, and how many more there are."""
    shown = [plain(failure_words(one)) for one in finding.failures[:PLACES_SHOWN]]
    more = len(finding.failures) - len(shown)
    return [*shown, f"and at {more:,} more place{'s' if more != 1 else ''}"] if more else shown


def few_failed(finding: Finding) -> str:
    """A sentence where more than a few futures failed: what is shown rests on the others only; "" where no more did."""
    total = sum(finding.status.values())
    share = 1 - finding.status.get("ok", 0) / total if total else 0.0
    if share <= FEW_FAILED:
        return ""
    return f"{share_words(share)} of the futures failed ({failure_words(finding.failures[0])}): what is shown rests on the others only."


def draft_failed(finding: Finding) -> str:
    """A sentence on a model that was just drafted, where more than a few of its futures failed; "" where no more did."""
    total = sum(finding.status.values())
    failed = total - finding.status.get("ok", 0)
    if failed <= FEW_FAILED * total:
        return ""
    return (
        f"{failed:,} of {counted(total, 'future')} of the draft failed ({failure_words(finding.failures[0])}), so its answers "
        f"{'do not exist' if failed == total else 'rest on the others only'}. Mend there what the model takes, before anything of it is used."
    )


def too_many_failed(shares: Mapping[str, float], allowed: float) -> list[str]:
    """A sentence for the run, or each rival structure, in which more futures failed than are allowed.

    Args:
        shares: of the futures that failed, under "" in the run and by rival structure.
        allowed: per cent.
    """
    many = {name: share for name, share in shares.items() if 100 * share > allowed}
    if "" in many:  # where these fail, they fail under every rival too
        many = {"": many[""]}
    return [
        f"{share_words(share)} of the futures failed{f' in the rival structure `{name}`' if name else ''}, more than {allowed:g} %: "
        f"{'what it says rests' if name else 'the answers rest'} on the others only. "
        "Mend the model, or allow more with --allow-failures PERCENT."
        for name, share in many.items()
    ]
