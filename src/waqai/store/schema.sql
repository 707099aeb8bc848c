-- The tables of a store, version 3. Offsets count code points of documents.text, or of documents.title where part is
-- 'title'; the end is not included. A column of characters is named ..._char, one of days ..._date or date_...; `day` is
-- the day of the event, else of its article; `folded` is text in one spelling, for search.

CREATE TABLE IF NOT EXISTS about (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS runs (
    run_id VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP, coder VARCHAR NOT NULL,
    documents INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0,
    quotations INTEGER NOT NULL DEFAULT 0, issues INTEGER NOT NULL DEFAULT 0, copies INTEGER NOT NULL DEFAULT 0, versions INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS documents (
    doc_id VARCHAR PRIMARY KEY, text_hash VARCHAR NOT NULL, coder VARCHAR NOT NULL, title VARCHAR, url VARCHAR, outlet VARCHAR,
    author VARCHAR, published DATE, language VARCHAR, credit VARCHAR[], text VARCHAR NOT NULL, sentences INTEGER,
    events INTEGER, quotations INTEGER, run_id VARCHAR
);

CREATE TABLE IF NOT EXISTS sentences (
    doc_id VARCHAR NOT NULL, part VARCHAR, sentence INTEGER, role VARCHAR, start_char INTEGER, end_char INTEGER,
    folded VARCHAR
);

CREATE TABLE IF NOT EXISTS entities (
    doc_id VARCHAR NOT NULL, entity_id VARCHAR NOT NULL, kind VARCHAR, country VARCHAR, sector VARCHAR, wikidata VARCHAR,
    role VARCHAR, name_en VARCHAR, name_ar VARCHAR, folded VARCHAR
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
    trigger_end_char INTEGER, trigger_lemma VARCHAR, trigger_text VARCHAR, object_text VARCHAR, record VARCHAR,
    doc_published DATE, doc_outlet VARCHAR, day DATE, review VARCHAR
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

-- What people decided about events, never changed and never deleted: `before` and `after` are records, `after` NULL for a
-- rejected event. An undo is a row of its own that names the one it takes back.
CREATE TABLE IF NOT EXISTS reviews (
    review_id BIGINT PRIMARY KEY, decided_at TIMESTAMP NOT NULL, reviewer VARCHAR NOT NULL, action VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, before VARCHAR, after VARCHAR, note VARCHAR, undoes BIGINT
);

-- What the coder said of the events that were decided about; tables and views above show what people decided.
CREATE TABLE IF NOT EXISTS originals (event_id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, record VARCHAR NOT NULL);

-- Articles that say what another one says: kept, and not coded. `share` is the share of triples of words that both have.
CREATE TABLE IF NOT EXISTS copies (
    doc_id VARCHAR NOT NULL, of_doc_id VARCHAR NOT NULL, share DOUBLE, text_hash VARCHAR NOT NULL, title VARCHAR, url VARCHAR, outlet VARCHAR,
    author VARCHAR, published DATE, text VARCHAR NOT NULL, run_id VARCHAR
);

-- Codings that stand no longer: of an earlier Waqai (`by_doc_id` is the same), or of a version that `by_doc_id` took the place of. `records` are
-- the events as they were.
CREATE TABLE IF NOT EXISTS earlier (
    doc_id VARCHAR NOT NULL, text_hash VARCHAR NOT NULL, coder VARCHAR NOT NULL, by_doc_id VARCHAR NOT NULL, replaced_at TIMESTAMP NOT NULL,
    title VARCHAR, url VARCHAR, outlet VARCHAR, author VARCHAR, published DATE, text VARCHAR NOT NULL, records VARCHAR[], run_id VARCHAR
);

-- Fingerprints of documents, some marks each (identity/fingerprints.py): those that may be the same as a new one share some.
CREATE TABLE IF NOT EXISTS fingerprints (mark BIGINT NOT NULL, doc_id VARCHAR NOT NULL);

-- Inputs that could not be read or coded, to be tried again: `content` as it was, packed by zlib.
CREATE TABLE IF NOT EXISTS quarantine (
    item_id VARCHAR PRIMARY KEY, run_id VARCHAR NOT NULL, since TIMESTAMP NOT NULL, tries INTEGER NOT NULL, place VARCHAR, code VARCHAR,
    message VARCHAR, advice VARCHAR, content BLOB NOT NULL
);
