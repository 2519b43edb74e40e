"""Whom a source stands for: full names and roles for surnames, pronouns and descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from foedus.evidence.reading.actors import Actors, source_type
from foedus.evidence.reading.lexicon import table

__all__ = ["Speaker", "Speakers"]

_PRONOUNS = {"he", "she", "they", "it", "who", "which", "that", "his", "her", "their", "him", "i", "we", "the"}
_NAME = re.compile(
    r"[A-Z][\w’'-]*[a-z](?:(?: (?:de|van|von|der|al|bin|ibn|la|le|Mc|[A-Z]\.) ?)*[ -][A-Z][\w’'-]*[a-z])+|[A-Z][a-z][\w’'-]+"
)
_TITLES = re.compile(
    r"^(?:Mr|Mrs|Ms|Dr|Prof|Professor|President|Prime Minister|Minister|Secretary|Colonel|Col|General|Gen|Lt|"
    r"Lieutenant|Major|Captain|Sir|Lord|Lady|Sen|Rep|"
    r"Senator|Governor|Gov|Chancellor|King|Queen|Admiral|Ambassador|Marshal|Foreign Minister|Defence Minister|"
    r"Defense Secretary|Defence Secretary|"
    r"(?:Russian|Ukrainian|American|British|French|German|Chinese|Japanese|Israeli|Iranian|Turkish)|North Korean|"
    r"South Korean|leader|president|dictator)\.? "
)


@dataclass(frozen=True)
class Speaker:
    """A source as a person or body: its name with its role, its type, and how the mention leads to it."""

    canonical: str
    type: str
    link: str
    name: str


class Speakers:
    """The sources of one document so far, in order, so that later mentions find earlier ones."""

    def __init__(self, text: str = "", actors: Actors | None = None) -> None:
        self._actors = actors or Actors()
        self._full = _full_names(text)
        self._offices = _offices(text, self._actors)
        self._known: list[Speaker] = []
        self._aside: list[Speaker] = []

    def resolve(self, mention: str, around: str, link: str, before: str = "", is_lasting: bool = True) -> Speaker:
        """The speaker of a mention.

        Args:
            mention: the words of the source.
            around: the sentence, in which a role may stand beside the name.
            link: how the attribution was found.
            before: the text before the mention, for pronouns whose person has not spoken yet.
            is_lasting: later pronouns may mean this speaker; not so inside somebody else's words.
        """
        lower = mention.lower().strip()
        if lower in _PRONOUNS or lower in ("the agency", "the official", "the analyst", "the expert", "the minister"):
            return self._pronoun(lower, link, before)
        mention = re.sub(r"^(?:an?|the) (?:\w+ )?(?:statement|note|letter|message|release|post) (?:from|by) ", "", mention)
        name = self._name(mention) or self._holder(mention)
        name = self._full.get(name, name)
        known = self._known_by(name) if name else None
        found = (
            Speaker(known.canonical, known.type, link, known.name)
            if known is not None
            else self._new(mention, name, around, link)
        )
        (self._known if is_lasting else self._aside).append(found)
        return found

    def _new(self, mention: str, name: str, around: str, link: str) -> Speaker:
        role = _role(mention, name, around) if name else ""
        canonical = f"{name} ({role})" if role and role != name else name or _described(mention)
        described = f"{mention} {role}"
        return Speaker(canonical, source_type(described), link, name or mention)

    def _name(self, mention: str) -> str:
        """The name in a mention, without titles; "" where it has none."""
        leading = re.split(r", |\(| – | — | (?:of|in|at|from|for|with|on|to) ", mention)[0]
        leading = _bare(leading)
        names = [match.group() for match in _NAME.finditer(leading)]
        names = [name for name in names if name.split()[0].lower() not in _PRONOUNS and not _is_generic(name, leading)]
        longest = max(names, key=len) if names else ""
        is_last = leading.rstrip("'’s ").endswith(longest.rstrip("'’s "))
        return longest.rstrip("'’") if longest and is_last else ""

    def _holder(self, mention: str) -> str:
        """The name of "the Russian president", when the document gives it."""
        match = _OFFICE.search(mention)
        if match is None:
            return ""
        named = self._actors.found(mention, 0, len(mention))
        return self._offices.get((named[0].name, match.group().lower()), "") if named else ""

    def _known_by(self, name: str) -> Speaker | None:
        """An earlier speaker whose full name ends on this one, or the other way round."""
        for speaker in reversed([*self._aside, *self._known]):
            one, other = speaker.name.lower(), name.lower()
            if one == other or one.endswith(" " + other) or other.endswith(" " + one) or one.endswith(" " + other.split()[-1]):
                return speaker
        return None

    def _pronoun(self, word: str, link: str, before: str) -> Speaker:
        """The last speaker, or for "it" the last body; else the last name before."""
        for speaker in reversed(self._known):
            is_body = speaker.type in ("agency", "state_media", "study", "imagery") or not re.search(
                r"[A-Z]\w+ [A-Z]", speaker.name
            )
            if word in ("it", "the agency", "which", "that") and not is_body:
                continue
            return Speaker(speaker.canonical, speaker.type, "pronoun", speaker.name)
        names = [match.group() for match in _NAME.finditer(before) if " " in match.group()]
        if names:
            return Speaker(names[-1], source_type(names[-1]), "pronoun", names[-1])
        return Speaker(word, "anonymous", "pronoun", word)


_OFFICE = re.compile(
    r"\b(?:president|prime minister|leader|dictator|chancellor|king|foreign minister|defen[cs]e (?:minister|secretary))\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?P<land>[A-Z][\w.]+(?: [A-Z][\w.]+)?)(?:['’]s)? (?:\w+ )?(?P<office>(?i:president|prime minister|leader|dictator|chancellor|king|"
    r"foreign minister|defen[cs]e (?:minister|secretary))),? (?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+)+)"
)


def _offices(text: str, actors: Actors) -> dict[tuple[str, str], str]:
    """(country, office) -> name: "Russian President Vladimir Putin"."""
    found: dict[tuple[str, str], str] = {}
    for match in _HELD.finditer(text):
        for actor in actors.found(match["land"], 0, len(match["land"]))[:1]:
            found.setdefault((actor.name, match["office"].lower()), match["name"])
    return found


def _full_names(text: str) -> dict[str, str]:
    """Surname, or first name where no surname is the same -> full name as it first stands in the text."""
    whole = [_bare(match.group()) for match in _NAME.finditer(text)]
    whole = [name for name in whole if len(name.split()) in (2, 3) and "\n" not in name]
    surnames = {name.split()[-1]: name for name in reversed(whole)}
    firsts = {name.split()[0]: name for name in reversed(whole) if len(name.split()) == 3}
    return {**firsts, **surnames}


def _bare(name: str) -> str:
    """The name without titles."""
    previous = ""
    while previous != name:
        previous, name = name, _TITLES.sub("", name)
    return name.rstrip("'’")


def _is_generic(name: str, mention: str) -> bool:
    """ "South Korean", "Analysts", "Footage": capitals that name no one."""
    words = name.split()
    if len(words) == 1:
        return (mention.startswith(name) and name.lower().endswith("s") and name.lower() == mention.lower()) or name in _generic()
    return False


@cache
def _generic() -> frozenset[str]:
    """Capitals that name no one."""
    return frozenset(table("actors")["words"]["generic"].split())


def _described(mention: str) -> str:
    """A source without a name: "unnamed experts"."""
    words = re.sub(r"^(?:the|a|an|some|other|many|most)\s+", "", mention.strip(), flags=re.IGNORECASE)
    plural = re.fullmatch(r"(?:[\w-]+ )?(?:analysts|experts|officials|sources|observers|critics|diplomats)", words.lower())
    return (
        f"unnamed {words.lower()}" if (plural and words.split()[0].islower()) or (plural and len(words.split()) == 1) else words
    )


def _role(mention: str, name: str, around: str) -> str:
    """The role beside a name: "former British Army intelligence expert", "a senior fellow at …"."""
    after = re.search(rf"{re.escape(name)},? ?,\s*((?:an? |the |who['’]s |former |now )[^,.;\"”]{{5,90}})", around)
    if after:
        return re.sub(r"^(?:an?|the|who['’]s)\s+", "", after[1].strip())
    before = re.search(rf"((?:[\w'’-]+ ){{1,6}}){re.escape(name)}", around)
    if before:
        words = re.split(r", | and | but | said | that ", before[1])[-1].split()
        kept = [
            word
            for word in words
            if word.lower() not in ("the", "a", "an", "said", "says", "told", "by", "as", "with", "of", "to", "meanwhile")
        ]
        if kept and re.search(
            r"expert|analyst|minister|president|leader|commander|general|colonel|secretary|spokes|director|chief|professor",
            " ".join(kept),
            re.IGNORECASE,
        ):
            return " ".join(kept)
    return ""
