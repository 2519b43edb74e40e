"""Two-state answers: found where the model's own events and priors part the futures, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers import ensemble, program_of
from tests.study.ledgers import claim as record

from foedus.analysis import compare
from foedus.analysis.finding import Answer
from foedus.case import load
from foedus.ensemble import Futures, Settings, run_ensemble
from foedus.study.futures import run_futures

HEAD = "model m for 40 weeks step 1 week\n"
LOSSES = 'param usual : 1 ~ lognormal(7, 0.25) because "x"\n'
ASKED = 'question q "How many?" from 30 week to 40 week mean losses\n'
CAUSES = {
    "an event at a rate": ("event stop at rate 0.004/week\n", "stop", "“Stop” has come"),
    "an event with a label": ('event stop at rate 0.004/week "A truce"\n', "stop", "“A truce” has come"),
    "an event on a date": ("event stop on 9 week with chance 0.12\n", "stop", "“Stop” has come"),
    "a decision": (
        'actor us "Us"\ndecision talk "Whether to talk" by us every 5 weeks once\n  no : 0,\n  yes : -3.6\n',
        "talk is yes",
        "“Whether to talk”: yes",
    ),
    "a treaty": (
        'actor us "Us"\nactor they "They"\nevent war on 2 week\ntreaty pact "The pact"\n  between us and they, in force when 1 > 0\n'
        '  obliges "help"\n  when war, honoured with chance 0.15\n',
        "honoured(pact)",
        "“The pact” honoured",
    ),
}


def answers(text: str, futures: int = 2000, **settings: object) -> dict[str, Answer]:
    ran = ensemble(text, futures, engine="compiled", **settings)
    return {slot.name: compare(ran, slot)[ran.scenarios[0].name] for slot in ran.program.results}


@pytest.mark.parametrize("cause", CAUSES)
def test_an_answer_of_two_worlds_says_so(cause: str) -> None:
    statement, holds, label = CAUSES[cause]
    answer = answers(HEAD + LOSSES + statement + f"let losses : 1 = if {holds} then 0 else usual\n" + ASKED)["q"]
    stopped, goes_on = answer.states
    assert stopped.label == label
    assert 0.05 < stopped.share < 0.25 and stopped.share + goes_on.share == pytest.approx(1.0)
    assert stopped.median < 100 < 600 < goes_on.low < goes_on.median < goes_on.high
    assert goes_on.median == pytest.approx(np.exp(7), rel=0.03)
    assert answer.quantiles is not None and answer.quantiles[0] < 600 < goes_on.low, "the band alone hides it"


def test_a_world_of_one_number_is_said_to_be_constant() -> None:
    text = HEAD + LOSSES + "event stop on 9 week with chance 0.12\nlet losses : 1 = if stop then 0 else usual\n" + ASKED
    stopped, goes_on = answers(text)["q"].states
    assert (stopped.is_constant, stopped.median, goes_on.is_constant) == (True, 0.0, False)


@pytest.mark.parametrize(("chance", "width"), [(0.57, 2.2), (0.2, 2.2), (0.8, 1.6)])
def test_a_long_tail_that_begins_at_the_other_world_is_parted_from_it(chance: float, width: float) -> None:
    text = HEAD + f'param harm : 1 ~ lognormal(11, {width}) because "x"\nevent burst on 9 week with chance {chance}\n'
    found = answers(text + "let losses : 1 = if burst then harm else 0\nquestion q at the end value losses\n")["q"].states
    assert len(found) == 2
    nothing, tail = sorted(found, key=lambda one: one.median)
    assert nothing.label == "“Burst” has not come" and nothing.is_constant and nothing.median == 0.0
    assert tail.share == pytest.approx(chance, abs=0.04) and tail.median == pytest.approx(np.exp(11), rel=0.2)


def test_an_event_that_has_no_part_in_where_a_long_tail_begins_parts_nothing() -> None:
    text = (
        HEAD
        + 'param harm : 1 ~ lognormal(11, 2.2) because "x"\nparam luck : 1 ~ 0 to 1 because "x"\nevent burst on 9 week with chance 0.5\n'
    )
    losses = "let losses : 1 = if luck > 0.5 then (if burst then 1.1 * harm else harm) else 0\n"
    assert answers(text + losses + "question q at the end value losses\n")["q"].states == ()


@pytest.mark.parametrize("other", ["usual + 0.3", "usual + 0.1 + 0.2"])
def test_worlds_that_rounding_parts_are_one(other: str) -> None:
    text = (
        HEAD
        + f"let usual : 1 = 1000\nevent stop on 9 week with chance 0.12\nlet losses : 1 = if stop then {other} else usual + 0.3\n"
    )
    found = answers(text + "question q at the end value losses\n")["q"]
    assert found.states == () and found.mean == pytest.approx(1000.3)


def test_the_smaller_world_comes_first_even_where_the_event_has_not_come() -> None:
    text = HEAD + LOSSES + "event stop on 9 week with chance 0.9\nlet losses : 1 = if stop then 0 else usual\n" + ASKED
    first, second = answers(text)["q"].states
    assert (first.label, second.label) == ("“Stop” has not come", "“Stop” has come")
    assert first.share < second.share and first.median > second.median


def test_the_event_that_parts_the_answer_is_named_and_not_one_that_goes_with_it() -> None:
    text = (
        HEAD
        + LOSSES
        + (
            "event stop on 9 week with chance 0.15\nevent talks on 5 week with chance 0.3\n"
            "event parade on 12 week with chance if stop then 0.6 else 0.1\n"
            "let losses : 1 = if stop then 0 else usual * (1 - 0.1 * talks) * (1 + 0.001 * parade)\n"
        )
        + ASKED
    )
    assert answers(text)["q"].states[0].label == "“Stop” has come"


ONE_STATE = {
    "an event that nothing reads": "event stop on 9 week with chance {chance}\nlet losses : 1 = usual\n",
    "an event that is read and weak": "event stop on 9 week with chance {chance}\nlet losses : 1 = usual * (1 - 0.2 * stop)\n",
    "an alarm that cuts off the tail": "event alarm when usual > {threshold}\nlet losses : 1 = usual * (1 + 0.001 * alarm)\n",
}


@pytest.mark.parametrize("kind", ONE_STATE)
@given(chance=st.sampled_from((0.06, 0.2, 0.5, 0.9)), spread=st.sampled_from((0.2, 0.7, 1.5, 2.5)), seed=st.integers(0, 2**32))
def test_an_answer_with_one_hump_has_one_state(kind: str, chance: float, spread: float, seed: int) -> None:
    usual = f'param usual : 1 ~ lognormal(7, {spread}) because "x"\n'
    threshold = np.exp(7 + spread * {0.06: 1.55, 0.2: 0.84, 0.5: 0.0, 0.9: -1.28}[chance])
    text = HEAD + usual + ONE_STATE[kind].format(chance=chance, threshold=threshold) + ASKED
    ran = run_ensemble(program_of(text), Settings(600, seed, engine="reference"))
    assert compare(ran, ran.program.results[0])["baseline"].states == ()


def test_an_event_that_moves_another_answer_parts_only_that_one() -> None:
    text = (
        HEAD
        + LOSSES
        + (
            "event stop on 9 week with chance 0.12\nlet losses : 1 = if stop then 0 else usual\n"
            + ASKED
            + "question other from 30 week to 40 week mean usual\n"
        )
    )
    found = answers(text)
    assert found["q"].states and not found["other"].states


def test_what_comes_after_the_question_has_looked_does_not_count() -> None:
    text = (
        HEAD
        + LOSSES
        + (
            "event stop on 35 week with chance 0.12\nlet losses : 1 = if stop then 0 else usual\n"
            "question early from 20 week to 30 week mean losses\nquestion late at the end value losses\n"
        )
    )
    found = answers(text)
    assert found["late"].states and not found["early"].states


@pytest.mark.parametrize(("chance", "is_shown"), [(0.03, False), (0.09, True), (0.91, True), (0.97, False)])
def test_a_world_must_be_large_enough_for_a_tail_of_the_band(chance: float, is_shown: bool) -> None:
    text = HEAD + LOSSES + f"event stop on 9 week with chance {chance}\nlet losses : 1 = if stop then 0 else usual\n" + ASKED
    assert bool(answers(text)["q"].states) is is_shown


def test_an_event_that_only_tells_of_the_cause_is_not_named() -> None:
    text = (
        HEAD
        + LOSSES
        + ("event echo when stop\nevent stop on 9 week with chance 0.12\nlet losses : 1 = if stop then 0 else usual\n")
        + ASKED
    )
    assert answers(text)["q"].states[0].label == "“Stop” has come"


@pytest.mark.parametrize(("sees", "is_shown"), [(0.6, False), (0.95, True)])
def test_most_of_a_world_must_belong_to_the_event(sees: float, is_shown: bool) -> None:
    text = (
        HEAD
        + LOSSES
        + (
            'param coin : 1 ~ 0 to 1 as uniform because "x"\n'
            f"event sign on 5 week with chance if coin < 0.2 then {sees} else 0.03\n"
            "let losses : 1 = (if coin < 0.2 then 0 else usual) * (1 - 0.01 * sign)\n"
        )
        + ASKED
    )
    assert bool(answers(text)["q"].states) is is_shown


@pytest.mark.parametrize("is_first", [True, False])
def test_of_several_events_the_one_that_misplaces_fewest_futures_is_named(is_first: bool) -> None:
    events = ["event stop on 9 week with chance 0.15\n", "event rumour on 12 week with chance if stop then 0.9 else 0.01\n"]
    text = (
        HEAD
        + LOSSES
        + "".join(events if is_first else events[::-1])
        + ("let losses : 1 = if stop then 0 else usual * (1 - 0.01 * rumour)\n" + ASKED)
    )
    assert answers(text)["q"].states[0].label == "“Stop” has come"


def test_of_a_choice_the_option_is_named_that_is_not_the_default() -> None:
    text = (
        HEAD
        + LOSSES
        + (
            'actor us "Us"\ndecision talk by us every 50 weeks from 2 week\n  no : 0,\n  yes : -1.7\n'
            "let losses : 1 = if talk is yes then 0 else usual\n"
        )
        + ASKED
    )
    assert answers(text)["q"].states[0].label == "“Talk”: yes"


def test_elements_of_an_event_are_told_apart() -> None:
    text = (
        HEAD
        + LOSSES
        + (
            'index side = red, blue\nevent quits[side] on 9 week with chance 0.12 "Leaves the war"\n'
            "let losses : 1 = if quits[blue] then 0 else usual * (1 - 0.05 * quits[red])\n"
        )
        + ASKED
    )
    assert [state.label for state in answers(text)["q"].states] == [
        "“Leaves the war, Blue” has come",
        "“Leaves the war, Blue” has not come",
    ]


def test_each_scenario_has_states_of_its_own() -> None:
    text = (
        HEAD
        + LOSSES
        + (
            "event stop on 9 week with chance 0.12\nlet losses : 1 = if stop then 0 else usual\n"
            + ASKED
            + "scenario war { stop = never }\n"
        )
    )
    ran = ensemble(text, 2000, engine="compiled")
    found = compare(ran, ran.program.results[0])
    assert found["baseline"].states and not found["war"].states


def test_chances_have_no_states() -> None:
    text = HEAD + "event stop on 9 week with chance 0.12\nquestion q at the end true when stop\n"
    assert answers(text)["q"].states == ()


def _stopping(**settings: object) -> Futures:
    text = HEAD + LOSSES + "event stop at rate 0.004/week\nlet losses : 1 = if stop then 0 else usual\n" + ASKED
    return ensemble(text, 700, **settings)


def test_first_times_are_kept_whatever_the_chunks_threads_and_engine() -> None:
    first, *others = (_stopping(**settings) for settings in ({}, {"chunk": 33, "threads": 2}, {"engine": "compiled"}))
    for other in others:
        assert other.digest == first.digest
        for step in (0, 10, 40):
            assert first.firsts is not None and other.firsts is not None
            assert (first.firsts.have_come(0, 0, step) == other.firsts.have_come(0, 0, step)).all()
            assert first.firsts.have_come(0, 0, step).mean() == pytest.approx(1 - np.exp(-0.004 * step), abs=0.04)


def test_first_times_are_bounded_and_shares_then_rest_on_the_first_futures(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _stopping()
    monkeypatch.setattr("foedus.ensemble.firsts.MOST_BYTES", 1000)
    ran = _stopping(chunk=99)
    assert ran.firsts is not None and whole.firsts is not None and ran.digest == whole.digest
    assert ran.firsts.count == 500 < whole.firsts.count == 700
    assert (ran.firsts.have_come(0, 0, 40) == whole.firsts.have_come(0, 0, 40)[:500]).all()
    states = compare(ran, ran.program.results[0])["baseline"].states
    assert sum(state.share for state in states) == pytest.approx(1.0) and len(states) == 2


PRIORS = {
    "a coin": (
        'param closed : 1 ~ bernoulli(0.2) "The strait is closed" because "x"\nlet through : 1 = (1 - closed) * 100 + noise_of\n',
        ("“The strait is closed” is 1", "“The strait is closed” is 0"),
        0.2,
    ),
    "two values": (
        'param ships : kilometre ~ choice(0.3, 4, 0.7, 20) because "x"\nlet through : 1 = 10 * ships / 1 kilometre + noise_of\n',
        ("“Ships” is 4 kilometres", "“Ships” is 20 kilometres"),
        0.3,
    ),
    "one value of three": (
        'param kind : 1 ~ choice(0.2, 1, 0.4, 9, 0.4, 10) because "x"\nlet through : 1 = 10 * kind + noise_of\n',
        ("“Kind” is 1", "“Kind” is not 1"),
        0.2,
    ),
    "a mixture": (
        'param size : 1 ~ mixture(0.3, lognormal(2, 0.2), 0.7, lognormal(5, 0.2)) because "x"\nlet through : 1 = size * 3 + noise_of\n',
        ("“Size” below", "“Size” above"),
        0.3,
    ),
    "a value in a mixture": (
        'param left : 1 ~ mixture(0.3, choice(0.5, 0, 0.5, 1), 0.7, normal(50, 3)) because "x"\nlet through : 1 = left + noise_of\n',
        None,
        0.0,
    ),
}


@pytest.mark.parametrize("prior", PRIORS)
def test_rivals_that_a_prior_declares_are_told(prior: str) -> None:
    text, labels, share = PRIORS[prior]
    luck = 'param noise_of : 1 ~ normal(0, 1) because "x"\n'
    states = answers(HEAD + luck + text + 'question q "How much?" at the end value through\n')["q"].states
    if labels is None:  # neither value alone is the smaller hump, so that none is named rather than one that misleads
        assert states == ()
        return
    assert states[0].label.startswith(labels[0]) and states[1].label.startswith(labels[1])
    assert states[0].share == pytest.approx(share, abs=0.03) and states[0].high < states[1].low


def test_an_event_is_named_before_the_prior_that_it_hangs_on() -> None:
    text = 'param coin : 1 ~ bernoulli(0.2) because "x"\nevent stop on 9 week with chance coin\n' + LOSSES
    stopped, _ = answers(HEAD + text + "let losses : 1 = if stop then 0 else usual\n" + ASKED)["q"].states
    assert stopped.label == "“Stop” has come"


@pytest.mark.parametrize(
    "text",
    [
        'param coin : 1 ~ bernoulli(0.2) because "x"\nlet losses : 1 = usual + 1 * coin\n',  # too near to part anything
        'param coin : 1 ~ bernoulli(0.02) because "x"\nlet losses : 1 = usual * (1 - coin)\n',  # too rare
        'param calls : 1 ~ poisson(40) because "x"\nlet losses : 1 = usual + calls\n',  # a scale, no rivals
        'param size : 1 ~ mixture(0.5, normal(0, 1), 0.5, normal(1, 1)) because "x"\nlet losses : 1 = usual * size\n',  # no value tells which
    ],
)
def test_a_prior_that_parts_nothing_is_not_told(text: str) -> None:
    assert answers(HEAD + LOSSES + text + ASKED)["q"].states == ()


def test_a_prior_that_a_scenario_sets_parts_nothing_there() -> None:
    text = HEAD + LOSSES + 'param coin : 1 ~ bernoulli(0.2) because "x"\nlet losses : 1 = usual * (1 - coin)\n' + ASKED
    ran = ensemble(text + "scenario never { coin = 0 }\n", 2000, engine="compiled")
    base, other = compare(ran, ran.program.results[0]).values()
    assert base.states and not other.states


def test_claims_of_a_pool_that_exclude_each_other_are_told(tmp_path: Path) -> None:
    """By the conflict of the pool, not by its shape; claims that agree part nothing."""
    (tmp_path / "model.foedus").write_text(
        'model m as of 2024-10-25 for 10 weeks step 1 week\nunit person\nparam men : person ~ claims "men" "Men at the front"\n'
        'question q "How many, in thousands?" at the end value men / 1000\n'
    )
    for second, is_told in ((90_000, True), (4_100, False)):
        claims = (_claim("A", 4_000, "the one"), _claim("B", second, "the other"))
        (tmp_path / "ledger.jsonl").write_text("".join(json.dumps(one) + "\n" for one in claims))
        case = load(str(tmp_path))
        ran = run_futures(case, futures=3000)
        states = compare(ran, ran.program.results[0])["baseline"].states
        assert bool(states) == is_told
        if is_told:
            labels = sorted(state.label.rpartition(" ")[0].rpartition(" ")[0] for state in states)
            assert labels == ["“Men at the front” above", "“Men at the front” below"]
            assert min(state.share for state in states) > 0.2


def _claim(name: str, value: float, source: str) -> dict[str, Any]:
    who = {"source": {"canonical": source, "type": "official", "mode": "indirect"}, "origin": source}
    return record(name, value, group="men", paraphrase=f"{value:,.0f} men", **who)
