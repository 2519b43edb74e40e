"""What readers see: titles for names, one rounding for words and tables, and no number where hardly anything is known."""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.console import Console

import foedus
from foedus.analysis.border import MovedLever
from foedus.analysis.flip import Flip, can_place
from foedus.analysis.indices import VarianceIndex
from foedus.analysis.levers import LeverFlips
from foedus.analysis.variance import AIMED, Cause, Why
from foedus.case import load
from foedus.cli.main import foedus as command
from foedus.show.flip import flip_view
from foedus.show.why import why_sentence, why_view
from foedus.show.words import (
    coarseness,
    counted,
    error_points,
    listed,
    plural,
    quantity,
    quoted,
    typeset,
    unit_words,
    whole_percents,
)
from foedus.study.titled import spoken_in, titles_in
from foedus.titles import name_words, short_title, title_of

SOURCES = Path(foedus.__file__).parent

MODEL = """model supply "What a strike could mean" as of 2024-01-01 for 20 weeks step 1 week
unit tonne, person
index side = north, south
param lift_rate[side] : tonne/week ~ 20 to 60 because "a guess" "Carried in a week"
param fuel_left : tonne ~ 100 to 400 because "a guess"
param crew_share : 1 ~ 0.2 to 0.9 as share because "a guess"
lever night_work : 1 from 0 to 2 = 1 "Work at night against the usual" called "Night work"
event port_strike at rate 0.02/day * (1 + crew_share) "The port is on strike"
stock goods_here[side] : tonne = 500 tonne "Goods at hand"
flow carried_off[side] : goods_here[side] -> outside = min(lift_rate[side] * night_work * (if port_strike then 0.3 else 1), goods_here[side] / 1 week)
chart "Goods" of goods_here
question goods_low "Are goods below 300 tonnes in the north?" on 2024-03-04 true when goods_here[north] + fuel_left - fuel_left < 300 tonne
  called "an empty north"
question goods_left "How much is left in the south?" on 2024-03-04 value goods_here[south] + 0 * fuel_left
baseline as_usual "As usual"
scenario no_strike "No strike" { port_strike = never }
scenario double_shift "Work day and night" { night_work = 2, port_strike = on 2024-01-15 }
headline "What could a strike mean?" compare no_strike with as_usual on goods_low
"""
NAMES = re.compile(r"\b(\w+_\w+|\w+\[\w+\])")
VERBS = {
    "run": ("run", "{m}", "--no-report"),
    "why": ("why", "{m}", "goods_low"),
    "explain": ("explain", "{m}", "as_usual", "double_shift"),
    "discover": ("discover", "{m}", "goods_low"),
    "believe": ("believe", "{m}", "goods_low", "60 %"),
    "worth": ("worth", "{m}", "goods_low"),
    "worth of all": ("worth", "{m}"),
    "flip": ("flip", "{m}", "--lever", "night_work"),
    "redteam": ("redteam", "{m}", "goods_low"),
    "diff": ("diff", "{m}", "{other}"),
    "trace": ("trace", "{m}", "goods_low", "--scenario", "double_shift"),
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("titles")
    for name, text in (("m", MODEL), ("other", MODEL.replace("20 to 60", "30 to 90"))):
        (folder / f"{name}.foedus").write_text(text, encoding="utf-8")
    return str(folder / "m.foedus"), str(folder / "other.foedus")


def printed(models: tuple[str, str], verb: str, *more: str) -> str:
    words = [word.format(m=models[0], other=models[1]) for word in VERBS[verb]]
    found = CliRunner().invoke(command, [*words, "-n", "600", *more])
    assert found.exit_code == 0, found.output
    return found.output


@pytest.mark.parametrize("verb", VERBS)
def test_readers_see_titles_and_names_where_they_ask_for_them(models: tuple[str, str], verb: str) -> None:
    shown = printed(models, verb)
    told = "\n".join(line for line in shown.splitlines() if not re.search(r"foedus replay|^From |Report:", line))
    assert NAMES.findall(told) == []
    assert max(map(len, shown.splitlines())) <= 80
    if verb != "redteam":
        assert NAMES.findall(printed(models, verb, "--names"))


def test_what_a_scenario_sets_is_said_in_words(models: tuple[str, str]) -> None:
    shown = " ".join(printed(models, "run").split())
    assert "“Work at night against the usual”: 2; “The port is on strike”: on 15 January 2024" in shown
    assert "“The port is on strike”: never" in shown
    document = json.loads(printed(models, "run", "--json"))
    assert document["changes"]["double_shift"] == ["night_work = 2", "port_strike = on 2024-01-15"]


@pytest.mark.parametrize(
    ("name", "label", "group", "title"),
    [
        ("lift_time", "", "", "Lift time"),
        ("supply.lift_time[north]", "", "", "Supply: lift time, North"),
        ("loss[red, blue]", "Losses", "", "Losses, Red, Blue"),
        ("loss[ukraine]", "True Ukrainian losses", "", "True Ukrainian losses"),
        ("start of held[north_bank]", "Ground held (north_bank), at the start", "", "Ground held, North Bank, at the start"),
        ("start of held[north]", "Northern ground (north), at the start", "", "Northern ground, at the start"),
        ("share", "", "killed share, russia", "killed share, russia"),
        ("share", "Killed", "killed share, russia", "Killed"),
    ],
)
def test_titles(name: str, label: str, group: str, title: str) -> None:
    assert title_of(name, label, group) == title


def test_a_name_becomes_words() -> None:
    assert name_words("kursk_now") == "Kursk now" and name_words("a[b, c_d]") == "a, B, C D"


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("person", "people"),
        ("person/day", "people/day"),
        ("tonne/month", "tonnes/month"),
        ("box", "boxes"),
        ("ferry", "ferries"),
        ("day", "days"),
        ("glass", "glasses"),
        ("points", "points"),
        ("aircraft", "aircraft"),
        ("kg", "kg"),
        ("bcf/week", "bcf/week"),
        ("kwh", "kwh"),
        ("USD", "USD"),
        ("km2", "km²"),
        ("km2/week", "km²/week"),
        ("1", ""),
        ("1/week", "per week"),
        ("person*week", "people·week"),
    ],
)
def test_units_behind_numbers_are_in_the_plural(unit: str, words: str) -> None:
    assert unit_words(unit) == words


