"""Which cases can be fitted, and by which module."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable

from foedus.errors import InputError, Problem
from foedus.fit.fit import Fit, Request

__all__ = ["FITS", "fit_case"]

FITS = {
    "alliances": "foedus.fit.alliances",
    "ardennes": "foedus.fit.ardennes",
    "cdb90": "foedus.fit.battles",
    "iwo_jima": "foedus.fit.iwo_jima",
}


def fit_case(request: Request) -> Fit:
    """Hold a historical case against its figures.

    Raises:
        InputError: there is nothing to fit in this case, or its figures are missing.
    """
    if request.case not in FITS:
        near = difflib.get_close_matches(request.case, FITS, n=1)
        help = f"Did you mean {near[0]}?" if near else f"Cases with a fit of their own: {', '.join(FITS)}."
        raise InputError(Problem(request.case, 0, 0, "no-fit", "this case has no published figures to be fitted.", help))
    method: Callable[[Request], Fit] = importlib.import_module(FITS[request.case]).fit
    return method(request)
