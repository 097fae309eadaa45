"""Spoken sentences that were never learned are decided rightly, through ears, mind and all plugins."""

import asyncio
import json
from pathlib import Path

from livekit.agents import function_tool
from livekit.agents.llm import ChatContext
from livekit.plugins import deepgram, openai

from local.speech import voices
from local.speech.resampling import RECOGNITION_RATE
from tests.integration.speech.listening import hear

UNSEEN = Path(__file__).parent / "unseen.jsonl"

WISHES = (
    "I would be grateful to talk this over with one of your employees.",
    "Could somebody who is not a computer assist me?",
    "Please pass me over to the customer care department.",
    "I'd feel safer if a human took care of this.",
    "Where do I get a living person in this system?",
    "Kindly put your team leader on the line.",
    "Would it be okay if I spoke with a real agent now?",
    "Robots are not for me, I want to be helped by people.",
    "Let me discuss my contract with an expert from your office.",
    "That's the third wrong answer, give me a human being.",
    "Is there an operator I could be connected with?",
    "My roof is leaking badly, I need to speak to a person at once.",
)
QUESTIONS = (
    "How long does it take until the refund is on my account?",
    "The agent in your store gave me a nice discount.",
    "Please do not transfer me, I only need the address.",
    "Am I speaking with a computer right now?",
    "I would like to order three blue chairs.",
    "My supervisor asked me to renew our contract.",
    "Can I pay my bill at the end of the month?",
    "I don't need a person, you are a great help.",
    "Somebody from your company fixed my heating yesterday.",
    "What is the name of your new product?",
    "My wife works as an operator in a hospital.",
    "The parcel was left in front of the wrong house.",
)


@function_tool
async def transfer_to_human_agent(summary: str) -> None:
    """Calls a human agent.

    Args:
        summary: What it is about.
    """


async def calls_person(llm: openai.LLM, text: str) -> bool:
    context = ChatContext.empty()
    context.add_message(role="assistant", content="Hello, how can I help you?")
    context.add_message(role="user", content=text)
    return bool((await llm.chat(chat_ctx=context, tools=[transfer_to_human_agent]).collect()).tool_calls)


async def spoken(stt: deepgram.STT, llm: openai.LLM, text: str) -> tuple[str, bool]:
    pcm = await asyncio.to_thread(voices.speak, text, voices.CALLER, rate=RECOGNITION_RATE)
    heard = await hear(stt, pcm)
    return heard, await calls_person(llm, heard)


async def test_spoken_wishes_and_questions_are_told_apart(stt: deepgram.STT, llm: openai.LLM) -> None:
    wanted = [(text, True) for text in WISHES] + [(text, False) for text in QUESTIONS]

    # All at once, because the plugin takes 5 s to close a stream, however short.
    decided = await asyncio.gather(*(spoken(stt, llm, text) for text, _ in wanted))

    wrong = [
        (text, heard) for (text, wish), (heard, called) in zip(wanted, decided, strict=True) if called != wish
    ]
    assert len(wrong) <= 0.05 * len(decided), wrong


async def test_written_sentences_that_were_never_learned_are_told_apart(llm: openai.LLM) -> None:
    rows = [json.loads(line) for line in UNSEEN.read_text("utf-8").splitlines()]

    wrong = [row["text"] for row in rows if await calls_person(llm, row["text"]) != row["person"]]

    assert len(wrong) <= 0.03 * len(rows), wrong
