from pathlib import Path

import pytest

from local.stack.snapshot import Snapshot, key_of


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for name in ("infra/stack.py", "lambda_api/app/__init__.py", "cdk.json", "agent_container/main.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


@pytest.mark.parametrize("changed", ["infra/stack.py", "lambda_api/app/__init__.py", "cdk.json"])
def test_another_stack_or_api_has_another_key(tree: Path, changed: str) -> None:
    before = key_of({}, root=tree)

    (tree / changed).write_text("changed")

    assert key_of({}, root=tree) != before


def test_a_new_file_and_a_moved_one_change_the_key(tree: Path) -> None:
    before = key_of({}, root=tree)

    (tree / "infra/stack.py").rename(tree / "infra/renamed.py")

    assert key_of({}, root=tree) != before


def test_other_addresses_have_another_key(tree: Path) -> None:
    assert key_of({"public_url": "http://a"}, root=tree) != key_of({"public_url": "http://b"}, root=tree)


def test_the_worker_and_bytecode_do_not_matter(tree: Path) -> None:
    before = key_of({}, root=tree)

    (tree / "agent_container/main.py").write_text("changed")
    (tree / "infra/__pycache__").mkdir()
    (tree / "infra/__pycache__/stack.pyc").write_bytes(b"x")

    assert key_of({}, root=tree) == before


def test_a_restored_state_is_the_saved_one_without_what_came_later(tmp_path: Path) -> None:
    state = tmp_path / "state"
    (state / "blobs").mkdir(parents=True)
    (state / "blobs" / "code").write_text("code")
    snapshot = Snapshot(tmp_path / "kept", state=state)

    snapshot.save("key")
    (state / "rows.json").write_text("an escalation")
    snapshot.restore()

    assert snapshot.matches("key")
    assert not snapshot.matches("another key")
    assert [path.name for path in sorted(state.rglob("*"))] == ["blobs", "code"]


def test_a_snapshot_that_was_never_finished_is_none(tmp_path: Path) -> None:
    snapshot = Snapshot(tmp_path / "kept", state=tmp_path / "state")
    (tmp_path / "kept" / "state").mkdir(parents=True)

    assert not snapshot.exists()
    assert not snapshot.matches("key")
