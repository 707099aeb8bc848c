import { describe, expect, it } from "vitest";
import type { Piece } from "../../api";
import { runsOf } from "./comparison";

const same: Piece[] = [{ change: "same", text: "قال الوزير" }];
const changed: Piece[] = [{ change: "same", text: "قال " }, { change: "new", text: "أمس" }];

describe("runs of paragraphs", () => {
  it("fold what did not change", () => {
    expect(runsOf([same, same, changed, same]).map((run) => [run.same, run.paragraphs.length])).toEqual([[true, 2], [false, 1], [true, 1]]);
  });
  it("are none without paragraphs", () => expect(runsOf([])).toEqual([]));
});
