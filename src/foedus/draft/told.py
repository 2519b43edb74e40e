"""What a draft made, or what a later report brought, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from foedus.draft.folder import Made
from foedus.draft.later import Added
from foedus.draft.readme import rests_on
from foedus.show.words import number, unit_words
from foedus.wording import counted

__all__ = ["added_document", "added_words", "made_document", "made_words", "moved_words", "started_document", "started_words"]


def made_document(made: Made) -> dict[str, Any]:
    """What `foedus new --from --json` prints."""
    return made.document


def made_words(made: Made) -> Iterator[str]:
    """What was made, line by line."""
    found = made.document
    yield f"Made {made.folder}/ with model.foedus, ledger.jsonl, evidence.toml and README.md, as of {found['as_of']}."
    for part in found["mechanisms"]:
        filled = [slot for slot in part["slots"] if slot["claims"]]
        count = sum(len(slot["claims"]) for slot in filled)
        places = f"{len(filled)} of {counted(len(part['slots']), 'place')}"
        yield f"  {part['alias']} (mechanism {part['name']}): {counted(count, 'claim')} in {places}"
    yield (
        f"{counted(len(found['questions']), 'question')}, {counted(len(found['scenarios']), 'scenario')}; "
        f"{counted(len(found['uncovered']), 'figure')} that no part covers (README.md says which, and why)."
    )
    if made.resting is not None and made.resting.assumed_part is not None:
        yield rests_on(made.resting)
    if made.failed:
        yield made.failed
    yield f"Try:  foedus run {made.folder}   then   foedus review {made.folder}"


def started_document(target: Path) -> dict[str, Any]:
    """What `foedus new --json` prints of an example or a skeleton."""
    return {"case": target.name}


def started_words(target: Path, *, has_ledger: bool) -> Iterator[str]:
    """What an example or a skeleton is made of, line by line."""
    yield f"Made {target}/ with model.foedus{', ledger.jsonl' if has_ledger else ''} and README.md."
    yield f"Try:  foedus check {target}   then   foedus run {target}"


def added_document(added: Added) -> dict[str, Any]:
    """What `foedus read --into --json` prints."""
    return {
        "case": added.case,
        "as_of": added.as_of,
        "added": list(added.added),
        "known": added.known,
        "placed": [{"claim": claim, "group": group, "because": because} for claim, group, because in added.placed],
        "groups": [asdict(one) for one in added.moved],
    }


def added_words(name: str, added: Added) -> Iterator[str]:
    """What is new, line by line.

    Args:
        name: of the case, as it was typed.
    """
    known = f"; {added.known} were there already" if added.known else ""
    yield f"{counted(len(added.added), 'claim')} {'is' if len(added.added) == 1 else 'are'} new in {added.case}{known}, all of them proposed."
    for one in added.moved:
        yield f"  {one.group}: {moved_words(one.before, one.after, one.unit)}, {counted(one.claims, 'claim')}"
    rest = len(added.added) - len(added.placed)
    if rest:
        yield f"  {rest} suit no group that a part rests on; they stand in groups of their own."
    yield f"Try:  foedus review {name}   then   foedus run {name}"


def moved_words(before: float | None, after: float | None, unit: str) -> str:
    """Where a pool stood and where it stands, as people write figures, with as many digits as their difference needs."""
    is_near = before is not None and after is not None and 0 < abs(after - before) < max(abs(before), abs(after)) / 10
    step = abs(after - before) if is_near and before is not None and after is not None else None
    change = " → ".join("nothing" if value is None else number(value, step) for value in (before, after))
    return f"{change} {unit_words(unit)}".rstrip()
