-- What a guichet still owes an attestation: the demandes that ended without one are owed none, and are not walked over each time.
DROP INDEX demande_a_attester;
CREATE INDEX demande_a_attester ON demande (guichet, deposee_le, id)
    WHERE attestation_le IS NULL AND etat IN ('active', 'a_renouveler', 'en_tolerance');
