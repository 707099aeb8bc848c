-- From the temporary table `batch` (one row a document, its records as nested columns) into the tables, one statement each.

INSERT INTO documents
SELECT d.doc_id, d.text_hash, d.coder, d.title, d.url, d.outlet, d.author, d.published, d.language, d.credit, d.text,
    d.sentences, d.events, d.quotations, $run
FROM (SELECT document AS d FROM batch);

INSERT INTO sentences
SELECT s.doc_id, s.part, s.sentence, s.role, s.start, s."end" FROM (SELECT unnest(sentences) AS s FROM batch);

INSERT INTO entities
SELECT e.doc_id, e.entity_id, e.kind, e.country, e.sector, e.wikidata, e.role, e.name_en, e.name_ar
FROM (SELECT unnest(entities) AS e FROM batch);

INSERT INTO mentions
SELECT doc_id, entity_id, m.part, m.sentence, m.kind, m.start, m."end", m.text
FROM (
    SELECT e.doc_id AS doc_id, e.entity_id AS entity_id, unnest(e.mentions) AS m
    FROM (SELECT unnest(entities) AS e FROM batch)
);

INSERT INTO events
SELECT e.event_id, e.doc_id, e.part, e.sentence, e.sentence_span.start, e.sentence_span."end", e.event_type, e.modes,
    e.contexts, e.quad, e.intensity, e.cameo, e.polarity, e.modality, e.time."from", e.time."to", e.time.precision,
    e.place.name_en, e.place.name_ar, e.place.country, e.place.lat, e.place.lon, e.place.geonames_id,
    e.casualties.killed, e.casualties.injured, e.confidence, e.evidence, e.coder, e.trigger.start, e.trigger."end",
    e.trigger.lemma, e.trigger.text, e.object.text, record
FROM (SELECT unnest(events) AS e, unnest(event_lines) AS record FROM batch);

INSERT INTO participants
SELECT event_id, doc_id, 'actor', position, p.entity_id, p.kind, p.country, p.sector, p.role, p.name_en, p.name_ar,
    p.start, p."end", p.text
FROM (
    SELECT e.event_id AS event_id, e.doc_id AS doc_id, unnest(e.actors) AS p,
        unnest(range(len(e.actors))) AS position
    FROM (SELECT unnest(events) AS e FROM batch)
)
UNION ALL
SELECT event_id, doc_id, 'recipient', position, p.entity_id, p.kind, p.country, p.sector, p.role, p.name_en, p.name_ar,
    p.start, p."end", p.text
FROM (
    SELECT e.event_id AS event_id, e.doc_id AS doc_id, unnest(e.recipients) AS p,
        unnest(range(len(e.recipients))) AS position
    FROM (SELECT unnest(events) AS e FROM batch)
);

INSERT INTO attributions
SELECT event_id, doc_id, position, s.entity_id, s.kind, s.country, s.sector, s.role, s.name_en, s.name_ar, s.anonymous,
    s.cue, s.start, s."end", s.text
FROM (
    SELECT e.event_id AS event_id, e.doc_id AS doc_id, unnest(e.attribution) AS s,
        unnest(range(len(e.attribution))) AS position
    FROM (SELECT unnest(events) AS e FROM batch)
);

INSERT INTO quotations
SELECT q.doc_id, q.part, q.sentence, q.kind, q.speaker.entity_id, q.speaker.country, q.speaker.sector, q.speaker.name_en,
    q.speaker.name_ar, q.chain[-1].anonymous, q.cue.lemma, q.start, q."end", q.text, record
FROM (SELECT unnest(quotations) AS q, unnest(quotation_lines) AS record FROM batch);
