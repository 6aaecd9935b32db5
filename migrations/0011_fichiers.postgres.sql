-- A received file now waits in an airlock until it has been checked and prepared.
-- sha256: of the content in the store; while the file waits, of the bytes received. sas, sas_cle: which airlock, under
-- which key. motif: what the antivirus found, or why nobody can read it. prochain_le: when to work on it next.
ALTER TABLE piece DROP CONSTRAINT piece_etat_check;
ALTER TABLE piece DROP CONSTRAINT piece_check;
UPDATE piece SET etat = 'quarantaine' WHERE etat <> 'saine';
ALTER TABLE piece
    ADD COLUMN motif TEXT NOT NULL DEFAULT '',
    ADD COLUMN recu_sha256 TEXT CHECK (length(recu_sha256) = 64),
    ADD COLUMN sas TEXT,
    ADD COLUMN sas_cle TEXT,
    ADD COLUMN essais INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN prochain_le TEXT,
    ADD CHECK (etat IN ('en_verification', 'recue', 'a_ranger', 'saine', 'quarantaine', 'illisible')),
    ADD CHECK (etat NOT IN ('saine', 'a_ranger') OR (type = 'image/jpeg') = (largeur IS NOT NULL)),
    ADD CHECK ((etat IN ('en_verification', 'recue', 'a_ranger')) = (prochain_le IS NOT NULL)),
    ADD CHECK ((sas IS NULL) = (sas_cle IS NULL)),
    ADD CHECK (prochain_le IS NULL OR sas IS NOT NULL);
CREATE INDEX piece_a_traiter ON piece (sas, prochain_le, id) WHERE prochain_le IS NOT NULL;
CREATE INDEX piece_au_sas ON piece (sas_cle) WHERE sas_cle IS NOT NULL;
CREATE INDEX piece_a_suivre ON piece (etat) WHERE etat <> 'saine';
