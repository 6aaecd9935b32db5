-- The schema after the last migration. Written by `logis docs`; never run: migrations are.

-- ── Both engines (as SQLite keeps it: there, tables are STRICT where they say so) ──

CREATE TABLE acces_ponctuel (
    signalement TEXT NOT NULL REFERENCES signalement (id),
    compte      TEXT NOT NULL REFERENCES compte (id),
    territoire  TEXT NOT NULL,
    ouvert_le   TEXT NOT NULL,
    PRIMARY KEY (signalement, compte)
);
CREATE INDEX acces_ponctuel_par_compte ON acces_ponctuel (compte, signalement);

CREATE TABLE adresse (
    id TEXT PRIMARY KEY,
    lieu INTEGER NOT NULL REFERENCES lieu (rang) ON DELETE CASCADE,
    numero INTEGER NOT NULL,
    suffixe TEXT NOT NULL DEFAULT '',
    code_postal TEXT,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX adresse_lieu ON adresse (lieu, numero, suffixe);

CREATE TABLE affectation (
    id           TEXT PRIMARY KEY,
    signalement  TEXT NOT NULL REFERENCES signalement (id),
    partenaire   TEXT NOT NULL REFERENCES partenaire (id),
    territoire   TEXT NOT NULL,
    statut       TEXT NOT NULL CHECK (statut IN ('en_attente', 'acceptee', 'refusee', 'fermee')),
    version      BIGINT NOT NULL DEFAULT 1,
    affectee_le  TEXT NOT NULL,
    affectee_par TEXT NOT NULL DEFAULT '',
    repondue_le  TEXT,
    fermee_le    TEXT,
    motif        TEXT,
    motif_texte  TEXT NOT NULL DEFAULT '', premiere_le TEXT,
    UNIQUE (signalement, partenaire),
    CHECK ((statut = 'fermee') = (fermee_le IS NOT NULL)),
    CHECK ((statut IN ('refusee', 'fermee')) = (motif IS NOT NULL))
);
CREATE INDEX affectation_par_partenaire ON affectation (partenaire, statut, affectee_le);
CREATE TRIGGER affectation_mouvement_arrivee AFTER INSERT ON affectation
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;
CREATE TRIGGER affectation_mouvement_depart AFTER DELETE ON affectation
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (OLD.signalement, OLD.territoire);
END;
CREATE TRIGGER affectation_mouvement_passage AFTER UPDATE OF partenaire, statut, affectee_le, premiere_le ON affectation
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;

CREATE TABLE attribution_constatee (
    demande    TEXT PRIMARY KEY,
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    typologie  TEXT NOT NULL,
    annee      INTEGER NOT NULL,
    jours      INTEGER NOT NULL
);
CREATE INDEX attribution_constatee_annee ON attribution_constatee (territoire, annee);

CREATE TABLE avertissement (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    guichet    TEXT NOT NULL REFERENCES guichet (code),
    motif      TEXT NOT NULL CHECK (motif IN ('non_reponse', 'irrecevabilite')),
    condition_acces TEXT NOT NULL DEFAULT '' CHECK (condition_acces IN ('', 'plafond', 'sejour')),
    texte      TEXT NOT NULL CHECK (texte <> ''),
    ancre      TEXT NOT NULL,
    par        TEXT NOT NULL,
    ecrit_le   TEXT NOT NULL,
    moyen      TEXT NOT NULL DEFAULT '' CHECK (moyen IN ('', 'recommande', 'main_propre', 'autre')),
    remis_le   TEXT,
    preuve     TEXT NOT NULL DEFAULT '',
    repondu_le TEXT,
    reponse    TEXT NOT NULL DEFAULT '',
    CHECK ((moyen = '') = (remis_le IS NULL))
);
CREATE INDEX avertissement_de ON avertissement (demande, id);

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

CREATE TABLE bareme (
    depuis           TEXT NOT NULL,
    zone             TEXT NOT NULL,
    financement      TEXT NOT NULL CHECK (financement IN ('plai', 'plus')),
    categorie_1      INTEGER NOT NULL CHECK (categorie_1 > 0),
    categorie_2      INTEGER NOT NULL,
    categorie_3      INTEGER NOT NULL,
    categorie_4      INTEGER NOT NULL,
    categorie_5      INTEGER NOT NULL,
    categorie_6      INTEGER NOT NULL,
    personne_en_plus INTEGER NOT NULL,
    PRIMARY KEY (depuis, zone, financement)
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

CREATE TABLE brouillon_piece (
    brouillon TEXT NOT NULL REFERENCES brouillon (id) ON DELETE CASCADE,
    piece     TEXT NOT NULL REFERENCES piece (id),
    desordre  TEXT NOT NULL DEFAULT '',
    ajoute_le TEXT NOT NULL,
    PRIMARY KEY (brouillon, piece)
);
CREATE INDEX brouillon_piece_par_piece ON brouillon_piece (piece);

CREATE TABLE campagne_de_rappels (
    campagne   TEXT NOT NULL CHECK (campagne IN ('avis_impot', 'nouvelle_annee')),
    depuis     TEXT NOT NULL,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    apres      TEXT NOT NULL DEFAULT '',
    finie_le   TEXT,
    PRIMARY KEY (campagne, depuis, territoire)
);

CREATE TABLE candidature (
    id                 TEXT PRIMARY KEY,
    territoire         TEXT NOT NULL CHECK (length(territoire) = 3),
    demande            TEXT NOT NULL REFERENCES demande (id),
    logement           TEXT NOT NULL REFERENCES logement_propose (id),
    guichet            TEXT NOT NULL REFERENCES guichet (code),
    etat               TEXT NOT NULL CHECK (etat IN (
        'designee', 'pieces_demandees', 'complete', 'visite_proposee', 'inscrite', 'classee', 'sous_condition',
        'attribuee', 'acceptee', 'bail_signe', 'non_attribuee', 'irrecevable', 'refusee', 'sans_reponse', 'caduque')),
    rang               INTEGER NOT NULL DEFAULT 0,
    complet            INTEGER NOT NULL DEFAULT 0 CHECK (complet IN (0, 1)),
    du_prefet          INTEGER NOT NULL DEFAULT 0 CHECK (du_prefet IN (0, 1)),
    commission         TEXT REFERENCES commission (id),
    visite_le          TEXT,
    offerte_le         TEXT,
    -- The message that carried the offer; empty: the post.
    offre_courriel     TEXT NOT NULL DEFAULT '',
    repondre_avant     TEXT,
    condition_jusqu_au TEXT,
    attendu            TEXT NOT NULL DEFAULT '',
    motif              TEXT NOT NULL DEFAULT '',
    bail_le            TEXT,
    bail_rpls          TEXT NOT NULL DEFAULT '',
    bail_accord        INTEGER NOT NULL DEFAULT 0 CHECK (bail_accord IN (0, 1)),
    bail_dalo          INTEGER NOT NULL DEFAULT 0 CHECK (bail_dalo IN (0, 1)),
    a_revoir_le        TEXT NOT NULL DEFAULT '9999-12-31',
    designee_le        TEXT NOT NULL,
    designee_par       TEXT REFERENCES compte (id),
    version            BIGINT NOT NULL DEFAULT 1,
    UNIQUE (demande, logement)
);
CREATE INDEX candidature_a_revoir ON candidature (a_revoir_le, id) WHERE a_revoir_le < '9999-12-31';
CREATE UNIQUE INDEX candidature_attribution ON candidature (logement) WHERE etat IN ('attribuee', 'acceptee', 'bail_signe');
CREATE INDEX candidature_du_logement ON candidature (logement, designee_le, id);
CREATE INDEX candidature_irrecevable ON candidature (territoire, id) WHERE etat = 'irrecevable';
CREATE UNIQUE INDEX candidature_rang ON candidature (logement, commission, rang) WHERE rang > 0;

CREATE TABLE candidature_evenement (
    candidature TEXT NOT NULL REFERENCES candidature (id),
    ordre       BIGINT NOT NULL,
    demande     TEXT NOT NULL REFERENCES demande (id),
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    action      TEXT NOT NULL,
    le          TEXT NOT NULL,
    organisme   TEXT NOT NULL,
    compte      TEXT REFERENCES compte (id),
    rang        INTEGER NOT NULL DEFAULT 0,
    jour        TEXT,
    texte       TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (candidature, ordre)
);
CREATE INDEX candidature_evenement_demande ON candidature_evenement (demande);

CREATE TABLE chiffres_attente (
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    typologie  TEXT NOT NULL,
    premier    INTEGER NOT NULL,
    autre      INTEGER NOT NULL,
    PRIMARY KEY (territoire, insee, typologie)
);

CREATE TABLE chiffres_attribution (
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    annee      INTEGER NOT NULL,
    typologie  TEXT NOT NULL,
    nombre     INTEGER NOT NULL,
    jours      BIGINT NOT NULL,
    mediane    INTEGER,
    p75        INTEGER,
    PRIMARY KEY (territoire, insee, annee, typologie)
);

CREATE TABLE chiffres_jamais_montres (
    territoire TEXT NOT NULL,
    insee      TEXT NOT NULL,
    annee      INTEGER NOT NULL,
    cases      TEXT NOT NULL,
    PRIMARY KEY (territoire, insee, annee)
);

CREATE TABLE chiffres_releve (
    territoire TEXT PRIMARY KEY,
    releve_le  TEXT NOT NULL
);

CREATE TABLE colonnes_choisies (
    compte   TEXT PRIMARY KEY REFERENCES compte (id) ON DELETE CASCADE,
    colonnes TEXT NOT NULL
);

CREATE TABLE comite (
    id TEXT PRIMARY KEY,
    territoire TEXT NOT NULL REFERENCES territoire (code),
    nom TEXT NOT NULL,
    telephone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    texte TEXT NOT NULL DEFAULT '',
    horaires TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (territoire, nom)
);

CREATE TABLE comite_perimetre (
    territoire TEXT NOT NULL REFERENCES territoire (code),
    genre TEXT NOT NULL CHECK (genre IN ('epci', 'commune')),
    code TEXT NOT NULL,
    comite TEXT NOT NULL REFERENCES comite (id),
    PRIMARY KEY (territoire, genre, code)
);
CREATE INDEX comite_perimetre_comite ON comite_perimetre (comite);

CREATE TABLE commission (
    id         TEXT PRIMARY KEY,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    bailleur   TEXT NOT NULL REFERENCES guichet (code),
    tenue_le   TEXT NOT NULL,
    lieu       TEXT NOT NULL DEFAULT '',
    cree_le    TEXT NOT NULL,
    cree_par   TEXT REFERENCES compte (id),
    version    BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX commission_du_bailleur ON commission (bailleur, tenue_le, id);

CREATE TABLE commission_logement (
    commission TEXT NOT NULL REFERENCES commission (id),
    logement   TEXT NOT NULL REFERENCES logement_propose (id),
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    derogation TEXT NOT NULL DEFAULT '' CHECK (derogation IN ('', 'peu_de_candidats', 'designation_du_prefet', 'tres_social')),
    decide_le  TEXT,
    PRIMARY KEY (commission, logement)
);
CREATE INDEX commission_logement_inverse ON commission_logement (logement);

CREATE TABLE commune (
    insee TEXT PRIMARY KEY,
    nom TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('commune', 'deleguee', 'associee', 'arrondissement')),
    rattachee_a TEXT REFERENCES commune (insee),
    departement TEXT NOT NULL REFERENCES departement (code),
    epci TEXT REFERENCES epci (siren),
    codes_postaux TEXT NOT NULL DEFAULT '', -- separated by one space
    population BIGINT NOT NULL DEFAULT 0,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    position_source TEXT, -- 'reference', or 'laposte' which a new reference does not overwrite
    CHECK ((type = 'commune') = (rattachee_a IS NULL)),
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX commune_departement ON commune (departement, type, nom);
CREATE INDEX commune_epci ON commune (epci);
CREATE INDEX commune_par_population ON commune (population) WHERE type = 'commune';
CREATE INDEX commune_par_position ON commune (lon, lat) WHERE type = 'commune';
CREATE INDEX commune_rattachee ON commune (rattachee_a);

CREATE TABLE commune_ancien_code (
    code TEXT PRIMARY KEY,
    insee TEXT NOT NULL REFERENCES commune (insee)
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
    version               BIGINT NOT NULL DEFAULT 1, nom_declare INTEGER NOT NULL DEFAULT 0 CHECK (nom_declare IN (0, 1)), averti_le TEXT, desactive_le TEXT, efface_le TEXT,
    CHECK (etat <> 'actif' OR mot_de_passe <> '')
);
CREATE INDEX compte_par_etat ON compte (etat, cree_le);
CREATE INDEX compte_par_nom ON compte (nom_cherche, id);

CREATE TABLE compteur (
    nom    TEXT PRIMARY KEY,
    valeur BIGINT NOT NULL CHECK (valeur >= 0)
);

CREATE TABLE cotation (
    demande     TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    epci        TEXT NOT NULL,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    grille      TEXT NOT NULL REFERENCES grille_cotation (id),
    typologie   TEXT NOT NULL,
    points      INTEGER NOT NULL,
    prouves     INTEGER NOT NULL,
    deposee_le  TEXT NOT NULL,
    a_revoir_le TEXT NOT NULL,
    calculee_le TEXT NOT NULL,
    PRIMARY KEY (demande, epci)
);
CREATE INDEX cotation_a_revoir ON cotation (a_revoir_le, demande);
CREATE INDEX cotation_rang ON cotation (epci, typologie, points, deposee_le, demande);

CREATE TABLE cotation_a_calculer (
    demande    TEXT PRIMARY KEY,
    territoire TEXT NOT NULL,
    tour       INTEGER NOT NULL DEFAULT 1
, depuis TEXT NOT NULL DEFAULT '');
CREATE INDEX cotation_a_calculer_depuis ON cotation_a_calculer (depuis, demande);

CREATE TABLE courriel (
    id            TEXT PRIMARY KEY,
    gabarit       TEXT NOT NULL CHECK (gabarit <> ''),
    destinataire  TEXT NOT NULL,
    objet         TEXT NOT NULL,
    -- Rendered content; emptied some time after sending, since it may hold a secret link.
    texte         TEXT NOT NULL,
    html          TEXT NOT NULL,
    territoire    TEXT NOT NULL DEFAULT '',
    objet_type    TEXT NOT NULL DEFAULT '',
    objet_id      TEXT NOT NULL DEFAULT '',
    etat          TEXT NOT NULL CHECK (etat IN ('a_envoyer', 'en_cours', 'envoye', 'echec', 'refuse')),
    cree_le       TEXT NOT NULL,
    -- Start of the five days of attempts; moves when a human asks for another one.
    depuis_le     TEXT NOT NULL,
    -- Part of the Message-ID: another one asked by a human is another message.
    envoi         INTEGER NOT NULL DEFAULT 1,
    essais        INTEGER NOT NULL DEFAULT 0,
    prochain_le   TEXT,
    bail_par      TEXT,
    bail_jusqu_au TEXT,
    envoye_le     TEXT,
    efface_le     TEXT,
    erreur        TEXT NOT NULL DEFAULT '', cle TEXT, requete TEXT NOT NULL DEFAULT '',
    CHECK ((etat IN ('a_envoyer', 'echec')) = (prochain_le IS NOT NULL)),
    CHECK ((etat = 'en_cours') = (bail_par IS NOT NULL)),
    CHECK ((etat = 'en_cours') = (bail_jusqu_au IS NOT NULL)),
    CHECK ((etat = 'envoye') = (envoye_le IS NOT NULL)),
    CHECK (efface_le IS NULL OR etat IN ('envoye', 'refuse'))
);
CREATE INDEX courriel_a_effacer ON courriel (cree_le) WHERE efface_le IS NULL AND etat IN ('envoye', 'refuse');
CREATE INDEX courriel_a_faire ON courriel (prochain_le) WHERE etat IN ('a_envoyer', 'echec');
CREATE INDEX courriel_ancien ON courriel (cree_le) WHERE objet_type <> 'signalement';
CREATE UNIQUE INDEX courriel_cle ON courriel (cle);
CREATE INDEX courriel_en_cours ON courriel (bail_jusqu_au) WHERE etat = 'en_cours';
CREATE INDEX courriel_par_objet ON courriel (objet_type, objet_id, cree_le);

CREATE TABLE courriel_joint (
    courriel TEXT PRIMARY KEY REFERENCES courriel (id) ON DELETE CASCADE,
    nom      TEXT NOT NULL,
    type     TEXT NOT NULL,
    contenu  TEXT NOT NULL
, territoire TEXT NOT NULL DEFAULT '');

CREATE TABLE delai_mediation (
    departement TEXT NOT NULL,
    depuis      TEXT NOT NULL,
    pieces_min  INTEGER NOT NULL CHECK (pieces_min >= 1),
    pieces_max  INTEGER NOT NULL CHECK (pieces_max >= pieces_min),
    mois        INTEGER NOT NULL CHECK (mois >= 1),
    commission  TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (departement, depuis, pieces_min)
);

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
, contenu_version INTEGER NOT NULL DEFAULT 1, attestation_courriel TEXT NOT NULL DEFAULT ''
    CHECK (attestation_courriel IN ('', 'a_preparer', 'en_route')), etape TEXT NOT NULL DEFAULT '', a_revoir_le TEXT NOT NULL DEFAULT '', radiee_le TEXT, motif_radiation TEXT NOT NULL DEFAULT '', radiation_justificatif TEXT NOT NULL DEFAULT '', radiation_averti_le TEXT, radiation_irrecevabilite TEXT NOT NULL DEFAULT '' CHECK (radiation_irrecevabilite IN ('', 'plafond', 'sejour')), en_ligne INTEGER NOT NULL DEFAULT 0 CHECK (en_ligne IN (0, 1)), vivier_version BIGINT NOT NULL DEFAULT 0, numero_recu INTEGER NOT NULL DEFAULT 0 CHECK (numero_recu IN (0, 1)), radiable_le TEXT NOT NULL DEFAULT '', vivier_edition BIGINT NOT NULL DEFAULT 0);
CREATE INDEX demande_a_attester ON demande (guichet, deposee_le, id)
    WHERE attestation_le IS NULL AND etat IN ('active', 'a_renouveler', 'en_tolerance');
CREATE INDEX demande_a_revoir ON demande (a_revoir_le, id);
CREATE INDEX demande_active ON demande (territoire, id) WHERE etat = 'active';
CREATE INDEX demande_attestation_courriel ON demande (attestation_courriel, id) WHERE attestation_courriel <> '';
CREATE INDEX demande_en_tolerance ON demande (guichet, ancre, id) WHERE etat = 'en_tolerance';
CREATE INDEX demande_hors_vivier ON demande (id) WHERE vivier_version <> version;
CREATE INDEX demande_par_guichet ON demande (guichet, id);
CREATE INDEX demande_radiable ON demande (territoire, radiable_le, id) WHERE radiable_le <> '';
CREATE INDEX demande_radiable_du_guichet ON demande (guichet, radiable_le, id) WHERE radiable_le <> '';
CREATE INDEX demande_radiee ON demande (radiee_le, id) WHERE etat = 'radiee';
CREATE INDEX demande_vivier_edition ON demande (vivier_edition, id) WHERE etat IN ('active', 'a_renouveler', 'en_tolerance');

CREATE TABLE demande_adresse (
    demande    TEXT PRIMARY KEY REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    courriel   TEXT NOT NULL,
    code_hash  TEXT NOT NULL,
    essais     INTEGER NOT NULL DEFAULT 0,
    cree_le    TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX demande_adresse_expire ON demande_adresse (expire_le);
CREATE INDEX demande_adresse_par_demandeur ON demande_adresse (demandeur);

CREATE TABLE demande_cle (
    demandeur TEXT PRIMARY KEY REFERENCES demandeur (id) ON DELETE CASCADE,
    demande   TEXT REFERENCES demande (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    essais    INTEGER NOT NULL DEFAULT 0,
    cree_le   TEXT NOT NULL,
    expire_le TEXT NOT NULL
, rang INTEGER NOT NULL DEFAULT 0);
CREATE INDEX demande_cle_expire ON demande_cle (expire_le);
CREATE INDEX demande_cle_par_demande ON demande_cle (demande);

CREATE TABLE demande_doublon (
    demande      TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    autre        TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire   TEXT NOT NULL CHECK (length(territoire) = 3),
    ressemblance TEXT NOT NULL CHECK (ressemblance IN ('meme_nir', 'meme_identite', 'proche')),
    trouve_le    TEXT NOT NULL,
    -- Somebody looked: two people.
    ecarte_le    TEXT,
    ecarte_par   TEXT REFERENCES compte (id),
    PRIMARY KEY (demande, autre),
    CHECK (demande <> autre)
);
CREATE INDEX demande_doublon_a_voir ON demande_doublon (territoire, trouve_le, demande, autre) WHERE ecarte_le IS NULL;
CREATE INDEX demande_doublon_de_l_autre ON demande_doublon (autre, demande);

CREATE TABLE demande_echange (
    demande    TEXT PRIMARY KEY REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    fichier_le TEXT NOT NULL,
    -- Of the answers it became: anything later was said here.
    version    BIGINT NOT NULL CHECK (version >= 1),
    contenu    TEXT NOT NULL
);

CREATE TABLE demande_en_ligne (
    id         TEXT PRIMARY KEY,
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    etat       TEXT NOT NULL CHECK (etat IN ('brouillon', 'deposee', 'invalidee')),
    contenu    TEXT NOT NULL,
    nirs       TEXT NOT NULL DEFAULT '',
    etape      TEXT NOT NULL DEFAULT '',
    deposee_le TEXT,
    envoyee_le TEXT,
    motif      TEXT NOT NULL DEFAULT '',
    cree_le    TEXT NOT NULL,
    modifie_le TEXT NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1, deposant TEXT NOT NULL DEFAULT '', invalidee_le TEXT,
    CHECK ((etat = 'brouillon') = (deposee_le IS NULL)),
    CHECK ((etat = 'invalidee') = (motif <> ''))
);
CREATE INDEX demande_en_ligne_a_verifier ON demande_en_ligne (territoire, deposee_le, id) WHERE etat = 'deposee';
CREATE INDEX demande_en_ligne_du_demandeur ON demande_en_ligne (demandeur, territoire);
CREATE INDEX demande_en_ligne_non_corrigee ON demande_en_ligne (etat, invalidee_le);
CREATE INDEX demande_en_ligne_oubliee ON demande_en_ligne (etat, modifie_le);

CREATE TABLE demande_en_ligne_piece (
    demande_en_ligne TEXT NOT NULL REFERENCES demande_en_ligne (id) ON DELETE CASCADE,
    piece            TEXT NOT NULL REFERENCES piece (id),
    territoire       TEXT NOT NULL CHECK (length(territoire) = 3),
    ajoutee_le       TEXT NOT NULL,
    PRIMARY KEY (demande_en_ligne, piece)
);
CREATE INDEX demande_en_ligne_piece_fichier ON demande_en_ligne_piece (piece);

CREATE TABLE demande_nir_remplace (
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    rang       INTEGER NOT NULL,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    nir_scelle TEXT NOT NULL,
    PRIMARY KEY (demande, version, rang)
);

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
CREATE INDEX demande_personne_naissance ON demande_personne (territoire, naissance_le, nom_cherche);
CREATE INDEX demande_personne_nir ON demande_personne (nir_empreinte, territoire) WHERE nir_empreinte <> '';
CREATE INDEX demande_personne_nom ON demande_personne (territoire, nom_cherche, prenom_cherche);

CREATE TABLE demande_piece (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    type       TEXT NOT NULL CHECK (type <> ''),
    personne   TEXT NOT NULL DEFAULT '',
    periode    TEXT NOT NULL DEFAULT '',
    version    INTEGER NOT NULL CHECK (version >= 1),
    piece      TEXT REFERENCES piece (id),
    etat       TEXT NOT NULL CHECK (etat IN ('remise', 'deposee', 'validee', 'refusee')),
    motif      TEXT NOT NULL DEFAULT '',
    expire_le  TEXT,
    guichet    TEXT NOT NULL REFERENCES guichet (code),
    remise_le  TEXT NOT NULL,
    cree_le    TEXT NOT NULL,
    cree_par   TEXT REFERENCES compte (id),
    decidee_le TEXT,
    decidee_par TEXT REFERENCES compte (id), rappelee_le TEXT,
    UNIQUE (demande, type, personne, periode, version),
    CHECK ((etat = 'remise') = (piece IS NULL)),
    CHECK ((etat = 'refusee') = (motif <> '')),
    CHECK ((etat IN ('validee', 'refusee')) = (decidee_le IS NOT NULL))
);
CREATE INDEX demande_piece_a_numeriser ON demande_piece (guichet, remise_le, id) WHERE etat = 'remise';
CREATE INDEX demande_piece_a_rappeler ON demande_piece (expire_le, id) WHERE expire_le IS NOT NULL AND rappelee_le IS NULL;
CREATE INDEX demande_piece_a_verifier ON demande_piece (guichet, cree_le, id) WHERE etat = 'deposee' AND cree_par IS NULL;
CREATE INDEX demande_piece_fichier ON demande_piece (piece);

CREATE TABLE demande_relecture (
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    ancre      TEXT NOT NULL,
    partie     TEXT NOT NULL,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    relue_le   TEXT NOT NULL,
    PRIMARY KEY (demande, ancre, partie)
);

CREATE TABLE demande_souhait (
    demande TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    rang    INTEGER NOT NULL CHECK (rang BETWEEN 1 AND 8),
    insee   TEXT NOT NULL, territoire TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (demande, rang)
);
CREATE INDEX demande_souhait_commune ON demande_souhait (insee, demande);

CREATE TABLE demande_version (
    demande      TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    numero       INTEGER NOT NULL CHECK (numero >= 1),
    cree_le      TEXT NOT NULL,
    -- Account of the agent; null: the applicant.
    auteur       TEXT REFERENCES compte (id),
    auteur_nom   TEXT NOT NULL,
    raison       TEXT NOT NULL CHECK (raison <> ''),
    -- From which paper an agent changed it; empty for the registration itself.
    justificatif TEXT NOT NULL DEFAULT '',
    -- Fields whose NIR was given or corrected, separated by spaces; the numbers are in demande_personne, sealed.
    nirs         TEXT NOT NULL DEFAULT '',
    contenu      TEXT NOT NULL, territoire TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (demande, numero)
);
CREATE INDEX demande_version_changee ON demande_version (territoire, cree_le, demande);

CREATE TABLE demandeur (
    id       TEXT PRIMARY KEY,
    courriel TEXT NOT NULL UNIQUE,
    cree_le  TEXT NOT NULL,
    vu_le    TEXT NOT NULL
);
CREATE INDEX demandeur_oublie ON demandeur (vu_le);

CREATE TABLE demandeur_code (
    jeton_hash TEXT PRIMARY KEY,
    courriel   TEXT NOT NULL,
    code_hash  TEXT NOT NULL,
    essais     INTEGER NOT NULL DEFAULT 0,
    cree_le    TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX demandeur_code_expire ON demandeur_code (expire_le);

CREATE TABLE demandeur_demande (
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    role       TEXT NOT NULL CHECK (role IN ('titulaire', 'codemandeur')),
    voie       TEXT NOT NULL CHECK (voie IN ('en_ligne', 'recherche', 'guichet')),
    depuis     TEXT NOT NULL, rang INTEGER NOT NULL DEFAULT 0 CHECK (rang BETWEEN 0 AND 3),
    PRIMARY KEY (demandeur, demande)
);
CREATE UNIQUE INDEX demandeur_demande_codemandeur ON demandeur_demande (demande, rang) WHERE role = 'codemandeur' AND rang > 0;
CREATE INDEX demandeur_demande_par_demande ON demandeur_demande (demande);
CREATE UNIQUE INDEX demandeur_demande_titulaire ON demandeur_demande (demande) WHERE role = 'titulaire';

CREATE TABLE demandeur_session (
    jeton_hash TEXT PRIMARY KEY,
    demandeur  TEXT NOT NULL REFERENCES demandeur (id) ON DELETE CASCADE,
    appareil   TEXT NOT NULL DEFAULT '',
    cree_le    TEXT NOT NULL,
    vu_le      TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX demandeur_session_expiree ON demandeur_session (expire_le);
CREATE INDEX demandeur_session_par_demandeur ON demandeur_session (demandeur, cree_le);

CREATE TABLE departement (
    code TEXT PRIMARY KEY,
    nom TEXT NOT NULL,
    region TEXT NOT NULL REFERENCES region (code)
, population BIGINT NOT NULL DEFAULT 0);

CREATE TABLE echange_fichier (
    id          TEXT PRIMARY KEY,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    depose_par  TEXT NOT NULL REFERENCES compte (id),
    depose_le   TEXT NOT NULL,
    fichier_le  TEXT NOT NULL,
    empreinte   TEXT NOT NULL,
    contenu     TEXT NOT NULL,
    nouvelles   INTEGER NOT NULL DEFAULT 0,
    changees    INTEGER NOT NULL DEFAULT 0,
    inchangees  INTEGER NOT NULL DEFAULT 0,
    refusees    INTEGER NOT NULL DEFAULT 0,
    applique_le TEXT
, renouvelees INTEGER NOT NULL DEFAULT 0, doublons INTEGER NOT NULL DEFAULT 0);
CREATE INDEX echange_fichier_du_deposant ON echange_fichier (depose_par, depose_le);
CREATE INDEX echange_fichier_en_attente ON echange_fichier (depose_le) WHERE contenu <> '';

CREATE TABLE envoi_unique (
    empreinte TEXT PRIMARY KEY,
    reponse   TEXT NOT NULL,
    recu_le   TEXT NOT NULL
);
CREATE INDEX envoi_unique_ancien ON envoi_unique (recu_le);

CREATE TABLE epci (
    siren TEXT PRIMARY KEY,
    nom TEXT NOT NULL,
    type TEXT NOT NULL
);

CREATE TABLE gestion_territoire (
    id         TEXT PRIMARY KEY,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    depuis     TEXT NOT NULL,
    -- Of the local system; empty: here.
    site       TEXT NOT NULL CHECK (site = '' OR substr(site, 1, 8) = 'https://'),
    auteur     TEXT NOT NULL REFERENCES compte (id),
    auteur_nom TEXT NOT NULL,
    cree_le    TEXT NOT NULL
);
CREATE INDEX gestion_territoire_du_jour ON gestion_territoire (territoire, depuis, id);

CREATE TABLE grille_cotation (
    id          TEXT PRIMARY KEY,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    epci        TEXT NOT NULL,
    version     INTEGER NOT NULL CHECK (version >= 1),
    nom         TEXT NOT NULL,
    depuis      TEXT NOT NULL,
    contenu     TEXT NOT NULL,
    importee_le TEXT NOT NULL,
    curseur     TEXT,
    UNIQUE (epci, version)
);
CREATE INDEX grille_cotation_depuis ON grille_cotation (epci, depuis);

CREATE TABLE guichet (
    code       TEXT PRIMARY KEY CHECK (length(code) = 5),
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    partenaire TEXT NOT NULL REFERENCES partenaire (id),
    cree_le    TEXT NOT NULL
, qualite TEXT NOT NULL DEFAULT '' CHECK (qualite IN (
    '', 'action_logement', 'reservataire', 'mandataire_commun', 'gestionnaire', 'pdalhpd')));
CREATE UNIQUE INDEX guichet_du_partenaire ON guichet (partenaire, territoire);

CREATE TABLE guichet_accueil (
    guichet    TEXT PRIMARY KEY REFERENCES guichet (code),
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    adresse    TEXT NOT NULL CHECK (adresse <> ''),
    telephone  TEXT NOT NULL DEFAULT '',
    horaires   TEXT NOT NULL DEFAULT '',
    change_le  TEXT NOT NULL
);
CREATE INDEX guichet_accueil_du_territoire ON guichet_accueil (territoire);

CREATE TABLE habilitation (
    compte   TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    guichet  TEXT NOT NULL REFERENCES guichet (code),
    cree_le  TEXT NOT NULL,
    -- Account that gave it; null: the demonstration.
    cree_par TEXT REFERENCES compte (id),
    PRIMARY KEY (compte, guichet)
);
CREATE INDEX habilitation_par_guichet ON habilitation (guichet, compte);

CREATE TABLE import_de_baremes (
    importe_le TEXT PRIMARY KEY,
    depuis     TEXT NOT NULL,
    lignes     INTEGER NOT NULL
);

CREATE TABLE import_fichier (
    empreinte TEXT NOT NULL,
    genre TEXT NOT NULL CHECK (genre IN ('communes', 'adresses')),
    nom TEXT NOT NULL,
    position BIGINT NOT NULL DEFAULT 0, -- bytes of uncompressed text
    lignes BIGINT NOT NULL DEFAULT 0,
    retenues BIGINT NOT NULL DEFAULT 0,
    erreurs BIGINT NOT NULL DEFAULT 0,
    commence_le TEXT NOT NULL,
    termine_le TEXT,
    PRIMARY KEY (empreinte, genre)
);

CREATE TABLE journal (
    id         TEXT PRIMARY KEY,
    objet_type TEXT NOT NULL CHECK (objet_type <> ''),
    objet_id   TEXT NOT NULL CHECK (objet_id <> ''),
    rang       BIGINT NOT NULL,
    evenement  TEXT NOT NULL CHECK (evenement <> ''),
    -- No reference to compte: the record outlives accounts.
    acteur_id  TEXT NOT NULL DEFAULT '',
    acteur_nom TEXT NOT NULL DEFAULT '',
    territoire TEXT NOT NULL DEFAULT '',
    le         TEXT NOT NULL,
    details    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX journal_par_territoire ON journal (territoire, le);
CREATE UNIQUE INDEX journal_rang ON journal (objet_type, objet_id, rang);
CREATE TRIGGER journal_sans_modification BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
CREATE TRIGGER journal_sans_suppression BEFORE DELETE ON journal
WHEN OLD.objet_type <> 'signalement'
    OR NOT EXISTS (SELECT 1 FROM signalement_efface e WHERE e.id = OLD.objet_id)
    OR EXISTS (SELECT 1 FROM signalement s WHERE s.id = OLD.objet_id)
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;

CREATE TABLE lien_secret (
    jeton_hash TEXT PRIMARY KEY,
    compte     TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    usage      TEXT NOT NULL CHECK (usage IN ('activation', 'mot_de_passe')),
    cree_le    TEXT NOT NULL,
    expire_le  TEXT NOT NULL,
    utilise_le TEXT
);
CREATE INDEX lien_secret_expire ON lien_secret (expire_le);
CREATE INDEX lien_secret_par_compte ON lien_secret (compte, usage);

CREATE TABLE lieu (
    rang INTEGER PRIMARY KEY, -- given by the database
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('municipality', 'street', 'locality')),
    nom TEXT NOT NULL,
    insee TEXT NOT NULL,
    commune TEXT NOT NULL,
    code_postal TEXT,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    importance DOUBLE PRECISION NOT NULL DEFAULT 0,
    recherche TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('reference', 'ban', 'demo')),
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX lieu_insee ON lieu (insee, source);

CREATE VIRTUAL TABLE lieu_recherche USING fts5(
    recherche, content = 'lieu', content_rowid = 'rang', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);

CREATE TABLE logement_propose (
    id               TEXT PRIMARY KEY,
    territoire       TEXT NOT NULL CHECK (length(territoire) = 3),
    bailleur         TEXT NOT NULL REFERENCES guichet (code),
    reservataire     TEXT REFERENCES guichet (code),
    reserve_jusqu_au TEXT,
    contingent       TEXT NOT NULL CHECK (contingent IN (
        'bailleur', 'prefet', 'agents_de_l_etat', 'collectivite', 'action_logement', 'autre')),
    reference        TEXT NOT NULL CHECK (reference <> ''),
    insee            TEXT NOT NULL,
    adresse          TEXT NOT NULL,
    pieces           INTEGER NOT NULL CHECK (pieces BETWEEN 1 AND 6),
    surface          INTEGER NOT NULL,
    loyer            INTEGER NOT NULL,
    charges          INTEGER NOT NULL,
    financement      TEXT NOT NULL CHECK (financement IN ('plai', 'plus', 'pls')),
    disponible_le    TEXT NOT NULL,
    etat             TEXT NOT NULL CHECK (etat IN ('propose', 'attribue', 'retire')),
    cree_le          TEXT NOT NULL,
    cree_par         TEXT REFERENCES compte (id),
    version          BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX logement_propose_du_bailleur ON logement_propose (bailleur, etat, id);
CREATE INDEX logement_propose_du_reservataire ON logement_propose (reservataire, etat, id) WHERE reservataire IS NOT NULL;

CREATE TABLE lot (
    id                 TEXT PRIMARY KEY,
    compte             TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    geste              TEXT NOT NULL CHECK (geste IN ('affectation', 'cloture', 'suivi')),
    partenaires        TEXT NOT NULL DEFAULT '',
    motif              TEXT NOT NULL DEFAULT '',
    texte              TEXT NOT NULL DEFAULT '',
    visible            INTEGER NOT NULL CHECK (visible IN (0, 1)),
    cree_le            TEXT NOT NULL,
    annulable_jusqu_au TEXT NOT NULL
);
CREATE INDEX lot_compte ON lot (compte);
CREATE INDEX lot_cree ON lot (cree_le);

CREATE TABLE lot_affectation (
    lot          TEXT NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    affectation  TEXT NOT NULL,
    signalement  TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire   TEXT NOT NULL,
    statut       TEXT NOT NULL,
    affectee_le  TEXT NOT NULL,
    affectee_par TEXT NOT NULL,
    repondue_le  TEXT,
    fermee_le    TEXT,
    motif        TEXT,
    motif_texte  TEXT NOT NULL,
    PRIMARY KEY (lot, affectation)
);
CREATE INDEX lot_affectation_signalement ON lot_affectation (signalement);

CREATE TABLE lot_avant (
    lot                  TEXT NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    signalement          TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire           TEXT NOT NULL,
    statut               TEXT NOT NULL,
    valide_le            TEXT,
    refuse_le            TEXT,
    clos_le              TEXT,
    motif_slug           TEXT,
    motif_texte          TEXT,
    dernier_suivi_le     TEXT,
    dernier_suivi_de     TEXT,
    message_sans_reponse INTEGER NOT NULL,
    PRIMARY KEY (lot, signalement)
);
CREATE INDEX lot_avant_signalement ON lot_avant (signalement);

CREATE TABLE lot_courrier (
    id          TEXT PRIMARY KEY,
    territoire  TEXT NOT NULL,
    guichet     TEXT NOT NULL REFERENCES guichet (code),
    jour        TEXT NOT NULL,
    rang        INTEGER NOT NULL CHECK (rang >= 1),
    lettres     INTEGER NOT NULL DEFAULT 0,
    pages       INTEGER NOT NULL DEFAULT 0,
    empreinte   TEXT NOT NULL DEFAULT '',
    imprime_le  TEXT,
    poste_le    TEXT,
    UNIQUE (guichet, jour, rang)
);

CREATE TABLE lot_ligne (
    lot         TEXT NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
    signalement TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    place       BIGINT NOT NULL,
    issue       TEXT NOT NULL CHECK (issue IN ('a_faire', 'fait', 'sans_objet', 'refuse', 'defait')),
    raison      TEXT NOT NULL DEFAULT '',
    rang_vu     BIGINT NOT NULL,
    rang_avant  BIGINT NOT NULL DEFAULT 0,
    rang        BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (lot, signalement)
);
CREATE INDEX lot_ligne_signalement ON lot_ligne (signalement);

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
CREATE INDEX mandat_a_confirmer ON mandat (territoire, cree_le) WHERE confirme = 0;
CREATE INDEX mandat_par_comite ON mandat (comite, compte) WHERE comite <> '';
CREATE INDEX mandat_par_partenaire ON mandat (partenaire, compte);
CREATE INDEX mandat_par_territoire ON mandat (territoire, role, compte);
CREATE UNIQUE INDEX mandat_unique ON mandat (compte, role, territoire, comite, COALESCE(partenaire, ''));

CREATE TABLE mandat_d_aide (
    id              TEXT PRIMARY KEY,
    demande         TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire      TEXT NOT NULL CHECK (length(territoire) = 3),
    courriel        TEXT NOT NULL,
    aidant          TEXT REFERENCES compte (id),
    aidant_nom      TEXT NOT NULL DEFAULT '',
    donneur         TEXT,
    peut_remplir    INTEGER NOT NULL CHECK (peut_remplir IN (0, 1)),
    peut_deposer    INTEGER NOT NULL CHECK (peut_deposer IN (0, 1)),
    peut_renouveler INTEGER NOT NULL CHECK (peut_renouveler IN (0, 1)),
    jusqu_au        TEXT NOT NULL,
    etat            TEXT NOT NULL CHECK (etat IN ('propose', 'accepte', 'refuse', 'retire', 'rendu')),
    propose_le      TEXT NOT NULL,
    accepte_le      TEXT,
    fini_le         TEXT,
    CHECK (etat <> 'accepte' OR aidant IS NOT NULL)
);
CREATE INDEX mandat_d_aide_de ON mandat_d_aide (demande, propose_le);
CREATE INDEX mandat_d_aide_de_l_aidant ON mandat_d_aide (aidant, demande) WHERE aidant IS NOT NULL;
CREATE UNIQUE INDEX mandat_d_aide_ouvert ON mandat_d_aide (demande, courriel) WHERE etat IN ('propose', 'accepte');
CREATE INDEX mandat_d_aide_recu ON mandat_d_aide (courriel, propose_le);

CREATE TABLE numero_sequence (
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    annee      INTEGER NOT NULL,
    mois       INTEGER NOT NULL CHECK (mois BETWEEN 1 AND 12),
    dernier    INTEGER NOT NULL CHECK (dernier BETWEEN 1 AND 999999),
    PRIMARY KEY (territoire, annee, mois)
);
CREATE INDEX numero_sequence_presque ON numero_sequence (territoire, annee, mois) WHERE dernier >= 900000;

CREATE TABLE parc_social (
    territoire          TEXT NOT NULL CHECK (length(territoire) = 3),
    insee               TEXT NOT NULL,
    annee               INTEGER NOT NULL,
    logements           INTEGER NOT NULL CHECK (logements >= 0),
    loues               INTEGER,
    vacants             INTEGER,
    vides               INTEGER,
    associations        INTEGER,
    occupes_gratuits    INTEGER,
    occupes_temporaires INTEGER,
    en_qpv              INTEGER,
    vacance             INTEGER,
    vacance_trois_mois  INTEGER,
    mobilite            INTEGER,
    PRIMARY KEY (insee, annee)
);

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
CREATE UNIQUE INDEX partenaire_commune ON partenaire (territoire, insee) WHERE type = 'commune_schs' AND insee <> '';
CREATE INDEX partenaire_par_territoire ON partenaire (territoire, nom_cherche);

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

CREATE TABLE piece (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    nom TEXT NOT NULL CHECK (nom <> ''),
    type TEXT NOT NULL CHECK (type IN (
        'image/jpeg',
        'application/pdf',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.oasis.opendocument.text',
        'application/vnd.oasis.opendocument.spreadsheet',
        'application/msword',
        'application/vnd.ms-excel',
        'text/plain')),
    taille BIGINT NOT NULL CHECK (taille > 0),
    largeur INTEGER CHECK (largeur > 0),
    hauteur INTEGER CHECK (hauteur > 0),
    miniature TEXT CHECK (length(miniature) = 64),
    depose_le TEXT NOT NULL,
    etat TEXT NOT NULL
        CHECK (etat IN ('en_verification', 'recue', 'a_ranger', 'saine', 'quarantaine', 'illisible')),
    motif TEXT NOT NULL DEFAULT '',
    recu_sha256 TEXT CHECK (length(recu_sha256) = 64),
    sas TEXT,
    sas_cle TEXT,
    essais INTEGER NOT NULL DEFAULT 0,
    prochain_le TEXT,
    CHECK ((largeur IS NULL) = (hauteur IS NULL)),
    CHECK ((largeur IS NULL) = (miniature IS NULL)),
    CHECK (etat NOT IN ('saine', 'a_ranger') OR (type = 'image/jpeg') = (largeur IS NOT NULL)),
    CHECK ((etat IN ('en_verification', 'recue', 'a_ranger')) = (prochain_le IS NOT NULL)),
    CHECK ((sas IS NULL) = (sas_cle IS NULL)),
    CHECK (prochain_le IS NULL OR sas IS NOT NULL)
);
CREATE INDEX piece_a_suivre ON piece (etat) WHERE etat <> 'saine';
CREATE INDEX piece_a_traiter ON piece (sas, prochain_le, id) WHERE prochain_le IS NOT NULL;
CREATE INDEX piece_au_sas ON piece (sas_cle) WHERE sas_cle IS NOT NULL;
CREATE INDEX piece_depose_le ON piece (depose_le, id);
CREATE INDEX piece_miniature ON piece (miniature);
CREATE INDEX piece_sha256 ON piece (sha256);

CREATE TABLE piece_magasin (
    unique_ligne INTEGER PRIMARY KEY CHECK (unique_ligne = 1),
    marque TEXT NOT NULL
);

CREATE TABLE piece_retrait (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    depuis_le TEXT NOT NULL
);

CREATE TABLE preavis (
    id          TEXT PRIMARY KEY,
    demande     TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    guichet     TEXT NOT NULL REFERENCES guichet (code),
    ancre       TEXT NOT NULL,
    canal       TEXT NOT NULL CHECK (canal IN ('courriel', 'courrier')),
    essai       INTEGER NOT NULL CHECK (essai >= 1),
    obligatoire INTEGER NOT NULL CHECK (obligatoire IN (0, 1)),
    du_le       TEXT NOT NULL,
    prepare_le  TEXT NOT NULL,
    adresse     TEXT NOT NULL DEFAULT '',
    lot         TEXT REFERENCES lot_courrier (id),
    rang        INTEGER NOT NULL DEFAULT 0,
    courriel    TEXT NOT NULL DEFAULT '',
    parti_le    TEXT,
    revenu_le   TEXT,
    raison      TEXT NOT NULL DEFAULT '',
    traite_le   TEXT, scelle TEXT NOT NULL DEFAULT '', signataire INTEGER NOT NULL DEFAULT 0, details TEXT NOT NULL DEFAULT '', objet TEXT NOT NULL DEFAULT 'preavis' CHECK (objet IN (
    'preavis', 'code', 'numero', 'dernier_rappel', 'radiation', 'dernier_mois', 'avertissement', 'rappel', 'expiration', 'piece')),
    UNIQUE (demande, ancre, canal, essai)
);
CREATE INDEX preavis_courriel ON preavis (id) WHERE canal = 'courriel' AND parti_le IS NULL AND revenu_le IS NULL;
CREATE INDEX preavis_du_lot ON preavis (lot, rang) WHERE lot IS NOT NULL;
CREATE INDEX preavis_revenu ON preavis (guichet, revenu_le, id) WHERE revenu_le IS NOT NULL AND traite_le IS NULL;

CREATE TABLE radiation_retiree (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    motif      TEXT NOT NULL,
    radiee_le  TEXT NOT NULL,
    raison     TEXT NOT NULL CHECK (raison <> ''),
    par        TEXT NOT NULL,
    le         TEXT NOT NULL
);
CREATE INDEX radiation_retiree_de ON radiation_retiree (demande, id);

CREATE TABLE reconnaissance (
    id         TEXT PRIMARY KEY,
    demande    TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    nature     TEXT NOT NULL CHECK (nature IN ('dalo', 'priorite')),
    motif      TEXT NOT NULL DEFAULT '',
    decision   TEXT NOT NULL DEFAULT '',
    decidee_le TEXT NOT NULL,
    depuis     TEXT NOT NULL,
    jusqu_au   TEXT,
    finie_le   TEXT,
    raison_fin TEXT NOT NULL DEFAULT '' CHECK ((raison_fin = '') = (finie_le IS NULL)),
    guichet    TEXT NOT NULL REFERENCES guichet (code),
    notee_le   TEXT NOT NULL,
    CHECK (nature = 'dalo' OR motif <> '')
);
CREATE INDEX reconnaissance_de ON reconnaissance (demande, id);

CREATE TABLE reference_chargee (
    nom TEXT PRIMARY KEY,
    empreinte TEXT NOT NULL,
    chargee_le TEXT NOT NULL
);

CREATE TABLE region (
    code TEXT PRIMARY KEY,
    nom TEXT NOT NULL
);

CREATE TABLE schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at TEXT NOT NULL);

CREATE TABLE secret (
    nom     TEXT PRIMARY KEY,
    valeur  TEXT NOT NULL,
    cree_le TEXT NOT NULL
);

CREATE TABLE selection (
    compte      TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    signalement TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    rang        BIGINT NOT NULL,
    choisi_le   TEXT NOT NULL,
    PRIMARY KEY (compte, signalement)
);
CREATE INDEX selection_choisi ON selection (choisi_le);
CREATE INDEX selection_signalement ON selection (signalement);

CREATE TABLE session (
    jeton_hash TEXT PRIMARY KEY,
    compte     TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    appareil   TEXT NOT NULL DEFAULT '',
    cree_le    TEXT NOT NULL,
    vu_le      TEXT NOT NULL,
    expire_le  TEXT NOT NULL
);
CREATE INDEX session_expiree ON session (expire_le);
CREATE INDEX session_par_compte ON session (compte, cree_le);

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
    recherche                   TEXT NOT NULL DEFAULT '', dernier_suivi_le TEXT, message_sans_reponse INTEGER NOT NULL DEFAULT 0 CHECK (message_sans_reponse IN (0, 1)), jeton_occupant TEXT, dernier_suivi_de TEXT CHECK (dernier_suivi_de IN ('usager', 'partenaire', 'plateforme')), tri_nom TEXT NOT NULL DEFAULT '', tri_commune TEXT NOT NULL DEFAULT '', cles_version INTEGER NOT NULL DEFAULT 0,

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
CREATE INDEX signalement_clos ON signalement (clos_le) WHERE clos_le IS NOT NULL;
CREATE INDEX signalement_comite_depot ON signalement (comite, depose_le, id);
CREATE UNIQUE INDEX signalement_jeton_occupant ON signalement (jeton_occupant);
CREATE INDEX signalement_message ON signalement (territoire, depose_le, id) WHERE message_sans_reponse = 1;
CREATE INDEX signalement_par_adresse ON signalement (adresse_cle, depose_le);
CREATE INDEX signalement_par_comite ON signalement (comite, statut, depose_le);
CREATE INDEX signalement_par_commune ON signalement (insee, depose_le);
CREATE INDEX signalement_par_depot ON signalement (depose_le, id);
CREATE INDEX signalement_par_territoire ON signalement (territoire, statut, depose_le);
CREATE INDEX signalement_position ON signalement (lon, lat) WHERE lon IS NOT NULL;
CREATE INDEX signalement_refuse ON signalement (refuse_le) WHERE refuse_le IS NOT NULL;
CREATE INDEX signalement_sans_cles ON signalement (id) WHERE cles_version < 2;
CREATE INDEX signalement_territoire_commune ON signalement (territoire, tri_commune, id);
CREATE INDEX signalement_territoire_depot ON signalement (territoire, depose_le, id);
CREATE INDEX signalement_territoire_nom ON signalement (territoire, tri_nom, id);
CREATE INDEX signalement_territoire_reference ON signalement (territoire, reference, id);
CREATE INDEX signalement_territoire_suivi ON signalement (territoire, COALESCE(dernier_suivi_le, depose_le), id);
CREATE INDEX signalement_tri_commune ON signalement (tri_commune, id);
CREATE INDEX signalement_tri_nom ON signalement (tri_nom, id);
CREATE INDEX signalement_tri_suivi ON signalement (COALESCE(dernier_suivi_le, depose_le), id);
CREATE TRIGGER signalement_compte_arrivee AFTER INSERT ON signalement
BEGIN
    INSERT INTO signalement_compte (territoire, comite, statut, danger, tranche, nombre)
        VALUES (NEW.territoire, COALESCE(NEW.comite, ''), NEW.statut, NEW.danger, 0, 1)
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = nombre + 1;
END;
CREATE TRIGGER signalement_compte_depart AFTER DELETE ON signalement
BEGIN
    UPDATE signalement_compte SET nombre = nombre - 1
        WHERE territoire = OLD.territoire AND comite = COALESCE(OLD.comite, '') AND statut = OLD.statut
            AND danger = OLD.danger AND tranche = 0;
END;
CREATE TRIGGER signalement_compte_passage AFTER UPDATE OF territoire, comite, statut, danger ON signalement
WHEN OLD.territoire <> NEW.territoire OR OLD.comite IS NOT NEW.comite OR OLD.statut <> NEW.statut
    OR OLD.danger <> NEW.danger
BEGIN
    UPDATE signalement_compte SET nombre = nombre - 1
        WHERE territoire = OLD.territoire AND comite = COALESCE(OLD.comite, '') AND statut = OLD.statut
            AND danger = OLD.danger AND tranche = 0;
    INSERT INTO signalement_compte (territoire, comite, statut, danger, tranche, nombre)
        VALUES (NEW.territoire, COALESCE(NEW.comite, ''), NEW.statut, NEW.danger, 0, 1)
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = nombre + 1;
END;
CREATE TRIGGER signalement_mouvement_arrivee AFTER INSERT ON signalement
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.id, NEW.territoire);
END;
CREATE TRIGGER signalement_mouvement_depart AFTER DELETE ON signalement
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (OLD.id, OLD.territoire);
END;
CREATE TRIGGER signalement_mouvement_passage
AFTER UPDATE OF territoire, comite, insee, statut, depose_le, refuse_le, clos_le, motif_slug, profil, danger, gravite, lon, lat ON signalement
WHEN OLD.territoire <> NEW.territoire OR OLD.comite IS NOT NEW.comite OR OLD.insee <> NEW.insee OR OLD.statut <> NEW.statut
    OR OLD.depose_le <> NEW.depose_le OR OLD.refuse_le IS NOT NEW.refuse_le OR OLD.clos_le IS NOT NEW.clos_le
    OR OLD.motif_slug IS NOT NEW.motif_slug OR OLD.profil <> NEW.profil OR OLD.danger <> NEW.danger
    OR OLD.gravite <> NEW.gravite OR OLD.lon IS NOT NEW.lon OR OLD.lat IS NOT NEW.lat
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) SELECT OLD.id, OLD.territoire WHERE OLD.territoire <> NEW.territoire;
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.id, NEW.territoire);
END;

CREATE TABLE signalement_compte (
    territoire TEXT NOT NULL,
    comite     TEXT NOT NULL,
    statut     TEXT NOT NULL,
    danger     INTEGER NOT NULL,
    tranche    INTEGER NOT NULL,
    nombre     BIGINT NOT NULL,
    PRIMARY KEY (territoire, comite, statut, danger, tranche)
);
CREATE INDEX signalement_compte_par_comite ON signalement_compte (comite);

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

CREATE TABLE signalement_efface (
    id         TEXT PRIMARY KEY,
    reference  TEXT NOT NULL UNIQUE,
    territoire TEXT NOT NULL,
    statut     TEXT NOT NULL CHECK (statut IN ('refuse', 'clos')),
    efface_le  TEXT NOT NULL
);

CREATE TABLE signalement_mots (
    rang        INTEGER PRIMARY KEY, -- given by the database
    signalement TEXT NOT NULL UNIQUE REFERENCES signalement (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL,
    mots        TEXT NOT NULL
);

CREATE VIRTUAL TABLE signalement_mots_index USING fts5(
    mots, content = 'signalement_mots', content_rowid = 'rang', detail = none, columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 tokenchars '~'"
);

CREATE TABLE signalement_mouvement (
    etape       INTEGER PRIMARY KEY AUTOINCREMENT,
    signalement TEXT NOT NULL,
    territoire  TEXT NOT NULL
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

CREATE TABLE signalement_qualification (
    signalement   TEXT NOT NULL REFERENCES signalement (id) ON DELETE CASCADE,
    rang          INTEGER NOT NULL,
    qualification TEXT NOT NULL,
    statut        TEXT NOT NULL,
    precisions    TEXT NOT NULL DEFAULT '',
    territoire    TEXT NOT NULL,
    PRIMARY KEY (signalement, qualification)
);

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE suivi (
    id               TEXT PRIMARY KEY,
    signalement      TEXT NOT NULL REFERENCES signalement (id),
    territoire       TEXT NOT NULL,
    type             TEXT NOT NULL CHECK (type IN ('message', 'visite_prevue', 'visite_faite', 'courrier', 'arrete',
                                                   'document', 'mainlevee', 'reponse_deposant', 'decision')),
    date_acte        TEXT NOT NULL,
    texte            TEXT NOT NULL,
    reference_acte   TEXT NOT NULL DEFAULT '',
    auteur           TEXT REFERENCES compte (id),
    auteur_nom       TEXT NOT NULL,
    visible_deposant INTEGER NOT NULL CHECK (visible_deposant IN (0, 1)),
    ajoute_le        TEXT NOT NULL,
    version          BIGINT NOT NULL DEFAULT 1
, usager TEXT NOT NULL DEFAULT '' CHECK (usager IN ('', 'deposant', 'occupant')), montre_le TEXT);
CREATE INDEX suivi_par_auteur ON suivi (auteur, signalement) WHERE auteur IS NOT NULL;
CREATE INDEX suivi_par_signalement ON suivi (signalement, ajoute_le);
CREATE INDEX suivi_visite_faite ON suivi (signalement, date_acte) WHERE type = 'visite_faite';
CREATE TRIGGER suivi_mouvement_arrivee AFTER INSERT ON suivi WHEN NEW.type = 'visite_faite'
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;
CREATE TRIGGER suivi_mouvement_depart AFTER DELETE ON suivi WHEN OLD.type = 'visite_faite'
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (OLD.signalement, OLD.territoire);
END;
CREATE TRIGGER suivi_mouvement_passage AFTER UPDATE OF type, date_acte ON suivi
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;

CREATE TABLE suivi_piece (
    suivi      TEXT NOT NULL REFERENCES suivi (id),
    piece      TEXT NOT NULL REFERENCES piece (id),
    territoire TEXT NOT NULL,
    PRIMARY KEY (suivi, piece)
);
CREATE INDEX suivi_piece_par_piece ON suivi_piece (piece);

CREATE TABLE tache (
    nom           TEXT PRIMARY KEY,
    prochain_le   TEXT NOT NULL,
    bail_par      TEXT,
    bail_jusqu_au TEXT,
    dernier_le    TEXT,
    erreur        TEXT NOT NULL DEFAULT '',
    CHECK ((bail_par IS NULL) = (bail_jusqu_au IS NULL))
);

CREATE TABLE tentative (
    id  TEXT PRIMARY KEY,
    cle TEXT NOT NULL,
    le  TEXT NOT NULL
);
CREATE INDEX tentative_ancienne ON tentative (le);
CREATE INDEX tentative_par_cle ON tentative (cle, le);

CREATE TABLE territoire (
    code TEXT PRIMARY KEY, -- of the département; no foreign key: it may be configured before the reference loads
    nom TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('fermee', 'professionnels', 'tous')),
    fuseau TEXT NOT NULL,
    comite_par_defaut TEXT,
    telephone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    texte TEXT NOT NULL DEFAULT '',
    horaires TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE vivier (
    insee       TEXT NOT NULL,
    pieces      INTEGER NOT NULL,
    deposee_le  TEXT NOT NULL,
    demande     TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    prioritaire INTEGER NOT NULL CHECK (prioritaire IN (0, 1)),
    acces       INTEGER NOT NULL,
    personnes   INTEGER NOT NULL, reconnue INTEGER NOT NULL DEFAULT 0 CHECK (reconnue IN (0, 1)),
    PRIMARY KEY (insee, pieces, deposee_le, demande)
);
CREATE INDEX vivier_de ON vivier (demande);
CREATE INDEX vivier_prioritaire ON vivier (insee, pieces, deposee_le, demande) WHERE prioritaire = 1;
CREATE INDEX vivier_reconnue ON vivier (insee, pieces, deposee_le, demande) WHERE reconnue = 1;

CREATE TABLE vue (
    id       TEXT PRIMARY KEY,
    compte   TEXT NOT NULL REFERENCES compte (id) ON DELETE CASCADE,
    nom      TEXT NOT NULL,
    cercle   TEXT NOT NULL,
    creee_le TEXT NOT NULL,
    UNIQUE (compte, nom)
);
CREATE INDEX vue_cercle ON vue (cercle) WHERE cercle <> '';

CREATE TABLE vue_critere (
    vue     TEXT NOT NULL REFERENCES vue (id) ON DELETE CASCADE,
    rang    BIGINT NOT NULL,
    critere TEXT NOT NULL,
    valeur  TEXT NOT NULL,
    PRIMARY KEY (vue, rang)
);

-- ── PostgreSQL only (instead of what SQLite has under the same names) ──

-- 0001_territoire
-- Words and their beginnings by a GIN index that every PostgreSQL has; typing errors by trigrams where the extension
-- may be created (it is « trusted »: the owner of the database can), else search goes without them.
CREATE SEQUENCE lieu_rang AS INTEGER OWNED BY lieu.rang;
ALTER TABLE lieu ALTER COLUMN rang SET DEFAULT nextval('lieu_rang');

CREATE INDEX lieu_mots ON lieu USING gin (array_to_tsvector(string_to_array(recherche, ' ')));

DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX lieu_trigrammes_communes ON lieu USING gin (recherche gin_trgm_ops) WHERE type = 'municipality';
    CREATE INDEX lieu_trigrammes_voies ON lieu USING gin (recherche gin_trgm_ops) WHERE type <> 'municipality';
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: address search will not forgive typing errors';
END
$$;

-- 0004_courrier
CREATE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal is append-only';
END
$$;
CREATE TRIGGER journal_sans_modification BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_refuser();
CREATE TRIGGER journal_sans_vidage BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuser();

-- 0007_lien_occupant
-- A link that was sent to both becomes the occupant's, who sees the least; the depositor asks for theirs again.
UPDATE signalement SET jeton_occupant = jeton_suivi,
                       jeton_suivi = replace(CAST(gen_random_uuid() AS TEXT) || CAST(gen_random_uuid() AS TEXT), '-', '')
WHERE occupant_distinct = 1 AND occupant_prevenu = 1 AND vacant = 0 AND occupant_email <> '';

-- 0011_fichiers
-- A received file now waits in an airlock until it has been checked and prepared.
-- sha256: of the content in the store; while the file waits, of the bytes received. sas, sas_cle: which airlock, under
-- which key. motif: what the antivirus found, or why nobody can read it. prochain_le: when to work on it next.
ALTER TABLE piece DROP CONSTRAINT piece_etat_check;
ALTER TABLE piece DROP CONSTRAINT piece_check;
UPDATE piece SET etat = 'quarantaine' WHERE etat <> 'saine';
ALTER TABLE piece
    ADD COLUMN motif TEXT NOT NULL DEFAULT '',
    ADD COLUMN recu_sha256 TEXT CHECK (length(recu_sha256) = 64),
    ADD COLUMN sas TEXT,
    ADD COLUMN sas_cle TEXT,
    ADD COLUMN essais INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN prochain_le TEXT,
    ADD CHECK (etat IN ('en_verification', 'recue', 'a_ranger', 'saine', 'quarantaine', 'illisible')),
    ADD CHECK (etat NOT IN ('saine', 'a_ranger') OR (type = 'image/jpeg') = (largeur IS NOT NULL)),
    ADD CHECK ((etat IN ('en_verification', 'recue', 'a_ranger')) = (prochain_le IS NOT NULL)),
    ADD CHECK ((sas IS NULL) = (sas_cle IS NULL)),
    ADD CHECK (prochain_le IS NULL OR sas IS NOT NULL);
CREATE INDEX piece_a_traiter ON piece (sas, prochain_le, id) WHERE prochain_le IS NOT NULL;
CREATE INDEX piece_au_sas ON piece (sas_cle) WHERE sas_cle IS NOT NULL;
CREATE INDEX piece_a_suivre ON piece (etat) WHERE etat <> 'saine';

-- 0012_unicite
-- Two decisions at the same moment on one object took the same rank: those are put in order, and the next will run again.
ALTER TABLE journal DISABLE TRIGGER journal_sans_modification;
UPDATE journal SET rang = n.rang
FROM (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY objet_type, objet_id ORDER BY rang, le, id) AS rang FROM journal
) AS n
WHERE journal.id = n.id AND journal.rang <> n.rang;
ALTER TABLE journal ENABLE TRIGGER journal_sans_modification;
CREATE UNIQUE INDEX journal_rang ON journal (objet_type, objet_id, rang);
DROP INDEX journal_par_objet;

-- 0013_conservation
-- The record of a report goes only after the report itself, once its erasure is written.
CREATE OR REPLACE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.objet_type = 'signalement'
            AND EXISTS (SELECT 1 FROM signalement_efface e WHERE e.id = OLD.objet_id)
            AND NOT EXISTS (SELECT 1 FROM signalement s WHERE s.id = OLD.objet_id)
        THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'journal is append-only';
END
$$;

-- 0020_pieces_et_nir
-- An applicant gives a document without being an agent: nobody's account then.
ALTER TABLE demande_piece ALTER COLUMN cree_par DROP NOT NULL;
-- What came from applicants and nobody has looked at, the oldest first.
CREATE INDEX demande_piece_a_verifier ON demande_piece (guichet, cree_le, id) WHERE etat = 'deposee' AND cree_par IS NULL;

-- 0022_compte_tenu
-- Half of each page stays free, so that a new count is written beside the old one and no index is touched.
ALTER TABLE signalement_compte SET (fillfactor = 50);

-- Arrivals by statement: a load of thousands adds once to each line.
CREATE FUNCTION signalement_compte_arrivee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_compte AS c (territoire, comite, statut, danger, tranche, nombre)
        SELECT territoire, COALESCE(comite, ''), statut, danger, pg_backend_pid() % 16, COUNT(*)
        FROM arrives GROUP BY territoire, COALESCE(comite, ''), statut, danger ORDER BY 1, 2, 3, 4
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_compte_arrivee AFTER INSERT ON signalement
    REFERENCING NEW TABLE AS arrives FOR EACH STATEMENT EXECUTE FUNCTION signalement_compte_arrivee();

CREATE FUNCTION signalement_compte_depart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_compte AS c (territoire, comite, statut, danger, tranche, nombre)
        VALUES (OLD.territoire, COALESCE(OLD.comite, ''), OLD.statut, OLD.danger, pg_backend_pid() % 16, -1)
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = c.nombre - 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_compte_depart AFTER DELETE ON signalement
    FOR EACH ROW EXECUTE FUNCTION signalement_compte_depart();

CREATE FUNCTION signalement_compte_passage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_compte AS c (territoire, comite, statut, danger, tranche, nombre)
        SELECT v.territoire, v.comite, v.statut, v.danger, pg_backend_pid() % 16, v.nombre
        FROM (VALUES (OLD.territoire, COALESCE(OLD.comite, ''), OLD.statut, OLD.danger, -1),
                     (NEW.territoire, COALESCE(NEW.comite, ''), NEW.statut, NEW.danger, 1))
            AS v (territoire, comite, statut, danger, nombre)
        ORDER BY 1, 2, 3, 4
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_compte_passage AFTER UPDATE OF territoire, comite, statut, danger ON signalement
    FOR EACH ROW
    WHEN (OLD.territoire <> NEW.territoire OR OLD.comite IS DISTINCT FROM NEW.comite OR OLD.statut <> NEW.statut
        OR OLD.danger <> NEW.danger)
    EXECUTE FUNCTION signalement_compte_passage();

-- 0030_compte_recompte
-- Counts again what 0022 counted: a report that another server was writing meanwhile is in the table and not in its count.
-- Writers wait here until the count is there; a migration that fills one table from another always begins so. On SQLite
-- writers take turns: nothing to mend.
LOCK TABLE signalement IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM signalement_compte;
INSERT INTO signalement_compte (territoire, comite, statut, danger, tranche, nombre)
    SELECT territoire, COALESCE(comite, ''), statut, danger, 0, COUNT(*) FROM signalement
    GROUP BY territoire, COALESCE(comite, ''), statut, danger;

-- 0051_radiable
LOCK TABLE preavis IN SHARE ROW EXCLUSIVE MODE;
UPDATE demande SET radiable_le = to_char(GREATEST(demande.ancre::date + interval '13 months', p.jour::date + interval '2 months')
        + interval '1 day', 'YYYY-MM-DD')
    FROM (SELECT demande, ancre, MIN(parti_le) AS jour FROM preavis
          WHERE objet = 'preavis' AND obligatoire = 1 AND parti_le IS NOT NULL AND revenu_le IS NULL
          GROUP BY demande, ancre) p
    WHERE p.demande = demande.id AND p.ancre = demande.ancre AND demande.etat IN ('a_renouveler', 'en_tolerance');

-- 0052_lettres_de_fin
ALTER TABLE preavis DROP CONSTRAINT preavis_objet_check;
ALTER TABLE preavis ADD CONSTRAINT preavis_objet_check CHECK (objet IN (
    'preavis', 'code', 'numero', 'dernier_rappel', 'radiation', 'dernier_mois'));

-- 0053_recherche
CREATE SEQUENCE signalement_mots_rang AS INTEGER OWNED BY signalement_mots.rang;
ALTER TABLE signalement_mots ALTER COLUMN rang SET DEFAULT nextval('signalement_mots_rang');

-- What waits to be put into the index is read whole by each search: no more than a few hundred reports.
CREATE INDEX signalement_mots_index ON signalement_mots USING gin (array_to_tsvector(string_to_array(mots, ' ')))
    WITH (gin_pending_list_limit = 256);

-- 0054_avertissement
ALTER TABLE preavis DROP CONSTRAINT preavis_objet_check;
ALTER TABLE preavis ADD CONSTRAINT preavis_objet_check CHECK (objet IN (
    'preavis', 'code', 'numero', 'dernier_rappel', 'radiation', 'dernier_mois', 'avertissement', 'rappel'));

-- 0059_statistiques
-- etape: the number of the transaction. Whoever has seen all those before the oldest one still open (xmin of a
-- snapshot) asks again from there: numbers are given before the commits, in another order.
CREATE TABLE signalement_mouvement (
    etape       BIGINT NOT NULL,
    signalement TEXT NOT NULL,
    territoire  TEXT NOT NULL,
    PRIMARY KEY (etape, signalement, territoire)
);

CREATE FUNCTION signalement_mouvement_arrivee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_mouvement (etape, signalement, territoire)
        SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), id, territoire FROM arrives
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_mouvement_arrivee AFTER INSERT ON signalement
    REFERENCING NEW TABLE AS arrives FOR EACH STATEMENT EXECUTE FUNCTION signalement_mouvement_arrivee();

CREATE FUNCTION signalement_mouvement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), OLD.id, OLD.territoire)
            ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), NEW.id, NEW.territoire)
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_mouvement_depart AFTER DELETE ON signalement
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement();
CREATE TRIGGER signalement_mouvement_passage
    AFTER UPDATE OF territoire, comite, insee, statut, depose_le, refuse_le, clos_le, motif_slug, profil, danger, gravite
    ON signalement FOR EACH ROW
    WHEN (OLD.territoire <> NEW.territoire OR OLD.comite IS DISTINCT FROM NEW.comite OR OLD.insee <> NEW.insee
        OR OLD.statut <> NEW.statut OR OLD.depose_le <> NEW.depose_le OR OLD.refuse_le IS DISTINCT FROM NEW.refuse_le
        OR OLD.clos_le IS DISTINCT FROM NEW.clos_le OR OLD.motif_slug IS DISTINCT FROM NEW.motif_slug
        OR OLD.profil <> NEW.profil OR OLD.danger <> NEW.danger OR OLD.gravite <> NEW.gravite)
    EXECUTE FUNCTION signalement_mouvement();

