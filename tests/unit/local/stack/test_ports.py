import json
import socket
from pathlib import Path

from local.stack.ports import NAMES, any_free, choose, is_free


def test_every_part_gets_a_port_of_its_own(tmp_path: Path) -> None:
    ports = choose(tmp_path / "ports.json")

    assert set(ports) == set(NAMES)
    assert len(set(ports.values())) == len(NAMES)


def test_the_next_start_takes_the_same_ports(tmp_path: Path) -> None:
    first = choose(tmp_path / "ports.json")

    assert choose(tmp_path / "ports.json") == first


def test_a_port_that_somebody_else_took_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    first = choose(tmp_path / "ports.json")

    with socket.socket() as other:
        other.bind(("127.0.0.1", first["aws"]))
        other.listen()
        second = choose(tmp_path / "ports.json")

    assert second.pop("aws") != first.pop("aws")
    assert second == first


def test_a_broken_memory_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text("{not json")

    ports = choose(tmp_path / "ports.json")

    assert json.loads((tmp_path / "ports.json").read_text()) == ports


def test_a_port_taken_for_udp_only_is_not_free() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))

        assert not is_free(other.getsockname()[1])


def test_no_connection_that_goes_out_takes_a_port_that_was_chosen() -> None:
    with socket.socket() as outgoing:
        outgoing.bind(("127.0.0.1", 0))
        given = outgoing.getsockname()[1]

    assert {any_free() < given for _ in range(100)} == {True}
