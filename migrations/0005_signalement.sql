-- The deposit: drafts, and the signalements they become. What happens to a signalement afterwards is in 0006.

-- Consecutive numbers: one row per counter, incremented in the transaction that uses the number.
CREATE TABLE compteur (
    nom    TEXT PRIMARY KEY,
    valeur BIGINT NOT NULL CHECK (valeur >= 0)
);

CREATE TABLE brouillon (
    id          TEXT PRIMARY KEY,
    jeton_hash  TEXT NOT NULL UNIQUE,
    reponses    TEXT NOT NULL DEFAULT '{}',
    etape       TEXT NOT NULL DEFAULT '',
    email       TEXT,
    insee       TEXT,
    territoire  TEXT,
    cree_le     TEXT NOT NULL,
    modifie_le  TEXT NOT NULL,
    version     BIGINT NOT NULL DEFAULT 1,
    soumis_le   TEXT,
    signalement TEXT,
    CHECK ((soumis_le IS NULL) = (signalement IS NULL))
);
CREATE INDEX brouillon_abandonne ON brouillon (modifie_le);

-- piece: a row of the piece slice; desordre: slug of the critère it shows, empty for the dwelling as a whole.
CREATE TABLE brouillon_piece (
    brouillon TEXT NOT NULL REFERENCES brouillon (id) ON DELETE CASCADE,
    piece     TEXT NOT NULL REFERENCES piece (id),
    desordre  TEXT NOT NULL DEFAULT '',
    ajoute_le TEXT NOT NULL,
    PRIMARY KEY (brouillon, piece)
);
CREATE INDEX brouillon_piece_par_piece ON brouillon_piece (piece);

