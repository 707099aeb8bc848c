// A comparison as it is folded: paragraphs that changed, and between them runs of those that did not.
import type { Piece } from "../../api";

export interface Run {
  same: boolean;
  paragraphs: Piece[][];
}

/** Paragraphs in runs of changed and unchanged ones. */
export function runsOf(paragraphs: Piece[][]): Run[] {
  const runs: Run[] = [];
  for (const pieces of paragraphs) {
    const same = pieces.every((piece) => piece.change === "same");
    const last = runs.at(-1);
    if (last?.same === same) last.paragraphs.push(pieces);
    else runs.push({ same, paragraphs: [pieces] });
  }
  return runs;
}
