-- Cotation of demandes (CCH L. 441-2-8): the grids of EPCI as data, and what each demande in progress scores.

-- contenu: the CSV that was imported, checked then. depuis: first day; a newer grid of the same EPCI ends it.
-- curseur: « commune demande » up to which its demandes were scored again; null: all of them.
CREATE TABLE grille_cotation (
    id          TEXT PRIMARY KEY,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    epci        TEXT NOT NULL,
    version     INTEGER NOT NULL CHECK (version >= 1),
    nom         TEXT NOT NULL,
    depuis      TEXT NOT NULL,
    contenu     TEXT NOT NULL,
    importee_le TEXT NOT NULL,
    curseur     TEXT,
    UNIQUE (epci, version)
);
CREATE INDEX grille_cotation_depuis ON grille_cotation (epci, depuis);

-- One row for each EPCI asked that has a grid. prouves: the points that an accepted document proves.
-- a_revoir_le: the day it changes by itself, seniority or a document out of date.
CREATE TABLE cotation (
    demande     TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    epci        TEXT NOT NULL,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    grille      TEXT NOT NULL REFERENCES grille_cotation (id),
    typologie   TEXT NOT NULL,
    points      INTEGER NOT NULL,
    prouves     INTEGER NOT NULL,
    deposee_le  TEXT NOT NULL,
    a_revoir_le TEXT NOT NULL,
    calculee_le TEXT NOT NULL,
    PRIMARY KEY (demande, epci)
);
-- The position among similar demandes.
CREATE INDEX cotation_rang ON cotation (epci, typologie, points, deposee_le, demande);
CREATE INDEX cotation_a_revoir ON cotation (a_revoir_le, demande);

-- Demandes to score again; what is not yet a demande, or no longer one, is passed over. tour: grows with each change, so that one made
-- during the computation is not lost.
CREATE TABLE cotation_a_calculer (
    demande    TEXT PRIMARY KEY,
    territoire TEXT NOT NULL,
    tour       INTEGER NOT NULL DEFAULT 1
);
