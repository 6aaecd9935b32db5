-- When an entry was first shown to the depositor: they are told of it once, however often it is hidden and shown again.
ALTER TABLE suivi ADD COLUMN montre_le TEXT;
UPDATE suivi SET montre_le = ajoute_le WHERE visible_deposant = 1;
