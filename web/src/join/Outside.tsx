/** What a link shows before anybody is in the room: the call that waits, who took it, or how it ended. */
import { Failure } from "../page/Press";
import { Screen } from "../page/Screen";
import type { Left } from "../room/call";
import { texts } from "../texts";
import type { Link, Look } from "../wire/link";
import type { ProblemError } from "../wire/request";
import { Ended } from "./Ended";
import { Taken, Yours } from "./Taken";
import { useLook } from "./useLook";
import { Waiting } from "./Waiting";

interface Props {
  link: Link;
  failure: string;
  notice: Left | null;
  onJoin: () => Promise<void>;
}

export function Outside({ link, failure, notice, onJoin }: Props) {
  const { look, problem, again } = useLook(link, true);
  if (!look) return <Unseen problem={problem} />;
  const open = look.state === "waiting" || look.state === "yours";
  const released = notice?.how === "released" && look.state === "waiting";
  return (
    <Seen look={look} link={link} again={again} onJoin={onJoin}>
      {released && <p role="status">{texts.look.released}</p>}
      {open && <Failure words={failure || (problem?.words ?? "")} />}
    </Seen>
  );
}

interface SeenProps {
  look: Look;
  link: Link;
  again: () => Promise<void>;
  onJoin: () => Promise<void>;
  children: React.ReactNode;
}

function Seen({ look, link, again, onJoin, children }: SeenProps) {
  switch (look.state) {
    case "waiting":
      return (
        <Waiting look={look} link={link} again={again} onJoin={onJoin}>
          {children}
        </Waiting>
      );
    case "taken":
      return <Taken look={look}>{children}</Taken>;
    case "yours":
      return (
        <Yours look={look} onJoin={onJoin}>
          {children}
        </Yours>
      );
    case "ended":
      return <Ended look={look} />;
  }
}

function Unseen({ problem }: { problem: ProblemError | null }) {
  if (!problem) {
    return (
      <Screen stage="loading" title={texts.look.direct}>
        <p role="status">{texts.page.loading}</p>
      </Screen>
    );
  }
  const titles: Record<number, string> = { 404: texts.page.notKnown, 410: texts.page.over };
  return (
    <Screen stage="failed" title={titles[problem.status] ?? texts.page.failed}>
      <p role="alert">{problem.words}</p>
    </Screen>
  );
}
