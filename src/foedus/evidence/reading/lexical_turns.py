"""What a verb by its own meaning does to what hangs on it: it denies, doubts, fails, refuses, takes back."""

from __future__ import annotations

from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.turn import Turn, turn_at
from foedus.evidence.reading.units import singular

__all__ = ["DENYING", "STOPPING", "behind_comma", "completed_by", "few_do", "from_doing", "turn_by_meaning"]


def behind_comma(sentence: Sentence, word: Word) -> bool:
    """Whether the phrase or clause of a word starts behind a comma or dash."""
    first = sentence.subtree(word)[0].index
    return first > 0 and sentence.words[first - 1].text in (",", "—", "–", "-", "(")


def turn_by_meaning(sentence: Sentence, word: Word, below: Word | None, held: str) -> Turn | None:
    """The turn that the verb itself makes for its complement; at the head of a clause, for the complement that it has."""
    inside = below if below is not None else completed_by(sentence, word)
    if inside is None:
        return None
    is_clause = inside.relation in ("ccomp", "xcomp", "pcomp") or (
        inside.relation in ("advcl", "dobj")
        and inside.tag == "VBG"
        and inside.index > word.index
        and not behind_comma(sentence, inside)
    )
    noun = singular(inside.lower) if inside.tag.startswith("NN") else ""
    if _denies(sentence, word, inside, noun, is_clause):
        return turn_at("denied-by-verb", "denied", word)
    if _is_kept_off(sentence, word, below):
        return None
    if _keeps_from(sentence, word, below, inside, noun):
        return turn_at("failure-verb", "negated", word)
    is_out = (
        sentence.words[min(word.index + 1, len(sentence.words) - 1)].lower == "out" or sentence.child(word, "prt") is not None
    )
    if word.lower in ("rule", "rules", "ruled", "ruling") and is_out:
        return turn_at("ruled-out", "negated", word)
    if word.lower in ("was", "were") and inside.relation == "xcomp" and _has_perfect(sentence, inside):
        return turn_at("failure-verb", "negated", word)
    is_kept_off = is_form_of(word, "refraining") and inside.relation == "prep" and inside.lower in ("from", "at")
    is_kept_off = is_kept_off and not _is_level(sentence, inside)
    if is_form_of(word, "refusal") and (is_clause or noun in words_of("doings") or is_kept_off):
        return turn_at(
            *({"check": ("not-confirmed", "doubted"), "tell": ("left-open", "asked")}.get(held, ("failure-verb", "negated"))),
            word,
        )
    if held == "tell" and is_form_of(word, "regret") and inside.relation in ("prep", "xcomp", "advcl"):
        return turn_at("taken-back", "retracted", word)
    few = few_do(sentence, word)
    if (is_clause or noun in words_of("statements")) and few is not None:
        return turn_at("doubted", "doubted", few)
    is_told_apart = any(each.text == ":" for each in sentence.words[word.index : inside.index])
    if is_form_of(word, "doubt") and not is_told_apart and (is_clause or noun in words_of("statements")):
        return turn_at("doubted", "doubted", word)
    above = sentence.words[word.head]
    hardly = next((each for each in (above, *sentence.children[above.index]) if each.lower in words_of("hardly_any")), None)
    if is_clause and hardly is not None and hardly.index < word.index and is_form_of(word, "showing") and word.tag == "VB":
        return turn_at("no-evidence", "doubted", hardly)
    put = _put_forward(sentence, word, inside)
    if put is not None:
        return turn_at("earlier-version", "retracted", put)
    return _of_object(sentence, word, inside, noun)


def _is_level(sentence: Sentence, preposition: Word) -> bool:
    """ "Has shrunk from 12,000": from a level, not from a deed."""
    thing = sentence.child(preposition, "pobj")
    return thing is not None and (thing.tag == "CD" or sentence.child(thing, "nummod") is not None)


def few_do(sentence: Sentence, verb: Word) -> Word | None:
    """The "few" who do something, whatever the parser hangs it by."""
    before = sentence.words[verb.index - 1] if verb.index else verb
    subject = sentence.child(verb, "nsubj")
    own = (*sentence.children[verb.index], *(sentence.children[subject.index] if subject is not None else ()), before)
    found = next((each for each in own if each.lower == "few" and each.index < verb.index), None)
    return None if found is None or (found.index and sentence.words[found.index - 1].lower == "a") else found