def test_small_words() -> None:
    assert (plural("new claim"), counted(1, "claim"), counted(1200, "claim")) == ("new claims", "1 claim", "1,200 claims")
    assert [listed(list("abc")[:count]) for count in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
    assert quoted("Will “a ban” come?") == "“Will ‘a ban’ come?”" and typeset("under 50 km2") == "under 50 km²"


def test_the_small_end_of_a_long_tail_keeps_its_digits() -> None:
    assert quantity((13_240.0, 0.0, 112_300.0, 0.0, 4_600_000.0)).said == "13,000 to 4.6 million"
    assert quantity((13_240.0, 0.0, 112_300.0, 0.0, 4_600_000.0)).median == "110,000"
    assert coarseness(1e-17, 4.0) == 1.0 and coarseness(3.0, 4.0) == 1.0 and math.isnan(coarseness(3.0, math.nan))


@given(st.lists(st.floats(0, 1), min_size=2, max_size=5).filter(lambda parts: sum(parts) > 0.01))
def test_shares_of_a_whole_add_up_as_they_are_shown(parts: list[float]) -> None:
    shares = [part / math.fsum(parts) for part in parts]
    shown = whole_percents(shares)
    assert sum(0 if text.startswith("<") else int(text.removesuffix(" %")) for text in shown) == 100
    assert all(abs(share - int(text.strip("<% ")) / 100) < 0.011 for share, text in zip(shares, shown, strict=True))


def why_of(shares: tuple[float, float, float, float], error: float, totals: tuple[float, ...] = (), futures: int = 500) -> Why:
    causes = tuple(
        Cause((f"p_{place}",), f"Cause {place}", "assumed", VarianceIndex(one / 2, error), VarianceIndex(one, error))
        for place, one in enumerate(totals)
    )
    return Why("q", futures, 28, *shares, dict.fromkeys(("evidence", "parameters", "luck"), error), 1.0, causes, "an empty north")


def text_of(view: object) -> str:
    console = Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(view)
    return capture.get()


@given(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), st.floats(0.02, 1))
def test_sentence_and_table_say_the_same_shares(parts: list[float], total: float) -> None:
    shares = [part / math.fsum(parts) for part in parts]
    found = why_of((shares[0], shares[1], shares[2], shares[3]), 0.005, (total,))
    sentence, table = why_sentence(found), text_of(why_view(found))
    for percentage, name in re.findall(r"(<?\d+ %)(?: rests)? on (claims and fits|assumptions|luck|rival structures)", sentence):
        assert re.search(rf"{name} +{re.escape(percentage)} ", table), (name, percentage)
    (left,) = re.findall(r"known, (\S+ %) would stay open", sentence)
    assume(not left.startswith(">"))
    assert re.search(rf"Cause 0 .* {re.escape(left)} ", table)


def test_no_share_is_rounded_before_it_is_rounded() -> None:
    """A number that is rounded twice differs from the same number rounded once: 37.49 is 37.5, and then 38."""
    found = [path for path in SOURCES.rglob("*.py") if re.search(r"percent\(\s*round\(", path.read_text(encoding="utf-8"))]
    assert found == []


