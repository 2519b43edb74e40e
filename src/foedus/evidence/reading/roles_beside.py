"""The role that stands beside a name: \"former army expert\", \"a senior fellow at …\"."""

from __future__ import annotations

import re

__all__ = ["OFFICEHOLDER", "role_of"]

OFFICEHOLDER = re.compile(
    r"\b(?:expert|analyst|minister|president|leader|commander|general|colonel|secretary|spokes\w+|director|chief|professor|governor|mayor|"
    r"head|chair|chairman|chairwoman|president|manager|boss|founder|economist|envoy|ambassador|senator|lawmaker|researcher|doctor|commissioner|coordinator|founder|captain)s?\b",
    re.IGNORECASE,
)


def role_of(mention: str, name: str, around: str) -> str:
    """The role beside a name: "former British Army intelligence expert", "a senior fellow at …"."""
    return _role_beside(mention.replace(name, _NAME), around.replace(name, _NAME)).replace(_NAME, name)


_NAME = "\ua66e"
"""Stands for the name that is looked for, so that the patterns need no name: a letter that no text has."""


_ROLE_FIRST = re.compile(rf"(?P<role>[^,]{{4,90}}), {_NAME}")


_ROLE_BEFORE = re.compile(rf"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Aa]) (?P<role>(?:[\w'’-]+ ){{0,5}}[\w'’-]+), {_NAME}")


_ROLE_AFTER = re.compile(
    rf"{_NAME},? ?,\s*((?:an? |the |who['’]s |who (?:heads|leads|runs|directs) |former |now |deputy )[^,.;\"”]{{5,120}})"
)


_ROLE_SET_OFF = re.compile(rf"{_NAME},\s*([a-z][^,.;\"”]{{5,90}})(?=[,.])")


_ROLE_AHEAD = re.compile(rf"((?:[\w'’-]+ ){{1,6}}){_NAME}")


def _role_beside(mention: str, around: str) -> str:
    before = _ROLE_FIRST.match(mention) or _ROLE_BEFORE.search(around)
    if before and OFFICEHOLDER.search(before["role"]):
        return re.sub(r"^(?:an?|the)\s+", "", before["role"].strip(), flags=re.IGNORECASE)
    after = _ROLE_AFTER.search(around)
    if after is None:
        after = _ROLE_SET_OFF.search(around)
        after = (
            after
            if after is not None
            and OFFICEHOLDER.search(after[1][:40])
            and not re.match(r"(?:said|says|told|who|and)\b", after[1])
            else None
        )
    if after and after[1].startswith("the ") and not OFFICEHOLDER.search(after[1]):
        after = None
    if after:
        role = re.sub(r"^(?:an?|the|who['’]s)\s+", "", after[1].strip())
        role = re.split(r" who['’]?s? | said | says | told | and who ", role)[0] if not role.startswith("who ") else role
        return role if len(role) <= 90 else role[:90].rsplit(" ", 1)[0]
    ahead = _ROLE_AHEAD.search(around)
    if ahead:
        words = re.split(r", | and | but | said | that ", ahead[1])[-1].split()
        kept = [
            word
            for word in words
            if word.lower()
            not in ("the", "a", "an", "said", "says", "told", "by", "as", "with", "of", "to", "meanwhile", "but", "and")
        ]
        if kept and OFFICEHOLDER.search(" ".join(kept)):
            return " ".join(kept)
    return ""