CREATE FUNCTION signalement_mouvement_d_une_suite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), OLD.signalement, OLD.territoire)
            ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), NEW.signalement, NEW.territoire)
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER affectation_mouvement_arrivee AFTER INSERT ON affectation
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER affectation_mouvement_depart AFTER DELETE ON affectation
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER affectation_mouvement_passage AFTER UPDATE OF partenaire, statut, affectee_le, premiere_le ON affectation
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER suivi_mouvement_arrivee AFTER INSERT ON suivi
    FOR EACH ROW WHEN (NEW.type = 'visite_faite') EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER suivi_mouvement_depart AFTER DELETE ON suivi
    FOR EACH ROW WHEN (OLD.type = 'visite_faite') EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER suivi_mouvement_passage AFTER UPDATE OF type, date_acte ON suivi
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();

-- 0061_carte
-- Statistics and the map are told when a report is placed elsewhere.
DROP TRIGGER signalement_mouvement_passage ON signalement;
CREATE TRIGGER signalement_mouvement_passage
    AFTER UPDATE OF territoire, comite, insee, statut, depose_le, refuse_le, clos_le, motif_slug, profil, danger, gravite, lon, lat
    ON signalement FOR EACH ROW
    WHEN (OLD.territoire <> NEW.territoire OR OLD.comite IS DISTINCT FROM NEW.comite OR OLD.insee <> NEW.insee
        OR OLD.statut <> NEW.statut OR OLD.depose_le <> NEW.depose_le OR OLD.refuse_le IS DISTINCT FROM NEW.refuse_le
        OR OLD.clos_le IS DISTINCT FROM NEW.clos_le OR OLD.motif_slug IS DISTINCT FROM NEW.motif_slug
        OR OLD.profil <> NEW.profil OR OLD.danger <> NEW.danger OR OLD.gravite <> NEW.gravite
        OR OLD.lon IS DISTINCT FROM NEW.lon OR OLD.lat IS DISTINCT FROM NEW.lat)
    EXECUTE FUNCTION signalement_mouvement();

-- 0062_rappels
ALTER TABLE preavis DROP CONSTRAINT preavis_objet_check;
ALTER TABLE preavis ADD CONSTRAINT preavis_objet_check CHECK (objet IN (
    'preavis', 'code', 'numero', 'dernier_rappel', 'radiation', 'dernier_mois', 'avertissement', 'rappel', 'expiration', 'piece'));
