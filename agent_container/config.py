"""The worker's settings: the environment first, then `.env.local`."""

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from agent_container.errors import ConfigurationError

# Fargate kills a task 120 s after it asked it to stop; a call that is cut then still needs its last words.
DRAIN_SECONDS = 95

Stage = Literal["laptop", "dev", "prod"]
ExitWay = Literal["room", "server"]

_KNOWN_DEFAULT_SECRETS = frozenset({"secret", "devsecret", "changeme", "change-me", "replace-me"})


class Slot(BaseModel):
    """A second provider, taken when the first one fails; what is left out is as with the first one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provider: Literal["openai", "deepgram"] = "openai"
    model: str = Field(min_length=1)
    base_url: str = ""
    key: SecretStr = SecretStr("")
    voice: str = "ash"


class Avatar(BaseModel):
    """Who speaks for the AI and is seen: "wave", or one of LiveKit's plugins with its own options."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provider: str = Field(pattern="^[a-z_]+$")
    key: SecretStr = SecretStr("")
    options: dict[str, bool | int | float | str] = {}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env.local",
        env_ignore_empty=True,
        # A fallback's key may come apart from the rest of it: HANDOFF_LLM_FALLBACK__KEY.
        env_nested_delimiter="__",
        extra="ignore",
        frozen=True,
        validate_by_name=True,
    )

    livekit_url: str = ""
    livekit_api_key: str = ""
    livekit_api_secret: SecretStr = SecretStr("")
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = ""
    deepgram_api_key: SecretStr = SecretStr("")
    deepgram_base_url: str = ""

    stage: Stage = Field(default="laptop", validation_alias="HANDOFF_STAGE")
    api_url: str = Field(default="", validation_alias="HANDOFF_API_URL")
    worker_key: SecretStr = Field(default=SecretStr(""), validation_alias="HANDOFF_WORKER_KEY")
    agent_name: str = Field(default="handoff-agent", validation_alias="HANDOFF_AGENT_NAME", min_length=1)
    farewell: bool = Field(default=True, validation_alias="HANDOFF_FAREWELL")
    # Whether what follows from a request for a person bears one id, in the logs and in the messages.
    tracing: bool = Field(default=True, validation_alias="HANDOFF_TRACING")
    # Whether a call begins with the announcement that it is recorded.
    consent: bool = Field(default=False, validation_alias="HANDOFF_CONSENT")
    # Whether music is played while the caller waits for a person and nobody speaks.
    hold_music: bool = Field(default=False, validation_alias="HANDOFF_HOLD_MUSIC")
    # Whether a human who joins with the microphone off is told the brief, unheard by the caller.
    private_briefing: bool = Field(default=False, validation_alias="HANDOFF_PRIVATE_BRIEFING")
    exit_ways: Annotated[frozenset[ExitWay], NoDecode] = Field(
        default=frozenset({"room", "server"}), validation_alias="HANDOFF_EXIT_WAYS", min_length=1
    )
    load_threshold: float | None = Field(default=None, validation_alias="HANDOFF_LOAD_THRESHOLD", gt=0)
    idle_processes: int | None = Field(default=None, validation_alias="HANDOFF_IDLE_PROCESSES", ge=0)
    health_port: int = Field(default=8081, validation_alias="HANDOFF_HEALTH_PORT", ge=0, le=65535)
    # ECS puts it into every container of a task.
    ecs_agent_uri: str = ""
    log_format: Literal["json", "human"] | None = Field(default=None, validation_alias="HANDOFF_LOG_FORMAT")

    # Where an OpenTelemetry collector takes OTLP over HTTP; empty: nothing is exported.
    otlp_endpoint: str = Field(default="", validation_alias="HANDOFF_OTLP_ENDPOINT")

    language: str = Field(default="en-US", validation_alias="HANDOFF_LANGUAGE")
    stt_model: str = Field(default="nova-3", validation_alias="HANDOFF_STT_MODEL")
    llm_model: str = Field(default="gpt-4o", validation_alias="HANDOFF_LLM_MODEL")
    tts_model: str = Field(default="gpt-4o-mini-tts", validation_alias="HANDOFF_TTS_MODEL")
    tts_voice: str = Field(default="ash", validation_alias="HANDOFF_TTS_VOICE")
    stt_fallback: Slot | None = Field(default=None, validation_alias="HANDOFF_STT_FALLBACK")
    llm_fallback: Slot | None = Field(default=None, validation_alias="HANDOFF_LLM_FALLBACK")
    tts_fallback: Slot | None = Field(default=None, validation_alias="HANDOFF_TTS_FALLBACK")
    avatar: Avatar | None = Field(default=None, validation_alias="HANDOFF_AVATAR")
    # After so many turns in a row that got nowhere a person is called.
    failed_turns: int = Field(default=3, validation_alias="HANDOFF_FAILED_TURNS", ge=1)
    # For how long a caller hears nothing before they are told to wait, and before a person is called.
    moment_after: float = Field(default=2.0, validation_alias="HANDOFF_MOMENT_AFTER", gt=0)
    give_up_after: float | None = Field(default=None, validation_alias="HANDOFF_GIVE_UP_AFTER", gt=0)

    @field_validator("exit_ways", mode="before")
    @classmethod
    def _split_ways(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(way.strip() for way in value.split(",") if way.strip())
        return value

    @model_validator(mode="after")
    def _https_when_deployed(self) -> Self:
        if self.deployed and self.api_url and not self.api_url.startswith("https://"):
            raise ValueError("HANDOFF_API_URL must be https outside the laptop: it carries the worker's key")
        return self

    @property
    def deployed(self) -> bool:
        return self.stage != "laptop"

    @property
    def patience(self) -> float:
        """A laptop hears, thinks and speaks on the same few processors, which may all be busy."""
        return self.give_up_after or (8.0 if self.deployed else 20.0)

    @property
    def human_logs(self) -> bool:
        return (self.log_format or ("json" if self.deployed else "human")) == "human"

    def refuse_half_configured(self) -> None:
        """Raise when this worker could not serve a call; a laptop may lack API and provider keys."""
        problems = tuple(f"{name} is not set" for name, value in self._needed().items() if not value)
        if self.deployed and self._secret_is_a_default():
            problems += ("LIVEKIT_API_SECRET is a well-known default",)
        if problems:
            raise ConfigurationError(problems)

    def _needed(self) -> dict[str, str]:
        livekit = {
            "LIVEKIT_URL": self.livekit_url,
            "LIVEKIT_API_KEY": self.livekit_api_key,
            "LIVEKIT_API_SECRET": self.livekit_api_secret.get_secret_value(),
        }
        return livekit | (self._needed_when_deployed() if self.deployed else {})

    def _needed_when_deployed(self) -> dict[str, str]:
        return {
            "OPENAI_API_KEY": self.openai_api_key.get_secret_value(),
            "DEEPGRAM_API_KEY": self.deepgram_api_key.get_secret_value(),
            "HANDOFF_API_URL": self.api_url,
            "HANDOFF_WORKER_KEY": self.worker_key.get_secret_value(),
            # Without it no task can be kept from being stopped under its calls.
            "ECS_AGENT_URI": self.ecs_agent_uri,
        }

    def _secret_is_a_default(self) -> bool:
        return self.livekit_api_secret.get_secret_value().lower() in _KNOWN_DEFAULT_SECRETS


@cache
def settings_of_jobs() -> Settings:
    """A fresh process needs 20 ms and 3 MiB to read them for the first time, with a call waiting."""
    return Settings()
