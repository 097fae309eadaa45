import { describe, expect, it } from "vitest";
import { chosen } from "../src/texts";
import { de } from "../src/texts/de";
import { en } from "../src/texts/en";

describe("the language of the pages", () => {
  it("is the first of the browser's that we have", () => {
    expect(chosen(["fr-FR", "de-AT", "en"])).toBe(de);
  });

  it("is English when we have none of them", () => {
    expect(chosen(["fr", "pl"])).toBe(en);
  });

  it("leaves no word of a list out in another language", () => {
    for (const list of ["reasons", "dispositions", "ended", "problems"] as const) {
      expect(Object.keys(de[list])).toEqual(Object.keys(en[list]));
    }
  });
});
