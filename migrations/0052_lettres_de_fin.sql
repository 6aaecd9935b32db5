-- Letters of the end of a demande: the last reminder, the removal, the month left to bring it back. details: what the letter says
-- that its demande may no longer say once it is printed again (demande::Annonce).
ALTER TABLE preavis ADD COLUMN details TEXT NOT NULL DEFAULT '';
-- Who was removed before this version is reminded too, if it is still time: looked at once.
UPDATE demande SET a_revoir_le = '' WHERE etat = 'radiee' AND motif_radiation IN ('non_renouvellement', 'non_reponse');
