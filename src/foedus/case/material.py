"""What lies in the folder of a case, read: the text of its model, its claims, its own numbers for pooling."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.case.folder import CaseFolder
from foedus.evidence import DEFAULTS, Defaults, Ledger
from foedus.evidence.without import NOTHING_REMOVED, Removal
from foedus.language import Tree

__all__ = ["Material"]


@dataclass(frozen=True, eq=False)
class Material:
    """A model and what lies beside it.

    Attributes:
        folder: where it is.
        tree: its text, parsed.
        ledger: its claims, None if there is no ledger; without those of `removal`.
        defaults: what pooling takes for granted, with the case's own overrides.
        removal: the claims that were left out, for a run without some sources.
    """

    folder: CaseFolder
    tree: Tree
    ledger: Ledger | None
    defaults: Defaults = DEFAULTS
    removal: Removal = NOTHING_REMOVED

    @property
    def name(self) -> str:
        """Of the case; `CASE@DAY` of an edition."""
        return self.folder.name
