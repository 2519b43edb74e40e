"""How much of a draft rests on the reports: one figure, the same in the README, on the screen, in the JSON and in the run that follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from draft.conftest import SAMPLES
from foedus.case import load
from foedus.draft import draft_case
from foedus.draft.folder import FUTURES
from foedus.draft.readme import rests_on
from foedus.evidence.reading import read_documents, report_paths
from foedus.show.confidence import Resting
from foedus.show.judgements import judgements_of, resting_of
from foedus.study.run import RunOptions, run_case


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("share")
    return draft_case(folder / "port", list(read_documents(report_paths([str(SAMPLES / "strike")]))), None, None, lambda asked: 0)


def test_the_run_says_what_the_readme_says(made):
    finding = run_case(load(str(made.folder)), RunOptions(futures=FUTURES, trajectories=False)).finding
    assert resting_of(finding) == made.resting
    assert made.document["share_on_defaults"] == made.share == made.resting.assumed_part
    assert rests_on(made.resting) in (made.folder / "README.md").read_text()
    [why] = [one.text for one in judgements_of(finding) if one.kind == "confidence"]
    shares = rests_on(made.resting).split("(of their variance ")[1].split(";")[0].split(", ")
    assert shares[0] in why and shares[1].split(" on ")[0] in why


def test_what_explains_nothing_has_no_share():
    none = Resting(0.0, 0.0, 0.001, 0.999, 3)
    assert none.assumed_part is None and replace(none, assumed=0.2, claims=0.6).assumed_part == pytest.approx(0.25)
