"""Who acts in a statement, and on whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foedus.evidence.reading.actors import Mention, phrases_in
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.discourse import Discourse
from foedus.evidence.reading.parse import Sentence, Word

__all__ = ["Before", "home_of", "roles"]

_DEPTH = 4
_TOPICS = re.compile(
    r"['’]?s?[ -](?:expert|analyst|specialist|watcher|researcher|scholar|studies|programme|program|desk|project)s?\b"
)


def home_of(speaker: str, mention: str, type_: str, found: Sequence[Mention]) -> str | None:
    """The actor that a speaker belongs to, by the name with its role and the words of the source.

    A "China expert" or a fellow "in Washington" speaks for neither.

    Args:
        found: the actors named in `speaker`, a blank and `mention`.
    """
    words = f"{speaker} {mention}"
    for each in found:
        before = words[max(0, each.start - 5) : each.start]
        if type_ == "expert" and (each.kind == "seats" or re.search(r"\b(?:in|at|on) (?:the )?$", before)):
            continue
        if not _TOPICS.match(words, each.end):
            return each.name
    return None


@dataclass(frozen=True)
class Before:
    """What leads up to a statement.

    Attributes:
        last: the actor named last in a statement before it. just: that of the statement directly before it.
        home: the speaker's own actor, whom "we" and "the country" mean.
        speaker: the person who is quoted indirectly, whom "he" or "she" means there.
        person: the person who spoke last.
    """

    last: str | None
    just: str | None
    home: str | None
    speaker: str | None
    person: str | None = None


def roles(clause: Clause, discourse: Discourse, before: Before) -> tuple[str | None, str | None]:
    """Actor: named in the subject, or what a pronoun there stands for; target: another one behind."""
    finder = _Finder(clause.sentence, discourse, before, clause.start, clause.end)
    actor = finder.doer(clause.head, _DEPTH)
    return actor, finder.target(clause, actor)


_OWN = {"we", "i", "us", "our", "my"}
_PERSONAL = {"he", "she", "him", "his", "her"}
_PLURAL = {"they", "their", "them", "those", "these"}
_RULERS = {"leaders", "despots", "men", "dictators", "presidents", "ministers", "autocrats", "statesmen", "strongmen"}
_POSSESSIVE = {"his", "her", "its", "their", "our", "my"}
_PARTS = {"majority", "most", "some", "half", "all", "many", "none", "others", "rest"}
_PAIRS = re.compile(
    r"^(?:both|both (?:sides|countries|nations|leaders|parties|states|governments|capitals|armies|men)|each side|the pair|"
    r"(?:the|these|those) two(?: [\w-]+){0,2}|they both|two (?:sides|countries|nations|leaders))$"
)
_POINTING = {"this", "that", "it"}
_WHERE = re.compile(r"\b(?:in|at|near|outside|around|across|via|through) $", re.IGNORECASE)
_TELLING = {
    "show",
    "mean",
    "tell",
    "suggest",
    "see",
    "prove",
    "indicate",
    "reveal",
    "allow",
    "help",
    "make",
    "let",
    "demonstrate",
}


class _Finder:
    """Looks for the actor and the target of one clause."""

    def __init__(self, sentence: Sentence, discourse: Discourse, before: Before, start: int, end: int) -> None:
        self._sentence = sentence
        self._discourse = discourse
        self._last = before.last.split(";")[-1] if before.last else None
        self._just = before.just.split(";")[-1] if before.just else None
        self._home = before.home
        self._speaker = before.speaker
        self._person = before.person
        self._both = before.just if before.just and ";" in before.just else None
        self._start = start
        self._end = end

    def doer(self, head: Word, depth: int) -> str | None:
        """The actor of the verb, or of what it is the frame of: "it is unclear what …"."""
        sentence = self._sentence
        agent = sentence.child(head, "agent")
        if agent is not None:
            return self._named(agent)
        subject = subject_of(sentence, head)
        if subject is None:
            first = self._named_before(head)
            return first.name if first is not None else None
        inner = subject if subject.relation == "csubj" else self._inner(head, subject)
        if inner is not None and depth > 0:
            found = self.doer(inner, depth - 1)
            if found is not None or subject.relation in ("expl", "csubj"):
                return found
        if subject.lower in ("there", "it") and (subject.relation == "expl" or self._is_expletive(head, subject)):
            first = self._named_before(head)
            return first.name if first is not None else None
        if sentence.subtree(subject)[0].lower in _POSSESSIVE:
            return self._meant(subject) or self._named(subject)
        found = self._named(subject) or self._meant(subject) or self._origin(head) or self._pointed(subject)
        return found or self._called(subject)

    def target(self, clause: Clause, actor: str | None) -> str | None:
        """Another actor: one that it is against, else the first behind the subject, else one beside the actor's name."""
        known = set((actor or "").split(";"))
        sentence = self._sentence
        subject = subject_of(sentence, clause.head)
        named = [each for each in self._discourse.within(clause.start, clause.end) if each.name not in known]
        if sentence.child(clause.head, "agent") is not None and subject is not None:
            under = self._named(subject) or self._meant(subject)
            if under is not None and under not in known:
                return under
        text = self._discourse.text
        for each in named:
            if re.search(r"\bagainst (?:the )?$", text[max(0, each.start - 12) : each.start]):
                return each.name
        own = sentence.subtree(subject) if subject is not None else []
        limit = own[-1].end if own else clause.head.start
        is_pronoun = subject is not None and subject.tag == "PRP"
        behind = [each for each in named if each.start >= limit]
        behind = behind or [each for each in named if is_pronoun or (own and own[0].start <= each.start)]
        if behind:
            return behind[0].name
        relative = sentence.child(clause.head, "dobj")
        if clause.head.relation == "relcl" and relative is not None and relative.tag in ("WDT", "WP"):
            held = self._named(sentence.words[clause.head.head])
            return held if held not in known else None
        return None

    def _inner(self, head: Word, subject: Word) -> Word | None:
        """The verb of the clause that this one only frames."""
        sentence = self._sentence
        below = sentence.child(head, "ccomp", "xcomp", "csubj")
        if subject.lower in ("there", "it"):
            attribute = sentence.child(head, "attr", "nsubj", "acomp", "oprd")
            if below is None and attribute is not None:
                below = sentence.child(attribute, "acl", "ccomp", "relcl", "xcomp")
            if below is None:
                below = sentence.child(head, "advcl") if subject.relation == "expl" else None
            return below if below is not None and subject_of(sentence, below) is not None else None
        if below is None or below.relation != "ccomp" or subject_of(sentence, below) is None:
            return None
        if subject.lower in _POINTING and (lemma(head.lower, "evidence", "thought") in _TELLING or head.lower in _TELLING):
            return below
        is_view = (subject.lower in (*_OWN, "you") and bool(lemma(head.lower, "thought"))) or head.lower in ("argue", "say")
        return below if is_view and subject.lower in (*_OWN, "you") else None

    def _is_expletive(self, head: Word, subject: Word) -> bool:
        """ "It is unclear …", "it remains to be seen": an "it" that stands for a clause."""
        sentence = self._sentence
        if subject.lower != "it":
            return False
        complement = sentence.child(head, "acomp", "oprd")
        return complement is not None and sentence.child(head, "ccomp", "csubj", "xcomp") is not None

    def _named(self, word: Word) -> str | None:
        """The actors in a noun phrase, without what its relative clauses name; several where they are joined."""
        words = [each for each in self._sentence.subtree(word) if not _below_clause(self._sentence, each, word)]
        if not words:
            return None
        found = self._discourse.within(words[0].start, words[-1].end)
        names = list(dict.fromkeys(each.name for each in found))
        joined = any(each.relation == "conj" or each.lower == "between" for each in words)
        return ";".join(names[:3]) if joined and names else names[0] if names else None

    def _called(self, subject: Word) -> str | None:
        """The proper name in the subject, of somebody whom no list knows: "Ada Lund", "the Unity Front"."""
        words = self._sentence.subtree(subject)
        beside = self._sentence.child(subject, "appos")
        if beside is not None and beside.tag == "NNP" and subject.lower in phrases_in("persons"):
            words = self._sentence.subtree(beside)
        if subject.tag in ("NN", "NNS") and subject.lower not in phrases_in("forces") and not self._is_title(subject):
            return None
        run: list[Word] = []
        for word in words:
            if (word.tag in ("NNP", "NNPS") and (not run or word.index == run[-1].index + 1)) or (
                run and run[-1].tag.startswith("NNP") and word.tag == "HYPH"
            ):
                run.append(word)
            elif run:
                break
        if not run or (len(run) == 1 and run[0].index == 0 and run[0].tag != "NNP"):
            return None
        return self._discourse.full_name(self._discourse.text[run[0].start : run[-1].end], is_start=run[0].index == 0)

    def _is_title(self, subject: Word) -> bool:
        """ "The Front's leader, Irena Dalo": a name stands beside the noun."""
        return self._sentence.child(subject, "appos") is not None and subject.lower in phrases_in("persons")

    def _named_before(self, head: Word) -> Mention | None:
        """The first actor of the clause that stands before its verb."""
        found = self._discourse.within(self._start, max(head.start, self._start))
        comma = self._discourse.text.find(",", self._start, head.start)
        opens = next((word for word in self._sentence.words if word.start >= self._start), None)
        if opens is not None and opens.tag == "IN" and comma > 0:
            return next((each for each in found if each.start > comma), None)
        return found[0] if found else None

    def _meant(self, subject: Word) -> str | None:
        """Whom a pronoun, "the country" or "both sides" in the subject stands for."""
        words = [each.lower for each in self._sentence.subtree(subject)]
        place = self._sentence.subtree(subject)[0].start
        phrase = " ".join(words)
        if subject.lower in _OWN or words[0] in _OWN:
            return self._home
        if _PAIRS.match(phrase) and not set(words) & {"men", "women", "people", "children"} - {"men"}:
            is_of_persons = bool(set(words) & _RULERS) or (
                words in (["both"], ["they", "both"]) and self._discourse.has_leader(place)
            )
            if is_of_persons:
                return self._discourse.leaders(place)
            return self._discourse.pair(place, "sides" in words or "side" in words)
        if words[0] == "whose" or subject.tag in ("WDT", "WP"):
            return self._antecedent(subject) or self._beside()
        if len(words) == 1 and subject.lower in _PLURAL:
            if self._discourse.has_forces(place):
                return self._earlier(place) or self._discourse.forces(place)
            return self._earlier(place) or self._both or self._discourse.forces(place, 250) or self._just or self._last
        if subject.lower in _PERSONAL or words[0] in ("his", "her"):
            return (
                self._home
                if self._speaker and self._home
                else self._speaker or self._earlier(place) or self._person or self._last
            )
        if subject.lower == "it" or words[0] in ("its", "their"):
            return self._earlier(place) or (None if self._both and words[0] != "their" else self._both or self._just)
        if subject.lower in phrases_in("powers") and words[0] in ("the", "this", "that") and len(words) <= 3:
            return self._home or self._earlier(place) or self._discourse.near(place) or self._discourse.main()
        if subject.lower in phrases_in("persons") and words[0] == "the" and len(words) <= 3:
            return self._discourse.office(subject.lower, place) or self._discourse.person(place)
        if subject.lower in phrases_in("forces"):
            return self._discourse.forces(place)
        return self._last if subject.lower in _PARTS and words[0] in ("the", subject.lower) and "of" not in words else None

    def _earlier(self, place: int) -> str | None:
        """The first actor that the sentence names before a pronoun."""
        found = self._discourse.within(self._start, place) or self._discourse.within(self._sentence.start, place)
        return next((each.name for each in found if not self._is_scene(each)), None)

    def _is_scene(self, mention: Mention) -> bool:
        """ "At a conference in Paris they promised": a capital that only says where."""
        before = self._discourse.text[max(0, mention.start - 10) : mention.start]
        return mention.kind == "seats" and _WHERE.search(before) is not None

    def _beside(self) -> str | None:
        """The actor whose name ends directly before the clause."""
        found = self._discourse.within(self._start - 30, self._start)
        return found[-1].name if found and self._start - found[-1].end <= 3 else None

    def _antecedent(self, subject: Word) -> str | None:
        """What "which", "who" or "whose" stands for."""
        word = subject
        for _ in range(6):
            if word.relation == "relcl":
                return self._named(self._sentence.words[word.head])
            if word.head == word.index:
                break
            word = self._sentence.words[word.head]
        return None

    def _origin(self, head: Word) -> str | None:
        """ "The answer came from Seoul"."""
        if lemma(head.lower, "speech") or head.lower not in ("came", "come", "comes", "arrived", "stems", "stemmed"):
            return None
        source = self._sentence.child(head, "prep")
        return self._named(source) if source is not None and source.lower == "from" else None

    def _pointed(self, subject: Word) -> str | None:
        """ "This could see Japan helping": the first actor behind a subject that only points."""
        if subject.lower not in ("this", "that"):
            return None
        behind = self._discourse.within(subject.end, self._end)
        return behind[0].name if behind else None


