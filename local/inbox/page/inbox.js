// Shows the messages newest first and looks for new ones; texts are only ever text, never markup.
const LINK = /(https?:\/\/[^\s]+)/;
const EVERY_MS = 1500;
const list = document.getElementById("messages");
const state = document.getElementById("state");
let shown = "";

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function linked(text) {
  const body = element("p", "body");
  for (const part of text.split(LINK)) {
    if (!LINK.test(part)) {
      body.append(part);
      continue;
    }
    const link = element("a", "", part);
    link.href = part;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    body.append(link);
  }
  return body;
}

function card(message) {
  const item = element("li", "message");
  const head = element("header");
  const time = element("time", "", new Date(message.sent_at).toLocaleTimeString());
  time.dateTime = message.sent_at;
  head.append(element("span", "channel", message.channel === "sms" ? "SMS" : "E-mail"));
  head.append(element("span", "to", message.to), time);
  item.append(head);
  if (message.subject) item.append(element("h2", "", message.subject));
  item.append(linked(message.body));
  return item;
}

async function look() {
  try {
    const text = await (await fetch("/messages")).text();
    if (text !== shown) {
      const messages = JSON.parse(text);
      list.replaceChildren(...messages.map(card));
      state.textContent = messages.length ? "" : "Nothing yet. Ask the agent for a person, and it comes here.";
      shown = text;
    }
  } catch {
    shown = "";
    state.textContent = "The stack is not up.";
  }
  setTimeout(look, EVERY_MS);
}

look();
