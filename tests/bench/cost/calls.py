"""What a thousand calls with an AI cost at the providers, by the same assumptions."""

from __future__ import annotations

from typing import Final

from tests.bench.cost.bill import Assumed, Line

_CALLS: Final = 1000
_MILLION: Final = 1_000_000


def providers(assumed: Assumed) -> list[Line]:
    price, call = assumed.providers, assumed.call
    tokens = call["turns"] * (
        call["tokens_in"] * price["llm_in_million"] + call["tokens_out"] * price["llm_out_million"]
    )
    return [
        Line(
            part="Deepgram Nova-3",
            counted=f"{call['minutes_with_the_ai']:g} min at ${price['stt_minute']:g}",
            dollars=_CALLS * call["minutes_with_the_ai"] * price["stt_minute"],
        ),
        Line(
            part="GPT-4o",
            counted=f"{call['turns']:g} turns of {call['tokens_in']:g} tokens in, {call['tokens_out']:g} out",
            dollars=_CALLS * tokens / _MILLION,
        ),
        Line(
            part="OpenAI TTS",
            counted=f"{call['characters']:g} characters at ${price['tts_characters_million']:g} a million",
            dollars=_CALLS * call["characters"] * price["tts_characters_million"] / _MILLION,
        ),
    ]
