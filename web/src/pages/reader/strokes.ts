// What is coloured: the layers that a reader switches on, and above them what belongs to one event or quotation.
import type { Document, Event, Quotation } from "../../api";
import { placed } from "../../spans";
import type { Stroke } from "./sheet";

export const LAYERS = ["events", "quotations", "actors", "times", "places"] as const;
export type Layer = (typeof LAYERS)[number];
export const BEGINNING: Layer[] = ["events", "quotations"];

/** Everything that the layers colour. */
export function layered(document: Document, events: readonly Event[], layers: readonly Layer[]): Stroke[] {
  const found: Stroke[] = [];
  if (layers.includes("events")) for (const { part, trigger } of events) found.push({ paint: "event", part, start: trigger.start, end: trigger.end });
  if (layers.includes("quotations")) for (const { part, start, end } of document.quotations) found.push({ paint: "quotation", part, start, end });
  if (layers.includes("actors"))
    for (const entity of document.entities)
      for (const { part, start, end, kind } of entity.mentions) if (kind !== "implicit") found.push({ paint: "mention", part, start, end });
  if (layers.includes("times")) for (const { part, time } of document.events) if (time) found.push({ paint: "moment", part, start: time.start, end: time.end });
  if (layers.includes("places")) for (const { part, place } of document.events) if (place) found.push({ paint: "spot", part, start: place.start, end: place.end });
  return found;
}

/** The slots of one event. */
export const ofEvent = (event: Event): Stroke[] => placed(event).map(({ slot, start, end }) => ({ paint: slot, part: event.part, start, end }));

/** A quotation with its speaker and the word of saying. */
export function ofQuotation({ part, start, end, speaker, cue }: Quotation): Stroke[] {
  const found: Stroke[] = [{ paint: "object", part, start, end }];
  if (speaker) found.push({ paint: "speaker", part, start: speaker.start, end: speaker.end });
  if (cue) found.push({ paint: "trigger", part, start: cue.start, end: cue.end });
  return found;
}

/** The events and quotations of one sentence, which stand together beside it. */
export interface Group {
  key: string;
  part: Event["part"];
  sentence: number;
  /** Where the sentence begins, in code points. */
  start: number;
  events: Event[];
  quotations: Quotation[];
}

export function grouped(document: Pick<Document, "sentences" | "quotations">, events: readonly Event[], quotations: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const { part, sentence, start } of document.sentences) groups.set(`${part} ${sentence}`, { key: `${part} ${sentence}`, part, sentence, start, events: [], quotations: [] });
  for (const event of events) groups.get(`${event.part} ${event.sentence}`)?.events.push(event);
  if (quotations) for (const quotation of document.quotations) groups.get(`${quotation.part} ${quotation.sentence}`)?.quotations.push(quotation);
  return [...groups.values()].filter((group) => group.events.length || group.quotations.length);
}
