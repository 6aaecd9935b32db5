-- Attestations that leave by e-mail, with the document attached.

-- One file attached to a message, in base64; leaves with its text when bodies are erased.
CREATE TABLE courriel_joint (
    courriel TEXT PRIMARY KEY REFERENCES courriel (id) ON DELETE CASCADE,
    nom      TEXT NOT NULL,
    type     TEXT NOT NULL,
    contenu  TEXT NOT NULL
);

-- a_preparer: the document is to be made and put in the outbox; en_route: it is there. Empty: nothing to do.
ALTER TABLE demande ADD COLUMN attestation_courriel TEXT NOT NULL DEFAULT ''
    CHECK (attestation_courriel IN ('', 'a_preparer', 'en_route'));
CREATE INDEX demande_attestation_courriel ON demande (attestation_courriel, id) WHERE attestation_courriel <> '';
