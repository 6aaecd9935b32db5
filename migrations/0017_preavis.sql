-- The yearly life of a demande: what is due by itself, the notices before its end, the letters that carry them, its end.

-- etape: the last thing done by itself since the anchor. a_revoir_le: legal day on which the next one is due; empty: to be computed,
-- 9999-12-31: nothing more. radiee_le and the rest: of the last radiation.
ALTER TABLE demande ADD COLUMN etape TEXT NOT NULL DEFAULT '';
ALTER TABLE demande ADD COLUMN a_revoir_le TEXT NOT NULL DEFAULT '';
ALTER TABLE demande ADD COLUMN radiee_le TEXT;
ALTER TABLE demande ADD COLUMN motif_radiation TEXT NOT NULL DEFAULT '';
ALTER TABLE demande ADD COLUMN radiation_justificatif TEXT NOT NULL DEFAULT '';
CREATE INDEX demande_a_revoir ON demande (a_revoir_le, id);
-- What a guichet may have to remove, the oldest anchor first.
CREATE INDEX demande_en_tolerance ON demande (guichet, ancre, id) WHERE etat = 'en_tolerance';
CREATE INDEX demande_radiee ON demande (radiee_le, id) WHERE etat = 'radiee';

-- Letters printed and posted together by a guichet. empreinte: SHA-256 of the file, from its first printing on.
CREATE TABLE lot_courrier (
    id          TEXT PRIMARY KEY,
    territoire  TEXT NOT NULL,
    guichet     TEXT NOT NULL REFERENCES guichet (code),
    jour        TEXT NOT NULL,
    rang        INTEGER NOT NULL CHECK (rang >= 1),
    lettres     INTEGER NOT NULL DEFAULT 0,
    pages       INTEGER NOT NULL DEFAULT 0,
    empreinte   TEXT NOT NULL DEFAULT '',
    imprime_le  TEXT,
    poste_le    TEXT,
    UNIQUE (guichet, jour, rang)
);

-- One notice by one channel, for one year of validity. du_le: the day it had to leave. adresse: as printed, a line each.
-- parti_le: posted, or taken by a mail server. revenu_le: it did not arrive; traite_le: somebody has seen to it.
CREATE TABLE preavis (
    id          TEXT PRIMARY KEY,
    demande     TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    guichet     TEXT NOT NULL REFERENCES guichet (code),
    ancre       TEXT NOT NULL,
    canal       TEXT NOT NULL CHECK (canal IN ('courriel', 'courrier')),
    essai       INTEGER NOT NULL CHECK (essai >= 1),
    obligatoire INTEGER NOT NULL CHECK (obligatoire IN (0, 1)),
    du_le       TEXT NOT NULL,
    prepare_le  TEXT NOT NULL,
    adresse     TEXT NOT NULL DEFAULT '',
    lot         TEXT REFERENCES lot_courrier (id),
    rang        INTEGER NOT NULL DEFAULT 0,
    courriel    TEXT NOT NULL DEFAULT '',
    parti_le    TEXT,
    revenu_le   TEXT,
    raison      TEXT NOT NULL DEFAULT '',
    traite_le   TEXT,
    UNIQUE (demande, ancre, canal, essai)
);
CREATE INDEX preavis_du_lot ON preavis (lot, rang) WHERE lot IS NOT NULL;
CREATE INDEX preavis_revenu ON preavis (guichet, revenu_le, id) WHERE revenu_le IS NOT NULL AND traite_le IS NULL;
CREATE INDEX preavis_courriel ON preavis (id) WHERE canal = 'courriel' AND parti_le IS NULL AND revenu_le IS NULL;
