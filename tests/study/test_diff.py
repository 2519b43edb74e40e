"""What changed between two versions of a case: found where it was made, and nothing else; what did not change has the same luck."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console
from tests.study.ledgers import about, said_by
from tests.study.ledgers import claim as record

from foedus import diff
from foedus.analysis.changes import Diff
from foedus.case import Case, load
from foedus.cli.main import foedus
from foedus.show.diff import answers_table
from foedus.show.words import error_points, percent

MODEL = """model m "M" as of 2024-10-25 for 10 weeks step 1 week
unit person
param troops : person ~ claims "troops"
param part : 1 ~ 0.2 to 0.4 because "judgement"
noise wobble : 1 ~ normal(0, 0.05) every week
let hurt : person = troops * (part + wobble)
question hurt_end "How many are hurt?" at the end value hurt called "the wounded"
question many "More than 400?" at the end true when hurt > 400 person
question luck "Luck?" at the end value wobble
"""


def claim(name: str, value: float, **more: Any) -> dict[str, Any]:
    own = {"group": "troops", "paraphrase": f"There are {value:g}.", "quantity": about(value)}
    return record(name, value, **{**said_by(name), **own, **more})


def case_of(folder: Path, model: str, *claims: dict[str, Any]) -> Case:
    folder.mkdir(exist_ok=True)
    (folder / "model.foedus").write_text(model)
    (folder / "ledger.jsonl").write_text("".join(json.dumps(one) + "\n" for one in claims))
    return load(str(folder))


OLD = (claim("A", 1000), claim("B", 1100), claim("P", 9, status="proposed"))


def changed(folder: Path, model: str = MODEL, claims: tuple[dict[str, Any], ...] = OLD) -> Diff:
    return diff(case_of(folder / "old", MODEL, *OLD), case_of(folder / "new", model, *claims), futures=1000)


def test_a_case_beside_itself_differs_in_nothing(tmp_path: Path) -> None:
    found = changed(tmp_path)
    assert found.claims == found.statements == found.priors == found.moved == ()
    assert all(one.after is not None and one.after.difference == 0.0 for one in found.answers)


def test_a_new_claim_moves_its_prior_and_what_rests_on_it_and_nothing_else(tmp_path: Path) -> None:
    found = changed(tmp_path, claims=(*OLD, claim("C", 3000, grade="A1")))
    assert [(one.claim, one.kind, one.group) for one in found.claims] == [("C", "new", "troops")]
    assert found.statements == () and [one.parameter for one in found.priors] == ["troops"]
    prior = found.priors[0]
    assert prior.before is not None and prior.after is not None and prior.after[2] > prior.before[2] * 1.5
    assert {one.question for one in found.moved} == {"hurt_end", "many"}
    luck = next(one for one in found.answers if one.question == "luck")
    assert luck.after is not None and luck.after.difference == 0.0


def test_changed_and_gone_claims_are_told_with_what_is_different(tmp_path: Path) -> None:
    found = changed(tmp_path, claims=(claim("A", 1000, grade="C3"), claim("P", 9, status="proposed")))
    assert [(one.claim, one.kind, one.keys) for one in found.claims] == [("A", "changed", ("grade",)), ("B", "gone", ())]


def test_statements_are_told_by_name_and_a_part_more_moves_no_other(tmp_path: Path) -> None:
    model = (
        MODEL.replace("0.2 to 0.4", "0.3 to 0.5")
        + 'param extra : 1 ~ 0 to 1 because "x"\nquestion extra_end "?" at the end value extra\n'
    )
    found = changed(tmp_path, model)
    keys = {(one.keyword, one.name): (bool(one.before), bool(one.after)) for one in found.statements}
    assert keys == {("param", "part"): (True, True), ("param", "extra"): (False, True), ("question", "extra_end"): (False, True)}
    assert [one.parameter for one in found.priors] == ["part", "extra"]
    alone = next(one for one in found.answers if one.question == "extra_end")
    assert alone.before is None and alone.after is not None and alone in found.moved
    assert next(one for one in found.answers if one.question == "luck").after.difference == 0.0  # type: ignore[union-attr]


def test_a_question_in_another_unit_is_not_subtracted(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        MODEL.replace("unit person", "unit person, crowd = 100 person").replace(
            "value hurt called", "value hurt in crowd called"
        ),
    )
    other = next(one for one in found.answers if one.question == "hurt_end")
    assert other.after is not None and other.after.difference is None


def test_the_head_is_a_statement_too(tmp_path: Path) -> None:
    found = changed(tmp_path, MODEL.replace("as of 2024-10-25", "as of 2024-10-26"))
    assert [one.keyword for one in found.statements] == ["model"] and "2024-10-26" in found.after


def test_the_command_fits_a_terminal_and_a_program(tmp_path: Path) -> None:
    case_of(tmp_path / "old", MODEL, *OLD)
    case_of(tmp_path / "new", MODEL.replace("0.2 to 0.4", "0.3 to 0.5"), *OLD, claim("C", 3000))
    arguments = ["diff", str(tmp_path / "old"), str(tmp_path / "new"), "-n", "400"]
    shown = CliRunner().invoke(foedus, arguments)
    assert shown.exit_code == 0, shown.output
    assert "1 new" in shown.output and "the wounded" in shown.output and max(map(len, shown.output.splitlines())) <= 80
    document = json.loads(CliRunner().invoke(foedus, [*arguments, "--json"]).output)
    assert document["answers"]["hurt_end"]["is_moved"] is True
    assert document["answers"]["hurt_end"]["after"]["difference"] == pytest.approx(
        document["answers"]["hurt_end"]["after"]["mean"] - document["answers"]["hurt_end"]["before"]["mean"]
    )


def test_a_chance_that_few_futures_tell_says_so_beside_it(tmp_path: Path) -> None:
    """What is asked only where something is so rests on a part of the futures, with the error of those: in the terminal too."""
    asked = 'question joins "Do they join?" at the end true when hurt > {limit} person given part > {part}\n'
    cases = []
    for place, (limit, part) in {"old": (600, 0.3), "new": (400, 0.43)}.items():
        cases.append(case_of(tmp_path / place, MODEL + asked.format(limit=limit, part=part), *OLD))
    found = diff(*cases, futures=600)
    (joins,) = (one for one in found.answers if one.question == "joins")
    assert joins.before is not None and joins.after is not None and joins.after.asked_of < 0.1 < joins.before.asked_of
    console = Console(width=200, file=(told := io.StringIO()))
    console.print(answers_table([joins]))
    text = " ".join(told.getvalue().split())
    for name, answer in (("before", joins.before), ("after", joins.after)):
        rests = f"{name}: rests on {percent(answer.asked_of)} of the futures (± {error_points(answer.mc_error)} points)"
        assert rests in text
    alike = dataclasses.replace(joins, before=joins.after)
    console = Console(width=200, file=(told := io.StringIO()))
    console.print(answers_table([alike, found.answers[0]]))
    assert told.getvalue().count("rests on") == 1 and "after:" not in told.getvalue()


@pytest.mark.parametrize(
    ("question", "head", "is_paired"),
    [
        ("at the end value x", "as of 2024-01-01 for 12 weeks", True),
        ("at the end value x", "as of 2024-01-01 for 20 weeks", False),
        ("at the end value x", "as of 2023-12-01 for 12 weeks", False),
        ("at 4 weeks value x", "as of 2023-12-01 for 20 weeks", False),
        ("at 4 weeks value x", "as of 2024-01-01 for 20 weeks", True),
        ("on 2024-02-05 value x", "as of 2023-12-04 for 20 weeks", True),
        ("first time x > 3 by 2024-02-05", "as of 2023-12-04 for 20 weeks", False),
        ("first time x > 3 by 2024-02-05", "as of 2024-01-01 for 20 weeks", True),
        ("first time x > 3", "as of 2024-01-01 for 20 weeks", False),
        ("from 2024-01-15 to the end mean x", "as of 2024-01-01 for 20 weeks", False),
    ],
)
def test_answers_are_set_against_each_other_only_where_they_speak_of_the_same_days(
    question: str, head: str, is_paired: bool, tmp_path: Path
) -> None:
    """Where the day of a version counts, or its last day, versions of other days answer other things."""
    text = "model m {head} step 1 week\nstock x : 1 = 0\nflow f : outside -> x = 1 per week\nquestion q {question}\n"
    cases = []
    for place, own in enumerate(("as of 2024-01-01 for 12 weeks", head)):
        (tmp_path / f"m{place}.foedus").write_text(text.format(head=own, question=question))
        cases.append(load(str(tmp_path / f"m{place}.foedus")))
    (answer,) = diff(*cases, futures=50).answers
    assert answer.before is not None and answer.after is not None
    assert (answer.after.difference is not None) == is_paired
