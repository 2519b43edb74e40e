"""The shelf: mechanisms that ship, one file each with its source, and what a reader wants to know about each."""

from foedus.shelf.catalogue import Given, ShelfEntry, SlotRow, catalogue, entry

__all__ = ["Given", "ShelfEntry", "SlotRow", "catalogue", "entry"]
