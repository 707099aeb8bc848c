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
  const greatest = Math.min(26, width / 24);
  const nodes = network.nodes.map((node) => ({ id: node.entity_id, node, r: 5 + (greatest - 5) * Math.sqrt(weight(node) / most) })) as Placed[];
  const links = network.edges.filter((edge) => edge.source !== edge.target).map((edge) => ({ source: edge.source, target: edge.target, events: edge.events }));
  const close = Math.sqrt((width * height) / Math.max(8, nodes.length));
  forceSimulation(nodes)
    .force("link", forceLink<Placed, (typeof links)[number] & { source: string | Placed; target: string | Placed }>(links).id((node) => node.id).distance(close * 0.75).strength(0.5))
    .force("charge", forceManyBody().strength(-close * 3.5))
    .force("x", forceX(0).strength(0.09))
    .force("y", forceY(0).strength((0.09 * width) / height))
    .force("collide", forceCollide<Placed>((node) => node.r + 12))
    .stop()
    .tick(280);
  fit(nodes, width, height);
  return new Map(nodes.map((node) => [node.id, node]));
}

/** Moves and scales all places into the box, with room for names. */
function fit(nodes: Placed[], width: number, height: number): void {
  if (!nodes.length) return;
  const [left, right] = [Math.min(...nodes.map((node) => node.x)), Math.max(...nodes.map((node) => node.x))];
  const [top, bottom] = [Math.min(...nodes.map((node) => node.y)), Math.max(...nodes.map((node) => node.y))];
  const [padX, padY] = [Math.min(90, width * 0.14), 40];
  const scale = Math.min(1.6, (width - 2 * padX) / Math.max(1, right - left), (height - 2 * padY) / Math.max(1, bottom - top));
  for (const node of nodes) {
    node.x = width / 2 + (node.x - (left + right) / 2) * scale;
    node.y = height / 2 + (node.y - (top + bottom) / 2) * scale;
  }
}

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
