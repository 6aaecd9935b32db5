-- Documents of a demande. Each row is one version of one document: none is ever overwritten.

-- type: of the catalogue (demande/pieces.cpp). personne: of whom, as the form names its lines; empty: of the household.
-- periode: year or month it is about, as people write it. piece: the file; null while only a paper copy was handed over.
CREATE TABLE demande_piece (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    type       TEXT NOT NULL CHECK (type <> ''),
    personne   TEXT NOT NULL DEFAULT '',
    periode    TEXT NOT NULL DEFAULT '',
    version    INTEGER NOT NULL CHECK (version >= 1),
    piece      TEXT REFERENCES piece (id),
    etat       TEXT NOT NULL CHECK (etat IN ('remise', 'deposee', 'validee', 'refusee')),
    motif      TEXT NOT NULL DEFAULT '',
    -- Last day on which the document is valid, when it says one.
    expire_le  TEXT,
    guichet    TEXT NOT NULL REFERENCES guichet (code),
    -- The day it was handed over or uploaded.
    remise_le  TEXT NOT NULL,
    cree_le    TEXT NOT NULL,
    cree_par   TEXT NOT NULL REFERENCES compte (id),
    decidee_le TEXT,
    decidee_par TEXT REFERENCES compte (id),
    UNIQUE (demande, type, personne, periode, version),
    CHECK ((etat = 'remise') = (piece IS NULL)),
    CHECK ((etat = 'refusee') = (motif <> '')),
    CHECK ((etat IN ('validee', 'refusee')) = (decidee_le IS NOT NULL))
);
CREATE INDEX demande_piece_fichier ON demande_piece (piece);
-- Paper copies still to be scanned, the oldest first (CCH R. 441-2-4-1: fifteen days).
CREATE INDEX demande_piece_a_numeriser ON demande_piece (guichet, remise_le, id) WHERE etat = 'remise';

-- Every table of a demande carries its territory, as the demande does.
ALTER TABLE demande_souhait ADD COLUMN territoire TEXT NOT NULL DEFAULT '';
UPDATE demande_souhait
SET territoire = (SELECT d.territoire FROM demande d WHERE d.id = demande_souhait.demande);
ALTER TABLE demande_version ADD COLUMN territoire TEXT NOT NULL DEFAULT '';
UPDATE demande_version
SET territoire = (SELECT d.territoire FROM demande d WHERE d.id = demande_version.demande);
