"""The report page: complete, walkable, harmless, the same every time."""

import dataclasses
import html
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from foedus.analysis.finding import Structure
from foedus.case import load
from foedus.history.track_record import track_record_of
from foedus.show.palette import THEME
from foedus.show.report import report_html
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures

VOID = {"meta", "br", "input", "link", "img", "hr"}


class Page(HTMLParser):
    """Collects tags, ids and attributes, and notes tags that are not closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.attributes, self.open, self.crossed = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)


def entry_of(page, parameter):
    return re.search(rf'<article class="entry [a-z]*" id="{parameter}">.*?</article>', page, re.S)[0]


@pytest.fixture(scope="module")
def parsed(page):
    return Page(page)


def test_tags_are_closed_in_order(parsed):
    assert parsed.open == [] and parsed.crossed == []


def test_nothing_is_loaded_and_nothing_runs(parsed, page):
    assert not {"script", "iframe", "object", "embed", "link", "img", "base", "form"} & set(parsed.tags)
    for tag, name, value in parsed.attributes:
        assert not name.startswith("on"), (tag, name)
        assert name not in {"src", "srcset", "data", "action"}, (tag, name)
        if name in {"href", "xlink:href"}:
            assert tag == "a" and re.match(r"#|https?://", value), (tag, value)
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    assert "url(" not in style and "@import" not in style
    assert "default-src 'none'" in page


def test_hostile_texts_stay_text(page):
    assert "<script" not in page and "{{" in page
    assert "&lt;script&gt;alert" in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", page)


def test_ids_are_unique_and_every_anchor_leads_somewhere(parsed):
    assert len(parsed.ids) == len(set(parsed.ids))
    targets = {value[1:] for tag, name, value in parsed.attributes if name == "href" and value.startswith("#")}
    labels = {i for _, name, value in parsed.attributes if name == "aria-labelledby" for i in value.split()}
    assert len(targets) > 200 and targets | labels <= set(parsed.ids)


def test_the_chain_can_be_walked_from_an_answer_to_a_claim(finding, page):
    question = finding.questions[0]
    answer = re.search(rf'<li id="q-{question.name}">.*?</li>', page, re.S)[0]
    assert f'href="#d-{question.name}"' in answer
    card = re.search(rf'<article class="card" id="d-{question.name}">.*?</article>', page, re.S)[0]
    parameters = [html.unescape(link) for link in re.findall(r'href="#(a-[^"]*)"', card)]
    entries = [re.search(rf'<article class="entry [a-z]*" id="{p}">.*?</article>', page, re.S)[0] for p in parameters]
    claims = [link for entry in entries for link in re.findall(r'href="#(c-[^"]*)"', entry)]
    assert len(parameters) == 5 and claims
    claim = re.search(rf'<article class="entry" id="{claims[0]}">.*?</article>', page, re.S)[0]
    assert 'href="https://example.org/' in claim and f'href="#{parameters[0]}"' in page


def test_every_part_of_the_finding_is_on_the_page(finding, page):
    text = html.unescape(page)
    for question in finding.questions[:-1]:
        assert f'id="q-{question.name}"' in page
    for label in [s.label for s in finding.scenarios] + [b.label for b in finding.bands]:
        assert label in text
    assert "Ukrainian General Staff, claimed" in text
    assert "89,971" in text and "21 negative stock" in text and finding.manifest.digests["results"] in text
    assert "Pyongyang sends another wave" in text and "What the case cannot tell" in text
    assert all(f'id="a-{a.parameter}"' in page for a in finding.assumptions if "[" not in a.parameter)


def test_each_chart_is_drawn_in_the_colours_of_the_page(finding, page):
    charts = re.findall(r'<svg class="chart".*?</svg>', page, re.S)
    assert len(charts) == len(finding.bands)
    for chart in charts:
        assert "<title" in chart and "<desc" in chart and 'fill="var(--band-90)"' in chart
        assert not re.search(r'="#[0-9a-fA-F]{6}"', chart)
    assert page.count('class="diagram"') == 1


def test_heat_stands_only_on_differences_beyond_two_errors(page):
    cells = re.findall(r'<td class="(?:rise|fall)".*?</td>', page)
    assert len(cells) > 50
    for cell in cells:
        difference = re.search(r'<span class="d">([+−][^<]*) <span class="e">±([^<]*)</span>', cell)
        assert difference, cell


def test_the_page_is_the_same_every_time(finding, page):
    assert report_html(finding) == page


def test_a_finding_without_dates_series_evidence_or_structure_still_makes_a_page(finding):
    band = dataclasses.replace(finding.bands[0], dates=(), observed=(), times=np.arange(105.0))
    bare = dataclasses.replace(
        finding,
        as_of="",
        bands=(band,),
        occurrences=(),
        assumptions=(),
        structure=Structure((), ()),
        limits="",
        questions=(dataclasses.replace(finding.questions[0], drivers=(), experts=()),),
        checks=(),
        warnings=(),
        scenarios=finding.scenarios[:1],
    )
    page = Page(report_html(bare))
    targets = {value[1:] for _, name, value in page.attributes if name == "href"}
    assert page.open == [] and targets <= set(page.ids)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def mixed(one, other, share):
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(side):
    colour = {name: pair[side] for name, pair in THEME.items()}
    for text in ("ink", "soft", "link", "good", "bad", "warn"):
        assert contrast(colour[text], colour["card"]) >= 4.5, text
        assert contrast(colour[text], colour["page"]) >= 4.5, text
    for heat in ("rise", "fall"):
        assert contrast(colour["ink"], mixed(colour[heat], colour["card"], 0.42)) >= 4.5
    for line in ("base", *(f"s{i}" for i in range(1, 9))):
        assert contrast(colour[line], colour["card"]) >= 3.0, line


def test_light_colours_are_told_apart_by_their_values():
    light = [pair[0] for pair in THEME.values()]
    assert len(light) == len(set(light))


@pytest.mark.slow
def test_what_is_printed_fits_a_dozen_pages_and_the_rest_is_asked_for(browser, tmp_path):
    """The flagship as it ships: a first page that stands alone, at most twelve in all; with the appendix all of it."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: pages are not counted")
    case = load("pact")
    found = dataclasses.replace(make_finding(case, run_futures(case, 200)), record=track_record_of(case))
    counts, first = {}, {}
    for is_full in (False, True):
        tab = browser.new_page()
        tab.set_content(report_html(found, is_full))
        tab.pdf(path=str(tmp_path / "report.pdf"), prefer_css_page_size=True)
        tab.close()
        printed = pypdf.PdfReader(tmp_path / "report.pdf").pages
        counts[is_full], first[is_full] = len(printed), re.sub(r"\s+", " ", printed[0].extract_text()).replace("ﬁ", "fi")
    assert counts[False] <= 12 < counts[True]
    assert "Cite this" in first[False] and "As of 25 October 2024" in first[False] and "Confidence is" in first[False]
    assert "In short" not in first[False] and "without its appendix" in first[False] and "With its appendix" in first[True]


