"""Who brings a document: outlet and agency, and whose statement the narrator's claims are."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of
from foedus.evidence.store.proposed import claims_of_proposals

AGENCIES = {
    "OSLO, Oct. 3 (Reuters) - The dam broke.": "Reuters",
    "VIK (Orbis Press) — The dam broke.": "Orbis Press",
    "Date: 27/02/2020 | Source: Orbis\n\nThe dam broke.": "Orbis",
    "The dam (a wall) - it broke.": None,
    "The dam broke, said Reuters.": None,
}


@pytest.mark.parametrize("text", AGENCIES)
def test_the_agency_stands_in_the_dateline_or_a_line_of_sources(text: str) -> None:
    document = read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25))).report.as_dict()
    assert document["outlet"] == {"name": None, "agency": AGENCIES[text]}


@pytest.mark.parametrize("day", ["Oct. 3, 2024", "3 October 2024", "3 Oct", "October 3"])
@pytest.mark.parametrize("line", ["VIK, {} (Orbis) - ", "NEW VIK, Northland, {} (Orbis) — ", "VIK, {} - "])
def test_a_dateline_is_no_part_of_who_speaks_nor_of_when(line: str, day: str) -> None:
    text = f"{line.format(day)}The Harbour Authority said that 40 boats had sunk."
    document = readings_as_dict([read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25)))])
    [claim] = document["claims"]
    assert claim["source"]["text"] == "The Harbour Authority" and claim["time"] is None
    assert document["documents"][0]["outlet"]["agency"] == ("Orbis" if "(Orbis)" in line else None)


PAGES = {
    '<meta property="og:site_name" content="The Vik Post &amp; Mail">': "The Vik Post & Mail",
    "<meta content='Harbour News' name='application-name'>": "Harbour News",
    '<script type="application/ld+json">{"@graph": [{"publisher": {"name": "Dam Daily"}}]}</script>': "Dam Daily",
    '<script type="application/ld+json">{broken</script>': None,
    '<script type="application/ld+json">[1, {"publisher": 3}]</script>': None,
    '<meta property="og:title" content="The dam broke">': None,
}


@pytest.mark.parametrize("head", PAGES)
def test_the_outlet_stands_in_the_metadata_of_a_page(head: str) -> None:
    page = f"<html><head>{head}</head><body><article><p>The dam broke on Monday, and 40 houses were lost.</p></article></body></html>"
    assert read_document(report_of(page.encode(), "page.html")).report.as_dict()["outlet"]["name"] == PAGES[head]


def test_copies_of_a_report_of_one_agency_have_one_origin() -> None:
    texts = [
        f"{title}\n\nOSLO, Oct. 3 (Reuters) - The dam broke and 40 houses were lost.\n"
        for title in ("Flood", "Dam breaks at night")
    ]
    found = readings_as_dict(
        [read_document(report_of(text.encode(), f"{n}.txt", date(2024, 10, 25))) for n, text in enumerate(texts)]
    )
    claims, _ = claims_of_proposals(found, "proposals.json", {}, None)
    assert {claim.origin for claim in claims} == {"Reuters"}


def test_stance_and_rules_reach_the_ledger() -> None:
    found = readings_as_dict(
        [read_document(report_of(b"Oslo denied that it had sent 12,000 soldiers.", "a.txt", date(2024, 10, 25)))]
    )
    claims, _ = claims_of_proposals(found, "proposals.json", {}, None)
    assert [(claim.commitment, claim.stance, claim.polarity, "denied-by-verb" in claim.rules) for claim in claims] == [
        ("denied", "denied", "-", True)
    ]


_PAGE = """<html><head><title>Meals</title><meta property="og:site_name" content="{site}"/></head><body><article><h1>Meals</h1>
<p>The kitchens of the north have a long history, and many cooks have worked in them since the law on schools was passed.</p>
<p>We have opened 40 kitchens since May. Farms sold 700 tonnes of rice. “We lost 12 pans,” said the cook Ada Lund.</p></article></body></html>"""


@pytest.mark.parametrize(("site", "speaker"), [("Ministry of Schools", "Ministry of Schools"), ("The Marn Herald", "NARRATOR")])
def test_we_of_a_page_is_the_body_that_brings_it(site: str, speaker: str) -> None:
    read = read_document(report_of(_PAGE.format(site=site).encode(), "page.html", date(2024, 10, 25)))
    told = {claim.quantity.value: claim.speaker.canonical for claim in read.claims if claim.quantity is not None}
    assert told[40.0] == speaker
    assert told[700.0] == "NARRATOR"
    assert "Lund" in told[12.0]
