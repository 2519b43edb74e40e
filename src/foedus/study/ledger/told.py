"""What looking at a ledger, judging and moving its claims gave, as JSON and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from foedus.show.ledger_document import report_document, reread_document
from foedus.show.ledger_table import change_words
from foedus.study.ledger.judging import Changed, ClaimAdded, Homes
from foedus.study.ledger.looking import Compared, Conflicts, History, Listed, Shown
from foedus.study.ledger.moving import ReadAgain, TakenIn, Written
from foedus.wording import counted

__all__ = [
    "added_document",
    "again_document",
    "changed_document",
    "changed_words",
    "compared_document",
    "conflicts_document",
    "history_document",
    "homes_document",
    "homes_words",
    "listed_document",
    "shown_document",
    "taken_document",
    "taken_words",
    "written_document",
    "written_words",
]

_DECIDED = {True: "accepted", False: "rejected"}
_MOST_NAMED = 20


def listed_document(found: Listed) -> dict[str, Any]:
    """What `foedus ledger list --json` prints."""
    return {
        "case": found.case,
        "ledger": found.path,
        "sha256": found.sha256,
        "event": found.event,
        "total": found.total,
        "claims": [claim.as_dict() for claim in found.claims],
    }


def shown_document(found: Shown) -> dict[str, Any]:
    """What `foedus ledger show --json` prints."""
    return {
        "case": found.case,
        "claim": found.claim.as_dict(),
        "version": found.version,
        "sentence": found.sentence,
        "history": [event.as_dict() for event in found.history],
    }


def history_document(found: History) -> dict[str, Any]:
    """What `foedus ledger history --json` prints."""
    return {"case": found.case, "events": [event.as_dict() for event in found.events]}


def conflicts_document(found: Conflicts) -> dict[str, Any]:
    """What `foedus ledger conflicts --json` prints."""
    return {
        "case": found.case,
        "ledger": found.path,
        "groups": [report_document(report) for report in found.groups],
        "letters": found.letters,
    }


def compared_document(found: Compared) -> dict[str, Any]:
    """What `foedus ledger agreement --json` prints."""
    one = found.agreement
    return {
        "case": found.case,
        "other": str(found.other),
        "common": one.common,
        "agreed": one.agreed,
        "kappa": one.kappa,
        "error": one.error,
        "table": {f"{_DECIDED[here]}/{_DECIDED[there]}": count for (here, there), count in one.table.items()},
        "parted": one.parted,
        "figures": one.figures,
        "grades": one.grades,
        "only_here": one.only_here,
        "only_there": one.only_there,
    }


def changed_document(found: Changed) -> dict[str, Any]:
    """What `foedus ledger accept --json` and its like print."""
    return {"case": found.case, "events": [event.as_dict() for event in found.events]}


def changed_words(found: Changed) -> Iterator[str]:
    """What was changed, a line for each claim."""
    for event in found.events:
        words = "; ".join(change_words(event)) or event.action
        yield f"{event.claim}  {words}  (version {event.version})"


def added_document(found: ClaimAdded) -> dict[str, Any]:
    """What `foedus ledger add --json` prints."""
    return {"case": found.case, "claim": found.claim.as_dict(), "events": [event.as_dict() for event in found.events]}


def homes_document(found: Homes) -> dict[str, Any]:
    """What `foedus ledger place ID --json` prints."""
    return {"case": found.case, "claim": found.claim, "groups": [asdict(home) for home in found.groups]}


def homes_words(found: Homes) -> Iterator[str]:
    """The groups that suit a claim, a line for each."""
    for home in found.groups:
        times = f", × {home.factor:g} {home.unit}" if home.factor not in (None, 1.0) else ""
        yield f"{home.group}{times}  ({', '.join(home.shared)})"


def written_document(found: Written) -> dict[str, Any]:
    """What `foedus ledger export --json` prints."""
    told: dict[str, Any] = {"case": found.case, "file": str(found.file)}
    if found.form == "history":
        return {**told, "events": found.count}
    if found.form == "jsonl":
        return {**told, "sha256": found.sha256}
    return {**told, "as": found.form, "claims": found.count}


def written_words(found: Written) -> str:
    """What was written, and where."""
    if found.form == "history":
        return f"{found.count:,} events written to {found.file}."
    if found.form == "jsonl":
        return f"{counted(found.count, 'claim')} written to {found.file}, sha256 {found.sha256[:16]}…"
    return f"{counted(found.count, 'claim')} written to {found.file} as {found.form}."


def taken_document(found: TakenIn) -> dict[str, Any]:
    """What `foedus ledger import --json` prints."""
    done = found.done
    return {
        "case": found.case,
        "file": str(found.file),
        "added": done.added,
        "changed": done.changed,
        "same": done.same,
        "removed": done.removed,
        "events": done.events,
        "notes": done.notes,
    }


def taken_words(found: TakenIn) -> Iterator[str]:
    """What was taken in, line by line."""
    done = found.done
    counts = {"added": done.added, "changed": done.changed, "removed": done.removed, "as they were": done.same}
    told = [f"{len(ids):,} {what}" for what, ids in counts.items() if ids]
    told += [f"{done.events:,} events"] if done.events else []
    yield ", ".join(told) or "Nothing new."
    for what in ("changed", "removed"):
        ids = counts[what]
        if ids:
            yield f"  {what}: {', '.join(ids[:_MOST_NAMED])}{' …' if len(ids) > _MOST_NAMED else ''}"
    for note in done.notes:
        yield f"  {note}"


def again_document(found: ReadAgain) -> dict[str, Any]:
    """What `foedus ledger reread --json` prints."""
    return {
        "case": found.case,
        "file": str(found.file),
        **reread_document(found.found),
        "applied": found.is_applied,
        "events": [event.as_dict() for event in found.events],
    }
