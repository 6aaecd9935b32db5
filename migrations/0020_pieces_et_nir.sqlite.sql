-- An applicant gives a document without being an agent: nobody's account then. SQLite cannot drop the NOT NULL of a
-- column: the table is made again, as 0018 wrote it.
CREATE TABLE demande_piece_avant AS SELECT * FROM demande_piece;
DROP TABLE demande_piece;
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
    expire_le  TEXT,
    guichet    TEXT NOT NULL REFERENCES guichet (code),
    remise_le  TEXT NOT NULL,
    cree_le    TEXT NOT NULL,
    cree_par   TEXT REFERENCES compte (id),
    decidee_le TEXT,
    decidee_par TEXT REFERENCES compte (id),
    UNIQUE (demande, type, personne, periode, version),
    CHECK ((etat = 'remise') = (piece IS NULL)),
    CHECK ((etat = 'refusee') = (motif <> '')),
    CHECK ((etat IN ('validee', 'refusee')) = (decidee_le IS NOT NULL))
);
INSERT INTO demande_piece SELECT * FROM demande_piece_avant;
DROP TABLE demande_piece_avant;
CREATE INDEX demande_piece_fichier ON demande_piece (piece);
CREATE INDEX demande_piece_a_numeriser ON demande_piece (guichet, remise_le, id) WHERE etat = 'remise';
-- What came from applicants and nobody has looked at, the oldest first.
CREATE INDEX demande_piece_a_verifier ON demande_piece (guichet, cree_le, id) WHERE etat = 'deposee' AND cree_par IS NULL;
