"""The description of a dossier for programs: RO-Crate 1.1 (JSON-LD), with the actions that made which files from which (PROV).

Written here, not with a library: it is one document of a few kinds of things, the same bytes every time, and needs no client for a network.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.bundle.facts import Facts
from foedus.bundle.inputs import FOLDER
from foedus.show.anchors import safe_url

__all__ = ["CRATE", "MadeFile", "crate_text", "listed_files"]

CRATE = "ro-crate-metadata.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_CONTEXT = [f"{_PROFILE}/context", {"prov": "http://www.w3.org/ns/prov#", "sha256": "https://schema.org/sha256"}]
_MARK = "foedus dossier 1"
_TYPES = {
    ".csv": "text/csv",
    ".foedus": "text/plain",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".nc": "application/x-netcdf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sh": "text/x-shellscript",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain",
}
_STEPS = (
    ("#run", "The futures are run, and the answers counted", ("data/",)),
    ("#draw", "The charts are drawn, and their numbers written beside them", ("charts/",)),
    ("#write", "The pages are written", ("index.html", "questions/", "report.pdf", "README.txt", "rerun.sh")),
)


@dataclass(frozen=True)
class MadeFile:
    """A file of the dossier: its place below the folder, the digest of its bytes, how many they are."""

    path: str
    sha256: str
    size: int


def crate_text(facts: Facts, files: Sequence[MadeFile]) -> str:
    """The document.

    Args:
        files: everything in the folder but the document itself.
    """
    about = [_descriptor(), _root(facts, files), _licensed(facts), *_software(facts), *_settings(facts)]
    graph = [*about, *_actions(facts, files), *map(_file, files)]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False) + "\n"


def listed_files(folder: Path) -> dict[str, str] | None:
    """Of a dossier in a folder, its files with their digests; None where it is none."""
    try:
        graph = json.loads((folder / CRATE).read_text(encoding="utf-8"))["@graph"]
        things = {thing["@id"]: thing for thing in graph}
        if things["./"]["identifier"] != _MARK:
            return None
        return {name: thing["sha256"] for name, thing in things.items() if thing["@type"] == "File"}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _link(name: str) -> dict[str, str]:
    return {"@id": name}


def _descriptor() -> dict[str, Any]:
    return {"@id": CRATE, "@type": "CreativeWork", "conformsTo": _link(_PROFILE), "about": _link("./")}


def _root(facts: Facts, files: Sequence[MadeFile]) -> dict[str, Any]:
    finding = facts.finding
    told = f"Answers of the case {finding.case} with their doubt, the claims behind them, and all that is needed to derive them again."
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": _MARK,
        "name": finding.title,
        "description": told,
        "datePublished": finding.made_on,
        **({"temporalCoverage": f"{finding.as_of}/.."} if finding.as_of else {}),
        "license": _link(_licence(facts)),
        "creditText": facts.cite,
        "hasPart": [_link(one.path) for one in files],
        "mentions": [_link(name) for name, _, _ in _STEPS],
    }


def _licence(facts: Facts) -> str:
    """The id of the licence: its address where it is one."""
    return facts.licence if safe_url(facts.licence) else "#licence"


def _licensed(facts: Facts) -> dict[str, Any]:
    return {"@id": _licence(facts), "@type": "CreativeWork", "name": facts.licence}


def _software(facts: Facts) -> list[dict[str, Any]]:
    """The programs that made it, with their versions."""
    versions = facts.finding.manifest.versions
    return [
        {"@id": f"#{name}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}
        for name, version in versions.items()
        if name != "machine"
    ]


def _settings(facts: Facts) -> list[dict[str, Any]]:
    """Seed, futures, design, the machine, and the digests of what went in and came out."""
    manifest = facts.finding.manifest
    told = {
        "seed": manifest.seed,
        "futures": manifest.futures,
        "design": manifest.design,
        "machine": manifest.versions.get("machine", ""),
        **{f"digest of {name}": value for name, value in manifest.digests.items()},
    }
    return [{"@id": _setting(name), "@type": "PropertyValue", "name": name, "value": value} for name, value in told.items()]


def _setting(name: str) -> str:
    return f"#{name.replace(' ', '-')}"


def _actions(facts: Facts, files: Sequence[MadeFile]) -> list[dict[str, Any]]:
    """What made which files from which, in the terms of schema.org and of PROV."""
    used = [_link(one.path) for one in files if one.path.startswith(f"{FOLDER}/")]
    settings = [_link(str(one["@id"])) for one in _settings(facts)]
    software = [_link(str(one["@id"])) for one in _software(facts)]
    return [
        {
            "@id": name,
            "@type": ["CreateAction", "prov:Activity"],
            "name": told,
            "description": facts.command,
            "endTime": facts.finding.made_on,
            "instrument": software,
            "object": [*used, *settings],
            "result": [_link(one.path) for one in files if _maker(one.path) == name],
            "prov:used": [*used, *settings],
        }
        for name, told, _ in _STEPS
    ]


def _maker(path: str) -> str:
    """The action that made a file; "" for what it was made from."""
    return next((name for name, _, places in _STEPS if any(path.startswith(place) for place in places)), "")


def _file(one: MadeFile) -> dict[str, Any]:
    suffix = Path(one.path).suffix
    kind = _TYPES.get(suffix, "application/octet-stream")
    made = {"prov:wasGeneratedBy": _link(_maker(one.path))} if _maker(one.path) else {}
    return {
        "@id": one.path,
        "@type": "File",
        "name": Path(one.path).name,
        "encodingFormat": kind,
        "contentSize": str(one.size),
        "sha256": one.sha256,
        **made,
    }
