"""Broken models at random: shipped ones with characters, words, statements or expressions changed."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable

from foedus.constructs import KEYWORDS
from foedus.constructs import tree as t
from foedus.language import Tree
from foedus.language.builtins import BUILTINS, FAMILIES

__all__ = ["MUTATIONS", "exchanged", "mutant"]

_EXPRESSIONS = (t.Number, t.DateLiteral, t.Name, t.Call, t.Binary, t.Not, t.If, t.Is)
_HOSTILE = (
    "0",
    "-1",
    "1e308",
    "1e-308",
    "1e400",
    "999999999999",
    "1/0",
    "0.5",
    "2024-02-30",
    "0001-01-01",
    "9999-12-31",
    '"',
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "~",
    "->",
    "^",
    "%",
    "the end",
    "0 week",
    "1e300 weeks",
    "3 day",
    "-5 person",
    "\n",
    "\n#",
    "if 1 then",
    "is",
    "not",
    "over side",
    "[side]",
)
_WORDS = (*sorted(KEYWORDS | set(BUILTINS) | set(FAMILIES)), *_HOSTILE)


def _characters(text: str, luck: random.Random) -> str:
    """A few characters changed, left out or put in, others than ASCII too."""
    found = list(text)
    for _ in range(luck.randint(1, 5)):
        place = luck.randrange(len(found))
        found[place : place + luck.randint(0, 2)] = luck.choice(
            ["", "", chr(luck.randint(1, 127)), chr(luck.randint(128, 0x2FFF)), "\n", "\0", "\t"]
        )
    return "".join(found)


def _words(text: str, luck: random.Random) -> str:
    """Words and signs changed, left out, doubled, moved."""
    words = re.findall(r'"[^"\n]*"|\d[\w.]*|\w+|\s+|[^\w\s]', text)
    for _ in range(luck.randint(1, 6)):
        place, other = luck.randrange(len(words)), luck.randrange(len(words))
        change = luck.randrange(5)
        if change == 4:
            words[place], words[other] = words[other], words[place]
        else:
            words[place : place + 1] = [[], [words[place], " ", words[place]], [luck.choice(_WORDS)], [words[other]]][change]
    return "".join(words)


def _numbers(text: str, luck: random.Random) -> str:
    """Some numbers and durations out of all proportion."""
    return re.sub(r"\b\d[\d_.]*\b", lambda found: luck.choice(_HOSTILE[:8]) if luck.random() < 0.04 else found.group(), text)


def _lines(text: str, luck: random.Random) -> str:
    """Lines left out, doubled, and put elsewhere."""
    lines = text.split("\n")
    for _ in range(luck.randint(1, 8)):
        place, other = luck.randrange(len(lines)), luck.randrange(len(lines))
        change = luck.randrange(3)
        if change == 0 and len(lines) > 3:
            del lines[place]
        elif change == 1:
            lines.insert(other, lines[place])
        else:
            lines[place], lines[other] = lines[other], lines[place]
    return "\n".join(lines)


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (_characters, _words, _numbers, _lines)


def mutant(text: str, luck: random.Random) -> str:
    """A piece of a model text, broken in one or two ways."""
    head, *statements = re.split(rf"\n(?=(?:{'|'.join(sorted(KEYWORDS))})\b)", text)
    share = luck.choice([1.0, 0.9, 0.5]) if len(statements) < 100 else luck.choice([0.5, 0.2])
    text = "\n".join([head, *(one for one in statements if luck.random() < share)])
    for change in luck.sample(MUTATIONS, luck.choice([1, 1, 2])):
        text = change(text, luck)
    return text


def exchanged(tree: Tree, luck: random.Random) -> Tree:
    """A tree with some expressions replaced by expressions from elsewhere in it: it parses, and means something else."""
    pool = [node for node in t.nodes(tree.statements) if isinstance(node, _EXPRESSIONS)]
    wanted = {id(luck.choice(pool)): luck.choice(pool) for _ in range(luck.randint(1, 4))} if pool else {}
    return dataclasses.replace(tree, statements=tuple(_replaced(one, wanted) for one in tree.statements))


def _replaced(node: object, wanted: dict[int, object], takes_any: bool = True) -> object:
    found = wanted.get(id(node))
    if found is not None and (takes_any or type(found) is type(node)):
        return found
    if isinstance(node, tuple):
        return tuple(_replaced(one, wanted, takes_any) for one in node)
    if not dataclasses.is_dataclass(node):
        return node
    changes = {
        one.name: _replaced(getattr(node, one.name), wanted, "Expression" in str(one.type).replace("UnitExpression", ""))
        for one in dataclasses.fields(node)
    }
    if all(changes[name] is getattr(node, name) for name in changes):
        return node
    return dataclasses.replace(node, **changes)
