"""What `import foedus` offers, each where it is built: a case in, a frozen result out, nothing printed."""

from __future__ import annotations

from foedus.bundle import make_dossier as dossier
from foedus.draft.today import today
from foedus.history import calibrate
from foedus.history.freeze import freeze
from foedus.history.natural import experiments
from foedus.history.record_kept import backtest, kept_record
from foedus.history.run import run
from foedus.history.scorecard import score
from foedus.history.sources import find_sources
from foedus.page.build import page_html as make_page
from foedus.page.widget import page_widget as widget
from foedus.study.believe import believe
from foedus.study.border import border
from foedus.study.check import check
from foedus.study.choose import choose
from foedus.study.collect import collect
from foedus.study.diff import diff
from foedus.study.discover import discover
from foedus.study.explain import explain
from foedus.study.finding import make_finding
from foedus.study.fit import fit_named
from foedus.study.flip import flip
from foedus.study.futures import run_futures
from foedus.study.hindcast import hindcast
from foedus.study.over_time import why_over_time
from foedus.study.read import propose
from foedus.study.redteam import redteam
from foedus.study.replay import replay
from foedus.study.sources import sources
from foedus.study.structure import structure_of
from foedus.study.trace import trace
from foedus.study.twin import twin
from foedus.study.why import why
from foedus.study.worth import worth

__all__ = [
    "backtest",
    "believe",
    "border",
    "calibrate",
    "check",
    "choose",
    "collect",
    "diff",
    "discover",
    "dossier",
    "experiments",
    "explain",
    "find_sources",
    "fit_named",
    "flip",
    "freeze",
    "hindcast",
    "kept_record",
    "make_finding",
    "make_page",
    "propose",
    "redteam",
    "replay",
    "run",
    "run_futures",
    "score",
    "sources",
    "structure_of",
    "today",
    "trace",
    "twin",
    "why",
    "why_over_time",
    "widget",
    "worth",
]
