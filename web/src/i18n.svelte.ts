// What the pages say, in Arabic and English: whole sentences with {placeholders}, never glued from parts.
import arabic from "./messages/ar.json";
import english from "./messages/en.json";
import arabicReader from "./messages/reader.ar.json";
import englishReader from "./messages/reader.en.json";
import arabicReview from "./messages/review.ar.json";
import englishReview from "./messages/review.en.json";
import { route } from "./route.svelte";
import { settings, type Language } from "./settings.svelte";

const EN = { ...english, ...englishReader, ...englishReview };
const AR = { ...arabic, ...arabicReader, ...arabicReview };

/** The name of a message. One that is missing in either language does not pass `npm run check`. */
export type Key = keyof typeof EN & keyof typeof AR;
type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Values = Record<string, string | number>;

export const messages: Record<Language, Record<Key, Message>> = { en: EN, ar: AR };

/** The language of the page. */
export const language = (): Language => route.language;

/** The locale for numbers and dates: digits are the reader's choice, Arabic dates are Gregorian. */
export const locale = (lang: Language = language()): string => (lang === "ar" ? `ar-u-ca-gregory-nu-${settings.digits}` : "en-GB-u-ca-gregory");

/** A message. With a plural, `n` chooses the form; numbers are written in the digits of the language. */
export function t(key: Key, values: Values = {}, lang: Language = language()): string {
  return pattern(key, values, lang).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value, {}, lang) : value;
  });
}

function pattern(key: Key, values: Values, lang: Language): string {
  const message = messages[lang][key];
  if (message === undefined) return key;
  if (typeof message === "string") return message;
  const form = new Intl.PluralRules(lang).select(Number(values.n ?? 0));
  return message[form] ?? message.other ?? key;
}

/** Whether there is a message of that name: for names made of data, such as event types. */
export const has = (key: string): key is Key => key in EN && key in AR;

/** A number in the digits of the language. */
export function number(value: number, options: Intl.NumberFormatOptions = {}, lang: Language = language()): string {
  return new Intl.NumberFormat(locale(lang), options).format(value);
}

/** A share from 0 to 1 as a percentage. */
export const percent = (share: number, lang: Language = language()): string => number(share, { style: "percent", maximumFractionDigits: 0 }, lang);

/** A day (ISO 8601) in words: short 5 Mar 2024, long with its weekday. "" for none. */
export function day(iso: string | null | undefined, form: "short" | "long" | "month" | "year" = "short", lang: Language = language()): string {
  if (!iso) return "";
  const forms: Record<string, Intl.DateTimeFormatOptions> = {
    short: { day: "numeric", month: "short", year: "numeric" },
    long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    month: { month: "long", year: "numeric" },
    year: { year: "numeric" },
  };
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale(lang), { ...forms[form], timeZone: "UTC" }).format(date);
}

/** A moment (ISO 8601, UTC) in the reader's time zone. */
export function moment(iso: string, lang: Language = language()): string {
  const date = new Date(/[Z+]/.test(iso) ? iso : `${iso}Z`);
  return new Intl.DateTimeFormat(locale(lang), { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" }).format(date);
}

/** Words as a list of the language: "a, b and c". */
export const list = (words: string[], lang: Language = language()): string => new Intl.ListFormat(lang).format(words);

/** Compares words as the language sorts them. */
export const collate = (a: string, b: string): number => new Intl.Collator(language()).compare(a, b);
