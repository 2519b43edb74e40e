"""The shelf: mechanisms that ship, one file each with its source, and what a reader wants to know about each."""

from foedus.shelf.catalogue import Entry, Given, SlotRow, catalogue, entry

__all__ = ["Entry", "Given", "SlotRow", "catalogue", "entry"]
