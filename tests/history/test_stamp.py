"""Stamps of somebody else's clock: the request names the digest, the reply is held against it and against a certificate.

The replies are made by `openssl ts` with keys made for this test, where it is installed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.history.queue_case import write_queue

pytest.importorskip("rfc3161_client", reason="the extra `stamp` is not installed")
if shutil.which("openssl") is None:
    pytest.skip("openssl is not there to play the authority", allow_module_level=True)

SETTINGS = """\
[ tsa ]
default_tsa = clock
[ clock ]
serial = ./serial
crypto_device = builtin
signer_cert = ./clock.pem
signer_key = ./clock.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
[ req ]
distinguished_name = name
[ name ]
[ root ]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ leaf ]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority's keys and certificates, and a second root that has nothing to do with it."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "settings").write_text(SETTINGS)
    (folder / "serial").write_text("01")
    for name in ("root", "other"):
        openssl(folder, "ecparam", "-genkey", "-name", "prime256v1", "-out", f"{name}.key")
        signed = ("-new", "-x509", "-key", f"{name}.key", "-subj", f"/CN={name}", "-days", "36500")
        openssl(folder, "req", *signed, "-config", "settings", "-extensions", "root", "-out", f"{name}.pem")
    openssl(folder, "ecparam", "-genkey", "-name", "prime256v1", "-out", "clock.key")
    openssl(folder, "req", "-new", "-key", "clock.key", "-subj", "/CN=A clock", "-config", "settings", "-out", "clock.csr")
    by = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "36500")
    openssl(folder, "x509", "-req", "-in", "clock.csr", *by, "-extfile", "settings", "-extensions", "leaf", "-out", "clock.pem")
    write_queue(folder / "queue")
    from foedus.cli.main import main

    for name, seed in (("f.json", "0"), ("g.json", "1")):
        main(["freeze", str(folder / "queue"), "-o", str(folder / name), "-n", "60", "--seed", seed])
    return folder


@pytest.fixture
def asked(authority: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> dict[str, str]:
    """Two forecasts in a register, a request for the first and the reply to it."""
    monkeypatch.chdir(tmp_path)
    digests = {}
    for name in ("f.json", "g.json"):
        shutil.copy(authority / name, name)
        digests[name] = json.loads(Path(name).read_text())["digest"]
        assert call("register", "add", name).code == 0
    assert call("register", "stamp", digests["f.json"][:10], "--request", "f.tsq").code == 0
    shutil.copy("f.tsq", authority / "f.tsq")
    openssl(authority, "ts", "-reply", "-config", "settings", "-queryfile", "f.tsq", "-out", "f.tsr")
    shutil.copy(authority / "f.tsr", "f.tsr")
    return digests


def test_a_reply_is_laid_down_with_its_time_and_authority(asked: dict[str, str], authority: Path, call: Call) -> None:
    told = call("register", "stamp", asked["f.json"][:10], "--reply", "f.tsr", "--root", authority / "root.pem", "--json")
    assert told.code == 0, told.err
    assert told.document["verified"] is True and "A clock" in told.document["authority"]
    first, second = call("register", "list", "--json").document["forecasts"]
    assert first["stamps"] == [{"time": told.document["time"], "authority": told.document["authority"], "verified": True}]
    assert second["stamps"] == []


def test_others_can_check_it_without_foedus(asked: dict[str, str], authority: Path) -> None:
    openssl(authority, "ts", "-verify", "-digest", asked["f.json"], "-in", "f.tsr", "-CAfile", "root.pem")


def test_a_reply_without_a_certificate_is_taken_at_its_word_and_says_so(asked: dict[str, str], call: Call) -> None:
    assert "no certificate was given" in call("register", "stamp", asked["f.json"][:10], "--reply", "f.tsr").out
    assert "(unverified)" in call("register", "list").out.replace("\n", " ")


def test_what_is_of_something_else_untrusted_or_no_stamp_is_refused(asked: dict[str, str], authority: Path, call: Call) -> None:
    Path("x.tsr").write_bytes(b"no stamp")
    Path("x.pem").write_text("no certificate")
    refused = [
        ((asked["g.json"][:10], "--reply", "f.tsr"), "other-stamp"),
        ((asked["f.json"][:10], "--reply", "f.tsr", "--root", authority / "other.pem"), "untrusted-stamp"),
        ((asked["f.json"][:10], "--reply", "x.tsr"), "bad-stamp"),
        ((asked["f.json"][:10], "--reply", "f.tsr", "--root", "x.pem"), "bad-certificate"),
        ((asked["f.json"][:10], "--reply", "gone.tsr"), "cannot-read"),
    ]
    for words, code in refused:
        told = call("register", "stamp", *words)
        assert told.code == 1 and f"[{code}]" in told.err, (code, told.err)
    assert len(Path("register/register.jsonl").read_text().splitlines()) == 2
