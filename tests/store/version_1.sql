-- The tables of a store, version 1. Offsets count code points of documents.text, or of documents.title where part is
-- 'title'; the end is not included. A column of characters is named ..._char, one of days ..._date or date_....

CREATE TABLE IF NOT EXISTS about (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS runs (
    run_id VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP, coder VARCHAR NOT NULL,
    documents INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0,
    quotations INTEGER NOT NULL DEFAULT 0, issues INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS documents (
    doc_id VARCHAR PRIMARY KEY, text_hash VARCHAR NOT NULL, coder VARCHAR NOT NULL, title VARCHAR, url VARCHAR, outlet VARCHAR,
    author VARCHAR, published DATE, language VARCHAR, credit VARCHAR[], text VARCHAR NOT NULL, sentences INTEGER,
    events INTEGER, quotations INTEGER, run_id VARCHAR
);

CREATE TABLE IF NOT EXISTS sentences (
    doc_id VARCHAR NOT NULL, part VARCHAR, sentence INTEGER, role VARCHAR, start_char INTEGER, end_char INTEGER
);

CREATE TABLE IF NOT EXISTS entities (
    doc_id VARCHAR NOT NULL, entity_id VARCHAR NOT NULL, kind VARCHAR, country VARCHAR, sector VARCHAR, wikidata VARCHAR,
    role VARCHAR, name_en VARCHAR, name_ar VARCHAR
);

CREATE TABLE IF NOT EXISTS mentions (
    doc_id VARCHAR NOT NULL, entity_id VARCHAR NOT NULL, part VARCHAR, sentence INTEGER, kind VARCHAR, start_char INTEGER,
    end_char INTEGER, text VARCHAR
);

CREATE TABLE IF NOT EXISTS events (
    event_id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, part VARCHAR, sentence INTEGER, sentence_start_char INTEGER,
    sentence_end_char INTEGER, event_type VARCHAR, modes VARCHAR[], contexts VARCHAR[], quad VARCHAR, intensity DOUBLE,
    cameo VARCHAR, polarity VARCHAR, modality VARCHAR, date_from DATE, date_to DATE, date_precision VARCHAR,
    place_en VARCHAR, place_ar VARCHAR, place_country VARCHAR, latitude DOUBLE, longitude DOUBLE, geonames_id BIGINT,
    killed INTEGER, injured INTEGER, confidence DOUBLE, evidence VARCHAR[], coder VARCHAR, trigger_start_char INTEGER,
    trigger_end_char INTEGER, trigger_lemma VARCHAR, trigger_text VARCHAR, object_text VARCHAR, record VARCHAR
);

CREATE TABLE IF NOT EXISTS participants (
    event_id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, slot VARCHAR, position INTEGER, entity_id VARCHAR, kind VARCHAR,
    country VARCHAR, sector VARCHAR, role VARCHAR, name_en VARCHAR, name_ar VARCHAR, start_char INTEGER, end_char INTEGER,
    text VARCHAR
);

CREATE TABLE IF NOT EXISTS attributions (
    event_id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, position INTEGER, entity_id VARCHAR, kind VARCHAR, country VARCHAR,
    sector VARCHAR, role VARCHAR, name_en VARCHAR, name_ar VARCHAR, anonymous BOOLEAN, cue VARCHAR, start_char INTEGER,
    end_char INTEGER, text VARCHAR
);

CREATE TABLE IF NOT EXISTS quotations (
    doc_id VARCHAR NOT NULL, part VARCHAR, sentence INTEGER, kind VARCHAR, speaker_id VARCHAR, speaker_country VARCHAR,
    speaker_sector VARCHAR, speaker_en VARCHAR, speaker_ar VARCHAR, anonymous BOOLEAN, cue VARCHAR, start_char INTEGER,
    end_char INTEGER, text VARCHAR, record VARCHAR
);

CREATE TABLE IF NOT EXISTS issues (
    run_id VARCHAR, code VARCHAR, level VARCHAR, fatal BOOLEAN, place VARCHAR, message VARCHAR, advice VARCHAR
);

-- One row an event, with its participants and sources as text: what a spreadsheet wants.
CREATE VIEW IF NOT EXISTS event_wide AS
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
    ) AS sentence_text
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
