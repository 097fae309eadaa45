"""An agent whose worker is being stopped: another one is called beside it, and takes its place."""

from lambda_api.escalations import calling, saving
from lambda_api.escalations.agents import caller_in, is_in_good_hands
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.watching import Sight


def relieve(ports: Ports, room: str, agent_identity: str) -> bool:
    """Whether another agent was asked for; told again and again until the one that leaves has left."""
    row = saving.current(ports, room)
    sight = Sight(people=ports.rooms.participants(room) or ())
    if [one.identity for one in sight.agents()] != [agent_identity]:
        return False
    caller = caller_in(ports, room, row, sight)
    if caller is None or is_in_good_hands(row, sight):
        return False
    return calling.call_beside(ports, room, row, caller=caller.identity, agent_identity=agent_identity)
