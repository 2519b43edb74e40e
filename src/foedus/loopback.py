"""A server on loopback that answers only to this machine's own names, only with the token, and to no other site's page."""

from __future__ import annotations

import hmac
import json
import secrets
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from foedus.errors import FoedusError, InputError, Problem

__all__ = ["LoopbackReply", "LoopbackRequest", "Refusal", "json_answer", "port_taken", "serve"]

LARGEST_BODY = 200_000
SECONDS_TO_SPEAK = 30
_NAMES = ("127.0.0.1", "localhost")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class LoopbackRequest:
    """A request that passed every check.

    Attributes:
        method: GET or POST.
        name: the path after the token, without slashes at its ends.
        query: first value of each name.
        body: the JSON object of a POST.
    """

    method: str
    name: str
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class LoopbackReply:
    """What goes back."""

    text: str
    kind: str = "application/json"
    status: int = HTTPStatus.OK


def json_answer(document: Mapping[str, Any]) -> LoopbackReply:
    """A document that goes back."""
    return LoopbackReply(json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


class Refusal(Exception):
    """A request that is not answered, with its status and a sentence that says why."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


class _Server(ThreadingHTTPServer):
    """A server of this machine alone, with what answers and the secret part of its address."""

    daemon_threads = True

    def __init__(self, port: int, answer: Callable[[LoopbackRequest], LoopbackReply], secret: str) -> None:
        self.answer, self.secret = answer, secret
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """One connection: what it asks is checked, answered, and sent back under headers that keep it here."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "foedus", ""
    timeout = SECONDS_TO_SPEAK
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._respond("GET")

    def do_POST(self) -> None:
        self._respond("POST")

    def _respond(self, method: str) -> None:
        try:
            found = self.server.answer(self._checked(method))
        except Refusal as refusal:
            self.close_connection = True
            found = LoopbackReply(json.dumps({"error": refusal.why}), status=refusal.status)
        except FoedusError as error:
            problems = [problem.as_dict() for problem in error.problems]
            found = LoopbackReply(json.dumps({"error": str(error), "problems": problems}), status=HTTPStatus.CONFLICT)
        except Exception:  # the page must learn that it failed, the terminal why
            traceback.print_exc()
            found = LoopbackReply(
                json.dumps({"error": "Something failed here; the terminal says what."}),
                status=HTTPStatus.INTERNAL_SERVER_ERROR,
            )
        with suppress(ConnectionError):  # a browser may leave before it is answered
            self._send(found)

    def _send(self, found: LoopbackReply) -> None:
        raw = found.text.encode()
        self.send_response(found.status)
        for name, value in {**_HEADERS, "Content-Type": f"{found.kind}; charset=utf-8"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _checked(self, method: str) -> LoopbackRequest:
        """The request, once host, token, origin and body are what they must be."""
        name, _, given = (self.headers.get("Host") or "").rpartition(":")
        if name not in _NAMES or given != str(self.server.server_port):
            raise Refusal(HTTPStatus.FORBIDDEN, "This host is not known here.")
        parts = urlsplit(self.path)
        first, _, rest = parts.path.lstrip("/").partition("/")
        if not hmac.compare_digest(first.encode(), self.server.secret.encode()):
            raise Refusal(HTTPStatus.FORBIDDEN, "The address lacks its token; open the one that the command printed.")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise Refusal(HTTPStatus.FORBIDDEN, "Another site asks.")
        query = {key: values[0] for key, values in parse_qs(parts.query, max_num_fields=20).items()}
        body = self._body(f"http://{name}:{given}") if method == "POST" else {}
        return LoopbackRequest(method, rest.strip("/"), query, body)

    def _body(self, own_origin: str) -> dict[str, object]:
        """The JSON object that was sent, if this page sent it."""
        if self.headers.get("Origin") != own_origin:
            raise Refusal(HTTPStatus.FORBIDDEN, "Only the page itself may change anything.")
        if self.headers.get_content_type() != "application/json":
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON.")
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            raise Refusal(HTTPStatus.LENGTH_REQUIRED, "Say how long the body is.")
        if int(length) > LARGEST_BODY:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {LARGEST_BODY:,} bytes.")
        try:
            found = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Refusal(HTTPStatus.BAD_REQUEST, "The body must be a JSON object.")
        return found

    def log_message(self, format: str, *arguments: object) -> None:
        """Silent: the token would stand in the log."""


def serve(answer: Callable[[LoopbackRequest], LoopbackReply], port: int, token: str = "") -> tuple[ThreadingHTTPServer, str]:
    """A server that is not running yet, and the address to open.

    Args:
        answer: called for every request that passes the checks; may raise `Refusal` or `FoedusError`.
        port: on 127.0.0.1; 0 takes a free one.
        token: the secret part of the address; a new one if left out.
    """
    server = _Server(port, answer, token or secrets.token_urlsafe(24))
    return server, f"http://127.0.0.1:{server.server_address[1]}/{server.secret}/"


def port_taken(port: int, error: OSError) -> InputError:
    """The refusal of a port that cannot be had."""
    message = f"port {port} cannot be used: {error.strerror or error}."
    return InputError(Problem("--port", 0, 0, "bad-port", message, "Choose another, or 0 for any free one."))
