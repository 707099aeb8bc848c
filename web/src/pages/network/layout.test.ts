import { describe, expect, it } from "vitest";
import { labels, type Node, type Placed } from "./layout";

const at = (id: string, x: number, y: number, weight: number): [string, Placed] => [id, { id, x, y, r: 10, node: { as_actor: weight, as_recipient: 0 } as Node }];

describe("names in the network", () => {
  const wide = (): number => 60;
  it("stand where they cover nothing", () => {
    const [low, high] = labels(new Map([at("low", 100, 100, 1), at("high", 100, 124, 2)]), wide, null, 200).sort((a, b) => a.y - b.y);
    expect([low?.id, high?.id]).toEqual(["low", "high"]);
    expect(low!.y).toBeLessThan(100);
    expect(high!.y).toBeGreaterThan(124);
  });
  it("are there for the heaviest even where discs crowd around it, and left out for the others", () => {
    const crowd = Array.from({ length: 40 }, (_, index) => at(`n${index}`, 100 + 22 * (index % 8), 100 + 22 * Math.floor(index / 8), 1));
    const found = labels(new Map([...crowd, at("great", 166, 144, 50)]), wide, null, 400);
    expect(found.map((label) => label.id)).toContain("great");
    expect(found.length).toBeLessThan(crowd.length);
  });
});
