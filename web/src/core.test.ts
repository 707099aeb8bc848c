import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Event } from "./api";

// The modules below read the address and the settings of a browser when they are loaded.
beforeAll(() => {
  vi.stubGlobal("location", new URL("http://localhost/events?lang=ar&type=ASSAULT&type=ACCUSE&q=x&sort=type"));
  vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
});
const span = (start: number, end: number) => ({ start, end, text: "" });
const who = (start: number, end: number, name_en: string, name_ar: string) => ({ ...span(start, end), entity_id: name_en, kind: "country", name_ar, name_en, country: "", sector: "", role: null });
const event = (more: Partial<Event>): Event =>
  ({ event_type: "ACCUSE", polarity: "affirmed", modality: "actual", actors: [], recipients: [], attribution: [], object: null, place: null, time: null, trigger: { ...span(0, 0), lemma: "" }, sentence_text: "", sentence_span: { start: 0, end: 0 }, ...more }) as Event;

describe("the sentence of an event", () => {
  it("is cut by code points, in the middle of words and after an emoji", async () => {
    const { cut } = await import("./spans");
    const text = "🙂 وأدانت فرنسا";
    const { pieces, outside } = cut(event({ sentence_text: text, sentence_span: { start: 100, end: 115 }, trigger: { ...span(103, 108), lemma: "" }, actors: [who(109, 114, "France", "فرنسا")], recipients: [who(5, 9, "x", "x")] }));
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter((piece) => piece.slots.length).map((piece) => [piece.text, piece.slots[0]])).toEqual([["أدانت", "trigger"], ["فرنسا", "actor"]]);
    expect(outside).toEqual(["recipient"]);
  });
});

describe("the statement of an event", () => {
  it("is a sentence in both languages, whatever is missing", async () => {
    const { statement } = await import("./statement");
    const full = event({ actors: [who(0, 1, "France", "فرنسا"), who(2, 3, "Italy", "إيطاليا")], recipients: [who(4, 5, "Russia", "روسيا")] });
    expect(statement(full, "en")).toBe("France and Italy accused or criticised Russia");
    expect(statement(full, "ar")).toBe("توجيه فرنسا وإيطاليا اتهامًا أو انتقادًا إلى روسيا");
    expect(statement({ ...full, polarity: "negated" }, "ar")).toMatch(/^نفي: /);
    expect(statement({ ...full, modality: "future" }, "en")).toBe("Expected: France and Italy to accuse or criticise Russia");
    expect(statement(event({}), "en")).toBe("Someone not named made an accusation or a criticism");
    for (const type of ["AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"])
      for (const lang of ["ar", "en"] as const) expect(statement({ ...full, event_type: type }, lang)).not.toMatch(/[{}]|^[A-Z]{3,}$/);
  });
});

describe("time", () => {
  it("has no gaps", async () => {
    const { last, stretches } = await import("./time");
    expect(stretches("2023-11-01", "2024-02-01", "month")).toEqual(["2023-11-01", "2023-12-01", "2024-01-01", "2024-02-01"]);
    expect(stretches("2023-10-01", "2024-01-01", "quarter")).toEqual(["2023-10-01", "2024-01-01"]);
    expect(last("2024-02-01", "month")).toBe("2024-02-29");
    expect(last("2024-02-26", "week")).toBe("2024-03-03");
  });
});

describe("filters", () => {
  it("stand in the address and go along", async () => {
    const { chosen, cleared, filtered, filters, without } = await import("./filters");
    expect(filters()).toEqual({ type: ["ASSAULT", "ACCUSE"], q: "x" });
    expect(chosen()).toHaveLength(3);
    expect(without("type", "ASSAULT")).toBe("/events?lang=ar&type=ACCUSE&q=x&sort=type");
    expect(cleared()).toBe("/events?lang=ar&sort=type");
    expect(filtered("/actors")).toBe("/actors?type=ASSAULT&type=ACCUSE&lang=ar");
  });
});

describe("tables", () => {
  it("are written so that a spreadsheet runs nothing", async () => {
    const { csv } = await import("./save");
    expect(csv(["a", "b"], [["=1+1", 'say "x", y'], [-2, null]])).toBe("a,b\r\n'=1+1,\"say \"\"x\"\", y\"\r\n-2,\r\n");
  });
});

describe("the network", () => {
  it("stands the same every time, inside its box", async () => {
    const { labels, layout } = await import("./pages/network/layout");
    const names = ["a", "b", "c", "d"];
    const network = { nodes: names.map((id, index) => ({ entity_id: id, as_actor: index + 1, as_recipient: 0 })), edges: [{ source: "a", target: "b" }, { source: "b", target: "c" }] } as never;
    const [one, other] = [layout(network, 600, 500), layout(network, 600, 500)];
    for (const id of names) {
      expect([one.get(id)!.x, one.get(id)!.y]).toEqual([other.get(id)!.x, other.get(id)!.y]);
      expect(one.get(id)!.x).toBeGreaterThan(0);
      expect(one.get(id)!.x).toBeLessThan(600);
    }
    expect(labels(one, (id) => 7 * id.length, null, 600).map((label) => label.id).sort()).toEqual(names);
  });
});
