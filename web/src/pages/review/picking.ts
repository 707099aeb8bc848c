// Choosing words with keys: a cursor that steps from word to word, grows, and leaves out letters that are joined to a word.
import { Offsets } from "../../offsets";
import type { Part, Segment } from "../reader/article";
import type { Words } from "./draft";

export interface Word extends Words {
  part: Part;
  /** Which of the segments it stands in. */
  segment: number;
}
/** Words `from` to `to`, both included; `trim` letters are left out at the beginning. */
export interface Cursor {
  from: number;
  to: number;
  trim: number;
}

const WORD = /[\p{L}\p{M}\p{N}\u0640]+/gu;

/** The words of some sentences, with their places in the article. */
export function wordsOf(segments: readonly Segment[]): Word[] {
  return segments.flatMap((segment, index) => {
    const offsets = new Offsets(segment.text);
    return [...segment.text.matchAll(WORD)].map((found) => {
      const start = offsets.point(found.index);
      return { part: segment.part, segment: index, text: found[0], start: segment.start + start, end: segment.start + start + Array.from(found[0]).length };
    });
  });
}

/** Where a key leads; null where it is none of the cursor's. `key` is that of an event in a text from right to left. */
export function moved(words: readonly Word[], cursor: Cursor, key: string, how: { shift: boolean; alt: boolean }): Cursor | null {
  const clamp = (index: number): number => Math.max(0, Math.min(words.length - 1, index));
  const on = key === "ArrowLeft" ? 1 : key === "ArrowRight" ? -1 : 0;
  if (on && how.alt) {
    const longest = Array.from(words[cursor.from]?.text ?? "").length - 1;
    return { ...cursor, trim: Math.max(0, Math.min(longest, cursor.trim + on)) };
  }
  if (on && how.shift) return { ...cursor, to: Math.max(cursor.from, clamp(cursor.to + on)) };
  if (on) return single(clamp((on > 0 ? cursor.to : cursor.from) + on));
  const here = words[cursor.from]?.segment ?? 0;
  if (key === "ArrowDown" || key === "ArrowUp") return single(first(words, Math.max(0, here + (key === "ArrowDown" ? 1 : -1))) ?? cursor.from);
  if (key === "Home") return single(first(words, here) ?? cursor.from);
  if (key === "End") return single(words.findLastIndex((word) => word.segment === here));
  return null;
}

const single = (index: number): Cursor => ({ from: index, to: index, trim: 0 });
const first = (words: readonly Word[], segment: number): number | null => {
  const found = words.findIndex((word) => word.segment === segment);
  return found < 0 ? null : found;
};

/** The stretch of the article that a cursor covers. */
export function covered(words: readonly Word[], cursor: Cursor): (Omit<Words, "text"> & { part: Part }) | null {
  const [from, to] = [words[cursor.from], words[cursor.to]];
  return from && to ? { part: from.part, start: from.start + cursor.trim, end: to.end } : null;
}
