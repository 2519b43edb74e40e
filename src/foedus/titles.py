"""What a thing of a model is called where its name in the text would say little: titles are words, names are for those who type them."""

from __future__ import annotations

__all__ = ["name_words", "title_of"]


def name_words(name: str) -> str:
    """A name of the model as words: `supply.lift_time[north]` is “supply: lift time, north”."""
    base, bracket, elements = name.partition("[")
    told = ": ".join(part.replace("_", " ").strip() for part in base.split("."))
    found = [part.strip().replace("_", " ") for part in elements.removesuffix("]").split(",")] if bracket else []
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
    elements = [element.replace("_", " ") for element in spelled]
    missing = [element for element in elements if element.lower()[: max(4, len(element) - 2)] not in label.lower()]
    return ", ".join([label, *missing]) + rest
