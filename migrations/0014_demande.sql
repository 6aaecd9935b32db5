-- The demandes de logement social that a guichet registers: their numéro unique, the people they are for, the communes asked.

-- A service enregistreur: a partner, under the code that the numbers it gives carry for ever.
CREATE TABLE guichet (
    code       TEXT PRIMARY KEY CHECK (length(code) = 5),
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    partenaire TEXT NOT NULL REFERENCES partenaire (id),
    cree_le    TEXT NOT NULL
);
CREATE UNIQUE INDEX guichet_du_partenaire ON guichet (partenaire, territoire);

-- Who may act for a guichet: a person named one by one, who must still belong to its partner.
CREATE TABLE habilitation (
    compte   TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    guichet  TEXT NOT NULL REFERENCES guichet (code),
    cree_le  TEXT NOT NULL,
    -- Account that gave it; null: the demonstration.
    cree_par TEXT REFERENCES compte (id),
    PRIMARY KEY (compte, guichet)
);
CREATE INDEX habilitation_par_guichet ON habilitation (guichet, compte);

-- The last sequence given, by territory and month of deposit. It only grows: the number of an erased demande is not given again.
CREATE TABLE numero_sequence (
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    annee      INTEGER NOT NULL,
    mois       INTEGER NOT NULL CHECK (mois BETWEEN 1 AND 12),
    dernier    INTEGER NOT NULL CHECK (dernier BETWEEN 1 AND 999999),
    PRIMARY KEY (territoire, annee, mois)
);

-- deposee_le: the day stamped on the paper, from which seniority counts. ancre: the first deposit or the last renewal.
-- enregistree_le: when it was typed. contenu: the answers to the form, as JSON, without any NIR.
CREATE TABLE demande (
    id             TEXT PRIMARY KEY,
    numero         TEXT NOT NULL UNIQUE CHECK (length(numero) = 18),
    territoire     TEXT NOT NULL CHECK (length(territoire) = 3),
    etat           TEXT NOT NULL CHECK (etat IN (
        'brouillon', 'deposee', 'invalidee', 'active', 'a_renouveler', 'en_tolerance', 'radiee', 'purgee')),
    guichet        TEXT NOT NULL REFERENCES guichet (code),
    deposee_le     TEXT NOT NULL,
    ancre          TEXT NOT NULL,
    enregistree_le TEXT NOT NULL,
    enregistree_par TEXT NOT NULL REFERENCES compte (id),
    attestation_le TEXT,
    contenu        TEXT NOT NULL,
    version        BIGINT NOT NULL DEFAULT 1
);
-- What a guichet still owes an attestation, the oldest deposit first.
CREATE INDEX demande_a_attester ON demande (guichet, deposee_le, id) WHERE attestation_le IS NULL;
CREATE INDEX demande_par_guichet ON demande (guichet, id);

-- The adults of a demande. nir_empreinte: keyed digest, to find a person again; nir_scelle: the number itself, sealed.
CREATE TABLE demande_personne (
    demande        TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    rang           INTEGER NOT NULL CHECK (rang >= 0),
    territoire     TEXT NOT NULL,
    nom_cherche    TEXT NOT NULL,
    prenom_cherche TEXT NOT NULL,
    naissance_le   TEXT NOT NULL,
    nir_empreinte  TEXT NOT NULL DEFAULT '',
    nir_scelle     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (demande, rang)
);
CREATE INDEX demande_personne_nir ON demande_personne (nir_empreinte, territoire) WHERE nir_empreinte <> '';
CREATE INDEX demande_personne_naissance ON demande_personne (territoire, naissance_le, nom_cherche);
CREATE INDEX demande_personne_nom ON demande_personne (territoire, nom_cherche, prenom_cherche);

-- The communes asked, the first choice first.
CREATE TABLE demande_souhait (
    demande TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    rang    INTEGER NOT NULL CHECK (rang BETWEEN 1 AND 8),
    insee   TEXT NOT NULL,
    PRIMARY KEY (demande, rang)
);
CREATE INDEX demande_souhait_commune ON demande_souhait (insee, demande);
