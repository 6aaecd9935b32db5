-- An applicant gives a document without being an agent: nobody's account then.
ALTER TABLE demande_piece ALTER COLUMN cree_par DROP NOT NULL;
-- What came from applicants and nobody has looked at, the oldest first.
CREATE INDEX demande_piece_a_verifier ON demande_piece (guichet, cree_le, id) WHERE etat = 'deposee' AND cree_par IS NULL;
