-- Demandes exchanged with the national system of registration by files (ADR 25).

-- Its number was given by the national system, whose counter is not ours.
ALTER TABLE demande ADD COLUMN numero_recu INTEGER NOT NULL DEFAULT 0 CHECK (numero_recu IN (0, 1));

-- What changed since a day, in the order of the changes.
CREATE INDEX demande_version_changee ON demande_version (territoire, cree_le, demande);

-- What the last file said of a demande, as it said it: the form does not ask everything.
CREATE TABLE demande_echange (
    demande    TEXT PRIMARY KEY REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    fichier_le TEXT NOT NULL,
    -- Of the answers it became: anything later was said here.
    version    BIGINT NOT NULL CHECK (version >= 1),
    contenu    TEXT NOT NULL
);

-- A file that a manager sent: its content waits for the import, at most a day; the figures stay.
CREATE TABLE echange_fichier (
    id          TEXT PRIMARY KEY,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    depose_par  TEXT NOT NULL REFERENCES compte (id),
    depose_le   TEXT NOT NULL,
    fichier_le  TEXT NOT NULL,
    empreinte   TEXT NOT NULL,
    contenu     TEXT NOT NULL,
    nouvelles   INTEGER NOT NULL DEFAULT 0,
    changees    INTEGER NOT NULL DEFAULT 0,
    inchangees  INTEGER NOT NULL DEFAULT 0,
    refusees    INTEGER NOT NULL DEFAULT 0,
    applique_le TEXT
);
CREATE INDEX echange_fichier_du_deposant ON echange_fichier (depose_par, depose_le);
CREATE INDEX echange_fichier_en_attente ON echange_fichier (depose_le) WHERE contenu <> '';
