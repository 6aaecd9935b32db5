-- Those who sign a demande with its applicant have an account of their own.

-- rang: which of those who sign, as the form numbers them; 0: the applicant.
ALTER TABLE demandeur_demande ADD COLUMN rang INTEGER NOT NULL DEFAULT 0 CHECK (rang BETWEEN 0 AND 3);
CREATE UNIQUE INDEX demandeur_demande_codemandeur ON demandeur_demande (demande, rang) WHERE role = 'codemandeur' AND rang > 0;
-- The same of what a claim designates.
ALTER TABLE demande_cle ADD COLUMN rang INTEGER NOT NULL DEFAULT 0;
