"""A ledger without some of its sources: what they say leaves, and so does what only repeats them or is computed from them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foedus.errors import InputError, Problem
from foedus.evidence.claim import Claim
from foedus.evidence.ledger import Ledger
from foedus.evidence.voices import is_same_voice, voice_key, voice_of

__all__ = ["NOTHING_REMOVED", "Removal", "source_names", "without_named", "without_sources"]

OWN, REPEATS, COMPUTED = "its own", "repeats it", "computed from it"


@dataclass(frozen=True)
class Removal:
    """What was taken out of a ledger.

    Attributes:
        names: of the sources, as the ledger spells them.
        claims: that left, in the order of the ledger.
        because: claim id -> "its own", "repeats it" or "computed from it".
    """

    names: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    because: tuple[tuple[str, str], ...] = ()

    def group(self, name: str) -> tuple[Claim, ...]:
        """The claims of a group that counted and left."""
        return tuple(claim for claim in self.claims if claim.group == name and claim.counts)

    def joined(self, later: Removal) -> Removal:
        """Both removals, one after the other."""
        names = tuple(dict.fromkeys((*self.names, *later.names)))
        return Removal(names, (*self.claims, *later.claims), (*self.because, *later.because))

    def count(self, why: str) -> int:
        """How many claims left for this reason."""
        return sum(reason == why for _, reason in self.because)


NOTHING_REMOVED = Removal()


def source_names(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Every name that a source of these claims goes by: who speaks, through whom, after whom; sorted."""
    names: set[str] = set()
    for claim in claims:
        voice = voice_of(claim.source.canonical)
        names |= {claim.source.canonical, claim.origin, *voice.speakers, *voice.outlets}
    return tuple(sorted(names))


def without_sources(ledger: Ledger, names: Sequence[str]) -> tuple[Ledger, Removal]:
    """A ledger without the sources of these names.

    A claim leaves when one of them says it or passes it on, when its declared origin is one of them, or when it is computed from a
    claim that leaves. Names are those of the ledger, whatever their case and the spelling of countries; a surname is enough.

    Args:
        ledger: the whole ledger.
        names: of sources: who speaks, the outlet, or an origin.
    Returns:
        The ledger that is left (its digest is still that of its file), and what was removed.
    Raises:
        InputError: a name is not in the ledger; with the nearest ones.
    """
    return without_named(ledger, [name for wanted in names for name in _matching(ledger, wanted)])


def without_named(ledger: Ledger, found: Sequence[str]) -> tuple[Ledger, Removal]:
    """The same for names as the ledger spells them: a list that the program made itself is never guessed at."""
    reasons: dict[str, str] = {}
    for claim in ledger.claims:
        voice = voice_of(claim.source.canonical)
        says = (claim.source.canonical, *voice.speakers, *voice.outlets)
        if any(is_same_voice(name, one) for name in found for one in says):
            reasons[claim.id] = COMPUTED if voice.is_computed else OWN
        elif any(is_same_voice(name, claim.origin) for name in found):
            reasons[claim.id] = REPEATS
    _add_derived(ledger, reasons)
    gone = tuple(claim for claim in ledger.claims if claim.id in reasons)
    left = replace(ledger, claims=tuple(claim for claim in ledger.claims if claim.id not in reasons))
    return left, Removal(tuple(dict.fromkeys(found)), gone, tuple((claim.id, reasons[claim.id]) for claim in gone))


def _matching(ledger: Ledger, wanted: str) -> list[str]:
    """The ledger's own spelling of a name that somebody typed."""
    names = source_names(ledger.claims)
    exact = [name for name in names if name.casefold() == wanted.casefold()]
    alike = exact or [name for name in names if voice_key(name) and is_same_voice(name, wanted)]
    key = voice_key(wanted)
    longer = [name for name in names if key and key < voice_key(name) and not voice_of(name).is_computed]
    # A short form that stands in an analyst's arithmetic only is not what somebody means who types it.
    if alike and not (longer and all(_is_part_only(ledger, name) for name in alike)):
        return alike
    folded = {name.casefold(): name for name in reversed(names) if name not in alike}
    close = [folded[one] for one in difflib.get_close_matches(wanted.casefold(), folded, n=3, cutoff=0.55)]
    close = list(dict.fromkeys([*longer[:3], *close]))[:5]
    help_text = f"Did you mean {' or '.join(f'“{name}”' for name in close)}?" if close else "`foedus sources CASE` lists them."
    raise InputError(Problem(ledger.path, 0, 0, "unknown-source", f"there is no source `{wanted}` in the ledger.", help_text))


def _is_part_only(ledger: Ledger, name: str) -> bool:
    """Whether a name is known only as a part of figures that an analyst computed, and is no origin that the ledger declares."""
    voices = [(claim, voice_of(claim.source.canonical)) for claim in ledger.claims]
    return not any(
        name == claim.origin or (not voice.is_computed and name in (claim.source.canonical, *voice.speakers, *voice.outlets))
        for claim, voice in voices
    )


def _add_derived(ledger: Ledger, reasons: dict[str, str]) -> None:
    """What is computed from a claim that leaves, leaves too; to the end of the chain."""
    grown = True
    while grown:
        derived = {c.id for c in ledger.claims if c.id not in reasons and any(one in reasons for one in c.derived_from)}
        reasons |= dict.fromkeys(sorted(derived), COMPUTED)
        grown = bool(derived)
