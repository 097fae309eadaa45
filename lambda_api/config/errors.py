"""What can be wrong with the surroundings that the API was started in."""


class ConfigError(Exception):
    """The environment is not one that this stage may run in."""


class SecretUnavailableError(Exception):
    """A secret could not be read and none was read before."""

    def __init__(self) -> None:
        super().__init__("A secret that this answer needs cannot be read at the moment.")
