"""How a thing of the model is named in what is printed: by its title, and by the model's own name where that is asked for."""

from __future__ import annotations

from rich.text import Text

from foedus.show.words import plain

__all__ = ["titled"]


def titled(title: str, name: str, names: bool, style: str = "") -> Text:
    """A title, and below it in pale letters the name that the model has for it.

    Args:
        title: in words.
        name: as one types it.
        names: is it asked for?
        style: of the title.
    """
    text = Text(plain(title), style)
    return text.append(f"\n{plain(name)}", "dim") if names and name and name != title else text
