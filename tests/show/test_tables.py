"""What the terminal prints."""

import dataclasses
import re

import pytest
from rich.console import Console

from foedus.analysis.grounds import Grounds
from foedus.show.document import finding_document
from foedus.show.ranking import few_futures
from foedus.show.report import report_html
from foedus.show.table import answer_table, check_view, structure_view, trace_view
from foedus.show.words import plain
from foedus.titles import name_words


def lines_of(renderable, width=80):
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get().splitlines()


@pytest.fixture(scope="module")
def views(finding):
    question = finding.questions[1]
    return {
        "answers": answer_table(finding),
        "checks": check_view(finding.checks),
        "structure": structure_view(finding.structure),
        "trace": trace_view(question, finding.assumptions),
    }


@pytest.mark.parametrize("name", ["answers", "checks", "structure", "trace"])
def test_every_line_fits_80_columns(views, name):
    lines = lines_of(views[name])
    assert len(lines) > 4
    assert max(len(line.rstrip()) for line in lines) <= 80


@pytest.mark.parametrize("name", ["answers", "checks", "structure", "trace"])
def test_no_control_character_reaches_the_terminal(views, name):
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", "\n".join(lines_of(views[name])))


def test_brackets_are_text_not_markup(views):
    assert "[bold]" in "\n".join(lines_of(views["answers"]))
    assert "front[russia]" in "\n".join(lines_of(views["structure"]))


def test_every_question_and_scenario_is_told_in_words_and_by_name_where_names_are_asked_for(finding):
    told = tuple(dataclasses.replace(one, words=tuple("what it sets" for _ in one.changes)) for one in finding.scenarios)
    finding = dataclasses.replace(finding, scenarios=told)
    text, named = (
        " ".join(" ".join(lines_of(view, 200)).split()) for view in (answer_table(finding), answer_table(finding, names=True))
    )
    words = set(text.split())
    assert all(set(plain(question.ask).split()) <= words for question in finding.questions)  # a line may be folded in a column
    assert all(scenario.label in text for scenario in finding.scenarios)
    assert not any(re.search(rf"\b{name}\b", text) for name in names_of(finding)) and "--names shows them" in text
    assert all(question.name in named for question in finding.questions)


def names_of(finding):
    """The names that are no words: those with an underscore or a bracket."""
    found = [one.name for one in (*finding.questions, *finding.scenarios)] + [one.parameter for one in finding.assumptions]
    return [re.escape(name) for name in found if "_" in name or "[" in name]


def test_status_checks_warnings_and_seconds_stand_at_the_end(views):
    tail = "\n".join(lines_of(views["answers"])[-14:])
    assert "89,971 ok, 29 failed (21 negative stock, 8 not finite)" in tail
    assert "3 hold, 1 fail" in tail and "Warning: The table `aid`" in tail and "run 7.93 s" in tail


def test_a_scenario_block_holds_only_differences_beyond_two_errors(finding):
    noise = {
        name: dataclasses.replace(answer, difference=answer.difference and answer.difference_error * 1.9)
        for name, answer in finding.questions[0].answers.items()
    }
    question = dataclasses.replace(finding.questions[0], answers=noise)
    alone = dataclasses.replace(finding, questions=(question,), checks=())
    text = "\n".join(lines_of(answer_table(alone)))
    assert text.count("moves 0 of 1 answer ") == len(finding.scenarios) - 1
    assert "points" not in text


def test_trace_walks_from_the_answer_to_the_claims(finding, views):
    text = "\n".join(lines_of(views["trace"]))
    by_name = {assumption.parameter: assumption for assumption in finding.assumptions}
    for driver in finding.questions[1].drivers:
        assert by_name[driver.parameter].label in text if driver.parameter in by_name else name_words(driver.parameter) in text
        for claim in by_name[driver.parameter].claims if driver.parameter in by_name else ():
            assert claim.paraphrase in text and claim.url in text
    assert not any(re.search(rf"\b{name}", text) for name in names_of(finding))
    shown = "\n".join(lines_of(trace_view(finding.questions[1], finding.assumptions, names=True)))
    assert all(driver.parameter in shown for driver in finding.questions[1].drivers)
    assert "assumed because 90 % interval" in text and "effective origins" in text


def test_a_finding_without_content_is_still_printed(finding):
    bare = dataclasses.replace(finding, questions=(), scenarios=finding.scenarios[:1], checks=(), warnings=())
    assert lines_of(answer_table(bare))
    assert lines_of(check_view(()))


@pytest.mark.parametrize(("futures", "is_said"), [(1000, True), (3999, True), (4000, False)])
def test_ranges_from_few_futures_are_said_to_be_too_narrow_wherever_they_stand(finding, futures, is_said):
    first, *others = finding.questions
    ranged = Grounds(0.2, 0.2, 0.2, 0.4, "judgement", (0.1, 0.8))
    answers = {name: dataclasses.replace(own, grounds=ranged) for name, own in first.answers.items()}
    manifest = dataclasses.replace(finding.manifest, futures=futures)
    few = dataclasses.replace(finding, questions=(dataclasses.replace(first, answers=answers), *others), manifest=manifest)
    told = f"From {futures:,} futures ranges are too narrow, and badges may change"
    assert (told in " ".join(" ".join(lines_of(answer_table(few))).split())) == is_said
    assert (told in report_html(few)) == is_said
    assert (told in (finding_document(few)["ranges_note"] or "")) == is_said


def test_where_there_is_no_range_none_is_too_narrow(finding):
    bare = [
        dataclasses.replace(
            one, answers={name: dataclasses.replace(own, grounds=None, effect=None) for name, own in one.answers.items()}
        )
        for one in finding.questions
    ]
    few = dataclasses.replace(finding, questions=tuple(bare), manifest=dataclasses.replace(finding.manifest, futures=100))
    assert few_futures(few) == ""
