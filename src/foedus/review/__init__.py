"""A page on this machine on which an analyst goes through the claims of a case: accept, reject, edit, undo."""
