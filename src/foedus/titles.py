"""What a thing of a model is called where its name in the text would say little: titles are words, names are for those who type them."""

from __future__ import annotations

import re

__all__ = ["element_words", "name_words", "short_title", "title_of"]

_SHORT = 3  # words
_MORE = re.compile(r",| \(| (?:that|which|where|who|whose|against|over|by)\b")
_SMALL = frozenset("a an and as at by for from in of on or over the to with".split())


def element_words(element: str) -> str:
    """What one member of an index is called: `sierra_leone` is “Sierra Leone”; one that the model spells with capitals stays so."""
    words = element.strip().replace("_", " ").split()
    if any(letter.isupper() for letter in element):
        return " ".join(words)
    return " ".join(word if place and word in _SMALL else word[:1].upper() + word[1:] for place, word in enumerate(words))


def name_words(name: str) -> str:
    """A name of the model as words: `supply.lift_time[north]` is “Supply: lift time, North”."""
    base, bracket, elements = name.partition("[")
    told = ": ".join(part.replace("_", " ").strip() for part in base.split("."))
    if len(told) > 1 and told[1] != " ":  # a symbol of one letter stays as it is
        told = told[0].upper() + told[1:]
    found = [element_words(part) for part in elements.removesuffix("]").split(",")] if bracket else []
    return ", ".join([told, *found])


def title_of(name: str, label: str = "", group: str = "") -> str:
    """The title of one thing of a model.

    Args:
        name: as the model spells it, with its elements where it is one of several.
        label: what the model calls it in words; of one of several the elements are added, unless they stand there, as in “Northern rice”.
        group: of claims, where it rests on them; it stands in for a label that is missing.
    Returns:
        The label, else the group, else the name as words.
    """
    if not label:
        return group or name_words(name)
    spelled = [part.strip() for part in name.partition("[")[2].removesuffix("]").split(",") if part.strip()]
    label, _, rest = label.partition(f" ({', '.join(spelled)})") if spelled else (label, "", "")  # as the model spells them
    elements = [element_words(element) for element in spelled]
    missing = [element for element in elements if element.lower()[: max(4, len(element) - 2)] not in label.lower()]
    return ", ".join([label, *missing]) + rest


def short_title(title: str) -> str:
    """A title up to where it says more of the same (“Exports” of “Exports that stand still”); all of it where that leaves many words."""
    short = _MORE.split(title, maxsplit=1)[0].strip()
    return short if short and len(short.split()) <= _SHORT else title
