// An event as one sentence of plain language. Arabic uses verbal nouns, which need not agree in gender or number with the actor.
import type { Event } from "./api";
import { has, list, t, type Key } from "./i18n.svelte";
import { nameOf } from "./names.svelte";
import type { Language } from "./settings.svelte";

/** "The United States accused or criticised Russia." in a language, without who says so. */
export function statement(event: Event, lang: Language): string {
  const to = event.recipients.length ? ".to" : "";
  const expected = event.modality !== "actual" && event.polarity === "affirmed";
  const key = `act.${event.event_type}${expected ? ".base" : ".did"}${to}`;
  const actor = event.actors.length ? join(event.actors, lang) : t("statement.nobody", {}, lang);
  const act = has(key) ? t(key, { actor, recipient: join(event.recipients, lang) }, lang) : event.event_type;
  return t(frame(event), { act }, lang);
}

function frame(event: Event): Key {
  if (event.polarity === "negated") return "statement.negated";
  return `statement.${event.modality}` as Key;
}

function join(people: Event["actors"], lang: Language): string {
  const names = people.map((who) => isolated(nameOf(who, lang), lang));
  return list([...new Set(names)], lang);
}

/** A name of the other script must not turn the words around it: it stands between isolating marks. */
function isolated(name: string, lang: Language): string {
  const foreign = lang === "ar" ? /^[A-Za-z]/.test(name) : /^[\u0600-\u06ff]/.test(name);
  return foreign ? `\u2068${name}\u2069` : name;
}
