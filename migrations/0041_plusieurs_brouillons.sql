-- An account may hold several demandes not registered yet in one territory: two adults of a household, or somebody who helps.
DROP INDEX demande_en_ligne_du_demandeur;
CREATE INDEX demande_en_ligne_du_demandeur ON demande_en_ligne (demandeur, territoire);
