"""The morning note: ten lines to paste, then the sentences they rest on. Every line fits 80 columns."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.today import NewClaim, Today
from foedus.show.diff import answers_table, diff_document, priors_table
from foedus.show.words import plain

__all__ = ["today_document", "today_view"]

_CLAIMS = 6


def today_view(found: Today) -> RenderableType:
    """What is new, which priors it moves, which answers."""
    moving = [claim for claim in found.claims if claim.moves]
    rest = len(found.claims) - len(moving)
    count, groups = len(found.documents), len({claim.group for claim in moving})
    head = (
        f"{count} report{'s' if count != 1 else ''}: {len(found.claims)} new claims, {len(moving)} of them on {groups} "
        f"group{'s' if groups != 1 else ''} of the model; {found.known} are known already."
    )
    parts: list[RenderableType] = [Text(f"Today, {plain(found.case)}", "bold"), Text(head)]
    if not moving:
        parts.append(Text("Nothing that the model rests on is told anew: no prior and no answer moves."))
    parts += [_claim(claim) for claim in moving[:_CLAIMS]]
    if len(moving) > _CLAIMS:
        parts.append(Text(f"  and {len(moving) - _CLAIMS} more", "dim"))
    if found.diff.priors:
        parts += [Text(), priors_table(found.diff.priors)]
    moved = [one for one in found.diff.answers if one.is_moved]
    parts += (
        [Text(), answers_table(moved)] if moved else [Text(), Text("No answer moves beyond two errors and by enough to matter.")]
    )
    case = plain(found.case)
    told = (
        f"As read, not reviewed; nothing was written. {rest} claims bear on no parameter (--json says why). To take them in:\n"
        f"  foedus read FILES --case {case} --json > new.json; foedus ledger {case} import new.json"
    )
    parts.append(Text(told, "dim"))
    return Group(*parts)


def _claim(claim: NewClaim) -> RenderableType:
    figure = f"{claim.figure}: " if claim.figure else ""
    told = f"({plain(claim.source)}, {claim.published or 'no date'}, {claim.grade}: {claim.graded_because})"
    text = Text.assemble(
        ("• ", "dim"), (f"{plain(claim.group)}: ", "bold"), f"{plain(figure)}“{plain(claim.words)}” ", (told, "dim")
    )
    return Padding(text, (0, 0, 0, 1))


def today_document(found: Today) -> dict[str, Any]:
    """What `foedus today --json` prints."""
    whole = diff_document(found.diff)
    moved = {name: answer for name, answer in whole["answers"].items() if answer["is_moved"]}
    return {
        "case": found.case,
        "documents": found.documents,
        "new_claims": [asdict(claim) for claim in found.claims],
        "known": found.known,
        "priors_moved": whole["priors"],
        "answers_moved": moved,
        "futures": whole["futures"],
        "seed": whole["seed"],
    }
