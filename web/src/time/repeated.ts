/** Looks again and again while somebody can see the page; never twice at a time, however slow the answers are. */
export function repeated(look: () => Promise<unknown>, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let over = false;
  const once = async () => {
    if (busy || over) return;
    busy = true;
    clearTimeout(timer);
    // What went wrong is for the look to tell; the next one may go right.
    if (!document.hidden) await look().catch(() => undefined);
    busy = false;
    if (!over) timer = setTimeout(once, everyMs);
  };
  void once();
  document.addEventListener("visibilitychange", once);
  return () => {
    over = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", once);
  };
}
