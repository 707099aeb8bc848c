// The API, typed. shapes.d.ts is made from /api/v1/openapi.json (npx openapi-typescript).
import { encode, type Query } from "./route.svelte";
import type { components } from "./shapes";

type Shapes = components["schemas"];
export type About = Shapes["About"];
export type TypeInfo = Shapes["TypeInfo"];
export type Event = Shapes["Event"];
export type EventDetail = Shapes["EventDetail"];
export type EventPage = Shapes["EventPage"];
export type Participant = Shapes["ParticipantWords"];
export type Source = Shapes["SourceWords"];
export type Span = Shapes["Span"];
export type Change = Shapes["Change"];
export type DocumentRow = Shapes["DocumentRow"];
export type DocumentPage = Shapes["DocumentPage"];
export type Document = Shapes["Document"];
export type Appearance = Shapes["Appearance"];
export type Version = Shapes["Version"];
export type Versions = Shapes["Versions"];
export type Comparison = Shapes["Comparison"];
export type Piece = Shapes["Piece"];
export type EventChange = Shapes["EventChange"];
export type Quotation = Shapes["Quotation"];
export type Entity = Shapes["Entity"];
export type Overview = Shapes["Overview"];
export type Bin = Shapes["Bin"];
export type Who = Shapes["Who"];
export type ActorRow = Shapes["ActorRow"];
export type ActorPage = Shapes["ActorPage"];
export type Actor = Shapes["Actor"];
export type Network = Shapes["Network"];
export type Edge = Shapes["Edge"];
export type Slice = Shapes["Slice"];
export type MapAnswer = Shapes["MapAnswer"];
export type PlaceRow = Shapes["PlaceRow"];
export type CountryRow = Shapes["CountryRow"];
export type Outlets = Shapes["Outlets"];
export type OutletRow = Shapes["OutletRow"];
export type Facets = Shapes["Facets"];
export type Count = Shapes["Count"];
export type Schema = Shapes["Schema"];
export type SqlAnswer = Shapes["SqlAnswer"];

const PREFIX = "/api/v1";

/** What went wrong, in the server's words: a permanent code, the message, where, and what to do. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly where = "",
    readonly advice = "",
  ) {
    super(message);
  }
}

async function answer<Shape>(path: string, options: RequestInit): Promise<Shape> {
  let response: Response;
  try {
    response = await fetch(PREFIX + path, options);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "", "");
  }
  if (response.status === 204) return undefined as Shape;
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as Shape;
  const error = (body as { error?: { code: string; message: string; where?: string; advice?: string } } | null)?.error;
  throw new Problem(response.status, error?.code ?? "", error?.message ?? response.statusText, error?.where, error?.advice);
}

/** GET an answer of the API. */
export function get<Shape>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Shape> {
  return answer<Shape>(path + encode(query), { signal: signal ?? null, headers: { Accept: "application/json" } });
}

/** POST to the API; our header tells the server that the request came from these pages. */
export function post<Shape>(path: string, body: unknown, signal?: AbortSignal): Promise<Shape> {
  const headers = { "X-Waqai": "1", "Content-Type": "application/json" };
  return answer<Shape>(path, { method: "POST", body: JSON.stringify(body), headers, signal: signal ?? null });
}

const id = encodeURIComponent;

export const api = {
  about: (signal?: AbortSignal) => get<About>("/about", {}, signal),
  overview: (query: Query, signal?: AbortSignal) => get<Overview>("/overview", query, signal),
  events: (query: Query, signal?: AbortSignal) => get<EventPage>("/events", query, signal),
  event: (eventId: string, signal?: AbortSignal) => get<EventDetail>(`/events/${id(eventId)}`, {}, signal),
  documents: (query: Query, signal?: AbortSignal) => get<DocumentPage>("/documents", query, signal),
  document: (docId: string, signal?: AbortSignal) => get<Document>(`/documents/${id(docId)}`, {}, signal),
  versions: (docId: string, signal?: AbortSignal) => get<Versions>(`/versions/${id(docId)}`, {}, signal),
  actors: (query: Query, signal?: AbortSignal) => get<ActorPage>("/actors", query, signal),
  actor: (entityId: string, query: Query, signal?: AbortSignal) => get<Actor>(`/actors/${id(entityId)}`, query, signal),
  network: (query: Query, signal?: AbortSignal) => get<Network>("/network", query, signal),
  map: (query: Query, signal?: AbortSignal) => get<MapAnswer>("/map", query, signal),
  outlets: (query: Query, signal?: AbortSignal) => get<Outlets>("/outlets", query, signal),
  facets: (query: Query, signal?: AbortSignal) => get<Facets>("/facets", query, signal),
  schema: (signal?: AbortSignal) => get<Schema>("/schema", {}, signal),
  sql: (sql: string, signal?: AbortSignal) => post<SqlAnswer>("/sql", { sql, parameters: {} }, signal),
  code: (article: { text: string; title?: string; date?: string | null; outlet?: string }, signal?: AbortSignal) => post<Document>("/code", article, signal),
  session: (token: string) => post<void>("/session", { token }),
};

/** The address of a file of the events that a query lets through. */
export const exportAddress = (query: Query): string => `${PREFIX}/events/export${encode(query)}`;
