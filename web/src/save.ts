// Files made in the browser: pictures as SVG, tables as CSV.

function offer(name: string, content: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A table as CSV (RFC 4180). Cells that a spreadsheet would run begin with an apostrophe. */
export function csv(heads: string[], rows: (string | number | null)[][]): string {
  const cell = (value: string | number | null): string => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

export const saveCsv = (name: string, heads: string[], rows: (string | number | null)[][]): void => offer(`waqai-${name}.csv`, csv(heads, rows), "text/csv;charset=utf-8");

const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "opacity", "font-size", "font-weight", "text-anchor", "direction"];

/** The first picture inside an element, with its colours written into it; text stays text. */
export function saveSvg(name: string, inside: Element): void {
  const shown = inside.querySelector("svg");
  if (!shown) return;
  const copy = shown.cloneNode(true) as SVGSVGElement;
  const from = [shown, ...shown.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, index) => {
    const style = getComputedStyle(from[index]!);
    for (const property of KEPT) element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute("class");
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "IBM Plex Sans Arabic, sans-serif");
  const box = shown.getBoundingClientRect();
  copy.setAttribute("width", String(Math.round(box.width)));
  copy.setAttribute("height", String(Math.round(box.height)));
  offer(`waqai-${name}.svg`, new XMLSerializer().serializeToString(copy), "image/svg+xml");
}
