"""An authenticator app, written from the standard and not from the code that it tests."""

import base64
import hashlib
import hmac
import struct
import time


def code(secret: str, *, later: int = 0) -> str:
    """Return the code that an authenticator app shows (RFC 6238), `later` half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