def test_shares_that_are_hardly_known_are_not_printed() -> None:
    found = why_of((0.4, 0.1, 0.5, 0.0), 0.35, (0.9,), futures=60)
    shown = " ".join(text_of(why_view(found)).split())
    needed = 60 * (0.35 / AIMED) ** 2
    assert needed <= found.needs < 1.2 * needed and f"About {found.needs:,} would do (-n {found.needs})" in shown
    assert "claims and fits" not in shown and "%" not in shown.split("do (-n")[0].replace("0 points", "")
    assert "rests on" in text_of(why_view(why_of((0.4, 0.1, 0.5, 0.0), 0.05)))
    assert why_of((0.4, 0.1, 0.5, 0.0), 0.05).needs == 0


def test_a_cause_that_is_hardly_known_is_no_number_in_the_table() -> None:
    sure = why_of((0.4, 0.1, 0.5, 0.0), 0.05, (0.9,))
    cause = Cause(("p",), "Cause 0", "assumed", VarianceIndex(0.4, 0.2), VarianceIndex(0.9, 0.02))
    shown = text_of(
        why_view(
            Why(
                *(
                    getattr(sure, name)
                    for name in ("question", "futures", "runs", "evidence", "parameters", "luck", "structure", "errors", "share")
                ),
                (cause,),
                "x",
            )
        )
    )
    assert re.search(r"Cause 0 +assumed +\? +20\.0 +90 % +2\.0", shown) and "known to no better than" in shown


def test_a_crossing_that_may_be_anywhere_on_the_lever_has_no_place() -> None:
    positions = tuple(float(10_000 * step) for step in range(11))
    chances = tuple(0.45 + 0.01 * step for step in range(11))
    ends = {"wide": 60_000.0, "narrow": 900.0}
    flips = tuple(
        Flip(name, name, positions, chances, (0.02,) * 11, 50_000.0, error, ((50_000.0, error, True),), f"the {name} one")
        for name, error in ends.items()
    )
    lever = MovedLever("troops_sent", "Troops sent", "person", positions)
    shown = " ".join(text_of(flip_view(LeverFlips("m", lever, 0.5, flips, 500, 0))).split())
    assert "do not tell where" in shown and "± 60,000" not in shown and "at 50,000 ± 900 people" in shown
    assert "“Troops sent” from 0 to 100,000 people" in shown and "troops_sent" not in shown
    assert [can_place(error, 0.0, 1.0) for error in (0.49, 0.5, math.inf, math.nan)] == [True, False, False, False]


def test_questions_that_a_lever_hardly_moves_are_one_line() -> None:
    still = Flip("q_a", "Ask", (0.0, 1.0), (0.3, 0.301), (0.02, 0.02), None, None, (), "a quiet one")
    shown = " ".join(text_of(flip_view(LeverFlips("m", MovedLever("x", "X", "1", (0.0, 1.0)), 0.5, (still,), 500, 0))).split())
    assert "Moved by less than a point: a quiet one." in shown and "nowhere" not in shown


def test_every_named_verb_takes_the_switch() -> None:
    for verb in itertools.chain(["today"], (words[0] for words in VERBS.values() if words[0] != "redteam")):
        assert "--names" in CliRunner().invoke(command, [verb, "--help"]).output, verb


def test_an_error_is_never_nought_where_there_is_one() -> None:
    assert error_points(0.00007) == "<0.1" and error_points(0.0005) == "0.1" and error_points(0.014) == "1.4"


def test_a_title_leaves_out_the_part_that_it_is_in_where_that_says_nothing(tmp_path) -> None:
    case = load("palm_oil")
    titles = titles_in(case)
    assert titles["market.price_now"] == "Price at the start" and titles["stocks.store"] == "In store"
    assert len(set(map(str.lower, titles.values()))) == len(titles)
    two = replace(case, tree=replace(case.tree, parts=()))
    assert titles_in(two)["market.price_now"].endswith(": Price at the start")  # of no part nothing is left out


def test_what_is_said_of_happenings_leaves_out_what_the_part_is_called() -> None:
    case = load("grain_corridor")
    spoken = spoken_in(case)
    long = next(one.label for one in case.program.reports if one.label.endswith(": An attack on a ship"))
    assert spoken(f"“{long}” has come") == "“An attack on a ship” has come" and spoken("“Rain” has come") == "“Rain” has come"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Exports that stand still", "Exports"),
        ("Sold abroad where no ban holds, against as reported", "Sold abroad"),
        ("Put in store, against as reported", "Put in store"),
        ("Part of infectious contacts that measures prevent", "Part of infectious contacts that measures prevent"),
        ("Pay", "Pay"),
        (", odd", ", odd"),
    ],
)
def test_a_title_is_short_where_little_room_is(title: str, short: str) -> None:
    assert short_title(title) == short
