-- From the temporary table `search_batch` (doc_id, part, sentence, role, folded), the sentences of documents that are not indexed, into
-- the tables of search.sql.

CREATE OR REPLACE TEMP TABLE search_numbered AS
SELECT doc_id, (last.doc + row_number() OVER (ORDER BY doc_id))::INTEGER AS doc
FROM (SELECT DISTINCT doc_id FROM search_batch), (SELECT coalesce(max(doc), 0) AS doc FROM search_documents) last;

CREATE OR REPLACE TEMP TABLE search_found AS
SELECT unnest(words) AS word, doc, sentence, generate_subscripts(words, 1)::INTEGER AS place, heading
FROM (
    SELECT n.doc, search_split(b.folded) AS words, CASE b.part WHEN 'title' THEN -1 - b.sentence ELSE b.sentence END AS sentence,
        b.part = 'title' OR b.role = 'headline' AS heading
    FROM search_batch b JOIN search_numbered n USING (doc_id)
);

INSERT INTO search_words
SELECT word, (last.number + row_number() OVER (ORDER BY word))::INTEGER
FROM (SELECT DISTINCT word FROM search_found) f ANTI JOIN search_words USING (word),
    (SELECT coalesce(max(number), 0) AS number FROM search_words) last;

INSERT INTO search_postings
SELECT w.number, f.doc, f.sentence, f.place, f.heading FROM search_found f JOIN search_words w USING (word)
ORDER BY ALL;

INSERT INTO search_documents
SELECT n.doc, n.doc_id, coalesce(f.words, 0)
FROM search_numbered n LEFT JOIN (SELECT doc, count(*)::INTEGER AS words FROM search_found GROUP BY doc) f USING (doc);

DROP TABLE search_found;
DROP TABLE search_numbered;
DROP TABLE search_batch;
