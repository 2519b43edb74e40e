"""Documents: forms, encodings, zones, dates, and the way back to the original."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import EvidenceError
from foedus.evidence.reading import Report, read_document, report_of
from foedus.evidence.reading.dates import times
from foedus.evidence.reading.pages import _flowing
from foedus.evidence.reading.repair import repaired
from foedus.evidence.reading.textmap import identity

PAGE = """<!DOCTYPE html><html><head><title>Envoys meet | Example Post</title>
<meta property="article:published_time" content="2023-05-04T10:00:00Z"><script>var x = "5,000 masts";</script></head><body>
<nav><a>Home</a> <a>Sign in</a></nav><article><h1>Envoys meet</h1>
<p>About 2,000&nbsp;sailors crossed the strait on Tuesday, the harbour office said in a note.</p>
<figure><figcaption>Sailors on the quay. (Jane Roe/AFP)</figcaption></figure></article><footer>© Example. Contact us</footer></body></html>"""

LISTING = (
    "Fair wind for the north - Example News\nHome | World | Sport | Sign in\nFair wind for the north\n\n"
    "The harbour office said on Thursday that forty ships had left.\n\nWATCH | A storm at sea:\n\nA storm in pictures\n\nDuration 1:20\n"
    "A seaman said that he had seen 20 waves.\n\nShips lie in the harbour at dusk.\nShips lie in the harbour on Oct. 3, 2021. (Jane Roe/Reuters)\n"
)


def _zones(report: Report) -> dict[str, str]:
    return {report.text.text[zone.start : zone.end]: zone.kind for zone in report.zones}


def test_a_page_gives_title_date_and_zones() -> None:
    report = report_of(PAGE.encode(), "page.html")
    assert (report.published.date, report.published.sure) == (date(2023, 5, 4), "certain")
    kinds = _zones(report)
    assert next(kind for line, kind in kinds.items() if line.startswith("About")) == "body"
    assert next(kind for line, kind in kinds.items() if line.startswith("Sailors")) == "caption"
    assert not any("masts" in line for line in kinds)


def test_lines_of_a_crawled_page_fall_into_zones() -> None:
    kinds = _zones(report_of(LISTING.encode(), "listing.txt"))
    expected = {
        "Fair wind for": "title",
        "Home |": "menu",
        "The harbour": "body",
        "WATCH": "teaser",
        "A storm": "teaser",
        "A seaman": "teaser",
        "Ships lie in the harbour on": "caption",
        "Ships lie in the harbour at": "alternate",
    }
    for start, kind in expected.items():
        assert {found for line, found in kinds.items() if line.startswith(start)} == {kind}, start


def test_a_mark_at_the_start_of_a_file_is_no_word_and_moves_nothing() -> None:
    report = report_of(b"\xef\xbb\xbfThe mill burned.", "note.txt")
    assert (report.text.text.strip(), report.text.quote(1, 4)) == ("The mill burned.", "The")


def test_lines_of_a_printed_page_flow_and_still_point_into_it() -> None:
    printed = "The dam\n\nThe harbour office said that up to 300 men had crossed the adver-\ntised bridge, and that none of them had come\nback.\n"
    text = _flowing(printed)
    assert (
        text.text
        == "The dam\n\nThe harbour office said that up to 300 men had crossed the advertised bridge, and that none of them had come back.\n"
    )
    place = text.text.index("bridge")
    assert text.quote(place, place + 6) == "bridge"


def test_a_date_of_fetching_is_no_date_of_publication() -> None:
    text = (
        "Home Friday, November 22, 2024, 05:35 PM | Weather | Login\n\nThe fair ended on October 24, 2024, and all went home.\n"
    )
    published = report_of(text.encode(), "page.txt").published
    assert published.date == date(2024, 10, 24)
    assert published.sure == "possible"
    assert "2024-11-22" in published.how


def test_what_is_told_goes_before_what_is_guessed() -> None:
    published = report_of(b"The fair ended on October 24, 2024.", "page.txt", date(2024, 10, 25)).published
    assert (published.date, published.sure) == (date(2024, 10, 25), "certain")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_is_read(encoding: str) -> None:
    report = report_of("The café sold 30 rolls, the baker said, and closed early that day.".encode(encoding), "note.txt")
    assert "café" in report.text.text


@pytest.mark.parametrize("raw", [b"", b"  \n", bytes(range(256)) * 8, b"%PDF-1.4 broken"])
def test_what_cannot_be_read_is_refused(raw: bytes) -> None:
    with pytest.raises(EvidenceError):
        report_of(raw, "file.txt")


def test_lost_blanks_are_put_back_and_offsets_still_fit() -> None:
    text = "Until now,ships waited. The grindingstone broke in2020.Then the oldmiller left."
    mapped = repaired(identity(text))
    assert "now, ships" in mapped.text
    start = mapped.text.index("ships waited")
    assert mapped.quote(start, start + 12) == "ships waited"


@given(st.text(alphabet="ab ,.\n", max_size=60), st.lists(st.integers(0, 59), max_size=8), st.data())
def test_a_stretch_of_the_working_text_finds_its_original(text: str, places: list[int], data: st.DataObject) -> None:
    mapped = identity(text).with_blanks([place for place in places if 0 < place < len(text)])
    start = data.draw(st.integers(0, len(mapped.text)))
    end = data.draw(st.integers(start, len(mapped.text)))
    assert mapped.quote(start, end).replace(" ", "") == mapped.text[start:end].replace(" ", "")


DATES = {
    "on Thursday": "2024-10-24",
    "last night": "2024-10-24",
    "two weeks ago": "2024-10-11",
    "in June": "2024-06",
    "until June": "2025-06",
    "since early 2022": "[2022-01,2022-04]",
    "earlier this year": "[2024-01-01,2024-10-25]",
    "next Monday": "2024-10-28",
    "over the summer": "[2024-06,2024-08]",
    "on Oct. 17": "2024-10-17",
    "by 2026": "<=2026",
    "last month": "2024-09",
}


@pytest.mark.parametrize("words", DATES)
def test_relative_dates_are_resolved_against_the_publication(words: str) -> None:
    found = times(f"They met {words} in the town.", date(2024, 10, 25))
    assert [each.value for each in found] == [DATES[words]]


def test_without_a_publication_a_relative_date_stays_open() -> None:
    assert [each.value for each in times("They met on Thursday.", None)] == [None]


def _pdf(words: str) -> bytes:
    """A PDF of one page with one line of text, made by hand."""
    stream = f"BT /F1 12 Tf 40 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</CreationDate(D:20220301120000Z)>>",
    ]
    raw = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % len(raw)
    return raw + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def test_the_text_and_date_of_a_pdf_are_read() -> None:
    report = report_of(_pdf("The harbour office said that 40 ships had left."), "note.pdf")
    assert (report.form, report.text.text.strip()) == ("pdf", "The harbour office said that 40 ships had left.")
    assert (report.published.date, report.published.sure) == (date(2022, 3, 1), "possible")


def test_a_headline_that_asks_is_a_headline_and_a_day_is_none() -> None:
    text = "Will the harbour hold out?\n15 October 2024\n\nSome 40 boats lie in the harbour, the coast guard said.\n"
    reading = read_document(report_of(text.encode(), "a.txt", None))
    assert reading.report.title == "Will the harbour hold out?"
    assert all("hold out" not in text[proposal.start : proposal.end] for proposal in reading.claims)
