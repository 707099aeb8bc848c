-- From the temporary table `event_batch` (one row an event: its record as nested columns `e` and as text, what its document
-- says, and what a reviewer decided) into the tables of events.

INSERT INTO events
SELECT e.event_id, e.doc_id, e.part, e.sentence, e.sentence_span.start, e.sentence_span."end", e.event_type, e.modes,
    e.contexts, e.quad, e.intensity, e.cameo, e.polarity, e.modality, e.time."from", e.time."to", e.time.precision,
    e.place.name_en, e.place.name_ar, e.place.country, e.place.lat, e.place.lon, e.place.geonames_id,
    e.casualties.killed, e.casualties.injured, e.confidence, e.evidence, e.coder, e.trigger.start, e.trigger."end",
    e.trigger.lemma, e.trigger.text, e.object.text, record,
    published, outlet, coalesce(e.time."from"::DATE, published::DATE), review
FROM event_batch;

INSERT INTO participants
SELECT event_id, doc_id, 'actor', position, p.entity_id, p.kind, p.country, p.sector, p.role, p.name_en, p.name_ar,
    p.start, p."end", p.text
FROM (
    SELECT e.event_id AS event_id, e.doc_id AS doc_id, unnest(e.actors) AS p,
        unnest(range(len(e.actors))) AS position
    FROM event_batch
)
UNION ALL
SELECT event_id, doc_id, 'recipient', position, p.entity_id, p.kind, p.country, p.sector, p.role, p.name_en, p.name_ar,
    p.start, p."end", p.text
FROM (
    SELECT e.event_id AS event_id, e.doc_id AS doc_id, unnest(e.recipients) AS p,
        unnest(range(len(e.recipients))) AS position
    FROM event_batch
);

INSERT INTO attributions
SELECT event_id, doc_id, position, s.entity_id, s.kind, s.country, s.sector, s.role, s.name_en, s.name_ar, s.anonymous,
    s.cue, s.start, s."end", s.text
FROM (
    SELECT e.event_id AS event_id, e.doc_id AS doc_id, unnest(e.attribution) AS s,
        unnest(range(len(e.attribution))) AS position
    FROM event_batch
);
