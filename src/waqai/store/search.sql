-- The search index: which words stand where. A word is folded text between whatever is neither letter nor digit.

-- `number` stands for a word in search_postings. Words stay when the last text that has them goes: they are few.
CREATE TABLE IF NOT EXISTS search_words (word VARCHAR NOT NULL, number INTEGER NOT NULL);

-- One row a document that is indexed, with its length in words.
CREATE TABLE IF NOT EXISTS search_documents (doc INTEGER NOT NULL, doc_id VARCHAR NOT NULL, words INTEGER NOT NULL);

-- One row for each time that a word stands in a text: its `place` counts words within the sentence; the sentences of a title have the
-- numbers -1, -2, ..; `heading` is true in titles and headlines.
CREATE TABLE IF NOT EXISTS search_postings (
    word INTEGER NOT NULL, doc INTEGER NOT NULL, sentence INTEGER NOT NULL, place INTEGER NOT NULL, heading BOOLEAN NOT NULL
);

-- The words of a folded text, in order. Points between thousands are no boundary: 1,200,000 is one word.
CREATE OR REPLACE MACRO search_split(folded) AS
    regexp_extract_all(regexp_replace(regexp_replace(folded, '(\d),(\d{3})', '\1\2', 'g'), '(\d),(\d{3})', '\1\2', 'g'), '[\p{L}\p{N}]+');
