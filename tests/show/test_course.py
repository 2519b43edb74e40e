"""One future is told in words: titles, choices that change, yes and no; the model's own names where they are asked for."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from foedus.case import load
from foedus.cli.main import foedus as command
from foedus.study.replay import replay

MODEL = """model m as of 2024-01-01 for 20 weeks step 1 week
unit ship
stock in_port : ship = 3 ship "Ships in port"
flow sailed : in_port -> outside = in_port * 0.1/week
event storm_comes when in_port < 2 ship "A storm comes"
decision harbour by port every 2 weeks "Whether the harbour is shut"
  leave_open : 100
  shut : 0
chart "Ships" of in_port
scenario as_usual "As it always was" { harbour = leave_open from 2024-03-01 }
question harbour_shut "Is the harbour shut?" at the end true when in_port < 1 ship called "a harbour that is shut"
question left "How many are left?" at the end value in_port
"""


def test_a_future_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "m.foedus").write_text(MODEL)
    arguments = ["replay", str(tmp_path / "m.foedus"), "-f", "3", "-s", "as_usual"]
    shown = CliRunner().invoke(command, arguments).output
    told = " ".join(shown.split())
    assert "scenario “As it always was”: ok" in told and "Ships in port" in told
    assert "A storm comes has come" in told and "leave open (chance 100 %)" in told
    assert told.count("Whether the harbour is shut leave open (chance") == 1 and "taken as the one before" in told
    assert "a harbour that is shut yes" in told and "How many are left? 0.3647 ships" in told
    assert not any(name in told for name in ("in_port", "storm_comes", "leave_open", "harbour_shut", "as_usual"))
    assert max(map(len, shown.splitlines())) <= 80
    named = " ".join(CliRunner().invoke(command, [*arguments, "--names"]).output.split())
    assert "in_port" in named and "harbour_shut yes" in named and "A storm" not in named


def test_a_part_is_not_named_before_each_of_its_things() -> None:
    """Where all stand in a few parts, their names say nothing that the titles behind them do not."""
    told = " ".join(CliRunner().invoke(command, ["replay", "grain_corridor", "-f", "3"]).output.split())
    assert "An attack on a ship has come" in told and "the way around: An attack" not in told
    worth = " ".join(CliRunner().invoke(command, ["worth", "grain_corridor", "-n", "1000"]).output.split())
    assert "Fall of demand with price" in worth and "A market with a shortage: price" not in worth


def test_without_charts_a_future_shows_the_amounts_that_questions_look_at(tmp_path: Path) -> None:
    """Happenings are told by their dates, not by columns of 0 and 1."""
    (tmp_path / "m.foedus").write_text(
        "model m as of 2024-01-01 for 10 weeks step 1 week\nunit ship\nevent storm on 2024-02-01\nlet aside : ship = 3 ship\n"
        "stock port : ship = 10 ship\nflow arrive : outside -> port = 1.5 ship/week\n"
        'question storms "A storm?" at the end true when storm\nquestion many "Many?" at the end true when port > 20 ship\n'
    )
    assert replay(load(str(tmp_path / "m.foedus")), 0).shown == ("port",)
    (tmp_path / "n.foedus").write_text((tmp_path / "m.foedus").read_text() + 'chart "Aside" of aside\n')
    assert replay(load(str(tmp_path / "n.foedus")), 0).shown == ("aside",)
