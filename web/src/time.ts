// Stretches of time as the server makes them: where they begin and end, and how they are called.
import { day } from "./i18n.svelte";
import { settings, type Language } from "./settings.svelte";

export type Step = "day" | "week" | "month" | "quarter" | "year";
const DAY = 86_400_000;

export const date = (iso: string): Date => new Date(`${iso.slice(0, 10)}T00:00:00Z`);
export const iso = (at: Date): string => at.toISOString().slice(0, 10);

/** The beginning of the next stretch. */
export function next(start: string, step: Step): string {
  const at = date(start);
  if (step === "day") return iso(new Date(at.getTime() + DAY));
  if (step === "week") return iso(new Date(at.getTime() + 7 * DAY));
  const months = { month: 1, quarter: 3, year: 12 }[step];
  return iso(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)));
}

/** The last day of a stretch. */
export const last = (start: string, step: Step): string => iso(new Date(date(next(start, step)).getTime() - DAY));

/** Every stretch from one to another, both included. */
export function stretches(first: string, final: string, step: Step): string[] {
  const found: string[] = [];
  for (let at = first; at <= final && found.length < 2000; at = next(at, step)) found.push(at);
  return found;
}

/** How a stretch is called: a day, "March 2024", "2024". */
export function called(start: string, step: Step, lang?: Language): string {
  if (step === "day" || step === "week") return day(start, "short", lang);
  return day(start, step === "year" ? "year" : "month", lang);
}

/** Whether time runs from right to left. */
export const backwards = (lang: Language): boolean => lang === "ar" && settings.flow === "page";

/** The first weekday as the language counts: 0 Sunday, 1 Monday, 6 Saturday. */
export const firstWeekday = (lang: Language): number => (lang === "ar" ? 6 : 1);
