-- A received file now waits in an airlock until it has been checked and prepared. SQLite cannot change the constraints
-- of a table: it is made again, its rows put back, and the references to them are checked at the end.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE piece_avant AS SELECT * FROM piece;
DROP TABLE piece;
-- sha256: of the content in the store; while the file waits, of the bytes received. sas, sas_cle: which airlock, under
-- which key. motif: what the antivirus found, or why nobody can read it. prochain_le: when to work on it next.
CREATE TABLE piece (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    nom TEXT NOT NULL CHECK (nom <> ''),
    type TEXT NOT NULL CHECK (type IN (
        'image/jpeg',
        'application/pdf',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.oasis.opendocument.text',
        'application/vnd.oasis.opendocument.spreadsheet',
        'application/msword',
        'application/vnd.ms-excel',
        'text/plain')),
    taille BIGINT NOT NULL CHECK (taille > 0),
    largeur INTEGER CHECK (largeur > 0),
    hauteur INTEGER CHECK (hauteur > 0),
    miniature TEXT CHECK (length(miniature) = 64),
    depose_le TEXT NOT NULL,
    etat TEXT NOT NULL
        CHECK (etat IN ('en_verification', 'recue', 'a_ranger', 'saine', 'quarantaine', 'illisible')),
    motif TEXT NOT NULL DEFAULT '',
    recu_sha256 TEXT CHECK (length(recu_sha256) = 64),
    sas TEXT,
    sas_cle TEXT,
    essais INTEGER NOT NULL DEFAULT 0,
    prochain_le TEXT,
    CHECK ((largeur IS NULL) = (hauteur IS NULL)),
    CHECK ((largeur IS NULL) = (miniature IS NULL)),
    CHECK (etat NOT IN ('saine', 'a_ranger') OR (type = 'image/jpeg') = (largeur IS NOT NULL)),
    CHECK ((etat IN ('en_verification', 'recue', 'a_ranger')) = (prochain_le IS NOT NULL)),
    CHECK ((sas IS NULL) = (sas_cle IS NULL)),
    CHECK (prochain_le IS NULL OR sas IS NOT NULL)
);
INSERT INTO piece (id, sha256, nom, type, taille, largeur, hauteur, miniature, depose_le, etat)
SELECT id, sha256, nom, type, taille, largeur, hauteur, miniature, depose_le,
       CASE etat WHEN 'saine' THEN 'saine' ELSE 'quarantaine' END
FROM piece_avant;
DROP TABLE piece_avant;
CREATE INDEX piece_sha256 ON piece (sha256);
CREATE INDEX piece_miniature ON piece (miniature);
CREATE INDEX piece_depose_le ON piece (depose_le, id);
CREATE INDEX piece_a_traiter ON piece (sas, prochain_le, id) WHERE prochain_le IS NOT NULL;
CREATE INDEX piece_au_sas ON piece (sas_cle) WHERE sas_cle IS NOT NULL;
CREATE INDEX piece_a_suivre ON piece (etat) WHERE etat <> 'saine';
