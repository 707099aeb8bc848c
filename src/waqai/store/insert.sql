-- From the temporary table `batch` (one row a document, its records as nested columns) into the tables, one statement each.

INSERT INTO documents
SELECT d.doc_id, d.text_hash, d.coder, d.title, d.url, d.outlet, d.author, d.published, d.language, d.credit, d.text,
    d.sentences, d.events, d.quotations, $run
FROM (SELECT document AS d FROM batch);

INSERT INTO sentences
SELECT s.doc_id, s.part, s.sentence, s.role, s.start, s."end", folded
FROM (SELECT unnest(sentences) AS s, unnest(folded_sentences) AS folded FROM batch);

INSERT INTO entities
SELECT e.doc_id, e.entity_id, e.kind, e.country, e.sector, e.wikidata, e.role, e.name_en, e.name_ar, folded
FROM (SELECT unnest(entities) AS e, unnest(folded_names) AS folded FROM batch);

INSERT INTO mentions
SELECT doc_id, entity_id, m.part, m.sentence, m.kind, m.start, m."end", m.text
FROM (
    SELECT e.doc_id AS doc_id, e.entity_id AS entity_id, unnest(e.mentions) AS m
    FROM (SELECT unnest(entities) AS e FROM batch)
);

INSERT INTO quotations
SELECT q.doc_id, q.part, q.sentence, q.kind, q.speaker.entity_id, q.speaker.country, q.speaker.sector, q.speaker.name_en,
    q.speaker.name_ar, q.chain[-1].anonymous, q.cue.lemma, q.start, q."end", q.text, record
FROM (SELECT unnest(quotations) AS q, unnest(quotation_lines) AS record FROM batch);
