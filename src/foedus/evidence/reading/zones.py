"""Which lines of a page are its article and which are its furniture: title, captions, menus, teasers of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["KINDS", "Zone", "is_teaser", "past_dateline", "title_of", "zones_of"]

KINDS = ("title", "body", "caption", "alternate", "menu", "teaser", "related", "foreign", "item", "row")


@dataclass(frozen=True)
class Zone:
    """A stretch of the working text of one kind."""

    kind: str
    start: int
    end: int


_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s*$")
_CREDIT = re.compile(
    r"\((?:[^()]{2,80}?\b(?:via|/|Reuters|AP|AFP|Getty|EPA|KCNA|Sputnik|TASS|Xinhua|Yonhap|Pool|Images|Press|Photo|News|Agency)\b[^()]{0,60}|"
    r"[^()]{2,60}/[^()]{2,60})\)\s*\.?\s*$|^(?:Photo|Image|Picture|Photograph|Credit|Pic)s?(?: by| credit)?\s?:|"
    r"(?:Photo|Picture|Image)s?:[^.]{2,60}$|"
    r"\[(?:Photo|Image|File|[A-Z]\w+ [A-Z]\w+)?/?[^\[\]]{0,40}(?:Reuters|AP|AFP|Getty|EPA|Al Jazeera)[^\[\]]{0,20}\]\s*$"
)
_PICTURED = re.compile(
    r"\b(?:in this (?:\w+ )?(?:photo|picture|image|handout|screen|frame|still|video|illustration)|(?:handout|"
    r"file) (?:picture|photo|image)|file photo|"
    r"(?:is|are|was|were) (?:seen|pictured|shown) (?:in|at|on|during|here)|pictured (?:here|in|at|on)|this (?:image|photo|picture)\b)",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"^\s*(?:WATCH|LISTEN|READ MORE|READ ALSO|READ|SEE ALSO|ALSO READ|VIDEO|RELATED|MORE|RECOMMENDED|EDITOR['’]S PICKS?|DON['’]T MISS|"
    r"Read more|Read also|See also|Related(?: stories| articles)?|More on this|Watch|Recommended|Most read|Up next|"
    r"Also read|Listen)\s*(?:\||:|»|›|>|$)"
)
_BYLINE = re.compile(r"^\s*(?:By|Words by|Written by|Story by|Text by|From) (?:[A-Z][\w.'’-]+(?:[ ,&|]+|$)|and |for |in ){2,}")
_MADE_BY = re.compile(r"^\s*\(?(?:Additional )?(?:Reporting|Editing|Writing|Compiled) (?:and (?:writing|editing) )?by\b")
_CLIP = re.compile(
    r"^\s*(?:Duration|Running time|Length)?\s*:?\s*\d{1,2}:\d\d(?::\d\d)?\s*$|^\s*\d+ (?:minute|hour|day|week|month)s? ago\s*$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"^\W*(?:(?:first|last|date) )?(?:published|posted|updated|modified|revised|issued|filed|date(?: of publication)?)\b"
    r"(?:[\s,.:–/-]|on\b|at\b|of\b|the\b|\d+(?:st|nd|rd|th)?|[ap]\.?m\b\.?|GMT|UTC|[BEPC][SDE]T|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)+$",
    re.IGNORECASE,
)
_MENU_WORDS = re.compile(
    r"\b(?:Home|WebMail|Login|Log in|Sign in|Sign up|Subscribe|Subscription|Newsletter|Advertise|Advertisement|"
    r"Cookies?|Privacy|Terms|Copyright|©|"
    r"All rights reserved|Share|Tweet|Facebook|Twitter|WhatsApp|Print|Email|Contact us|About us|Menu|Search|Skip to|"
    r"Follow us|Comments?|Tags?|"
    r"Regions|Weather|platform is in maintenance|Loading|Advertising|Accept|Your browser|JavaScript|Download the app|Click here|Back to top|"
    r"Most popular|Trending|Terms of|Support us|Donate|Report a typo|Published|Last updated|Posted|Updated|"
    r"By [A-Z]\w+ [A-Z]\w+|min read|minute read)\b"
)


def zones_of(text: str, spans: Sequence[tuple[int, int]], title: str | None = None) -> list[Zone]:
    """The zone of every line of a text."""
    kinds: list[str] = []
    for place, (start, end) in enumerate(spans):
        kinds.append(_kind(text, spans, kinds, place, text[start:end], title))
    _mark_alternates(text, spans, kinds)
    _mark_head(text, spans, kinds)
    return [Zone(kind, start, end) for kind, (start, end) in zip(kinds, spans, strict=True)]


def is_teaser(line: str) -> bool:
    """A line that by itself leads to another article or clip, or tells the length or age of one."""
    return (_TEASER.search(line) is not None and len(line) < 200) or _CLIP.search(line) is not None


def _kind(text: str, spans: Sequence[tuple[int, int]], kinds: list[str], place: int, line: str, title: str | None) -> str:
    """The zone of one line by its own look and by the line before."""
    start = spans[place][0]
    is_asked = place == 0 and len(spans) > 1 and line.rstrip().endswith("?") and len(line.split()) < 14  # a headline that asks
    if is_asked or (title and line.strip() == title.strip()):
        return "title"
    if is_teaser(line):
        return "teaser"
    if _is_menu(line) or _is_byline(line):
        return "menu"
    if _CREDIT.search(line) or (_PICTURED.search(line) and len(line) < 400 and not line.startswith(('"', "“", "‘"))):
        return "caption"
    if kinds and kinds[-1] == "teaser":
        is_adjacent = text.count("\n", spans[place - 1][1], start) == 1
        if is_adjacent or not _SENTENCE_END.search(line):
            return "teaser" if is_adjacent or _leads_on(text, spans, place) else "title"
    if not _SENTENCE_END.search(line) and not line.rstrip().endswith((",", ":", ";", "”", '"', "’")) and len(line) < 120:
        return "title" if len(line.split()) < 14 else "body"
    return "body"


_DATELINE = re.compile(
    r"[A-Z][A-Z.'’/-]+(?:[ ,][A-Z.'’/-]{2,}){0,4}(?:, (?:[A-Z][\w.]+|\d{1,2}|\d{4})(?: [\w.]+){0,3}){0,3}(?: ?\([^()]{2,40}\))? ?"
    r"(?:--|[—–-])[ ]?(?=[A-Z“\"‘'\d])|"
    r"[A-Z][\w.'’-]+(?:[ ,]+[A-Z][\w.'’-]+){0,4}, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?\.?"
    r"(?: ?[(/][A-Z][^()/]{1,38}[)/]\.?)? ?(?:--|[—–-]) ?(?=[A-Z“\"‘'\d])"
)


def past_dateline(text: str, start: int, end: int) -> int:
    """Where the sentence starts behind "ROME, Oct. 3 (Reuters) - "; the start of the line where there is none."""
    match = _DATELINE.match(text, start, min(end, start + 90))
    return match.end() if match else start


def _leads_on(text: str, spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a headline behind a teaser belongs to it: a clip's length or age follows within two lines."""
    return any(_CLIP.search(text[start:end]) for start, end in spans[place + 1 : place + 3])


