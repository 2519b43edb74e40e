"""What the server of a review tells is what the types of its scripts say, field by field."""

from __future__ import annotations

from pathlib import Path

from tests.review.conftest import Running
from tests.review.test_server import ask, post
from tests.screen.documents import complaints


def test_documents_are_of_their_types(review: Running, tmp_path: Path) -> None:
    def told(path: str) -> object:
        status, found, _ = ask(review, f"/{review.token}/{path}")
        assert status == 200, found
        return found

    overview = told("overview")
    claims = [claim["id"] for claim in overview["claims"]]
    documents = [("Details", told(f"claim?id={name}")) for name in claims]
    documents += [("Homes", told(f"homes?id={name}")) for name in claims[:5]]
    documents += [("Passage", told(f"document?sha256={one['sha256']}")) for one in overview["documents"]]
    status, outcome, _ = post(review)
    assert status == 200 and outcome["changed"]
    documents += [("Outcome", outcome), ("News", told("news?since=0")), ("Details", told("claim?id=V02"))]
    for place, one in enumerate(overview["documents"]):
        one["place"] = place  # the page adds it
    documents.append(("Overview", overview))
    (tmp_path / "types").mkdir()
    assert complaints(tmp_path / "types", [("review/types.d.ts", name, document) for name, document in documents]) == ""
