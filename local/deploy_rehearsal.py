"""`make deploy-rehearsal`: an empty AWS, a deployment, a call, a deployment during a call, and the end.

All of it is done by the CDK's own command line in the embedded AWS, with the laptop's stage of the stack.
"""

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from functools import partial
from typing import Final

from botocore.exceptions import ClientError

from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.run import run_one
from local.setup import tools
from local.stack import deployed, ports, settings, stack_file
from local.stack.addresses import Addresses
from local.stack.cdk import STACK, Cdk
from local.stack.clients import Clients
from local.stack.errors import AlreadyUpError, StackError
from local.stack.places import LOCAL, PORTS_FILE, PYTHON, ROOT
from local.stack.progress import say, step
from local.stack.running import running
from local.stack.snapshot import Snapshot
from local.stack.stack_file import StackFile

NEXT: Final = LOCAL / "next"
NOT_COPIED: Final = shutil.ignore_patterns(".*", "node_modules", "cdk.out", "__pycache__", "tests", "docs")
QUESTION: Final = "When are you open on Saturday?"
LIMIT_S: Final = 0.5


class RehearsalError(StackError):
    """What did not go as it has to."""


def main() -> int:
    complaints: list[BaseException] = []
    try:
        _from_nothing()
    except* StackError as errors:
        complaints.extend(errors.exceptions)
    for complaint in complaints:
        say(f"\nNOT a whole deployment: {complaint}")
    if not complaints:
        say("\nDeployed from nothing, called, deployed again during a call that went on, and destroyed.")
    return 1 if complaints else 0


def _from_nothing() -> None:
    if stack_file.read() is not None:
        raise AlreadyUpError
    Snapshot().forget()
    with running() as stack:
        asyncio.run(_rehearse(stack))


async def _rehearse(stack: StackFile) -> None:
    async with step("a call on what was deployed", slow="talking"):
        await _whole(await _call(), what="the first call")
    clients = Clients(stack.aws_endpoint)
    cdk = Cdk(tools.cdk(), endpoint=stack.aws_endpoint, tree=NEXT, out=NEXT / "cdk.out")
    async with step("synth of a changed API", slow="bundling the functions"):
        _change()
        await cdk.synth(_context())
        await cdk.publish()
    await _deploy_during_a_call(cdk, clients, stack)
    async with step("destroy", slow="deleting"):
        await cdk.destroy()
    _check_gone(clients)


async def _deploy_during_a_call(cdk: Cdk, clients: Clients, stack: StackFile) -> None:
    before = await asyncio.to_thread(_code, clients)
    outcome = await run_one(stack, "deployed-during-a-call", partial(_deployed_anew, cdk), folder=LOCAL)
    if not outcome.passed:
        raise RehearsalError(f"the call during the deployment was not whole: {'; '.join(outcome.complaints)}")
    if await asyncio.to_thread(_code, clients) == before:
        raise RehearsalError("the API was not changed")


async def _deployed_anew(cdk: Cdk, call: Call) -> None:
    """The call waits for the deployment, however long it takes, and goes on with the changed API."""
    await call.caller.joins()
    await call.caller.asks(QUESTION)
    await cdk.deploy()
    alone = call.stage.attendance.alone_s(until=now())
    call.stage.measure("without a partner during the deployment", alone, limit_s=LIMIT_S)
    await call.caller.asks_for_a_person()
    await call.maria.is_told()
    await call.is_taken_over()
    await call.ends()


async def _call() -> Process:
    return await asyncio.create_subprocess_exec(
        str(PYTHON), "-m", "local.rehearsal", cwd=ROOT, stdout=PIPE, stderr=asyncio.subprocess.STDOUT
    )


async def _whole(call: Process, *, what: str) -> None:
    told = []
    while line := await _line(call):
        told.append(line)
    if await call.wait() != 0:
        raise RehearsalError(f"{what} was not whole:\n{''.join(told[-12:])}")


async def _line(call: Process) -> str:
    assert call.stdout  # noqa: S101 - it is a pipe
    return (await call.stdout.readline()).decode()


def _change() -> None:
    """The same tree with another API in it, which does the same."""
    shutil.rmtree(NEXT, ignore_errors=True)
    shutil.copytree(ROOT, NEXT, ignore=NOT_COPIED)
    (NEXT / ".venv").symlink_to(ROOT / ".venv")
    with (NEXT / "lambda_api" / "__init__.py").open("a") as package:
        package.write('\nRELEASE = "next"\n')


def _context() -> Mapping[str, str]:
    return Addresses(ports.remembered(PORTS_FILE), settings.read(ROOT / ".env.local")).context


def _code(clients: Clients) -> str:
    name = deployed.function_name(clients, door="api")
    return clients.functions.get_function_configuration(FunctionName=name)["CodeSha256"]


def _check_gone(clients: Clients) -> None:
    try:
        clients.cloudformation.describe_stacks(StackName=STACK)
    except ClientError:
        return
    raise RehearsalError("the stack is still there")


if __name__ == "__main__":
    sys.exit(main())
