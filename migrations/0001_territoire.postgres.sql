-- Words and their beginnings by a GIN index that every PostgreSQL has; typing errors by trigrams where the extension
-- may be created (it is « trusted »: the owner of the database can), else search goes without them.
CREATE SEQUENCE lieu_rang AS INTEGER OWNED BY lieu.rang;
ALTER TABLE lieu ALTER COLUMN rang SET DEFAULT nextval('lieu_rang');

CREATE INDEX lieu_mots ON lieu USING gin (array_to_tsvector(string_to_array(recherche, ' ')));

DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX lieu_trigrammes_communes ON lieu USING gin (recherche gin_trgm_ops) WHERE type = 'municipality';
    CREATE INDEX lieu_trigrammes_voies ON lieu USING gin (recherche gin_trgm_ops) WHERE type <> 'municipality';
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: address search will not forgive typing errors';
END
$$;
