"""How often something comes, in groups that are alike but not the same: the chance in a group that is still to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.fit.declared import Declared, FitRelation, Mask
from foedus.fit.fit import Fit, FitTable
from foedus.fit.pooling import PeriodCounts, pool_periods
from foedus.fit.prior import plain_number, prior_line
from foedus.wording import counted

__all__ = ["CHANCE", "chance_block", "chance_of"]

_ROLES = {"happened": "how often it came in a group", "tried": "of how often it could have"}


def chance_of(now: PeriodCounts, others: Sequence[PeriodCounts] = ()) -> dict[str, Any]:
    """The chance in a group that is still to come, partially pooled over groups and periods.

    Args:
        now: the groups of the period in question; others: those of other periods.
    Returns:
        5, 50 and 95 %, mean and standard deviation of the chance; `beta`: the law with that mean and standard deviation; `rate`: the
        same of the mean over groups; `correlation` of two trials in one group.
    """
    pooled = pool_periods(now, tuple(others))
    found = asdict(pooled.chance)
    size = found["mean"] * (1 - found["mean"]) / found["sd"] ** 2 - 1
    return found | {
        "beta": {"a": found["mean"] * size, "b": (1 - found["mean"]) * size},
        "rate": asdict(pooled.rate),
        "correlation": pooled.correlation,
    }


def chance_block(title: str, found: Mapping[str, Any], names: tuple[str, str], note: str) -> FitTable:
    """The chance in the next group, and the mean over groups, as a table."""
    rows = tuple(
        (name, *(f"{100 * one[key]:.1f} %" for key in ("p05", "p50", "p95", "mean", "sd")))
        for name, one in zip(names, (found, found["rate"]), strict=True)
    )
    return FitTable(title, ("", "5 %", "median", "95 %", "mean", "sd"), rows, note)


def _usable(columns: Mapping[str, Array]) -> Mask:
    """(row,): was anything tried? A group in which nothing was says nothing."""
    return np.asarray(columns["tried"] > 0)


def _fit(declared: Declared, columns: Mapping[str, Array], groups: Mapping[str, Mask], left_out: int) -> Fit:
    happened, tried = columns["happened"], columns["tried"]
    found = {"all": chance_of(PeriodCounts(happened, tried))}
    for name, mask in groups.items():  # the others of the same table tell of it too, as another period does
        found[name] = chance_of(
            PeriodCounts(happened[mask], tried[mask]), (PeriodCounts(happened[~mask], tried[~mask]),) if (~mask).any() else ()
        )
    counts = {"all": np.ones(len(tried), bool), **groups}
    beta = found["all"]["beta"]
    law = f"beta({plain_number(beta['a'])}, {plain_number(beta['b'])})"
    about = f"{happened.sum():.0f} of {tried.sum():.0f} in {counted(len(tried), 'group')}: {declared.title}; {declared.source}"
    line = prior_line("chance", law, about)
    told = {
        name: {"groups": int(rows.sum()), "happened": int(happened[rows].sum()), "tried": int(tried[rows].sum()), **found[name]}
        for name, rows in counts.items()
    }
    document = {
        "case": declared.name,
        "relation": declared.relation,
        "chance": told,
        "left_out": left_out,
        "prior": line,
        "licence": declared.licence,
    }
    blocks = tuple(
        chance_block(
            f"{name}: {one['happened']} of {one['tried']} in {counted(one['groups'], 'group')}",
            one,
            ("chance in the next group", "mean over groups"),
            f"Partial pooling: groups are alike, not the same.{_left_out(left_out)}"
            if name == "all"
            else "Pooled with the other groups.",
        )
        for name, one in told.items()
    )
    return Fit(declared.name, declared.title, document, blocks, declared.source, line)


def _left_out(rows: int) -> str:
    """What the table holds and the chance does not rest on."""
    if not rows:
        return ""
    return f" {counted(rows, 'row')} {'is' if rows == 1 else 'are'} left out: nothing was tried there, or they are none of those to be kept."


def _wrong(columns: Mapping[str, Array]) -> Mask:
    """(row,): what is no count, or more than there could be."""
    happened, tried = columns["happened"], columns["tried"]
    return np.asarray((happened != np.floor(happened)) | (tried != np.floor(tried)) | (happened < 0) | (happened > tried))


_NEEDS = "Both are whole numbers, and the first is at most the second."
CHANCE = FitRelation("chance", _ROLES, _usable, _fit, fewest=2, wrong=_wrong, needs=_NEEDS)
