"""Which question of the page gets which answer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from foedus.draft.screen.desk import DraftDesk, DraftOrder
from foedus.draft.screen.page import page, script, style
from foedus.loopback import LoopbackReply, LoopbackRequest, Refusal, json_answer
from foedus.screen.assets import tick_icon

__all__ = ["answers"]

_TEXTS = ("action", "claim", "mechanism", "slot", "key")
_LONGEST = 200


def answers(desk: DraftDesk) -> Callable[[LoopbackRequest], LoopbackReply]:
    """What the server calls for every request that passed its checks."""
    fixed = {
        "": LoopbackReply(page(), "text/html"),
        "draft.css": LoopbackReply(style(), "text/css"),
        "draft.js": LoopbackReply(script(), "text/javascript"),
        "icon.svg": LoopbackReply(tick_icon(), "image/svg+xml"),
    }

    def answer(call: LoopbackRequest) -> LoopbackReply:
        if call.method == "POST":
            match call.name:
                case "decide":
                    return json_answer(desk.decide(_order(call.body)))
                case "write":
                    return json_answer(desk.write())
            raise Refusal(HTTPStatus.NOT_FOUND, "There is nothing of that name to change.")
        if call.name in fixed:
            return fixed[call.name]
        if call.name != "overview":
            raise Refusal(HTTPStatus.NOT_FOUND, "There is nothing of that name.")
        return json_answer(desk.overview())

    return answer


def _order(body: dict[str, object]) -> DraftOrder:
    """The decision in the body of a request."""
    texts = [body.get(key, "") for key in _TEXTS]
    taken = body.get("taken", 0)
    action, claim, mechanism, slot, key = (one if isinstance(one, str) and len(one) <= _LONGEST else None for one in texts)
    if action is None or claim is None or mechanism is None or slot is None or key is None:
        raise Refusal(
            HTTPStatus.BAD_REQUEST, f"{', '.join(f'`{one}`' for one in _TEXTS)} are texts of at most {_LONGEST} characters."
        )
    if not isinstance(taken, int) or isinstance(taken, bool):
        raise Refusal(HTTPStatus.BAD_REQUEST, "`taken` is a whole number.")
    return DraftOrder(action, claim, mechanism, slot, key, taken)
