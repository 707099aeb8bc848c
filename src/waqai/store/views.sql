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
