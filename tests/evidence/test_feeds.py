"""Feeds and lists of references become documents with their days."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.read_command import command
from foedus.errors import EvidenceError
from foedus.evidence.feeds import Article, articles_of, is_feed, unpack

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Lorn &amp; Echo</title>
<item><title>Storm &lt;i&gt;sinks&lt;/i&gt; boats</title><link>https://lorn.example/1</link><pubDate>Mon, 21 Oct 2024 09:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>At least 40 boats sank on Sunday, the coast guard said.</p>]]></content:encoded></item>
<item><title>Without a text</title><pubDate>Mon, 21 Oct 2024 09:00:00 GMT</pubDate></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Veld Times</title>
<entry><title>Wells</title><updated>2024-09-03T10:00:00Z</updated><summary>Some 70 wells ran dry.</summary></entry></feed>
"""
BIB = r"""@article{a1, title = {The {Mill}}, date = {2024-10-23},
  file = {Full Text:files/12/a.txt:text/plain;Gone:files/13/b.pdf:application/pdf;Far:../far.txt:text/plain}, abstract = {unused}}
@article{a2, title = {Wells of L{\"o}rn}, year = {2024}, month = {sep}, day = {3}, abstract = {Some 70 wells ran dry.}}
@misc{a3, title = {Neither text nor file}, year = {2020}}
"""
RIS = "TY  - NEWS\r\nTI  - Harvest\r\nPY  - 2024\r\nAB  - The harvest fell by 12 per cent.\r\nER  - \r\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with an export of references, its attachment, and a file beside the folder."""
    folder = tmp_path / "export"
    (folder / "files" / "12").mkdir(parents=True)
    (folder / "files" / "12" / "a.txt").write_text("The mill dismissed 40 clerks.", encoding="utf-8")
    (tmp_path / "far.txt").write_text("not brought along", encoding="utf-8")
    (folder / "lib.bib").write_text(BIB, encoding="utf-8")
    return folder


def _written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_feed_gives_its_entries_with_day_outlet_and_address(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    (article,) = articles_of(_written(tmp_path, "news.rss", RSS))
    assert (article.title, article.published, article.name) == (
        "Storm sinks boats",
        "2024-10-21",
        "2024-10-21_storm-sinks-boats.html",
    )
    page = article.body.decode()
    assert 'content="Lorn &amp; Echo"' in page and 'href="https://lorn.example/1"' in page and "At least 40 boats" in page


def test_atom_with_a_summary_alone(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    (article,) = articles_of(_written(tmp_path, "veld.atom", ATOM))
    assert article.published == "2024-09-03" and b"<p>Some 70 wells ran dry.</p>" in article.body


def test_references_give_their_attachments_else_their_abstracts(export: Path) -> None:
    pytest.importorskip("bibtexparser")
    mill, wells = articles_of(export / "lib.bib")
    assert (mill.title, mill.published, mill.body) == ("The Mill", "2024-10-23", b"The mill dismissed 40 clerks.")
    assert mill.missing == ("files/13/b.pdf", "../far.txt"), "what lies outside the export is not followed"
    assert (wells.title, wells.published, wells.name) == ("Wells of Lörn", "2024-09-03", "2024-09-03_wells-of-lorn.txt")


def test_a_year_alone_is_no_day(tmp_path: Path) -> None:
    pytest.importorskip("rispy")
    (article,) = articles_of(_written(tmp_path, "ref.ris", RIS))
    assert (article.published, article.name) == ("", "harvest.txt")


def test_a_feed_without_texts_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    with pytest.raises(EvidenceError, match="no article"):
        articles_of(_written(tmp_path, "none.xml", "<rss><channel><title>x</title></channel></rss>"))


def test_unpacking_again_adds_only_what_is_new(tmp_path: Path) -> None:
    one, other = Article("A b", "2024-10-01", b"one", ".txt"), Article("A b", "2024-10-01", b"other", ".txt")
    first = unpack([one], tmp_path / "out")
    again = unpack([one, other], tmp_path / "out")
    assert [path.name for path in again] == ["2024-10-01_a-b.txt", "2024-10-01_a-b-2.txt"]
    assert again[0] == first[0] and len(list((tmp_path / "out").iterdir())) == 2


def test_the_command_asks_where_to_put_the_articles(tmp_path: Path) -> None:
    path = _written(tmp_path, "news.rss", RSS)
    assert is_feed(path)
    with pytest.raises(EvidenceError, match="--unpack FOLDER"):
        CliRunner().invoke(command, [str(path)], catch_exceptions=False)


def test_the_command_unpacks_and_reads(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    result = CliRunner().invoke(command, [str(_written(tmp_path, "news.rss", RSS)), "--unpack", str(tmp_path / "out"), "--json"])
    assert result.exit_code == 0
    assert "2024-10-21_storm-sinks-boats.html" in result.output and '"value": 40' in result.output
