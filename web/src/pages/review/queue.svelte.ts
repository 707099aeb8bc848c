// The queue of a review: what waits, where the reviewer stands, what was decided in this visit.
import { here, refresh } from "../../about.svelte";
import { api, get, post, Problem, type Document, type Event } from "../../api";
import type { Decided } from "../../news.svelte";
import type { Query } from "../../route.svelte";
import { settings } from "../../settings.svelte";
import type { components } from "../../shapes";

export type QueueItem = components["schemas"]["QueueItem"];
export type Progress = components["schemas"]["Progress"];
type Queue = components["schemas"]["Queue"];
type Answer = components["schemas"]["Decided"];
export type Action = "accept" | "reject" | "correct" | "add" | "unsure";
/** A decision of this visit, and where its event stood. */
interface Done {
  review_id: number;
  action: Action;
  item: QueueItem | null;
  at: number;
}

const LIMIT = 30;

export class Waiting {
  items: QueueItem[] = $state.raw([]);
  at = $state(0);
  total = $state(0);
  progress: Progress | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  loading = $state(true);
  /** What happened last, for the line that tells it. */
  last: { action: Action | "undo"; event: Event | null } | null = $state.raw(null);
  done: Done[] = $state.raw([]);
  /** Who else decided about an event of the queue since it was fetched. */
  others: Record<string, string> = $state({});
  private cursor: string | null = null;
  private query: Query = {};
  private articles = new Map<string, Promise<Document>>();

  get item(): QueueItem | null {
    return this.items[this.at] ?? null;
  }

  /** Ask for the queue anew, with an event of the reviewer's choice in front. */
  async begin(query: Query, first: string | null, signal: AbortSignal): Promise<void> {
    this.loading = true;
    this.query = query;
    try {
      const [queue, chosen] = await Promise.all([get<Queue>("/review/queue", { ...query, limit: LIMIT }, signal), first ? api.event(first, signal) : null]);
      const front = chosen ? [{ event: chosen, previous_sentence: chosen.previous_sentence, next_sentence: chosen.next_sentence }] : [];
      this.items = [...front, ...queue.items.filter((item) => item.event.event_id !== first)];
      this.at = 0;
      this.take(queue);
      this.problem = null;
    } catch (error) {
      if (!signal.aborted) this.problem = asProblem(error);
    }
    if (!signal.aborted) this.loading = false;
  }
  private take(queue: Queue): void {
    this.cursor = queue.cursor;
    this.total = queue.total;
    this.progress = queue.progress;
  }
  private async more(): Promise<void> {
    if (!this.cursor || this.at < this.items.length - 5) return;
    const queue = await get<Queue>("/review/queue", { ...this.query, limit: LIMIT, cursor: this.cursor });
    const known = new Set(this.items.map((item) => item.event.event_id));
    this.items = [...this.items, ...queue.items.filter((item) => !known.has(item.event.event_id))];
    this.take(queue);
  }

  /** The article of an event; kept, because several events of one article come after each other. */
  article(id: string): Promise<Document> {
    const found = this.articles.get(id) ?? api.document(id);
    this.articles.set(id, found);
    found.catch(() => this.articles.delete(id));
    return found;
  }

  step(by: number): void {
    this.at = Math.max(0, Math.min(this.items.length - 1, this.at + by));
    void this.more().catch((error: unknown) => (this.problem = asProblem(error)));
  }
  /** Leave it for now: it comes again at the end. */
  skip(): void {
    const item = this.item;
    if (!item) return;
    this.items = [...this.items.filter((each) => each !== item), item];
    this.at = Math.min(this.at, this.items.length - 1);
  }

  /** Decide about the event in front. True when it was stored; a problem is kept otherwise. */
  async decide(action: Exclude<Action, "add">, changes: Record<string, unknown> = {}, note = ""): Promise<boolean> {
    const item = this.item;
    if (!item) return false;
    const basis = item.event.review?.review_id ?? 0;
    const answer = await this.send({ action, event_id: item.event.event_id, changes, note, basis }, item.event.event_id);
    if (!answer) return false;
    this.done = [...this.done, { review_id: answer.review_id, action, item, at: this.at }];
    this.last = { action, event: answer.event ?? item.event };
    this.articles.delete(item.event.doc_id);
    // What was corrected stays to be looked at; the rest makes room for the next.
    if (action === "correct" && answer.event) this.replace(item, { ...item, event: answer.event });
    else this.remove(item);
    if (!item.event.review || this.query.review === "unsure") this.total = Math.max(0, this.total - 1);
    await this.count();
    return true;
  }
  async add(doc_id: string, changes: Record<string, unknown>, note = ""): Promise<Event | null> {
    const answer = await this.send({ action: "add", doc_id, changes, note }, "");
    if (!answer?.event) return null;
    this.done = [...this.done, { review_id: answer.review_id, action: "add", item: null, at: this.at }];
    this.last = { action: "add", event: answer.event };
    this.articles.delete(doc_id);
    await this.count();
    return answer.event;
  }
  /** Take the last decision of this visit back; its event stands in front again. */
  async undo(): Promise<void> {
    const last = this.done.at(-1);
    if (!last) return;
    try {
      const answer = await post<Answer>("/review/undo", { review_id: last.review_id, reviewer: settings.reviewer });
      this.done = this.done.slice(0, -1);
      this.problem = null;
      this.last = { action: "undo", event: answer.event };
      if (last.item) {
        const item = { ...last.item, event: answer.event ?? last.item.event };
        const rest = this.items.filter((each) => each.event.event_id !== item.event.event_id);
        this.items = [...rest.slice(0, last.at), item, ...rest.slice(last.at)];
        this.at = Math.min(last.at, this.items.length - 1);
        this.articles.delete(item.event.doc_id);
        if (!item.event.review || this.query.review === "unsure") this.total += 1;
      }
      await this.count();
    } catch (error) {
      this.problem = asProblem(error);
    }
  }
  /** Somebody decided: tell it where the event waits here too. */
  heard(news: Decided): void {
    if (this.done.some((each) => each.review_id === news.review_id) || news.reviewer === (here.about?.reviewer ?? settings.reviewer)) return;
    if (this.items.some((item) => item.event.event_id === news.event_id)) this.others[news.event_id] = news.reviewer;
  }
  /** Look at the event in front as it is now. */
  async look(): Promise<void> {
    const item = this.item;
    if (!item) return;
    try {
      const event = await api.event(item.event.event_id);
      delete this.others[event.event_id];
      this.articles.delete(event.doc_id);
      this.problem = null;
      this.replace(item, { ...item, event });
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  private async send(body: Record<string, unknown>, id: string): Promise<Answer | null> {
    try {
      const answer = await post<Answer>("/review/decisions", { ...body, reviewer: settings.reviewer });
      this.problem = null;
      delete this.others[id];
      return answer;
    } catch (error) {
      this.problem = asProblem(error);
      return null;
    }
  }
  private replace(old: QueueItem, item: QueueItem): void {
    this.items = this.items.map((each) => (each === old ? item : each));
  }
  private remove(item: QueueItem): void {
    this.items = this.items.filter((each) => each !== item);
    this.step(0);
  }
  private async count(): Promise<void> {
    void refresh();
    try {
      this.progress = (await get<Queue>("/review/queue", { limit: 1 })).progress;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }
}

const asProblem = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, "", String(error)));
