"""What one does with the ledger of a case: look, judge, add, move; every change is an event."""
