/** The laptop's telephone: one calls, by voice or typing, and meets what a caller meets. */
import { useId, useState } from "react";
import { Press } from "../page/Press";
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import { call, type Place } from "../wire/calling";

type Conversation = typeof import("./Conversation").Conversation;

interface Going {
  place: Place;
  speaking: boolean;
  Conversation: Conversation;
}

export function CallerPage() {
  const [going, setGoing] = useState<Going | null>(null);
  const [over, setOver] = useState(false);
  if (!going) return <Dialling over={over} onCall={setGoing} />;
  const hangUp = () => {
    setOver(true);
    setGoing(null);
  };
  return <going.Conversation place={going.place} speaking={going.speaking} onOver={hangUp} />;
}

interface Props {
  over: boolean;
  onCall: (going: Going) => void;
}

function Dialling({ over, onCall }: Props) {
  const id = useId();
  const [name, setName] = useState("");
  const said = texts.caller;
  const dial = (speaking: boolean) => async () => {
    const [place, { Conversation }] = await Promise.all([call(name.trim()), import("./Conversation")]);
    onCall({ place, speaking, Conversation });
  };
  return (
    <Screen stage={over ? "over" : "calling"} title={over ? said.over : said.title}>
      <p>{said.hint}</p>
      <label htmlFor={id}>{said.name}</label>
      <input
        id={id}
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="stack spaced">
        <Press does={dial(true)}>{said.speak}</Press>
        <Press quiet does={dial(false)}>
          {said.type}
        </Press>
      </div>
      <p>
        <a href="/" target="_blank" rel="noopener">
          {said.inbox}
        </a>
      </p>
    </Screen>
  );
}
