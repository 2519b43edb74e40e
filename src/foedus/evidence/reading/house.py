"""Whose "we" a page speaks with: on the page of a ministry, a bank or an office it is that body, not a narrator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from foedus.evidence.reading.actors import source_type
from foedus.evidence.reading.outlets import Outlet
from foedus.evidence.reading.proposal import NARRATOR, Proposal
from foedus.evidence.reading.speaker import Speaker

__all__ = ["with_house_voice"]

_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Oo]urs|[Oo]urselves|us)\b")
_BODY = re.compile(
    r"\b(?:Ministry|Department|Office|Authority|Commission|Council|Agency|Bureau|Bank of|Central Bank|Treasury|Court|Inspectorate|"
    r"Federation|Society|Red Cross|Red Crescent|Institute|Foundation|Parliament|Government|UNHCR|UNICEF|OCHA|WHO|WFP|IOM)\b"
)
_PRESS = re.compile(r"\b(?:News|Times|Post|Herald|Gazette|Press|Journal|Radio|TV|Broadcasting|Magazine|Daily)\b")
_BEFORE = 300


def with_house_voice(text: str, outlet: Outlet, claims: Iterable[Proposal]) -> Iterator[Proposal]:
    """The claims; what nobody is named for and is told as "we" on the page of a body is said by it."""
    name = outlet.name or ""
    is_body = bool(_BODY.search(name)) and not _PRESS.search(name) and outlet.agency is None
    for claim in claims:
        if is_body and claim.attribution is None and claim.speaker == NARRATOR and _WE.search(_sentence(text, claim)):
            rules = tuple("statement-in-full" if rule == "narrator" else rule for rule in claim.rules)
            yield replace(claim, speaker=Speaker(name, source_type(name), "house", name), rules=rules)
        else:
            yield claim


def _sentence(text: str, claim: Proposal) -> str:
    """The sentence of a claim, up to its end."""
    before = re.split(r"[.!?][”\"’']?\s|\n", text[max(0, claim.start - _BEFORE) : claim.start])[-1]
    return before + text[claim.start : claim.end]
