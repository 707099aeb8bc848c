// Places that would lie on each other on a map become one circle, until the reader comes closer.

export interface Spot<Row> {
  x: number;
  y: number;
  rows: Row[];
}
export interface Cluster<Row> extends Spot<Row> {
  r: number;
  events: number;
  conflict: number;
  cooperation: number;
}
interface Counted {
  events: number;
  conflict: number;
  cooperation: number;
}

/** The least radius of a circle of several places: its number must be read. */
const LEAST = 12;
/** Circles nearer than this share of their radii together become one. */
export const NEAR = 0.8;

/** The circles of places: the busiest first, each taking in those that it would cover. */
export function clusters<Row extends Counted>(spots: readonly Spot<Row>[], radius: (events: number) => number): Cluster<Row>[] {
  let circles = spots.map((spot) => circle(spot, radius));
  for (let before = -1; before !== circles.length; ) {
    before = circles.length;
    circles = once(circles, radius);
  }
  return circles;
}

function once<Row extends Counted>(circles: Cluster<Row>[], radius: (events: number) => number): Cluster<Row>[] {
  const kept: Cluster<Row>[] = [];
  for (const each of [...circles].sort((a, b) => b.events - a.events)) {
    const index = kept.findIndex((other) => Math.hypot(other.x - each.x, other.y - each.y) < NEAR * (other.r + each.r));
    if (index < 0) kept.push(each);
    else kept[index] = joined(kept[index]!, each, radius);
  }
  return kept;
}

const sum = <Row extends Counted>(rows: readonly Row[], name: keyof Counted): number => rows.reduce((total, row) => total + row[name], 0);

function circle<Row extends Counted>(spot: Spot<Row>, radius: (events: number) => number): Cluster<Row> {
  const events = sum(spot.rows, "events");
  return { ...spot, events, r: Math.max(spot.rows.length > 1 ? LEAST : 0, radius(events)), conflict: sum(spot.rows, "conflict"), cooperation: sum(spot.rows, "cooperation") };
}

/** Two circles as one, in the middle of their events. */
function joined<Row extends Counted>(a: Cluster<Row>, b: Cluster<Row>, radius: (events: number) => number): Cluster<Row> {
  const middle = (one: number, other: number): number => (one * a.events + other * b.events) / Math.max(1, a.events + b.events);
  return circle({ x: middle(a.x, b.x), y: middle(a.y, b.y), rows: [...a.rows, ...b.rows] }, radius);
}
