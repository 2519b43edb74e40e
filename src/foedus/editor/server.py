"""The language server: what editors ask by the Language Server Protocol, answered by a workbench.

Source: Language Server Protocol 3.17 (Microsoft); the library pygls speaks it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from foedus.constructs import KEYWORDS
from foedus.editor.workbench import EditorPlace, Workbench, model_of
from foedus.errors import FoedusError, Problem
from foedus.files import real_path
from foedus.language import Source
from foedus.language.layout import laid_out
from foedus.language.shelf import shelf_path
from foedus.version import VERSION

__all__ = ["make_server"]

_KINDS = {
    "keyword": types.CompletionItemKind.Keyword,
    "function": types.CompletionItemKind.Function,
    "slot": types.CompletionItemKind.Property,
    "mechanism": types.CompletionItemKind.Module,
    "part": types.CompletionItemKind.Field,
    "parameter": types.CompletionItemKind.Constant,
    "event": types.CompletionItemKind.Event,
    "decision": types.CompletionItemKind.Enum,
}


class _Server(LanguageServer):
    """Keeps a workbench for each model, and makes it anew when one of its files changes."""

    def __init__(self) -> None:
        super().__init__("foedus", VERSION)
        self._benches: dict[Path, Workbench] = {}
        self._told: dict[Path, set[str]] = {}

    def bench(self, uri: str) -> tuple[Workbench, str]:
        """The workbench of a file's model, and the file's path."""
        path = Path(to_fs_path(uri) or uri)
        model = model_of(path, self._texts())
        if model not in self._benches:
            self._benches[model] = Workbench(model, self._texts())
        return self._benches[model], str(path)

    def forget(self) -> None:
        self._benches.clear()

    def _texts(self) -> dict[Path, str]:
        """What the editor holds."""
        return {real_path(to_fs_path(uri) or uri): document.source for uri, document in self.workspace.text_documents.items()}

    def tell_problems(self, uri: str) -> None:
        """Publish the problems of the model that a file belongs to, for each of its files."""
        bench, path = self.bench(uri)
        found: dict[str, list[types.Diagnostic]] = {str(real_path(path)): []}
        for problem in bench.problems():
            found.setdefault(str(real_path(problem.file)), []).append(_diagnostic(problem))
        earlier = self._told.get(bench.model, set())
        for file in {*found, *earlier}:
            parameters = types.PublishDiagnosticsParams(from_fs_path(file) or file, found.get(file, []))
            self.text_document_publish_diagnostics(parameters)
        self._told[bench.model] = set(found)


def make_server() -> LanguageServer:
    """A server for models, ready to be started."""
    server = _Server()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(parameters: types.DidOpenTextDocumentParams) -> None:
        server.forget()
        server.tell_problems(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(parameters: types.DidChangeTextDocumentParams) -> None:
        server.forget()
        server.tell_problems(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(parameters: types.DidSaveTextDocumentParams) -> None:
        server.forget()
        server.tell_problems(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(parameters: types.HoverParams) -> types.Hover | None:
        bench, path, line, column = _asked(server, parameters)
        text = bench.hover(path, line, column)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(parameters: types.DefinitionParams) -> list[types.Location]:
        bench, path, line, column = _asked(server, parameters)
        return [types.Location(_uri(place), _range(place)) for place in bench.definition(path, line, column)]

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[".", "["]))
    def completion(parameters: types.CompletionParams) -> list[types.CompletionItem]:
        bench, path, line, column = _asked(server, parameters)
        return [
            types.CompletionItem(
                word, kind=_KINDS.get(kind, types.CompletionItemKind.Variable), detail=kind, documentation=words or None
            )
            for word, kind, words in bench.completions(path, line, column)
        ]

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    def rename(parameters: types.RenameParams) -> types.WorkspaceEdit | None:
        bench, path, line, column = _asked(server, parameters)
        changes: dict[str, list[types.TextEdit]] = {}
        try:
            for place, word in bench.renamed(path, line, column, parameters.new_name):
                changes.setdefault(_uri(place), []).append(types.TextEdit(_range(place), word))
        except FoedusError as error:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
            return None
        return types.WorkspaceEdit(changes={uri: list(edits) for uri, edits in changes.items()})

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(parameters: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        document = server.workspace.get_text_document(parameters.text_document.uri)
        try:
            text = laid_out(Source(document.source.replace("\r\n", "\n")), KEYWORDS)
        except FoedusError:
            return None  # its problems stand beside it already
        end = types.Position(len(document.lines) + 1, 0)
        return [types.TextEdit(types.Range(types.Position(0, 0), end), text)]

    return server


def _asked(server: _Server, parameters: Any) -> tuple[Workbench, str, int, int]:
    """The workbench, and the place that is asked about, as files count it: lines and columns from 1, columns in characters."""
    uri = parameters.text_document.uri
    document = server.workspace.get_text_document(uri)
    position = document.position_from_client_units(parameters.position)
    bench, path = server.bench(uri)
    return bench, path, position.line + 1, position.character + 1


def _diagnostic(problem: Problem) -> types.Diagnostic:
    line, column = max(0, problem.line - 1), max(0, problem.column - 1)
    place = types.Range(types.Position(line, column), types.Position(line, column + max(1, problem.width)))
    kind = types.DiagnosticSeverity.Warning if problem.is_warning else types.DiagnosticSeverity.Error
    return types.Diagnostic(
        place, f"{problem.message}\n{problem.help}".strip(), severity=kind, code=problem.code, source="foedus"
    )


def _range(place: EditorPlace) -> types.Range:
    return types.Range(types.Position(place.line - 1, place.column - 1), types.Position(place.line - 1, place.end - 1))


def _uri(place: EditorPlace) -> str:
    path = str(shelf_path(place.file)) if place.file.startswith("shelf/") else place.file
    return from_fs_path(str(real_path(path))) or path
