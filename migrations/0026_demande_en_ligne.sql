-- Demandes typed online, until an agent has checked who the applicant is: then they become a demande of the same id, and leave
-- these tables.

-- contenu: the answers, as JSON, without any NIR. nirs: those, sealed together; empty when none was given.
-- etape: the screen to go on from. deposee_le: day of the first deposit, from which seniority will count. envoyee_le: of the last
-- one. motif: why it was sent back.
CREATE TABLE demande_en_ligne (
    id         TEXT PRIMARY KEY,
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    etat       TEXT NOT NULL CHECK (etat IN ('brouillon', 'deposee', 'invalidee')),
    contenu    TEXT NOT NULL,
    nirs       TEXT NOT NULL DEFAULT '',
    etape      TEXT NOT NULL DEFAULT '',
    deposee_le TEXT,
    envoyee_le TEXT,
    motif      TEXT NOT NULL DEFAULT '',
    cree_le    TEXT NOT NULL,
    modifie_le TEXT NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1,
    CHECK ((etat = 'brouillon') = (deposee_le IS NULL)),
    CHECK ((etat = 'invalidee') = (motif <> ''))
);
-- One at a time for an account and a territory: asked for twice at once, it is opened once.
CREATE UNIQUE INDEX demande_en_ligne_du_demandeur ON demande_en_ligne (demandeur, territoire);
CREATE INDEX demande_en_ligne_a_verifier ON demande_en_ligne (territoire, deposee_le, id) WHERE etat = 'deposee';
CREATE INDEX demande_en_ligne_oubliee ON demande_en_ligne (etat, modifie_le);

-- The files that show who the applicant is.
CREATE TABLE demande_en_ligne_piece (
    demande_en_ligne TEXT NOT NULL REFERENCES demande_en_ligne (id) ON DELETE CASCADE,
    piece            TEXT NOT NULL REFERENCES piece (id),
    territoire       TEXT NOT NULL CHECK (length(territoire) = 3),
    ajoutee_le       TEXT NOT NULL,
    PRIMARY KEY (demande_en_ligne, piece)
);
CREATE INDEX demande_en_ligne_piece_fichier ON demande_en_ligne_piece (piece);
