"""The page says of which file a statement is, where the model is made of several."""

from __future__ import annotations

from pathlib import Path

from foedus.case import load
from foedus.page.parts import parts_document


def test_a_statement_of_another_file_is_told_with_it(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems/roads.foedus").write_text('# roads\nlet far : 1 = 2 "Far"\n')
    head = 'model m for 2 weeks step 1 week\nlet near : 1 = 1 "Near"\ninclude "systems/roads.foedus"\n'
    (tmp_path / "model.foedus").write_text(
        f'{head}let last : 1 = near + far "Last"\nquestion q "How far?" at the end value last\n'
    )
    document = parts_document(load(str(tmp_path)))
    lines = {name: document["statements"][part["statement"]][0] for name, part in document["parts"].items()}
    assert lines == {"near": 2, "far": "2 of systems/roads.foedus", "last": 4}
    assert document["statements"][document["questions"]["q"]["statement"]][0] == 5
