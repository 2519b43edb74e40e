"""How a judgement is likeliest to be wrong: failure modes that are known by construction are found, told and seen in time."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from foedus import redteam
from foedus.analysis.redteam import RedTeam, Sign, ToldWay, Watched, first_sign, marks_of, medoid, shared_marks, ways_of
from foedus.case import Case, load
from foedus.cli.main import main
from foedus.errors import InputError
from foedus.show.redteam import redteam_document, redteam_sentence
from foedus.study.futures import run_futures
from foedus.study.redteam import told_bound

# It fails where a storm comes (one in five), and of the rest where it is weak (above 0.8 of 1): slowly, ten weeks after the start.
MODEL = """model m as of 2024-01-01 for 40 weeks step 1 week
param weak : 1 ~ uniform(0, 1) "Weakness of the dyke" because "judgement"
param idle : 1 ~ uniform(0, 1) "Colour of the dyke" because "judgement"
event storm on 2024-03-04 with chance 0.2 "A storm"
event parade on 2024-02-05 with chance 0.5 "A parade"
stock dyke : 1 = 100 "Height of the dyke"
flow washed : dyke -> outside = if storm then 0.3/week * dyke else if weak > 0.8 and time > 10 weeks then 3/week else 0/week
chart "Dyke" of dyke
question holds "Does the dyke hold?" on 2024-09-02 true when dyke > 50 called "a dyke that holds"
question high "How high?" on 2024-09-02 value dyke + 100 * idle
question coin "Is there a parade?" by 2024-09-02 true when parade
question sure "Is it there?" on 2024-09-02 true when dyke > -1
"""


def case_of(folder: Path, text: str) -> Case:
    path = folder / "m.foedus"
    path.write_text(text)
    return load(str(path))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(tmp_path_factory.mktemp("case"), MODEL)


@pytest.fixture(scope="module")
def found(case: Case) -> RedTeam:
    return redteam(case, "holds", futures=4000)


def both_ways(found: RedTeam) -> tuple[ToldWay, ToldWay]:
    """The storm, and the weakness that needs none."""
    (storm,) = [way for way in found.ways if way.where == ("“A storm” has come",)]
    (weak,) = [way for way in found.ways if way is not storm]
    return storm, weak


def test_the_ways_that_were_built_in_are_found(found: RedTeam) -> None:
    assert found.judgement.startswith("likely (6") and found.wrong.value == pytest.approx(0.36, abs=0.03)
    storm, weak = both_ways(found)
    assert weak.where == (f"“Weakness of the dyke” is above {weak.where[0].split()[6]} (the highest fifth)",)
    assert storm.counted.density.value == pytest.approx(1.0, abs=0.02) and weak.counted.density.value == pytest.approx(
        1.0, abs=0.05
    )
    assert sum(way.counted.coverage.value for way in (storm, weak)) == pytest.approx(1.0, abs=0.04)
    assert storm.chance.value + weak.chance.value == pytest.approx(0.36, abs=0.03)
    assert storm.chance.value + weak.chance.value + found.other.value == pytest.approx(found.wrong.value)
    assert all("Colour" not in words and "parade" not in words for way in found.ways for words in way.where)


def test_each_way_has_a_future_that_goes_it_and_its_story(case: Case, found: RedTeam) -> None:
    ran = run_futures(case, 4000, 0, trajectories=False)
    storm, weak = both_ways(found)
    for way in (storm, weak):
        assert ran.values("holds")[way.future] == 0.0
    assert [(one.date, one.in_way) for one in storm.story if "storm" in one.words] == [("2024-03-04", 1.0)]
    assert not any("storm" in one.words for one in weak.story)
    heights = [float(one.words.rsplit(": ", 1)[1]) for one in weak.story if "Height" in one.words]
    assert len(heights) == 4 and heights == sorted(heights, reverse=True) and heights[0] == 100 and heights[-1] < 50


def test_the_first_sign_is_the_first(found: RedTeam) -> None:
    """The storm is seen on its day; of weakness nothing is to be seen before the eleventh week."""
    storm, weak = both_ways(found)
    assert storm.sign is not None and weak.sign is not None
    assert (
        storm.sign.date in ("2024-03-04", "2024-03-11") and storm.sign.seen.value == 1.0 and storm.sign.false_alarm.value == 0.0
    )
    assert "2024-03-11" < weak.sign.date < "2024-04-01" and "Height of the dyke" in weak.sign.words
    assert weak.sign.seen.value == 1.0 and weak.sign.false_alarm.value == 0.0


def test_an_amount_is_wrong_on_either_side(case: Case) -> None:
    told = redteam(case, "high", futures=4000)
    assert told.judgement.startswith("to lie between ") and {way.target.split(" ")[2] for way in told.ways} == {"below", "above"}
    assert any("Colour" in words for way in told.ways if "above" in way.target for words in way.where)


def test_luck_alone_has_no_way(tmp_path: Path) -> None:
    coin = case_of(
        tmp_path,
        MODEL.replace("question holds", "event toss at rate 0.02/week\nquestion toss_holds").replace("dyke > 50", "toss"),
    )
    told = redteam(coin, "toss_holds", futures=2000)
    assert told.ways == () and told.other.value == told.wrong.value and "it is luck" in redteam_sentence(told)


def test_what_is_certain_cannot_be_tried(case: Case) -> None:
    for question, code in (("sure", "too-few-futures"), ("no_such", "unknown-question")):
        with pytest.raises(InputError) as caught:
            redteam(case, question, futures=500)
        assert [problem.code for problem in caught.value.problems] == [code]


def test_a_model_without_a_date_or_a_chart_is_told_too(tmp_path: Path) -> None:
    text = (
        MODEL.replace(" as of 2024-01-01", "")
        .replace("on 2024-03-04", "when time >= 9 weeks")
        .replace("on 2024-02-05", "when time >= 5 weeks")
    )
    text = "\n".join(
        line
        for line in text.replace("on 2024-09-02", "at 35 weeks").replace("by 2024-09-02", "by 35 weeks").split("\n")
        if not line.startswith("chart")
    )
    told = redteam(case_of(tmp_path, text), futures=2000)
    assert told.question == "holds" and both_ways(told)[0].sign is not None
    assert all(one.date.startswith("week ") for way in told.ways for one in way.story)


def test_the_command_fits_the_terminal_and_tells_the_same_as_json(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["redteam", str(case.folder.model), "holds", "-n", "1000", "--seed", "3"]
    main(words)
    text = capsys.readouterr().out
    assert max(len(line) for line in text.splitlines()) <= 80 and "foedus replay" in text and "4 March 2024" in text
    main([*words, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document["sentence"] == redteam_sentence(redteam(case, "holds", futures=1000, seed=3))
    assert document["ways"][0]["sign"]["seen"]["value"] == 1.0
    body = redteam_document(case.name, redteam(case, "holds", futures=1000, seed=3))
    assert {key: document[key] for key in body} == body


def test_marks_ways_and_signs_hold_on_the_half_that_had_no_say() -> None:
    """With nothing to be found, nothing is: over forty data sets of pure luck not one way in twenty is told."""
    told = 0
    for seed in range(40):
        luck = np.random.default_rng(seed)
        parameters, came, wrong = luck.normal(size=(60, 1000)), luck.random((30, 1000)) < 0.3, luck.random(1000) < 0.4
        first = np.arange(1000) % 2 == 0
        told += len(ways_of(*marks_of(parameters, came, wrong), wrong, first))
        watched = Watched(luck.integers(0, 200, (30, 1000)), luck.normal(size=(5, 20, 1000)), np.arange(20))
        assert first_sign(watched, wrong, ~wrong, first) is None
    assert told <= 2


def test_the_medoid_is_a_member_in_the_middle() -> None:
    features = np.array([[0.0, 10.0, 11.0, 12.0, 40.0], [0.0, 1.0, 1.0, 1.0, 9.0]])
    assert medoid(features, np.array([False, True, True, True, True])) in (2, 3)


def test_what_nearly_all_wrong_futures_share_is_no_way() -> None:
    """All of them have no relief, as three in four others have none: that says nothing. What tells them apart is how high the water is."""
    luck = np.random.default_rng(5)
    relief, water = luck.random(4000) < 0.2, luck.normal(size=4000)
    wrong = ~relief & (water + 0.3 * luck.normal(size=4000) > 0.2)
    first = np.arange(4000) % 2 == 0
    marks, held = marks_of(water[None, :], relief[None, :], wrong)
    (shared, counts), *_ = [pair for pair in shared_marks(marks, held, wrong, first) if not pair[0].is_parameter]
    assert not shared.is_high and counts.coverage.value == 1.0 and counts.density.value < 0.6
    found = ways_of(marks, held, wrong, first)
    assert found and all(mark.is_parameter or len(way.marks) > 1 for way, _ in found for mark in way.marks)
    assert all(way.counted.coverage.value < 0.9 or way.counted.density.value >= 0.75 for way, _ in found)


def test_no_few_causes_are_named_where_only_a_shared_one_is_there() -> None:
    luck = np.random.default_rng(6)
    relief = luck.random(4000) < 0.2
    wrong, first = ~relief & (luck.random(4000) < 0.5), np.arange(4000) % 2 == 0
    marks, held = marks_of(luck.normal(size=(8, 4000)), relief[None, :], wrong)
    assert ways_of(marks, held, wrong, first) == [] and len(shared_marks(marks, held, wrong, first)) == 1


def test_how_often_it_is_wrong_is_the_same_in_judgement_and_ways(found: RedTeam) -> None:
    """Both are of all futures: what is judged 64 % is wrong in 36 %, whatever half was counted."""
    likely = float(found.judgement.partition("(")[2].split(" ")[0])
    assert likely + 100 * found.wrong.value == pytest.approx(100, abs=0.6)
    assert sum(way.chance.value for way in found.ways) + found.other.value == pytest.approx(found.wrong.value)


def test_a_sign_keeps_its_rule_on_the_half_that_counts() -> None:
    """In the half that proposes nobody has a false alarm; in the other a fifth have, or too few of the way show it: that is no sign."""
    count = 2000
    way, first = np.arange(count) % 4 == 0, np.arange(count) % 8 < 4
    steps, right = np.arange(10), ~way

    def found(seen: float, alarm: float) -> Sign | None:
        shown = np.zeros((1, 10, count))
        for mask, part in ((way & ~first, seen), (right & ~first, alarm)):
            own = np.flatnonzero(mask)
            shown[0, 4:, own[: round(part * len(own))]] = 1.0
        shown[0, 4:, way & first] = 1.0
        return first_sign(Watched(np.full((0, count), 100), shown, steps), way, right, first)

    kept = found(0.9, 0.02)
    assert kept is not None and kept.seen.value == pytest.approx(0.9, abs=0.01)
    assert found(0.9, 0.2) is None and found(0.35, 0.02) is None


def test_what_follows_from_the_answer_is_no_sign_of_it(tmp_path: Path) -> None:
    """Trucks stop crossing because the bridge has fallen: that they are few comes after it."""
    text = (
        'model m as of 2024-01-01 for 20 weeks step 1 week\nparam weak : 1 ~ uniform(0, 0.6) "Weakness" because "judgement"\n'
        'event flood on 2024-03-04\nevent fall when flood with chance weak "The bridge falls"\nstock crossed : 1 = 0 "Crossed"\n'
        "flow crossing : outside -> crossed = if fall then 0/week else 10/week\n"
        'chart "Crossed" of crossed\nquestion q "Does it fall?" by 2024-05-01 true when fall\n'
    )
    found = redteam(case_of(tmp_path, text), "q", futures=2000)
    assert found.ways and all(way.sign is None for way in found.ways)
    shown = np.zeros((1, 10, 400))
    way, first = np.arange(400) < 200, np.arange(400) % 2 == 0
    shown[0, 4:, way] = 1.0
    came = np.where(way, 6, 100)[None, :]
    seen = {}
    for settled in (6, 4):
        watched = Watched(came, shown, np.arange(10), (True,), np.where(way, settled, 100))
        seen[settled] = first_sign(watched, way, ~way, first)
    assert seen[4] is None and seen[6] is not None and seen[6].moment == 4


@pytest.mark.parametrize(("bound", "start", "told"), [(0.9996, 1.0, "0.99960"), (1.0, 1.0, "1.00"), (20.0, 1.0, "20.0")])
def test_a_bound_is_told_finer_than_what_it_parts_from(bound: float, start: float, told: str) -> None:
    assert told_bound(bound, start) == told


def test_a_judgement_that_nothing_lies_below_is_wrong_on_one_side_alone(tmp_path: Path) -> None:
    text = 'model m for 4 weeks step 1 week\nparam a : 1 ~ uniform(-90, 10) because "judgement"\nstock x : 1 = 0 signed\n'
    text += 'flow f : outside -> x = 0 / 1 week\nquestion q "How much is left?" at the end value max(0, a)\n'
    found = redteam(case_of(tmp_path, text), "q", futures=2000)
    assert [way.target for way in found.ways if "below" in way.target] == [] and "above" in found.ways[0].target
