-- The figures of a commune for whoever thinks of asking there: its stock of social dwellings, and what is counted every night.

-- RPLS, by commune and year. Null: the file does not say. Rates in hundredths of a per cent.
CREATE TABLE parc_social (
    territoire          TEXT NOT NULL CHECK (length(territoire) = 3),
    insee               TEXT NOT NULL,
    annee               INTEGER NOT NULL,
    logements           INTEGER NOT NULL CHECK (logements >= 0),
    loues               INTEGER,
    vacants             INTEGER,
    vides               INTEGER,
    associations        INTEGER,
    occupes_gratuits    INTEGER,
    occupes_temporaires INTEGER,
    en_qpv              INTEGER,
    vacance             INTEGER,
    vacance_trois_mois  INTEGER,
    mobilite            INTEGER,
    PRIMARY KEY (insee, annee)
);

-- An attribution, without a name: it outlives what the demande said. typologie: the kind of dwelling that was asked.
CREATE TABLE attribution_constatee (
    demande    TEXT PRIMARY KEY,
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    typologie  TEXT NOT NULL,
    annee      INTEGER NOT NULL,
    jours      INTEGER NOT NULL
);
CREATE INDEX attribution_constatee_annee ON attribution_constatee (territoire, annee);

-- Demandes in progress: premier, those whose first choice is this commune; autre, those that name it further down.
CREATE TABLE chiffres_attente (
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    typologie  TEXT NOT NULL,
    premier    INTEGER NOT NULL,
    autre      INTEGER NOT NULL,
    PRIMARY KEY (territoire, insee, typologie)
);
-- typologie empty: all kinds together. jours: their sum; mediane and p75: null when they are too few.
CREATE TABLE chiffres_attribution (
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    annee      INTEGER NOT NULL,
    typologie  TEXT NOT NULL,
    nombre     INTEGER NOT NULL,
    jours      BIGINT NOT NULL,
    mediane    INTEGER,
    p75        INTEGER,
    PRIMARY KEY (territoire, insee, annee, typologie)
);
-- When the count of every commune was last complete: one row.
CREATE TABLE chiffres_releve (
    territoire TEXT PRIMARY KEY,
    releve_le  TEXT NOT NULL
);
