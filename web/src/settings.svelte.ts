// What a reader chose for all visits: kept in this browser, never sent. What belongs to a page stands in its address instead.

export type Language = "ar" | "en";
export type Theme = "system" | "light" | "dark";
export type Digits = "latn" | "arab";

interface Kept {
  lang: Language | null;
  theme: Theme;
  digits: Digits;
  /** Time runs with the page (right to left in Arabic), or always from left to right. */
  flow: "page" | "ltr";
  columns: string[] | null;
  reviewer: string;
  /** Whether single letters are shortcuts (WCAG 2.1.4: they can be switched off). */
  keys: boolean;
}

const BEGINNING: Kept = { lang: null, theme: "system", digits: "latn", flow: "page", columns: null, reviewer: "", keys: true };

function read(): Kept {
  try {
    return { ...BEGINNING, ...(JSON.parse(localStorage.getItem("waqai") ?? "{}") as Partial<Kept>) };
  } catch {
    return { ...BEGINNING };
  }
}

export const settings: Kept = $state(read());

/** Change a setting and keep it. Where the browser keeps nothing, it holds for this visit. */
export function keep<Name extends keyof Kept>(name: Name, value: Kept[Name]): void {
  settings[name] = value;
  try {
    localStorage.setItem("waqai", JSON.stringify(settings));
  } catch {
    /* Private windows may refuse; the setting still holds until the page is left. */
  }
}
