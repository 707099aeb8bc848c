// News of the server, while somebody looks: a browser has few connections to one server for all its tabs. What others add waits
// here until the reader asks for it, so that nothing moves under the eyes.
import { here, refresh } from "./about.svelte";

export interface Decided {
  event_id: string;
  reviewer: string;
  review_id: number;
}

class News {
  /** Events that came since the pages asked. */
  events = $state(0);
  /** How often the reader asked for what is new; answers depend on it. */
  asked = $state(0);
}
export const news = new News();

const reviewers = new Set<(decided: Decided) => void>();
let stream: EventSource | null = null;

/** Hear of decisions; gives back what ends it. */
export function onDecision(hear: (decided: Decided) => void): () => void {
  reviewers.add(hear);
  return () => reviewers.delete(hear);
}

/** Ask for everything anew. */
export function show(): void {
  news.events = 0;
  news.asked += 1;
  void refresh();
}

/** Nothing new is wanted for now. */
export const later = (): void => void (news.events = 0);

/** Listen as long as the page is seen. Call once. */
export function listen(): void {
  document.addEventListener("visibilitychange", () => void follow());
  void follow();
}

async function follow(): Promise<void> {
  stream?.close();
  stream = document.hidden ? null : open();
  const before = here.about?.events;
  if (!stream || before === undefined) return;
  // What came while nobody looked is not sent again.
  await refresh();
  news.events += Math.max(0, (here.about?.events ?? before) - before);
}

function open(): EventSource {
  const opened = new EventSource("/api/v1/stream");
  opened.addEventListener("events", (message) => (news.events += (JSON.parse(message.data as string) as { events: string[] }).events.length));
  opened.addEventListener("decision", (message) => {
    for (const hear of reviewers) hear(JSON.parse(message.data as string) as Decided);
  });
  return opened;
}
