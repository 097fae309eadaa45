/** After the room: what was noted, or where the call goes on. */
import type { ReactNode } from "react";
import { Press } from "../page/Press";
import { Screen } from "../page/Screen";
import type { Left } from "../room/left";
import { texts } from "../texts";
import type { Link } from "../wire/link";
import { Ending, HandingBack } from "./Outcome";

interface Props {
  link: Link;
  left: Left;
  onBack: () => Promise<void>;
  onLeft: (left: Left) => void;
}

export function Gone({ link, left, onBack, onLeft }: Props) {
  const said = texts.gone;
  switch (left.how) {
    case "done":
      return (
        <Screen stage="done" title={said.done}>
          <p>{said.doneWords(texts.dispositions[left.disposition ?? "other"] ?? "")}</p>
        </Screen>
      );
    case "handed-back":
      return (
        <Screen stage="handed-back" title={said.handedBack}>
          <p>{said.handedBackWords}</p>
        </Screen>
      );
    case "meet":
      return (
        <Elsewhere words={said.meetWords} onBack={onBack}>
          <InMeet link={link} onLeft={onLeft} />
        </Elsewhere>
      );
    default:
      return <Elsewhere words={said.elsewhereWords} onBack={onBack} />;
  }
}

interface ElsewhereProps {
  words: string;
  onBack: () => Promise<void>;
  children?: ReactNode;
}

function Elsewhere({ words, onBack, children }: ElsewhereProps) {
  return (
    <Screen stage="elsewhere" title={texts.gone.elsewhere}>
      <p>{words}</p>
      <div className="stack">
        {children}
        <Press quiet does={onBack}>
          {texts.look.comeBack}
        </Press>
      </div>
    </Screen>
  );
}

/** LiveKit Meet has no such forms: they stay here. */
function InMeet({ link, onLeft }: { link: Link; onLeft: (left: Left) => void }) {
  return (
    <>
      <Ending
        complete={(disposition, notes) =>
          link.complete(disposition, notes).then(() => onLeft({ how: "done", disposition }))
        }
      />
      <HandingBack handBack={(note) => link.handBack(note).then(() => onLeft({ how: "handed-back" }))} />
    </>
  );
}
