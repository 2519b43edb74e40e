"""Which question of the page gets which answer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from foedus.loopback import LoopbackReply, LoopbackRequest, Refusal, json_answer
from foedus.review.desk import Desk
from foedus.review.orders import ReviewOrder
from foedus.review.screen import page, script, style
from foedus.screen.assets import tick_icon

__all__ = ["answers"]

_LONGEST_WHY = 2_000


def answers(desk: Desk) -> Callable[[LoopbackRequest], LoopbackReply]:
    """What the server calls for every request that passed its checks."""
    fixed = {
        "": LoopbackReply(page(), "text/html"),
        "review.css": LoopbackReply(style(), "text/css"),
        "review.js": LoopbackReply(script(), "text/javascript"),
        "icon.svg": LoopbackReply(tick_icon(), "image/svg+xml"),
    }

    def answer(call: LoopbackRequest) -> LoopbackReply:
        if call.method == "POST":
            if call.name != "decide":
                raise Refusal(HTTPStatus.NOT_FOUND, "There is nothing of that name to change.")
            return json_answer(desk.decide(_order(call.body)))
        if call.name in fixed:
            return fixed[call.name]
        return json_answer(_asked(desk, call))

    return answer


def _asked(desk: Desk, call: LoopbackRequest) -> dict[str, Any]:
    """The document of a question."""
    query = call.query
    match call.name:
        case "overview":
            return desk.overview()
        case "claim":
            return desk.details(query.get("id", ""))
        case "document":
            return desk.passage(query.get("sha256", ""), _whole(query["at"]) if "at" in query else None)
        case "news":
            return desk.news(_whole(query.get("since", "")))
        case "conflicts":
            return desk.conflicts()
        case "homes":
            return desk.homes(query.get("id", ""))
        case "draft":
            return desk.draft((query.get("sha256", ""), _whole(query.get("start", "")), _whole(query.get("end", ""))))
    raise Refusal(HTTPStatus.NOT_FOUND, "There is nothing of that name.")


def _order(body: dict[str, object]) -> ReviewOrder:
    """The decision in the body of a request."""
    action, claim, why = (body.get(key, "") for key in ("action", "claim", "why"))
    version, typed = body.get("version", 0), body.get("typed", {})
    if not (isinstance(action, str) and isinstance(claim, str) and isinstance(why, str) and len(why) <= _LONGEST_WHY):
        raise Refusal(
            HTTPStatus.BAD_REQUEST, f"`action`, `claim` and `why` are texts, `why` of at most {_LONGEST_WHY:,} characters."
        )
    if not isinstance(version, int) or isinstance(version, bool) or not isinstance(typed, dict):
        raise Refusal(HTTPStatus.BAD_REQUEST, "`version` is a whole number, `typed` an object.")
    return ReviewOrder(action, claim, version, typed, why.strip(), _claims(body.get("claims", {})), _span(body.get("span")))


def _claims(found: object) -> dict[str, int]:
    """The claims of a decision on several: id -> version."""
    if not isinstance(found, dict) or not all(type(version) is int for version in found.values()):
        raise Refusal(HTTPStatus.BAD_REQUEST, "`claims` has a version for every id.")
    return found


def _span(found: object) -> tuple[str, int, int] | None:
    """The digest of a document, start and end."""
    match found:
        case None:
            return None
        case [str(sha256), int(start), int(end)]:
            return sha256, start, end
    raise Refusal(HTTPStatus.BAD_REQUEST, "`span` is a digest, a start and an end.")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise Refusal(HTTPStatus.BAD_REQUEST, "Give a whole number.")
    return int(text)
