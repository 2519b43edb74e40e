"""What another process does to a store; run by the tests as a program of its own."""

from __future__ import annotations

import os
import resource
import signal
import sys

from tests.ledger.records import claims

from foedus.errors import EvidenceError
from foedus.evidence import open_store


def count_up(url: str, claim: str, times: str, who: str) -> None:
    """Raise the value of a claim by one, so many times; look again when another was faster."""
    with open_store(url) as store:
        for _ in range(int(times)):
            while True:
                seen = store.claim(claim)
                assert seen.claim.quantity is not None and seen.claim.quantity.value is not None
                try:
                    store.edit(claim, {"quantity.value": seen.claim.quantity.value + 1}, who, version=seen.version)
                    break
                except EvidenceError as error:
                    if error.problems[0].code != "changed-meanwhile":
                        raise
                    print("again", flush=True)


def add_all(url: str, first: str, last: str, who: str) -> None:
    """Add claims one by one; tell which were added and which were there."""
    with open_store(url) as store:
        for number in range(int(first), int(last)):
            try:
                store.add(claims(f"N{number}"), who)
                print(f"added N{number}", flush=True)
            except EvidenceError as error:
                if error.problems[0].code != "duplicate-id":
                    raise


def create(url: str, who: str) -> None:
    """Make the store, with one claim, unless it is there."""
    from foedus.evidence.store.transfer import import_claims

    with open_store(
        url, create=True, fill=lambda connection: import_claims(connection, claims("A1"), who, "", None, url)
    ) as store:
        print(store.history()[0].who, flush=True)


def write_on(url: str, who: str) -> None:
    """Change claims for ever: additions, edits of one, and of three at once; tell the last event after each."""
    with open_store(url) as store:
        for number in range(1000):
            store.add(claims(f"{who} {number}"), who)
            print(store.edit(f"{who} {number}", {"note": "x" * (1 + number % 500)}, who)[-1].number, flush=True)
            print(store.edit(["A1", "A2", "A3"], {"note": f"{who} {number}"}, who)[-1].number, flush=True)


def die_writing(url: str, who: str) -> None:
    """Write three edits, and be killed when all rows are written and nothing is committed."""
    from foedus.evidence.store import writing

    with open_store(url) as store:
        writing.broken_rules = lambda *parts: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        store.edit(["A1", "A2", "A3"], {"note": "together"}, who)


def write_into_limit(url: str, bytes_allowed: str, who: str) -> None:
    """Change claims until no file may grow any more; tell the refusal."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(bytes_allowed), resource.RLIM_INFINITY))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _until_refused(url, who)


def _until_refused(url: str, who: str) -> None:
    with open_store(url) as store:
        try:
            for number in range(100_000):
                store.add(claims(f"L{number}", note="x" * 500), who)
                print(f"added L{number}", flush=True)
        except EvidenceError as error:
            print(f"refused {error.problems[0].code}: {error}".replace("\n", " "), flush=True)


def export_into_limit(url: str, path: str, bytes_allowed: str) -> None:
    """Export while files may only be so long; tell the refusal."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(bytes_allowed), resource.RLIM_INFINITY))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open_store(url) as store:
        for export in (store.export, store.export_history):
            try:
                export(path)
                print("written", flush=True)
            except EvidenceError as error:
                print(f"refused {error.problems[0].code}: {error}".replace("\n", " "), flush=True)


TASKS = {
    "count_up": count_up,
    "add_all": add_all,
    "create": create,
    "write_on": write_on,
    "die_writing": die_writing,
    "write_into_limit": write_into_limit,
    "until_refused": _until_refused,
    "export_into_limit": export_into_limit,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
