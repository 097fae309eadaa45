"""Reading a Dockerfile and what Docker would be given of the folder."""

from pathlib import Path

import pytest

from local.image.context import Context
from local.image.dockerfile import Instruction, UnknownInstructionError, read
from local.stack.places import ROOT

TEXT = """\
# A comment.
ARG PYTHON_IMAGE=python:1

FROM ${PYTHON_IMAGE} AS build
ENV A=1 \\
    B=2
# Between two steps.
RUN make it

FROM ${PYTHON_IMAGE}
HEALTHCHECK --interval=15s \\
    CMD ["python", "-c", "print(\\"[x]\\")"]
"""


def test_stages_have_their_base_and_their_steps_in_order() -> None:
    build, final = read(TEXT)

    assert (build.base, build.name) == ("python:1", "build")
    assert build.instructions == [Instruction("ENV", "A=1 B=2"), Instruction("RUN", "make it")]
    assert final.instructions[0].argv() == ["python", "-c", 'print("[x]")']


def test_a_step_that_would_be_left_out_is_refused() -> None:
    with pytest.raises(UnknownInstructionError):
        read("FROM python\nADD x y")


def test_only_what_the_allow_list_names_gets_into_the_image(tmp_path: Path) -> None:
    ignored = "# Everything\n*\n!app\n!needs/app.txt\n**/__pycache__\n**/*.pyc\n"
    (tmp_path / ".dockerignore").write_text(ignored)
    for name in (
        "app/a.py",
        "app/x/b.py",
        "app/__pycache__/a.pyc",
        "app/c.pyc",
        "needs/app.txt",
        "needs/all.txt",
        ".env",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    context = Context(tmp_path)

    assert [file.as_posix() for file in context.files("app")] == ["app/a.py", "app/x/b.py"]
    assert [file.as_posix() for file in context.files("needs/app.txt")] == ["needs/app.txt"]
    assert not [*context.files("needs/all.txt"), *context.files(".env")]


def test_the_workers_own_image_holds_the_worker_and_its_lock_alone() -> None:
    context = Context(ROOT)
    copied = {file.parts[0] for file in context.files(".")}
    _, final = read((ROOT / "Dockerfile").read_text())

    assert copied == {"agent_container", "requirements"}
    assert [step.rest for step in final.instructions if step.name == "USER"] == ["10001"]
