"""Where a calibration stands, on disk after every pass, so that one that was killed goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.arrays import Array
from foedus.files import put_beside
from foedus.history.past import Past
from foedus.history.posterior import Setup

__all__ = ["Checkpoint"]


@dataclass(frozen=True)
class Checkpoint:
    """A file beside the posterior to be.

    Attributes:
        path: of the file; None keeps nothing.
        key: SHA-256 over the basis and the setup; a file of another calibration is not taken up.
    """

    path: Path | None
    key: str = ""

    @staticmethod
    def of(path: Path | None, past: Past, setup: Setup) -> Checkpoint:
        """The checkpoint of one calibration."""
        total = hashlib.sha256(json.dumps(setup.document(), sort_keys=True).encode())
        total.update(past.program.digest.encode())
        for one in past.observed:
            total.update(one.times.tobytes() + one.values.tobytes())
        return Checkpoint(path, total.hexdigest())

    def read(self) -> tuple[int, Array, dict[str, list[float]]] | None:
        """(passes done, scores, figures so far), None if there is nothing to go on from; a damaged file counts as nothing."""
        if self.path is None or not self.path.is_file():
            return None
        try:
            with np.load(self.path, allow_pickle=False) as content:
                if str(content["key"]) != self.key:
                    return None
                return int(content["done"]), content["scores"], json.loads(str(content["figures"]))
        except (OSError, ValueError, KeyError, EOFError):
            return None

    def write(self, done: int, scores: Array, figures: dict[str, list[float]]) -> None:
        """Keep where we are: beside, then renamed."""
        if self.path is None:
            return
        with put_beside(self.path) as beside, beside.open("wb") as file:
            np.savez(file, key=self.key, done=done, scores=scores, figures=json.dumps(figures))

    def remove(self) -> None:
        """The calibration is done."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)
