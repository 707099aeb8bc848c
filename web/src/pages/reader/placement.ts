// Where the notes beside a text stand. There is often more to say than a text is long: the notes then slip below their
// sentences, and the whole list is shifted up as the text is read, so that what is being read has its notes beside it.

export interface Note {
  /** The height of its sentence in the text. */
  anchor: number;
  height: number;
}

/** The height of each note: at its sentence, or under the note before where that is still there. */
export function settle(notes: readonly Note[], gap: number): number[] {
  const places: number[] = [];
  notes.forEach((note, index) => places.push(Math.max(note.anchor, index ? places[index - 1]! + notes[index - 1]!.height + gap : 0)));
  return places;
}

/** How far the list must go up for the notes at a height of the text to stand beside it; steady between two notes. */
export function slip(notes: readonly Note[], places: readonly number[], line: number): number {
  const drift = (index: number): number => places[index]! - notes[index]!.anchor;
  const after = notes.findIndex((note) => note.anchor > line);
  if (!notes.length || after === 0) return 0;
  if (after < 0) return drift(notes.length - 1);
  const [from, to] = [notes[after - 1]!.anchor, notes[after]!.anchor];
  return drift(after - 1) + ((line - from) / (to - from)) * (drift(after) - drift(after - 1));
}
