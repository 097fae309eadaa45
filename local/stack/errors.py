"""What can go wrong while the laptop stack starts, each said in words that help."""


class StackError(Exception):
    """The stack cannot start or go on; the message says why and what to do."""


class NotReadyError(StackError):
    def __init__(self, what: str, seconds: float) -> None:
        super().__init__(f"{what} was not ready within {seconds:.0f} s")


class ToolMissingError(StackError):
    def __init__(self, tool: str, bring: str) -> None:
        super().__init__(f"{tool} is missing; bring it with: {bring}")


class ChildDiedError(StackError):
    def __init__(self, name: str, code: int | None, tail: str) -> None:
        super().__init__(
            f"{name} ended by itself (exit code {code}); the end of .local/logs/{name}.log:\n{tail}"
        )


class CommandFailedError(StackError):
    def __init__(self, what: str, code: int | None, tail: str) -> None:
        super().__init__(f"{what} failed (exit code {code}); its last lines:\n{tail}")


class UnresolvedError(StackError):
    def __init__(self, expression: object) -> None:
        super().__init__(f"the deployed template uses something the laptop cannot resolve: {expression}")


class MissingPartError(StackError):
    def __init__(self, part: str) -> None:
        super().__init__(f"the deployed stack has no {part}")


class AlreadyUpError(StackError):
    def __init__(self) -> None:
        super().__init__("the stack is up already (make down ends it)")
