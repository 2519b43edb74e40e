"""From reports to a case that runs: which mechanisms they speak of, which claim fills which slot, what to ask, and the folder."""

from foedus.draft.making import draft_case

__all__ = ["draft_case"]
