import { describe, expect, it } from "vitest";
import { covered, moved, wordsOf } from "./picking";

const segments = [
  { part: "text" as const, start: 10, end: 24, text: "وقالت 🙂 بغداد.", sentence: 0, first: true },
  { part: "text" as const, start: 25, end: 33, text: "رفض ذلك.", sentence: 1, first: true },
];
const words = wordsOf(segments);
const plain = { shift: false, alt: false };

describe("words", () => {
  it("have their places in code points", () => {
    expect(words.map((word) => [word.text, word.start, word.end])).toEqual([["وقالت", 10, 15], ["بغداد", 18, 23], ["رفض", 25, 28], ["ذلك", 29, 32]]);
  });
  it("keep their marks", () => {
    expect(wordsOf([{ ...segments[0]!, text: "قُتِلُوا" }])).toHaveLength(1);
  });
});

describe("the cursor", () => {
  const start = { from: 0, to: 0, trim: 0 };
  it("goes on to the left, as Arabic is read", () => {
    expect(moved(words, start, "ArrowLeft", plain)).toEqual({ from: 1, to: 1, trim: 0 });
    expect(moved(words, start, "ArrowRight", plain)).toEqual(start);
  });
  it("grows and shrinks", () => {
    const grown = moved(words, start, "ArrowLeft", { shift: true, alt: false })!;
    expect(covered(words, grown)).toEqual({ part: "text", start: 10, end: 23 });
    expect(moved(words, grown, "ArrowRight", { shift: true, alt: false })).toEqual(start);
  });
  it("leaves out letters at the beginning", () => {
    const trimmed = moved(words, start, "ArrowLeft", { shift: false, alt: true })!;
    expect(covered(words, trimmed)).toEqual({ part: "text", start: 11, end: 15 });
  });
  it("goes from sentence to sentence and to their ends", () => {
    expect(moved(words, start, "ArrowDown", plain)).toEqual({ from: 2, to: 2, trim: 0 });
    expect(moved(words, start, "End", plain)).toEqual({ from: 1, to: 1, trim: 0 });
    expect(moved(words, { from: 3, to: 3, trim: 0 }, "Home", plain)).toEqual({ from: 2, to: 2, trim: 0 });
  });
  it("leaves other keys alone", () => {
    expect(moved(words, start, "t", plain)).toBeNull();
  });
});
