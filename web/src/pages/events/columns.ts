// The columns of the table of events: what they are called, how they are sorted, which columns of the exported file they are.
import type { Event } from "../../api";
import { day, list, percent, type Key } from "../../i18n.svelte";
import { nameOf, typeName } from "../../names.svelte";

export interface Column {
  name: string;
  head: Key;
  /** What the API sorts by, where it can. */
  sort?: "date_from" | "published" | "confidence" | "type";
  exported: string[];
}

export const COLUMNS: Column[] = [
  { name: "day", head: "column.day", sort: "date_from", exported: ["date_from", "date_to"] },
  { name: "type", head: "column.type", sort: "type", exported: ["event_type", "modes", "quad", "polarity", "modality"] },
  { name: "actor", head: "filter.by", exported: ["actors"] },
  { name: "recipient", head: "filter.to_whom", exported: ["recipients"] },
  { name: "object", head: "slot.object", exported: ["object"] },
  { name: "source", head: "column.source", exported: ["according_to", "anonymous"] },
  { name: "place", head: "filter.place", exported: ["place", "place_country"] },
  { name: "casualties", head: "column.casualties", exported: ["killed", "injured"] },
  { name: "outlet", head: "filter.outlet", exported: ["outlet"] },
  { name: "published", head: "column.published", sort: "published", exported: ["published"] },
  { name: "confidence", head: "column.confidence", sort: "confidence", exported: ["confidence"] },
  { name: "sentence", head: "column.sentence", exported: ["sentence_text"] },
];
export const FIRST = ["day", "type", "actor", "recipient", "source", "place", "confidence"];
export const GROUPS = ["day", "type", "actor", "outlet"] as const;
export type Group = (typeof GROUPS)[number];

/** The heading of the group that an event belongs to. */
export function groupOf(event: Event, group: Group): string {
  if (group === "day") return event.day ? day(event.day, "long") : "–";
  if (group === "type") return typeName(event.event_type);
  if (group === "outlet") return event.outlet || "–";
  return event.actors.length ? list(event.actors.map((who) => nameOf(who))) : "–";
}

export const confidence = (event: Event): string => percent(event.confidence);
