-- Partners, accounts, what each account is for, sessions, secret links, attempts to log in.

CREATE TABLE partenaire (
    id           TEXT PRIMARY KEY,
    territoire   TEXT NOT NULL CHECK (territoire <> ''),
    nom          TEXT NOT NULL CHECK (nom <> ''),
    -- The name folded (no accent, lower case) for search and order: both engines sort it alike.
    nom_cherche  TEXT NOT NULL,
    type         TEXT NOT NULL CHECK (type IN (
        'adil', 'ars', 'association', 'bailleur_social', 'caf_msa', 'ccas', 'commune_schs', 'conciliateurs',
        'conseil_departemental', 'ddets', 'ddt_m', 'dispositif_renovation_habitat', 'epci',
        'operateur_visites_et_travaux', 'police_gendarmerie', 'prefecture', 'tribunal', 'autre')),
    email        TEXT NOT NULL DEFAULT '',
    telephone    TEXT NOT NULL DEFAULT '',
    insee        TEXT NOT NULL DEFAULT '',
    actif        INTEGER NOT NULL DEFAULT 1 CHECK (actif IN (0, 1)),
    cree_le      TEXT NOT NULL,
    version      BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX partenaire_par_territoire ON partenaire (territoire, nom_cherche);
-- One town hall per commune: two deposits at once open one partner.
CREATE UNIQUE INDEX partenaire_commune ON partenaire (territoire, insee) WHERE type = 'commune_schs' AND insee <> '';

CREATE TABLE partenaire_competence (
    partenaire TEXT NOT NULL REFERENCES partenaire (id) ON DELETE CASCADE,
    competence TEXT NOT NULL CHECK (competence IN (
        'accompagnement_juridique', 'accompagnement_social', 'accompagnement_travaux', 'aide_bailleurs', 'arretes',
        'assurantiel', 'conciliation', 'consignation_al', 'dalo', 'salete', 'fsl', 'hebergement_relogement',
        'insalubrite', 'mise_en_securite_peril', 'non_decence', 'non_decence_energetique', 'nuisibles', 'rsd',
        'visites', 'danger', 'suroccupation')),
    PRIMARY KEY (partenaire, competence)
);

CREATE TABLE partenaire_perimetre (
    partenaire TEXT NOT NULL REFERENCES partenaire (id) ON DELETE CASCADE,
    genre      TEXT NOT NULL CHECK (genre IN ('departement', 'epci', 'commune')),
    code       TEXT NOT NULL CHECK (code <> ''),
    PRIMARY KEY (partenaire, genre, code)
);

CREATE TABLE compte (
    id                    TEXT PRIMARY KEY,
    -- Lower case: see compte::plier_email.
    email                 TEXT NOT NULL UNIQUE,
    nom                   TEXT NOT NULL,
    prenom                TEXT NOT NULL,
    nom_cherche           TEXT NOT NULL,
    -- argon2id, with its parameters; empty until the account is activated.
    mot_de_passe          TEXT NOT NULL DEFAULT '',
    etat                  TEXT NOT NULL CHECK (etat IN ('invite', 'actif', 'desactive')),
    cree_le               TEXT NOT NULL,
    derniere_connexion_le TEXT,
    version               BIGINT NOT NULL DEFAULT 1,
    CHECK (etat <> 'actif' OR mot_de_passe <> '')
);
CREATE INDEX compte_par_nom ON compte (nom_cherche, id);

CREATE TABLE mandat (
    id         TEXT PRIMARY KEY,
    compte     TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN (
        'super_admin', 'responsable_territoire', 'secretaire_comite', 'admin_partenaire', 'agent_partenaire')),
    territoire TEXT NOT NULL DEFAULT '',
    comite     TEXT NOT NULL DEFAULT '',
    partenaire TEXT REFERENCES partenaire (id),
    -- 0: opened by a deposit, nobody has yet said that this person works there.
    confirme   INTEGER NOT NULL DEFAULT 1 CHECK (confirme IN (0, 1)),
    cree_le    TEXT NOT NULL,
    -- Account that gave it; null: a deposit, the command line or the demonstration.
    cree_par   TEXT REFERENCES compte (id),
    CHECK ((role = 'super_admin') = (territoire = '')),
    CHECK ((role = 'secretaire_comite') = (comite <> '')),
    CHECK ((role IN ('admin_partenaire', 'agent_partenaire')) = (partenaire IS NOT NULL)),
    CHECK (confirme = 1 OR role = 'agent_partenaire')
);
CREATE UNIQUE INDEX mandat_unique ON mandat (compte, role, territoire, comite, COALESCE(partenaire, ''));
CREATE INDEX mandat_par_partenaire ON mandat (partenaire, compte);
CREATE INDEX mandat_par_comite ON mandat (comite, compte) WHERE comite <> '';
CREATE INDEX mandat_par_territoire ON mandat (territoire, role, compte);
CREATE INDEX mandat_a_confirmer ON mandat (territoire, cree_le) WHERE confirme = 0;

-- The cookie is not here: only its SHA-256.
CREATE TABLE session (
    jeton_hash TEXT PRIMARY KEY,
    compte     TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    appareil   TEXT NOT NULL DEFAULT '',
    cree_le    TEXT NOT NULL,
    vu_le      TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX session_par_compte ON session (compte, cree_le);
CREATE INDEX session_expiree ON session (expire_le);

-- Links sent by e-mail, each good for one use.
CREATE TABLE lien_secret (
    jeton_hash TEXT PRIMARY KEY,
    compte     TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    usage      TEXT NOT NULL CHECK (usage IN ('activation', 'mot_de_passe')),
    cree_le    TEXT NOT NULL,
    expire_le  TEXT NOT NULL,
    utilise_le TEXT
);
CREATE INDEX lien_secret_par_compte ON lien_secret (compte, usage);
CREATE INDEX lien_secret_expire ON lien_secret (expire_le);

-- Attempts, for throttling. `cle` is a keyed digest: neither address nor e-mail can be read from it.
CREATE TABLE tentative (
    id  TEXT PRIMARY KEY,
    cle TEXT NOT NULL,
    le  TEXT NOT NULL
);
CREATE INDEX tentative_par_cle ON tentative (cle, le);
CREATE INDEX tentative_ancienne ON tentative (le);

-- Keys of the installation, made at first start and shared by all its servers.
CREATE TABLE secret (
    nom     TEXT PRIMARY KEY,
    valeur  TEXT NOT NULL,
    cree_le TEXT NOT NULL
);
