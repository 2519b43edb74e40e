"""Why an answer varies, in a sentence, a table of 80 columns, and as JSON."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from foedus.analysis.variance import Cause, Why
from foedus.show.words import percent, plain

__all__ = ["why_document", "why_sentence", "why_view"]

_PARTS = ("evidence", "parameters", "luck", "structure")
_NAMES = {"evidence": "claims and fits", "parameters": "assumptions", "luck": "luck", "structure": "rival structures"}


def why_sentence(found: Why) -> str:
    """`Of the variance of kursk_apr 9 % rests on evidence, 43 % on assumptions and 49 % on luck; …`."""
    if not found.varies:
        return "This answer is the same in every future that was run: there is no variance to be split."
    shares = [
        f"{percent(round(getattr(found, part), 2))} on {_NAMES[part]}"
        for part in _PARTS
        if part != "structure" or found.structure > 0
    ]
    first = f"Of the variance of this answer {', '.join(shares[:-1])} and {shares[-1]}.".replace(" on ", " rests on ", 1)
    if not found.causes or not found.causes[0].total.value > 2 * found.causes[0].total.error:
        return first
    most = found.causes[0]
    left = percent(round(most.total.value, 2))
    return f"{first} It hangs most on “{plain(most.label)}”: if everything else were known, {left} would stay open."


def why_view(found: Why) -> RenderableType:
    """The shares, and the causes that matter."""
    shares = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, width in (("rests on", 18), ("share", 7), ("±", 6)):
        shares.add_column(name, width=width, justify="left" if width > 10 else "right")
    for part in _PARTS:
        error = found.errors.get(part)
        shares.add_row(_NAMES[part], percent(round(getattr(found, part), 3)), "" if error is None else _points(error))
    causes = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, width in (("parameter", 36), ("", 8), ("first", 6), ("±", 4), ("total", 6), ("±", 4)):
        causes.add_column(name, width=width, overflow="fold", justify="left" if name in ("parameter", "") else "right")
    shown = [
        cause for cause in found.causes if cause.total.value > 2 * cause.total.error or cause.first.value > 2 * cause.first.error
    ]
    for cause in shown:
        numbers = (_share(cause.first.value), _points(cause.first.error), _share(cause.total.value), _points(cause.total.error))
        causes.add_row(Text.assemble(plain(cause.label), "\n", (_named(cause), "dim")), cause.rests_on, *numbers)
    rest = len(found.causes) - len(shown)
    notes = ["first: what settling it alone would take off. total: what would stay open if all else were settled."]
    notes += [f"{rest} more move it within their errors."] if rest else []
    if found.share < 1 - 1e-9:
        notes.insert(0, f"There is an answer in {percent(found.share)} of the futures; all shares are of those.")
    if not found.varies:
        return Group(Text(why_sentence(found), "bold"), Text(f"{found.runs} runs of {found.futures:,} futures.", "dim"))
    told = Text("\n".join((*notes, f"{found.runs} runs of {found.futures:,} futures.")), "dim")
    return Group(Text(why_sentence(found), "bold"), Text(), shares, Text(), causes, told)


def _named(cause: Cause) -> str:
    more = f" and {len(cause.parameters) - 1} that hang together with it" if len(cause.parameters) > 1 else ""
    return plain(cause.parameters[0]) + more


def _share(value: float) -> str:
    return percent(max(0.0, round(value, 3))) if math.isfinite(value) else "n/a"


def _points(error: float) -> str:
    return f"{100 * error:.1f}" if math.isfinite(error) else ""


def why_document(case: str, found: Why, seed: int) -> dict[str, Any]:
    """What `foedus why --json` prints."""
    return {
        "case": case,
        "question": found.question,
        "futures": found.futures,
        "runs": found.runs,
        "seed": seed,
        "share": found.share,
        "sentence": why_sentence(found),
        "shares": {part: getattr(found, part) for part in _PARTS},
        "errors": dict(found.errors),
        "effects": [_effect(cause) for cause in found.causes],
    }


def _effect(cause: Cause) -> dict[str, Any]:
    numbers = {
        "first": cause.first.value,
        "first_error": cause.first.error,
        "total": cause.total.value,
        "total_error": cause.total.error,
    }
    finite = {name: value if math.isfinite(value) else None for name, value in numbers.items()}
    name, *others = cause.parameters
    return {"parameter": name, "together_with": others, "label": cause.label, "rests_on": cause.rests_on, **finite}
