import { describe, expect, it } from "vitest";
import { pieces } from "./sheet";

const segment = { part: "text" as const, start: 10, end: 23, text: "وقالت 🙂 بغداد", sentence: 0, first: true };

describe("the pieces of a segment", () => {
  it("begin inside words and after wide characters", () => {
    const found = pieces(segment, [
      { paint: "trigger", part: "text", start: 11, end: 15 },
      { paint: "actor", part: "text", start: 18, end: 23 },
    ]);
    expect(found.map((each) => [each.text, each.paints.join()])).toEqual([["و", ""], ["قالت", "trigger"], [" 🙂 ", ""], ["بغداد", "actor"]]);
  });
  it("show the topmost colour first where colours overlap", () => {
    const found = pieces(segment, [
      { paint: "quotation", part: "text", start: 0, end: 100 },
      { paint: "trigger", part: "text", start: 11, end: 15 },
    ]);
    expect(found.map((each) => each.paints)).toEqual([["quotation"], ["trigger", "quotation"], ["quotation"]]);
  });
  it("leave other parts and places alone", () => {
    expect(pieces(segment, [{ paint: "actor", part: "title", start: 10, end: 14 }, { paint: "actor", part: "text", start: 0, end: 10 }])).toEqual([{ text: segment.text, paints: [] }]);
  });
});
