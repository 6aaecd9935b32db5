-- Erasing at the end of its time (src/conservation.hpp).
-- What stays of an erased report: that its number was given, and when everything else about it went.
CREATE TABLE signalement_efface (
    id         TEXT PRIMARY KEY,
    reference  TEXT NOT NULL UNIQUE,
    territoire TEXT NOT NULL,
    statut     TEXT NOT NULL CHECK (statut IN ('refuse', 'clos')),
    efface_le  TEXT NOT NULL
);
CREATE INDEX signalement_clos ON signalement (clos_le) WHERE clos_le IS NOT NULL;
CREATE INDEX signalement_refuse ON signalement (refuse_le) WHERE refuse_le IS NOT NULL;
-- Messages about a report go with it; the others by their age.
CREATE INDEX courriel_ancien ON courriel (cree_le) WHERE objet_type <> 'signalement';
