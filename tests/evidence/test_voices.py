"""The parts of a source's name, and when two names are one voice."""

from __future__ import annotations

import pytest

from foedus.evidence.voices import is_same_voice, voice_of

PARTS = {
    "HUR": (("HUR",), ()),
    "NATO intelligence via CNN": (("NATO intelligence",), ("CNN",)),
    "US officials (via NYT)": (("US officials",), ("NYT",)),
    "Yonhap citing NIS": (("NIS",), ("Yonhap",)),
    "Reuters, citing the health ministry": (("the health ministry",), ("Reuters",)),
    "Kyiv Post, according to HUR": (("HUR",), ("Kyiv Post",)),
    "Kyrylo Budanov told the BBC": (("Kyrylo Budanov",), ("the BBC",)),
    "Budanov in an interview with TWZ": (("Budanov",), ("TWZ",)),
    "Agentstvo on DeepState": (("DeepState",), ("Agentstvo",)),
    "experts on Ukraine": (("experts on Ukraine",), ()),
    "computed from HUR": (("HUR",), ()),
    "computed from General Staff and ISW via The Economist": (("General Staff", "ISW"), ("The Economist",)),
    "count cited in Leeds 2000": (("count",), ("Leeds 2000",)),
}


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_name_says_who_speaks_and_through_whom(name: str) -> None:
    voice = voice_of(name)
    assert (voice.speakers, voice.outlets) == PARTS[name]
    assert voice.is_computed == name.startswith("computed")


SAME = [
    ("UA General Staff", "Ukrainian General Staff"),
    ("UK MoD", "UK Ministry of Defence"),
    ("ROK MND", "South Korean defence ministry"),
    ("Putin", "Vladimir Putin"),
    ("the HUR", "hur"),
    ("US State Department", "American State Department"),
    ("South Korea's military", "South Korean military"),
]
OTHER = [
    ("UA General Staff", "UA General Staff training department"),
    ("US", "US officials"),
    ("Putin", "Putin adviser group office"),
    ("North Korean media", "South Korean media"),
    ("officials", "US officials"),
    ("Kim Jong Un", "Kim Yong-hyun"),
    ("ISW", "NIS"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_voice_under_two_names(one: str, other: str) -> None:
    assert is_same_voice(one, other) and is_same_voice(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_voices(one: str, other: str) -> None:
    assert not is_same_voice(one, other) and not is_same_voice(other, one)


def test_the_first_letters_of_a_name_are_it_where_that_is_asked_for():
    full = "National Intelligence Service"
    assert is_same_voice("NIS", full, by_letters=True) and is_same_voice(f"{full} (NIS)", "NIS", by_letters=True)
    assert not is_same_voice("NIS", full) and not is_same_voice("NSS", full, by_letters=True)
    assert not is_same_voice("IB", "Ida Berg", by_letters=True), "two letters are anybody's"
