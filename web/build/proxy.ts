/** While editing: serves the pages with reload, and hands what they ask for to the stack that is up. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin, ProxyOptions } from "vite";

const STACK = resolve(import.meta.dirname, "../../.local/stack.json");

export function behindTheApi(): Plugin {
  return {
    name: "handoff:behind-the-api",
    apply: "serve",
    config: () => ({ server: { host: "127.0.0.1", proxy: proxies() } }),
  };
}

function proxies(): Record<string, ProxyOptions> {
  if (!existsSync(STACK)) return {};
  const stack: { api_url: string; inbox_url: string } = JSON.parse(readFileSync(STACK, "utf8"));
  return {
    "/j/": page("/join.html", stack.api_url),
    "/desk/in/": { target: stack.api_url },
    "/desk": page("/desk.html", stack.api_url),
    "/call": page("/caller.html", stack.inbox_url),
  };
}

/** A person's look gets our page, everything else goes through; the API knows no origin but its own. */
function page(file: string, target: string): ProxyOptions {
  return {
    target,
    headers: { origin: "null" },
    bypass: (request) => (request.headers.accept?.includes("text/html") ? file : undefined),
  };
}