def _is_menu(line: str) -> bool:
    """Navigation: several short items, or words that only furniture has."""
    if _STAMP.search(line.strip()) and re.search(r"\d", line):  # when a page was made: nothing that anybody claims
        return True
    if line.count("|") >= 2 or line.count(" › ") >= 1 or line.count(" > ") >= 2 or line.count("•") >= 3:
        return True
    found = len(_MENU_WORDS.findall(line))
    words = len(line.split())
    if found >= 2 and words < 12 * found and not re.search(r"[.!?] [A-Z]\w+ \w+ \w+ \w+ ", line):
        return True
    return found >= 1 and words <= 5 and not _SENTENCE_END.search(line)


def _is_byline(line: str) -> bool:
    """Who wrote it, alone on a line: no sentence that begins with "by"."""
    if len(line) > 200:
        return False
    found = _BYLINE.match(line)
    is_whole = found is not None and (not _SENTENCE_END.search(line) or found.end() >= len(line.rstrip(" .)")))
    return is_whole or _MADE_BY.match(line) is not None


def _mark_alternates(text: str, spans: Sequence[tuple[int, int]], kinds: list[str]) -> None:
    """The text for the blind that stands before a caption says the same in other words."""
    for place in range(len(spans) - 1):
        if kinds[place + 1] != "caption" or kinds[place] not in ("body", "title", "caption"):
            continue
        one, other = (set(re.findall(r"\w{4,}", text[start:end].lower())) for start, end in spans[place : place + 2])
        if kinds[place] == "caption" and _CREDIT.search(text[slice(*spans[place])]):
            continue
        if one and len(one & other) >= 0.5 * min(len(one), len(other)) and len(one & other) >= 2:
            kinds[place] = "alternate"


def _mark_head(text: str, spans: Sequence[tuple[int, int]], kinds: list[str]) -> None:
    """The title of the browser's window, when it stands again as the page's heading."""
    lines = [text[start:end].strip() for start, end in spans]
    for place, line in enumerate(lines[:12]):
        if kinds[place] == "body" and len(line) < 200 and not _SENTENCE_END.search(line):
            repeated = any(other != line and len(line) > 15 and other.startswith(line) for other in lines[:20])
            if repeated:
                kinds[place] = "title"
                for other, head in enumerate(lines[:20]):
                    if head.startswith(line):
                        kinds[other] = "title"


_DAY_ALONE = re.compile(
    r"(?:[A-Z][a-z]+: ?)?(?:[A-Z][a-z]+day,? )?(?:\d{1,2}\.? [A-Z][a-z]+,? \d{4}|[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2})"
)
""" "15 October 2024", "Published: 2024-10-15": a day is no heading."""


def title_of(text: str, zones: Sequence[Zone]) -> str:
    """The title: the heading that stands again in the window's title, else the first that is long enough."""
    heads = [text[zone.start : zone.end].strip() for zone in zones[:20] if zone.kind == "title"]
    heads = [head for head in heads if not _DAY_ALONE.fullmatch(head)] or heads
    repeated = [head for head in heads if len(head) > 15 and sum(other.startswith(head) for other in heads) > 1]
    repeated.sort(key=len)
    return next(iter(repeated or [head for head in heads if len(head.split()) > 2] or heads), "")
