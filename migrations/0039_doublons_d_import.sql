-- What an exchange file brings of people already known here under another number, and of demandes renewed elsewhere (ADR 25).

-- Two demandes that may be of the same person, to be looked at by a guichet: the one a file brought, and another. It blocks nothing.
CREATE TABLE demande_doublon (
    demande      TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    autre        TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire   TEXT NOT NULL CHECK (length(territoire) = 3),
    ressemblance TEXT NOT NULL CHECK (ressemblance IN ('meme_nir', 'meme_identite', 'proche')),
    trouve_le    TEXT NOT NULL,
    -- Somebody looked: two people.
    ecarte_le    TEXT,
    ecarte_par   TEXT REFERENCES compte (id),
    PRIMARY KEY (demande, autre),
    CHECK (demande <> autre)
);
CREATE INDEX demande_doublon_de_l_autre ON demande_doublon (autre, demande);
CREATE INDEX demande_doublon_a_voir ON demande_doublon (territoire, trouve_le, demande, autre) WHERE ecarte_le IS NULL;

ALTER TABLE echange_fichier ADD COLUMN renouvelees INTEGER NOT NULL DEFAULT 0;
ALTER TABLE echange_fichier ADD COLUMN doublons INTEGER NOT NULL DEFAULT 0;
