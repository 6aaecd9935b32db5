-- A mailbox declared online for a demande, until whoever declared it types the code that was sent there: the demande keeps the former
-- one meanwhile.

CREATE TABLE demande_adresse (
    demande    TEXT PRIMARY KEY REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    courriel   TEXT NOT NULL,
    code_hash  TEXT NOT NULL,
    essais     INTEGER NOT NULL DEFAULT 0,
    cree_le    TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX demande_adresse_expire ON demande_adresse (expire_le);
CREATE INDEX demande_adresse_par_demandeur ON demande_adresse (demandeur);
