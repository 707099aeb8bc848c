// The text on the page and the colours on it. CSS highlights paint ranges of text nodes and add no boxes, so that Arabic
// letters stay joined where a colour begins inside a word. Where a browser has none, Segment.svelte draws <mark> instead.
import type { Slot } from "../../spans";
import { Offsets } from "../../offsets";
import type { Part, Segment } from "./article";

export type Paint = Slot | "event" | "quotation" | "mention" | "moment" | "spot" | "cursor";
export interface Stroke {
  paint: Paint;
  part: Part;
  start: number;
  end: number;
}
/** A place in the article, in code points. */
export interface Point {
  part: Part;
  at: number;
}

export const highlighting = typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight === "function";

/** From the layer below to the layer on top; where backgrounds overlap, the later one shows. */
export const ORDER: Paint[] = ["quotation", "mention", "moment", "spot", "event", "speaker", "object", "recipient", "actor", "place", "time", "trigger", "cursor"];
const NAME = "waqai-";

export interface Piece {
  text: string;
  paints: Paint[];
}

/** A segment in pieces of one colour each, the topmost colour first. */
export function pieces(segment: Segment, strokes: readonly Stroke[]): Piece[] {
  const offsets = new Offsets(segment.text);
  const inside = strokes
    .filter((each) => each.part === segment.part && each.start < segment.end && each.end > segment.start)
    .map((each) => ({ paint: each.paint, start: Math.max(0, each.start - segment.start), end: Math.min(offsets.length, each.end - segment.start) }));
  const edges = [...new Set([0, offsets.length, ...inside.flatMap((each) => [each.start, each.end])])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1]!;
    const paints = new Set(inside.filter((each) => each.start <= start && each.end >= end).map((each) => each.paint));
    return { text: offsets.slice(start, end), paints: ORDER.filter((paint) => paints.has(paint)).reverse() };
  });
}

interface Drawn {
  element: HTMLElement;
  start: number;
  end: number;
}

/** The segments inside an element, as Segment.svelte has drawn them; make a new one when others are drawn. */
export class Sheet {
  private readonly drawn: Record<Part, Drawn[]>;

  constructor(private readonly root: HTMLElement) {
    const of = (part: Part): Drawn[] => [...root.querySelectorAll<HTMLElement>(`[data-part="${part}"]`)].map((element) => ({ element, start: Number(element.dataset.start), end: Number(element.dataset.end) }));
    this.drawn = { title: of("title"), text: of("text") };
  }

  /** The segments between two places. They stand in the order of the text, so the first is found by bisection. */
  private between(part: Part, start: number, end: number): Drawn[] {
    const all = this.drawn[part];
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    const found: Drawn[] = [];
    for (; low < all.length && all[low]!.start < end; low += 1) found.push(all[low]!);
    return found;
  }

  /** The ranges of a stretch, one for each segment that it touches. */
  ranges(part: Part, start: number, end: number): Range[] {
    return this.between(part, start, end).map(({ element, start: begin }) => {
      const offsets = new Offsets(element.textContent ?? "");
      const range = document.createRange();
      range.setStart(...place(element, offsets.unit(start - begin)));
      range.setEnd(...place(element, offsets.unit(end - begin)));
      return range;
    });
  }

  /** Show these strokes and no others. */
  paint(strokes: readonly Stroke[]): void {
    if (!highlighting) return;
    for (const paint of ORDER) {
      const ranges = strokes.filter((each) => each.paint === paint).flatMap((each) => this.ranges(each.part, each.start, each.end));
      if (!ranges.length) {
        CSS.highlights.delete(NAME + paint);
        continue;
      }
      const highlight = new Highlight(...ranges);
      highlight.priority = ORDER.indexOf(paint);
      CSS.highlights.set(NAME + paint, highlight);
    }
  }

  /** The place in the article of a place in the page; null outside of segments. */
  point(node: Node, unit: number): Point | null {
    const element = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-part]");
    if (!element || !this.root.contains(element)) return null;
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEnd(node, unit);
    const at = Number(element.dataset.start) + new Offsets(element.textContent ?? "").point(range.toString().length);
    return { part: element.dataset.part as Part, at };
  }

  /** The place under a position of the screen; null where there is no text. */
  under(x: number, y: number): Point | null {
    const caret = document.caretPositionFromPoint?.(x, y);
    if (caret) return this.point(caret.offsetNode, caret.offset);
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? this.point(range.startContainer, range.startOffset) : null;
  }

  /** The words between two places. */
  words(part: Part, start: number, end: number): string {
    return this.between(part, start, end).map(({ element, start: begin }) => new Offsets(element.textContent ?? "").slice(start - begin, end - begin)).join("");
  }

  /** What is selected, without blanks at its edges; null for nothing, or for words outside of the text. */
  selection(): (Stroke & { text: string }) | null {
    const chosen = getSelection();
    if (!chosen?.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const [from, to] = [this.point(range.startContainer, range.startOffset), this.point(range.endContainer, range.endOffset)];
    if (!from || !to || from.part !== to.part || to.at <= from.at) return null;
    const words = this.words(from.part, from.at, to.at);
    const lead = Array.from(words).length - Array.from(words.trimStart()).length;
    const text = words.trim();
    return text ? { paint: "cursor", part: from.part, start: from.at + lead, end: from.at + lead + Array.from(text).length, text } : null;
  }
}

/** The text node and the place in it of a unit of an element's text. */
function place(element: HTMLElement, unit: number): [Node, number] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let rest = unit;
  let node = walker.nextNode();
  while (node) {
    const length = node.nodeValue?.length ?? 0;
    if (rest <= length) return [node, rest];
    rest -= length;
    node = walker.nextNode();
  }
  return [element, element.childNodes.length];
}
