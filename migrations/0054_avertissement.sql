-- Warnings before a removal for c or d (CCH R. 441-2-8): what was written, by whom, how and when it was delivered, what was answered.
-- ancre: the year of validity it was written in; a renewal answers it. remis_le: the delay counts from it.
CREATE TABLE avertissement (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    guichet    TEXT NOT NULL REFERENCES guichet (code),
    motif      TEXT NOT NULL CHECK (motif IN ('non_reponse', 'irrecevabilite')),
    condition_acces TEXT NOT NULL DEFAULT '' CHECK (condition_acces IN ('', 'plafond', 'sejour')),
    texte      TEXT NOT NULL CHECK (texte <> ''),
    ancre      TEXT NOT NULL,
    par        TEXT NOT NULL,
    ecrit_le   TEXT NOT NULL,
    moyen      TEXT NOT NULL DEFAULT '' CHECK (moyen IN ('', 'recommande', 'main_propre', 'autre')),
    remis_le   TEXT,
    preuve     TEXT NOT NULL DEFAULT '',
    repondu_le TEXT,
    reponse    TEXT NOT NULL DEFAULT '',
    CHECK ((moyen = '') = (remis_le IS NULL))
);
CREATE INDEX avertissement_de ON avertissement (demande, id);
