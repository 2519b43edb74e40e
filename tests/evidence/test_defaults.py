"""The numbers behind pooling: one documented table, and a case's own in place of some, each with its reason."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from claim_records import MODEL

import foedus
from foedus.errors import EvidenceError
from foedus.evidence import DEFAULTS, belief_curve, pool, read_defaults
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures

ROOT = Path(__file__).parents[2]


def generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location("evidence_doc", ROOT / "tools/evidence_doc.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_page_of_defaults_is_what_the_table_says() -> None:
    page = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    assert page == generator().document(page)


def test_the_page_names_every_default_with_its_reason() -> None:
    page = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    for table in ("kernels", "letters", "digits", "hedges", "settings"):
        for name, row in getattr(DEFAULTS, table).items():
            assert f"| `{name}` |" in page and row.because.strip() and f"| {row.because} |" in page, name


def test_the_page_notices_a_default_that_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    module = generator()
    page = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    letters = {**DEFAULTS.letters, "B": replace(DEFAULTS.letters["B"], value=0.5)}
    monkeypatch.setattr(module, "DEFAULTS", replace(DEFAULTS, letters=letters))
    assert page != module.document(page)


def written(folder: Path, text: str) -> Path:
    path = folder / "evidence.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_changes_what_it_names_and_nothing_else(tmp_path: Path, make: Any) -> None:
    defaults = read_defaults(
        written(
            tmp_path,
            '[kernels.up_to]\nlow = 0.3\nbecause = "far off"\n[settings.broad_factor]\nvalue = 5\nbecause = "wide"\n',
        )
    )
    assert defaults.kernels["up_to"].low == 0.3 and defaults.kernels["up_to"].high == DEFAULTS.kernels["up_to"].high
    assert defaults.kernels["up_to"].bound == "upper"
    assert defaults.letters == DEFAULTS.letters and defaults.hedges == DEFAULTS.hedges
    assert [(one.table, one.name, one.because) for one in defaults.overrides] == [
        ("kernels", "up_to", "far off"),
        ("settings", "broad_factor", "wide"),
    ]
    assert defaults.overrides[0].before["low"] == 0.6 and defaults.overrides[0].after["low"] == 0.3
    assert defaults.digest != DEFAULTS.digest
    ends = np.array([0.05, 0.95])
    narrow, wide = (pool([make(1000, qualifier="up_to")], defaults=one).distribution for one in (DEFAULTS, defaults))
    assert wide.quantile(ends)[0] < narrow.quantile(ends)[0] and wide.quantile(ends)[1] > narrow.quantile(ends)[1]


def test_every_table_can_be_overridden_and_is_used(tmp_path: Path, make: Any) -> None:
    text = """
