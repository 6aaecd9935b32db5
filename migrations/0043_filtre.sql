-- What lists are filtered and put in order by. dernier_suivi_de: who wrote last in the follow-up, kept by the
-- transaction of each entry beside dernier_suivi_le.
ALTER TABLE signalement ADD COLUMN dernier_suivi_de TEXT CHECK (dernier_suivi_de IN ('usager', 'partenaire', 'plateforme'));
UPDATE signalement SET dernier_suivi_de = (
    SELECT CASE v.type WHEN 'reponse_deposant' THEN 'usager' WHEN 'decision' THEN 'plateforme' ELSE 'partenaire' END
    FROM suivi v WHERE v.signalement = signalement.id ORDER BY v.ajoute_le DESC, v.id DESC LIMIT 1)
WHERE dernier_suivi_le IS NOT NULL;

-- Names and communes as they are put in order: folded by the program, which no engine does alike. cles_version: which
-- form of these keys a report has; a task gives the present one to those that have an older one, so that a server of
-- the version before may still write during an update.
ALTER TABLE signalement ADD COLUMN tri_nom TEXT NOT NULL DEFAULT '';
ALTER TABLE signalement ADD COLUMN tri_commune TEXT NOT NULL DEFAULT '';
ALTER TABLE signalement ADD COLUMN cles_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX signalement_sans_cles ON signalement (id) WHERE cles_version < 1;

-- An order of the list is read from its index, for the country and for a territory: a page costs its lines. A committee
-- is small enough for its lines to be put in order.
CREATE INDEX signalement_tri_nom ON signalement (tri_nom, id);
CREATE INDEX signalement_tri_commune ON signalement (tri_commune, id);
CREATE INDEX signalement_tri_suivi ON signalement (COALESCE(dernier_suivi_le, depose_le), id);
CREATE INDEX signalement_territoire_nom ON signalement (territoire, tri_nom, id);
CREATE INDEX signalement_territoire_commune ON signalement (territoire, tri_commune, id);
CREATE INDEX signalement_territoire_suivi ON signalement (territoire, COALESCE(dernier_suivi_le, depose_le), id);
CREATE INDEX signalement_territoire_reference ON signalement (territoire, reference, id);
CREATE INDEX signalement_message ON signalement (territoire, depose_le, id) WHERE message_sans_reponse = 1;

-- « Mes dossiers »: those in which somebody wrote.
CREATE INDEX suivi_par_auteur ON suivi (auteur, signalement) WHERE auteur IS NOT NULL;
