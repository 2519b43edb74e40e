"""A case to take away: the folder, written beside its place and renamed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.analysis.failures import refuse_failed
from foedus.analysis.finding import Finding
from foedus.bundle.crate import CRATE, MadeFile, crate_text, listed_files
from foedus.bundle.drawings import Drawing, answer_chart, answer_rows, band_chart, drawing, picture, record_charts
from foedus.bundle.facts import Caption, Facts, file_names
from foedus.bundle.inputs import OUTCOMES, copy_inputs, refuse_altered, rerun_line
from foedus.bundle.pages import PagePlace, index_page, question_page
from foedus.bundle.readme import judgements_text, readme_text, rerun_text
from foedus.bundle.resolution import ResolutionRule, names_of, resolution_of
from foedus.bundle.tables import BundleTable, answer_table, csv_text, description_text
from foedus.case.licence import licence_of
from foedus.constructs import tree as t
from foedus.errors import InputError, Problem
from foedus.files import cannot_write, put_beside, require_folder, write_bytes
from foedus.history.earlier import FORECAST
from foedus.history.freeze import read_frozen
from foedus.history.outcomes import Outcome, read_outcomes
from foedus.history.run import run_with_past
from foedus.show.report import figures_of, report_html
from foedus.show.report_record import record_shown
from foedus.study.durations import tell_duration, timed
from foedus.study.futures import run_futures
from foedus.study.run import RunOptions
from foedus.study.simulate import Told
from foedus.wording import counted

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["Dossier", "MadeFile", "Progress", "check_place", "dossier_document", "dossier_words", "make_dossier"]

Progress = Callable[[int, int], None]
"""Called with (futures or pieces done, those in all) as work goes on."""
Printer = Callable[[str, Path], None]
"""Prints a page of HTML to a PDF file."""


@dataclass(frozen=True)
class Dossier:
    """What was written: the folder, what it is of, its files in their order with their digests."""

    folder: Path
    finding: Finding
    files: tuple[MadeFile, ...]


def make_dossier(
    case: Case,
    folder: str | Path,
    *,
    futures: int = 10_000,
    seed: int = 0,
    scenarios: Sequence[str] | None = None,
    licence: str = "",
    documents: str | Path | None = None,
    progress: Progress | None = None,
    printer: Printer | None = None,
    told: Told | None = None,
) -> Dossier:
    """Run a case and write its dossier: pages, charts, tables, its inputs, and what derives all of it again.

    Args:
        folder: what stands there is replaced if it is a dossier that nobody has changed; else nothing may be there.
        scenarios: names; None takes all. The baseline always comes first.
        licence: of the answers, in words or as an address; "" for that of the case that ships, else for none.
        documents: a folder with documents that claims quote, besides `documents` beside the model.
        progress: called with (futures done, futures in all), then with (pieces drawn, pieces in all).
        printer: prints the report as `report.pdf`; None leaves it out.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: the folder cannot be written, is no dossier or was changed; the case was altered after it was loaded.
        RunError: more than a few of the futures failed.
    """
    refuse_altered(case)
    check_place(folder)
    outcomes = _outcomes(case)
    names = tuple(scenarios or ())
    _tell(case, names, futures, seed, told)
    watched = nullcontext(progress or (lambda done, total: None))
    ran = run_with_past(case, RunOptions(futures, seed, names, documents=documents), lambda what: watched)
    refuse_failed(ran.futures)
    unhurried = replace(ran.finding.manifest, seconds={})  # how long it took is the one thing that is never the same twice
    finding = replace(ran.finding, manifest=unhurried)
    licence = licence or licence_of(case)
    facts = Facts(finding, licence, rerun_line(case, futures, seed, names, licence))
    writer = _Writer(case, facts, outcomes, progress or (lambda done, total: None))
    try:
        with put_beside(folder) as beside:
            beside.mkdir()
            writer.write(beside, printer)
            files = _files(beside)
            _put(beside / CRATE, crate_text(facts, files))
            files = (*files, _made(beside, beside / CRATE))
            check_place(folder)  # somebody may have put something there meanwhile
    except OSError as error:
        raise cannot_write(folder, "the dossier", error) from None
    return Dossier(Path(folder), finding, files)


_RUNS, _RIVALS = (
    1.9,
    0.7,
)  # times a run of its futures: with them the same parameters with other luck, and mixed; and rivals beside it
_DRAWN, _JUDGED = 9.0, 2.4  # times a trial drawing: a chart over time and a page; what judges an answer of ten thousand futures
_TRIAL = answer_rows([{"s": "Trial", "v": 0.5, "low": 0.25, "high": 0.75}], is_chance=True)


def _tell(case: Case, names: tuple[str, ...], futures: int, seed: int, told: Told | None) -> None:
    """Say how long it will take: a few futures tell how long all of them take, a drawing how long all drawings take."""
    if told is None:
        return
    chart = Drawing("Trial", "", _TRIAL, (), BundleTable("Trial", (), (), "", ""))
    caption = Caption(case.name, "", "", "", "", "", "", "")
    picture(drawing(chart, caption))  # the first takes longer, for the library is loaded
    _, each = timed(lambda: picture(drawing(chart, caption)))
    questions = len(case.program.results)
    drawn = _DRAWN * (questions + len(case.program.saved)) * each
    judged = _JUDGED * questions * len(case.scenarios(names)) * futures / 10_000 * each
    runs = _RUNS + (_RIVALS if case.tree.all(t.Variant) else 0.0)
    tell_duration(
        lambda seconds: told(runs * seconds + judged + drawn),
        lambda count: run_futures(case, count, seed, names, trajectories=False),
        futures,
    )


def dossier_document(made: Dossier) -> dict[str, Any]:
    """What `foedus dossier --json` prints."""
    manifest = made.finding.manifest
    return {
        "case": made.finding.case,
        "folder": str(made.folder),
        "digest": manifest.digests["results"],
        "made_on": made.finding.made_on,
        "futures": manifest.futures,
        "seed": manifest.seed,
        "files": [{"path": one.path, "sha256": one.sha256, "bytes": one.size} for one in made.files],
    }


def dossier_words(made: Dossier) -> str:
    """How much it is."""
    size = sum(one.size for one in made.files)
    return f"{counted(len(made.finding.questions), 'question')}, {counted(len(made.files), 'file')}, {size / 1e6:.1f} MB"


def check_place(folder: str | Path) -> None:
    """Refuse a place before the work: no folder to put it in, or something there that is no dossier as it was made.

    Raises:
        InputError: it cannot be written there.
    """
    place = Path(folder)
    require_folder(folder)
    if not place.exists():
        return
    listed = listed_files(place) if place.is_dir() else None
    if listed is None:
        told = "this is there already, and is no dossier."
        raise InputError(Problem(str(folder), 0, 0, "not-a-dossier", told, "Choose another place; nothing there was touched."))
    there = {made.path: made.sha256 for made in _files(place) if made.path != CRATE}
    other = sorted(name for name in {*there, *listed} if there.get(name) != listed.get(name))
    if other:
        told = f"this dossier was changed since it was made: {', '.join(other[:3])}{' and others' if len(other) > 3 else ''}."
        help = "Choose another place, or take away what is yours; nothing there was touched."
        raise InputError(Problem(str(folder), 0, 0, "changed-dossier", told, help))


def _outcomes(case: Case) -> dict[str, Outcome]:
    """How questions came out, by name, where the case's folder says so; what its forecast asks beside them may be resolved there too."""
    path, forecast = case.folder.folder / OUTCOMES, case.folder.folder / FORECAST
    if case.folder.model.name != "model.foedus" or not path.is_file():
        return {}
    own = [slot.name for slot in case.program.results]
    asked = read_frozen(forecast)["questions"] if forecast.is_file() else ()
    return {one.question: one for one in read_outcomes(path, dict.fromkeys([*own, *asked])) if one.question in own}


