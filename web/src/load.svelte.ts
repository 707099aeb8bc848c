// Data of the server as state: asked again when what the question depends on changes, or when the reader wants what is new; the old answer stays until the new one is there.
import { Problem } from "./api";
import { news } from "./news.svelte";

export class Loaded<Shape> {
  value: Shape | undefined = $state.raw();
  problem: Problem | undefined = $state.raw();
  loading = $state(true);
  again: () => void = () => {};
}

/** Call while a component is made. `ask` may read state; it returns null when there is nothing to ask. */
export function load<Shape>(ask: (signal: AbortSignal) => Promise<Shape> | null): Loaded<Shape> {
  const loaded = new Loaded<Shape>();
  let times = $state(0);
  loaded.again = () => (times += 1);
  $effect(() => {
    void [times, news.asked];
    const control = new AbortController();
    const asked = ask(control.signal);
    loaded.loading = asked !== null;
    asked?.then(
      (value) => {
        if (control.signal.aborted) return;
        loaded.value = value;
        loaded.problem = undefined;
        loaded.loading = false;
      },
      (error: unknown) => {
        if (control.signal.aborted) return;
        loaded.problem = error instanceof Problem ? error : new Problem(0, "", String(error));
        loaded.loading = false;
      },
    );
    return () => control.abort();
  });
  return loaded;
}
