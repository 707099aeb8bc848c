// The filters that every page shares. They stand in the query string under the names of the API.
import { address, changed, route, type Query } from "./route.svelte";

/** Filters with several values, in the order in which the panel offers them. */
export const MANY = ["type", "quad", "actor", "by", "to_whom", "speaker", "country", "by_country", "to_country", "place_country", "place", "outlet"] as const;
/** Filters with one value. */
export const ONE = ["from", "to", "confidence", "polarity", "modality", "review", "q"] as const;
export const FILTERS = [...ONE, ...MANY] as const;
export type Filter = (typeof FILTERS)[number];
/** Filters whose values the server can list with counts. */
export const FACETS = ["type", "quad", "actor", "by", "to_whom", "speaker", "country", "place_country", "outlet", "polarity", "modality", "review"] as const;
export type Facet = (typeof FACETS)[number];

const several = (name: string): boolean => (MANY as readonly string[]).includes(name);

/** The filters of this page's address, to be sent to the API. */
export function filters(): Query {
  const found: Query = {};
  for (const name of FILTERS) {
    const values = route.query.getAll(name).filter(Boolean);
    if (values.length) found[name] = several(name) ? values : values[0];
  }
  return found;
}

/** The filters that are set, one entry a value. */
export function chosen(): { name: Filter; value: string }[] {
  return FILTERS.flatMap((name) => [...new Set(route.query.getAll(name).filter(Boolean))].map((value) => ({ name, value })));
}

/** Address of a page under the filters of this one, and some more. Words stay behind where they mean names: on the list of actors. */
export function filtered(path: string, more: Query = {}): string {
  const words = (path === "/actors") === (route.path === "/actors") ? {} : { q: null };
  return address(path, { ...filters(), ...words, ...more });
}

/** Address of this page without one value of a filter. */
export function without(name: Filter, value: string): string {
  return changed({ [name]: route.query.getAll(name).filter((each) => each !== value), cursor: null });
}

/** Address of this page with a value of a filter added, or taken out where it is set. */
export function toggled(name: Filter, value: string): string {
  const values = route.query.getAll(name).filter(Boolean);
  if (values.includes(value)) return without(name, value);
  return changed({ [name]: several(name) ? [...values, value] : value, cursor: null });
}

/** Address of this page without filters. */
export function cleared(): string {
  return changed({ ...Object.fromEntries(FILTERS.map((name) => [name, null])), cursor: null });
}
