// Where we are: path and query string are the whole state of a page, so that every address can be shared.
import { settings, type Language } from "./settings.svelte";

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  /** What the page shows, once it is known: the name of an actor, the statement of an event. */
  name = $state("");
  language: Language = $derived(languageOf(this.query));

  /** One value of the query string. */
  get(name: string): string | null {
    return this.query.get(name);
  }
}

function languageOf(query: URLSearchParams): Language {
  const asked = query.get("lang") ?? settings.lang ?? (/^ar\b/.test(navigator.language) ? "ar" : "en");
  return asked === "ar" ? "ar" : "en";
}

export const route = new Route();

/** A query as a string that begins with "?", or "" for an empty one. Null, undefined and "" are left out. */
export function encode(query: Query): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? (value as string[]) : [value as string | null | undefined])
      if (each !== null && each !== undefined && each !== "") pairs.append(name, String(each));
  const text = pairs.toString();
  return text && `?${text}`;
}

/** The address of a page, in the language that is being read. */
export function address(path: string, query: Query = {}): string {
  return path + encode({ ...query, lang: query.lang ?? route.get("lang") });
}

/** The address of this page with some of its query changed; null takes a value out. */
export function changed(changes: Query): string {
  const query: Query = {};
  for (const name of route.query.keys()) query[name] = route.query.getAll(name);
  return route.path + encode({ ...query, ...changes });
}

/** Go to an address of ours. `replace` leaves no step back; `still` keeps the scroll position and the focus. */
export function go(href: string, { replace = false, still = false } = {}): void {
  const url = new URL(href, location.href);
  history[replace ? "replaceState" : "pushState"](null, "", url);
  follow();
  if (!still) arrive();
}

function follow(): void {
  if (route.path !== location.pathname) {
    route.path = location.pathname;
    route.name = "";
  }
  if (route.query.toString() !== new URLSearchParams(location.search).toString()) route.query = new URLSearchParams(location.search);
}

/** A new page begins at its top, for eyes and for screen readers. */
function arrive(): void {
  scrollTo(0, 0);
  document.getElementById("main")?.focus({ preventScroll: true });
}

/** Let links of ours change the page without loading it anew. Call once. */
export function listen(): void {
  addEventListener("popstate", follow);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname.startsWith("/api/") || (url.hash && url.pathname === location.pathname)) return;
    event.preventDefault();
    go(link.href, { still: link.hasAttribute("data-still") });
  });
}