[letters.B]
value = 0.75
because = "x"
[digits.2]
value = 0.75
because = "x"
[hedges.asserted]
weight = 0.5
because = "x"
[settings.prior_log_odds]
value = 0
because = "x"
"""
    defaults = read_defaults(written(tmp_path, text))
    assert defaults.quality("B2", "asserted") == pytest.approx(0.25)
    assert pool([make(1000)], defaults=defaults).broad_weight == pytest.approx(0.75, rel=1e-4)
    assert belief_curve([], defaults=defaults).probability == 0.5


def test_without_a_change_the_digest_is_that_of_the_defaults(tmp_path: Path) -> None:
    same = read_defaults(written(tmp_path, '[letters.B]\nvalue = 0.95\nbecause = "confirmed"\n'))
    assert same.digest == DEFAULTS.digest and len(same.overrides) == 1


WRONG = {
    "an unknown table": ("[kernel.eq]\nlow = 1\n", "unknown-table", 1, "kernels"),
    "an unknown row": ('\n[kernels.upto]\nlow = 1\nbecause = "x"\n', "unknown-default", 2, "up_to"),
    "an unknown key": ('[hedges.possible]\nwieght = 0.3\nbecause = "x"\n', "unknown-key", 2, "weight"),
    "no reason": ("[letters.B]\nvalue = 0.9\n", "no-because", 1, "because"),
    "an empty reason": ('[letters.B]\nvalue = 0.9\nbecause = " "\n', "no-because", 3, ""),
    "a word for a number": ('[letters.B]\nvalue = "high"\nbecause = "x"\n', "wrong-type", 2, "high"),
    "a truth value for a number": ('[letters.B]\nvalue = true\nbecause = "x"\n', "wrong-type", 2, ""),
    "a chance above one": ('[letters.B]\nvalue = 1.2\nbecause = "x"\n', "out-of-range", 1, ""),
    "ends in the wrong order": ('[kernels.eq]\nlow = 1.1\nhigh = 0.9\nbecause = "x"\n', "out-of-range", 1, ""),
    "a kernel below zero": ('[kernels.eq]\nlow = -1\nbecause = "x"\n', "out-of-range", 1, ""),
    "a weight of one": ('[hedges.certain]\nweight = 1\nbecause = "x"\n', "out-of-range", 1, ""),
    "a factor below one": ('[settings.broad_factor]\nvalue = 0.5\nbecause = "x"\n', "out-of-range", 1, ""),
    "not a number": ('[settings.broad_factor]\nvalue = nan\nbecause = "x"\n', "wrong-type", 2, ""),
    "a bound of its own": ('[kernels.eq]\nbound = "side"\nbecause = "x"\n', "wrong-type", 2, "side"),
    "a row that is no table": ("[letters]\nB = 0.9\n", "wrong-type", 2, "[letters.B]"),
    "a table that is no table": ("letters = 3\n", "wrong-type", 1, "letters"),
    "no TOML": ("[letters.B\n", "not-toml", 1, "toml"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_is_wrong_is_said_with_its_line(name: str, tmp_path: Path) -> None:
    text, code, line, hint = WRONG[name]
    with pytest.raises(EvidenceError) as caught:
        read_defaults(written(tmp_path, text))
    problem = caught.value.problems[0]
    assert (problem.code, problem.line) == (code, line), caught.value
    assert hint in problem.help and problem.file.endswith("evidence.toml")


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as caught:
        read_defaults(
            written(tmp_path, "".join(text for text, code, *_ in WRONG.values() if code == "unknown-table" or "[hedges" in text))
        )
    assert [problem.code for problem in caught.value.problems] == ["unknown-table", "unknown-key", "out-of-range"]


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "evidence.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EvidenceError):
        read_defaults(path)


def small_case(folder: Path, claims: Any, overrides: str = "") -> Any:
    """A case of one stock that rests on a group of claims."""
    from foedus.evidence import write_ledger

    (folder / "model.foedus").write_text(MODEL, encoding="utf-8")
    write_ledger(claims, folder / "ledger.jsonl")
    if overrides:
        written(folder, overrides)
    return foedus.load(str(folder))


def test_a_case_runs_on_its_own_numbers(tmp_path: Path, make: Any) -> None:
    claims = [make(1000, qualifier="about", grade="A1")]
    plain = small_case(tmp_path, claims)
    own = small_case(tmp_path, claims, '[kernels.about]\nlow = 0.2\nhigh = 5\nbecause = "a test"\n')

    def spread(case: Any) -> float:
        values = run_futures(case, 200, 1, trajectories=False).values("how_many")
        return float(np.quantile(values, 0.9) / np.quantile(values, 0.1))

    assert spread(plain) < 1.5 < 3 < spread(own)
    finding = make_finding(own, run_futures(own, 50, 1))
    assert finding.assumptions[0].high / finding.assumptions[0].low > 10  # the report, the trace and the page show the same prior
    assert finding.manifest.digests["evidence"] != make_finding(plain, run_futures(plain, 50, 1)).manifest.digests["evidence"]


def test_a_wrong_file_stops_the_case(tmp_path: Path, make: Any) -> None:
    with pytest.raises(EvidenceError):
        small_case(tmp_path, [make(1000)], "[nothing]\n")


def test_a_better_grade_weighs_more_and_none_is_certain() -> None:
    from foedus.evidence.defaults import DIGITS, LETTERS

    for table, ranked in ((LETTERS, "ABCDE"), (DIGITS, "12345")):
        values = [table[grade].value for grade in ranked]
        assert values == sorted(values, reverse=True) and values[-1] > 0 and values[0] < 1
    assert LETTERS["F"].value == DIGITS["6"].value == 0.5, "nothing is known, so nothing is carried"
