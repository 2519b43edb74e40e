"""Whether documents that Python writes are what the types of the scripts say."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import ROOT

OPTIONS = "--noEmit --strict --skipLibCheck --allowJs --allowImportingTsExtensions --module esnext --moduleResolution bundler"
LIBRARIES = "--target es2023 --lib es2024,dom,dom.iterable --types"


def complaints(folder: Path, documents: Iterable[tuple[str, str, Any]]) -> str:
    """What `tsc` says of documents against their types: fields that are missing, that no type names, or that are something else.

    Args:
        folder: to write into.
        documents: the file of types, the type, and a document.
    """
    tsc = ROOT / "node_modules/.bin/tsc"
    if shutil.which("node") is None or not tsc.exists():
        pytest.skip(
            "typescript is not installed (`make scripts`): what Python writes is not held against the types of the scripts"
        )
    lines = []
    for number, (file, name, document) in enumerate(documents):
        lines.append(f'import type {{ {name} as T{number} }} from "{ROOT / "src/foedus/screen" / file}";')
        lines.append(f"export const d{number}: T{number} = {json.dumps(document)};")
    path = folder / "documents.ts"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [str(tsc), *OPTIONS.split(), *LIBRARIES.split(), "", str(path)], capture_output=True, text=True, check=False, cwd=folder
    )
    return done.stdout + done.stderr
