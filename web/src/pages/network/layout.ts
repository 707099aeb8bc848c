// Where the nodes stand: computed once from all edges, the same for the same data, so that time can pass without anything jumping.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Network } from "../../api";

export type Node = Network["nodes"][number];
export interface Placed extends SimulationNodeDatum {
  id: string;
  node: Node;
  r: number;
  x: number;
  y: number;
}

export const weight = (node: Node): number => node.as_actor + node.as_recipient;

/** Nodes with their places in a box of the given size. */
export function layout(network: Network, width: number, height: number): Map<string, Placed> {
  const most = Math.max(1, ...network.nodes.map(weight));
  const greatest = Math.min(24, width / 26);
  const nodes = network.nodes.map((node) => ({ id: node.entity_id, node, r: 5 + (greatest - 5) * Math.sqrt(weight(node) / most) })) as Placed[];
  const links: Link[] = network.edges.filter((edge) => edge.source !== edge.target).map(({ source, target }) => ({ source, target }));
  forceSimulation(nodes)
    .force("link", forceLink<Placed, Link>(links).id((node) => node.id).distance((link) => 62 + ends(link)).strength(0.6))
    .force("charge", forceManyBody<Placed>().strength((node) => -190 - 9 * node.r).distanceMax(420))
    .force("x", forceX(0).strength(0.055))
    .force("y", forceY(0).strength((0.055 * width) / height))
    .force("collide", forceCollide<Placed>((node) => node.r + 20))
    .stop()
    .tick(320);
  fit(nodes, width, height);
  return new Map(nodes.map((node) => [node.id, node]));
}

type Link = { source: string | Placed; target: string | Placed };
const ends = ({ source, target }: Link): number => (source as Placed).r + (target as Placed).r;

/** Moves all places into the box, stretched to fill it, with room for names. */
function fit(nodes: Placed[], width: number, height: number): void {
  if (!nodes.length) return;
  const [left, right] = [Math.min(...nodes.map((node) => node.x)), Math.max(...nodes.map((node) => node.x))];
  const [top, bottom] = [Math.min(...nodes.map((node) => node.y)), Math.max(...nodes.map((node) => node.y))];
  const [padX, padY] = [Math.min(70, width * 0.1), 38];
  const across = (width - 2 * padX) / Math.max(1, right - left);
  const down = (height - 2 * padY) / Math.max(1, bottom - top);
  // Not more than a third longer one way than the other, and few nodes are not blown up.
  const [x, y] = [Math.min(across, down * 1.33, 1.8), Math.min(down, across * 1.33, 1.8)];
  for (const node of nodes) {
    node.x = width / 2 + (node.x - (left + right) / 2) * x;
    node.y = height / 2 + (node.y - (top + bottom) / 2) * y;
  }
}

interface Label {
  id: string;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

const ALWAYS = 8;

/**
 * Names where there is room for them: `first` come first, no name over another or over a disc. The heaviest nodes have theirs whatever it covers, but
 * not over another name; `long` gives the width of a name.
 */
export function labels(placed: Map<string, Placed>, long: (id: string) => number, first: Set<string> | null, width: number): Label[] {
  const discs = [...placed.values()].map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
  const taken: Box[] = [];
  const found: Label[] = [];
  const order = [...placed.values()].sort((a, b) => Number(first?.has(b.id) ?? 0) - Number(first?.has(a.id) ?? 0) || weight(b.node) - weight(a.node));
  for (const [rank, { id, x, y, r }] of order.entries()) {
    const wide = long(id) + 4;
    const tries: Label[] = [
      { id, x, y: y + r + 14, anchor: "middle" },
      { id, x, y: y - r - 5, anchor: "middle" },
      { id, x: x + r + 4, y: y + 4, anchor: "start" },
      { id, x: x - r - 4, y: y + 4, anchor: "end" },
      { id, x: x + r * 0.7, y: y + r + 12, anchor: "start" },
      { id, x: x - r * 0.7, y: y + r + 12, anchor: "end" },
      { id, x: x + r * 0.7, y: y - r - 3, anchor: "start" },
      { id, x: x - r * 0.7, y: y - r - 3, anchor: "end" },
    ];
    const inside = tries.map((label) => ({ label, box: boxOf(label, wide) })).filter(({ box }) => box.left > 0 && box.right < width && !taken.some((other) => meet(box, other)));
    const free = inside.find(({ box }) => !discs.some((other) => meet(box, other))) ?? (rank < ALWAYS ? inside[0] : undefined);
    if (!free) continue;
    taken.push(free.box);
    found.push(free.label);
  }
  return found;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
function boxOf(label: Label, wide: number): Box {
  const left = label.anchor === "middle" ? label.x - wide / 2 : label.anchor === "start" ? label.x : label.x - wide;
  return { left, right: left + wide, top: label.y - 12, bottom: label.y + 3 };
}
const meet = (one: Box, other: Box): boolean => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

/** The line from one node to another: bent, so that both directions are seen, ending at the rim of the circles. */
export function arc(from: Placed, to: Placed): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.hypot(dx, dy) || 1;
  const bend = Math.min(40, far * 0.18);
  const [mx, my] = [(from.x + to.x) / 2 - (dy / far) * bend, (from.y + to.y) / 2 + (dx / far) * bend];
  const rim = (node: Placed, room: number): [number, number] => {
    const [ex, ey] = [mx - node.x, my - node.y];
    const reach = Math.hypot(ex, ey) || 1;
    return [node.x + (ex / reach) * (node.r + room), node.y + (ey / reach) * (node.r + room)];
  };
  const [start, end] = [rim(from, 1), rim(to, 7)];
  return `M${start.map(round)}Q${round(mx)},${round(my)} ${end.map(round)}`;
}
const round = (value: number): number => Math.round(value * 10) / 10;
