"""How fast `foedus read` is, and what memory it needs: `python benchmarks/reading.py [--articles N]`.

Writes articles of some 450 words, no two alike, reads them with the command in a process of its own, and prints the
articles per second of the clock and of processor time, the cost per article for a tenth of them (is it linear?), and the
resident memory of all its processes as the run goes on (is it flat?).
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLACES = (
    "Arden Bellmont Corvin Dorrow Estaria Fennick Galdor Harrowgate Istren Jarrow Kestral Lormont Merrow Norvale Ostren".split()
)
FIRST = "Ada Bram Celia Dario Elin Farid Greta Hamza Irina Jonas Karla Liam Mina Nils Olga Pavel Rosa Sami Tessa Viktor".split()
LAST = (
    "Abrams Brandt Castell Dorn Evers Falk Gruber Hollis Ivers Janssen Keller Lund Moran Novak Olsen Petrov Quint Rossi".split()
)
STATES = "Russia Ukraine Poland Turkey China Japan France Germany India Egypt Iran Canada".split()
GOODS = (
    "tonnes of grain|artillery shells|tents|litres of fuel|soldiers|generators|lorries|doses of vaccine|rifles|engineers".split(
        "|"
    )
)
SENTENCES = (
    "{state} has sent {count} {goods} to {place}, its {office} ministry said on {day}.",
    "At least {small} people were killed and more than {count} have lost their homes in {place}, officials said.",
    "“We need help within {small} days,” said {name}, the mayor of {place}. “Nobody expected this, and the roads are still closed.”",
    "{name}, an analyst at the {place} Institute, believes that {state} could double its deliveries before the winter.",
    "According to a report seen by Reuters, between {small} and {count} {goods} reached {place} in the last two months.",
    "It is unclear whether {state} will keep its promise, and {name} said there was no proof that the convoy had arrived.",
    "{state} denied that its troops had crossed the border near {place}, though satellite images show {small} new camps.",
    "The agreement between {state} and {other} obliges both sides to help each other if either of them is attacked.",
    "He said the price of bread had risen by {small} percent since March, while wages fell for the third year in a row.",
    "Analysts estimate that up to {count} {goods} will be needed by the end of the year, roughly a third more than in 2023.",
    "“They told us to wait,” {last} added. “We have waited for {small} weeks, and I do not think that they will come.”",
    "{place} lies {count} kilometres from the front line, and most of its people left after the bridges were destroyed last week.",
)


def article(number):
    """The text of one article; the same for the same number. Names get endings, so that words keep coming that were never seen."""
    luck = random.Random(number)

    def filled(sentence):
        last = luck.choice(LAST) + luck.choice(("", "", "ov", "sen", "ez", "ian")) + luck.choice(("", "", "berg", "ström"))
        state, other = luck.sample(STATES, 2)
        return sentence.format(
            state=state,
            other=other,
            place=luck.choice(PLACES) + luck.choice(("", "ville", "grad", f" {luck.choice(LAST)}")),
            name=f"{luck.choice(FIRST)} {last}",
            last=last,
            goods=luck.choice(GOODS),
            office=luck.choice(("defence", "foreign", "interior")),
            day=luck.choice(("Monday", "Tuesday", "Friday")),
            count=f"{luck.randrange(100, 90_000):,}",
            small=luck.randrange(2, 90),
        )

    paragraphs = [" ".join(filled(luck.choice(SENTENCES)) for _ in range(2)) for _ in range(10)]
    return f"Report {number} from {luck.choice(PLACES)}\n\nPublished: 25 October 2024\n\n" + "\n\n".join(paragraphs) + "\n"


def memory(process):
    """Resident megabytes of a process and those below it."""
    waiting, total = [process], 0.0
    while waiting:
        each = waiting.pop()
        try:
            status = Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()
            total += int(status[1]) * resource.getpagesize() / 1e6
            waiting += map(int, Path(f"/proc/{each}/task/{each}/children").read_text(encoding="ascii").split())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def read(folder, pause):
    """Read a folder: (seconds of the clock, of the processors, [(share of the time, megabytes)])."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    samples = []
    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        command = [sys.executable, "-c", "from foedus.cli.main import main; main()", "read", str(folder), "--json"]
        with subprocess.Popen(command, stdout=nothing, stderr=nothing) as running:
            while running.poll() is None:
                samples.append((time.perf_counter() - started, memory(running.pid)))
                time.sleep(pause)
    if running.returncode:
        raise SystemExit(f"foedus read ended with {running.returncode}")
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, spent, [(seconds / wall, megabytes) for seconds, megabytes in samples]


def measure(count):
    """The figures for so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            (Path(folder) / f"{number:06d}.txt").write_text(article(number), encoding="utf-8")
        wall, spent, samples = read(folder, 0.5 if count < 1000 else 2.0)
    marks = [
        max((size for share, size in samples if low <= share < low + 0.1), default=0.0)
        for low in [part / 10 for part in range(10)]
    ]
    return {
        "articles": count,
        "seconds": round(wall, 1),
        "per_second": round(count / wall, 1),
        "processor_seconds": round(spent, 1),
        "milliseconds_each": round(1000 * spent / count, 1),
        "megabytes_by_tenth": [round(mark) for mark in marks],
    }


def main():
    """Print the figures for a tenth of the articles and for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    count = parser.parse_args().articles
    for each in (max(count // 10, 20), count):
        print(json.dumps(measure(each)), flush=True)


if __name__ == "__main__":
    main()
