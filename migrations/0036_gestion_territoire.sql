-- Who keeps the demandes of a territory, as administrators decided it: the latest decision whose day has come, added
-- to the list the program was made with. Never changed, never removed.
CREATE TABLE gestion_territoire (
    id         TEXT PRIMARY KEY,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    depuis     TEXT NOT NULL,
    -- Of the local system; empty: here.
    site       TEXT NOT NULL CHECK (site = '' OR substr(site, 1, 8) = 'https://'),
    auteur     TEXT NOT NULL REFERENCES compte (id),
    auteur_nom TEXT NOT NULL,
    cree_le    TEXT NOT NULL
);
CREATE INDEX gestion_territoire_du_jour ON gestion_territoire (territoire, depuis, id);
