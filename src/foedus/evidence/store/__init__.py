"""The store of a ledger: a database in which every change is an event that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.evidence.store.event import LedgerEvent, StoredClaim, changed_keys

if TYPE_CHECKING:
    from foedus.evidence.store.store import Store, open_store
    from foedus.evidence.store.transfer import Imported

__all__ = ["Imported", "LedgerEvent", "Store", "StoredClaim", "changed_keys", "open_store"]


def __getattr__(name: str) -> Any:
    """What needs the database's library, imported when first asked for: most commands never do."""
    if name in ("Store", "open_store"):
        from foedus.evidence.store import store

        return getattr(store, name)
    if name == "Imported":
        from foedus.evidence.store import transfer

        return transfer.Imported
    raise AttributeError(f"module 'foedus.evidence.store' has no attribute {name!r}")
