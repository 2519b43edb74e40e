"""The flagship case: sound, conserving, near the past; a check notices when a mechanism is cut out."""

from __future__ import annotations

import csv
import itertools
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from foedus.analysis import hold_checks
from foedus.analysis.finding import Finding
from foedus.case import Case, load
from foedus.compile import Program
from foedus.compile.program import ScenarioSlot, SetValue
from foedus.constructs import tree as t
from foedus.ensemble import Futures, Joint, Settings
from foedus.language import Tree
from foedus.model import Options
from foedus.show.structures import StructureRow, structure_rows
from foedus.study.check import check_case
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.hindcast import hindcast
from foedus.study.rivals import run_rivals, variant_infos
from foedus.study.simulate import simulate_case

CASE = Path(__file__).parent.parent / "cases" / "pact"

CUTS = {
    "S1": (
        (("= recruits_now[ukraine] * recruiting", "= (1 - CUT) * recruits_now[ukraine] * recruiting"),),
        "S1 fewer Ukrainian recruits, thinner line",
    ),
    "S2": (
        (
            ("exp(fire_power * log_fire[ukraine] + exposure", "exp((1 - CUT) * fire_power * log_fire[ukraine] + exposure"),
            ("exposure_power * log_line[russia]) * active", "(1 - CUT) * exposure_power * log_line[russia]) * active"),
            ("(1 - standoff_share) * tempo * min(1", "(1 - standoff_share) * (tempo * (1 - CUT) + CUT) * min(1"),
        ),
        "S2 fire causes losses",
    ),
    "S3": (
        (("kursk_foreign * foreign_skill * foreign_kursk", "(1 - CUT) * kursk_foreign * foreign_skill * foreign_kursk"),),
        "S3 their worth matters",
    ),
    "S4": (
        (
            (
                "max(0 person, send_ceiling - abroad)",
                "(if CUT > 0.5 then 1000000 person else max(0 person, send_ceiling - abroad))",
            ),
        ),
        "S4 the donor cannot send what it cannot spare",
    ),
    "S5": (
        (("rounds[side] / rounds_now[side]))", "((1 - CUT) * rounds[side] / rounds_now[side] + CUT)))"),),
        "S5 shells stopping lowers the fire ratio",
    ),
    "S6": (
        (("= mud_of_year(year_part)", "= (1 - CUT) * mud_of_year(year_part)"),),
        "S6 mud slows the advance",
    ),
    "S7": (
        (("when korean_war, honoured", "when korean_war and CUT < 0.5, honoured"),),
        "S7 the pact calls Moscow to Korea",
    ),
    "S8": (
        (("wave_pay * (pay / 2000 USD/person/month - 1)", "wave_pay * ((1 - CUT) * pay / 2000 USD/person/month - 1)"),),
        "S8 pay is a reason to go on",
    ),
    "S9": (
        (("tension_troops * min(3", "(1 - CUT) * tension_troops * min(3"),),
        "S9 deployment raises tension",
    ),
    "S10": (
        (("let bite : 1 = min(", "let bite : 1 = (1 - CUT) * min("),),
        "S10 sanctions slow the shells",
    ),
    "S11": (
        (("seoul_combat * (conviction *", "(1 - CUT) * seoul_combat * (conviction *"),),
        "S11 troops in combat move Seoul",
    ),
    "S12": (
        (
            ("max(0.2, 1 + will_power * (support[side] - 1))", "max(0.2, 1 + (1 - CUT) * will_power * (support[side] - 1))"),
            ("let weariness : 1 = max(0,", "let weariness : 1 = (1 - CUT) * max(0,"),
        ),
        "S12 support carries recruits",
    ),
    "S13": (
        (("1 / (1 + exp(-belief))", "(1 - CUT) / (1 + exp(-belief)) + CUT"),),
        "S13 belief moves Seoul",
    ),
}
"""By system: a link as it is written and with a lever CUT, which cuts it at 1; of two systems all that lead out of them; and the check that
misses the first."""

COMPARED = ["as_reported", "no_troops"]
"""What the headline compares."""


@pytest.fixture(scope="module")
def case() -> Case:
    return load(str(CASE))


def test_every_check_of_the_file_holds(case: Case) -> None:
    results, warnings = check_case(case, futures=1000, seed=3)
    assert [result.name for result in results if not result.passed] == []
    assert warnings == []


@pytest.fixture(scope="module")
def baseline(case: Case) -> Futures:
    return run_futures(case, 6000, 5, COMPARED, trajectories=False)


