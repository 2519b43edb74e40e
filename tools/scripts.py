"""Check the scripts of the pages: their types with `tsc`, how they are written with `eslint`.

python tools/scripts.py         installs what `package-lock.json` names, where it is not there yet, and checks

What foedus ships needs none of this. On a machine without Node.js, or where the tools cannot be installed, this says so and leaves the part
out; where `CI` is set that is an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKS = ("types", "lint")


def main() -> int:
    npm = shutil.which("npm")
    if npm is None:
        return left_out("Node.js with npm is not installed")
    if not is_installed():
        done = subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=ROOT, check=False)
        if done.returncode:
            return left_out("`npm ci` could not install them; it needs the network once")
    for check in CHECKS:
        done = subprocess.run([npm, "run", "--silent", check], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    sys.stdout.write("scripts: types and style are right\n")
    return 0


def is_installed() -> bool:
    """Are the tools there that the lock file names now? npm writes down what it has installed."""
    there, wanted = ROOT / "node_modules/.package-lock.json", ROOT / "package-lock.json"
    return there.is_file() and there.stat().st_mtime >= wanted.stat().st_mtime


def left_out(why: str) -> int:
    """Say loudly that the scripts were not checked; 1 where nothing may be left out."""
    line = "!" * 100
    sys.stderr.write(f"{line}\nSKIPPED: types and style of the scripts were NOT checked: {why}.\n{line}\n")
    return 1 if os.environ.get("CI", "").lower() in ("1", "true", "yes") else 0


if __name__ == "__main__":
    sys.exit(main())
