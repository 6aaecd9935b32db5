-- The record of decisions and the outbox of e-mails.

-- Append-only: triggers in the part of each engine refuse UPDATE and DELETE. `rang` orders the entries of one
-- object, even those of the same instant.
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
CREATE INDEX journal_par_objet ON journal (objet_type, objet_id, rang);
CREATE INDEX journal_par_territoire ON journal (territoire, le);

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
    erreur        TEXT NOT NULL DEFAULT '',
    CHECK ((etat IN ('a_envoyer', 'echec')) = (prochain_le IS NOT NULL)),
    CHECK ((etat = 'en_cours') = (bail_par IS NOT NULL)),
    CHECK ((etat = 'en_cours') = (bail_jusqu_au IS NOT NULL)),
    CHECK ((etat = 'envoye') = (envoye_le IS NOT NULL)),
    CHECK (efface_le IS NULL OR etat IN ('envoye', 'refuse'))
);
CREATE INDEX courriel_a_faire ON courriel (prochain_le) WHERE etat IN ('a_envoyer', 'echec');
CREATE INDEX courriel_en_cours ON courriel (bail_jusqu_au) WHERE etat = 'en_cours';
CREATE INDEX courriel_par_objet ON courriel (objet_type, objet_id, cree_le);
CREATE INDEX courriel_a_effacer ON courriel (cree_le) WHERE efface_le IS NULL AND etat IN ('envoye', 'refuse');

-- Periodic work: when each task is next due, and which runner holds it.
CREATE TABLE tache (
    nom           TEXT PRIMARY KEY,
    prochain_le   TEXT NOT NULL,
    bail_par      TEXT,
    bail_jusqu_au TEXT,
    dernier_le    TEXT,
    erreur        TEXT NOT NULL DEFAULT '',
    CHECK ((bail_par IS NULL) = (bail_jusqu_au IS NULL))
);
