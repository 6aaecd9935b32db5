-- What a demande said, version after version: the first is its registration. contenu: as demande.contenu, without any NIR.

-- contenu_version: which version demande.contenu is; a change names the one it was made from.
ALTER TABLE demande ADD COLUMN contenu_version INTEGER NOT NULL DEFAULT 1;

CREATE TABLE demande_version (
    demande      TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    numero       INTEGER NOT NULL CHECK (numero >= 1),
    cree_le      TEXT NOT NULL,
    -- Account of the agent; null: the applicant.
    auteur       TEXT REFERENCES compte (id),
    auteur_nom   TEXT NOT NULL,
    raison       TEXT NOT NULL CHECK (raison <> ''),
    -- From which paper an agent changed it; empty for the registration itself.
    justificatif TEXT NOT NULL DEFAULT '',
    -- Fields whose NIR was given or corrected, separated by spaces; the numbers are in demande_personne, sealed.
    nirs         TEXT NOT NULL DEFAULT '',
    contenu      TEXT NOT NULL,
    PRIMARY KEY (demande, numero)
);

INSERT INTO demande_version (demande, numero, cree_le, auteur, auteur_nom, raison, contenu)
SELECT d.id, 1, d.enregistree_le, d.enregistree_par,
       CASE WHEN c.prenom = '' THEN c.nom ELSE c.prenom || ' ' || c.nom END, 'enregistrement', d.contenu
FROM demande d JOIN compte c ON c.id = d.enregistree_par;
