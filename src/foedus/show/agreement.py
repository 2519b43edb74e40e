"""Two readers of the same claims, for a screen."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.evidence.store.agreement import Agreement
from foedus.wording import counted

__all__ = ["agreement_view"]

_SHOWN = 20
_WORDS = {True: "accepted", False: "rejected"}


def agreement_view(found: Agreement) -> RenderableType:
    """How far two readers decided alike, and where they part."""
    parts: list[RenderableType] = []
    if not found.common:
        return Text("No claim was decided on by both.")
    parts.append(Text(f"{found.agreed:,} of {counted(found.common, 'claim')} decided alike."))
    parts.append(Text(f"{'':10}{'there:':>10} {'accepted':>9} {'rejected':>9}", "dim"))
    for is_kept, word in _WORDS.items():
        kept, left = (found.table[is_kept, other] for other in (True, False))
        parts.append(Text(f"{'here:' if is_kept else '':>10}{word:>10} {kept:>9,} {left:>9,}"))
    if found.kappa is None or found.error is None:
        parts.append(Text("kappa: none; both decided all of them alike, so chance would do as well."))
    else:
        parts.append(Text(f"kappa {found.kappa:.2f} ± {found.error:.2f}  (1: always alike; 0: as by chance)"))
    for what, ids in (("decided apart", found.parted), ("different figures", found.figures), ("different grades", found.grades)):
        if ids:
            more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
            parts.append(Text(f"{what}: {', '.join(ids[:_SHOWN])}{more}"))
    parts.append(Text(f"decided on by one alone: {found.only_here:,} here, {found.only_there:,} there", "dim"))
    return Group(*parts)
