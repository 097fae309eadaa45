"""What can go wrong in the worker, as types that a caller can tell apart."""


class HandoffError(Exception):
    """The root of the worker's own errors."""


class ConfigurationError(HandoffError):
    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("the worker cannot start: " + "; ".join(problems))
        self.problems = problems


class ApiUnreachableError(HandoffError):
    def __init__(self, cause: str) -> None:
        super().__init__(f"the handoff API cannot be reached: {cause}")
        self.cause = cause


class ApiRefusedError(HandoffError):
    def __init__(self, *, status: int, error: str) -> None:
        super().__init__(f"the handoff API refused the request: {status} {error}")
        self.status = status
        self.error = error


class StillHelpingError(HandoffError):
    def __init__(self) -> None:
        super().__init__("the AI whose place was to be taken stays in the call")


class UnprotectedError(HandoffError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"ECS does not protect this task: {reason}")
        self.reason = reason
