"""A folder to take away: a page for each question, every chart and answer as a file, and what is needed to derive all of it again."""

from __future__ import annotations

from foedus.bundle.dossier import Dossier, MadeFile, check_place, dossier_document, dossier_words, make_dossier

__all__ = ["Dossier", "MadeFile", "check_place", "dossier_document", "dossier_words", "make_dossier"]
