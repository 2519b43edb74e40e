"""A case: a folder with a model, a ledger, series and a README, and what can be done with it."""

from foedus.case.case import Case, load
from foedus.case.folder import find_case, known_cases

__all__ = ["Case", "find_case", "known_cases", "load"]
