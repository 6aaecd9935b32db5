-- What happens to a signalement after its deposit: who it is entrusted to, what they did, who may see it.

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
    motif_texte  TEXT NOT NULL DEFAULT '',
    UNIQUE (signalement, partenaire),
    CHECK ((statut = 'fermee') = (fermee_le IS NOT NULL)),
    CHECK ((statut IN ('refusee', 'fermee')) = (motif IS NOT NULL))
);
CREATE INDEX affectation_par_partenaire ON affectation (partenaire, statut, affectee_le);

-- The right of one account on one report: the agent of a town hall who deposited it, until a human confirms the mandate.
CREATE TABLE acces_ponctuel (
    signalement TEXT NOT NULL REFERENCES signalement (id),
    compte      TEXT NOT NULL REFERENCES compte (id),
    territoire  TEXT NOT NULL,
    ouvert_le   TEXT NOT NULL,
    PRIMARY KEY (signalement, compte)
);
CREATE INDEX acces_ponctuel_par_compte ON acces_ponctuel (compte, signalement);

-- A dated, typed entry of the file's follow-up. The depositor's answers and the decisions shown to them are entries too.
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
);
CREATE INDEX suivi_par_signalement ON suivi (signalement, ajoute_le);

CREATE TABLE suivi_piece (
    suivi      TEXT NOT NULL REFERENCES suivi (id),
    piece      TEXT NOT NULL REFERENCES piece (id),
    territoire TEXT NOT NULL,
    PRIMARY KEY (suivi, piece)
);
CREATE INDEX suivi_piece_par_piece ON suivi_piece (piece);

-- Kept on the signalement by the transaction of each entry: lists sort and search on them.
ALTER TABLE signalement ADD COLUMN dernier_suivi_le TEXT;
ALTER TABLE signalement ADD COLUMN message_sans_reponse INTEGER NOT NULL DEFAULT 0 CHECK (message_sans_reponse IN (0, 1));
CREATE INDEX signalement_par_depot ON signalement (depose_le, id);
CREATE INDEX signalement_territoire_depot ON signalement (territoire, depose_le, id);
CREATE INDEX signalement_comite_depot ON signalement (comite, depose_le, id);
