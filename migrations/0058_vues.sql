-- A search that an agent saves, perhaps for those they work with: what it asks, one row for each criterion.
CREATE TABLE vue (
    id       TEXT PRIMARY KEY,
    compte   TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    nom      TEXT NOT NULL,
    cercle   TEXT NOT NULL,
    creee_le TEXT NOT NULL,
    UNIQUE (compte, nom)
);
CREATE INDEX vue_cercle ON vue (cercle) WHERE cercle <> '';
CREATE TABLE vue_critere (
    vue     TEXT NOT NULL REFERENCES vue (id) ON DELETE CASCADE,
    rang    BIGINT NOT NULL,
    critere TEXT NOT NULL,
    valeur  TEXT NOT NULL,
    PRIMARY KEY (vue, rang)
);

-- The columns of an agent's list.
CREATE TABLE colonnes_choisies (
    compte   TEXT PRIMARY KEY REFERENCES compte (id) ON DELETE CASCADE,
    colonnes TEXT NOT NULL
);
