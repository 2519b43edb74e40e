"""A calibration, and the ranks of made-up truths: for a screen, as JSON, as a page of charts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.text import Text

from foedus.distributions.base import short_number
from foedus.history.calibrated import Calibrated, RankedTruths
from foedus.history.ranks import KINDS, TruthRanks, kind_of
from foedus.show.calibration_report import ParameterRow, RankRow, SeriesBand, calibration_html
from foedus.show.fitted import FittedTable
from foedus.wording import counted

__all__ = ["calibrated_document", "calibrated_html", "calibrated_view", "ranked_document", "ranked_html", "ranked_view"]

_SHOWN = 20


def calibrated_document(found: Calibrated) -> dict[str, Any]:
    """What `foedus calibrate --json` prints."""
    return {
        "case": found.case,
        "digest": found.digest,
        "file": str(found.path),
        "setup": [one.setup.document() for one in found.chains],
        "observations": found.chains[0].past.count,
        "parameters": [asdict(one) for one in found.moved],
        "series": [asdict(one) for one in found.fitted],
        "statistics": [one.statistics for one in found.chains],
        "r_hat": found.r_hat,
        "failed": [int((~one.prediction.is_ok).sum()) for one in found.chains],
    }


def calibrated_view(found: Calibrated) -> RenderableType:
    """How well each series is fitted, and which parameters moved most."""
    chains, moved, fitted, r_hat = found.chains, found.moved, found.fitted, found.r_hat
    setup = chains[0].setup
    span = f"{setup.hindcast or 'the run itself'}{f', known by {setup.until}' if setup.until else ''}"
    told = (
        f"{found.case}: {span}; {counted(chains[0].past.count, 'observation')}, {counted(setup.members, 'member')}, "
        f"{len(chains)} seed{'s' if len(chains) > 1 else ''} from {setup.seed} on"
        f"{'; scales of luck learned' if setup.learns_widths else '; scales of luck as assumed' if chains[0].past.scales else ''}"
    )
    parts: list[RenderableType] = [Text(told)]
    table = FittedTable(box=None, pad_edge=False, title="What might have been observed", title_justify="left")
    for heading in ("series", "n", "rmse", "bias", "in 90 %", "p mean", "p sd", "p change"):
        table.add_column(heading, justify="left" if heading == "series" else "right", overflow="fold")
    for one in fitted:
        figures = (
            f"{one.rmse:.3g}",
            f"{one.bias:.3g}",
            f"{one.coverage:.2f}",
            f"{one.mean_p:.2f}",
            f"{one.spread_p:.2f}",
            f"{one.change_p:.2f}",
        )
        table.add_row(escape(one.name), str(one.count), *figures)
    parts.append(table)
    table = FittedTable(
        box=None, pad_edge=False, title=f"Parameters that moved most, of {len(moved)}: 5, 50, 95 %", title_justify="left"
    )
    for heading in ("parameter", "prior", "posterior", *(("between",) if len(chains) > 1 else ())):
        table.add_column(heading, justify="left" if heading == "parameter" else "right", overflow="fold")
    for row in moved[:_SHOWN]:
        apart = () if row.between is None else (f"{row.between:.2f}",)
        table.add_row(
            escape(row.name), *(" ".join(map(short_number, three)) for three in (row.prior, row.posterior)), *apart, style=None
        )
    parts.append(table)
    if len(chains) > 1:
        worst = max(r_hat, key=lambda name: r_hat[name])
        between = f"between: sd of the mean between seeds, in prior sd; R-hat between seeds at most {r_hat[worst]:.3f} ({worst})"
        parts.append(Text(between))
    return Group(*parts)


def calibrated_html(found: Calibrated) -> str:
    """The charts of a calibration: observed series within what might have been observed, and parameters before and after."""
    chains = found.chains
    replicas = [one.replicated(1) for one in chains]
    bands = []
    for place, one in enumerate(chains[0].past.observed):
        if one.slot.series and len(one.values):
            drawn = np.concatenate([replica[place] for replica in replicas], axis=1)
            quantiles = np.nanquantile(drawn, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
            bands.append(SeriesBand(one.slot.name, one.slot.unit, one.dates, one.values, quantiles))
    setup = chains[0].setup
    facts = {
        "Method": f"{setup.method}, {counted(setup.members, 'member')}, {counted(len(chains), 'seed')}",
        "Known by": setup.until or "everything",
        "Observations": str(chains[0].past.count),
        "SHA-256": found.digest,
    }
    rows = [ParameterRow(one.name, one.unit, one.prior, one.posterior) for one in found.moved]
    return calibration_html(f"{found.case}: calibration", facts, bands, rows)


def ranked_document(found: RankedTruths) -> dict[str, Any]:
    """What `foedus calibrate --sbc --json` prints."""
    passed, smallest = found.ranks.verdict()
    kinds = {kind: dict(zip(("passed", "smallest_p"), found.ranks.verdict(kind), strict=True)) for kind in _kinds_of(found.ranks)}
    return {
        "case": found.case,
        "replicates": found.replicates,
        "passed": passed,
        "smallest_p": smallest,
        **kinds,
        "settings": {**asdict(found.settings), "until": str(found.settings.until or "")},
        "quantities": [asdict(test) for test in found.ranks.tests()],
    }


def ranked_view(found: RankedTruths) -> RenderableType:
    """The quantities whose ranks are least uniform, and what the tests say together."""
    table = FittedTable(
        box=None,
        pad_edge=False,
        title=f"{found.case}: ranks of {found.replicates} made-up truths, the least uniform first",
        title_justify="left",
    )
    for heading in ("quantity", "chi²", "KS", "mean", "spread"):
        table.add_column(heading, justify="left" if heading == "quantity" else "right", overflow="fold")
    for test in sorted(found.ranks.tests(), key=lambda one: min(one.chi_square, one.ks))[:_SHOWN]:
        table.add_row(escape(test.name), f"{test.chi_square:.3f}", f"{test.ks:.3f}", f"{test.mean:.2f}", f"{test.spread:.2f}")
    parts: list[RenderableType] = [table]
    for kind in _kinds_of(found.ranks):
        is_uniform, least = found.ranks.verdict(kind)
        words = f"{kind}: {'uniform' if is_uniform else 'NOT uniform'} (smallest p-value after Holm {least:.3f}, level 0.01)"
        parts.append(Text(words))
    return Group(*parts)


def _kinds_of(ranks: TruthRanks) -> list[str]:
    """The kinds of quantities that were ranked; a model without dates has no forecasts."""
    return [kind for kind in KINDS if kind != "forecasts" or kind in map(kind_of, ranks.names)]


def ranked_html(found: RankedTruths) -> str:
    """The histograms of the ranks."""
    ranks = found.ranks
    rows = [RankRow(test.name, row, min(test.chi_square, test.ks)) for test, row in zip(ranks.tests(), ranks.ranks, strict=True)]
    passed, smallest = ranks.verdict()
    facts = {
        "Replicates": str(ranks.ranks.shape[1]),
        "Verdict": f"{'uniform' if passed else 'not uniform'}, p = {smallest:.3f} (Holm)",
    }
    return calibration_html(f"{found.case}: ranks of made-up truths", facts, (), (), rows)
