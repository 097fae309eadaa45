"""Carries out a Dockerfile's steps: the same commands, the same files, the same user."""

import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from local.image.context import Context
from local.image.dockerfile import Instruction, Stage, put_in
from local.image.root import BASE_ENV, CleanRoot, machine_env
from local.stack.progress import say

_SHELL: Final = ("/bin/sh", "-c")


@dataclass(slots=True)
class Image:
    """What a stage has become."""

    root: CleanRoot
    env: dict[str, str] = field(default_factory=lambda: dict(BASE_ENV))
    folder: str = "/"
    user: str = "0"
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    volumes: list[str] = field(default_factory=list)

    @property
    def group(self) -> str:
        return "0" if self.user == "0" else self.root.group_of(self.user)


class Build:
    def __init__(self, folder: Path, context: Context, *, source: Path) -> None:
        self._folder = folder
        self._context = context
        self._source = source
        self._built: dict[str, Image] = {}
        self._steps: dict[str, Callable[[Image, Instruction], None]] = {
            "ENV": _env,
            "RUN": _run,
            "COPY": self._copy,
            "VOLUME": lambda image, step: image.volumes.extend(step.argv()),
            "WORKDIR": _workdir,
            "USER": _user,
            "HEALTHCHECK": _health,
            "CMD": _command,
        }

    def stage(self, stage: Stage) -> Image:
        image = Image(CleanRoot(self._folder / f"root-{len(self._built)}"))
        for instruction in stage.instructions:
            say(f"  {instruction.name} {instruction.rest[:90]}")
            self._steps[instruction.name](image, instruction)
        self._built[stage.name] = image
        return image

    def _copy(self, image: Image, step: Instruction) -> None:
        *options, source, target = shlex.split(put_in(step.rest, image.env))
        if options:
            built = self._built[options[0].removeprefix("--from=")]
            shutil.copytree(built.root.inside(source), image.root.inside(target), symlinks=True)
            return
        for file in self._context.files(source):
            below = file.relative_to(source) if file != Path(source) else Path()
            placed = image.root.inside(target) / below
            placed.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self._source / file, placed)


def _env(image: Image, step: Instruction) -> None:
    for pair in shlex.split(step.rest):
        name, _, value = pair.partition("=")
        image.env[name] = put_in(value, image.env)


def _run(image: Image, step: Instruction) -> None:
    env = {**machine_env(), **image.env}
    image.root.run((*_SHELL, step.rest), env, folder=image.folder, user=image.user, group=image.group)


def _workdir(image: Image, step: Instruction) -> None:
    image.folder = step.rest
    image.root.inside(step.rest).mkdir(parents=True, exist_ok=True)


def _user(image: Image, step: Instruction) -> None:
    image.user = step.rest


def _health(image: Image, step: Instruction) -> None:
    image.health = step.argv()


def _command(image: Image, step: Instruction) -> None:
    image.command = step.argv()
