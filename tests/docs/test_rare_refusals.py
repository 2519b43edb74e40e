"""Refusals that no folder of examples brings about: a taken port, a locked PDF, a posterior from elsewhere."""

from __future__ import annotations

import datetime
import io
import json
import socket
from pathlib import Path

import pytest
from tests.history.calibration_models import walk_case
from tests.review.sample import make_case

from foedus.case import load
from foedus.cli.main import main
from foedus.errors import EvidenceError, FoedusError
from foedus.evidence.store.failures import told
from foedus.history import calibrate
from foedus.review.changes import typed_changes


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command line says on standard error when it is refused."""
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 1
    return capsys.readouterr().err


@pytest.mark.parametrize("command", [["serve"], ["review", "--no-open"]], ids=["serve", "review"])
def test_a_port_that_is_taken_is_named(command: list[str], tmp_path: Path, monkeypatch, capsys) -> None:
    case = make_case(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused([command[0], str(case), *command[1:], "--port", str(port)], capsys)
    assert said.startswith(f"--port: port {port} cannot be used") and "[bad-port]" in said


@pytest.mark.parametrize(("password", "code"), [("secret", "locked-pdf"), ("", "no-text")])
def test_a_pdf_that_cannot_be_read_says_why(password: str, code: str, tmp_path: Path, capsys) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: no PDF is read")
    pytest.importorskip("spacy", reason="spacy is not installed: no document is read")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    path = tmp_path / "report.pdf"
    path.write_bytes(held.getvalue())
    said = refused(["read", str(path)], capsys)
    assert "report.pdf: " in said and f"[{code}]" in said


def test_a_folder_of_far_too_many_documents_is_not_looked_through(tmp_path: Path, monkeypatch, capsys) -> None:
    case = make_case(tmp_path / "case")
    (tmp_path / "heap").mkdir()
    for number in range(5):
        (tmp_path / "heap" / f"{number}.txt").write_text("x")
    monkeypatch.setattr("foedus.evidence.document.MOST_FILES", 3)
    said = refused(["run", str(case), "-n", "10", "-o", str(tmp_path / "r.html"), "--documents", str(tmp_path / "heap")], capsys)
    assert said.startswith(f"{tmp_path / 'heap'}: ") and "[too-many-files]" in said


def test_a_posterior_that_is_changed_stale_too_far_or_another_is_not_drawn_from(tmp_path: Path, capsys) -> None:
    import xarray

    from foedus.history.archive import save_posteriors

    case = walk_case(tmp_path)
    digest = save_posteriors([calibrate(case, members=80, passes=2, refinements=1)], tmp_path / "posterior.nc")
    run = ["run", str(tmp_path), "-n", "20", "--no-report"]
    (tmp_path / "posterior.toml").write_text(f'file = "posterior.nc"\nsha256 = "{"0" * 64}"\n')
    said = refused(run, capsys)
    assert said.startswith(f"{tmp_path / 'posterior.toml'}: ") and "[other-posterior]" in said
    (tmp_path / "posterior.toml").unlink()

    with xarray.open_datatree(tmp_path / "posterior.nc", engine="h5netcdf") as tree:
        changed = tree.load().copy(deep=True)
    changed["posterior"]["drift"] = changed["posterior"]["drift"] + 1
    changed.to_netcdf(tmp_path / "changed.nc", engine="h5netcdf")
    said = refused([*run, "--posterior", str(tmp_path / "changed.nc")], capsys)
    assert said.startswith(f"{tmp_path / 'changed.nc'}: ") and "[changed-posterior]" in said

    model = next(tmp_path.glob("*.foedus"))
    text = model.read_text()
    model.write_text(text.replace("normal(0.1, 0.2)", "normal(9, 0.2)"))
    said = refused([*run, "--posterior", str(tmp_path / "posterior.nc")], capsys)
    assert said.startswith(f"{tmp_path / 'posterior.nc'}: ") and "[too-few-members]" in said
    model.write_text(text.replace("drift + shock", "drift + 2 * shock"))
    said = refused([*run, "--posterior", str(tmp_path / "posterior.nc")], capsys)
    assert said.startswith(f"{tmp_path / 'posterior.nc'}: ") and "[stale-posterior]" in said
    assert len(digest) == 64


def test_what_a_past_does_not_allow_is_refused(tmp_path: Path, capsys) -> None:
    case = walk_case(tmp_path)
    with pytest.raises(FoedusError) as caught:
        calibrate(case, members=80, passes=1, refinements=0).forecast(datetime.date(2020, 1, 1))
    assert [one.code for one in caught.value.problems] == ["bad-forecast"]
    pytest.importorskip("emcee", reason="emcee is not installed: no sampler is run")
    said = refused(["calibrate", str(tmp_path), "--method", "sampler", "--members", "40"], capsys)
    assert said.startswith(f"{case.name}: ") and "[luck-in-the-past]" in said


def test_what_the_page_of_the_review_does_not_offer_is_refused(tmp_path: Path) -> None:
    from foedus.evidence.store.beside import ledger_place, open_to_change
    from foedus.review.desk import Desk, ReviewOrder
    from foedus.review.opened import uses_of
    from foedus.review.shelf import Shelf

    case = load(str(make_case(tmp_path)))
    with open_to_change(ledger_place(case.folder.folder, case.name, "2024-10-25"), "setup") as store:
        desk = Desk(store, case.name, "Ana", Shelf(), uses_of(case), case.defaults)
        for order, code in (
            (ReviewOrder("undo"), "nothing-to-undo"),
            (ReviewOrder("praise", "V02", 1), "unknown-action"),
            (ReviewOrder("place", "V02", 1, {"group": " "}), "no-group"),
        ):
            with pytest.raises(EvidenceError) as caught:
                desk.decide(order)
            assert [one.code for one in caught.value.problems] == [code]
        with pytest.raises(EvidenceError) as caught:
            typed_changes(store.claim("V02").claim, {"id": "V09"})
    assert [one.code for one in caught.value.problems] == ["unknown-field"]


def test_a_store_that_cannot_be_opened_is_told_in_words(tmp_path: Path) -> None:
    import sqlite3

    with pytest.raises(EvidenceError) as caught, told("ledger.sqlite"):
        sqlite3.connect(tmp_path / "nowhere" / "ledger.sqlite")
    assert [(one.file, one.code) for one in caught.value.problems] == [("ledger.sqlite", "store-unreadable")]


def test_a_step_that_is_too_long_is_a_warning_of_the_check(tmp_path: Path, capsys) -> None:
    path = tmp_path / "coarse.foedus"
    path.write_text(
        "model coarse for 8 weeks step 1 week\nstock x : 1 = 100\nflow out : x -> outside = x / 1.2 week\n"
        'question q at the end value x\ncheck "never below zero" always x >= 0\n'
    )
    main_said = pytest.raises(SystemExit)
    with main_said as stopped:
        main(["check", str(path), "-n", "100", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert stopped.value.code == 0 and [(one["code"], one["file"]) for one in found["warnings"]] == [("step-too-long", str(path))]