CREATE TABLE signalement (
    id              TEXT PRIMARY KEY,
    reference       TEXT NOT NULL UNIQUE,
    territoire      TEXT NOT NULL,
    comite          TEXT,
    statut          TEXT NOT NULL CHECK (statut IN ('a_trier', 'en_cours', 'refuse', 'clos')),
    version         BIGINT NOT NULL DEFAULT 1,
    depose_le       TEXT NOT NULL,
    valide_le       TEXT,
    refuse_le       TEXT,
    clos_le         TEXT,
    motif_slug      TEXT,
    motif_texte     TEXT,
    jeton_suivi     TEXT NOT NULL UNIQUE,
    cle_idempotence TEXT NOT NULL UNIQUE,

    adresse_libelle TEXT NOT NULL,
    code_postal     TEXT NOT NULL,
    commune         TEXT NOT NULL,
    insee           TEXT NOT NULL,
    adresse_id      TEXT,
    adresse_cle     TEXT NOT NULL,
    lon             DOUBLE PRECISION,
    lat             DOUBLE PRECISION,
    etage           TEXT NOT NULL DEFAULT '',
    escalier        TEXT NOT NULL DEFAULT '',
    porte           TEXT NOT NULL DEFAULT '',
    adresse_autre   TEXT NOT NULL DEFAULT '',

    profil       TEXT NOT NULL CHECK (profil IN (
        'agent_municipal', 'ccas', 'travailleur_social', 'caf_msa', 'association', 'autre_professionnel',
        'locataire', 'proprietaire_occupant', 'proche', 'voisin', 'bailleur')),
    organisation TEXT NOT NULL DEFAULT '',
    nom          TEXT NOT NULL,
    prenom       TEXT NOT NULL,
    email        TEXT NOT NULL,
    telephone    TEXT NOT NULL DEFAULT '',
    lien         TEXT NOT NULL DEFAULT '',

    -- The occupant, when the depositor is somebody else.
    occupant_distinct  INTEGER NOT NULL CHECK (occupant_distinct IN (0, 1)),
    occupant_nom       TEXT NOT NULL DEFAULT '',
    occupant_prenom    TEXT NOT NULL DEFAULT '',
    occupant_email     TEXT NOT NULL DEFAULT '',
    occupant_telephone TEXT NOT NULL DEFAULT '',
    occupant_statut    TEXT CHECK (occupant_statut IN ('locataire', 'proprietaire', 'heberge', 'inconnu')),
    occupant_prevenu   INTEGER NOT NULL DEFAULT 0 CHECK (occupant_prevenu IN (0, 1)),

    bailleur_type          TEXT CHECK (bailleur_type IN ('particulier', 'organisme', 'social')),
    bailleur_nom           TEXT NOT NULL DEFAULT '',
    bailleur_email         TEXT NOT NULL DEFAULT '',
    bailleur_telephone     TEXT NOT NULL DEFAULT '',
    bailleur_adresse       TEXT NOT NULL DEFAULT '',
    bailleur_prevenu       TEXT CHECK (bailleur_prevenu IN ('oui', 'non', 'nsp')),
    bailleur_prevenu_mois  TEXT NOT NULL DEFAULT '',
    bailleur_prevenu_moyen TEXT CHECK (bailleur_prevenu_moyen IN ('courrier', 'email', 'telephone', 'sms', 'autre')),
    bailleur_reponse       TEXT NOT NULL DEFAULT '',

    nature                  TEXT CHECK (nature IN ('appartement', 'maison', 'autre')),
    nature_autre            TEXT NOT NULL DEFAULT '',
    niveau                  TEXT CHECK (niveau IN ('rdc', 'dernier_etage', 'sous_sol', 'autre')),
    sans_fenetre            TEXT CHECK (sans_fenetre IN ('oui', 'non', 'nsp')),
    piece_unique            INTEGER CHECK (piece_unique IN (0, 1)),
    superficie_dm2          INTEGER CHECK (superficie_dm2 > 0),
    nombre_pieces           INTEGER CHECK (nombre_pieces BETWEEN 1 AND 99),
    piece_de_9_m2           TEXT CHECK (piece_de_9_m2 IN ('oui', 'non', 'nsp')),
    cuisine                 TEXT CHECK (cuisine IN ('dans_le_logement', 'collective', 'absente')),
    salle_de_bain           TEXT CHECK (salle_de_bain IN ('dans_le_logement', 'collective', 'absente')),
    wc                      TEXT CHECK (wc IN ('dans_le_logement', 'collective', 'absente')),
    wc_dans_cuisine         TEXT CHECK (wc_dans_cuisine IN ('oui', 'non', 'nsp')),
    personnes               INTEGER CHECK (personnes BETWEEN 1 AND 99),
    enfants                 INTEGER CHECK (enfants >= 0),
    enfant_moins_6_ans      TEXT CHECK (enfant_moins_6_ans IN ('oui', 'non', 'nsp')),
    personne_fragile        TEXT CHECK (personne_fragile IN ('oui', 'non', 'nsp')),
    vulnerabilite           TEXT NOT NULL DEFAULT '',
    emmenagement            TEXT,
    dpe                     TEXT CHECK (dpe IN ('oui', 'non', 'nsp')),
    dpe_le                  TEXT,
    classe_energetique      TEXT CHECK (classe_energetique IN ('A', 'B', 'C', 'D', 'E', 'F', 'G')),
    consommation_kwh_par_m2 INTEGER CHECK (consommation_kwh_par_m2 > 0),
    social                  TEXT CHECK (social IN ('oui', 'non', 'nsp')),
    annee_construction      INTEGER,
    bail                    TEXT CHECK (bail IN ('oui', 'non', 'nsp')),
    loyer_centimes          BIGINT CHECK (loyer_centimes >= 0),
    allocation              TEXT CHECK (allocation IN ('caf', 'msa', 'non', 'nsp')),
    numero_allocataire      TEXT NOT NULL DEFAULT '',

    travailleur_social         TEXT CHECK (travailleur_social IN ('oui', 'non', 'nsp')),
    structure_sociale          TEXT NOT NULL DEFAULT '',
    assurance                  TEXT CHECK (assurance IN ('prevenue', 'non_prevenue', 'sans_assurance', 'nsp')),
    reponse_assurance          TEXT NOT NULL DEFAULT '',
    demande_relogement         TEXT CHECK (demande_relogement IN ('oui', 'non', 'nsp')),
    veut_partir                TEXT CHECK (veut_partir IN ('oui', 'non', 'nsp')),
    preavis_depose             TEXT CHECK (preavis_depose IN ('oui', 'non', 'nsp')),
    visite_acceptee            TEXT CHECK (visite_acceptee IN ('oui', 'non', 'nsp')),
    bailleur_peut_etre_prevenu TEXT CHECK (bailleur_peut_etre_prevenu IN ('oui', 'non', 'nsp')),

    description                 TEXT NOT NULL DEFAULT '',
    debut                       TEXT CHECK (debut IN (
        'moins_1_mois', '1_a_6_mois', '6_a_12_mois', '1_a_2_ans', 'plus_2_ans', 'nsp')),
    constate                    TEXT CHECK (constate IN ('oui', 'non', 'nsp')),
    danger_declare              INTEGER NOT NULL DEFAULT 0 CHECK (danger_declare IN (0, 1)),
    danger                      INTEGER NOT NULL DEFAULT 0 CHECK (danger IN (0, 1)),
    vacant                      INTEGER NOT NULL DEFAULT 0 CHECK (vacant IN (0, 1)),
    doublon_possible            INTEGER NOT NULL DEFAULT 0 CHECK (doublon_possible IN (0, 1)),
    gravite                     TEXT NOT NULL CHECK (gravite IN ('faible', 'moyen', 'eleve', 'danger_immediat')),
    criticite_centiemes          INTEGER NOT NULL CHECK (criticite_centiemes BETWEEN 0 AND 10000),
    criticite_batiment_centiemes INTEGER NOT NULL CHECK (criticite_batiment_centiemes >= 0),
    criticite_logement_centiemes INTEGER NOT NULL CHECK (criticite_logement_centiemes >= 0),
    recherche                   TEXT NOT NULL DEFAULT '',

    CHECK ((statut = 'clos') = (clos_le IS NOT NULL)),
    CHECK ((statut = 'refuse') = (refuse_le IS NOT NULL)),
    CHECK (statut NOT IN ('en_cours', 'clos') OR valide_le IS NOT NULL),
    CHECK (statut <> 'a_trier' OR valide_le IS NULL),
    CHECK ((statut IN ('refuse', 'clos')) = (motif_slug IS NOT NULL)),
    CHECK ((lon IS NULL) = (lat IS NULL)),
    CHECK (danger >= danger_declare),
    CHECK (enfants IS NULL OR personnes IS NULL OR enfants <= personnes),
    CHECK (occupant_distinct = 1
           OR (occupant_nom = '' AND occupant_prenom = '' AND occupant_email = '' AND occupant_telephone = ''))
);
CREATE INDEX signalement_par_territoire ON signalement (territoire, statut, depose_le);
CREATE INDEX signalement_par_comite ON signalement (comite, statut, depose_le);
CREATE INDEX signalement_par_commune ON signalement (insee, depose_le);
CREATE INDEX signalement_par_adresse ON signalement (adresse_cle, depose_le);

