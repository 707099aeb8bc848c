// Why an event was coded as it was: the evidence of the record in words. A kind that has no words here is left to the record itself.
import type { Event } from "./api";
import { has, list, percent, t, type Key } from "./i18n.svelte";

export interface Reason {
  text: string;
  /** A name that people may look up: of a frame. */
  code?: string;
}

const ARABIC = /[\u0621-\u064a]/;

/** The reasons of an event: frames, the network, how its participants and sources were found, reviewers. */
export function reasons(event: Pick<Event, "evidence">): Reason[] {
  const values = (kind: string): string[] => [...new Set(event.evidence.filter((each) => each.startsWith(`${kind}:`)).map((each) => each.slice(kind.length + 1)))];
  const scores = values("model").map(Number).filter(Number.isFinite);
  const found: Reason[] = values("frame").map((code) => ({ text: t("why.frame"), code }));
  if (scores.length) found.push({ text: t("why.model", { shares: list([...new Set(scores.map((score) => percent(score)))]) }) });
  found.push(...values("rule").map((rule) => ({ text: ruled(rule) })));
  if (values("review").length || values("person").length) found.push({ text: t("why.review") });
  return found;
}

/** A rule in words: where it found a participant in the sentence, or the word of saying that led to a source. */
function ruled(rule: string): string {
  const key = `why.rule_${rule.replaceAll(" ", "_")}`;
  if (has(key)) return t(key as Key);
  const word = /^after (.*)$/.exec(rule)?.[1];
  if (word && ARABIC.test(word)) return t("why.rule_after", { word });
  return ARABIC.test(rule) ? t("why.cue", { cue: rule }) : t("why.rule");
}
