-- Reminders that no anchor sets: documents that run out, and what a day of the year says to everybody.

-- rappelee_le: the day on which its end was said, or on which there was nobody to say it to.
ALTER TABLE demande_piece ADD COLUMN rappelee_le TEXT;
CREATE INDEX demande_piece_a_rappeler ON demande_piece (expire_le, id) WHERE expire_le IS NOT NULL AND rappelee_le IS NULL;

-- What is said to every demande of a territory from a day on (demande/rappel/campagne.hpp). apres: the last one it was said to, in the
-- order of their ids; finie_le: there are no more.
CREATE TABLE campagne_de_rappels (
    campagne   TEXT NOT NULL CHECK (campagne IN ('avis_impot', 'nouvelle_annee')),
    depuis     TEXT NOT NULL,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    apres      TEXT NOT NULL DEFAULT '',
    finie_le   TEXT,
    PRIMARY KEY (campagne, depuis, territoire)
);
CREATE INDEX demande_active ON demande (territoire, id) WHERE etat = 'active';
