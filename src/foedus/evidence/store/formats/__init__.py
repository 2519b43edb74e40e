"""A ledger in the forms that others read: a table, W3C annotations, schema.org reviews, PROV."""

from __future__ import annotations

from foedus.evidence.store.formats.exported import FORMATS, Exported, exported

__all__ = ["FORMATS", "Exported", "exported"]
