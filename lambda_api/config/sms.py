"""How SMS are sent, as the environment says; each of it may be left out."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from lambda_api.config.errors import ConfigError

# What the carriers take: eleven letters and digits with at least one letter; a number of one's own.
_SHAPES: Final = {
    "HANDOFF_SMS_MAX_PRICE_USD": r"\d{1,2}(\.\d{1,3})?",
    "HANDOFF_SMS_SENDER_ID": r"(?=.*[A-Za-z])[A-Za-z0-9-]{3,11}",
    "HANDOFF_SMS_ORIGINATION_NUMBER": r"\+?[0-9]{3,15}",
    "HANDOFF_SMS_AN_HOUR": r"[1-9]\d{0,5}",
}


class SmsSettings(Struct, frozen=True, kw_only=True):
    max_price_usd: str
    sender_id: str
    origination_number: str
    an_hour: int


def read_sms(environ: Mapping[str, str]) -> SmsSettings:
    given = {name: environ.get(name, "").strip() for name in _SHAPES}
    for name, value in given.items():
        if value and not re.fullmatch(_SHAPES[name], value):
            raise ConfigError(f"{name} is nothing that an SMS could be sent by")
    return SmsSettings(
        max_price_usd=given["HANDOFF_SMS_MAX_PRICE_USD"] or "0.50",
        sender_id=given["HANDOFF_SMS_SENDER_ID"],
        origination_number=given["HANDOFF_SMS_ORIGINATION_NUMBER"],
        an_hour=int(given["HANDOFF_SMS_AN_HOUR"] or 200),
    )