def _put_forward(sentence: Sentence, verb: Word, inside: Word) -> Word | None:
    """ "Was initially reported as 40", "at first put it at 40": the word that says that it was so only then."""
    if (
        not is_form_of(verb, "put_forward")
        or inside.index < verb.index
        or inside.relation not in ("prep", "advcl", "xcomp", "ccomp")
    ):
        return None
    near = sentence.words[max(0, verb.index - 2) : verb.index]
    at_first = [each.lower for each in near] == ["at", "first"]
    if any(each.lower in ("then", "later", "now") for each in sentence.words[max(verb.index, inside.index - 2) : inside.index]):
        return None  # "initially put it at 80,000, then at 50,000"
    early = next((each for each in near if each.lower in ("initially", "originally", "first", "mistakenly")), None)
    is_measured = (
        inside.lower in ("as", "at", "to") or at_first or any(each.tag == "TO" for each in sentence.children[inside.index])
    )
    return early if early is not None and is_measured else None


def _has_perfect(sentence: Sentence, verb: Word) -> bool:
    """ "Was to have received 4 ships": it has not."""
    helpers = {each.lower for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass")}
    return {"to", "have"} <= helpers


def _has_particle(sentence: Sentence, word: Word) -> bool:
    """ "Shot [down] talk of", "turned an offer [down]"."""
    after = sentence.words[word.index + 1].lower if word.index + 1 < len(sentence.words) else ""
    return after in words_of("particles") or any(each.lower in words_of("particles") for each in sentence.children[word.index])


def _denies(sentence: Sentence, word: Word, inside: Word, noun: str, is_clause: bool) -> bool:
    """Whether the verb says that what hangs on it is not so."""
    is_statement = noun in words_of("statements")
    if is_clause and is_form_of(word, "countering"):
        return False  # "countered that 40 had left": he says so
    if is_form_of(word, "denial") and (is_clause or is_statement or noun in words_of("denied_things")):
        return True
    if word.lower in DENYING and inside.relation == "dobj" and noun and not _is_refused(sentence, word):
        return True
    spoken = sentence.child(inside, "pobj") if inside.lower in ("as", "at", "off", "against") else None
    if (
        is_form_of(word, "denial")
        and spoken is not None
        and singular(spoken.lower) in words_of("statements") | words_of("promises")
    ):
        return True
    is_with = is_form_of(word, "denial_with") or is_form_of(word, "refusal_with")
    if is_with and is_statement and _has_particle(sentence, word):
        return True
    of_doing = (each for each in sentence.words[word.index :] if each.lower == "of" and sentence.child(each, "pcomp") is not None)
    return is_form_of(word, "clearing") and any(of_doing)


def _keeps_from(sentence: Sentence, word: Word, below: Word | None, inside: Word, noun: str) -> bool:
    """Whether the verb says that what hangs on it is not done: resisted, lacked, voted down, stopped, failed, prevented."""
    thing = sentence.child(word, "dobj")
    if (
        thing is not None
        and thing is not below
        and is_form_of(word, "resisting")
        and singular(thing.lower) in words_of("callings")
    ):
        return True
    if thing is not None and is_form_of(word, "lacking") and thing.lower in words_of("takes"):
        return True
    if is_form_of(word, "refusal_with") and noun in words_of("doings") and _has_particle(sentence, word):
        return True
    is_over = is_form_of(word, "ending") and (inside.tag == "VBG" or word.lower.startswith("ceas"))
    if is_over and inside.relation in ("xcomp", "advcl", "ccomp"):
        return True
    if is_form_of(word, "failure") and inside.relation == "xcomp":
        return True
    if word.lower == "spared" and sentence.child(word, "auxpass") is not None and inside.relation != "nsubjpass":
        return True  # "was spared a payout"
    if is_form_of(word, "forestalling") and inside.relation in ("dobj", "nsubjpass") and noun:
        return True
    is_dropped = noun in words_of("promises") and not from_doing(sentence, word) and word.lower not in _KEEPING
    return is_form_of(word, "hindering") and (noun in words_of("doings") or is_dropped or from_doing(sentence, word))


def _is_kept_off(sentence: Sentence, word: Word, below: Word | None) -> bool:
    """ "Stopped 300 people from crossing": there are so many who were stopped; "stopped it from buying 40 jets" tells of none bought."""
    if word.relation == "xcomp" or sentence.child(word, "neg") is not None:
        return False  # "failed to prevent 140 lorries from leaving": they left
    thing = below or sentence.child(word, "dobj", "nsubjpass")
    if thing is None or thing.relation not in ("dobj", "nsubjpass") or not is_form_of(word, "hindering"):
        return False
    return from_doing(sentence, word) and sentence.child(thing, "nummod") is not None


_KEEPING = frozenset("keep keeps kept keeping".split())


DENYING = frozenset("deny denies denied denying".split())


def _is_refused(sentence: Sentence, verb: Word) -> bool:
    """ "Denied 40 claims", "denied 40 men entry": a refusal, no denial."""
    things = (each for each in sentence.subtree(verb) if each.index > verb.index and each.tag.startswith("NN"))
    return any(singular(each.lower) in words_of("grantable") for each in things) or sentence.child(verb, "dative") is not None


def _of_object(sentence: Sentence, word: Word, inside: Word, noun: str) -> Turn | None:
    """ "cast doubt on", "took back its claim", "wrongly said"."""
    thing = sentence.child(word, "dobj")
    if thing is not None and singular(thing.lower) == "doubt" and word.lower in _CASTING and inside is not thing:
        return turn_at("doubted", "doubted", thing)
    if thing is not None and thing.lower in words_of("scorn") and noun not in words_of("scorn"):
        over = next((each for each in sentence.words[thing.index :] if each.relation == "pobj"), None)
        if over is not None and singular(over.lower) in words_of("statements"):
            return turn_at("denied-by-verb", "denied", thing)
    is_lost = is_form_of(word, "losing") or (
        word.lower in _GIVING_UP and any(each.lower == "up" for each in sentence.children[word.index])
    )
    if inside.relation == "dobj" and noun in words_of("chances") and is_lost:
        return turn_at("doubted", "doubted", word)
    if inside.relation == "dobj" and noun in words_of("promises") and is_lost and word.lower in _GIVING_UP:
        return turn_at("failure-verb", "negated", word)
    is_back = any(each.lower in ("back", "down") and each.index > word.index for each in sentence.children[word.index])
    is_taken = is_form_of(word, "retraction") or (word.lower in _TAKING and is_back)
    if is_taken and noun in words_of("statements"):
        return turn_at("taken-back", "retracted", word)
    if is_taken and is_back and noun in words_of("promises"):
        return turn_at("failure-verb", "negated", word)
    wrongly = next((each for each in sentence.children[word.index] if each.lower in words_of("wrongly")), None)
    if wrongly is not None and inside.relation in ("ccomp", "xcomp", "dobj", "prep"):
        return turn_at("taken-back", "retracted", wrongly)
    subjects = [each for each in sentence.children[word.index] if each.relation in ("nsubj", "nsubjpass")]
    old = next((each for each in subjects if _is_old_version(sentence, each)), None)
    if old is not None and inside.relation in ("ccomp", "dobj", "prep"):
        return turn_at("earlier-version", "retracted", old)
    return None


STOPPING = frozenset("stop stops stopped stopping fall falls fell fallen".split())


_GIVING_UP = frozenset("give gives gave given giving".split())


_TAKING = frozenset("take takes took taken taking walk walks walked row rows rowed climb climbed".split())


_CASTING = frozenset(
    "cast casts casting raise raised raises raising throw threw throws have has had express expressed expresses voice voiced".split()
)


_CORRECTIONS = frozenset("correction corrections clarification corrigendum erratum".split())


def _is_old_version(sentence: Sentence, subject: Word) -> bool:
    """ "An earlier version of this article"; in a line that starts with "Correction", also "we" and "the article"."""
    is_ours = singular(subject.lower) in words_of("versions")
    if sentence.words[0].lower in _CORRECTIONS:
        return is_ours or subject.lower in ("we", "i")
    words = {each.lower for each in (*sentence.subtree(subject), *sentence.children[subject.head])}
    return is_ours and bool(words & words_of("earlier")) and ("this" in words or "our" in words or subject.lower == "version")


def completed_by(sentence: Sentence, word: Word) -> Word | None:
    """What a verb at the head of a clause governs."""
    found = sentence.child(word, "ccomp", "xcomp", "dobj", "nsubjpass")
    if found is not None:
        return found
    if is_form_of(word, "refraining"):
        return sentence.child(word, "prep")
    doing = (each for each in sentence.children[word.index] if each.relation == "advcl" and each.tag == "VBG")
    return next((each for each in doing if each.index > word.index), None)


def from_doing(sentence: Sentence, word: Word) -> bool:
    """ "stop X from doing"."""
    origins = (each for each in sentence.children[word.index] if each.lower == "from")
    return any(below.tag == "VBG" for each in origins for below in sentence.children[each.index])
