"""Documents and texts say which format they are in."""

from __future__ import annotations

import json
import re

import pytest

from foedus.cli.main import main
from foedus.errors import ModelError
from foedus.model import read_model

HEAD = "model m {} for 4 weeks step 1 week\nstock x : 1 = 1\n"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["shelf"], "foedus shelf 1"),
        (["show", "iwo_jima"], "foedus show 1"),
        (["ledger", "pact", "list"], "foedus ledger list 1"),
        (["run", "iwo_jima", "--futures", "20", "--no-report"], "foedus run 1"),
    ],
)
def test_what_json_prints_begins_with_its_format(words: list[str], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([*words, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert next(iter(document)) == "format" and document["format"] == name


def test_a_text_may_say_its_version_and_another_one_is_refused() -> None:
    assert read_model(HEAD.format("language 1")) == read_model(HEAD.format(""))
    with pytest.raises(ModelError, match="version 2 of the language; this reads version 1"):
        read_model(HEAD.format("language 2"))
    with pytest.raises(ModelError, match=re.escape("expected the version")):
        read_model(HEAD.format("language one"))
