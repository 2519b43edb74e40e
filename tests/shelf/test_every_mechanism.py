"""What holds of all mechanisms: used once or twice, with an index or without; what they conserve; that their defaults can be drawn."""

from __future__ import annotations

import re

import pytest

from foedus.analysis import hold_checks
from foedus.ensemble import Settings, run_ensemble
from foedus.errors import ModelError
from foedus.language import Source
from foedus.language.builtins import BUILTINS
from foedus.language.shelf import shelf_names, shelf_text
from foedus.model import Options, compile_model, parse
from foedus.parts import expand
from foedus.shelf import catalogue, entry
from helpers import ROOT, course, program_of, refusal

from .uses import DAYS, FACING, GIVEN, NAMES, WEEKS, YEARS, model, use

FUTURES = 500
SIZES = range(5, 41)


def place_of(name: str) -> str:
    return "place" if name in FACING else ""


def test_the_table_of_uses_is_the_shelf():
    assert list(shelf_names()) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("over", ["", "place", "place, size"], ids=["scalar", "indexed", "two indices"])
def test_every_default_is_drawn_without_a_failure(name, over):
    span, given = GIVEN[name]
    if name in FACING and over != "place":
        assert "no-facing" in {problem.code for problem in refusal(model(name, span, use(name, given, over=over))).problems}
        return
    run = course(model(name, span, use(name, given, over=over)), FUTURES, engine="compiled")
    assert (run.status == 0).all()
    given_names = {f"part.{one.name}" for one in entry(name).gives}
    assert given_names <= {one.partition("[")[0] for one in run.values}


COARSE = {WEEKS: "for 24 months step 1 month", YEARS: "for 10 years step 1/2 year", DAYS: "for 364 days step 2 days"}


@pytest.mark.parametrize("name", NAMES)
def test_a_step_as_long_as_the_times_in_it_fails_no_future(name):
    """Nothing is emptied faster than a step allows; `foedus check` says what a finer step would change."""
    span, given = GIVEN[name]
    run = course(model(name, COARSE[span], use(name, given, over=place_of(name))), FUTURES, engine="compiled")
    assert (run.status == 0).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_mechanism_used_twice_is_two_parts_with_luck_of_their_own(name):
    span, given = GIVEN[name]
    once = model(name, span, use(name, given, "one", place_of(name)))
    twice = once + use(name, given, "two", place_of(name))
    single, double = course(once, 20), course(twice, 20)
    for variable in single.values:
        assert (single[variable] == double[variable]).all(), f"another part moved {variable}"
    drawn = [slot.name for slot in program_of(twice).parameters if slot.name.startswith("two.")]
    if any(slot.default and slot.default.startswith("~") for slot in entry(name).slots):
        assert drawn
        differing = [one for one in single.values if (double[one] != double[one.replace("one.", "two.")]).any()]
        assert differing, "the second part repeats the luck of the first"


@pytest.mark.parametrize(
    ("name", "over"), [(name, over) for name in NAMES for over in ("", "place") if over or name not in FACING]
)
def test_a_mechanism_conserves_what_it_says(name, over):
    span, given = GIVEN[name]
    tree = parse(model(name, span, use(name, given, over=over)))
    program = compile_model(tree, Options(save="none", checks=True, reach=False))
    futures = run_ensemble(program, Settings(100, 0), scenarios=program.scenarios)
    results = hold_checks(futures, expand(tree))
    assert len(results) == len(entry(name).checks)
    assert [one.name for one in results if not one.passed] == []


def test_a_mechanism_that_loses_something_is_refused():
    """The test above can fail: a leak in a mechanism breaks its check."""
    leaky = 'mechanism leaky "A leak" of thing\nslot start : thing "At the start"\nstock held : thing = start\nstock gone : thing = 0\n'
    leaky += 'flow lost : held -> outside = held / 10 week\ngives held\ncheck "all is kept" conserve thing over held, gone\n'
    text = Source("model m for 10 weeks step 1 week\nunit thing\nuse leaky as part of thing with start = 5 thing\n")
    with pytest.raises(ModelError, match="not-conserved"):
        compile_model(parse(text.followed_by(leaky, "leaky.foedus")))


# --- the form of the files


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_short_and_its_slots_are_told(name):
    lines = shelf_text(name).splitlines()
    assert len(lines) in SIZES and max(map(len, lines)) <= 142
    one = entry(name)
    assert one.name == name and one.title and one.gives
    assert re.search(r"\b(?:18|19|20)\d\d\b", one.source), "a publication has a year"
    assert len(one.not_for) > 30
    for slot in one.slots:
        assert slot.meaning and not slot.meaning.endswith("."), slot.name
        assert (slot.default is None) != bool(slot.because), slot.name
        if slot.default and slot.default.startswith("~"):
            assert (
                re.search(r"\(?\d{4}\)?|judgement|open; a scenario", slot.because) or one.source.split(",")[0] in slot.because
            ), slot.name
    for given in one.gives:
        assert given.meaning, given.name


