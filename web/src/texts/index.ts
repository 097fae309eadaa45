/** The texts in the language that the browser asks for first among those that we have. */
import { de } from "./de";
import { en, type Texts } from "./en";

const LANGUAGES: Record<string, Texts> = { en, de };

export function chosen(wanted: readonly string[]): Texts {
  const known = wanted.map((tag) => LANGUAGES[tag.slice(0, 2).toLowerCase()]).find(Boolean);
  return known ?? en;
}

export const texts = chosen(navigator.languages);
