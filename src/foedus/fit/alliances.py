"""Were alliances honoured? The published rates, and the chance that a defence pact is honoured today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.fit.chance import chance_block, chance_of
from foedus.fit.fit import Fit, FitTable, Request
from foedus.fit.pooling import PeriodCounts
from foedus.fit.tables import locate, rows_of
from foedus.wording import share_words

__all__ = ["KINDS", "Count", "fit", "read_replication", "read_shipped"]

REPLICATION, SHIPPED = "BerkemeierFuhrmannRAP2018.csv", "commitments.csv"
BEFORE, AFTER = "before 1945", "after 1945"
KINDS = {"defence": "defense", "offence": "offense", "neutrality": "neutral", "non-aggression": "nonagg"}
RATES = {
    "all": ("all", None),
    BEFORE: ("all", BEFORE),
    AFTER: ("all", AFTER),
    "defence": ("defence", None),
    "defence after 1945": ("defence", AFTER),
    "offence": ("offence", None),
    "neutrality": ("neutrality", None),
    "non-aggression": ("non-aggression", None),
}


@dataclass(frozen=True, order=True)
class Count:
    """Commitments of one kind that were called in one war, and how many of them were honoured."""

    period: str
    war: str
    kind: str
    honoured: int
    invoked: int


def fit(request: Request) -> Fit:
    """The rates of Berkemeier and Fuhrmann, and a partially pooled chance for a defence pact invoked today.

    Source: Berkemeier & Fuhrmann 2018, Research & Politics 5(2), with the coding rules of Leeds, Long & Mitchell 2000.
    """
    is_shipped = request.data is None and (request.folder / SHIPPED).is_file()
    counts = read_shipped(request.folder / SHIPPED) if is_shipped else read_replication(locate(request, REPLICATION, "alliances"))
    rates = {name: _rate(counts, *which) for name, which in RATES.items()}
    today = _today(counts)
    document = {"case": request.case, "honoured": rates, "today": today}
    rows = tuple(
        (name, str(one["honoured"]), str(one["invoked"]), f"{share_words(one['rate'], 2)}") for name, one in rates.items()
    )
    honoured = FitTable("Commitments called in war, 1816–2003", ("", "honoured", "invoked", "rate"), rows, "As published.")
    return Fit(
        request.case, "Alliances honoured", document, (honoured, _today_block(today)), "Figures: Berkemeier & Fuhrmann (2018)."
    )


def read_replication(path: Path) -> tuple[Count, ...]:
    """Counts from the published replication data: one row for an alliance in a war.

    `sample` is 1 for the commitments of the study of 2000 (wars up to 1944) and 0 for those added later.
    """
    tally: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows_of(path, ("sample", "warname", "honorLLM", "violateLLM", *KINDS.values())):
        is_honoured = _is_set(row.text("honorLLM"))
        if not is_honoured and not _is_set(row.text("violateLLM")):
            continue  # the war did not call this commitment
        period = BEFORE if _is_set(row.text("sample")) else AFTER
        for kind in ("all", *(kind for kind, column in KINDS.items() if _is_set(row.text(column)))):
            count = tally[period, row.text("warname"), kind]
            count[0] += is_honoured
            count[1] += 1
    return tuple(sorted(Count(*key, *value) for key, value in tally.items()))


def read_shipped(path: Path) -> tuple[Count, ...]:
    """The same counts, as they ship with the case."""
    needed = ("period", "war", "kind", "honoured", "invoked")
    return tuple(
        Count(row.text("period"), row.text("war"), row.text("kind"), row.whole("honoured"), row.whole("invoked"))
        for row in rows_of(path, needed)
    )


def _is_set(text: str) -> bool:
    return text.strip() in ("1", "1.0")


def _rate(counts: tuple[Count, ...], kind: str, period: str | None) -> dict[str, float]:
    chosen = [count for count in counts if count.kind == kind and period in (None, count.period)]
    honoured, invoked = sum(count.honoured for count in chosen), sum(count.invoked for count in chosen)
    return {"honoured": honoured, "invoked": invoked, "rate": honoured / invoked if invoked else 0.0}


def _groups(counts: tuple[Count, ...], period: str) -> PeriodCounts:
    chosen = [count for count in counts if count.kind == "defence" and count.period == period]
    return PeriodCounts(
        np.array([count.honoured for count in chosen], float), np.array([count.invoked for count in chosen], float)
    )


def _today(counts: tuple[Count, ...]) -> dict[str, Any]:
    """The chance that a defence pact is honoured when a war of our time calls it."""
    now = _groups(counts, AFTER)
    found = chance_of(now, (_groups(counts, BEFORE),))
    correlation = found.pop("correlation")
    return found | {
        "correlation_within_a_war": correlation,
        "wars": len(now.invoked),
        "commitments": int(now.invoked.sum()),
    }


def _today_block(today: dict[str, Any]) -> FitTable:
    beta = today["beta"]
    note = (
        f"Partial pooling over {today['wars']} wars after 1945 and the wars before. "
        f"As a prior for a treaty: beta({beta['a']:.3g}, {beta['b']:.3g})."
    )
    return chance_block("A defence pact today", today, ("chance in the next war", "mean over wars"), note)
