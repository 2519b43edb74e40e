"""A register of forecasts: what was said, when, and what came of it, in a folder that shows whether anything in it was changed.

`register.jsonl` has a line for each thing that was laid down: a frozen forecast, a stamp of somebody else's clock on it, a rival's
forecast, a file of outcomes. Each line names the digest of the line before it and of the file that it stands for, so that nothing can be
put in between, taken out or altered without being seen; only lines at the end can be dropped. The files lie beside it, named by digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import InputError, Problem, suggestion
from foedus.files import write_bytes, write_text
from foedus.history.digests import canonical
from foedus.history.freeze import read_frozen
from foedus.history.hub import read_rival, rival_days
from foedus.history.outcomes import Outcome, read_outcomes
from foedus.making import made_on
from foedus.wording import counted

__all__ = [
    "Register",
    "RegisterEntry",
    "add_forecast",
    "add_outcomes",
    "add_rival",
    "laid_down",
    "read_register",
    "stamped_bytes",
    "the_case",
]

FILE = "register.jsonl"
_FOLDERS = {"forecast": "forecasts", "outcomes": "outcomes", "rival": "rivals", "stamp": "stamps"}


@dataclass(frozen=True)
class RegisterEntry:
    """One line of a register.

    Attributes:
        kind: "forecast", "stamp", "rival" or "outcomes".
        day: on which it was laid down, as the machine told it.
        sha256: of its file; `file` is where that lies in the register's folder.
        told: what else the line says of it.
        digest: of the line itself, which the next one names.
    """

    kind: str
    day: str
    sha256: str
    file: str
    told: dict[str, Any]
    digest: str

    @property
    def case(self) -> str:
        """The case that it is about, without the day of an edition."""
        return str(self.told.get("case", "")).partition("@")[0]


@dataclass(frozen=True)
class Register:
    """A register as it stands.

    Attributes:
        folder: where it is.
        entries: in the order in which they were laid down.
    """

    folder: Path
    entries: tuple[RegisterEntry, ...]

    def of(self, kind: str, case: str = "") -> tuple[RegisterEntry, ...]:
        """The entries of a kind, of one case if it is named."""
        return tuple(one for one in self.entries if one.kind == kind and case in ("", one.case))

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases of which there is a forecast."""
        return tuple(dict.fromkeys(one.case for one in self.of("forecast")))

    def forecast(self, entry: RegisterEntry) -> dict[str, Any]:
        """The frozen forecast of an entry."""
        return read_frozen(self.folder / entry.file)

    def named(self, wanted: str) -> RegisterEntry:
        """The forecast whose digest begins so, or whose case and day it is (`pact@2024-06-20`).

        Raises:
            InputError: there is none, or more than one.
        """
        forecasts = self.of("forecast")
        found = [one for one in forecasts if one.told["digest"].startswith(wanted) or wanted in (one.told["case"], _edition(one))]
        if len(found) == 1:
            return found[0]
        shown = ", ".join(f"{_edition(one)} ({one.told['digest'][:12]})" for one in found or forecasts) or "none"
        code, message = (
            ("ambiguous-forecast", f"`{wanted}` names {counted(len(found), 'forecast')}.")
            if found
            else ("unknown-forecast", f"the register has no forecast `{wanted}`.")
        )
        raise InputError(Problem(str(self.folder / FILE), 0, 0, code, message, f"Name the start of a digest: {shown}."))

    def outcomes(self, case: str) -> tuple[Outcome, ...]:
        """What came of the questions of a case; where two files tell of one question the later one holds."""
        found: dict[str, Outcome] = {}
        for entry in self.of("outcomes", case):
            for outcome in read_outcomes(self.folder / entry.file, self.questions(case)):
                found[outcome.question] = outcome
        return tuple(found.values())

    def questions(self, case: str) -> tuple[str, ...]:
        """Every question that some forecast of a case answers."""
        return tuple(dict.fromkeys(name for entry in self.of("forecast", case) for name in self.forecast(entry)["questions"]))


