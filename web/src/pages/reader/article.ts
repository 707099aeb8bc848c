// An article as the reader sets it: blocks of text with their roles, cut at the edges of sentences.
import type { Document, Span } from "../../api";
import { Offsets } from "../../offsets";

export type Part = "text" | "title";
export type Role = "headline" | "deck" | "byline" | "dateline" | "highlight" | "body" | "pull quote" | "caption";

/** A stretch that is one text node on the page: a sentence, or what stands between sentences. */
export interface Segment extends Span {
  part: Part;
  text: string;
  /** The index of its sentence; null between sentences. */
  sentence: number | null;
  /** Whether the sentence begins here: one that runs over a line break has several segments. */
  first: boolean;
}
export interface Block {
  role: Role;
  segments: Segment[];
}
type Article = Pick<Document, "title" | "text" | "paragraphs" | "sentences" | "credit">;

/** The blocks of an article, the headline first. Every character of text and title outside of line breaks is in one of them. */
export function blocks(article: Article): Block[] {
  const text = new Offsets(article.text);
  const title = new Offsets(article.title);
  const found = article.paragraphs.map((paragraph) => block(article, "text", text, paragraph));
  if (title.length) found.unshift({ ...block(article, "title", title, { start: 0, end: title.length }), role: "headline" });
  return found;
}

/** The sentence with that index and the sentences around it, as segments; fewer at the edges. */
export function around(article: Article, part: Part, sentence: number, reach = 1): Segment[] {
  const whole = new Offsets(part === "title" ? article.title : article.text);
  return article.sentences
    .filter((each) => each.part === part && Math.abs(each.sentence - sentence) <= reach)
    .sort((a, b) => a.start - b.start)
    .map((each) => ({ part, start: each.start, end: each.end, text: whole.slice(each.start, each.end), sentence: each.sentence, first: true }));
}

/** The sentence in which a place of the text lies; the nearest one before it where it lies in none. */
export function sentenceAt(article: Pick<Document, "sentences">, part: Part, at: number): number {
  const before = article.sentences.filter((each) => each.part === part && each.start <= at);
  return before.reduce((last, each) => Math.max(last, each.sentence), 0);
}

function block(article: Article, part: Part, whole: Offsets, span: Span): Block {
  const inside = article.sentences.filter((each) => each.part === part && each.start < span.end && each.end > span.start).sort((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let at = span.start;
  const add = (end: number, sentence: number | null, first: boolean): void => {
    if (end > at) segments.push({ part, start: at, end, text: whole.slice(at, end), sentence, first });
    at = Math.max(at, end);
  };
  for (const each of inside) {
    add(Math.min(each.start, span.end), null, false);
    add(Math.min(each.end, span.end), each.sentence, each.start >= span.start);
  }
  add(span.end, null, false);
  return { role: (inside[0]?.role as Role | undefined) ?? unread(article, whole.slice(span.start, span.end)), segments };
}

/** The coder reads no sentences in credits and captions. */
const unread = (article: Article, text: string): Role => (article.credit.includes(text.trim()) ? "byline" : "caption");
