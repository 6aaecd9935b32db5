-- What an applicant, or a paper they signed, lets somebody of an organisation do for them (ADR 26).

-- courriel: of the professional account it was given to, lower case. aidant: that account, once it accepted; aidant_nom: as it was that
-- day. donneur: the applicant’s account; none: from a paper. Reading is always given; the rest is in peut_…. jusqu_au: last day, included.
CREATE TABLE mandat_d_aide (
    id              TEXT PRIMARY KEY,
    demande         TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire      TEXT NOT NULL CHECK (length(territoire) = 3),
    courriel        TEXT NOT NULL,
    aidant          TEXT REFERENCES compte (id),
    aidant_nom      TEXT NOT NULL DEFAULT '',
    donneur         TEXT,
    peut_remplir    INTEGER NOT NULL CHECK (peut_remplir IN (0, 1)),
    peut_deposer    INTEGER NOT NULL CHECK (peut_deposer IN (0, 1)),
    peut_renouveler INTEGER NOT NULL CHECK (peut_renouveler IN (0, 1)),
    jusqu_au        TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('propose', 'accepte', 'refuse', 'retire', 'rendu')),
    propose_le      TEXT NOT NULL,
    accepte_le      TEXT,
    fini_le         TEXT,
    CHECK (etat <> 'accepte' OR aidant IS NOT NULL)
);
-- One at a time for a person and a demande, whoever gives it at the same moment.
CREATE UNIQUE INDEX mandat_d_aide_ouvert ON mandat_d_aide (demande, courriel) WHERE etat IN ('propose', 'accepte');
CREATE INDEX mandat_d_aide_de ON mandat_d_aide (demande, propose_le);
CREATE INDEX mandat_d_aide_recu ON mandat_d_aide (courriel, propose_le);
CREATE INDEX mandat_d_aide_de_l_aidant ON mandat_d_aide (aidant, demande) WHERE aidant IS NOT NULL;
