-- Online demandes: whose date is kept, since when one waits for its correction, and one applicant for a demande.

-- deposant: the name and day of birth under which it was last sent. invalidee_le: when a guichet sent it back.
ALTER TABLE demande_en_ligne ADD COLUMN deposant TEXT NOT NULL DEFAULT '';
ALTER TABLE demande_en_ligne ADD COLUMN invalidee_le TEXT;
UPDATE demande_en_ligne SET deposant = contenu WHERE deposee_le IS NOT NULL;
UPDATE demande_en_ligne SET invalidee_le = modifie_le WHERE etat = 'invalidee';
CREATE INDEX demande_en_ligne_non_corrigee ON demande_en_ligne (etat, invalidee_le);

-- Two codes right at the same moment do not make two applicants: the first one stays.
DELETE FROM demandeur_demande WHERE role = 'titulaire' AND EXISTS (
    SELECT 1 FROM demandeur_demande x WHERE x.demande = demandeur_demande.demande AND x.role = 'titulaire'
    AND (x.depuis < demandeur_demande.depuis OR (x.depuis = demandeur_demande.depuis AND x.demandeur < demandeur_demande.demandeur)));
CREATE UNIQUE INDEX demandeur_demande_titulaire ON demandeur_demande (demande) WHERE role = 'titulaire';
