// Offsets of the API count code points, strings of JavaScript count UTF-16 units. Every conversion goes through here.

export class Offsets {
  /** Code points in the text. */
  readonly length: number;
  /** Indices, in code points, of the characters that take two units; ascending. */
  private readonly wide: number[] = [];

  constructor(readonly text: string) {
    let point = 0;
    for (const letter of text) {
      if (letter.length === 2) this.wide.push(point);
      point += 1;
    }
    this.length = point;
  }

  /** The unit at which a code point begins; the ends of the text for what lies outside of it. */
  unit(point: number): number {
    const inside = Math.max(0, Math.min(point, this.length));
    return inside + this.count((index) => this.wide[index]! < inside);
  }

  /** The code point to which a unit belongs: for the second unit of a pair, that of the pair. */
  point(unit: number): number {
    const inside = Math.max(0, Math.min(unit, this.text.length));
    return inside - this.count((index) => this.wide[index]! + index < inside);
  }

  /** The text between two code points. */
  slice(start: number, end: number): string {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  /** How many wide characters, from the first on, satisfy a condition that holds for a beginning of them. */
  private count(holds: (index: number) => boolean): number {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
