"""Reading keeps nothing of what it has read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from foedus.evidence.reading import read_document, report_of
from foedus.evidence.reading.libraries import language_model
from foedus.evidence.reading.parse import parse
from foedus.evidence.reading.relations import Related, Relater


def test_the_model_forgets_the_words_that_it_had_never_seen() -> None:
    model = language_model()
    parse("The mill stood by the river.")
    before = len(model.vocab.strings)
    for number in range(50):
        parse(f"Zorbl{number}ak met Quem{number}is at Vlit{number}or.")
    assert len(model.vocab.strings) <= before + 5


def test_relations_remember_a_bounded_number_of_claims() -> None:
    claim = read_document(report_of(b"Japan sent 40 engineers to Ukraine.", "note.txt", date(2024, 10, 25))).claims[0]
    relater = Relater()
    for number in range(5_000):
        assert claim.quantity is not None
        counted = replace(claim, quantity=replace(claim.quantity, unit=f"thing{number}"))
        relater.add(Related(str(number), f"C{number}", counted, "Japan sent 40 things.", "2024-10-25"))
    assert len(relater._recent) == 2_000
