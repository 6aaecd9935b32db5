-- A NIR that a paper corrected: the one before it stays, sealed as it was, beside the version that replaced it.
CREATE TABLE demande_nir_remplace (
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    rang       INTEGER NOT NULL,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    nir_scelle TEXT NOT NULL,
    PRIMARY KEY (demande, version, rang)
);
