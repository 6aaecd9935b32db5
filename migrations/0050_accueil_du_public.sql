-- Where a guichet receives people, as the public page prints it. No row: it is not listed.
CREATE TABLE guichet_accueil (
    guichet    TEXT PRIMARY KEY REFERENCES guichet (code),
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    adresse    TEXT NOT NULL CHECK (adresse <> ''),
    telephone  TEXT NOT NULL DEFAULT '',
    horaires   TEXT NOT NULL DEFAULT '',
    change_le  TEXT NOT NULL
);
CREATE INDEX guichet_accueil_du_territoire ON guichet_accueil (territoire);
