"""Which addresses a process and its children have open, read from /proc."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LISTENING, _UNCONNECTED_UDP = "0A", "07"
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Socket:
    """One open door."""

    protocol: str
    address: str
    port: int
    pid: int
    program: str

    @property
    def loopback(self) -> bool:
        return ipaddress.ip_address(self.address).is_loopback


def family(roots: set[int]) -> set[int]:
    """The processes and all that descend from them."""
    parents = {int(each.name): _parent(each) for each in _PROC.iterdir() if each.name.isdigit()}
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return found


def open_doors(pids: set[int]) -> list[Socket]:
    owners = {inode: pid for pid in pids for inode in _inodes(pid)}
    return [
        Socket(protocol, address, port, owners[inode], _program(owners[inode]))
        for protocol in ("tcp", "tcp6", "udp", "udp6")
        for address, port, inode in _table(protocol)
        if inode in owners
    ]


def _table(protocol: str) -> Iterator[tuple[str, int, str]]:
    wanted = _LISTENING if protocol.startswith("tcp") else _UNCONNECTED_UDP
    for line in (_PROC / "net" / protocol).read_text().splitlines()[1:]:
        _, local, _, state, *rest = line.split()
        if state == wanted:
            host, _, port = local.partition(":")
            yield _address(host), int(port, 16), rest[5]


def _address(host: str) -> str:
    # The kernel prints each 32-bit word of an address in this machine's byte order.
    words = [bytes.fromhex(host[start : start + 8])[::-1] for start in range(0, len(host), 8)]
    address = ipaddress.ip_address(b"".join(words))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def _inodes(pid: int) -> Iterator[str]:
    try:
        links = [str(each.readlink()) for each in (_PROC / str(pid) / "fd").iterdir()]
    except OSError:
        return
    yield from (link[8:-1] for link in links if link.startswith("socket:["))


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _program(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return "(gone)"