def test_a_report_says_how_it_is_cited(finding):
    text = re.sub(r"<[^>]*>", " ", report_html(finding))
    assert f"Case {finding.case}" in text and f"seed {finding.manifest.seed}" in text and "Cite this" in text


class Visible(HTMLParser):
    """What a reader sees of a page: neither scripts and styles, nor what a switch shows, nor code, nor what others wrote."""

    HIDDEN = ("script", "style", "code", "blockquote", "footer")

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_hidden = tag in self.HIDDEN or "raw" in (given.get("class") or "").split() or "digests" in (given.get("class") or "")
        if tag not in ("br", "hr", "img", "input", "meta", "link", "col", "path", "rect", "line", "circle", "use"):
            self.open.append((tag, is_hidden))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(hidden for _, hidden in self.open):
            self.texts.append(data)


def machine_spelling(html):
    """Days and numbers in a page that are spelled as a machine would."""
    seen = Visible()
    seen.feed(html)
    spelled = r"\b\d{4}-\d\d-\d\d\b|(?<![\w.,/#:-])\d{5,}(?![\w/-])|(?<![\w.])\d+(?:\.\d+)?e[+-]?\d+\b"
    return [found for text in seen.texts for found in re.findall(spelled, text)]


def test_no_day_and_no_number_is_spelled_for_machines(finding):
    first = finding.assumptions[0]
    wide = dataclasses.replace(first, prior="1000000 to 3000000, before it 1e-05", low=1e6, median=2e6, high=3e6)
    page = report_html(dataclasses.replace(finding, assumptions=(wide, *finding.assumptions[1:])))
    assert machine_spelling("<p>It was 2024-10-25 <b>when 123456 came</b>, 1e-05 of them</p>") == [
        "2024-10-25",
        "123456",
        "1e-05",
    ]
    assert "1,000,000 to 3,000,000, before it 1.0 × 10⁻⁵" in page
    assert machine_spelling(page) == []
