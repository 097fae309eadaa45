"""The code of a link, derived from a key, so that it can be sent again without being stored."""

import base64
import hmac
from collections.abc import Callable

from msgspec import Struct

from lambda_api.escalations.policy import CODE_CHARS


class DerivedCodes(Struct, frozen=True):
    """Satisfies the Codes port; the key is asked for at every use, so it may be rotated."""

    key: Callable[[], bytes]

    def derive(self, escalation_id: str, human_agent_id: str, number: int) -> str:
        told = f"{escalation_id}:{human_agent_id}:{number}".encode()
        digest = hmac.digest(self.key(), told, "sha256")
        return base64.urlsafe_b64encode(digest).decode()[:CODE_CHARS]
