-- A registered demande that its applicant claims from an account.

-- The one claim of an account. demande null: what was typed designates nothing; nobody can tell from outside. code_hash:
-- of a code sent to what the demande says, by e-mail or by letter.
CREATE TABLE demande_cle (
    demandeur TEXT PRIMARY KEY REFERENCES demandeur (id) ON DELETE CASCADE,
    demande   TEXT REFERENCES demande (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    essais    INTEGER NOT NULL DEFAULT 0,
    cree_le   TEXT NOT NULL,
    expire_le TEXT NOT NULL
);
CREATE INDEX demande_cle_expire ON demande_cle (expire_le);
CREATE INDEX demande_cle_par_demande ON demande_cle (demande);

-- Letters that are no notice go in the same batches: the code of a claim, sealed until it is printed, or a lost number.
ALTER TABLE preavis ADD COLUMN objet TEXT NOT NULL DEFAULT 'preavis' CHECK (objet IN ('preavis', 'code', 'numero'));
ALTER TABLE preavis ADD COLUMN scelle TEXT NOT NULL DEFAULT '';
