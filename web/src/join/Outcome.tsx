/** The forms by which a person is done with a call, or gives it back to the AI. */
import { type FormEvent, useId, useState } from "react";
import { Failure, Press, useRunning } from "../page/Press";
import { texts } from "../texts";
import { DISPOSITIONS, type Disposition } from "../wire/link";

interface EndingProps {
  complete: (disposition: Disposition, notes: string) => Promise<void>;
}

export function Ending({ complete }: EndingProps) {
  const [disposition, setDisposition] = useState<Disposition>("resolved");
  const [notes, setNotes] = useState("");
  const { busy, failure, run } = useRunning(() => complete(disposition, notes));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  return (
    <section aria-label={texts.room.endTitle} className="panel">
      <h2>{texts.room.endTitle}</h2>
      <form onSubmit={submit}>
        <Dispositions chosen={disposition} choose={setDisposition} />
        <Words label={texts.room.notes} most={2000} value={notes} onChange={setNotes} />
        <button type="submit" className="ending" disabled={busy}>
          {texts.room.end}
        </button>
        <Failure words={failure} />
      </form>
    </section>
  );
}

interface DispositionsProps {
  chosen: Disposition;
  choose: (disposition: Disposition) => void;
}

function Dispositions({ chosen, choose }: DispositionsProps) {
  return (
    <fieldset>
      <legend>{texts.room.disposition}</legend>
      {DISPOSITIONS.map((each) => (
        <label key={each} className="choice">
          <input
            type="radio"
            name="disposition"
            value={each}
            checked={each === chosen}
            onChange={() => choose(each)}
          />
          {texts.dispositions[each]}
        </label>
      ))}
    </fieldset>
  );
}

export function HandingBack({ handBack }: { handBack: (note: string) => Promise<void> }) {
  const [note, setNote] = useState("");
  return (
    <section aria-label={texts.room.handBackTitle} className="panel">
      <h2>{texts.room.handBackTitle}</h2>
      <Words label={texts.room.note} most={500} value={note} onChange={setNote} />
      <Press quiet does={() => handBack(note)}>
        {texts.room.handBack}
      </Press>
    </section>
  );
}

interface WordsProps {
  label: string;
  most: number;
  value: string;
  onChange: (words: string) => void;
}

function Words({ label, most, value, onChange }: WordsProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={most}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}
