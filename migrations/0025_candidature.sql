-- Dwellings offered, the demandes that stand for them, and the commissions that decide.

-- reference: the bailleur's own. loyer, charges: centimes a month. reserve_jusqu_au: last day on which the réservataire alone designates.
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
-- The desk of a bailleur and of a réservataire: what is to be attributed, the newest first.
CREATE INDEX logement_propose_du_bailleur ON logement_propose (bailleur, etat, id);
CREATE INDEX logement_propose_du_reservataire ON logement_propose (reservataire, etat, id) WHERE reservataire IS NOT NULL;

-- A session of the commission d’attribution (CALEOL) of a bailleur.
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

-- Its dwellings. derogation: why fewer than three demandes were examined.
CREATE TABLE commission_logement (
    commission TEXT NOT NULL REFERENCES commission (id),
    logement   TEXT NOT NULL REFERENCES logement_propose (id),
    territoire TEXT NOT NULL CHECK (length(territoire) = 3),
    derogation TEXT NOT NULL DEFAULT '' CHECK (derogation IN ('', 'peu_de_candidats', 'designation_du_prefet', 'tres_social')),
    decide_le  TEXT,
    PRIMARY KEY (commission, logement)
);
CREATE INDEX commission_logement_inverse ON commission_logement (logement);

-- One demande for one dwelling. guichet: who designated it. a_revoir_le: when something will happen by itself.
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
-- A dwelling is held by one household at most, whoever writes at the same moment; two candidates of one session never share a rank.
CREATE UNIQUE INDEX candidature_attribution ON candidature (logement) WHERE etat IN ('attribuee', 'acceptee', 'bail_signe');
CREATE UNIQUE INDEX candidature_rang ON candidature (logement, commission, rang) WHERE rang > 0;
CREATE INDEX candidature_du_logement ON candidature (logement, designee_le, id);
CREATE INDEX candidature_a_revoir ON candidature (a_revoir_le, id) WHERE a_revoir_le < '9999-12-31';

-- What happened to it, as the applicant reads it. organisme: in whose name. ordre: the version of the candidature it made. jour: the one the event is about. texte: documents, or a slug.
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

-- Demandes in progress as candidates are looked for: one row for each commune and number of rooms asked, the oldest deposit first.
-- acces: the most helped financing open to the household (0: PLAI, 1: PLUS, 2: PLS, 3: above all ceilings, 9: unknown).
CREATE TABLE vivier (
    insee       TEXT NOT NULL,
    pieces      INTEGER NOT NULL,
    deposee_le  TEXT NOT NULL,
    demande     TEXT NOT NULL REFERENCES demande (id) ON DELETE CASCADE,
    territoire  TEXT NOT NULL CHECK (length(territoire) = 3),
    prioritaire INTEGER NOT NULL CHECK (prioritaire IN (0, 1)),
    acces       INTEGER NOT NULL,
    personnes   INTEGER NOT NULL,
    PRIMARY KEY (insee, pieces, deposee_le, demande)
);
CREATE INDEX vivier_prioritaire ON vivier (insee, pieces, deposee_le, demande) WHERE prioritaire = 1;
CREATE INDEX vivier_de ON vivier (demande);
-- Which version of the demande is there; any change of the demande makes it differ.
ALTER TABLE demande ADD COLUMN vivier_version BIGINT NOT NULL DEFAULT 0;
CREATE INDEX demande_hors_vivier ON demande (id) WHERE vivier_version <> version;
