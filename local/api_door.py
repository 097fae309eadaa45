"""Runs the API with reload for editing, in the environment that its deployed function has."""

import os
import subprocess

from local.stack import deployed, stack_file
from local.stack.clients import Clients
from local.stack.environment import embedded_aws, machine
from local.stack.errors import StackError
from local.stack.places import PYTHON, ROOT
from local.stack.progress import say


class NotUpError(StackError):
    def __init__(self) -> None:
        super().__init__("the stack is not up; start it in another terminal with: make up")


def serve() -> int:
    stack = stack_file.read()
    if stack is None:
        raise NotUpError
    clients = Clients(stack.aws_endpoint)
    name = deployed.function_name(clients, door="api")
    function = clients.functions.get_function_configuration(FunctionName=name)
    port = {name: os.environ[name] for name in ("HANDOFF_API_PORT",) if name in os.environ}
    env = machine(**function["Environment"]["Variables"], **embedded_aws(stack.aws_endpoint), **port)
    say("The API reloads as you edit it; it reads and writes the stack's own table.")
    try:
        return subprocess.run([str(PYTHON), "-m", "lambda_api"], env=env, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0
