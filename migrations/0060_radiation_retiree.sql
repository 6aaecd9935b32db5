-- A radiation that the manager of the territory took back: what it was, and why it should not have been.
CREATE TABLE radiation_retiree (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    motif      TEXT NOT NULL,
    radiee_le  TEXT NOT NULL,
    raison     TEXT NOT NULL CHECK (raison <> ''),
    par        TEXT NOT NULL,
    le         TEXT NOT NULL
);
CREATE INDEX radiation_retiree_de ON radiation_retiree (demande, id);
