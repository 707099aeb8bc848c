import { describe, expect, it } from "vitest";
import { settle, slip } from "./placement";

const notes = [
  { anchor: 0, height: 50 },
  { anchor: 20, height: 50 },
  { anchor: 100, height: 50 },
];
const places = settle(notes, 10);

describe("notes beside a text", () => {
  it("stand at their sentences, or under the note before", () => {
    expect(places).toEqual([0, 60, 120]);
    expect(settle([], 10)).toEqual([]);
  });
  it("go up by as much as the note at the line has slipped", () => {
    expect(notes.map((note) => slip(notes, places, note.anchor))).toEqual([0, 40, 20]);
    expect(slip(notes, places, 1000)).toBe(20);
    expect(slip(notes, places, -5)).toBe(0);
    expect(slip([], [], 5)).toBe(0);
  });
  it("go up steadily from one note to the next", () => {
    expect(slip(notes, places, 10)).toBe(20);
    expect(slip(notes, places, 60)).toBe(30);
  });
});
