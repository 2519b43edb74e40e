"""Measure foedus in one run, as ratios: `python benchmarks/run.py [--quick] [--only WORD] [--json FILE]`."""

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import rows_agreement  # noqa: E402 - after the path is set
import rows_scale  # noqa: E402
import rows_speed  # noqa: E402
import subject  # noqa: E402
from table import print_table, skipped  # noqa: E402

MEASURES = {
    "agreement": (rows_agreement.deterministic, rows_agreement.statistical),
    "engines": (rows_speed.against_hand_written,),
    "peers": (rows_speed.against_peers,),
    "threads": (rows_speed.two_threads,),
    "futures": (rows_scale.number_of_futures,),
    "memory": (rows_scale.memory,),
    "size": (rows_scale.model_size,),
    "first": (rows_scale.first_answer,),
    "flagship": (rows_scale.flagship,),
}


@dataclass(frozen=True)
class Setup:
    """What the measures share: the case (None if foedus cannot load it), a folder for builds, sizes.

    A call of foedus compiles or finds what it compiled before; `many_futures` make that small beside it.
    """

    case: object
    folder: str
    is_quick: bool
    futures: int
    many_futures: int
    repetitions: int


def measure(setup, names):
    """All rows, one measure after the other; a measure that fails says why and stops nothing."""
    rows = []
    for name in names:
        for function in MEASURES[name]:
            print(f"… {name}: {function.__doc__.splitlines()[0]}", file=sys.stderr)
            if setup.case is None and name != "agreement":
                rows.append(skipped(name, "foedus cannot load the model"))
                continue
            try:
                rows += function(setup)
            except Exception as error:  # a broken peer must not cost the other figures
                rows.append(skipped(name, f"{type(error).__name__}: {error}"))
    return rows


def load_case():
    """The benchmark case, or None with the reason on standard error."""
    try:
        return subject.load()
    except Exception as error:
        print(f"foedus is left out: {type(error).__name__}: {error}", file=sys.stderr)
        return None


def machine():
    """What the figures depend on."""
    load, python = os.getloadavg()[0], platform.python_version()
    return f"{platform.machine()}, {os.cpu_count()} cores, load {load:.2f}, Python {python}"


def main():
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer futures and repetitions")
    parser.add_argument("--only", choices=MEASURES, action="append", help="only this measure (may be repeated)")
    parser.add_argument("--json", metavar="FILE", help="also write the rows to a file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FOEDUS_CACHE"] = str(Path(folder) / "cache")  # nothing compiled earlier counts
        futures, many, repetitions = (8_192, 32_768, 3) if options.quick else (16_384, 65_536, 7)
        setup = Setup(load_case(), folder, options.quick, futures, many, repetitions)
        where = machine()
        rows = measure(setup, options.only or list(MEASURES))
    print(where)
    print_table(rows)
    if options.json:
        written = [asdict(row) | {"verdict": row.verdict} for row in rows]
        Path(options.json).write_text(json.dumps({"machine": where, "rows": written}, indent=1) + "\n")


if __name__ == "__main__":
    main()
