"""A second report for a case that is there: what is new, and that nothing that stands is overwritten."""

from __future__ import annotations

from datetime import date

import pytest

from draft.conftest import SAMPLES, SUBJECTS
from foedus.case import load
from foedus.draft import draft_case
from foedus.draft.later import add_to_case, matter_of_case
from foedus.draft.things import Matter
from foedus.draft.today import today
from foedus.errors import InputError
from foedus.evidence.measures import conversion
from foedus.evidence.reading import read_documents, report_paths
from foedus.study.futures import run_futures

LATER = SAMPLES / "2023-07-20_later.txt"


def read(path):
    return list(read_documents(report_paths([str(path)])))


@pytest.fixture
def case(readings, tmp_path):
    """The grain case, looking from the day of the later report."""
    return draft_case(tmp_path / "grain", readings("grain"), date(2023, 7, 20), None, lambda asked: 0).folder


def test_what_is_new_is_added_proposed_and_placed(case):
    before = {claim.id: claim for claim in load(str(case)).ledger.claims}
    added = add_to_case(str(case), read(LATER), "ann")
    after = {claim.id: claim for claim in load(str(case)).ledger.claims}
    assert set(after) - set(before) == set(added.added) and len(added.added) >= 4
    assert {after[one].status for one in added.added} == {"proposed"}
    assert all(after[one] == claim for one, claim in before.items())
    [value] = [one for one in added.moved if "value of ship" in one.group]
    assert value.before == pytest.approx(240, rel=0.05) and value.after > value.before and value.claims == 2


def test_the_morning_note_places_figures_as_they_join_the_case(case):
    note = today(load(str(case)), [str(LATER)], futures=100)
    added = add_to_case(str(case), read(LATER), "ann")
    moved = {one.group: one.after for one in added.moved}
    placed = {one.group for one in note.claims if one.moves}
    assert placed == set(moved) and note.by_parts
    units = {one.group: one.unit for one in added.moved}
    priors = [prior for prior in note.diff.priors if prior.after is not None]
    assert priors
    for prior in priors:  # a group counts in the unit of its first claim, a prior in that of the model
        factor = conversion(units[prior.group], prior.unit)
        assert factor is not None and prior.after[1] == pytest.approx(moved[prior.group] * factor, rel=0.02)


def test_an_old_figure_in_a_later_report_is_not_placed(case):
    added = add_to_case(str(case), read(LATER), "ann")
    ledger = load(str(case)).ledger
    assert all(ledger.by_id[claim].quantity.value != 240 for claim, _, _ in added.placed)


def test_the_model_is_not_touched(case):
    text = (case / "model.foedus").read_bytes()
    add_to_case(str(case), read(LATER), "ann")
    assert (case / "model.foedus").read_bytes() == text


def test_reading_the_same_again_adds_nothing(case):
    add_to_case(str(case), read(LATER), "ann")
    again = add_to_case(str(case), read(LATER), "ann")
    assert not again.added and again.known >= 4 and not again.moved


def test_a_document_of_the_case_itself_is_known(case):
    added = add_to_case(str(case), read(sorted(SUBJECTS["grain"].iterdir())[0]), "ann")
    assert not added.added and added.known > 10


def test_a_report_from_after_the_day_of_the_case_is_refused_with_the_way_out(readings, tmp_path):
    folder = draft_case(tmp_path / "grain", readings("grain"), None, None, lambda asked: 0).folder
    with pytest.raises(InputError) as refused:
        add_to_case(str(folder), read(LATER), "ann")
    assert "--as-of 2023-07-20" in refused.value.problems[0].help


def test_a_case_moves_to_a_later_day_where_its_model_bears_it(readings, tmp_path):
    folder = draft_case(tmp_path / "camps", readings("refugees"), None, None, lambda asked: 0).folder
    path = tmp_path / "later.txt"
    path.write_text(
        "More cross\n\nPublished: 14 June 2023\n\nAbout 2,000 people a day are crossing the border, the UN refugee agency said.\n"
    )
    added = add_to_case(str(folder), read(path), "ann", date(2023, 6, 14))
    assert "as of 2023-06-14" in (folder / "model.foedus").read_text() and added.as_of == "2023-06-14"
    assert [one.group for one in added.moved] == ["flight: cross the border in a week at the start"]
    assert not run_futures(load(str(folder)), 40, trajectories=False).faults


