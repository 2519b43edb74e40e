"""A case: what lies in a folder with a model, a ledger, series and a README; what one does with it is in `study`."""

from foedus.case.case import Case, load
from foedus.case.folder import find_case, known_cases

__all__ = ["Case", "find_case", "known_cases", "load"]
