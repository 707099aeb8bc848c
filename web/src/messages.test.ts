import { describe, expect, it } from "vitest";
import ar from "./messages/ar.json";
import en from "./messages/en.json";
import readerAr from "./messages/reader.ar.json";
import readerEn from "./messages/reader.en.json";
import reviewAr from "./messages/review.ar.json";
import reviewEn from "./messages/review.en.json";

type Message = string | Record<string, string>;
const FILES: [string, Record<string, Message>, Record<string, Message>][] = [
  ["shell", en, ar],
  ["reader", readerEn, readerAr],
  ["review", reviewEn, reviewAr],
];
const slots = (message: Message): string[] => {
  const texts = typeof message === "string" ? [message] : Object.values(message);
  return [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
};

describe.each(FILES)("messages of the %s", (_, english, arabic) => {
  it("are there in both languages", () => {
    expect(Object.keys(english).filter((key) => !(key in arabic))).toEqual([]);
    expect(Object.keys(arabic).filter((key) => !(key in english))).toEqual([]);
  });
  it("have the same placeholders", () => {
    const different = Object.keys(english).filter((key) => slots(english[key]!).join() !== slots(arabic[key]!).join());
    expect(different).toEqual([]);
  });
  it("have every plural form of their language", () => {
    for (const [language, messages] of [["en", english], ["ar", arabic]] as const) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, message] of Object.entries(messages)) if (typeof message === "object") expect([key, ...Object.keys(message).sort()]).toEqual([key, ...[...forms].sort()]);
    }
  });
  it("are written in the script of their language", () => {
    const english_ = Object.entries(english).filter(([, message]) => /[\u0600-\u06ff]/.test(JSON.stringify(message)));
    expect(english_.map(([key]) => key)).toEqual([]);
    const letters = Object.entries(arabic).filter(([key, message]) => /[A-Za-z]{3}/.test(JSON.stringify(message)) && !/[\u0600-\u06ff]/.test(JSON.stringify(message)) && !/^export\./.test(key));
    const code = letters.filter(([, message]) => slots(message).join("") !== (typeof message === "string" ? message.replace(/[^{}\w]/g, "") : ""));
    expect(code.map(([key]) => key)).toEqual([]);
  });
});
