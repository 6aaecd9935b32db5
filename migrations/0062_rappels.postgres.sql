ALTER TABLE preavis DROP CONSTRAINT preavis_objet_check;
ALTER TABLE preavis ADD CONSTRAINT preavis_objet_check CHECK (objet IN (
    'preavis', 'code', 'numero', 'dernier_rappel', 'radiation', 'dernier_mois', 'avertissement', 'rappel', 'expiration', 'piece'));
