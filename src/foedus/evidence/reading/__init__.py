"""Reading: documents as they are to proposed claims, by rules, offline."""

from __future__ import annotations

from foedus.evidence.reading.attributions import Attribution, TextSpan, attributions
from foedus.evidence.reading.groups import LedgerGroups
from foedus.evidence.reading.quantities import FoundQuantity, quantities
from foedus.evidence.reading.read import Reading, read_document, read_documents, reading_records, readings_as_dict
from foedus.evidence.reading.reports import Report, read_report, report_of, report_paths
from foedus.evidence.reading.subject import Subject, of_packs, read_subject, subject_beside

__all__ = [
    "Attribution",
    "FoundQuantity",
    "LedgerGroups",
    "Reading",
    "Report",
    "Subject",
    "TextSpan",
    "attributions",
    "of_packs",
    "quantities",
    "read_document",
    "read_documents",
    "read_report",
    "read_subject",
    "reading_records",
    "readings_as_dict",
    "report_of",
    "report_paths",
    "subject_beside",
]
