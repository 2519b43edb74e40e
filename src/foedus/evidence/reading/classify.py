"""What sort of statement a clause makes: its type, its modality, its polarity, how much it bears on the matter."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.lexicon import phrases, table
from foedus.evidence.reading.quantities import FoundQuantity

__all__ = ["claim_type", "modality_of", "polarity_of", "relevance_of"]


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
    if quantity is not None and not (is_appraisal and modality == "hypothetical") and not _is_copula(clause):
        return "quantity"
    if modality == "hypothetical" or hedge in ("unknown", "no_evidence") or _is_copula(clause):
        return "assessment"
    if _pattern("intention").search(words) and has_actor:
        return "intention"
    if modality == "future" and has_actor and clause.head.lower in phrases("events", "acts"):
        return "intention"
    return "assessment" if is_appraisal else "event"


def _is_copula(clause: Clause) -> bool:
    """ "X is worrying", "X is a plus"."""
    return clause.head.lower in (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "'s",
        "’s",
        "'re",
        "remain",
        "remains",
        "become",
    ) and (clause.sentence.child(clause.head, "acomp", "attr") is not None)


def _is_appraisal(clause: Clause) -> bool:
    return _is_copula(clause) or clause.head.lower in phrases("events", "appraisal") or clause.head.tag.startswith(("JJ", "NN"))


_FUTURE = re.compile(
    r"\b(?:will|shall|going to|about to|(?:is|are|was|were) (?:also |now |still )?(?:expected|set|due|likely|poised|"
    r"preparing) to|could|may|might|prospect|"
    r"plans? to|intends? to|next (?:week|month|year)|tomorrow)\b|['’]ll\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(r"\b(?:would|if|unless|in case of|were to|should)\b|['’]d\b(?! better)", re.IGNORECASE)


def modality_of(words: str, is_backshift: bool) -> str:
    """Actual, future or hypothetical."""
    supposed = _HYPOTHETICAL.search(words)
    if supposed and not (is_backshift and supposed.group().lower() in ("would", "'d", "’d")):
        return "hypothetical"
    if _FUTURE.search(words) or supposed:
        return "future"
    return "actual"


_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|without|nothing|cannot)\b|n['’]t\b", re.IGNORECASE)


def polarity_of(clause: Clause, text: str) -> str:
    """ "-" where the verb, its subject or its object is negated."""
    sentence = clause.sentence
    inside = {word.index for word in clause.words}
    near = [clause.head, *sentence.children[clause.head.index]]
    for word in near:
        if word.index not in inside:
            continue
        below = [each for each in sentence.children[word.index] if each.relation in ("neg", "det", "preconj")]
        for each in (word, *below):
            if each.relation == "neg" or (
                each.lower in ("no", "neither", "never", "nobody", "nothing") and each.tag in ("DT", "RB", "NN")
            ):
                return "-"
    return "+"


_CORE = re.compile(
    r"\b(?:troops?|soldiers?|forces|weapons?|ammunition|rounds|shells?|missiles?|nuclear|drones?|casualt\w+|killed|wounded|injured|dead|army|military|"
    r"front|pact|treaty|agreement|deploy\w*|sanction\w*|invasion|war|conflict|attack\w*|mobilis\w+|mobiliz\w+|manpower|technology|supply|supplies)\b",
    re.IGNORECASE,
)


def relevance_of(words: str, actors: int, quantity: FoundQuantity | None, ctype: str) -> int:
    """A first guess for the analyst: 2 core, 1 context, 0 colour."""
    score = len({match.group().lower() for match in _CORE.finditer(words)})
    if quantity is not None and quantity.dimension != "time":
        score += 1
    score += min(actors, 2)
    if ctype in ("obligation", "intention"):
        score += 1
    return 2 if score >= 3 else 1 if score >= 1 else 0