def _edition(entry: RegisterEntry) -> str:
    return f"{entry.case}@{entry.told.get('as_of')}"


def read_register(folder: str | Path) -> Register:
    """A register, every line and file of which is what it was when it was laid down.

    Raises:
        InputError: it cannot be read, or something in it was changed, put in or taken out; everything that is wrong at once.
    """
    folder = Path(folder)
    path = folder / FILE
    if not path.is_file():
        help = "Lay down a first forecast with `foedus register add FORECAST`, or name the folder with `--in`."
        raise InputError(Problem(str(path), 0, 0, "no-register", "there is no register here.", help))
    entries, problems, before = [], [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry, follows = _entry(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            problems.append(_changed(path, number, "the line is none of a register."))
            break
        if follows != before or entry.digest != _line_digest(json.loads(line)):
            problems.append(_changed(path, number, "the line, or one before it, was changed, put in or taken out."))
            break
        problems += _file_problems(folder, entry)
        entries.append(entry)
        before = entry.digest
    if problems:
        raise InputError(problems)
    return Register(folder, tuple(entries))


def _entry(line: dict[str, Any]) -> tuple[RegisterEntry, str]:
    told = dict(line)
    kind, day, sha256, file, before, digest = (str(told.pop(key)) for key in ("entry", "day", "sha256", "file", "before", "line"))
    if kind not in _FOLDERS:
        raise ValueError(kind)
    return RegisterEntry(kind, day, sha256, file, told, digest), before


def _line_digest(line: Mapping[str, Any]) -> str:
    """SHA-256 over a line but for this digest itself."""
    rest = {key: value for key, value in line.items() if key != "line"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _file_problems(folder: Path, entry: RegisterEntry) -> Iterator[Problem]:
    path = folder / entry.file
    if not path.is_file():
        yield Problem(str(path), 0, 0, "register-changed", "the file is gone.", "Put it back as it was laid down.")
    elif hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256:
        yield Problem(str(path), 0, 0, "register-changed", "the file was changed.", "Put it back as it was laid down.")


def _changed(path: Path, number: int, message: str) -> Problem:
    return Problem(str(path), number, 1, "register-changed", message, "Take the register as it was, from where it was published.")


def laid_down(folder: str | Path, kind: str, raw: bytes, suffix: str, told: Mapping[str, Any], name: str = "") -> RegisterEntry:
    """Put a file into a register, as a new line at its end; the register is made if there is none.

    Args:
        kind: of the entry; raw: the file; suffix: of its name; name: without it, "" for the start of the file's own digest.
        told: what the line says of it.
    Raises:
        InputError: the register was changed, it has this very file already, or it cannot be written.
    """
    folder = Path(folder)
    path = folder / FILE
    entries = read_register(folder).entries if path.exists() else ()
    sha256 = hashlib.sha256(raw).hexdigest()
    for number, one in enumerate(entries, 1):
        if one.kind == kind and one.sha256 == sha256 and one.told == dict(told):
            message = f"the register has this already, in line {number}."
            raise InputError(Problem(str(path), number, 1, "registered", message, "Leave it as it is."))
    line: dict[str, Any] = {
        "entry": kind,
        "day": made_on(),
        "file": f"{_FOLDERS[kind]}/{name or sha256[:16]}{suffix}",
        "sha256": sha256,
        **told,
        "before": entries[-1].digest if entries else "",
    }
    line["line"] = _line_digest(line)
    try:
        (folder / _FOLDERS[kind]).mkdir(parents=True, exist_ok=True)
        write_bytes(raw, folder / line["file"])
    except OSError as error:
        message = f"the register cannot be written: {error.strerror or error}."
        raise InputError(Problem(str(folder), 0, 0, "cannot-write", message, "Choose another place with `--in`.")) from None
    text = path.read_text(encoding="utf-8") if entries else ""
    write_text(
        path, text + json.dumps(line, ensure_ascii=False) + "\n", "the register"
    )  # the line last: a file without one is none
    return _entry(line)[0]


def add_forecast(folder: str | Path, path: str | Path) -> RegisterEntry:
    """Lay down a frozen forecast.

    Raises:
        InputError: it cannot be read or was changed, the register has it already, or was changed itself.
    """
    frozen = read_frozen(path)
    told = {key: frozen.get(key) for key in ("case", "as_of", "made_on", "digest")}
    generated = sum(bool(one.get("generated")) for one in frozen["questions"].values())
    counts = {"questions": len(frozen["questions"]) - generated, "short": generated}
    register = read_register(folder) if (Path(folder) / FILE).exists() else None
    for one in register.of("forecast") if register else ():
        if one.told["digest"] == frozen["digest"]:
            message = f"the register has this forecast already, as {one.file}."
            raise InputError(Problem(str(path), 0, 0, "registered", message, "Leave it as it is."))
    return laid_down(folder, "forecast", Path(path).read_bytes(), ".json", {**told, **counts}, frozen["digest"][:16])


def add_outcomes(folder: str | Path, path: str | Path, case: str = "") -> tuple[RegisterEntry, int]:
    """Lay down a file of outcomes.

    Args:
        case: whose questions it tells of; "" where the register has forecasts of one case alone.
    Returns:
        The entry, and how many of the outcomes replace one that was told before.
    Raises:
        InputError: the file is wrong, tells of a question that no forecast answers, or it is not said of which case.
    """
    register = read_register(folder)
    case = the_case(register, case)
    found = read_outcomes(path, register.questions(case))
    before = {one.question: one.value for one in register.outcomes(case)}
    replaced = sum(one.question in before and before[one.question] != one.value for one in found)
    told = {"case": case, "count": len(found), "replaces": replaced}
    return laid_down(folder, "outcomes", Path(path).read_bytes(), ".json", told), replaced


def add_rival(folder: str | Path, path: str | Path, team: str, case: str = "") -> RegisterEntry:
    """Lay down somebody else's forecast of the same questions, as a table of model output.

    Args:
        team: whose it is.
        case: which it is about; "" where the register has forecasts of one case alone.
    Raises:
        InputError: the table is wrong, or there is no forecast of the case of that day to set it beside.
    """
    register = read_register(folder)
    case, path = the_case(register, case), Path(path)
    known = {str(one.told["as_of"]): one for one in register.of("forecast", case)}
    days = rival_days(path)
    if len(days) != 1 or days[0] not in known:
        message = f"the table speaks of {', '.join(days) or 'no day'}; there are forecasts of {', '.join(known)}."
        raise InputError(
            Problem(str(path), 0, 0, "no-counterpart", message, "A rival is set beside the forecast of the same day.")
        )
    count = len(read_rival(path, register.forecast(known[days[0]])))
    told = {"case": case, "team": team, "as_of": days[0], "count": count}
    return laid_down(folder, "rival", path.read_bytes(), path.suffix, told)


def the_case(register: Register, case: str) -> str:
    """The case that is meant: the one named, or the only one.

    Raises:
        InputError: there is no such case, or there are several and none is named.
    """
    wanted, known = case.partition("@")[0], register.cases
    if wanted in known or (not wanted and len(known) == 1):
        return wanted or known[0]
    message = f"the register has no forecast of `{wanted}`." if wanted else f"the register has forecasts of {len(known)} cases."
    help = suggestion(wanted, known) if wanted else ""
    raise InputError(
        Problem(
            str(register.folder / FILE), 0, 0, "unknown-case", message, help or f"Name one with `--case`: {', '.join(known)}."
        )
    )


def stamped_bytes(frozen: Mapping[str, Any]) -> bytes:
    """What a stamp is put on: the canonical spelling of a forecast, whose SHA-256 is its digest."""
    return canonical(dict(frozen))
