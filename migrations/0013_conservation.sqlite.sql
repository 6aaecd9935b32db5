-- The record of a report goes only after the report itself, once its erasure is written.
DROP TRIGGER journal_sans_suppression;
CREATE TRIGGER journal_sans_suppression BEFORE DELETE ON journal
WHEN OLD.objet_type <> 'signalement'
    OR NOT EXISTS (SELECT 1 FROM signalement_efface e WHERE e.id = OLD.objet_id)
    OR EXISTS (SELECT 1 FROM signalement s WHERE s.id = OLD.objet_id)
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
