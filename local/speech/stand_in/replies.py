"""The words of the stand-in: one short, honest answer for each topic."""

GREETING = "Hello, this is the automated assistant. How can I help you?"
UNKNOWN = "I'm not sure I understood that. Could you tell me a little more?"
DECLINED = "All right, I won't call anyone. What can I do for you?"

REPLIES = {
    "greeting": "Hello! What can I do for you?",
    "thanks": "You're welcome. Is there anything else I can do?",
    "goodbye": "Thank you for calling. Goodbye!",
    "billing": "I can help with your bill. Which invoice is it about?",
    "delivery": "Let's find your delivery. Do you have the order number at hand?",
    "returns": "You can return it within thirty days. Shall I send you the return label by e-mail?",
    "account": "I can help with your account. What would you like to change?",
    "hours": "We are open from nine to five, Monday to Friday.",
    "address": "You find our address and the way to us on our website. Which branch are you looking for?",
    "technical": "I'm sorry that it doesn't work. What exactly do you see when it happens?",
    "booking": "Let's look for a time. Which day would suit you?",
    "product": "Happy to help you choose. Which product is it about?",
    "identity": "I'm an automated assistant, not a person. What can I do for you?",
    "smalltalk": "All right. Take your time, I'm listening.",
    "decline": DECLINED,
    "mention": "I see. How can I help you with that?",
    "complaint": "I'm sorry to hear that. Could you tell me what happened?",
}
