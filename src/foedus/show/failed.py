"""What failed, in the words that stand above the answers."""

from __future__ import annotations

from foedus.analysis.failures import failure_words
from foedus.analysis.finding import Finding
from foedus.show.words import plain

__all__ = ["failed_heading", "failed_places"]

PLACES_SHOWN = 3


def failed_heading(finding: Finding) -> str:
    """How many futures failed; empty where none did."""
    total = sum(finding.status.values())
    failed = total - finding.status.get("ok", 0)
    if not failed:
        return ""
    return f"{failed:,} of {total:,} futures failed and are left out of every answer"


def failed_places(finding: Finding) -> list[str]:
    """Where they failed first, the most frequent places, and how many more there are."""
    shown = [plain(failure_words(one)) for one in finding.failures[:PLACES_SHOWN]]
    more = len(finding.failures) - len(shown)
    return [*shown, f"and at {more:,} more place{'s' if more != 1 else ''}"] if more else shown
