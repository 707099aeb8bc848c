-- The views of a store. They are made anew when a store of an older version is brought up to date.

-- The decision that stands for each event: the latest that was not taken back.
CREATE OR REPLACE VIEW decisions AS
SELECT * FROM reviews
WHERE action <> 'undo' AND review_id NOT IN (SELECT undoes FROM reviews WHERE undoes IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY review_id DESC) = 1;

-- One row an event, with its participants and sources as text: what a spreadsheet wants.
CREATE OR REPLACE VIEW event_wide AS
SELECT
    e.event_id, e.doc_id, d.published, d.outlet, e.date_from, e.date_to, e.date_precision, e.event_type,
    array_to_string(e.modes, '; ') AS modes, array_to_string(e.contexts, '; ') AS contexts, e.quad, e.intensity, e.cameo,
    a.names AS actors, a.countries AS actor_countries, a.sectors AS actor_sectors,
    r.names AS recipients, r.countries AS recipient_countries, r.sectors AS recipient_sectors,
    e.polarity, e.modality, s.names AS according_to, s.anonymous, e.place_en, e.place_country, e.latitude, e.longitude,
    e.killed, e.injured, e.confidence, d.url, a.names_ar AS actors_ar, r.names_ar AS recipients_ar, e.object_text,
    e.trigger_text, d.title,
    substring(
        CASE e.part WHEN 'title' THEN d.title ELSE d.text END,
        e.sentence_start_char + 1, e.sentence_end_char - e.sentence_start_char
    ) AS sentence_text, e.day, e.review
FROM events e
JOIN documents d USING (doc_id)
LEFT JOIN (
    SELECT event_id, string_agg(coalesce(nullif(name_en, ''), name_ar), '; ' ORDER BY position) AS names,
        string_agg(name_ar, '; ' ORDER BY position) AS names_ar, string_agg(country, '; ' ORDER BY position) AS countries,
        string_agg(sector, '; ' ORDER BY position) AS sectors
    FROM participants WHERE slot = 'actor' GROUP BY event_id
) a USING (event_id)
LEFT JOIN (
    SELECT event_id, string_agg(coalesce(nullif(name_en, ''), name_ar), '; ' ORDER BY position) AS names,
        string_agg(name_ar, '; ' ORDER BY position) AS names_ar, string_agg(country, '; ' ORDER BY position) AS countries,
        string_agg(sector, '; ' ORDER BY position) AS sectors
    FROM participants WHERE slot = 'recipient' GROUP BY event_id
) r USING (event_id)
LEFT JOIN (
    SELECT event_id, string_agg(coalesce(nullif(name_en, ''), name_ar), ' < ' ORDER BY position DESC) AS names,
        bool_or(anonymous) AS anonymous
    FROM attributions GROUP BY event_id
) s USING (event_id);

-- One row an event of an earlier coding.
CREATE OR REPLACE VIEW earlier_events AS
SELECT doc_id, text_hash, coder, by_doc_id, replaced_at, record ->> '$.event_id' AS event_id, record ->> '$.event_type' AS event_type,
    (record -> '$.trigger.start')::INTEGER AS trigger_start_char, record ->> '$.trigger.text' AS trigger_text,
    record ->> '$.polarity' AS polarity, record ->> '$.modality' AS modality, (record -> '$.confidence')::DOUBLE AS confidence, record
FROM (SELECT * EXCLUDE records, unnest(records)::JSON AS record FROM earlier);

-- What a later coding made of the same text: events that both have, events gone, events new. Events are the same by trigger and type.
CREATE OR REPLACE VIEW coding_changes AS
WITH before AS (
    SELECT e.* FROM earlier_events e JOIN documents d USING (doc_id, text_hash)
), recoded AS (
    SELECT DISTINCT e.doc_id, e.coder, e.replaced_at FROM earlier e JOIN documents d USING (doc_id, text_hash)
), now AS (
    SELECT r.coder, r.replaced_at, v.doc_id, v.event_id, v.event_type, v.trigger_text, v.record::JSON AS record, d.coder AS coder_now
    FROM recoded r JOIN documents d USING (doc_id) LEFT JOIN events v USING (doc_id)
)
SELECT coalesce(b.doc_id, n.doc_id) AS doc_id, coalesce(b.event_id, n.event_id) AS event_id,
    CASE WHEN n.event_id IS NULL THEN 'gone' WHEN b.event_id IS NULL THEN 'new' ELSE 'kept' END AS change,
    coalesce(n.event_type, b.event_type) AS event_type, coalesce(n.trigger_text, b.trigger_text) AS trigger_text,
    coalesce(b.coder, n.coder) AS coder, coalesce(b.replaced_at, n.replaced_at) AS replaced_at, b.record AS record_before, n.record AS record_now
FROM before b FULL JOIN (SELECT * FROM now WHERE event_id IS NOT NULL) n
    ON n.doc_id = b.doc_id AND n.event_id = b.event_id AND n.coder = b.coder AND n.replaced_at = b.replaced_at;

-- Where an article stands: with its copies, one row an outlet and address.
CREATE OR REPLACE VIEW appearances AS
SELECT doc_id AS of_doc_id, doc_id, outlet, url, title, published, 1.0 AS share FROM documents
UNION ALL
SELECT of_doc_id, doc_id, outlet, url, title, published, share FROM copies;
