-- In what quality an organisation is a guichet, where its type does not say it: the manager of a territory may be an association or a GIP.
ALTER TABLE guichet ADD COLUMN qualite TEXT NOT NULL DEFAULT '' CHECK (qualite IN (
    '', 'action_logement', 'reservataire', 'mandataire_commun', 'gestionnaire', 'pdalhpd'));
