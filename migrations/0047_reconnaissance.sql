-- Priorities that were recognised: a commission de médiation (Dalo, CCH L. 441-2-3) or a motive of CCH L. 441-1. The end of a demande ends none.
-- depuis, jusqu_au: first and last day; jusqu_au null: no end said. finie_le: the first day on which it counts no more, as somebody noted.
CREATE TABLE reconnaissance (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    nature     TEXT NOT NULL CHECK (nature IN ('dalo', 'priorite')),
    motif      TEXT NOT NULL DEFAULT '',
    decision   TEXT NOT NULL DEFAULT '',
    decidee_le TEXT NOT NULL,
    depuis     TEXT NOT NULL,
    jusqu_au   TEXT,
    finie_le   TEXT,
    raison_fin TEXT NOT NULL DEFAULT '' CHECK ((raison_fin = '') = (finie_le IS NULL)),
    guichet    TEXT NOT NULL REFERENCES guichet (code),
    notee_le   TEXT NOT NULL,
    CHECK (nature = 'dalo' OR motif <> '')
);
CREATE INDEX reconnaissance_de ON reconnaissance (demande, id);

-- Some recognition of it was noted and nobody has ended it: the search reads its days.
ALTER TABLE vivier ADD COLUMN reconnue INTEGER NOT NULL DEFAULT 0 CHECK (reconnue IN (0, 1));
CREATE INDEX vivier_reconnue ON vivier (insee, pieces, deposee_le, demande) WHERE reconnue = 1;
