-- The accounts of applicants, entered by a code sent to their mailbox, and the demandes each account reads.

-- courriel: lower case, see compte::plier_email. vu_le: last entry.
CREATE TABLE demandeur (
    id       TEXT PRIMARY KEY,
    courriel TEXT NOT NULL UNIQUE,
    cree_le  TEXT NOT NULL,
    vu_le    TEXT NOT NULL
);
CREATE INDEX demandeur_oublie ON demandeur (vu_le);

-- A code on its way. jeton_hash: of the cookie of the browser that asked. It names a mailbox, not an account.
CREATE TABLE demandeur_code (
    jeton_hash TEXT PRIMARY KEY,
    courriel   TEXT NOT NULL,
    code_hash  TEXT NOT NULL,
    essais     INTEGER NOT NULL DEFAULT 0,
    cree_le    TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX demandeur_code_expire ON demandeur_code (expire_le);

CREATE TABLE demandeur_session (
    jeton_hash TEXT PRIMARY KEY,
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    appareil   TEXT NOT NULL DEFAULT '',
    cree_le    TEXT NOT NULL,
    vu_le      TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX demandeur_session_par_demandeur ON demandeur_session (demandeur, cree_le);
CREATE INDEX demandeur_session_expiree ON demandeur_session (expire_le);

CREATE TABLE demandeur_demande (
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    role       TEXT NOT NULL CHECK (role IN ('titulaire', 'codemandeur')),
    voie       TEXT NOT NULL CHECK (voie IN ('en_ligne', 'recherche', 'guichet')),
    depuis     TEXT NOT NULL,
    PRIMARY KEY (demandeur, demande)
);
CREATE INDEX demandeur_demande_par_demande ON demandeur_demande (demande);
