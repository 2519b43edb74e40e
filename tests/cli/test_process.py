"""What only a real process shows: streams, Ctrl-C, a closed pipe, a quick refusal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FOEDUS = (sys.executable, "-c", "import sys; from foedus.cli.main import main; main(sys.argv[1:])")


def start(*words: str, cwd: Path) -> subprocess.Popen[str]:
    def hears_interrupts() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell that starts the tests in the background switches it off

    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*FOEDUS, *words], cwd=cwd, text=True, preexec_fn=hears_interrupts, **pipes)


def test_standard_output_holds_the_document_and_nothing_else(place: Path) -> None:
    done = subprocess.run([*FOEDUS, "run", "sample", "-n", "50", "--json"], cwd=place, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["futures"] == 50
    assert "Warning" not in done.stderr and "Traceback" not in done.stderr


def test_a_billion_futures_are_refused_at_once(place: Path) -> None:
    done = subprocess.run([*FOEDUS, "run", "sample", "-n", "1000000000"], cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "1000000000" in done.stderr.replace(",", "")
    assert "[bad-futures]" in done.stderr, "refused before any work, by the number alone"


def wait_until_busy(process: int, seconds: float) -> None:
    """Until a process has computed for so long, however slow the machine; where that cannot be seen, until as much time has passed."""
    counts, ends = Path(f"/proc/{process}/stat"), time.monotonic() + 60
    if not counts.exists():
        time.sleep(seconds + 1)
        return
    while time.monotonic() < ends:
        told = counts.read_text().rsplit(")", 1)[1].split()
        if (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK") >= seconds:
            return
        time.sleep(0.2)


@pytest.mark.parametrize("chunk", ["0", "1"], ids=["chunks of its own choice", "chunks of 1"])
def test_ctrl_c_stops_a_run_of_minutes_and_leaves_no_file(place: Path, chunk: str) -> None:
    model = place / "sample" / "model.foedus"
    model.write_text(model.read_text().replace("step 1/4 week", "step 1/64 week"))
    with start("run", "sample", "-n", "15000000", "--chunk", chunk, cwd=place) as running:
        try:
            wait_until_busy(running.pid, 4.0)
            assert running.poll() is None
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode in (1, 130)
    assert "interrupted" in err and "nothing was written" in err and "Traceback" not in err
    if chunk == "0":
        assert "of 15,000,000" in err
    assert out == "" and {path.name for path in place.iterdir()} == {"sample"}


def test_a_reader_who_leaves_early_causes_no_traceback(place: Path) -> None:
    with start("show", "sample", "--text", cwd=place) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert "Traceback" not in running.stderr.read()


def test_a_folder_that_must_not_be_written_to_is_refused(place: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    (place / "locked").mkdir(mode=0o500)
    done = subprocess.run(
        [*FOEDUS, "run", "sample", "-n", "50", "-o", "locked/r.html"], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "cannot-write" in done.stderr and list((place / "locked").iterdir()) == []
