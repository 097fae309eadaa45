/** A button that does something on the wire: once at a time, and it says when it did not work. */
import { type ReactNode, useState } from "react";
import { wordsOf } from "../wire/request";

interface Props {
  does: () => Promise<unknown>;
  quiet?: boolean;
  disabled?: boolean;
  /** What the press is about, when the same button is there more than once. */
  describedBy?: string;
  children: ReactNode;
}

export function Press({ does, quiet = false, disabled = false, describedBy, children }: Props) {
  const { busy, failure, run } = useRunning(does);
  return (
    <>
      <button
        type="button"
        className={quiet ? "quiet" : undefined}
        disabled={disabled || busy}
        aria-describedby={describedBy}
        onClick={run}
      >
        {children}
      </button>
      <Failure words={failure} />
    </>
  );
}

export function Failure({ words }: { words: string }) {
  return words ? (
    <p role="alert" className="failure">
      {words}
    </p>
  ) : null;
}

export function useRunning(does: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const run = () => {
    setBusy(true);
    setFailure("");
    does()
      .catch((error: unknown) => setFailure(wordsOf(error)))
      .finally(() => setBusy(false));
  };
  return { busy, failure, run };
}
