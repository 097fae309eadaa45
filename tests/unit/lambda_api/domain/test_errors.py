"""What a refusal says is for whoever reads it, and names no more than the part."""

import pytest

from lambda_api.escalations.errors import BadCursorError, EscalationError, UnavailableError

SAID: dict[EscalationError, str] = {
    BadCursorError(): "This cursor was not given out by this list.",
    UnavailableError("store"): "The store did not answer in time.",
}


@pytest.mark.parametrize("error", SAID, ids=lambda error: type(error).__name__)
def test_a_refusal_says_what_was_wrong(error: EscalationError) -> None:
    assert str(error) == SAID[error]
