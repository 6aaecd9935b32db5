-- Delays after which the commission de médiation may be seized for want of an offer, and its address: one decision of a préfet is a
-- département and a day, with a line for each range of rooms (9: nine and more).
CREATE TABLE delai_mediation (
    departement TEXT NOT NULL,
    depuis      TEXT NOT NULL,
    pieces_min  INTEGER NOT NULL CHECK (pieces_min >= 1),
    pieces_max  INTEGER NOT NULL CHECK (pieces_max >= pieces_min),
    mois        INTEGER NOT NULL CHECK (mois >= 1),
    commission  TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (departement, depuis, pieces_min)
);