def _files(folder: Path) -> tuple[MadeFile, ...]:
    return tuple(_made(folder, path) for path in sorted(folder.rglob("*")) if path.is_file())


def _made(folder: Path, path: Path) -> MadeFile:
    data = path.read_bytes()
    return MadeFile(path.relative_to(folder).as_posix(), hashlib.sha256(data).hexdigest(), len(data))


class _Writer:
    """Writes the files of a dossier, and says how far it is."""

    def __init__(self, case: Case, facts: Facts, outcomes: dict[str, Outcome], progress: Progress) -> None:
        self.case, self.facts, self.outcomes, self.progress = case, facts, outcomes, progress
        finding = facts.finding
        self.pages = file_names(question.name for question in finding.questions)
        self.record = [] if finding.record is None else record_charts(finding, finding.record)
        self.done, self.total = 0, len(finding.bands) + len(self.record) + 2 * len(finding.questions)

    def write(self, folder: Path, printer: Printer | None) -> None:
        """All of it, but the crate."""
        for name in ("questions", "charts", "data"):
            (folder / name).mkdir()
        finding = self.facts.finding
        copy_inputs(self.case, folder)
        charts = [(f"over time {band.name}", band_chart(finding, band)) for band in finding.bands] + self.record
        stems = file_names(name for name, _ in charts)
        for name, chart in charts:
            self._chart(folder, f"charts/{stems[name]}", chart)
        self._questions(folder)
        record = record_shown(finding.record)
        drawings = [(chart.title, f"charts/{stems[name]}") for name, chart in charts]
        _put(folder / "index.html", index_page(self.facts, self.pages, drawings, record))
        table = answer_table(finding)
        _put(folder / "data/answers.csv", csv_text(table))
        _put(folder / "data/answers.csv-metadata.json", description_text(table, "answers.csv", self.facts.caption))
        _put(folder / "data/judgements.txt", judgements_text(self.facts))
        _put(folder / "README.txt", readme_text(self.facts))
        _put(folder / "rerun.sh", rerun_text(self.facts.command))
        if printer is not None:
            printer(report_html(finding), folder / "report.pdf")

    def _questions(self, folder: Path) -> None:
        finding = self.facts.finding
        asked = {one.name: one for one in self.case.tree.all(t.Question)}
        names, record = names_of(finding), record_shown(finding.record)
        figures = {figure.band.name: figure for figure in figures_of(finding)}
        places = [PagePlace(f"{self.pages[one.name]}.html", one.ask) for one in finding.questions]
        for index, question in enumerate(finding.questions):
            stem, chart = f"charts/answer-{self.pages[question.name]}", answer_chart(finding, question)
            self._chart(folder, stem, chart)
            settled = resolution_of(asked[question.name], names, finding, self.outcomes.get(question.name))
            text = question_page(
                self.facts,
                question,
                settled,
                chart,
                stem,
                record=record,
                before=places[index - 1] if index else None,
                figures=[figures[name] for name in _charted(settled, figures)],
                after=places[index + 1] if index + 1 < len(places) else None,
            )
            _put(folder / "questions" / f"{self.pages[question.name]}.html", text)
            self._tell()

    def _chart(self, folder: Path, stem: str, chart: Drawing) -> None:
        svg = drawing(chart, self.facts.caption)
        _put(folder / f"{stem}.svg", svg)
        write_bytes(picture(svg), folder / f"{stem}.png", is_synced=False)
        _put(folder / f"{stem}.csv", csv_text(chart.table))
        _put(folder / f"{stem}.csv-metadata.json", description_text(chart.table, f"{Path(stem).name}.csv", self.facts.caption))
        self._tell()

    def _tell(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)


def _charted(settled: ResolutionRule, figures: Mapping[str, object]) -> list[str]:
    """The names of the charts of what a question reads."""
    return [one.name for one in settled.readings if one.name in figures]


def _put(path: Path, text: str) -> None:
    write_bytes(text.encode("utf-8"), path, is_synced=False)
