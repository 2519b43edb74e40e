"""Claims in the text of their document: exactly where they were recorded, or nowhere."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.reading.test_documents import _pdf
from tests.review.sample import REPORT, make_case, records

from foedus.evidence import Claim, Documents, read_ledger, span_digest
from foedus.evidence.store.changes import claim_of_record
from foedus.review import passage
from foedus.review.shelf import Shelf


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make_case(tmp_path)


@pytest.fixture
def claims(case: Path) -> tuple[Claim, ...]:
    return read_ledger(case / "ledger.jsonl").claims


def sha256(claims: tuple[Claim, ...]) -> str:
    assert claims[0].document is not None
    return claims[0].document.sha256


def shown(found: dict) -> dict[str, str]:
    """Claim -> the characters that are marked for it."""
    marked: dict[str, str] = {}
    for text, _, _, ids in found["segments"]:
        for name in ids:
            marked[name] = marked.get(name, "") + text
    return marked


def test_every_claim_is_marked_at_its_own_characters(case: Path, claims: tuple[Claim, ...]) -> None:
    found = Shelf(Documents(case / "documents")).passage(claims, sha256(claims))
    assert "".join(text for text, *_ in found["segments"]) == REPORT
    assert all(REPORT[start:end] == text for text, start, end, _ in found["segments"])
    assert shown(found) == {claim.id: REPORT[claim.start : claim.end] for claim in claims}
    assert shown(found)["V02"].startswith("A pilot") and found["refused"] == []


def test_claims_that_overlap_share_a_piece(case: Path, claims: tuple[Claim, ...]) -> None:
    first = claims[0]
    assert first.start is not None
    inner = REPORT.index("40 ships")
    record = first.as_dict() | {"id": "V99", "start": inner, "end": inner + 8, "span_sha256": span_digest("40 ships")}
    both = (*claims, claim_of_record(record, "test"))
    found = Shelf(Documents(case / "documents")).passage(both, sha256(claims))
    assert [ids for text, _, _, ids in found["segments"] if text == "40 ships"] == [["V01", "V99"]]
    assert shown(found)["V01"] == REPORT[first.start : first.end]


def test_without_a_folder_the_page_says_how_to_give_one(claims: tuple[Claim, ...]) -> None:
    found = Shelf().passage(claims, sha256(claims))
    assert found["segments"] is None and "--documents" in found["help"]
    assert Shelf().quote(claims[0]) == (None, "No folder with documents was given.")


def test_a_document_that_is_not_there_is_named_so(tmp_path: Path, claims: tuple[Claim, ...]) -> None:
    (tmp_path / "empty").mkdir()
    found = Shelf(Documents(tmp_path / "empty")).passage(claims, sha256(claims))
    assert found["segments"] is None and "not in the folder “empty”" in found["why"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_changed_document_is_refused_even_where_the_words_still_stand(case: Path, claims: tuple[Claim, ...], when: str) -> None:
    """One character more at the end: every span still fits, and yet it is another document."""
    path = case / "documents" / "velmar.txt"
    if when == "before":
        path.write_bytes(path.read_bytes() + b"!")
    shelf = Shelf(Documents(case / "documents"))
    if when == "after":
        path.write_bytes(path.read_bytes() + b"!")
    found = shelf.passage(claims, sha256(claims))
    assert found["segments"] is None and "changed" in found["why"]


def test_a_document_that_changes_while_it_is_on_screen_is_refused_from_then_on(case: Path, claims: tuple[Claim, ...]) -> None:
    shelf, path = Shelf(Documents(case / "documents")), case / "documents" / "velmar.txt"
    assert shelf.passage(claims, sha256(claims))["segments"] and shelf.quote(claims[0])[0]
    path.write_bytes(path.read_bytes() + b"!")
    found = shelf.passage(claims, sha256(claims))
    assert found["segments"] is None and "changed since" in found["why"] and shelf.quote(claims[0])[0] is None


def test_a_span_whose_words_differ_is_marked_nowhere(case: Path, claims: tuple[Claim, ...]) -> None:
    moved = claims[1].as_dict() | {"start": claims[1].start + 3, "end": claims[1].end + 3}
    wrong = (claims[0], claim_of_record(moved, "test"))
    found = Shelf(Documents(case / "documents")).passage(wrong, sha256(claims))
    assert set(shown(found)) == {"V01"} and [one["id"] for one in found["refused"]] == ["V02"]


def test_a_long_document_is_shown_in_parts(tmp_path: Path, claims: tuple[Claim, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage, "LONGEST", 100)
    make_case(tmp_path / "other")
    shelf = Shelf(Documents(tmp_path / "other" / "velmar" / "documents"))
    place, parts = 0, []
    while place < len(REPORT):
        found = shelf.passage(claims, sha256(claims), place)
        assert found["start"] <= place < found["end"] and found["total"] == len(REPORT)
        parts.append(found)
        place = found["end"]
    assert len(parts) > 1
    around = shelf.passage(claims, sha256(claims), claims[4].start)
    assert "V05" in shown(around) and "V01" not in shown(around)


WEB_PAGE = """<!doctype html><html><head><title>Ships &amp; strikes</title><style>p{color:red}</style><script>var x = "<p>no</p>";</script></head>
<body><p>At least <b>40 ships</b> have left, the office said.</p><p>&ldquo;We count 110,&rdquo; the dockers&#8217; union said.</p></body></html>"""


