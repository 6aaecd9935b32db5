-- The year and the ceilings with which the vivier holds a demande: each 1 January, and when ceilings are imported, it is written
-- again as when the demande changes.
ALTER TABLE demande ADD COLUMN vivier_edition BIGINT NOT NULL DEFAULT 0;
CREATE INDEX demande_vivier_edition ON demande (vivier_edition, id) WHERE etat IN ('active', 'a_renouveler', 'en_tolerance');
