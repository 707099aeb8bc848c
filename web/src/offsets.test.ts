import { describe, expect, it } from "vitest";
import { Offsets } from "./offsets";

const TEXTS = ["", "رفضت القاهرة", "🙂", "🙂🙂", "a🙂b", "قَالَتْ 🙂 وزارةُ 𐎀 الخارجية🙂", "\u202eأدانت\u202c 🏳️‍🌈 ﷺ", "x".repeat(50) + "😀".repeat(20)];

describe.each(TEXTS)("offsets of %j", (text) => {
  const offsets = new Offsets(text);
  const letters = Array.from(text);

  it("counts code points as the server does", () => {
    expect(offsets.length).toBe(letters.length);
  });
  it("cuts as a list of code points is cut", () => {
    for (let start = 0; start <= letters.length; start += 1)
      for (let end = start; end <= letters.length; end += 1) expect(offsets.slice(start, end)).toBe(letters.slice(start, end).join(""));
  });
  it("goes there and back", () => {
    for (let point = 0; point <= letters.length; point += 1) expect(offsets.point(offsets.unit(point))).toBe(point);
  });
  it("takes the second half of a pair for the pair", () => {
    let unit = 0;
    letters.forEach((letter, point) => {
      for (let half = 0; half < letter.length; half += 1) expect(offsets.point(unit + half)).toBe(point);
      unit += letter.length;
    });
  });
  it("stays inside the text", () => {
    expect(offsets.unit(-3)).toBe(0);
    expect(offsets.unit(letters.length + 9)).toBe(text.length);
    expect(offsets.point(-3)).toBe(0);
    expect(offsets.point(text.length + 9)).toBe(letters.length);
  });
});
