"""Write the expected figures of every shipped case anew, and show what changed.

python tools/regold.py            all cases
python tools/regold.py pact       only these
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import foedus
from foedus.analysis import compare
from foedus.study.futures import run_futures

ROOT = Path(__file__).parent.parent
FUTURES, SEED = 500, 1


def shipped() -> list[Path]:
    """The folders of the cases that ship with the project, the benchmark's model among them."""
    return sorted(path.parent for pattern in ("cases/*/model.foedus", "benchmarks/*/model.foedus") for path in ROOT.glob(pattern))


def figures(folder: Path) -> dict[str, Any]:
    """What a case answers: the digest of all results, and the baseline's answers in four digits."""
    case = foedus.load(str(folder))
    futures = run_futures(case, FUTURES, SEED, trajectories=False)
    answers = {}
    for slot in futures.program.results:
        answer = next(iter(compare(futures, slot).values()))
        value = answer.probability if answer.probability is not None else answer.mean
        answers[slot.name] = None if value is None or value != value else float(f"{value:.4g}")
    return {"futures": FUTURES, "seed": SEED, "digest": futures.digest, "status": futures.status, "answers": answers}


def main(names: list[str]) -> None:
    for folder in shipped():
        if names and folder.name not in names:
            continue
        path, new = folder / "expected_answers.json", figures(folder)
        old = json.loads(path.read_text()) if path.is_file() else {"answers": {}}
        for name, value in new["answers"].items():
            before = old["answers"].get(name)
            if before != value:
                sys.stdout.write(f"{folder.name} {name}: {before} -> {value}\n")
        if old.get("digest") != new["digest"]:
            sys.stdout.write(f"{folder.name}: digest {str(old.get('digest'))[:12]} -> {new['digest'][:12]}\n")
        path.write_text(json.dumps(new, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
