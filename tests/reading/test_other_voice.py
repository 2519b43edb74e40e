"""Who speaks where one sentence has a "she" and a "he", and who counted what a clause behind "according to" tells."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("spacy")

from foedus.evidence.reading import read_document, readings_as_dict, report_of

VOICES = (
    (
        "“We lost 12 barns,” said mayor Jon Dahl. His colleague Ada Berg, who runs Velm, put it at 4 million crowns. "
        "She said she had asked for 10 pumps; he said he had been promised four.",
        "promised four",
        "Jon Dahl (mayor)",
    ),
    (
        "Mayor Ada Berg met the governor, Jon Dahl. She said she had asked for 10 boats, while he said he had 5.",
        "he had 5",
        "Jon Dahl (governor)",
    ),
    ("Mayor Ada Berg met Jon Dahl and Karl Ohm. She said she had asked for 10 boats; he said he had 5.", "he had 5", "UNKNOWN"),
    ("Some 90 oaks were cut, according to Save the Forests, which counted 7 raids on parks.", "7 raids", "Save the Forests"),
    ("Some 90 oaks were cut, according to Save the Forests, which counted 7 raids on parks.", "90 oaks", "Save the Forests"),
)


@pytest.mark.parametrize(("text", "words", "who"), VOICES)
def test_the_second_voice_is_another_one(text: str, words: str, who: str) -> None:
    claims = readings_as_dict([read_document(report_of(text.encode(), "note.txt", date(2024, 9, 12)))])["claims"]
    assert {each["source"]["canonical"] for each in claims if words in each["text"]} == {who}
