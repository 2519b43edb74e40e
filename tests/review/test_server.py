"""Who may ask, and who may change anything."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any

import pytest
from tests.review.conftest import Running

GOOD = {"action": "accept", "claim": "V02", "version": 1, "why": "", "typed": {}}


def ask(
    review: Running, path: str, *, method: str = "GET", body: Any = None, **headers: str
) -> tuple[int, Any, http.client.HTTPMessage]:
    """Status, JSON (or text) and headers of an answer; `Host` and others can be given with _ for -."""
    connection = http.client.HTTPConnection("127.0.0.1", review.port, timeout=30)
    sent = {"Host": f"127.0.0.1:{review.port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    connection.request(method, path, raw, sent)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    kind = answer.headers.get_content_type()
    return answer.status, json.loads(text) if kind == "application/json" else text, answer.headers


def post(review: Running, body: Any = GOOD, *, path: str = "", **headers: str) -> tuple[int, Any, http.client.HTTPMessage]:
    own = {"Origin": f"http://127.0.0.1:{review.port}", "Content_Type": "application/json"}
    return ask(review, path or f"/{review.token}/decide", method="POST", body=body, **{**own, **headers})


def status_of(review: Running, name: str = "V02") -> str:
    with review.store() as store:
        return store.claim(name).claim.status


def test_the_page_has_its_parts_and_a_strict_policy(review: Running) -> None:
    status, text, headers = ask(review, f"/{review.token}/")
    assert status == 200 and 'src="review.js"' in text and "<script>" not in text and "style=" not in text
    policy = headers["Content-Security-Policy"]
    assert (
        "default-src 'none'" in policy
        and "script-src 'self'" in policy
        and "unsafe" not in policy
        and "frame-ancestors 'none'" in policy
    )
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers
    for name in ("review.js", "review.css", "icon.svg"):
        assert ask(review, f"/{review.token}/{name}")[0] == 200


@pytest.mark.parametrize("path", ["/", "/review.js", "/overview", "/claim?id=V01", "/wrong/", "/wrong/overview", "/%00/overview"])
def test_without_the_token_nothing_is_told(review: Running, path: str) -> None:
    status, found, _ = ask(review, path)
    assert status == 403 and set(found) == {"error"}


def test_a_change_without_the_token_is_refused(review: Running) -> None:
    assert post(review, path="/decide")[0] == 403
    assert post(review, path="/wrong/decide")[0] == 403
    assert status_of(review) == "proposed"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "localhost.evil.example:{port}"]
)
def test_another_host_is_refused_even_with_the_token(review: Running, host: str) -> None:
    name = host.format(port=review.port)
    assert ask(review, f"/{review.token}/overview", Host=name)[0] == 403
    assert post(review, Host=name)[0] == 403
    assert status_of(review) == "proposed"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:{port}", "https://127.0.0.1:{port}", ""]
)
def test_another_origin_cannot_change_anything(review: Running, origin: str) -> None:
    status, found, _ = post(review, Origin=origin.format(port=review.port))
    assert status == 403 and "page itself" in found["error"] and status_of(review) == "proposed"


def test_a_request_from_another_site_is_refused(review: Running) -> None:
    assert ask(review, f"/{review.token}/overview", Sec_Fetch_Site="cross-site")[0] == 403
    assert post(review, Sec_Fetch_Site="same-site")[0] == 403


def test_the_same_request_from_the_page_is_carried_out(review: Running) -> None:
    """The control of the refusals above."""
    status, found, _ = post(review)
    assert status == 200 and found["details"]["claim"]["status"] == "accepted" and status_of(review) == "accepted"


def test_a_preflight_gets_no_leave(review: Running) -> None:
    status, _, headers = ask(
        review, f"/{review.token}/decide", method="OPTIONS", Origin="https://evil.example", Access_Control_Request_Method="POST"
    )
    assert status == 501 and "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"nonsense", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"action": 3}', 400),
        (b'{"version": "1"}', 400),
        (b'{"action": "accept", "version": true}', 400),
        (b'{"action": "burn", "claim": "V01", "version": 1}', 409),
        (b'{"action": "accept", "claim": "nobody"}', 409),
        (b'{"action": "edit", "claim": "V01", "version": 1, "typed": {"id": "x"}}', 409),
        (b'{"action": "edit", "claim": "V01", "version": 1, "typed": {"quantity.value": "many"}}', 409),
        (b"x" * 300_000, 413),
    ],
    ids=range(13),
)
def test_garbage_is_refused_and_changes_nothing(review: Running, body: bytes, status: int) -> None:
    with review.store() as store:
        before = store.number
    found = post(review, body)
    assert found[0] == status and found[1]["error"]
    with review.store() as store:
        assert store.number == before


def test_a_form_of_another_site_is_no_json(review: Running) -> None:
    assert post(review, Content_Type="text/plain")[0] == 415
    assert post(review, Content_Type="application/x-www-form-urlencoded")[0] == 415


def test_a_body_without_length_is_refused(review: Running) -> None:
    with socket.create_connection(("127.0.0.1", review.port), timeout=30) as line:
        own = f"127.0.0.1:{review.port}"
        line.sendall(
            f"POST /{review.token}/decide HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nContent-Type: application/json\r\n\r\n".encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 411")


def test_unknown_questions_and_numbers_are_refused(review: Running) -> None:
    for path, status in (
        ("nothing", 404),
        ("news?since=x", 400),
        ("news", 400),
        ("document?sha256=&at=-1", 400),
        ("claim?id=nobody", 409),
    ):
        assert ask(review, f"/{review.token}/{path}")[0] == status, path
    assert post(review, path=f"/{review.token}/overview")[0] == 404
