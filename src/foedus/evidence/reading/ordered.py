"""What only the order of the words shows, where the parser hangs them on something else: inverted conditions, verdicts, denials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.questions import asks_by_order
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.turn import Turn
from foedus.evidence.reading.units import singular

__all__ = ["holder_before", "turns_by_order"]

_CONTENT = frozenset("that of about it they he she we its their saying giving putting claiming suggesting naming".split())
_HELPING = frozenset("do does did has have had is are was were will would can could should may might must".split())
_INVERTING = ("had", "were", "should")
_REACH = 14
_NEAR = 5


def turns_by_order(sentence: Sentence, word: Word) -> Iterator[Turn]:
    """ "Had 500 more come, she would have won", "claims that 80 fainted are false", "dismissed as “a lie” a report that 80 fainted"."""
    mark = asks_by_order(sentence, word)
    if mark is not None:
        yield _turn("question", "asked", mark)
    if (opened := _to_say(sentence, word)) is not None:
        yield _turn("no-rule", "unsure", opened)
    alone = _let_alone(sentence, word)
    if alone is not None:
        yield _turn("not", "negated", alone)
    never = _never_came(sentence, word)
    if never is not None:
        yield _turn("not", "negated", never)
    nor = _nor(sentence, word)
    if nor is not None:
        yield _turn("not", "negated", nor)
    refused = (
        _contested(sentence, word)
        or _taken_up(sentence, word)
        or _behind_denial(sentence, word)
        or _behind_inset(sentence, word)
        or _by_phrase(sentence, word)
        or _seen_as(sentence, word)
        or _headlined(sentence, word)
        or _wrong(sentence, word)
        or _put_off(sentence, word)
        or _scorned(sentence, word)
    )
    yield from (turn for turn in (refused, _left_out(sentence, word)) if turn is not None)
    first = sentence.words[0]
    let = _let_us(sentence)
    first = let or first
    if (
        first.lower in words_of("imagining")
        and word is not first
        and (let is not None or _is_order(sentence, first) or _leads_on(sentence, first))
    ):
        yield _turn("if-clause", "conditional", first)
    condition = _condition(sentence, word)
    if condition is not None:
        yield _turn("if-clause" if word.index < _comma(sentence) else "under-condition", "conditional", condition)


def _is_order(sentence: Sentence, first: Word) -> bool:
    return first.tag in ("VB", "VBP", "VBG") and sentence.child(first, "nsubj") is None


def _leads_on(sentence: Sentence, first: Word) -> bool:
    """ "Assume, for the sake of argument, that", where the tagger sees a noun."""
    return first.index + 1 < len(sentence.words) and sentence.words[first.index + 1].lower in ("that", ",")


def _let_us(sentence: Sentence) -> Word | None:
    """The verb behind "let us", "let's" at the head of a sentence."""
    words = sentence.words
    if len(words) < _NEAR or words[0].lower != "let" or words[1].lower not in ("us", "'s", "’s"):
        return None
    return words[2]


def _comma(sentence: Sentence) -> int:
    return next((each.index for each in sentence.words if each.text == ","), 0)


def _condition(sentence: Sentence, word: Word) -> Word | None:
    """The word that opens a sentence as a condition: "Had the alarm worked, …", "Failing that, …"; what it rules has a modal."""
    inner = _inner_condition(sentence, word)
    if inner is not None:
        return inner
    first, comma = next((each for each in sentence.words if each.text[0].isalnum()), sentence.words[0]), _comma(sentence)
    if word is first or sentence.words[-1].text == "?" or not comma:
        return None
    main = sentence.words[comma:]
    if first.lower in _INVERTING:
        subject = sentence.words[min(first.index + 1, len(sentence.words) - 1)]
        is_inverted = not subject.tag.startswith(("VB", "MD", "IN", "TO")) and subject.text != ","
        return first if is_inverted and any(each.tag in ("MD", "VBZ") for each in main) else None
    after = sentence.words[min(first.index + 1, len(sentence.words) - 1)]
    is_sure = after.lower in words_of("certainties")  # "without doubt, …"
    is_opener = first.lower in words_of("condition_openers") | words_of("conditions") or _is_as_long(first, after)
    is_ahead = any(each.tag == "MD" for each in main) or (
        (first.lower in _FAILING or _is_as_long(first, after)) and any(each.tag in ("VBP", "VBZ") for each in main)
    )
    if not is_opener or is_sure or word.index <= comma or not is_ahead:
        return None
    return None if _is_told_beside(sentence, word) else first


def _is_told_beside(sentence: Sentence, word: Word) -> bool:
    """ "If rates rise, losses, which stood at 620 billion, would …": a clause about a noun, behind a comma, tells what is or was."""
    for _ in range(_REACH):
        if word.relation == "relcl" and word.tag in ("VBD", "VBZ", "VBP"):
            opening = sentence.subtree(word)[0]
            has_modal = any(each.tag == "MD" for each in sentence.children[word.index])
            return not has_modal and opening.index > 0 and sentence.words[opening.index - 1].text == ","
        if word.head == word.index:
            return False
        word = sentence.words[word.head]
    return False


def _inner_condition(sentence: Sentence, word: Word) -> Word | None:
    """ "He said that were he elected he would scrap 2 taxes": an inverted condition inside what is said."""
    inverting, openers = _INVERTING, words_of("condition_openers")
    for each in sentence.words[1 : min(len(sentence.words) - 2, word.index)]:
        if each.lower not in inverting and each.lower not in openers:
            continue
        before, after = sentence.words[each.index - 1], sentence.words[each.index + 1]
        is_inverted = each.lower in inverting and before.lower in ("that", ",") and after.tag == "PRP"
        if is_inverted and any(other.tag == "MD" for other in sentence.words[after.index :]):
            return each
        opener = sentence.words[each.index - 2] if before.text == "," and each.index > 1 else before
        is_lack = each.lower in openers and opener.lower in ("that", "said", "says", "warned", "warns")
        if not is_lack or after.lower in words_of("certainties") or after.tag not in _LACKED:
            continue
        ruler = next((other for other in sentence.words[each.index :] if other.tag == "MD"), None)
        if ruler is not None and ruler.lower in ("would", "will", "could"):
            return each if sentence.words[each.head].index in (ruler.head, ruler.index) else None
    return None


_LACKED = ("DT", "NN", "NNS", "JJ", "JJR", "VBG")
_FAILING = ("failing", "barring", "absent")


def _is_as_long(first: Word, after: Word) -> bool:
    return first.lower in ("as", "so") and after.lower == "long"


_COMING = frozenset(
    "materialise materialised materialize materialized happen happened exist existed arrive arrived appear appeared occur occurred".split()
)


def _to_say(sentence: Sentence, word: Word) -> Word | None:
    """ "To suggest that 70 percent drop out is to misread the data": a verdict on who says so stands behind."""
    words = sentence.words
    first = next((each.index for each in words if each.text[0].isalnum()), 0)
    if len(words) < first + _NEAR or words[first].lower != "to" or not is_form_of(words[first + 1], "asserting"):
        return None
    that = next((each for each in words[first:] if each.lower == "that"), None)
    being = next((each for each in words[word.index :] if each.lower in _BEING or each.text == ","), None)
    is_judged = being is not None and being.text != ","
    return words[first + 1] if that is not None and that.index < word.index and is_judged else None


_ALONE = frozenset((("let", "alone"), ("much", "less"), ("still", "less")))
_NOTS = frozenset("not n't n’t never no cannot nobody none neither hardly without".split())


def _let_alone(sentence: Sentence, word: Word) -> Word | None:
    """ "Never had 90 employees, let alone 900": what is denied all the more."""
    words = sentence.words
    for each in reversed(words[: word.index]):
        after = words[each.index + 1].lower
        if each.text in (";", ":") or (each.text == "," and after not in ("let", "much", "still")):
            return None
        if (each.lower, after) in _ALONE and any(before.lower in _NOTS for before in words[: each.index]):
            return each
    return None


def _never_came(sentence: Sentence, word: Word) -> Word | None:
    """ "The 600 jobs it was supposed to bring never materialised", where the parser has lost the verb of the jobs."""
    words = sentence.words
    never = next((each for each in words[word.index + 1 : -1] if each.lower == "never" or each.text in (";", ":", ",")), None)
    if never is None or never.lower != "never" or never.relation != "neg":
        return None
    verb = words[never.index + 1]
    is_lost = sentence.child(verb, "nsubj", "nsubjpass") is None and verb.relation in ("xcomp", "ccomp", "acl", "relcl")
    return never if verb.lower in _COMING and is_lost else None


def _nor(sentence: Sentence, word: Word) -> Word | None:
    """ "…, nor did it lose 300 men": the "nor" before a helping verb that stands before its subject, in the same part of the sentence."""
    for each in reversed(sentence.words[: word.index]):
        if each.text in (";", ":") or each.lower in ("but", "although", "though", "because"):
            return None
        after = sentence.words[each.index + 1]
        if each.lower == "nor" and each.relation != "neg" and after.lower in _HELPING and after is not word:
            return each
    return None


def _wrong(sentence: Sentence, word: Word) -> Turn | None:
    """ "Claims that 80 pupils fainted are false": the verdict behind a form of "be", on a statement before the word."""
    words = sentence.words
    statements = (each for each in words[: word.index] if singular(each.lower) in words_of("statements"))
    told = next((each for each in statements if words[each.index + 1].lower in _CONTENT), None)
    if told is None or any(each.text in (",", ";") for each in words[told.index : word.index]):
        return None
    for each in words[word.index + 1 : -1]:
        if each.text in (",", ";"):
            return None
        after = _complement(words[each.index + 1 : each.index + 5]) or words[each.index + 1]
        said = " ".join(word.lower for word in words[each.index + 1 : each.index + 5])
        is_wrong = after.lower in words_of("wrong") | words_of("errors") or said.startswith(tuple(words_of("wrong_phrases")))
        if each.lower in _BEING and after.lower in words_of("unbelievable") | words_of("doubtful"):
            return Turn("doubted", "doubted", after.start, after.end)
        if each.lower in _BEING and is_wrong:
            is_old = any(before.lower in words_of("earlier") for before in words[: told.index])
            return Turn("called-wrong", "retracted" if is_old else "denied", after.start, after.end)
    return None


_BEING = frozenset("is are was were be been being seem seems seemed looks looked sounds sounded proved proves".split())


def _scorned(sentence: Sentence, word: Word) -> Turn | None:
    """ "“Nonsense,” he said of a report that 80 fainted": a short verdict between marks, on a statement outside of them."""
    if not any(each.tag == "``" for each in sentence.words) or holder_before(sentence, word) is None:
        return None
    inside: list[Word] = []
    is_open = False
    for each in sentence.words:
        if each.tag in ("``", "''"):
            if is_open and word not in inside and len(inside) <= _REACH // 2:
                is_denied = any(one.lower in ("not", "n't", "n’t", "no") for one in inside)
                verdict = next((one for one in inside if one.lower in words_of("right" if is_denied else "wrong")), None)
                if verdict is not None:
                    return Turn("called-wrong", "denied", verdict.start, verdict.end)
            inside, is_open = [], each.tag == "``"
        elif is_open:
            inside.append(each)
    return None


def _complement(words: Sequence[Word]) -> Word | None:
    """The word behind a form of "be", without what goes before it: "simply a complete lie"."""
    passed = ("RB", "DT", "JJ", "``", "''")
    return next((each for each in words if each.tag not in passed or each.lower in words_of("wrong") | words_of("errors")), None)


_STOPS = frozenset((";", ":", ",", "—", "–", "who", "which", "but", "and"))
_LEFT_OUT = frozenset((("far", "from"), ("instead", "of"), ("rather", "than")))


def _left_out(sentence: Sentence, word: Word) -> Turn | None:
    """ "Far from sending 200 experts, it has sent none": what opens a sentence to be put aside."""
    words = sentence.words
    if len(words) < _NEAR or (words[0].lower, words[1].lower) not in _LEFT_OUT or words[2].tag != "VBG":
        return None
    return Turn("without", "negated", words[1].start, words[1].end) if 1 < word.index < _comma(sentence) else None


def _behind_denial(sentence: Sentence, word: Word) -> Turn | None:
    """ "Stood by his denial that 22 had escaped", where the parser hangs the clause on the verb."""
    for each in reversed(sentence.words[: word.index]):
        if each.text in (";", ":", ","):
            return None
        if each.lower == "denial" and sentence.words[each.index + 1].lower == "that":
            return Turn("denied-by-noun", "denied", each.start, each.end)
    return None


_LONGEST_INSET = 9
_SAYING = frozenset("say claim argue suggest think believe conclude assume pretend insist imply maintain".split())


def _behind_inset(sentence: Sentence, word: Word) -> Turn | None:
    """ "It is wrong to claim, as some did, that 30 ships sank", "doubts, like its rivals, that": what the words before the inset do."""
    words = sentence.words
    for that in reversed(words[: word.index]):
        if that.text in (";", ":"):
            return None
        if that.lower != "that" or that.index < _NEAR or words[that.index - 1].text != ",":
            continue
        low = max(that.index - _LONGEST_INSET, 1)
        opened = next((each for each in reversed(words[low : that.index - 1]) if each.text == ","), None)
        if opened is None:
            return None
        before = words[opened.index - 1]
        if is_form_of(before, "denial"):
            return Turn("denied-by-verb", "denied", before.start, before.end)
        if is_form_of(before, "doubt"):
            return Turn("doubted", "doubted", before.start, before.end)
        near = words[max(0, before.index - _NEAR) : before.index]
        wrong = next((each for each in near if each.lower in words_of("wrong") | words_of("errors")), None)
        is_to_say = before.lower in _SAYING and bool(near) and near[-1].lower == "to" and wrong is not None
        is_kept = any(each.lower in ("not", "n't", "n’t", "never") for each in near)
        return Turn("called-wrong", "denied", wrong.start, wrong.end) if is_to_say and wrong and not is_kept else None
    return None


def _contested(sentence: Sentence, word: Word) -> Turn | None:
    """ "Accused it of hiding 150 deaths, a charge that it dismissed": a statement behind a comma that takes up all before it."""
    for noun in sentence.words[word.index + 1 :]:
        if noun.text in (";", ":"):
            return None
        before = sentence.words[max(0, noun.index - 2) : noun.index]
        is_taken_up = len(before) == 2 and before[0].text == "," and before[1].lower in ("a", "an", "the")
        if is_taken_up and noun.lower in _CHARGES:
            if (verdict := _called(sentence, noun)) is not None:
                return verdict
            return next(
                (
                    Turn("denied-by-verb", "denied", each.start, each.end)
                    for each in sentence.children[noun.index]
                    if each.relation in ("relcl", "acl") and is_form_of(each, "denial") and sentence.child(each, "neg") is None
                ),
                None,
            )
    return None


def _called(sentence: Sentence, noun: Word) -> Turn | None:
    """ "…, a charge that the court called baseless": the verdict in the clause about the noun."""
    about = next((each for each in sentence.children[noun.index] if each.relation in ("relcl", "acl")), None)
    behind = sentence.words[noun.index + 1 : noun.index + _REACH] if about is None else sentence.subtree(about)
    verb = next((each for each in behind if each.lower in _VERDICTS), None)
    wrong = next(
        (each for each in behind if verb is not None and each.index > verb.index and each.lower in words_of("wrong")), None
    )
    return Turn("called-wrong", "denied", wrong.start, wrong.end) if wrong is not None else None


_VERDICTS = frozenset("called calls dismissed dismisses described describes branded labelled termed rejected found".split())


def _taken_up(sentence: Sentence, word: Word) -> Turn | None:
    """ "Accused it of hiding 40 deaths, which it denies": a clause behind a comma that takes up all before it, and nothing in particular."""
    words = sentence.words
    for which in words[word.index + 1 : -2]:
        if which.text in (";", ":"):
            return None
        if which.lower != "which" or words[which.index - 1].text != ",":
            continue
        near = words[which.index + 1 : which.index + _REACH]
        verb = next((each for each in near if each.tag.startswith("VB") and is_form_of(each, "denial")), None)
        if verb is None or verb.index == which.index + 1 or any(each.text == "," for each in words[which.index + 1 : verb.index]):
            return None
        after = words[verb.index + 1]
        is_closed = after.text in (".", ",") or after.lower in _CLOSING
        return (
            Turn("denied-by-verb", "denied", verb.start, verb.end) if is_closed and sentence.child(verb, "neg") is None else None
        )
    return None


_CLOSING = frozenset("on in at as again last this yesterday and but".split())
_CHARGES = frozenset("charge accusation allegation claim".split())


def _by_phrase(sentence: Sentence, word: Word) -> Turn | None:
    """ "Take with a grain of salt the boast of 11 million": an idiom of doubt in a sentence with a statement."""
    phrase = next((each for each in words_of("doubting_phrases") if each in sentence.lower), None)
    if phrase is None or not any(singular(each.lower) in words_of("statements") for each in sentence.words):
        return None
    words, parts = [each.lower for each in sentence.words], phrase.split()
    at = next((at for at in range(len(words)) if words[at : at + len(parts)] == parts), None)
    if at is None or at <= word.index < at + len(parts):
        return None
    if any(each.text in (";", ":") for each in sentence.words[min(at, word.index) : max(at, word.index)]):
        return None
    return Turn("doubted", "doubted", sentence.words[at].start, sentence.words[at + len(parts) - 1].end)


_VIEWING = frozenset(
    "see sees saw seen regard regards regarded view views viewed dismiss dismissed treat treats treated deride derided "
    "consider considers considered describe describes described portray portrayed brand branded paint painted".split()
)


def _seen_as(sentence: Sentence, word: Word) -> Turn | None:
    """ "Regard the rate of 3 percent as fiction": a verdict behind "as", whatever the parser hangs it on."""
    verb = next((each for each in reversed(sentence.words[: word.index]) if each.lower in _VIEWING), None)
    link = next((each for each in sentence.words[word.index :] if each.lower == "as" or each.text in _STOPS), None)
    if verb is None or link is None or link.lower != "as" or not _reaches(sentence.words[verb.index + 1 : link.index]):
        return None
    verdict = _complement(sentence.words[link.index + 1 : link.index + _NEAR])
    if verdict is None or verdict.lower not in words_of("wrong"):
        return None
    return None if _is_negated(sentence, verb) else Turn("called-wrong", "denied", verb.start, verdict.end)


_HEADED = frozenset("claims reports rumours rumors allegations suggestions talk speculation stories".split())


def _headlined(sentence: Sentence, word: Word) -> Turn | None:
    """ "Palace sources rubbish claims the prince owes 3m": a verb of denial that the tagger takes for a noun."""
    for each in sentence.words[1 : max(word.index, 1)]:
        after = sentence.words[each.index + 1]
        before = sentence.words[each.index - 1]
        is_verb = is_form_of(each, "denial") and not each.tag.startswith("VB") and before.tag in ("NNS", "NNP", "NN", "NNPS")
        if is_verb and after.lower in _HEADED and after.index < word.index:
            return Turn("denied-by-verb", "denied", each.start, each.end)
    return None


def _put_off(sentence: Sentence, word: Word) -> Turn | None:
    """ "Dismissed as “a lie” a report that 80 fainted", "backed away from a pledge to hire 80": a verb, then the noun that holds the word."""
    noun = holder_before(sentence, word)
    if noun is None:
        return None
    name = singular(noun.lower)
    for verb in reversed(sentence.words[max(0, noun.index - _REACH) : noun.index]):
        if not verb.tag.startswith(("VB", "NN", "JJ")) or not _reaches(sentence.words[verb.index + 1 : noun.index]):
            continue
        made = _turn_on(sentence, verb, noun, name)
        if made is not None:
            return None if _is_negated(sentence, verb) else made
    return None


def _turn_on(sentence: Sentence, verb: Word, noun: Word, name: str) -> Turn | None:
    """What a verb does to a statement or a plan behind it."""
    between = [each.lower for each in sentence.words[verb.index + 1 : noun.index]]
    is_statement = name in words_of("statements")
    if is_statement and verb.tag.startswith("VB") and is_form_of(verb, "denial"):
        return Turn("denied-by-verb", "denied", verb.start, verb.end)
    if is_statement and is_form_of(verb, "denial_at") and set(between[:4]) & {"at", "against"}:
        return Turn("denied-by-verb", "denied", verb.start, verb.end)
    is_led = is_form_of(verb, "retreating") and bool(set(between[:_NEAR]) & {"from", "on", "of"})
    if not (is_led or (is_form_of(verb, "retreating_with") and between[:1] and between[0] in words_of("retreats"))):
        return None
    return Turn(*(("taken-back", "retracted") if is_statement else ("failure-verb", "negated")), verb.start, verb.end)


def holder_before(sentence: Sentence, word: Word) -> Word | None:
    """The statement or promise before a word that holds it: "a report [that 80 died]", "a count [of 80]", "a pledge [to hire 80]"."""
    words = sentence.words
    for each in reversed(words[: word.index]):
        if each.text in _STOPS or each.lower in words_of("fact_marks"):
            return None
        name = singular(each.lower)
        is_noun = each.tag.startswith("NN") or (each.tag == "VBZ" and words[each.index + 1].lower in ("that", "of"))
        is_one = is_noun and (name in words_of("statements") or name in words_of("promises"))
        after = words[each.index + 1 : each.index + 1 + _NEAR]
        if is_one and any(
            next_.lower in ("that", "of", "according", "about", "to", "by", "saying", "suggesting", "it", "they")
            for next_ in after
        ):
            return each
    return None


def _reaches(between: Sequence[Word]) -> bool:
    """Whether a verb can rule a noun with these words between: no verb of its own, but for a parenthesis "as he had before"."""
    is_inset = False
    for each in between:
        if each.text == ",":
            is_inset = not is_inset
        elif each.text in (";", ":") or (not is_inset and _begins_another(each)):
            return False
    return not is_inset


def _begins_another(word: Word) -> bool:
    return word.tag in ("VBD", "VBZ", "VBP", "MD") or word.lower in ("and", "but", "or")


def _is_negated(sentence: Sentence, verb: Word) -> bool:
    return any(each.relation == "neg" or each.lower in ("never", "neither") for each in sentence.children[verb.index])


def _turn(rule: str, kind: str, word: Word) -> Turn:
    return Turn(rule, kind, word.start, word.end)
