// How entities, countries, types and the like are called in either language. Answers of the server teach it names as they come.
import codes from "i18n-iso-countries/codes.json";
import { SvelteMap } from "svelte/reactivity";
import { api, type About, type Facets, type TypeInfo, type Who } from "./api";
import type { Filter } from "./filters";
import { day, has, language, percent, t } from "./i18n.svelte";
import type { Language } from "./settings.svelte";

interface Called {
  ar: string;
  en: string;
}
type Named = Pick<Who, "name_ar" | "name_en"> & { text?: string; entity_id?: string };

const TWO = new Map((codes as string[][]).map(([two, three]) => [three!, two!]));
/** ISO 3166-1: the numeric code of the map's shapes to the three letters of the store. */
export const THREE = new Map((codes as string[][]).map(([, three, number]) => [number!, three!]));
const known = new SvelteMap<string, Called>();
const asked = new Set<string>();

/** What an entity is called: by its name in the language, else in the other, else by the words of the article. */
export function nameOf(who: Named, lang: Language = language()): string {
  const [first, second] = lang === "ar" ? [who.name_ar, who.name_en] : [who.name_en, who.name_ar];
  return first || second || who.text || who.entity_id || "";
}

/** Whether words are Arabic: decides language and direction of a name or a headline. One that only begins with "BBC" is. */
export const isArabic = (words: string): boolean => /[\u0621-\u064a]/.test(words);

/** Keep the names of an answer, for the chips of filters. */
export function learn(kind: "actor" | "place" | "country", value: string, called: Called): void {
  const key = `${kind} ${value}`;
  if ((called.ar || called.en) && !known.has(key)) known.set(key, called);
}

export function learnWho(people: readonly (Named & { entity_id: string })[]): void {
  for (const who of people) learn("actor", who.entity_id, { ar: who.name_ar, en: who.name_en });
}

export function learnFacets(facets: Facets): void {
  for (const [facet, counts] of Object.entries(facets.facets))
    for (const count of counts) {
      const called = { ar: count.label_ar ?? "", en: count.label_en ?? "" };
      if (["actor", "by", "to_whom", "speaker"].includes(facet)) learn("actor", count.value, called);
      if (["country", "place_country"].includes(facet)) learn("country", count.value, called);
    }
}

function called(kind: "actor" | "place" | "country", value: string, lang: Language): string {
  const found = known.get(`${kind} ${value}`);
  return found ? nameOf({ name_ar: found.ar, name_en: found.en }, lang) : "";
}

/** An actor by its identifier; asks the server for the name where no answer has brought it. */
export function actorName(id: string, lang: Language = language()): string {
  const name = called("actor", id, lang);
  if (!name && !asked.has(id)) {
    asked.add(id);
    api.actor(id, {}).then((answer) => learnWho([answer.actor]), () => undefined);
  }
  return name || id.replace(/^local:/, "");
}

/** A country (three letters, or a slot of PLOVER such as UNO). */
export function countryName(code: string, lang: Language = language()): string {
  const two = TWO.get(code);
  const key = `slot.${code}`;
  if (two) return new Intl.DisplayNames([lang], { type: "region" }).of(two) ?? code;
  return called("country", code, lang) || (has(key) ? t(key, {}, lang) : code);
}

export const placeName = (place: string, lang: Language = language()): string => called("place", place, lang) || place;

const labelled = (group: string, value: string, lang: Language): string => {
  const key = `${group}.${value}`;
  return has(key) ? t(key, {}, lang) : value;
};
export const typeName = (type: string, lang: Language = language()): string => labelled("type", type, lang);
export const typeMeaning = (type: string, lang: Language = language()): string => labelled("meaning", type, lang);
export const quadName = (quad: string, lang: Language = language()): string => labelled("quad", quad, lang);
export const kindName = (kind: string, lang: Language = language()): string => labelled("kind", kind, lang);
export const sectorName = (sector: string, lang: Language = language()): string => labelled("sector", sector, lang);
export const contextName = (context: string, lang: Language = language()): string => labelled("context", context, lang);

/** A mode in words; the codebook of the server says how it is called in Arabic. */
export function modeName(about: About | undefined, type: string, mode: string, lang: Language = language()): string {
  const found = (about?.types as TypeInfo[] | undefined)?.find((each) => each.name === type)?.modes.find((each) => each.name === mode);
  return lang === "ar" && found ? found.arabic : mode.replace("-", " ");
}

/** The value of a filter in words. */
export function valueName(name: Filter, value: string, lang: Language = language()): string {
  if (name === "type") return typeName(value, lang);
  if (name === "quad") return quadName(value, lang);
  if (name === "actor" || name === "by" || name === "to_whom" || name === "speaker") return actorName(value, lang);
  if (name === "country" || name === "by_country" || name === "to_country" || name === "place_country") return countryName(value, lang);
  if (name === "place") return placeName(value, lang);
  if (name === "from" || name === "to") return /^\d{4}-\d\d-\d\d$/.test(value) ? day(value, "short", lang) : value;
  if (name === "confidence") return Number.isFinite(Number(value)) ? percent(Number(value), lang) : value;
  return labelled(name, value, lang);
}
