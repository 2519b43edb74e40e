"""Somebody else's clock on a forecast: a stamp by RFC 3161, asked for here, had from an authority by its user, and checked here.

A digest vouches for content and not for a day. A time-stamping authority signs the digest together with its own time; anybody can check
that with `openssl ts -verify` and the authority's certificate, without foedus. Nothing here goes to the network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import InputError, Problem
from foedus.extras import require
from foedus.history.register import Register, RegisterEntry, laid_down, stamped_bytes

__all__ = ["Stamp", "add_stamp", "read_stamp", "stamp_request"]


@dataclass(frozen=True)
class Stamp:
    """What an authority says of a digest.

    Attributes:
        time: of its clock, ISO in UTC.
        authority: its name, "" where the stamp does not tell.
        is_verified: was its signature followed to a certificate that the user trusts?
    """

    time: str
    authority: str
    is_verified: bool


def stamp_request(frozen: Mapping[str, Any]) -> bytes:
    """What is sent to an authority to have a forecast stamped (a file `.tsq`).

    Raises:
        InputError: the library is missing.
    """
    require("stamp", "A time stamp")
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    asked = TimestampRequestBuilder().data(stamped_bytes(frozen)).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=False)
    return bytes(asked.cert_request(cert_request=True).build().as_bytes())


def read_stamp(path: str | Path, frozen: Mapping[str, Any], root: str | Path | None = None) -> Stamp:
    """The reply of an authority (a file `.tsr`), held against a forecast.

    Args:
        root: PEM file with the certificates that are trusted; None takes the stamp at its word, and says so.
    Raises:
        InputError: it cannot be read, is of something else, or its signature does not lead to a certificate of `root`.
    """
    require("stamp", "A time stamp")
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    def refuse(code: str, message: str, help: str) -> InputError:
        return InputError(Problem(str(path), 0, 0, code, message, help))

    try:
        reply = decode_timestamp_response(Path(path).read_bytes())
        told = reply.tst_info
    except OSError as error:
        raise refuse("cannot-read", f"the file cannot be read: {error.strerror or error}.", "Check the path.") from None
    except ValueError as error:
        raise refuse(
            "bad-stamp", f"this is no reply of a time-stamping authority: {error}.", "Save the reply as it came."
        ) from None
    digest = hashlib.sha256(stamped_bytes(frozen)).digest()
    if bytes(told.message_imprint.message) != digest:
        message = "the stamp is of something else: its digest is not that of the forecast."
        raise refuse("other-stamp", message, "Name the forecast that was stamped.")
    if root is not None:
        builder = VerifierBuilder()
        for certificate in _certificates(Path(root)):
            builder = builder.add_root_certificate(certificate)
        try:
            builder.build().verify(reply, digest)
        except (VerificationError, ValueError) as error:
            message = f"its signature does not lead to a certificate of {Path(root).name}: {error}."
            raise refuse("untrusted-stamp", message, "Take the root certificate that the authority publishes.") from None
    return Stamp(told.gen_time.isoformat(), _authority(told), root is not None)


def _certificates(path: Path) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"no certificate can be read from it: {error}."
        raise InputError(Problem(str(path), 0, 0, "bad-certificate", message, "Save the certificate as PEM.")) from None


def _authority(told: Any) -> str:
    name = told.name
    value = getattr(name, "value", name)
    return value.rfc4514_string() if hasattr(value, "rfc4514_string") else str(value or "")


def add_stamp(register: Register, entry: RegisterEntry, path: str | Path, root: str | Path | None = None) -> RegisterEntry:
    """Lay down the stamp of a forecast that is in the register.

    Raises:
        InputError: the stamp is wrong, as `read_stamp` says, or the register was changed.
    """
    stamp = read_stamp(path, register.forecast(entry), root)
    told = {"case": entry.told["case"], "digest": entry.told["digest"]}
    said = {"time": stamp.time, "authority": stamp.authority, "verified": stamp.is_verified}
    return laid_down(register.folder, "stamp", Path(path).read_bytes(), ".tsr", {**told, **said})
