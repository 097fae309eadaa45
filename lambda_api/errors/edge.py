"""What is refused at the edge, before the domain hears of it."""


class EdgeError(Exception):
    """The root of the edge's refusals."""


class OutsideError(EdgeError):
    def __init__(self) -> None:
        super().__init__("Come through the public address.")


class UnauthenticatedError(EdgeError):
    def __init__(self) -> None:
        super().__init__("Send a valid service key as 'Authorization: Bearer <key>'.")


class ScopeMissingError(EdgeError):
    def __init__(self, scope: str) -> None:
        super().__init__(f"This service key lacks the scope {scope}.")


class ApiKeyNameTakenError(EdgeError):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is an API key called {name}: revoke it first, or choose another name.")


class TooManyApiKeysError(EdgeError):
    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} API keys already: revoke one first.")


class WebhookForgedError(EdgeError):
    def __init__(self) -> None:
        super().__init__("The signature of this webhook does not verify.")


class IdempotencyKeyMissingError(EdgeError):
    def __init__(self) -> None:
        super().__init__("Send an Idempotency-Key of 1 to 255 printable ASCII characters.")


class CrossSiteError(EdgeError):
    def __init__(self) -> None:
        super().__init__("Open the link itself and press the button there.")
