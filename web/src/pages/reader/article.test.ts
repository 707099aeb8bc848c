import { describe, expect, it } from "vitest";
import { around, blocks, sentenceAt } from "./article";

const text = "كتب أحمد\nبيروت - قال 🙂 أول. وقال ثانٍ.\nصورة للجسر";
const letters = Array.from(text);
const at = (words: string) => Array.from(text.slice(0, text.indexOf(words))).length;
const span = (words: string) => ({ start: at(words), end: at(words) + Array.from(words).length });
const article = {
  title: "عنوان 🙂 المقال",
  text,
  credit: ["كتب أحمد"],
  paragraphs: [span("كتب أحمد"), span("بيروت - قال 🙂 أول. وقال ثانٍ."), span("صورة للجسر")],
  sentences: [
    { part: "title" as const, sentence: 0, role: "headline", start: 0, end: 14 },
    { part: "text" as const, sentence: 0, role: "body", ...span("قال 🙂 أول.") },
    { part: "text" as const, sentence: 1, role: "body", ...span("وقال ثانٍ.") },
  ],
};

describe("the blocks of an article", () => {
  const found = blocks(article);
  it("have their roles", () => {
    expect(found.map((block) => block.role)).toEqual(["headline", "byline", "body", "caption"]);
  });
  it("are cut at sentences, each one segment", () => {
    expect(found[2]!.segments.map((each) => [each.text, each.sentence])).toEqual([["بيروت - ", null], ["قال 🙂 أول.", 0], [" ", null], ["وقال ثانٍ.", 1]]);
  });
  it("lose nothing but line breaks", () => {
    const kept = found.slice(1).map((block) => block.segments.map((each) => each.text).join(""));
    expect(kept.join("\n")).toBe(text);
  });
  it("keep the offsets of the server", () => {
    for (const block of found.slice(1)) for (const each of block.segments) expect(letters.slice(each.start, each.end).join("")).toBe(each.text);
  });
  it("show a sentence over a line break in two segments, numbered once", () => {
    const broken = { title: "", text: "قال\nأول.", credit: [], paragraphs: [{ start: 0, end: 3 }, { start: 4, end: 8 }], sentences: [{ part: "text" as const, sentence: 0, role: "body", start: 0, end: 8 }] };
    expect(blocks(broken).map((block) => block.segments.map((each) => [each.text, each.sentence, each.first]))).toEqual([[["قال", 0, true]], [["أول.", 0, false]]]);
  });
});

describe("the sentences around", () => {
  it("are those before and after", () => {
    expect(around(article, "text", 1).map((each) => each.text)).toEqual(["قال 🙂 أول.", "وقال ثانٍ."]);
    expect(around(article, "title", 0)).toHaveLength(1);
  });
  it("are found from a place", () => {
    expect(sentenceAt(article, "text", at("ثانٍ"))).toBe(1);
    expect(sentenceAt(article, "text", 0)).toBe(0);
  });
});