def claim_in(text: str, raw: bytes, file: str, words: str, name: str) -> Claim:
    """A claim about a stretch of a document."""
    record = {key: value for key, value in records()[1].items() if key != "quantity"}
    start, document = text.index(words), {"sha256": hashlib.sha256(raw).hexdigest(), "title": "Ships", "file": file}
    place = {"start": start, "end": start + len(words), "span_sha256": span_digest(words), "document": document}
    return claim_of_record({**record, "id": name, **place}, "test")


def test_a_web_page_is_shown_as_its_reader_sees_it(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="the extra `read` is not installed: no web page is shown")
    raw = WEB_PAGE.encode()
    (tmp_path / "page.html").write_bytes(raw)
    stretches = ("At least <b>40 ships</b> have left", "We count 110,&rdquo; the dockers&#8217; union said")
    claims = tuple(claim_in(WEB_PAGE, raw, "page.html", words, f"W{number}") for number, words in enumerate(stretches))
    shelf = Shelf(Documents(tmp_path))
    found = shelf.passage(claims, sha256(claims))
    text = "".join(piece for piece, *_ in found["segments"])
    assert "<" not in text and "color" not in text and "var x" not in text and "Ships & strikes" in text
    assert shown(found) == {"W0": "At least 40 ships have left", "W1": "We count 110,” the dockers’ union said"}
    assert [shelf.quote(claim)[0] for claim in claims] == list(shown(found).values())


def test_a_document_in_another_encoding_is_read(tmp_path: Path) -> None:
    words = "Près de 40 bateaux ont quitté le port"
    text = f"{words}, selon le capitaine. C'était un été très long, déjà."
    raw = text.encode("utf-16")
    (tmp_path / "port.txt").write_bytes(raw)
    claim = claim_in(text, raw, "port.txt", words, "P1")
    assert shown(Shelf(Documents(tmp_path)).passage([claim], sha256((claim,)))) == {"P1": words}


def test_the_text_of_a_pdf_is_shown(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="the extra `read` is not installed: no PDF is shown")
    words, raw = "The harbour office said that 40 ships had left.", _pdf("The harbour office said that 40 ships had left.")
    (tmp_path / "note.pdf").write_bytes(raw)
    claim = claim_in(words, raw, "note.pdf", "40 ships had left", "D1")
    found = Shelf(Documents(tmp_path)).passage([claim], sha256((claim,)))
    assert shown(found) == {"D1": "40 ships had left"} and words in "".join(piece for piece, *_ in found["segments"])


def test_a_file_that_is_no_text_is_refused_with_words(tmp_path: Path) -> None:
    raw = bytes(range(256)) * 20
    (tmp_path / "velmar.bin").write_bytes(raw)
    claim = claim_in("some words", raw, "velmar.bin", "words", "N1")
    found = Shelf(Documents(tmp_path)).passage([claim], sha256((claim,)))
    assert found["segments"] is None and "velmar.bin cannot be shown" in found["why"]
