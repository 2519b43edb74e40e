"""foedus: what could this move mean for that war?

>>> import foedus
>>> case = foedus.load("pact")
>>> case
<Case pact: ...>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.version import VERSION

if TYPE_CHECKING:
    from foedus.case import Case, load
    from foedus.verbs import (
        backtest,
        believe,
        border,
        calibrate,
        check,
        choose,
        collect,
        diff,
        discover,
        dossier,
        experiments,
        explain,
        find_sources,
        fit_named,
        flip,
        freeze,
        hindcast,
        kept_record,
        make_finding,
        make_page,
        propose,
        redteam,
        replay,
        run,
        run_futures,
        score,
        sources,
        structure_of,
        today,
        trace,
        twin,
        why,
        why_over_time,
        widget,
        worth,
    )

__all__ = [
    "Case",
    "__version__",
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
    "load",
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

__version__ = VERSION


def __getattr__(name: str) -> Any:
    """The public names, imported when first asked for, so that `foedus --help` is quick."""
    if name in ("Case", "load"):
        from foedus import case

        return getattr(case, name)
    if name in __all__:
        from foedus import verbs

        return getattr(verbs, name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
