-- A document that an e-mail carries stands in the territory of its e-mail: it may be split with it.
ALTER TABLE courriel_joint ADD COLUMN territoire TEXT NOT NULL DEFAULT '';
UPDATE courriel_joint SET territoire = COALESCE((SELECT c.territoire FROM courriel c WHERE c.id = courriel_joint.courriel), '');
