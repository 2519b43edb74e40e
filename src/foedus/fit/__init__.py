"""Historical cases held against published figures."""

from foedus.fit.catalogue import FITS, fit_case
from foedus.fit.fit import Fit, FitTable, Request
from foedus.fit.view import fit_view

__all__ = ["FITS", "Fit", "FitTable", "Request", "fit_case", "fit_view"]
