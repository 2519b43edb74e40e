"""Who repeats whom, as the claims themselves show it: from the words of the attribution, and from figures.

What is found is a proposal. It is set beside the origin that an analyst declared, and pooling goes by the declared origin only: accept a
finding by editing the claim's `origin` in the ledger.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.figures import FigureAgreement, agreements
from foedus.evidence.voices import is_same_voice, voice_key, voice_of
from foedus.evidence.without import source_names
from foedus.wording import counted

__all__ = ["Dependence", "find_dependence"]

DECLARED, DIFFERS, UNKNOWN = "declared", "not declared", "origin unknown"
_COMPUTED = "computed from"

# What a claim says of its source, and what the analyst who graded it says of it.
_CITES = re.compile(r"\b(?P<cue>citing|according to|quoting|referring to|as told by)\s+(?:the )?", re.I)
_REPEATS = re.compile(r"\b(?P<cue>citing|according to|repeats?|repeating|relays?|echoes|equals)\s+(?:the )?", re.I)


@dataclass(frozen=True)
class Dependence:
    """One source repeats another.

    Attributes:
        later, earlier: who repeats whom, as the ledger spells them.
        kind: "words" or "figures".
        claims: (id of the claim that repeats, id of the repeated one or "" where only the name is known).
        sign: what shows it: the cue, or the agreement in words.
        chance: that independent figures would agree so well; `share` that of false ones among findings as clear as this. None for words.
        is_found: words say so, or chance alone would seldom show it; else it is only possible.
        verdict: against the origins in the ledger: "declared", "not declared", or "origin unknown" where the name that is repeated
            speaks nowhere in the ledger.
    """

    later: str
    earlier: str
    kind: str
    claims: tuple[tuple[str, str], ...]
    sign: str
    chance: float | None
    share: float | None
    is_found: bool
    verdict: str


def find_dependence(claims: Sequence[Claim], defaults: Defaults = DEFAULTS) -> tuple[Dependence, ...]:
    """Every dependence that words or figures show, those not declared first.

    Args:
        claims: of a ledger; those that do not count are passed over.
        defaults: `figure_tolerance`, `figure_error`, `broad_factor`, `found_chance`.
    """
    counted = [claim for claim in claims if claim.counts]
    found = [*_from_words(counted), *_from_figures(counted, defaults)]
    rank = {DIFFERS: 0, UNKNOWN: 1, DECLARED: 2}
    return tuple(
        sorted(found, key=lambda one: (not one.is_found, rank[one.verdict], one.kind != "words", one.chance or 0.0, one.later))
    )


def _from_words(claims: Sequence[Claim]) -> Iterable[Dependence]:
    """From the attribution: "X citing Y", "Y via X", "repeats Y"."""
    names = sorted(source_names(claims), key=lambda name: (-len(name), name))
    spoken = Counter((claim.source.canonical, claim.origin) for claim in claims)
    told: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for claim in claims:
        for later, earlier, cue in _chains(claim, names):
            # A figure computed from several sources has one of them for its origin, perhaps one that speaks nowhere else.
            whom = voice_of(claim.source.canonical).speakers if cue == _COMPUTED else (earlier,)
            verdicts = {_verdict(claim, one, spoken) for one in whom}
            verdict = next(one for one in (DECLARED, UNKNOWN, DIFFERS) if one in verdicts)
            told.setdefault((later, earlier, cue, verdict), []).append((claim.id, ""))
    for (later, earlier, cue, verdict), pairs in told.items():
        yield Dependence(later, earlier, "words", tuple(pairs), cue, None, None, True, verdict)


def _chains(claim: Claim, names: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    """(who repeats, whom, cue) by the source's own name, then by what is written about the claim."""
    voice = voice_of(claim.source.canonical)
    if voice.is_computed:
        yield voice.name, " and ".join(voice.speakers), _COMPUTED
    elif voice.cue:
        yield from ((voice.outlets[0], speaker, voice.cue) for speaker in voice.speakers)
    written = [(_CITES, claim.source.text), (_CITES, claim.paraphrase), (_REPEATS, claim.graded_because), (_REPEATS, claim.note)]
    for cues, text in written:
        for cue in cues.finditer(text or ""):
            whom = _named((text or "")[cue.end() :], names)
            if whom and not any(is_same_voice(whom, one) for one in (voice.name, *voice.speakers)):
                yield voice.name, whom, cue["cue"].lower()


def _named(text: str, names: Sequence[str]) -> str:
    """The known source that a text begins with, the longest first; "" if none."""
    start = text.lower()
    found = next((name for name in names if start.startswith(name.lower())), "")
    return found if not start[len(found) :][:1].isalnum() else ""


def _verdict(claim: Claim, earlier: str, spoken: Counter[tuple[str, str]]) -> str:
    """Whether the claim's declared origin is the one that is repeated, or that one's own origin.

    `spoken` counts the claims by source and origin.
    """
    wanted, origin = voice_key(earlier), voice_key(claim.origin)
    if is_same_voice(earlier, claim.origin) or wanted <= origin or origin <= wanted:
        return DECLARED
    own = (claim.source.canonical, claim.origin)
    told = [key for key, count in spoken.items() if count > (key == own) and is_same_voice(key[0], earlier)]
    if not told:
        return UNKNOWN
    return DECLARED if any(key[1] == claim.origin for key in told) else DIFFERS


def _from_figures(claims: Sequence[Claim], defaults: Defaults) -> Iterable[Dependence]:
    """From agreements between figures, each with its chance among all that were compared."""
    origins = {claim.id: claim.origin for claim in claims}
    for one in agreements(claims, defaults):
        is_declared = all(origins[later] == origins[earlier] for later, earlier in one.pairs)
        is_found = one.share <= defaults.setting("found_chance")
        verdict = DECLARED if is_declared else DIFFERS
        yield Dependence(one.later, one.earlier, "figures", one.pairs, _agreement(one), one.chance, one.share, is_found, verdict)


def _agreement(one: FigureAgreement) -> str:
    figures = counted(len(one.pairs), "figure")
    return f"same {figures} of {one.compared}"
