"""The language server, spoken to as an editor does."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

MODEL = (
    'model m for 4 weeks step 1 week\nparam ä : 1 ~ 1 to 2 because "x"\nlet b : 1 = 𝒳 + ä\nquestion q "?" at the end value b\n'
)


async def talk(folder: Path) -> dict[str, Any]:
    file = folder / "model.foedus"
    file.write_text(MODEL, encoding="utf-8")
    client, told, done = LanguageClient("test", "1"), [], asyncio.Event()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def published(parameters: types.PublishDiagnosticsParams) -> None:
        told.append(parameters)
        done.set()

    await client.start_io(sys.executable, "-c", "from foedus.cli.main import main; main(['lsp'])")
    started = await client.initialize_async(
        types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=folder.as_uri())
    )
    document = types.TextDocumentItem(file.as_uri(), "foedus", 1, MODEL)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    await asyncio.wait_for(done.wait(), 60)
    named = types.TextDocumentIdentifier(file.as_uri())
    place = types.Position(2, 17)  # behind a letter of two code units
    hover = await client.text_document_hover_async(types.HoverParams(named, place))
    where = await client.text_document_definition_async(types.DefinitionParams(named, place))
    renamed = await client.text_document_rename_async(types.RenameParams(named, place, "c"))
    layout = await client.text_document_formatting_async(types.DocumentFormattingParams(named, types.FormattingOptions(2, True)))
    words = await client.text_document_completion_async(types.CompletionParams(named, place))
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return {
        "started": started,
        "told": told,
        "hover": hover,
        "where": where,
        "renamed": renamed,
        "layout": layout,
        "words": words,
    }


def test_an_editor_is_told_problems_meanings_places_and_names(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as apart:  # a browser of another test may have left its own loop running in this thread
        found = apart.submit(lambda: asyncio.run(talk(tmp_path))).result()
    assert found["started"].server_info.name == "foedus"
    (problem,) = found["told"][0].diagnostics
    assert problem.code == "unknown-name" and problem.range.start.line == 2 and "𝒳" in problem.message
    assert "param ä" in found["hover"].contents.value
    assert found["where"][0].range.start == types.Position(1, 6)
    (edits,) = found["renamed"].changes.values()
    assert [(edit.range.start.line, edit.new_text) for edit in edits] == [(1, "c"), (2, "c")]
    assert found["layout"][0].new_text == MODEL
    assert {"ä", "max"} <= {item.label for item in found["words"]}
