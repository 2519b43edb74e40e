"""Why an answer varies: known decompositions come out, the parts add up, what hangs together is one cause."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from foedus import why
from foedus.analysis.indices import closed_index, total_index
from foedus.analysis.variance import Why
from foedus.case import Case, load
from foedus.cli.main import foedus
from foedus.study.futures import run_futures

HEAD = "model m for 4 weeks step 1 week\nstock x : 1 = 0 signed\n"


def case_of(folder: Path, text: str) -> Case:
    path = folder / "m.foedus"
    path.write_text(HEAD + text)
    return load(str(path))


def total_of(found: Why, name: str) -> tuple[float, float]:
    cause = next(cause for cause in found.causes if name in cause.parameters)
    return cause.first.value, cause.total.value


def test_ishigami(tmp_path: Path) -> None:
    """Ishigami & Homma 1990, a = 7, b = 0.1: first 0.314, 0.442, 0; total 0.558, 0.442, 0.244."""
    text = "".join(f'param {name} : 1 ~ uniform(-3.14159265, 3.14159265) because "x"\n' for name in "abc")
    case = case_of(tmp_path, text + "question q at the end value sin(a) + 7 * sin(b) ^ 2 + 0.1 * c ^ 4 * sin(a)\n")
    found = why(case, "q", futures=8000, seed=1)
    expected = {"a": (0.314, 0.558), "b": (0.442, 0.442), "c": (0.0, 0.244)}
    for name, (first, total) in expected.items():
        assert total_of(found, name) == (pytest.approx(first, abs=0.045), pytest.approx(total, abs=0.03))
    assert found.luck == pytest.approx(0, abs=0.04) and found.parameters == pytest.approx(1, abs=0.04)


def test_sobol_g(tmp_path: Path) -> None:
    """Sobol' g with a = 0, 1, 4.5, 9: first 0.688, 0.172, 0.023, 0.007 of the variance in closed form."""
    weights = (0.0, 1.0, 4.5, 9.0)
    parts = [1 / (3 * (1 + a) ** 2) for a in weights]
    variance = math.prod(1 + part for part in parts) - 1
    text = "".join(f'param p{index} : 1 ~ uniform(0, 1) because "x"\n' for index in range(4))
    product = " * ".join(f"((abs(4 * p{index} - 2) + {a}) / {1 + a})" for index, a in enumerate(weights))
    found = why(case_of(tmp_path, text + f"question q at the end value {product}\n"), "q", futures=8000)
    for index, part in enumerate(parts):
        rest = math.prod(1 + other for place, other in enumerate(parts) if place != index)
        first, total = total_of(found, f"p{index}")
        assert first == pytest.approx(part / variance, abs=0.05) and total == pytest.approx(part * rest / variance, abs=0.03)


