/** The page of a person's link: look, press, talk, and what became of it. */
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import type { Link } from "../wire/link";
import { Gone } from "./Gone";
import { Outside } from "./Outside";
import { useVisit } from "./useVisit";

export function JoinPage({ link, entering }: { link: Link; entering: boolean }) {
  const { visit, enter, leave } = useVisit(link, entering);
  switch (visit.at) {
    case "outside":
      return <Outside link={link} failure={visit.failure} notice={visit.notice} onJoin={enter} />;
    case "entering":
      return (
        <Screen stage="joining" title={texts.look.joining}>
          <p role="status">{texts.page.loading}</p>
        </Screen>
      );
    case "inside":
      return <visit.Room call={visit.call} />;
    case "gone":
      return <Gone link={link} left={visit.left} onBack={enter} onLeft={leave} />;
  }
}
