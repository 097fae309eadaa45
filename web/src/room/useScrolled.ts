/** A list that follows its latest entry, unless the reader has scrolled up. */
import { useEffect, useRef } from "react";

const NEAR_PX = 40;

export function useScrolled(entries: number) {
  const list = useRef<HTMLOListElement>(null);
  const following = useRef(true);
  useEffect(() => {
    const element = list.current;
    const note = () => {
      following.current = !element || below(element) < NEAR_PX;
    };
    element?.addEventListener("scroll", note);
    return () => element?.removeEventListener("scroll", note);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new entry is a reason to scroll
  useEffect(() => {
    if (following.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [entries]);
  return list;
}

function below(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}