-- What was found wrong: précisions of the taxonomy. pieces: slugs of rooms separated by spaces.
CREATE TABLE signalement_desordre (
    signalement    TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    rang           INTEGER NOT NULL,
    precision_slug TEXT NOT NULL,
    critere        TEXT NOT NULL,
    zone           TEXT NOT NULL CHECK (zone IN ('BATIMENT', 'LOGEMENT')),
    pieces         TEXT NOT NULL DEFAULT '',
    texte_libre    TEXT NOT NULL DEFAULT '',
    presumee       INTEGER NOT NULL CHECK (presumee IN (0, 1)),
    territoire     TEXT NOT NULL,
    PRIMARY KEY (signalement, precision_slug)
);

-- Procedures suspected, before any visit. precisions: slugs separated by spaces, why it is suspected.
CREATE TABLE signalement_qualification (
    signalement   TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    rang          INTEGER NOT NULL,
    qualification TEXT NOT NULL,
    statut        TEXT NOT NULL,
    precisions    TEXT NOT NULL DEFAULT '',
    territoire    TEXT NOT NULL,
    PRIMARY KEY (signalement, qualification)
);

CREATE TABLE signalement_piece (
    signalement TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    piece       TEXT NOT NULL REFERENCES piece (id),
    desordre    TEXT NOT NULL DEFAULT '',
    ajoute_le   TEXT NOT NULL,
    territoire  TEXT NOT NULL,
    PRIMARY KEY (signalement, piece)
);
CREATE INDEX signalement_piece_par_piece ON signalement_piece (piece);
