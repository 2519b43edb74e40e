"""Which cases can be fitted, and by what: a module that reproduces published figures, or what the folder declares."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable

from foedus.errors import InputError, Problem
from foedus.fit.campaign_law import CAMPAIGN_LAW
from foedus.fit.chance import CHANCE
from foedus.fit.declared import FILE, fit_declared
from foedus.fit.fit import Fit, Request
from foedus.fit.loss_ratio import LOSS_RATIO

__all__ = ["FITS", "RELATIONS", "fit_case"]

FITS = {
    "alliances": "foedus.fit.alliances",
    "ardennes": "foedus.fit.ardennes",
    "iwo_jima": "foedus.fit.iwo_jima",
}
RELATIONS = {one.name: one for one in (CHANCE, LOSS_RATIO, CAMPAIGN_LAW)}
_SHIPPED = sorted([*FITS, "cdb90"])


def fit_case(request: Request) -> Fit:
    """Hold a historical case against its figures.

    Raises:
        InputError: there is nothing to fit in this case, or its figures are missing or wrong.
    """
    if (request.folder / FILE).is_file():
        return fit_declared(request, RELATIONS)
    if request.case not in FITS:
        near = difflib.get_close_matches(request.case, _SHIPPED, n=1)
        help = f"Did you mean {near[0]}?" if near else f"Cases with a fit of their own: {', '.join(_SHIPPED)}."
        help += f" For figures of your own put {FILE} beside them: docs/fit.md."
        raise InputError(Problem(request.case, 0, 0, "no-fit", "this case has no published figures to be fitted.", help))
    method: Callable[[Request], Fit] = importlib.import_module(FITS[request.case]).fit
    return method(request)
