/** How a call ended, in words of the page's language. */
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import { timeOfDay } from "../time/clock";
import type { Look } from "../wire/link";

export function Ended({ look }: { look: Look }) {
  return (
    <Screen stage="ended" title={texts.page.over}>
      <p>{words(look)}</p>
    </Screen>
  );
}

/** The service's own words are English; they serve for a reason that this page does not know. */
function words({ ended }: Look): string {
  const said = texts.ended[ended?.reason ?? ""];
  if (!said) return ended?.words ?? "";
  return ended?.at ? texts.look.endedAt(said, timeOfDay(ended.at)) : `${said}.`;
}
