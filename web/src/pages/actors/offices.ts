// Offices that the actor base knows, and titles that articles give: both as stretches of time.
import type { Actor } from "../../api";
import { day, t } from "../../i18n.svelte";
import type { Language } from "../../settings.svelte";

export interface Held {
  title: string;
  /** Known from the actor base, or only from articles. */
  known: boolean;
  first: number;
  last: number;
  open: boolean;
  firstText: string;
  lastText: string;
}

/** Days and their beginnings ("2019", "2019-04") as a time, at the first or the last moment that they may mean. */
function at(text: string, end: boolean): number {
  const [year, month, date] = text.split("-").map(Number) as [number, number?, number?];
  if (date) return Date.UTC(year, month! - 1, date);
  if (month) return end ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, 1);
  return end ? Date.UTC(year, 11, 31) : Date.UTC(year, 0, 1);
}
const words = (text: string, lang: Language): string => (text.length === 4 ? day(`${text}-01-01`, "year", lang) : text.length === 7 ? day(`${text}-01`, "month", lang) : day(text, "short", lang));

/** All stretches, the earliest first. */
export function held(actor: Actor, lang: Language): Held[] {
  const now = Math.max(Date.now(), ...actor.roles.map((role) => (role.last ? at(role.last, true) : 0)));
  const offices = actor.offices.map((office) => ({
    title: office.title_en || office.office, known: true, open: !office.last, firstText: office.first ? words(office.first, lang) : "–",
    first: office.first ? at(office.first, false) : NaN, last: office.last ? at(office.last, true) : now, lastText: office.last ? words(office.last, lang) : t("actor.now", {}, lang),
  }));
  const known = new Set(offices.map((office) => office.title));
  const roles = actor.roles.filter((role) => role.first && !known.has(role.role)).map((role) => ({
    title: role.role, known: false, open: false, first: at(role.first!, false), last: at(role.last ?? role.first!, true), firstText: words(role.first!, lang), lastText: words(role.last ?? role.first!, lang),
  }));
  return [...offices, ...roles].map((row) => ({ ...row, first: Number.isNaN(row.first) ? row.last : row.first })).sort((a, b) => a.first - b.first);
}
