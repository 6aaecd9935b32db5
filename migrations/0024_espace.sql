-- What applicants do online with their demande.

-- en_ligne: registered or renewed online at least once, hence told by e-mail (CCH R. 441-2-7).
ALTER TABLE demande ADD COLUMN en_ligne INTEGER NOT NULL DEFAULT 0 CHECK (en_ligne IN (0, 1));

-- The parts that the applicant has read again for the renewal of the year that began at `ancre`.
CREATE TABLE demande_relecture (
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    ancre      TEXT NOT NULL,
    partie     TEXT NOT NULL,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    relue_le   TEXT NOT NULL,
    PRIMARY KEY (demande, ancre, partie)
);
