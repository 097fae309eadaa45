/** One stage of a page: its heading takes the focus when it comes, so that a screen reader tells it. */
import { type ReactNode, useEffect, useRef } from "react";
import { type Stage, useStage } from "./stage";

interface Props {
  stage: Stage;
  title: string;
  /** What the tab says, when it is more than the heading. */
  documentTitle?: string;
  wide?: boolean;
  children?: ReactNode;
}

let first = true;

export function Screen({ stage, title, documentTitle = title, wide = false, children }: Props) {
  useStage(stage, documentTitle);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stage is another place to begin to read
  useEffect(() => {
    if (!first) heading.current?.focus();
    first = false;
  }, [stage]);
  return (
    <main className={wide ? "wide" : undefined}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}
