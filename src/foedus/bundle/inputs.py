"""What a case is made of, copied so that it can be run again elsewhere: the files that it reads, and no others."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.case.edition_ledger import CLAIMS
from foedus.case.posterior import ADOPTED, adopted_posterior
from foedus.case.series import series_path
from foedus.constructs import tree as t
from foedus.errors import InputError, Problem
from foedus.evidence.ledger import write_ledger
from foedus.evidence.store.beside import TEXT_NAME, case_ledger, ledger_place
from foedus.files import real_path
from foedus.history.earlier import earlier_files
from foedus.history.record import RECORD
from foedus.language import read_model_text
from foedus.language.editions import FOLDER as EDITIONS
from foedus.language.include import included_paths
from foedus.model import parse, read_model

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["FOLDER", "OUTCOMES", "copy_inputs", "given_posterior", "input_name", "refuse_altered", "rerun_line"]

FOLDER = "inputs"
OUTCOMES = "outcomes.json"
_POSTERIOR = "given_posterior.nc"
_ATTRIBUTIONS = ("README.md", "LICENSE", "LICENCE")  # beside figures of others: whose they are
_BESIDE = ("evidence.toml", RECORD, OUTCOMES)


def refuse_altered(case: Case) -> None:
    """Refuse a case that is not what its folder says: the copy would not give its numbers.

    Raises:
        InputError: sources were left out, or statements were added.
    """
    help = (
        "Make the dossier of the case itself: put the statement into its model, or take the claims out of a copy of its ledger."
    )
    if case.removal.claims:
        raise InputError(
            Problem(case.name, 0, 0, "altered-case", "sources were left out of it, which its folder does not say.", help)
        )
    if case.tree.source.text != read_model(read_model_text(case.folder.model)).source.text:
        raise InputError(Problem(case.name, 0, 0, "altered-case", "its model is not the one of its folder any more.", help))


def given_posterior(case: Case) -> str:
    """How the run is told what to draw from: "" for what the folder itself says, `none` for the priors, else the name of the copy."""
    adopted = adopted_posterior(case.folder.folder)
    if case.posterior is None:
        return "none" if adopted is not None else ""
    return "" if adopted is not None and adopted.digest == case.posterior.digest else _POSTERIOR


def input_name(case: Case) -> str:
    """The case in the copy, as the command line names it."""
    model = case.folder.model
    if case.folder.edition:
        return f"{FOLDER}/{case.folder.case}/{EDITIONS}/{case.folder.edition}"
    return f"{FOLDER}/{case.name}" if model.name == "model.foedus" else f"{FOLDER}/{case.name}/{model.name}"


def rerun_line(case: Case, futures: int, seed: int, scenarios: tuple[str, ...], licence: str) -> str:
    """The command that makes the dossier again, run in its folder."""
    posterior = given_posterior(case)
    words = ["foedus", "dossier", input_name(case), "-o", "AGAIN", "--futures", str(futures), "--seed", str(seed)]
    words += [word for name in scenarios for word in ("--scenario", name)]
    if posterior:
        words += ["--posterior", posterior if posterior == "none" else f"{FOLDER}/{case.folder.case}/{posterior}"]
    return shlex.join([*words, "--licence", licence]).replace("AGAIN", '"$again"', 1)


def copy_inputs(case: Case, folder: Path) -> list[str]:
    """Copy what a case reads below `inputs`, as it lies in its folder.

    Returns:
        The places of the copies, seen from the dossier.
    """
    home = case.folder.home
    target = folder / FOLDER / case.folder.case
    found = [path for path in _read(case) if path.is_file()]
    made = [_copy(path, target / real_path(path).relative_to(real_path(home))) for path in dict.fromkeys(found)]
    day = case.tree.model.as_of.isoformat() if case.tree.model.as_of and not case.folder.edition else None
    place = ledger_place(home, case.folder.case, day)
    if place.has_store and (ledger := case_ledger(place)) is not None:
        write_ledger(ledger, target / TEXT_NAME)
        made.append(target / TEXT_NAME)
    elif case.folder.ledger is not None:
        made.append(_copy(case.folder.ledger, target / TEXT_NAME))
    if given_posterior(case) == _POSTERIOR and case.posterior is not None:
        made.append(_copy(Path(case.posterior.path), target / _POSTERIOR))
    return [path.relative_to(folder).as_posix() for path in made]


def _read(case: Case) -> list[Path]:
    """The files that are read, but the ledger."""
    home, own = case.folder.home, case.folder.folder
    tree = parse(read_model_text(case.folder.model))  # as it was written: the case's own has tables in place of files
    beside = [own / name for name in _BESIDE] if case.folder.model.name == "model.foedus" else []
    beside += [home / "evidence.toml", *([home / "model.foedus", own / CLAIMS] if case.folder.edition else [])]
    readme = [] if case.folder.readme is None else [case.folder.readme]
    data = [home / one.file for one in tree.all(t.Input)] + [series_path(case, one) for one in tree.all(t.Series) if one.file]
    found = adopted_posterior(own)
    adopted = [] if found is None else [own / ADOPTED, Path(found.path)]
    told = [path.with_name(name) for path in data for name in _ATTRIBUTIONS]
    return [*included_paths(case.folder.model), *readme, *beside, *data, *told, *adopted, *earlier_files(case)]


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return target
