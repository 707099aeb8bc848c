import { describe, expect, it } from "vitest";
import { clusters, NEAR, type Spot } from "./clusters";

const spot = (x: number, y: number, events: number): Spot<{ events: number; conflict: number; cooperation: number }> => ({ x, y, rows: [{ events, conflict: events, cooperation: 0 }] });
const radius = (events: number): number => Math.max(4, Math.sqrt(events));

describe("circles on a map", () => {
  it("stay apart where there is room", () => {
    expect(clusters([spot(0, 0, 9), spot(50, 0, 16)], radius)).toHaveLength(2);
  });
  it("become one where they lie on each other, with the sum of their events between them", () => {
    const [one, ...others] = clusters([spot(0, 0, 30), spot(3, 0, 10)], radius);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ events: 40, conflict: 40, x: 0.75, y: 0 });
    expect(one!.rows).toHaveLength(2);
  });
  it("keep every event, and none of them lies on another", () => {
    const spots = Array.from({ length: 400 }, (_, index) => spot((index * 37) % 211, (index * 53) % 131, (index % 17) + 1));
    const found = clusters(spots, radius);
    expect(found.reduce((total, each) => total + each.events, 0)).toBe(spots.reduce((total, each) => total + each.rows[0]!.events, 0));
    expect(found.filter((a) => found.some((b) => a !== b && Math.hypot(a.x - b.x, a.y - b.y) < NEAR * (a.r + b.r)))).toEqual([]);
  });
  it("are none where there are no places", () => {
    expect(clusters([], radius)).toEqual([]);
  });
});
