"""The page of a case as a widget of a notebook; levers and answers are traits that both sides may read, and levers both may set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from foedus import extras
from foedus.errors import InputError, Problem, suggestion
from foedus.page.build import page_html
from foedus.screen.link import module_script

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["page_widget"]


def page_widget(case: Case, height: int = 800) -> Any:
    """A widget that shows the page of a case; it runs in the reader's browser, not in the kernel.

    Traits: `levers` and `parameters` (name -> number in the declared unit) and `scenario` (a name) can be set from Python and follow the
    reader; `answers` (question -> chance or median), `futures` and `digest` say what the page shows, `failures` where
    futures failed, in words; `refused` holds what it would not take.

    Args:
        case: the case.
        height: of the frame, in pixels.
    Raises:
        InputError: anywidget is not installed.
    """
    extras.require("notebook", "the page in a notebook")
    import anywidget
    import traitlets

    known = {
        "levers": [slot.name for slot in case.program.parameters if slot.is_lever],
        "parameters": [slot.name for slot in case.program.parameters if not slot.is_lever],
    }
    scenarios = [slot.name for slot in case.program.scenarios if not slot.is_hidden]

    class PageWidget(anywidget.AnyWidget):
        """A case's page in a notebook."""

        _esm = module_script("page/widget.js")
        page = traitlets.Unicode().tag(sync=True)
        title = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int(800).tag(sync=True)
        scenario = traitlets.Unicode("").tag(sync=True)
        levers = traitlets.Dict().tag(sync=True)
        parameters = traitlets.Dict().tag(sync=True)
        answers = traitlets.Dict().tag(sync=True)
        futures = traitlets.Int(0).tag(sync=True)
        digest = traitlets.Unicode("").tag(sync=True)
        failures: Any = traitlets.List().tag(sync=True)
        refused: Any = traitlets.List().tag(sync=True)

        @traitlets.validate("levers", "parameters")
        def _is_known(self, proposal: Any) -> dict[str, float]:
            name = proposal["trait"].name
            _refuse_unknown(case.name, proposal["value"], known[name], name)
            return {key: float(value) for key, value in proposal["value"].items()}

        @traitlets.validate("scenario")
        def _is_scenario(self, proposal: Any) -> str:
            _refuse_unknown(case.name, [proposal["value"]] if proposal["value"] else [], scenarios, "scenario")
            return str(proposal["value"])

    return PageWidget(page=page_html(case), title=case.tree.model.title or case.name, height=height)


def _refuse_unknown(case: str, names: Iterable[str], known: list[str], what: str) -> None:
    for name in names:
        if name not in known:
            message = (
                f"the case has no `{name}` among its {what}." if what != "scenario" else f"the case has no scenario `{name}`."
            )
            raise InputError(Problem(case, 0, 0, "unknown-name", message, suggestion(name, known)))
