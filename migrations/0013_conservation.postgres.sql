-- The record of a report goes only after the report itself, once its erasure is written.
CREATE OR REPLACE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.objet_type = 'signalement'
            AND EXISTS (SELECT 1 FROM signalement_efface e WHERE e.id = OLD.objet_id)
            AND NOT EXISTS (SELECT 1 FROM signalement s WHERE s.id = OLD.objet_id)
        THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'journal is append-only';
END
$$;
