// Where the notes beside a text stand: each beside its sentence, or under the one before where that is still there.

export interface Note {
  /** The height at which it wants to stand. */
  anchor: number;
  height: number;
}

/** The height of each note. One that is `fixed` stands exactly there, and those above it make way as far as the top allows. */
export function settle(notes: readonly Note[], gap: number, fixed?: { index: number; at: number }): number[] {
  const places: number[] = [];
  notes.forEach((note, index) => {
    const before = index ? places[index - 1]! + notes[index - 1]!.height + gap : 0;
    places.push(Math.max(note.anchor, before));
  });
  const last = fixed ? notes[fixed.index] : undefined;
  if (!fixed || !last) return places;
  const room = notes.slice(0, fixed.index).reduce((sum, note) => sum + note.height + gap, 0);
  places[fixed.index] = Math.max(fixed.at, room);
  for (let index = fixed.index - 1; index >= 0; index -= 1) places[index] = Math.min(places[index]!, places[index + 1]! - notes[index]!.height - gap);
  for (let index = fixed.index + 1; index < notes.length; index += 1) places[index] = Math.max(notes[index]!.anchor, places[index - 1]! + notes[index - 1]!.height + gap);
  return places;
}
