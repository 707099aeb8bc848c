import { describe, expect, it } from "vitest";
import { letter } from "./keys";

describe("the letter of a key", () => {
  it.each([
    ["j", "KeyJ", "j"],
    ["J", "KeyJ", "j"],
    ["ت", "KeyJ", "j"],
    ["لا", "KeyB", "b"],
    ["؟", "Slash", "?"],
    ["?", "Slash", "?"],
    ["٢", "Digit2", "2"],
    ["Enter", "Enter", "Enter"],
    ["z", "KeyW", "z"],
    [";", "KeyM", ";"],
  ])("%s on %s is %s", (key, code, expected) => {
    expect(letter({ key, code })).toBe(expected);
  });
});