def test_evidence_assumptions_and_luck_of_a_linear_answer_add_up(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    claim = {
        "id": "A1",
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": {"canonical": "s", "type": "official", "mode": "direct"},
        "hedge": {"class": "asserted"},
        "group": "g",
        "paraphrase": "p",
        "origin": "s",
        "grade": "A1",
        "graded_because": "g",
        "published": "2024-01-01",
        "status": "accepted",
        "quantity": {"kind": "numeric", "qualifier": "about", "value": 100, "unit": "1"},
    }
    (folder / "ledger.jsonl").write_text(json.dumps(claim) + "\n")
    (folder / "model.foedus").write_text(
        'model m as of 2024-02-01 for 4 weeks step 1 week\nstock x : 1 = 0 signed\nparam told : 1 ~ claims "g"\n'
        'param guess : 1 ~ normal(0, 10) because "judgement"\nnoise wobble : 1 ~ normal(0, 10) every week\nquestion q at the end value told + guess + wobble\n'
    )
    found = why(load(str(folder)), "q", futures=6000)
    told = load(str(folder)).pools.laws["told"].quantile((np.arange(20_000) + 0.5) / 20_000).var()
    noise = run_futures(load(str(folder)), 6000, 5).values("q").var() - told - 100
    whole = told + 100 + noise
    assert found.evidence + found.parameters + found.luck + found.structure == pytest.approx(1, abs=1e-9)
    for part, share in (("evidence", told / whole), ("parameters", 100 / whole), ("luck", noise / whole)):
        assert getattr(found, part) == pytest.approx(share, abs=4 * found.errors[part] + 0.01)
    assert {cause.rests_on for cause in found.causes} == {"claims", "assumed"}


def test_parameters_that_hang_together_are_one_cause(tmp_path: Path) -> None:
    text = (
        'param a : 1 ~ normal(0, 1) because "x"\nparam b : 1 ~ normal(0, 1) because "x"\nparam c : 1 ~ normal(0, 1) because "x"\n'
    )
    found = why(case_of(tmp_path, text + "correlate a with b at 0.8\nquestion q at the end value a + b + c\n"), "q", futures=6000)
    together = next(cause for cause in found.causes if len(cause.parameters) == 2)
    assert together.parameters == ("a", "b")
    assert together.first.value == pytest.approx(3.6 / 4.6, abs=0.04) and together.total.value == pytest.approx(
        3.6 / 4.6, abs=0.03
    )


def test_what_a_straight_line_does_not_see_is_found(tmp_path: Path) -> None:
    text = (
        "".join(f'param d{index} : 1 ~ normal(0, 1) because "x"\n' for index in range(20))
        + 'param bowl : 1 ~ normal(0, 1) because "x"\n'
    )
    found = why(case_of(tmp_path, text + "question q at the end value bowl ^ 2 + d0\n"), "q", futures=3000, causes=4)
    assert total_of(found, "bowl")[1] == pytest.approx(2 / 3, abs=0.06)


def test_rival_structures_have_their_share(tmp_path: Path) -> None:
    text = (
        'param a : 1 ~ normal(0, 1) because "x"\nlet shift : 1 = 0\nvariant other weight 50 % { shift = 4 } because "judgement"\n'
    )
    found = why(case_of(tmp_path, text + "question q at the end value a + shift\n"), "q", futures=3000)
    assert found.structure == pytest.approx(4 / 5, abs=0.02)
    assert found.evidence + found.parameters + found.luck + found.structure == pytest.approx(1, abs=1e-12)


def test_errors_are_those_of_the_indices() -> None:
    rng = np.random.default_rng(0)
    closed, total = [], []
    for _ in range(200):
        shared, one, other = rng.standard_normal((3, 800))
        closed.append(closed_index(shared + one, shared + other))
        total.append(total_index(shared + one, shared + other))
    for found, right in ((closed, 0.5), (total, 0.5)):
        values, errors = np.array([one.value for one in found]), np.array([one.error for one in found])
        assert abs(values.mean() - right) < 4 * values.std() / 200**0.5 + 0.002
        assert 0.85 < errors.mean() / values.std() < 1.2


def test_a_question_of_a_part_of_the_futures_says_so(tmp_path: Path) -> None:
    text = 'param a : 1 ~ normal(0, 1) because "x"\nparam b : 1 ~ normal(0, 1) because "x"\nquestion q at the end value a given b > 0\n'
    found = why(case_of(tmp_path, text), "q", futures=2000)
    assert found.share == pytest.approx(0.5, abs=0.05) and found.parameters > 0.9


def test_the_command_prints_a_sentence_a_table_and_json(tmp_path: Path) -> None:
    case_of(tmp_path, 'param a : 1 ~ normal(0, 1) because "x" "The slope"\nquestion q at the end value a\n')
    arguments = ["why", str(tmp_path / "m.foedus"), "q", "-n", "300"]
    shown = CliRunner().invoke(foedus, arguments)
    assert shown.exit_code == 0 and max(map(len, shown.output.splitlines())) <= 80
    assert "Of the variance of “q”" in shown.output
    document = json.loads(CliRunner().invoke(foedus, [*arguments, "--json"]).output)
    assert sum(document["shares"].values()) == pytest.approx(1, abs=1e-9) and set(document["shares"]) == {
        "evidence",
        "parameters",
        "luck",
        "structure",
    }
    assert document["effects"][0]["parameter"] == "a" and document["effects"][0]["total"] == pytest.approx(1, abs=0.1)
    assert CliRunner().invoke(foedus, ["why", str(tmp_path / "m.foedus"), "nothing"]).exit_code != 0
