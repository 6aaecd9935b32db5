-- The year whose ceilings and ages the vivier holds of a demande: each 1 January it is written again, as when the demande changes.
ALTER TABLE demande ADD COLUMN vivier_annee BIGINT NOT NULL DEFAULT 0;
CREATE INDEX demande_vivier_annee ON demande (vivier_annee, id) WHERE etat IN ('active', 'a_renouveler', 'en_tolerance');
