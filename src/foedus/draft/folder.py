"""The folder of a draft: written whole beside its place, run once there, and only then put in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foedus.case import load
from foedus.draft.binding import Bound
from foedus.draft.by_hand import ByHand
from foedus.draft.draft import DraftPlan, ledger_of
from foedus.draft.drafted import Drafted
from foedus.draft.model_text import model_text, questions_of, scenarios_of
from foedus.draft.readme import readme_text, skeleton_readme
from foedus.draft.skeleton import skeleton
from foedus.errors import FoedusError, InputError, Problem
from foedus.evidence.ledger import write_ledger
from foedus.files import cannot_write, put_beside, write_bytes
from foedus.show.confidence import Resting
from foedus.show.failed import draft_failed
from foedus.show.judgements import resting_of
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures

__all__ = ["Made", "make_case", "make_skeleton"]

FUTURES = 2_000
"""From fewer, the share of what rests on assumptions comes out at nothing where it is a quarter by 10,000."""


@dataclass(frozen=True)
class Made:
    """A case that was written.

    Attributes:
        resting: what its answers rest on; None where that cannot be told. document: what `--json` tells of it.
        failed: a sentence on futures of its first run that failed, with the place; "" where no more than a few did.
    """

    folder: Path
    resting: Resting | None
    document: dict[str, Any]
    failed: str = ""

    @property
    def share(self) -> float | None:
        """Of what parameters explain, the part that rests on no figure of the reports; None where nothing is explained."""
        return None if self.resting is None else self.resting.assumed_part


def make_case(target: Path, plan: DraftPlan, drafted: Drafted, asked: Sequence[dict[str, object]], is_copied: bool) -> Made:
    """Write the folder of a case.

    Args:
        target: where nothing stands yet.
        asked: what was asked, and taken.
        is_copied: copy the documents into it?
    Raises:
        InputError: it cannot be written, or the draft does not run; then nothing is left behind.
    """
    try:
        with put_beside(target, replaces=False) as beside:
            beside.mkdir()
            _write(beside / "model.foedus", model_text(drafted))
            write_ledger(ledger_of(plan, drafted), beside / "ledger.jsonl")
            _write(beside / "evidence.toml", _evidence(drafted))
            if is_copied:
                _copy(plan, beside / "documents")
            resting, failed = _tried(beside, target.name, plan.by_hand)
            _write(beside / "README.md", readme_text(drafted, plan, resting, asked, is_copied, failed))
            _require_free(target)
    except OSError as error:
        raise cannot_write(target, "the case", error) from None
    return Made(target, resting, {**_document(drafted, plan, asked, resting), "failed": failed or None}, failed)


def _require_free(target: Path) -> None:
    """Refuse a name that somebody took while the draft was decided: what stands there is theirs.

    Raises:
        InputError: something stands there.
    """
    if target.exists():
        raise InputError(Problem(str(target), 0, 0, "exists", "this folder is there by now.", "Move it away, then write again."))


def make_skeleton(target: Path, mechanisms: Sequence[str], day: date) -> None:
    """Write a case that uses some mechanisms with nothing but defaults and round numbers.

    Raises:
        InputError: it cannot be written, or a mechanism is not on the shelf.
    """
    drafted = skeleton(target.name, mechanisms, day)
    try:
        with put_beside(target, replaces=False) as beside:
            beside.mkdir()
            _write(beside / "model.foedus", model_text(drafted))
            _tried(beside, target.name)
            _write(beside / "README.md", skeleton_readme(drafted))
    except OSError as error:
        raise cannot_write(target, "the case", error) from None


def _write(path: Path, text: str) -> None:
    """A file of the folder that is being made; the folder takes its place whole."""
    write_bytes(text.encode("utf-8"), path, is_synced=False)


def _evidence(drafted: Drafted) -> str:
    """What the pools of the draft take for granted: claims count as proposed; totals are totals."""
    lines = [
        "# Claims count until somebody rejects them; take this table away once they have been gone through.",
        "[proposed]",
        "count = true",
        'because = "a first draft: nobody has gone through the claims yet"',
        "",
    ]
    for part in drafted.parts:
        for bound in drafted.bounds[part.alias]:
            rule = part.filled.rule.slot(bound.slot)
            for group, _ in bound.groups if rule is not None and rule.is_total else ():
                lines += [
                    f'[groups."{group}"]',
                    'kind = "running total"',
                    'because = "by rule: it counts from the beginning"',
                    "",
                ]
    return "\n".join(lines)


def _copy(plan: DraftPlan, folder: Path) -> None:
    folder.mkdir()
    for reading in plan.material.readings:
        name = Path(reading.report.name).name
        place = folder / (name if not (folder / name).exists() else f"{reading.report.sha256[:8]}-{name}")
        write_bytes(reading.report.raw, place, is_synced=False)


def _tried(folder: Path, name: str, by_hand: ByHand | None = None) -> tuple[Resting | None, str]:
    """Run the draft once; what the answers rest on with which `foedus run` begins, and what is to be said of futures that failed.

    Raises:
        InputError: it does not compile.
    """
    try:
        case = load(str(folder))
        finding = make_finding(case, run_futures(case, FUTURES, trajectories=False))
        resting, failed = resting_of(finding), draft_failed(finding)
    except FoedusError as error:
        message = f"the draft does not run: {str(error).strip().splitlines()[0]}"
        help = "This is a fault of a rule of the shelf, not of the documents. Try with fewer of them, or leave a part out."
        if by_hand is not None and not by_hand.is_nothing:
            help = "Take back what was changed by hand, one by one, or leave the part out that it names."
        raise InputError(Problem(name, 0, 0, "draft-fails", message, help)) from error
    return resting, failed


def _document(
    drafted: Drafted, plan: DraftPlan, asked: Sequence[Mapping[str, object]], resting: Resting | None
) -> dict[str, Any]:
    return {
        "case": drafted.name,
        "as_of": drafted.as_of.isoformat(),
        "mechanisms": [
            {
                "name": part.takes.name,
                "alias": part.alias,
                "slots": [_slot(bound) for bound in drafted.bounds[part.alias]],
                "on_words": not part.filled.slots,
            }
            for part in drafted.parts
        ],
        "questions": [question.name for question, _ in questions_of(drafted)],
        "predictions": [
            {"question": question.name, "claims": list(question.claims)}
            for question, _ in questions_of(drafted)
            if question.claims
        ],
        "scenarios": [name for name, _, _ in scenarios_of(drafted)],
        "uncovered": [{"claim": one.claim.id, "why": one.why} for one in plan.uncovered],
        "by_hand": plan.by_hand.as_dict(),
        "asked": list(asked),
        "share_on_defaults": None if resting is None else resting.assumed_part,
    }


def _slot(bound: Bound) -> dict[str, Any]:
    value = bound.text.lstrip("=~ ") or "default"
    if not bound.text and bound.groups:
        value = f'claims "{bound.groups[0][0]}"'
    return {
        "slot": bound.slot,
        "claims": [match.fact.claim.id for match in bound.matches],
        "value": value,
        "kind": bound.kind,
        "because": bound.because,
    }
