// What a reviewer makes of an event before it is sent: the slots as words of the article, and only what differs is a change.
import type { Event, Span } from "../../api";
import type { Part } from "../reader/article";

export interface Words extends Span {
  text: string;
}
export interface Person extends Words {
  /** Empty where the server shall tell from the words. */
  entity_id: string;
  name_ar: string;
  name_en: string;
}
export interface When extends Words {
  from: string | null;
  to: string | null;
}
export interface Draft {
  part: Part;
  event_type: string;
  modes: string[];
  trigger: Words | null;
  actors: Person[];
  recipients: Person[];
  attribution: Person[];
  object: Words | null;
  place: Words | null;
  time: When | null;
  polarity: "affirmed" | "negated";
  modality: "actual" | "future" | "hypothetical";
  killed: number | null;
  injured: number | null;
}
type Coded = Pick<Event, "part" | "event_type" | "modes" | "trigger" | "actors" | "recipients" | "attribution" | "object" | "place" | "time" | "polarity" | "modality" | "casualties">;

/** The slots that words of the article can fill, and the key of each. */
export const SLOTS = [
  { slot: "trigger", field: "trigger", key: "t" },
  { slot: "actor", field: "actors", key: "a" },
  { slot: "recipient", field: "recipients", key: "r" },
  { slot: "speaker", field: "attribution", key: "s" },
  { slot: "object", field: "object", key: "o" },
  { slot: "time", field: "time", key: "m" },
  { slot: "place", field: "place", key: "p" },
] as const;
export type SlotName = (typeof SLOTS)[number]["slot"];
export type People = "actors" | "recipients" | "attribution";

const words = ({ start, end, text }: Words): Words => ({ start, end, text });
const person = (who: Coded["actors"][number]): Person => ({ ...words(who), entity_id: who.entity_id, name_ar: who.name_ar, name_en: who.name_en });

/** An event as a draft. */
export function draftOf(event: Coded): Draft {
  const { part, event_type, polarity, modality } = event;
  return {
    part,
    event_type,
    polarity,
    modality,
    modes: [...event.modes],
    trigger: words(event.trigger),
    actors: event.actors.map(person),
    recipients: event.recipients.map(person),
    attribution: event.attribution.map(person),
    object: event.object && words(event.object),
    place: event.place && words(event.place),
    time: event.time && { ...words(event.time), from: event.time.from, to: event.time.to },
    killed: event.casualties.killed,
    injured: event.casualties.injured,
  };
}

/** The draft of an event that was missed. */
export function blank(part: Part): Draft {
  return { part, event_type: "", modes: [], trigger: null, actors: [], recipients: [], attribution: [], object: null, place: null, time: null, polarity: "affirmed", modality: "actual", killed: null, injured: null };
}

/** The draft with words in a slot: people are added, the other slots hold one stretch of words. */
export function put(draft: Draft, slot: SlotName, chosen: Words): Draft {
  const field = SLOTS.find((each) => each.slot === slot)!.field;
  if (field === "actors" || field === "recipients" || field === "attribution") {
    if (draft[field].some((who) => who.start === chosen.start && who.end === chosen.end)) return draft;
    return { ...draft, [field]: [...draft[field], { ...words(chosen), entity_id: "", name_ar: chosen.text, name_en: "" }] };
  }
  if (field === "time") return { ...draft, time: { ...words(chosen), from: null, to: null } };
  return { ...draft, [field]: words(chosen) };
}

const at = (span: Span | null): Span | null => span && { start: span.start, end: span.end };
const who = ({ start, end, entity_id }: Person) => ({ start, end, ...(entity_id ? { entity_id } : {}) });

/** What is to be sent: all that differs from how the event was; for a new event, all that was filled in. */
export function changesOf(draft: Draft, before: Draft | null): Record<string, unknown> {
  const was = before ?? { ...blank(draft.part), event_type: "" };
  const all: Record<string, [unknown, unknown]> = {
    event_type: [draft.event_type, was.event_type],
    modes: [draft.modes, was.modes],
    trigger: [at(draft.trigger), at(was.trigger)],
    actors: [draft.actors.map(who), was.actors.map(who)],
    recipients: [draft.recipients.map(who), was.recipients.map(who)],
    attribution: [draft.attribution.map(who), was.attribution.map(who)],
    object: [at(draft.object), at(was.object)],
    place: [at(draft.place), at(was.place)],
    time: [sent(draft.time), sent(was.time)],
    polarity: [draft.polarity, was.polarity],
    modality: [draft.modality, was.modality],
    killed: [draft.killed, was.killed],
    injured: [draft.injured, was.injured],
  };
  const changed = Object.entries(all).filter(([, [now, then]]) => JSON.stringify(now) !== JSON.stringify(then));
  const changes: Record<string, unknown> = Object.fromEntries(changed.map(([name, [now]]) => [name, now]));
  if (!before) changes.part = draft.part;
  // The modes of another type would be refused; the server keeps those that fit where none are sent.
  if ("event_type" in changes && !draft.modes.length) delete changes.modes;
  return changes;
}

// Days are always sent: null says that the words mean no known day.
const sent = (time: When | null) => time && { start: time.start, end: time.end, from: time.from, to: time.from && (time.to ?? time.from) };
