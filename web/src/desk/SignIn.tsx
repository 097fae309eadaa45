/** The way to the desk: a link to the person's own phone or mailbox; nothing here says who is known. */
import { type FormEvent, useId, useState } from "react";
import { Failure, useRunning } from "../page/Press";
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import { signIn } from "../wire/desk";

export function SignIn() {
  const id = useId();
  const [who, setWho] = useState("");
  const [sent, setSent] = useState(false);
  const { busy, failure, run } = useRunning(() => signIn(who.trim()).then(() => setSent(true)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <Screen stage="signed-out" title={texts.desk.title}>
      <p>{texts.desk.signInHint}</p>
      <form onSubmit={submit}>
        <label htmlFor={id}>{texts.desk.who}</label>
        <input
          id={id}
          required
          maxLength={254}
          autoComplete="username"
          value={who}
          onChange={(event) => setWho(event.target.value)}
        />
        <button type="submit" className="spaced" disabled={busy}>
          {texts.desk.send}
        </button>
      </form>
      <Failure words={failure} />
      <p role="status" className="hint">
        {sent ? texts.desk.sent : ""}
      </p>
    </Screen>
  );
}
