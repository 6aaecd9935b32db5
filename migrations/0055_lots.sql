-- What an agent has chosen among the reports, from one page of the list to the next, to act on all of it.
CREATE TABLE selection (
    compte      TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    signalement TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    rang        BIGINT NOT NULL,
    choisi_le   TEXT NOT NULL,
    PRIMARY KEY (compte, signalement)
);
CREATE INDEX selection_signalement ON selection (signalement);
CREATE INDEX selection_choisi ON selection (choisi_le);

-- The same act on several reports: who, what, when, until when it may be undone.
CREATE TABLE lot (
    id                 TEXT PRIMARY KEY,
    compte             TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    geste              TEXT NOT NULL CHECK (geste IN ('affectation', 'cloture', 'suivi')),
    partenaires        TEXT NOT NULL DEFAULT '',
    motif              TEXT NOT NULL DEFAULT '',
    texte              TEXT NOT NULL DEFAULT '',
    visible            INTEGER NOT NULL CHECK (visible IN (0, 1)),
    cree_le            TEXT NOT NULL,
    annulable_jusqu_au TEXT NOT NULL
);
CREATE INDEX lot_compte ON lot (compte);
CREATE INDEX lot_cree ON lot (cree_le);

-- What became of each report, between which ranks of its journal.
CREATE TABLE lot_ligne (
    lot         TEXT NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    signalement TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    place       BIGINT NOT NULL,
    issue       TEXT NOT NULL CHECK (issue IN ('a_faire', 'fait', 'sans_objet', 'refuse', 'defait')),
    raison      TEXT NOT NULL DEFAULT '',
    rang_vu     BIGINT NOT NULL,
    rang_avant  BIGINT NOT NULL DEFAULT 0,
    rang        BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (lot, signalement)
);
CREATE INDEX lot_ligne_signalement ON lot_ligne (signalement);

-- The report and its affectations before the act, to give them back.
CREATE TABLE lot_avant (
    lot                  TEXT NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    signalement          TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire           TEXT NOT NULL,
    statut               TEXT NOT NULL,
    valide_le            TEXT,
    refuse_le            TEXT,
    clos_le              TEXT,
    motif_slug           TEXT,
    motif_texte          TEXT,
    dernier_suivi_le     TEXT,
    dernier_suivi_de     TEXT,
    message_sans_reponse INTEGER NOT NULL,
    PRIMARY KEY (lot, signalement)
);
CREATE INDEX lot_avant_signalement ON lot_avant (signalement);
CREATE TABLE lot_affectation (
    lot          TEXT NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    affectation  TEXT NOT NULL,
    signalement  TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire   TEXT NOT NULL,
    statut       TEXT NOT NULL,
    affectee_le  TEXT NOT NULL,
    affectee_par TEXT NOT NULL,
    repondue_le  TEXT,
    fermee_le    TEXT,
    motif        TEXT,
    motif_texte  TEXT NOT NULL,
    PRIMARY KEY (lot, affectation)
);
CREATE INDEX lot_affectation_signalement ON lot_affectation (signalement);
