-- Two decisions at the same moment on one object took the same rank: those are put in order, and the next will run again.
ALTER TABLE journal DISABLE TRIGGER journal_sans_modification;
UPDATE journal SET rang = n.rang
FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY objet_type, objet_id ORDER BY rang, le, id) AS rang FROM journal
) AS n
WHERE journal.id = n.id AND journal.rang <> n.rang;
ALTER TABLE journal ENABLE TRIGGER journal_sans_modification;
CREATE UNIQUE INDEX journal_rang ON journal (objet_type, objet_id, rang);
DROP INDEX journal_par_objet;
