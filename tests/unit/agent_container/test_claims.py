"""Who may take the AI's place."""

from agent_container.claims import ApiClaims
from agent_container.escalation import RoomView
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.fakes import JONAS, MARIA, FakeApi, escalation, human_agent

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")


def claims(api: FakeApi) -> tuple[ApiClaims, Transfer]:
    transfer = Transfer(api=api, call=CALL)
    return ApiClaims(api=api, room="room-1", transfer=transfer), transfer


async def test_the_claims_holder_is_named() -> None:
    api = FakeApi()
    api.view = RoomView(escalation=escalation(), human_agents=(human_agent(),))
    asked, transfer = claims(api)

    assert await asked.holder_name(MARIA) == "Maria"
    assert await asked.holder_name(JONAS) is None
    assert asked.escalation_of(MARIA) == "esc_1"
    assert transfer.escalation_id == "esc_1"


async def test_somebody_with_a_grant_needs_no_escalation_and_no_name() -> None:
    api = FakeApi()
    api.view = RoomView(escalation=None, human_agents=(human_agent(name="", escalation_id=None),))
    asked, _ = claims(api)

    assert await asked.holder_name(MARIA) == "a colleague"
    assert asked.escalation_of(MARIA) is None
