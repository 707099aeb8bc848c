// What the server serves: asked once, and again when a write is heard of.
import { api, type About } from "./api";

class Here {
  about: About | undefined = $state.raw();
}
export const here = new Here();

export async function refresh(): Promise<void> {
  try {
    here.about = await api.about();
  } catch {
    /* The pages say themselves what they could not get. */
  }
}
