"""What Python writes into a page is what the types of its scripts say, field by field."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.page.conftest import EPIDEMIC
from tests.page.test_failures import DEEP
from tests.screen.documents import complaints

from foedus.case import load
from foedus.page.build import page_html

TRUCE = (Path(__file__).parent / "truce.foedus").read_text(encoding="utf-8")
MODELS = {"epidemic": EPIDEMIC.read_text(encoding="utf-8"), "failing": DEEP, "truce": TRUCE}


def written(text: str, folder: Path) -> list[tuple[str, str, Any]]:
    (folder / "model.foedus").write_text(text, encoding="utf-8")
    html = page_html(load(str(folder / "model.foedus")), futures=60)
    found = {
        name: re.search(rf'<script type="[^"]*" id="{name}">(.*?)</script>', html, re.DOTALL) for name in ("content", "plan")
    }
    content, plan = (json.loads(one[1]) for one in found.values() if one)
    return [("page/types.d.ts", "Content", content), ("engine/types.d.ts", "PlanDocument", plan)]


@pytest.mark.parametrize("name", MODELS)
def test_content_and_plan_are_of_their_types(name: str, tmp_path: Path) -> None:
    assert complaints(tmp_path, written(MODELS[name], tmp_path)) == ""


def test_a_field_that_no_type_names_is_noticed(tmp_path: Path) -> None:
    (file, name, content), plan = written(DEEP, tmp_path)
    content["levers"][0]["colour"] = "red"
    content["questions"] = content["questions"][:1]
    del content["questions"][0]["isDate"]
    said = complaints(tmp_path, [(file, name, content), plan])
    assert (
        "colour" in said and "does not exist" in said and "Property 'isDate' is missing" in said and len(said.splitlines()) == 2
    )
