"""Takes tokens, join codes and phone numbers out of a finished log line."""

import re

_TOKEN = re.compile(r"eyJ[\w-]{5,}(?:\.[\w-]*){0,2}")
_BEARER = re.compile(r"(?i)(bearer\s+)[^\s\"',]+")
_JOIN_CODE = re.compile(r"(/j/)[\w-]{8,}")
_PHONE = re.compile(r"\+[1-9]\d{6,14}")


def redact(line: str) -> str:
    line = _TOKEN.sub("[token]", line)
    line = _BEARER.sub(r"\1[key]", line)
    line = _JOIN_CODE.sub(r"\1[code]", line)
    return _PHONE.sub("[phone]", line)
