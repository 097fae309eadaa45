/** After the call: what was noted, or where it goes on. */
import { Press } from "../page/Press";
import { Screen } from "../page/Screen";
import type { Left } from "../room/call";
import { texts } from "../texts";

export function Gone({ left, onBack }: { left: Left; onBack: () => Promise<void> }) {
  const said = texts.gone;
  if (left.how === "done") {
    const became = texts.dispositions[left.disposition ?? "other"] ?? "";
    return (
      <Screen stage="done" title={said.done}>
        <p>{said.doneWords(became)}</p>
      </Screen>
    );
  }
  if (left.how === "handed-back") {
    return (
      <Screen stage="handed-back" title={said.handedBack}>
        <p>{said.handedBackWords}</p>
      </Screen>
    );
  }
  return (
    <Screen stage="elsewhere" title={said.elsewhere}>
      <p>{said.elsewhereWords}</p>
      <Press does={onBack}>{texts.look.comeBack}</Press>
    </Screen>
  );
}
