-- The lease that ended a demande, when no candidature of this service carries it: what its bailleur owes (CCH R. 441-2-9).
CREATE TABLE bail_constate (
    demande          TEXT PRIMARY KEY REFERENCES demande (id) ON DELETE CASCADE,
    territoire       TEXT NOT NULL CHECK (length(territoire) = 3),
    signe_le         TEXT NOT NULL,
    rpls             TEXT NOT NULL CHECK (rpls <> ''),
    accord_collectif INTEGER NOT NULL CHECK (accord_collectif IN (0, 1)),
    dalo             INTEGER NOT NULL CHECK (dalo IN (0, 1)),
    contingent       TEXT NOT NULL CHECK (contingent IN (
        'bailleur', 'prefet', 'agents_de_l_etat', 'collectivite', 'action_logement', 'autre'))
);
