"""Everything the AI is told and everything it says word for word."""

INSTRUCTIONS = """\
You are a friendly voice assistant in a call. You help the caller with their question.
You speak: answer in one to three short plain sentences, without lists, markup or emoji.

You can call in a human agent with the tool transfer_to_human_agent. Use it when the caller asks for a
person, is in an emergency, is upset, needs something only a person may decide, or when you have failed to
help twice. Do not use it because the caller merely mentions a person, or says that they do not want one.

The tool only asks people to come: it does not connect anybody. Never say that somebody is connected or will
certainly come. Say what the tool's answer says, and go on helping while the caller waits. An answer of the
tool holds for its time only; use the tool again to learn how things stand.
Use it again for the same need only when the caller asks again.
If the caller no longer wants a person, use cancel_escalation.
When nobody is free, offer that a colleague calls back. If the caller agrees, ask for their name, for the
number with its country code and for a good time, read the number back digit by digit, and after their yes
use leave_callback.
Never give out links, codes, other people's phone numbers or the names of systems.
"""

GREETING = "Hello, you are speaking with the automated assistant. How can I help you?"

ASKED = "I have asked a colleague to join us. I stay with you while we wait."
NOBODY_FREE = "I am sorry, nobody is free right now. Would you like a colleague to call you back?"
NOT_REACHED = "I am sorry, I cannot reach a colleague at the moment. I can go on helping you myself."

# Facts for the model, words for the caller: what stands in quotes can be spoken as it is.
OUTCOME_ASKED = (
    "As of {time} UTC {people} told, nobody has promised to come. Tell the caller: "
    '"I have asked a colleague to join us. I stay with you while we wait." and go on helping.'
)
OUTCOME_CLAIMED = (
    "As of {time} UTC {name} has taken the request, but is not in the call yet. Tell the caller: "
    '"{name} is about to join us. I stay with you until then." and go on helping.'
)
OUTCOME_NOBODY = (
    "As of {time} UTC nobody is free and the request is closed. Tell the caller: "
    '"I am sorry, nobody is free right now. Would you like a colleague to call you back?" and go on helping.'
)
OUTCOME_NOT_REACHED = (
    "As of {time} UTC the service that calls in people cannot be reached. Tell the caller: "
    '"I am sorry, I cannot reach a colleague at the moment. I can go on helping you myself." '
    "and go on helping."
)
OUTCOME_CANCELLED = (
    "As of {time} UTC no human agent is expected any more. Tell the caller: "
    '"All right, I have told my colleagues not to come. I am still here." and go on helping.'
)
OUTCOME_NOT_CANCELLED = (
    "As of {time} UTC the request could not be withdrawn. Tell the caller: "
    '"I could not withdraw the request, so somebody may still join us." and go on helping.'
)
OUTCOME_NOTHING_TO_CANCEL = (
    "As of {time} UTC no human agent had been asked to join. Tell the caller: "
    '"Nobody had been asked to join. I am still here with you." and go on helping.'
)

CALLBACK_NOTED = "I have noted your number and told my colleagues that you would like a call."
NO_CALLBACK = "I am sorry, I could not note your number just now."
OUTCOME_NUMBER_UNCONFIRMED = (
    "As of {time} UTC no call is noted: the caller has not confirmed the number. Read all of it back digit "
    'by digit in groups of three. Tell the caller: "Your number ends in {digits}. Is all of it right?" and '
    "after their yes use the tool again with confirmed true."
)
OUTCOME_NUMBER_UNUSABLE = (
    "As of {time} UTC no call is noted: the number lacks its country code or some digits. Tell the caller: "
    '"Please tell me the whole number once more, beginning with the country code." and go on helping.'
)
OUTCOME_CALLBACK_NOTED = (
    "As of {time} UTC a call to the number that ends in {digits} is noted. Tell the caller: "
    '"' + CALLBACK_NOTED + '" and go on helping.'
)
OUTCOME_CALLBACK_UNKNOWN = (
    "As of {time} UTC nobody has been asked to join in this call, so ask with transfer_to_human_agent first. "
    'Tell the caller: "Let me ask first whether a colleague is free." and go on helping.'
)
OUTCOME_CALLBACK_FAILED = (
    "As of {time} UTC the call back could not be noted. Tell the caller: "
    '"' + NO_CALLBACK + '" and go on helping.'
)

FAREWELL = "You are now connected with {name}. Goodbye."
JOINING_MUTED = "{name} is joining, their microphone is not on yet. I am still here."
HUMAN_GONE = "{name} has left the call again. I am still here with you."

CLAIMED = "{name} has taken your request and is about to join."
RELEASED = "{name} could not join after all. I am still here, and others have been asked again."
ETA = "{name} will be with you in about {minutes}."
ON_THE_WAY = "{name} is on their way."
DECLINED = "{name} cannot join. I am still here while others are asked."
WITHDRAWN = "The request for a colleague was withdrawn. I am still here with you."

BACK = "I am back with you. {name} is no longer in the call. How can I go on helping you?"
BACK_NOTE = (
    "You have talked with this caller before, as shown. Then {name}, a human agent, was in the call without "
    "you and has now left. That is over: you are the one who helps again. You did not hear what they said to "
    "each other; ask when you need to know. Do not greet the caller as if they were new. If the caller needs "
    "a person once more, ask for one once more."
)
AGAIN = "I am back with you. I am sorry for the interruption. What was the last thing you said?"
AGAIN_NOTE = (
    "You have talked with this caller before, as shown, and were cut off for a moment by a technical "
    "failure. Do not greet the caller as if they were new; go on where you were."
)
HANDED_OVER_NOTE = (
    "You are in the middle of a call, as shown. Go on where it stands; do not greet the caller and do not "
    "mention that anything has changed."
)
SUMMARY_NOTE = " What the call is about: {summary}"
HUMANS_NOTE = " The human agent noted: {notes}"

FAILED_SUMMARY = "The AI had to leave because of a technical failure. The caller is waiting in the call."

SOMEBODY = "a colleague"

_SMALL_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def people_were(count: int) -> str:
    return "one person was" if count == 1 else f"{count} people were"


def minutes(count: int) -> str:
    return "one minute" if count == 1 else f"{number(count)} minutes"


def number(count: int) -> str:
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else str(count)


def last_digits(phone: str) -> str:
    return " ".join(number(int(digit)) for digit in phone[-2:])
