ALTER TABLE preavis RENAME COLUMN objet TO objet_avant;
ALTER TABLE preavis ADD COLUMN objet TEXT NOT NULL DEFAULT 'preavis' CHECK (objet IN (
    'preavis', 'code', 'numero', 'dernier_rappel', 'radiation', 'dernier_mois', 'avertissement', 'rappel', 'expiration', 'piece'));
UPDATE preavis SET objet = objet_avant WHERE objet_avant <> 'preavis';
ALTER TABLE preavis DROP COLUMN objet_avant;
