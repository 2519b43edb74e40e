"""Questions: clauses that ask and assert nothing."""

from __future__ import annotations

from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.stance_words import is_form_of

__all__ = ["asks", "asks_by_order"]

_AUXILIARIES = frozenset(
    "is are was were am do does did has have had will would can could shall should may might must 's".split()
)
_ASKING_WORDS = ("WRB", "WP", "WDT", "WP$")
_OPEN = frozenset("clear unclear certain uncertain sure unsure unknown question remain remains remained".split())


def asks(sentence: Sentence, head: Word) -> tuple[str, Word] | None:
    """The rule by which a clause asks, and the word that shows it; None where it does not ask.

    Args:
        head: the verb of the clause.
    """
    whether = _whether(sentence, head)
    if whether is not None:
        return "whether", whether
    mark = _closing_mark(sentence, head)
    if mark is None or mark.text != "?":
        return None
    if _is_inverted(sentence, head):
        return "question", mark
    others = [word for word in sentence.words if word.tag.startswith("VB")]
    return ("question", mark) if _is_main(head) and not any(_is_inverted(sentence, word) for word in others) else None


def _closing_mark(sentence: Sentence, word: Word) -> Word | None:
    """The mark that ends what a word stands in: the next full stop, question mark or the like."""
    return next((each for each in sentence.words[word.index :] if each.text in ("?", ".", "!")), None)


def asks_by_order(sentence: Sentence, word: Word) -> Word | None:
    """The question mark of a sentence that starts like a question and whose verb the parser has missed."""
    first = next((each for each in sentence.words if each.text[0].isalnum()), sentence.words[0])
    root = next((each for each in sentence.words if each.head == each.index), first)
    has_verb = any(each.tag.startswith(("VB", "MD")) for each in sentence.words)  # "Eighty arrests?"
    is_asking = first.lower in _AUXILIARIES or first.tag in _ASKING_WORDS or not has_verb
    mark = _closing_mark(sentence, word)
    return mark if is_asking and not root.tag.startswith(("VB", "MD")) and mark is not None and mark.text == "?" else None


def _is_main(head: Word) -> bool:
    return head.head == head.index or head.relation == "ccomp"


def _is_inverted(sentence: Sentence, head: Word) -> bool:
    """ "Will it hold", "did they", "how many will": the small verb before the subject, or a word that asks in front."""
    subject = sentence.child(head, "nsubj", "nsubjpass", "expl")
    helpers = [each for each in sentence.children[head.index] if each.relation in ("aux", "auxpass")]
    if subject is not None and any(each.index < subject.index and each.lower in _AUXILIARIES for each in helpers):
        return True
    if subject is not None and head.lower in _AUXILIARIES and head.index < subject.index and subject.lower != "there":
        return True
    if head.relation in ("relcl", "advcl", "acl"):
        return False
    first = sentence.subtree(head)[0]
    return first.tag in _ASKING_WORDS and first.index < head.index and _is_main(head)


def _whether(sentence: Sentence, head: Word) -> Word | None:
    """ "asked whether", "it is unclear if", "did not say how many": a question inside a statement."""
    if head.relation not in ("ccomp", "pcomp", "csubj", "advcl", "xcomp", "acl", "parataxis"):
        return None
    for each in sentence.subtree(head)[:3]:
        if each.lower == "whether":
            return each
    above = sentence.words[head.head]
    if above.index > head.index:
        return None
    is_asking = is_form_of(above, "asking")
    first = sentence.subtree(head)[0]
    beside = sentence.child(above, "acomp", "attr")
    is_open = above.lower in _OPEN or (beside is not None and beside.lower in _OPEN)
    if first.lower == "if" and (is_asking or is_form_of(above, "open") or is_open):
        return first
    return first if is_asking and first.tag in _ASKING_WORDS else None