@dataclass(frozen=True)
class Cuttable:
    """The case with a lever in every system that cuts a link of it from the date on, and the checks that hold with none cut."""

    case: Case
    program: Program
    held: set[str]

    def without(self, system: str, names: Iterable[str], links: int | None = None) -> list[ScenarioSlot]:
        """The scenarios of these names with the first links of a system cut, or all."""
        levers = [lever_of(system, number) for number, _ in enumerate(CUTS[system][0][:links])]
        cuts = [
            SetValue(slot, -1, 1.0, 0, self.program.steps + 2)
            for slot, each in enumerate(self.program.parameters)
            if each.name in levers
        ]
        assert len(cuts) == len(levers)
        wanted = {*names}
        return [replace(one, settings=(*one.settings, *cuts)) for one in self.program.scenarios if one.name in wanted]

    def passed(self, scenarios: Sequence[ScenarioSlot], members: Joint | None, tree: Tree | None = None) -> set[str]:
        """The checks that hold, by their names; those of a tree that has fewer of them."""
        ran = simulate_case(self.case, Settings(600, 3), scenarios, self.program, members=members)
        return {result.name for result in hold_checks(ran, tree or self.case.tree) if result.passed}

    def misses(self, system: str, members: Joint | None) -> bool:
        """Does the check of a system fail once its first link is cut? Only what this check compares is run, if it compares scenarios."""
        name, tree = CUTS[system][1], self.case.tree
        check = next((one for one in tree.all(t.EffectCheck) if one.text == name), None)
        every = [scenario.name for scenario in self.program.scenarios]
        if check is None:
            return name not in self.passed(self.without(system, every, 1), members)
        others = (t.EffectCheck, t.WatchCheck, t.ConserveCheck)
        alone = Tree(tree.model, tuple(one for one in tree.statements if one is check or not isinstance(one, others)))
        return not self.passed(self.without(system, {every[0], check.scenario, check.against or every[0]}, 1), members, alone)


