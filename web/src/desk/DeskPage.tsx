/** The desk of those who answer calls all day: who waits, who talks, what today was like. */
import { Failure, Press } from "../page/Press";
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import { type Desk, signOut } from "../wire/desk";
import type { ProblemError } from "../wire/request";
import type { Activity } from "./activity";
import { EndedToday } from "./EndedToday";
import { InCall } from "./InCall";
import { Numbers } from "./Numbers";
import { OwnStateChoice } from "./OwnStateChoice";
import { SignIn } from "./SignIn";
import { useDesk } from "./useDesk";
import { WaitingCalls } from "./WaitingCalls";

export function DeskPage() {
  const { desk, signedIn, problem, again, activity } = useDesk();
  if (signedIn === false) return <SignIn />;
  if (!desk) {
    return (
      <Screen stage="loading" title={texts.desk.title}>
        <Failure words={problem?.words ?? ""} />
        <p role="status">{texts.page.loading}</p>
      </Screen>
    );
  }
  return <Signed desk={desk} problem={problem} again={again} activity={activity} />;
}

interface Props {
  desk: Desk;
  problem: ProblemError | null;
  again: () => Promise<void>;
  activity: Activity;
}

function Signed({ desk, problem, again, activity }: Props) {
  const free = desk.waiting.filter(({ taken }) => !taken).length;
  return (
    <Screen stage="desk" title={texts.desk.title} documentTitle={texts.desk.counted(free)} wide>
      <header className="person">
        <p>{texts.desk.hello(desk.me.name)}</p>
        <Press quiet does={() => signOut().then(again)}>
          {texts.desk.signOut}
        </Press>
      </header>
      <Failure words={problem?.words ?? ""} />
      {activity.endsSoon && <Idle again={again} />}
      <div className="desk">
        <div className="stack">
          <OwnStateChoice state={desk.me.state} again={again} />
          <WaitingCalls calls={desk.waiting} again={again} />
          <InCall calls={desk.in_call} />
        </div>
        <div className="stack">
          <Numbers numbers={desk.numbers} />
          <EndedToday calls={desk.ended_today} />
        </div>
      </div>
    </Screen>
  );
}

function Idle({ again }: { again: () => Promise<void> }) {
  return (
    <div role="alert" className="panel warning">
      <p>{texts.desk.idle}</p>
      <Press does={again}>{texts.desk.stay}</Press>
    </div>
  );
}
