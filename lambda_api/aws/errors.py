"""What comes of a call that AWS did not do."""

from typing import Final

# No answer that could be read: it may have been done, or not.
SILENT: Final = "NoAnswer"


class AwsError(Exception):
    """By AWS's code, with a transaction's reasons; or `SILENT`."""

    def __init__(self, code: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.reasons = reasons