def test_a_move_behind_days_that_the_model_names_is_refused_and_changes_nothing(readings, tmp_path):
    folder = draft_case(tmp_path / "grain", readings("grain"), None, None, lambda asked: 0).folder
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    with pytest.raises(InputError) as refused:
        add_to_case(str(folder), read(LATER), "ann", date(2023, 7, 20))
    assert refused.value.problems[0].code == "cannot-move"
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


def test_a_case_does_not_move_back(readings, tmp_path):
    folder = draft_case(tmp_path / "camps", readings("refugees"), None, None, lambda asked: 0).folder
    path = tmp_path / "early.txt"
    path.write_text(
        "More cross\n\nPublished: 1 June 2023\n\nAbout 2,000 people a day are crossing the border, the UN refugee agency said.\n"
    )
    with pytest.raises(InputError) as refused:
        add_to_case(str(folder), read(path), "ann", date(2023, 6, 5))
    assert refused.value.problems[0].code == "before-as-of"


def test_a_figure_joins_its_group_in_the_unit_of_the_group(tmp_path):
    """One report counts by the day, the next by the week: the group has one unit, and its pool both figures."""
    first = "Oslo, May 2, 2023\n\nThe depots hold 29,000 tonnes of grain in store. The mills use 8,500 tonnes of grain a day. Stocks are short.\n"
    second = "Oslo, May 3, 2023\n\nSome 56,000 tonnes of grain a week are used by the mills, and stocks in the depots fall.\n"
    for name, text in (("2023-05-02_one.txt", first), ("2023-05-03_two.txt", second)):
        (tmp_path / name).write_text(text)
    folder = draft_case(tmp_path / "mill", read(tmp_path / "2023-05-02_one.txt"), date(2023, 5, 3), None, lambda asked: 0).folder
    added = add_to_case(str(folder), read(tmp_path / "2023-05-03_two.txt"), "ann")
    [moved] = added.moved
    assert moved.unit == "tonne/day" and moved.claims == 2 and 7_900 < moved.after < 8_600


def test_a_later_report_of_another_disease_or_place_fills_no_group_of_a_case():
    """What a case is about is told by the case: its disease is written large, and the report speaks of another one first."""
    text = 'model fever "Ebola in Guinea" as of 2014-09-26 for 4 weeks step 1 week\n'
    said = ["Guinea has counted 600 cases of Ebola", "Ebola has killed 400 people in Guinea"]
    told = Matter("coal", "coal", ("Ghana",), (), "cholera")
    own = matter_of_case(text, said, told)
    assert own.ill == "ebola" and own.scope == ("Ghana",)
    assert matter_of_case('model grain "Grain"', ["Odesa ships grain"] * 4, told).good == "grain"


def test_what_one_town_counts_joins_no_group_of_the_whole(tmp_path):
    first = "Oslo, May 2, 2023\n\nThe depots hold 29,000 tonnes of grain in store. The mills use 8,500 tonnes of grain a day. Stocks are short.\n"
    second = "Oslo, May 3, 2023\n\nStocks fall. The depots in Lugano hold 4,000 tonnes of grain in store. The mills use 8,300 tonnes of grain a day.\n"
    for name, text in (("2023-05-02_one.txt", first), ("2023-05-03_two.txt", second)):
        (tmp_path / name).write_text(text)
    folder = draft_case(tmp_path / "mill", read(tmp_path / "2023-05-02_one.txt"), date(2023, 5, 3), None, lambda asked: 0).folder
    added = add_to_case(str(folder), read(tmp_path / "2023-05-03_two.txt"), "ann")
    assert [one.group for one in added.moved] == ["stocks: used in a week where there is enough"]
