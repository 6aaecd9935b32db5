-- The occupant follows a report by a link of their own: each link opens the page of one person. Filled when the
-- occupant is first written to.
ALTER TABLE signalement ADD COLUMN jeton_occupant TEXT;
CREATE UNIQUE INDEX signalement_jeton_occupant ON signalement (jeton_occupant);

-- Which of the two wrote an answer: a name that somebody typed cannot tell. Empty for agents.
ALTER TABLE suivi ADD COLUMN usager TEXT NOT NULL DEFAULT '' CHECK (usager IN ('', 'deposant', 'occupant'));
UPDATE suivi SET usager = CASE WHEN auteur_nom LIKE '% (occupant)' THEN 'occupant' ELSE 'deposant' END
WHERE type = 'reponse_deposant';
