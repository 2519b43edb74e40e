"""Who acts in a statement, and on whom."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.evidence.reading.actors import Actors
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.parse import Word

__all__ = ["home_of", "roles"]


def home_of(actors: Actors, speaker: str, mention: str) -> str | None:
    """The actor that a speaker belongs to, by the name with its role and the words of the source."""
    words = f"{speaker} {mention}"
    return next((name for _, _, name in actors.found(words, 0, len(words))), None)


def roles(
    text: str, clause: Clause, named: Sequence[tuple[int, int, str]], actors: Actors, last: str | None, home: str | None
) -> tuple[str | None, str | None]:
    """Actor: named in the subject, or what a pronoun there stands for; target: another one behind.

    Args:
        named: the actors in the clause, with their places.
        last: the actor named last before it.
        home: the speaker's own, whom "we" and "the country" mean.
    """
    subject = _subject(clause)
    limit = clause.sentence.subtree(subject)[-1].end if subject is not None else clause.head.start
    start = clause.sentence.subtree(subject)[0].start if subject is not None else clause.start
    leading = list(dict.fromkeys(name for _, _, name in actors.found(text, start, limit)))
    joined = subject is not None and any(word.relation == "conj" for word in clause.sentence.subtree(subject))
    actor = ";".join(leading) if joined and leading else leading[0] if leading else None
    if actor is None and subject is not None:
        actor = _meant(clause, subject, last, home)
        if actor is None and subject.lower in ("this", "that") and named:
            actor = named[0][2]
    known = set((actor or "").split(";"))
    following = [name for place, _, name in named if place >= limit and name not in known]
    others = following or [name for name in leading if name not in known]
    if actor is None and subject is None and not leading and named:
        actor = named[0][2] if named[0][0] < clause.head.start else None
    return actor, next((name for name in others if name != actor), None)


_OWN = {"we", "i", "us", "our", "my"}
_ANAPHORS = {"he", "she", "it", "they", "his", "her", "its", "their", "majority", "most", "which", "who"}


def _meant(clause: Clause, subject: Word, last: str | None, home: str | None) -> str | None:
    """Whom a pronoun or "the country" in the subject stands for."""
    first = clause.sentence.subtree(subject)[0].lower
    if subject.lower in _OWN or first in _OWN:
        return home
    if _points_back(clause, subject):
        return home or last
    return last if subject.lower in _ANAPHORS else None


def _points_back(clause: Clause, subject: Word) -> bool:
    """ "The country", "its government": a subject that leans on an earlier name."""
    words = [word.lower for word in clause.sentence.subtree(subject)]
    return words[0] in ("its", "his", "her", "their") or words[:2] in (
        ["the", "country"],
        ["the", "regime"],
        ["the", "government"],
        ["the", "nation"],
    )


def _subject(clause: Clause) -> Word | None:
    """The subject of the clause, or of the clause above it for "having supplied …"."""
    own = clause.sentence.child(clause.head, "nsubj", "nsubjpass", "csubj")
    above = clause.sentence.words[clause.head.head]
    if own is not None or above.index == clause.head.index or clause.head.tag not in ("VBG", "VBN"):
        return own
    if clause.head.relation == "pcomp":
        above = clause.sentence.words[above.head]
    return clause.sentence.child(above, "nsubj", "nsubjpass")
