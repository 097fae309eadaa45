/** One line of text and a button that sends it. */
import { type FormEvent, useId, useState } from "react";
import { texts } from "../texts";
import { Failure } from "./Press";

interface Props {
  label: string;
  send: (text: string) => Promise<unknown>;
}

export function TextForm({ label, send }: Props) {
  const id = useId();
  const [failure, setFailure] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("text")).trim();
    event.currentTarget.reset();
    setFailure("");
    if (text) send(text).catch(() => setFailure(texts.room.chatFailed));
  };
  return (
    <form onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <div className="row">
        <input id={id} name="text" maxLength={500} autoComplete="off" />
        <button type="submit" className="quiet">
          {texts.room.chatSend}
        </button>
      </div>
      <Failure words={failure} />
    </form>
  );
}
