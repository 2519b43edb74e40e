"""What knowing more is worth: closed forms, no gain made of noise, whom to ask, and refusals."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from scipy.stats import norm

from foedus import collection, decide
from foedus.analysis.worth import decision_worth
from foedus.case import Case, load
from foedus.cli.main import main
from foedus.errors import InputError
from foedus.show.worth import decision_sentence, errand_words

# Building costs 0.5; what it brings is normal(0, 1) in all, of which `brings` is the part that can be known.
MODEL = """model m as of 2024-01-01 for 4 weeks step 1 week
param brings : 1 ~ normal(0, 0.8) "What it brings" because "judgement"
param chance : 1 ~ normal(0, 0.6) "How it turns out" because "judgement"
param idle : 1 ~ normal(0, 1) "Colour" because "judgement"
lever built : 1 from 0 to 1 = 0
let gain : 1 = built * (brings + chance - 0.5)
question gain "What is gained?" at the end value gain
question well "Is it well?" at the end true when gain > 0.2
question day "When?" first time gain > 5
question none "Of none" at the end value gain given gain > 1000
scenario build "Build" { built = 1 }
"""


def unit_loss(mean: float, spread: float) -> float:
    """E max(0, X) less max(0, E X) of a normal X: the expected value of knowing it."""
    z = abs(mean) / spread
    return spread * (float(norm.pdf(z)) - z * float(norm.sf(z)))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    path = tmp_path_factory.mktemp("case") / "m.foedus"
    path.write_text(MODEL)
    return load(str(path))


def test_the_worth_of_a_linear_decision_is_the_closed_form(case: Case) -> None:
    found = decide(case, "gain", ["baseline", "build"], futures=20_000)
    assert found.chosen == "baseline" and found.options["build"].value == pytest.approx(-0.5, abs=0.03)
    gains = {one.subject: one.gain for one in found.settled}
    for subject, spread in (("What it brings", 0.8), ("How it turns out", 0.6)):
        assert abs(gains[subject].value - unit_loss(-0.5, spread)) < 3 * gains[subject].error
    assert gains["Colour"].value < 2 * max(gains["Colour"].error, 1e-9)
    assert abs(found.perfect.value - unit_loss(-0.5, 1.0)) < 3 * found.perfect.error
    assert gains["What it brings"].value + 3 * gains["What it brings"].error < found.perfect.value
    assert "Knowing “What it brings” before choosing" in decision_sentence(found)


def test_the_lower_may_be_the_better(case: Case) -> None:
    high, low = (decide(case, "gain", ["build", "baseline"], wants_low=one, futures=4000) for one in (False, True))
    assert (high.chosen, low.chosen) == ("baseline", "build")
    assert low.perfect.value == pytest.approx(unit_loss(0.5, 1.0), abs=0.03)


def test_no_gain_is_made_of_noise() -> None:
    """Options that differ by luck alone: what is known gains nothing, in the mean of many data sets."""
    gains = []
    for seed in range(60):
        luck = np.random.default_rng(seed)
        over, known = luck.normal(size=(3, 400)), luck.normal(size=400)
        _, perfect, (settled,) = decision_worth(over, {("x", False): [known]})
        gains.append(settled.gain.value)
        assert perfect.value > 0.5
    assert np.mean(gains) < 2 * np.std(gains) / math.sqrt(len(gains))


def test_who_is_to_be_asked_is_who_has_spoken() -> None:
    found = collection(load("pact"), "kursk_apr", futures=2000)
    errand = next(one for one in found.errands if one.subject == "area held in kursk")
    assert errand.whom and errand.whom[0] == found.sources[0].name and errand.after < errand.before
    assert errand_words(errand, found.measure).startswith(f"Ask {errand.whom[0]}")
    assert found.errands[0].whom == () and errand_words(found.errands[0], found.measure).startswith("Find a source for “Pace")
    # what hangs on the claims and on the sources of a group is what hangs on the group, but for what rests on no claim
    shares = sum(one.share.value for one in found.errands if one.whom)
    assert 0.5 * shares < sum(one.share for one in found.claims) <= shares + 1e-9
    assert sum(one.share for one in found.sources) == pytest.approx(sum(one.share for one in found.claims))


@pytest.mark.parametrize(
    ("question", "options"), [("gain", ["build"]), ("day", ["baseline", "build"]), ("none", ["baseline", "build"])]
)
def test_what_cannot_be_chosen_by_is_refused(case: Case, question: str, options: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        decide(case, question, options, futures=200)
    assert [problem.code for problem in caught.value.problems] == ["nothing-to-choose"]


def test_the_command_tells_the_plan_and_the_decision(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(case.folder.model)
    main(["worth", path, "gain", "--choose", "baseline, build", "-n", "4000"])
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80 and "know first" in text and "What it brings" in text
    main(["worth", path, "well", "--choose", "baseline,build", "-n", "4000", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["chosen"] == "build" and "points" in found["sentence"]) or found["perfect"]["value"] == 0.0
    main(["worth", "pact", "kursk_apr", "-n", "500", "--json"])
    plan = json.loads(capsys.readouterr().out)["plan"]
    assert plan["measure"] == "expected squared error of the chance" and plan["errands"][0]["words"].startswith("Find a source")
    with pytest.raises(SystemExit) as stop:
        main(["worth", path, "gain", "--low"])
    assert stop.value.code == 1 and "--choose SCENARIO,SCENARIO" in capsys.readouterr().err
