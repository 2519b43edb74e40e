"""The language in colours: a lexer for Pygments, found by its name `foedus` wherever Pygments is used."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

from foedus.language.builtins import BUILTINS, FAMILIES

__all__ = ["FoedusLexer"]

# A test holds these to the registry of constructs, which stands above this layer.
KEYWORDS = (
    "model",
    "unit",
    "index",
    "map",
    "actor",
    "stock",
    "flow",
    "let",
    "table",
    "param",
    "lever",
    "noise",
    "event",
    "decision",
    "treaty",
    "correlate",
    "scenario",
    "baseline",
    "hindcast",
    "variant",
    "series",
    "observe",
    "question",
    "headline",
    "check",
    "chart",
    "include",
    "mechanism",
    "slot",
    "gives",
    "use",
    "input",
)
_CLAUSES = (
    "as",
    "of",
    "for",
    "step",
    "discrete",
    "method",
    "save",
    "every",
    "from",
    "to",
    "until",
    "after",
    "before",
    "on",
    "at",
    "by",
    "when",
    "true",
    "value",
    "mean",
    "total",
    "change",
    "first",
    "time",
    "given",
    "in",
    "called",
    "group",
    "because",
    "with",
    "named",
    "signed",
    "within",
    "outside",
    "memory",
    "repeating",
    "chance",
    "rate",
    "between",
    "force",
    "obliges",
    "honoured",
    "once",
    "compare",
    "column",
    "interpolated",
    "held",
    "facing",
    "source",
    "not",
    "above",
    "below",
    "claims",
    "belief",
    "weight",
    "per",
)


class FoedusLexer(RegexLexer):  # type: ignore[misc]
    """Colours for model texts."""

    name = "foedus"
    aliases: ClassVar[list[str]] = ["foedus"]
    filenames: ClassVar[list[str]] = ["*.foedus"]
    url = "https://pypi.org/project/foedus/"
    version_added = ""

    tokens: ClassVar = {
        "root": [
            (r"^([ \t]*)(" + "|".join(KEYWORDS) + r")\b", bygroups(Text.Whitespace, Keyword.Declaration)),
            (r"\s+", Text.Whitespace),
            (r"#[^\n]*", Comment.Single),
            (r'"(?:[^"\\\n]|\\.)*"', String.Double),
            (r"\d{4}-\d{2}-\d{2}(?![\w.])", Number.Integer),
            (r"(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", Number),
            (words(("and", "or", "not", "if", "then", "else", "is", "over"), suffix=r"\b"), Operator.Word),
            (r"(" + "|".join(sorted({*BUILTINS, *FAMILIES}, key=lambda name: -len(name))) + r")(?=\()", Name.Builtin),
            (words(_CLAUSES, suffix=r"\b"), Keyword),
            (r"[^\W\d]\w*(?:\.[^\W\d]\w*)*", Name),
            (r"->|<=|>=|!=|<>|==|[-+*/^=<>~%]", Operator),
            (r"[()\[\]{},:;]", Punctuation),
        ]
    }
