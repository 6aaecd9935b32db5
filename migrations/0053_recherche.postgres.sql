CREATE SEQUENCE signalement_mots_rang AS INTEGER OWNED BY signalement_mots.rang;
ALTER TABLE signalement_mots ALTER COLUMN rang SET DEFAULT nextval('signalement_mots_rang');

-- What waits to be put into the index is read whole by each search: no more than a few hundred reports.
CREATE INDEX signalement_mots_index ON signalement_mots USING gin (array_to_tsvector(string_to_array(mots, ' ')))
    WITH (gin_pending_list_limit = 256);
