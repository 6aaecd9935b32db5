-- What tells the operator that the six digits of a territory and a month of deposit are running out (demande::store::sequence_a_surveiller).
CREATE INDEX numero_sequence_presque ON numero_sequence (territoire, annee, mois) WHERE dernier >= 900000;