@pytest.fixture(scope="module")
def cuttable(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Cuttable:
    found = load(str(with_levers(tmp_path_factory.mktemp("cut"))), posterior="none")
    program = case.compiled(Options(save="none", checks=True, reach=False), found.tree)  # from where its past ended
    made = Cuttable(found, program, set())
    return replace(made, held=made.passed(program.scenarios, case.joint))


@pytest.mark.slow
@pytest.mark.parametrize("system", CUTS)
def test_a_mechanism_that_is_cut_out_is_missed(system: str, case: Case, baseline: Futures, cuttable: Cuttable) -> None:
    """By its check; and the README says which answer moves most, and whether by enough to matter."""
    assert CUTS[system][1] in cuttable.held and cuttable.misses(system, case.joint)
    compared = cuttable.without(system, COMPARED)
    ran = simulate_case(cuttable.case, Settings(6000, 5), compared, cuttable.program, members=case.joint)
    question, size = largest_move(case, baseline, ran)
    row = next(
        line
        for line in (CASE / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {system} ") and "×" in line
    )
    assert f"`{question}`" in row and f"{size:.1f} ×" in row and ("context" in row) == (size < 1)


@pytest.mark.slow
def test_levers_that_cut_nothing_move_nothing(case: Case, baseline: Futures, cuttable: Cuttable) -> None:
    scenarios = [one for one in cuttable.program.scenarios if one.name in COMPARED]
    ran = simulate_case(cuttable.case, Settings(6000, 5), scenarios, cuttable.program, members=case.joint)
    assert largest_move(case, baseline, ran)[1] < 1e-12


def lever_of(system: str, number: int) -> str:
    """The name of the lever that cuts a link."""
    return f"cut_{system}_{number}"


def with_levers(folder: Path) -> Path:
    """A copy of the case with a lever at a link of every system."""
    copy = shutil.copytree(CASE, folder / "pact")
    paths = [*(copy / "systems").glob("*.foedus")]
    found = {path: path.read_text(encoding="utf-8") for path in paths}
    every = [(lever_of(system, number), *link) for system, (links, _) in CUTS.items() for number, link in enumerate(links)]
    for lever, written, cut in every:
        (part,) = [path for path, text in found.items() if written in text]
        assert found[part].count(written) == 1
        found[part] = found[part].replace(written, cut.replace("CUT", lever))
    for path, text in found.items():
        path.write_text(text, encoding="utf-8")
    levers = "".join(f'lever {lever} : 1 from 0 to 1 = 0 "{lever}"\n' for lever, _, _ in every)
    model = copy / "model.foedus"
    model.write_text(
        model.read_text(encoding="utf-8").replace("\nlever contingent", f"\n{levers}lever contingent", 1), encoding="utf-8"
    )
    return copy


def largest_move(case: Case, before: Futures, after: Futures) -> tuple[str, float]:
    """The answer that moves most, as things stand or with nobody sent, and its move as parts of what matters."""
    sized = []
    for slot, scenario in itertools.product(case.program.results, COMPARED):
        first, second = before.values(slot.name, scenario), after.values(slot.name, scenario)
        both = ~np.isnan(first) & ~np.isnan(second)
        matters = 0.02 if slot.statistic == "probability" else 0.1 * float(first[both].std())
        sized.append((abs(float((second - first)[both].mean())) / max(matters, 1e-12), slot.name))
    size, name = max(sized)
    return name, size


def test_every_future_ends_well(case: Case) -> None:
    futures = run_futures(case, 2000, seed=5)
    assert futures.status == {"ok": 2000}


def test_the_scenarios_are_the_nine_of_the_case(case: Case) -> None:
    shown = [slot.name for slot in case.program.scenarios if not slot.is_hidden]
    assert shown == [
        "as_reported",
        "no_troops",
        "hundred_k",
        "shells_stop",
        "shells_double",
        "seoul_lethal_aid",
        "sanctions_bite",
        "kursk_abandoned",
        "pact_invoked",
    ]


def test_nobody_sent_means_nobody_there(case: Case) -> None:
    futures = run_futures(case, 200, seed=5, scenarios=["no_troops"])
    for question in (
        "soldiers_jan",
        "soldiers_jul",
        "casualties_jul",
        "deployed",
        "second_wave",
        "ukrainian_soil",
    ):
        assert np.all(futures.values(question, "no_troops") == 0)


def test_the_past_passes_near_the_weekly_claims(case: Case) -> None:
    ran = hindcast(case, "since_2023", futures=500, seed=5)
    assert ran.trajectories is not None
    names = [slot.name for slot in ran.program.saved]
    claims = ran.trajectories[0, names.index("reported_losses")]
    with (CASE / "series" / "weekly.csv").open(encoding="utf-8") as file:
        observed = np.array([float(row["gs_week"]) for row in csv.DictReader(file)])
    weeks = min(len(observed), claims.shape[0] - 1)
    low, middle, high = np.quantile(claims[1 : weeks + 1], (0.05, 0.5, 0.95), axis=1)
    inside = np.mean((low <= observed[:weeks]) & (observed[:weeks] <= high))
    assert inside > 0.8
    assert abs(np.mean(middle - observed[:weeks])) < 600


def test_no_source_is_later_than_the_date(case: Case) -> None:
    with (CASE / "series" / "weekly.csv").open(encoding="utf-8") as file:
        assert max(row["date"] for row in csv.DictReader(file)) <= "2024-10-25"
    assert case.ledger is not None
    assert max(claim.published for claim in case.ledger.claims) <= "2024-10-25"


def test_no_source_has_two_names(case: Case) -> None:
    assert case.ledger is not None
    origins = {claim.origin for claim in case.ledger.claims}
    every = {"".join(word[0] for word in name.split()).upper(): name for name in origins if " " in name}
    large = {"".join(word[0] for word in name.split() if word[0].isupper()): name for name in origins if " " in name}
    assert [(one, found) for one in origins if (found := every.get(one) or large.get(one))] == []


# --- rival structures


def test_rivals_are_weighed_reasoned_and_leave_the_model_a_part(case: Case) -> None:
    rivals = variant_infos(case)
    assert len(rivals) >= 4 and 0.25 < 1 - sum(rival.weight for rival in rivals) < 0.75
    for rival in rivals:
        assert len(rival.because) > 40 and "2025" not in rival.because and rival.label[0].isupper(), rival.name


@pytest.fixture(scope="module")
def finding(case: Case) -> Finding:
    return make_finding(case, run_futures(case, 10_000, 0, trajectories=False), rivals=run_rivals(case, 10_000, 0))


@pytest.mark.slow
def test_the_readme_says_what_each_rival_moves(finding: Finding) -> None:
    lines = (CASE / "README.md").read_text(encoding="utf-8").splitlines()
    for row in structure_rows(finding):
        assert readme_row(row) in lines


@pytest.mark.slow
def test_rivals_widen_answers_and_differences_and_add_up(finding: Finding) -> None:
    by_name = {question.name: question.answers for question in finding.questions}
    effect = by_name["kursk_apr"]["no_troops"].effect
    assert effect is not None and effect.spread is not None
    assert effect.spread[0] < -0.13 and effect.structure > 0.005  # by units or one by one: three times as much, or half
    for answers in by_name.values():
        for answer in answers.values():
            for grounds in (answer.grounds, answer.effect):
                if grounds is not None and grounds.claims + grounds.fitted + grounds.assumed + grounds.luck:
                    assert grounds.parameters + grounds.structure + grounds.luck == pytest.approx(1, abs=1e-9)
    assert sum((answers["as_reported"].structural_spread or 0) > 0 for answers in by_name.values()) > 20


def readme_row(row: StructureRow) -> str:
    """As the README shows a rival."""
    moves = [f"`{one.question.name}` {one.before} → {one.after}" for one in row.moves[:3]]
    moves += [
        f"effect of `{one.effect_of}` on `{one.question.name}` {one.before} → {one.after} {one.unit}".strip()
        for one in row.effects[:2]
    ]
    return f"| {row.variant.label} | {row.weight} | {'; '.join(moves)} |"


def test_each_rival_is_another_model(case: Case) -> None:
    rivals = run_rivals(case, 300, 5)
    assert rivals is not None and rivals.futures.status == {"ok": 300}
    for name in rivals.variants:
        moved = [
            slot.name for slot in case.program.results if np.nansum(np.abs(rivals.moves(slot.name, "as_reported", name))) > 0
        ]
        assert moved, name


# --- what its questions are asked of


def test_nobody_fights_under_the_treaty_where_nobody_is_sent(case: Case) -> None:
    ran = run_futures(case, 400, seed=5, scenarios=["no_troops"], trajectories=False)
    assert np.all(ran.values("dprk_obliged", "no_troops") == 0) and np.any(ran.values("dprk_obliged") == 1)


def test_an_expert_on_a_war_stands_beside_the_question_about_a_war(case: Case) -> None:
    assert case.ledger is not None
    (lee,) = [claim for claim in case.ledger.predictions("russia_joins") if "war in Korea" in claim.paraphrase]
    assert lee.probability == (0.55, 0.8)
    slot = next(one for one in case.program.results if one.name == "russia_joins")
    assert "war breaks out in Korea" in slot.ask
    ran = run_futures(case, 2000, seed=5, scenarios=["pact_invoked"], trajectories=False)
    assert np.isnan(ran.values("russia_joins", "pact_invoked")).sum() == 0  # there is a war in every future of it
    assert np.isnan(ran.values("russia_joins")).mean() > 0.97


def test_what_is_held_of_kursk_ends_at_nothing(case: Case) -> None:
    ran = run_futures(case, 300, seed=5, scenarios=["kursk_abandoned"])
    assert ran.trajectories is not None
    area = ran.trajectories[:, [slot.name for slot in ran.program.saved].index("kursk_area")]
    assert np.all((area == 0) | (area >= 0.999)) and np.mean(area[1, -1] == 0) > 0.9


def test_the_treaty_is_in_force_by_dated_steps(case: Case) -> None:
    """First a law of Russia, within four weeks or so; then papers, which take longer."""
    told = make_finding(case, run_futures(case, 2000, seed=5, scenarios=["never_ratified"], trajectories=False))
    first = {one.name: one for one in told.occurrences if one.scenario == "as_reported" and one.kind == "event"}
    law, papers = first["russian_law"], first["ratified"]
    assert law.when is not None and papers.when is not None
    assert law.fired == 1 and "2024-10-30" <= law.when[0] < law.when[2] <= "2024-11-22"
    assert papers.fired > 0.95 and law.when[2] < papers.when[1] < "2025-01-01" < papers.when[2]


# --- its parts


def parts() -> dict[str, list[str]]:
    return {path.stem: path.read_text(encoding="utf-8").splitlines() for path in sorted((CASE / "systems").glob("*.foedus"))}


def test_each_system_is_a_short_file_with_its_checks() -> None:
    systems = {name: lines for name, lines in parts().items() if name.startswith("s")}
    assert {name[:3] for name in systems} == {f"s{number:02}" for number in range(1, 14)}
    for name, lines in systems.items():
        assert len(lines) <= 90, name
        number = int(name[1:3])
        assert lines[0].startswith(f"# S{number} ") and any(line.startswith(f'check "S{number} ') for line in lines), name


def test_the_model_is_a_page_that_names_every_part() -> None:
    lines = (CASE / "model.foedus").read_text(encoding="utf-8").splitlines()
    included = [line.split('"')[1] for line in lines if line.startswith("include ")]
    assert sorted(included) == [f"systems/{name}.foedus" for name in parts()]
    kinds = {line.split(" ", 1)[0] for line in lines if line and line[0] not in "# "}
    assert kinds == {
        "model",
        "unit",
        "index",
        "map",
        "actor",
        "lever",
        "include",
        "baseline",
        "scenario",
        "chart",
        "headline",
        "question",
    }
    assert all("#" in line for line in lines if line.startswith("include ")), "each says what it holds"