def _below_clause(sentence: Sentence, word: Word, head: Word) -> bool:
    """Whether a relative or other clause lies between the word and the head."""
    while word.index != head.index:
        if word.relation in ("relcl", "advcl", "ccomp", "parataxis", "acl"):
            return True
        word = sentence.words[word.head]
    return False


def subject_of(sentence: Sentence, head: Word) -> Word | None:
    """The subject of a verb, or of the verb above it for "having supplied …"."""
    for _ in range(4):
        own = sentence.child(head, "nsubj", "nsubjpass", "csubj", "expl")
        if own is not None and own.tag == "NN" and own.index + 1 < len(sentence.words):
            second = [
                each for each in sentence.children[head.index] if each.relation == "nsubj" and own.index < each.index < head.index
            ]
            own = second[-1] if second and second[-1].tag.startswith("NNP") else own
        if own is not None:
            expletive = sentence.child(head, "expl")
            return expletive if expletive is not None else own
        above = sentence.words[head.head]
        if above.index == head.index or (head.tag not in ("VBG", "VBN", "VB") and head.relation not in ("conj", "pobj")):
            return None
        if head.relation in ("pcomp", "pobj"):
            above = sentence.words[above.head]
        if not above.tag.startswith(("VB", "MD", "JJ")):
            return None
        head = above
    return None
