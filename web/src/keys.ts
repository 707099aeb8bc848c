// Single keys as shortcuts: not while somebody types, not under a dialog, and only where the reader wants them.
import { settings } from "./settings.svelte";

const TYPING = "input, textarea, select, [contenteditable], [role=application], [role=listbox]";

/** The letter or sign that was pressed, whatever the layout: Arabic keyboards send Arabic letters for the same keys. */
export function letter(event: Pick<KeyboardEvent, "key" | "code">): string {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.key === "؟") return "?";
  if (/^[\u0660-\u0669]$/.test(event.key)) return String(event.key.charCodeAt(0) - 0x660);
  const key = /^Key([A-Z])$/.exec(event.code)?.[1];
  return key && event.key.length <= 2 && !/^[ -~]$/.test(event.key) ? key.toLowerCase() : event.key;
}

/** The shortcut that a key press means on a page; null where it means something else. */
export function shortcut(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING) || document.querySelector("dialog[open]")) return null;
  if (event.key === "Escape") return "Escape";
  return settings.keys ? letter(event) : null;
}