@pytest.mark.parametrize("name", NAMES)
def test_levels_that_only_the_subject_knows_have_no_default(name):
    """An amount of the generic thing is a number of the subject: other than nothing at all, the shelf cannot know it."""
    one = entry(name)
    for slot in one.slots:
        above = slot.unit.split("/")[0].split("*")
        if set(above) & set(one.things) and not set(slot.unit.split("/")[1:]) & set(one.things):
            follows = slot.default is not None and any(f"{other.name}" in re.findall(r"\w+", slot.default) for other in one.slots)
            assert slot.default in (None, "= 0") or follows, slot.name


def test_no_word_of_one_subject_stands_on_the_shelf():
    """What is generic names no party and no place; where a publication does, the place is its evidence."""
    subjects = "ukrain russia korea dprk kursk donbas moscow kyiv pyongyang seoul putin zelensk israel gaza taiwan nato houthi"
    for name in NAMES:
        code = re.sub(r'because "[^"]*"|source "[^"]*"', "", shelf_text(name)).casefold()
        assert [word for word in subjects.split() if word in code] == [], name


def test_no_name_hides_a_function():
    for one in catalogue():
        assert not {slot.name for slot in one.slots} & set(BUILTINS)


@pytest.mark.parametrize("name", NAMES)
def test_a_slot_filled_in_the_wrong_unit_is_refused_at_its_place(name):
    span, given = GIVEN[name]
    slot = next(one for one in entry(name).slots if one.unit != "km")
    others = [part for part in given.split(", ") if part and not part.startswith(f"{slot.name} =")]
    bindings = ", ".join([f"{slot.name} = 3 km", *others])
    error = refusal(model(name, span, use(name, bindings, over=place_of(name))))
    assert any(problem.code in ("units-differ", "wrong-unit") and problem.file == "<text>" for problem in error.problems), str(
        error
    )


@pytest.mark.parametrize("name", [name for name in NAMES if any(slot.default is None for slot in entry(name).slots)])
def test_what_must_be_given_is_asked_for_by_its_meaning(name):
    span, _ = GIVEN[name]
    error = refusal(model(name, span, use(name, "", over=place_of(name))))
    wanted = {slot.name: slot.meaning for slot in entry(name).slots if slot.default is None}
    told = [problem.message for problem in error.problems if problem.code == "slot-not-filled"]
    assert len(told) == len(wanted) and all(any(meaning in message for message in told) for meaning in wanted.values())


@pytest.mark.parametrize("path", sorted((ROOT / "src/foedus/shelf/examples").glob("*.foedus")), ids=lambda path: path.stem)
def test_an_example_uses_its_mechanism_and_compiles(path):
    text = path.read_text(encoding="utf-8")
    assert re.search(rf"^use {path.stem} as ", text, re.MULTILINE) and "question " in text
    assert max(map(len, text.splitlines())) <= 142
    try:
        program = program_of(text)
    except ModelError as error:
        pytest.fail(str(error))
    assert program.results


# what starts a stock is a number of the start; other slots may hang on what happens in the run
FIXED = re.compile(r"at the start|by the start|before the start|at first|in the end|highest rung|who live|in the region")
CONSTANT = {
    "attrition": {"killed_share", "healing_time"},
    "chokepoint": {"straight_time", "longer"},
    "epidemic": {"incubation", "sick_time"},
}
CURED = {
    "pipeline": ("in_training = 50 thing",),
    "inventory": ("ordered_now = 40 thing",),
    "chokepoint": ("traffic_now = 90 cargo/week", "attacks_now = 2 per month"),
}


@pytest.mark.parametrize("name", NAMES)
def test_what_flows_may_hang_on_an_event(name):
    """A slot that no start is made of takes what is only known in the run; of those that are, another slot gives the start."""
    span, given = GIVEN[name]
    for slot in entry(name).slots:
        if (
            FIXED.search(slot.meaning)
            or slot.name in CONSTANT.get(name, ())
            or any(one.startswith(f"{slot.name} =") for one in CURED.get(name, ()))
        ):
            continue
        number = f"0.5 per {slot.unit[2:]}" if slot.unit.startswith("1/") else "0.5" if slot.unit == "1" else f"0.5 {slot.unit}"
        others = [part for part in given.split(", ") if part and not part.startswith(f"{slot.name} =")]
        bindings = ", ".join([f"{slot.name} = {number} * (1 + clash)", *others, *CURED.get(name, ())])
        program_of(model(name, span, "event clash at rate 1 per year\n", use(name, bindings, over=place_of(name))))
