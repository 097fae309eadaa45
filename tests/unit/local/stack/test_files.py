import stat
from pathlib import Path

from local.stack.files import write_private


def test_only_the_owner_may_read_what_is_written(tmp_path: Path) -> None:
    write_private(tmp_path / "keys.json", "{}")

    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_an_open_file_is_replaced_by_a_private_one(tmp_path: Path) -> None:
    old = tmp_path / "keys.json"
    old.write_text("old")
    old.chmod(0o644)

    write_private(old, "new")

    assert old.read_text() == "new"
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [old]
