"""Every message survives the pipe; anything else is refused."""

import pytest

from local.rehearsal.messages import (
    Cue,
    Failed,
    Heard,
    Message,
    MessageError,
    Moment,
    Part,
    Said,
    decode,
    encode,
)

_MESSAGES: tuple[Message, ...] = (
    Moment(step="ai_left", at=12.5, actor="ai", note="ö\n"),
    Heard(ear="caller", speaker="ai", at=(1.0, 1.01), dbfs=(-20.0, -96.0)),
    Said(actor="human", text="Hello", at=(2.0,), dbfs=(-12.0,)),
    Failed(actor="caller", reason="TooLateError"),
    Cue(name="join"),
    Part(room="r", recordings="w", sms_after=""),
)


@pytest.mark.parametrize("message", _MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_comes_out_of_the_pipe_as_it_went_in(message: Message) -> None:
    line = encode(message)

    assert "\n" not in line
    assert decode(line) == message


@pytest.mark.parametrize(
    "line",
    ["", "no json", "[]", "{}", '{"type":"Nobody"}', '{"type":"Cue"}', '{"type":"Cue","name":"x","y":1}'],
)
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(MessageError):
        decode(line)
