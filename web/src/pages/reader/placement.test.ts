import { describe, expect, it } from "vitest";
import { settle } from "./placement";

const notes = [
  { anchor: 0, height: 50 },
  { anchor: 20, height: 50 },
  { anchor: 200, height: 50 },
];

describe("notes beside a text", () => {
  it("stand beside their sentences, or under the one before", () => {
    expect(settle(notes, 10)).toEqual([0, 60, 200]);
  });
  it("make way for one that is fixed, upwards and downwards", () => {
    const down = [{ anchor: 100, height: 50 }, { anchor: 110, height: 50 }, { anchor: 120, height: 50 }];
    expect(settle(down, 10, { index: 1, at: 110 })).toEqual([50, 110, 170]);
  });
  it("never leave the top or lie on each other", () => {
    expect(settle(notes, 10, { index: 2, at: 30 })).toEqual([0, 60, 120]);
    expect(settle([], 10)).toEqual([]);
  });
});
