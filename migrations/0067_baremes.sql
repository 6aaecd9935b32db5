-- Income ceilings that the operator imported, over those that the platform knows (plafonds.cpp): euros a year, for categories 1 to 6
-- and for each person beyond.
CREATE TABLE bareme (
    depuis           TEXT NOT NULL,
    zone             TEXT NOT NULL,
    financement      TEXT NOT NULL CHECK (financement IN ('plai', 'plus')),
    categorie_1      INTEGER NOT NULL CHECK (categorie_1 > 0),
    categorie_2      INTEGER NOT NULL,
    categorie_3      INTEGER NOT NULL,
    categorie_4      INTEGER NOT NULL,
    categorie_5      INTEGER NOT NULL,
    categorie_6      INTEGER NOT NULL,
    personne_en_plus INTEGER NOT NULL,
    PRIMARY KEY (depuis, zone, financement)
);
-- Each import, so that what was computed before is computed again.
CREATE TABLE import_de_baremes (
    importe_le TEXT PRIMARY KEY,
    depuis     TEXT NOT NULL,
    lignes     INTEGER NOT NULL
);
