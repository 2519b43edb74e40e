"""Pages as they are: whatever holds the article, all of it is body and little else is."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from foedus.evidence.reading import Report, read_document, readings_as_dict, report_of
from foedus.evidence.reading.language import language_of

BODY = (
    "The dock workers of Harwin stayed at home for the third day on Thursday, the port office said in a letter to the shipping lines.",
    "The union said that 35 ferries and 12 tugs had been laid up since the weekend, a figure that the owners of the boats did not dispute.",
    "Grain for the mills upriver is running short, and two of them have sent their day shifts home until the barges move again.",
    "“We can wait longer than they can,” said Marta Lind, who speaks for the crane drivers, after a meeting in the old customs house.",
    "The owners have offered a rise of four percent over two years, while the union asks for nine and for shorter nights in winter.",
)
HEAD = "<!DOCTYPE html><html><head><title>Ferry strike goes on | Harwin Post</title></head>"
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)
TITLE = "<h1>Ferry strike goes on</h1>"
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li><li><a href='/w'>Weather</a></li></ul></nav>"
FOOTER = (
    "<footer><p>© Harwin Post. All rights reserved. Terms of use apply to all of our pages and services at any time.</p></footer>"
)
RELATED = (
    "<div class='related'><h3>More news</h3><ul><li><a href='/a'>Flood kills 800 sheep in Velm, farmers say</a></li>"
    "<li><a href='/b'>Town to hire 70 guards, mayor says</a></li><li><a href='/c'>Nine towers to be torn down by May</a></li></ul></div>"
)
COOKIES = "<div id='cookie-banner'><p>We use cookies and similar tools to make our pages better for 40 partners.</p><button>Accept</button></div>"
COMMENTS = (
    "<section id='comments' class='comments'><h3>Comments</h3><p class='comment'>I think 9,000 boats should go now!</p></section>"
)

WRAPPERS = {
    "an article": f"{NAV}<article>{TITLE}{PARAGRAPHS}</article>{RELATED}{FOOTER}",
    "a form": f"<form method='post' action='.'>{NAV}<div>{TITLE}{PARAGRAPHS}</div>{FOOTER}</form>",
    "a header": f"<header>{NAV}{TITLE}{PARAGRAPHS}</header>{FOOTER}",
    "an aside": f"{NAV}<aside><article>{TITLE}{PARAGRAPHS}</article></aside>{FOOTER}",
    "a section in a main": f"{COOKIES}<main><section>{TITLE}{PARAGRAPHS}</section></main>{RELATED}{FOOTER}",
    "divisions only": f"<div id='top'>{NAV}</div><div id='content'><div class='story'>{TITLE}{PARAGRAPHS}</div></div><div>{RELATED}</div>",
    "a table for layout": f"<table><tr><td>{NAV}</td><td>{TITLE}{PARAGRAPHS}</td><td>{RELATED}</td></tr></table>",
    "line breaks": f"<div class='text'>{TITLE}{'<br><br>'.join(BODY)}</div>{FOOTER}",
    "divisions for paragraphs": f"{NAV}<div class='article-body'>{TITLE}{''.join(f'<div>{line}</div>' for line in BODY)}</div>",
    "capital tags": f"<BODY><DIV>{TITLE}{PARAGRAPHS.replace('<p>', '<P>').replace('</p>', '</P>')}</DIV></BODY>",
    "paragraphs without ends": f"<div class='entry'>{TITLE}{''.join(f'<p>{line}' for line in BODY)}</div>{FOOTER}",
    "a button without an end": f"{NAV}<button class='menu'>Menu<article>{TITLE}{PARAGRAPHS}</article>{FOOTER}",
    "comments behind": f"<article>{TITLE}{PARAGRAPHS}</article>{COMMENTS}",
    "teasers between": f"<article>{TITLE}<p>{BODY[0]}</p><p>{BODY[1]}</p><p>READ MORE: <a href='/x'>Nine towers to be torn down</a></p>"
    f"<p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p></article>",
    "a list inside": f"<article>{TITLE}{PARAGRAPHS}</article>{RELATED}{RELATED}",
    "quotations inside": f"<article>{TITLE}<p>{BODY[0]}</p><p>{BODY[1]}</p><p>{BODY[2]}</p><blockquote>{BODY[3]}</blockquote><p>{BODY[4]}</p></article>",
    "links and marks inside": f"<article>{TITLE}{PARAGRAPHS.replace('ferries', '<a href=/f>ferries</a>').replace('union', '<b>union</b>')}</article>",
    "script without": f"<script>var t = '<p>900 boats</p>';</script>{NAV}<article>{TITLE}{PARAGRAPHS}</article><noscript><p>Turn it on.</p></noscript>",
    "two columns": f"<div class='left'>{RELATED}</div><div class='right'><div class='post'>{TITLE}{PARAGRAPHS}</div></div>{FOOTER}",
    "a header and a form": f"<form><header>{NAV}</header><div role='main'>{TITLE}{PARAGRAPHS}</div>{FOOTER}</form>",
}


def body_of(report: Report) -> list[str]:
    return " ".join(
        report.text.text[zone.start : zone.end] for zone in report.zones if zone.kind in ("body", "item", "row")
    ).split()


def f1(found: list[str], wanted: list[str]) -> float:
    """Of words with how often they stand."""
    common = sum((Counter(found) & Counter(wanted)).values())
    return 2 * common / (len(found) + len(wanted)) if found or wanted else 1.0


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_the_article_is_body_whatever_holds_it(wrapper: str) -> None:
    report = report_of(f"{HEAD}<body>{WRAPPERS[wrapper]}</body></html>".encode(), "page.html", date(2024, 10, 25))
    assert f1(body_of(report), " ".join(BODY).split()) >= 0.95


def test_the_measure_tells_a_lost_and_a_doubled_article() -> None:
    words = " ".join(BODY).split()
    assert f1(words, words) == 1.0 and f1([], words) == 0.0 and f1(words * 2, words) < 0.7


def test_a_claim_carries_no_markup_and_its_place_still_holds_it() -> None:
    marked = PARAGRAPHS.replace("35 ferries", "<a href='/f'>35&nbsp;<b>ferries</b></a>").replace(
        "two of them", "<i>probably</i> two of them"
    )
    raw = f"{HEAD}<body><article>{TITLE}{marked}</article></body></html>"
    claims = readings_as_dict([read_document(report_of(raw.encode(), "page.html", date(2024, 10, 25)))])["claims"]
    assert "<" not in str([(each["text"], each["hedge"], each["source"], each["quantity"], each["time"]) for each in claims])
    [ferries] = [each for each in claims if each["quantity"] and each["quantity"]["value"] == 35]
    assert "35 ferries" in ferries["text"] and "<b>ferries</b>" in raw[ferries["start"] : ferries["end"]]


def test_updates_of_a_live_page_count_from_their_own_day() -> None:
    def update(day: str, count: int) -> str:
        return f'<div><time datetime="{day}T10:00:00Z">x</time><p>Some {count} ferries were laid up yesterday, the harbour office said in its note.</p></div>'

    linked = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished": "2024-10-20T08:00:00Z"}</script>'
    raw = f"<html><head><title>Strike</title>{linked}</head><body><article>{TITLE}{update('2024-10-25', 90)}{update('2024-10-22', 70)}</article></body></html>"
    claims = readings_as_dict([read_document(report_of(raw.encode(), "page.html"))])["claims"]
    told = {each["quantity"]["value"]: each["time"]["value"] for each in claims if each["quantity"]}
    assert told == {90.0: "2024-10-24", 70.0: "2024-10-21"}


LANGUAGES = {
    "Am Montag starben nach Angaben der Behörde 1.250 Schafe, weitere 3.400 wurden verletzt.": "German",
    "Selon la préfecture, 240 maisons ont été détruites par la crue et plus de 1 500 habitants ont fui.": "French",
    "Según el alcalde, unas 300 viviendas quedaron sin luz el martes y al menos 12 personas fueron trasladadas.": "Spanish",
    "Il sindaco ha detto che 30 case sono state distrutte dalla piena.": "Italian",
    "De burgemeester zei dat 40 mensen zijn omgekomen bij de brand.": "Dutch",
    "По словам мэра, погибли 12 человек, ещё 40 получили ранения.": "a Cyrillic language",
    "市長は40人が死亡したと述べた。": "Japanese",
    "The opera sold 400 tickets for Die Zauberflöte and 350 for La Traviata on Monday, the director said.": "English",
    "He flew from Las Vegas to El Paso with Juan de la Cruz.": "English",
    "40 boats": None,
}


@pytest.mark.parametrize("text", LANGUAGES)
def test_the_language_of_a_paragraph_is_told(text: str) -> None:
    assert language_of(text) == LANGUAGES[text]


def test_of_a_mixed_text_only_the_english_paragraphs_are_read() -> None:
    german = "Die Feuerwehr meldete am Montag 14 Verletzte und mehr als 200 beschädigte Häuser in der Stadt."
    reading = read_document(report_of(f"{german}\n\nThe mayor said that 35 people had been moved.".encode(), "note.txt"))
    assert {each.quantity.value for each in reading.claims if each.quantity} == {35.0}
    assert reading.report.languages.as_dict() == {"main": "English", "not_read": {"German": len(german)}}


@pytest.mark.parametrize(
    "line",
    [
        "Published 3 June 2024.",
        "Last updated: Monday, 3 June 2024 at 14:05 GMT",
        "First published on June 3rd, 2024",
        "Date: 2024-06-03",
    ],
)
def test_a_line_that_tells_when_the_page_was_made_is_no_claim(line: str) -> None:
    claims = read_document(report_of(f"{line}\n\nThe mayor said 40 boats had sunk.".encode(), "note.txt", None)).claims
    assert [claim.quantity.value for claim in claims if claim.quantity] == [40]
    assert len(claims) == 1


@pytest.mark.parametrize(
    "line", ["Published figures put the toll at 300.", "The report published on 3 June 2024 counts 300 dead."]
)
def test_a_sentence_that_begins_alike_is_one(line: str) -> None:
    claims = read_document(report_of(f"{line}\n\nThe mayor said 40 boats had sunk.".encode(), "note.txt", None)).claims
    assert {300, 40} <= {claim.quantity.value for claim in claims if claim.quantity}
