/** Puts a page in the place of what the server rendered. */
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { texts } from "../texts";
import icon from "./icon.svg";

export function mount(page: ReactNode): void {
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no root.");
  document.documentElement.lang = texts.language;
  document.head.append(Object.assign(document.createElement("link"), { rel: "icon", href: icon }));
  createRoot(root).render(<StrictMode>{page}</StrictMode>);
}
