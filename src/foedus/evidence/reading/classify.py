"""What sort of statement a clause makes: its type, its modality, its polarity, how much it bears on the matter."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.lexicon import phrases, table
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.stance_words import is_form_of
from foedus.evidence.reading.subject import Subject

__all__ = ["claim_type", "is_wished", "modality_of", "polarity_of", "relevance_of"]


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    options = sorted(table("events")[kind].replace("\n", "").split("|"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(option.strip()) for option in options)})\b", re.IGNORECASE)


def claim_type(clause: Clause, text: str, quantity: FoundQuantity | None, modality: str, hedge: str, has_actor: bool) -> str:
    """Quantity, event, intention, obligation or assessment."""
    words = text[clause.start : clause.end]
    if _pattern("obligation").search(words) and modality != "hypothetical":
        return "obligation"
    is_appraisal = _is_appraisal(clause)
    if quantity is not None and (
        _states(clause, quantity) or not ((is_appraisal and modality == "hypothetical") or _is_copula(clause))
    ):
        return "quantity"
    if modality == "hypothetical" or hedge in ("unknown", "no_evidence") or _is_copula(clause):
        return "assessment"
    if has_actor and _is_intended(clause, text):
        return "intention"
    if modality == "future" and has_actor and clause.head.lower in phrases("events", "acts"):
        return "intention"
    return "assessment" if is_appraisal else "event"


_BEING = frozenset("is are was were be been being 's ’s 're ’re remain remains remained become becomes became".split())


def _is_copula(clause: Clause) -> bool:
    """ "X is worrying", "X is a plus", "the best way is to wait"."""
    sentence = clause.sentence
    if clause.head.lower not in _BEING:
        return False
    if sentence.child(clause.head, "acomp", "attr") is not None:
        return True
    return sentence.child(clause.head, "nsubj", "csubj") is not None and sentence.child(clause.head, "xcomp", "ccomp") is not None


def _states(clause: Clause, quantity: FoundQuantity) -> bool:
    """ "The toll is 300", "there are 40 camps": a quantity behind a form of "be"."""
    attribute = clause.sentence.child(clause.head, "attr", "acomp")
    if not _is_copula(clause) or attribute is None:
        return False
    words = clause.sentence.subtree(attribute)
    subject = clause.sentence.child(clause.head, "nsubj")
    if subject is not None and attribute.relation == "acomp" and quantity.number_start < subject.end <= quantity.end:
        return True
    is_whole = quantity.start <= attribute.start < quantity.end
    return words[0].start <= quantity.number_start < words[-1].end and is_whole and quantity.number_start > clause.head.start


def _is_intended(clause: Clause, text: str) -> bool:
    """Whether the verb itself, what it opens or its subject is a plan, an offer, a decision."""
    sentence, head = clause.sentence, clause.head
    near = [
        head,
        *(each for each in sentence.children[head.index] if each.relation in ("xcomp", "acomp", "dobj", "conj", "prt", "attr")),
    ]
    if head.relation == "xcomp":
        near.append(sentence.words[head.head])
    for word in near:
        match = _pattern("intention").match(text, word.start)
        if match and match.end() <= max(clause.end, word.end) and match.start() >= clause.start:
            return True
    return False


_SHOWING = frozenset("show shows showed shown reveal reveals depict depicts".split())
_WEIGHING = frozenset(
    "impact effect implication implications consequence consequences influence bearing effects impacts potential".split()
)


def _is_appraisal(clause: Clause) -> bool:
    sentence, head = clause.sentence, clause.head
    if _is_copula(clause) or head.tag.startswith(("JJ", "NN")):
        return True
    if head.lower in _SHOWING:
        subject = sentence.child(head, "nsubj")
        things = phrases("cues", "imagery")
        return subject is None or (subject.lower not in things and subject.lower.rstrip("s") not in things)
    thing = sentence.child(head, "dobj")
    if head.lower in ("have", "has", "had") and thing is not None and thing.lower in _WEIGHING:
        return True
    return head.lower in phrases("events", "appraisal")


_FUTURE = re.compile(
    r"\b(?:will|shall|going to|about to|(?:is|are|was|were) (?:also |now |still )?(?:expected|set|due|likely|poised|"
    r"preparing|slated|tipped|(?:projected|forecast|predicted)(?= to(?! have))) to|"
    r"(?:is|are|was|were) (?:also |now |still )?seen (?:(?:declin|fall|ris|grow|dropp|slipp|climb|increas|decreas|shrink|expand|averag|"
    r"reach|totall?|hitt|exceed|topp|eas|slow|recover|rebound|sink|stay|remain|com)ing|up|down|higher|lower|flat)\b|"
    r"could(?! not| n['’]t| (?:[a-z]+ )?(?:only|no more than|at most)\b(?! (?:if|when|once|after|by|with|in|on|until)\b))|"
    r"(?-i:may)(?! \d)|might|prospect|"
    r"(?:is|are) (?:also |now |still |both )?to (?!date\b)[a-z]+|"
    r"(?:agreed|vowed|promised|pledged) (?:in|on|last|this) [A-Za-z0-9 ]{1,20} to|"
    r"(?:plan(?:s|ned)?|intend(?:s|ed)?|agreed?s?|vow(?:s|ed)?|promise[sd]?|pledge[sd]?|scheduled|threaten(?:s|ed)?) to|"
    r"(?<!the )next (?:week|month|year)|tomorrow)\b|['’]ll\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(r"\b(?:would|if|unless|in case of|were to|should)\b|['’]d\b(?! better)", re.IGNORECASE)


_UNREAL = re.compile(r"\bwould (?:(?:not|never|also|otherwise) )?have [a-z]+\b", re.IGNORECASE)


def modality_of(words: str, is_backshift: bool) -> str:
    """Actual, future or hypothetical."""
    supposed = _HYPOTHETICAL.search(words)
    if supposed and not (is_backshift and not _UNREAL.search(words) and supposed.group().lower() in ("would", "'d", "’d")):
        return "hypothetical"
    if _FUTURE.search(words) or supposed:
        return "future"
    return "actual"


def is_wished(sentence: Sentence, figure: Word) -> bool:
    """Whether a figure stands in what somebody demands, proposes or weighs, and so is not there yet: "urged it to send 40 men"."""
    below = figure
    for _ in range(_FAR):
        above = sentence.words[below.head]
        if above is below or below.relation in ("relcl", "advcl", "parataxis"):
            return False
        if above.tag.startswith("VB") and below.index > above.index and _wishes(sentence, above, below, figure):
            return True
        below = above
    return False


_FAR = 20


def _wishes(sentence: Sentence, verb: Word, below: Word, figure: Word) -> bool:
    if below.relation in ("xcomp", "ccomp"):
        is_told = below.tag in ("VBD", "VBZ", "VBP") or any(each.tag == "MD" for each in sentence.children[below.index])
        return is_form_of(verb, "wishing") and not is_told
    if below.relation == "prep":
        return below.lower == "for" and is_form_of(verb, "wishing")
    if below.relation != "dobj":
        return False
    is_own = any(each.relation == "nummod" and each.index == figure.index for each in sentence.children[below.index])
    return is_form_of(verb, "wishing_thing") or (is_form_of(verb, "wishing_about") and not is_own and below is not figure)


_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|without|nothing|cannot)\b|n['’]t\b", re.IGNORECASE)


_BELOW = frozenset(("xcomp", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp"))


def polarity_of(clause: Clause, text: str) -> str:
    """ "-" where the verb, its subject or its object is negated."""
    sentence = clause.sentence
    inside = {word.index for word in clause.words}
    near = [clause.head, *sentence.children[clause.head.index]]
    for word in near:
        if word.index not in inside or (word is not clause.head and word.relation in _BELOW):
            continue
        below = [each for each in sentence.children[word.index] if each.relation in ("neg", "det", "preconj")]
        for each in (word, *below):
            if each.relation == "neg" and _is_other(sentence.words, each, clause.head):
                continue
            if each.lower == "no" and word.lower in ("doubt", "question", "longer", "wonder", "matter", "surprise", "stranger"):
                if word.lower == "longer":
                    return "-"
                continue
            if each.relation == "neg" or (
                each.lower in ("no", "neither", "never", "nobody", "nothing") and each.tag in ("DT", "RB", "NN")
            ):
                return "-"
    return "+"


def _is_other(words: tuple[Word, ...], negation: Word, head: Word) -> bool:
    """ "Not just …", "a plus, not a minus": the verb is not negated."""
    after = words[negation.index + 1].lower if negation.index + 1 < len(words) else ""
    if after in ("just", "only", "merely", "simply", "least"):
        return True
    return negation.index > head.index + 1 and words[negation.index - 1].text in (",", "—", "–", "-")


def relevance_of(words: str, actors: int, quantity: FoundQuantity | None, ctype: str, subject: Subject) -> int:
    """A first guess for the analyst: 2 core, 1 context, 0 colour."""
    score = len(subject.core_words(words))
    if quantity is not None and quantity.dimension != "time":
        score += 1
    score += min(actors, 2)
    if ctype in ("obligation", "intention"):
        score += 1
    return 2 if score >= 3 else 1 if score >= 1 else 0
