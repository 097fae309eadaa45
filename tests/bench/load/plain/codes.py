"""The code of a link, derived from a key, so that a text can be sent again without a code being stored."""

import hashlib
import hmac


def code_of(key: bytes, escalation_id: str, person: str) -> str:
    return hmac.new(key, f"{escalation_id}:{person}".encode(), hashlib.sha256).hexdigest()[:22]
