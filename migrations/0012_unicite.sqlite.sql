-- Two decisions at the same moment on one object took the same rank: those are put in order, and the next will run again.
DROP TRIGGER journal_sans_modification;
UPDATE journal SET rang = n.rang
FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY objet_type, objet_id ORDER BY rang, le, id) AS rang FROM journal
) AS n
WHERE journal.id = n.id AND journal.rang <> n.rang;
CREATE TRIGGER journal_sans_modification BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
CREATE UNIQUE INDEX journal_rang ON journal (objet_type, objet_id, rang);
DROP INDEX journal_par_objet;
