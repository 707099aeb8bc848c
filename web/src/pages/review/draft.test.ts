import { describe, expect, it } from "vitest";
import { blank, changesOf, draftOf, put } from "./draft";

const person = (start: number, text: string) => ({ start, end: start + text.length, text, entity_id: `Q${start}`, kind: "person", name_ar: text, name_en: "", country: "", sector: "", role: null });
const event = {
  part: "text" as const, event_type: "REJECT", modes: ["refuse"], trigger: { start: 0, end: 3, text: "رفض", lemma: "رفض" }, actors: [person(4, "أحمد")], recipients: [],
  attribution: [{ ...person(20, "مسؤول"), cue: "قال", anonymous: true }], object: null, place: null,
  time: { start: 30, end: 33, text: "أمس", from: "2024-01-01", to: "2024-01-01", precision: "day" }, polarity: "affirmed" as const, modality: "actual" as const, casualties: { killed: null, injured: null },
};

describe("the changes of a draft", () => {
  it("are none where nothing was done", () => {
    expect(changesOf(draftOf(event), draftOf(event))).toEqual({});
  });
  it("are what differs alone", () => {
    const draft = { ...draftOf(event), event_type: "ACCUSE", modes: [], polarity: "negated" as const };
    expect(changesOf(draft, draftOf(event))).toEqual({ event_type: "ACCUSE", polarity: "negated" });
  });
  it("hold the whole list of people, with the entity where it is known", () => {
    const draft = put(draftOf(event), "actor", { start: 10, end: 14, text: "كريم" });
    expect(changesOf(draft, draftOf(event))).toEqual({ actors: [{ start: 4, end: 8, entity_id: "Q4" }, { start: 10, end: 14 }] });
    expect(put(draft, "actor", { start: 10, end: 14, text: "كريم" })).toBe(draft);
  });
  it("take a slot away with null", () => {
    expect(changesOf({ ...draftOf(event), time: null, actors: [] }, draftOf(event))).toEqual({ time: null, actors: [] });
  });
  it("give a time its days", () => {
    const draft = draftOf(event);
    expect(changesOf({ ...draft, time: { ...draft.time!, from: "2024-01-02", to: null } }, draft)).toEqual({ time: { start: 30, end: 33, from: "2024-01-02", to: "2024-01-02" } });
  });
  it("of a new event are all that was filled in, with the part", () => {
    const draft = { ...put(blank("title"), "trigger", { start: 1, end: 4, text: "رفض" }), event_type: "REJECT" };
    expect(changesOf(draft, null)).toEqual({ part: "title", event_type: "REJECT", trigger: { start: 1, end: 4 } });
  });
});
