/** What this tab remembers of its call over a reload: whether it was in it, and whether it talked. Never a token. */
export type Presence = "checking" | "talking";

const key = (path: string) => `handoff:${path}`;

export function remember(path: string, presence: Presence): void {
  sessionStorage.setItem(key(path), presence);
}

export function forget(path: string): void {
  sessionStorage.removeItem(key(path));
}

export function remembered(path: string): Presence | null {
  const presence = sessionStorage.getItem(key(path));
  return presence === "checking" || presence === "talking" ? presence : null;
}

/** Whether the page is to go in at once: it was in when it was reloaded, or the desk's press is the press. */
export function asked(path: string): boolean {
  const pressed = window.location.hash === "#take";
  if (pressed) history.replaceState(null, "", path);
  return pressed || remembered(path) !== null;
}
