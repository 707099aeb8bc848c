// The sentence of an event, cut where the colour changes. Offsets of the API count code points; strings of JavaScript do not.
import type { Event } from "./api";

export type Slot = "trigger" | "actor" | "recipient" | "object" | "place" | "time" | "speaker";
export interface Piece {
  text: string;
  slots: Slot[];
}
interface Placed {
  slot: Slot;
  start: number;
  end: number;
}

/** Every span of an event with its slot, in the offsets of the article. */
export function placed(event: Event): Placed[] {
  const found: Placed[] = [{ slot: "trigger", ...event.trigger }];
  for (const who of event.actors) found.push({ slot: "actor", start: who.start, end: who.end });
  for (const who of event.recipients) found.push({ slot: "recipient", start: who.start, end: who.end });
  for (const who of event.attribution) found.push({ slot: "speaker", start: who.start, end: who.end });
  if (event.object) found.push({ slot: "object", start: event.object.start, end: event.object.end });
  if (event.place) found.push({ slot: "place", start: event.place.start, end: event.place.end });
  if (event.time) found.push({ slot: "time", start: event.time.start, end: event.time.end });
  return found.map(({ slot, start, end }) => ({ slot, start, end }));
}

/** The sentence in pieces of one colour each, and the slots whose words stand outside of it. */
export function cut(event: Event): { pieces: Piece[]; outside: Slot[] } {
  const letters = Array.from(event.sentence_text);
  const begin = event.sentence_span.start;
  const inside: Placed[] = [];
  const outside = new Set<Slot>();
  for (const { slot, start, end } of placed(event)) {
    if (start >= begin && end <= begin + letters.length && end > start) inside.push({ slot, start: start - begin, end: end - begin });
    else outside.add(slot);
  }
  const edges = [...new Set([0, letters.length, ...inside.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const pieces = edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1]!;
    const slots = inside.filter((span) => span.start <= start && span.end >= end).sort((a, b) => a.end - a.start - (b.end - b.start));
    return { text: letters.slice(start, end).join(""), slots: [...new Set(slots.map((span) => span.slot))] };
  });
  return { pieces, outside: [...outside].filter((slot) => !inside.some((span) => span.slot === slot)) };
}
