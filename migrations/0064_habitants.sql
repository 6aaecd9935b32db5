-- What a département counts in inhabitants, kept beside it: adding its communes up at each page cost more than
-- the figures that it compares. The import of communes writes it again.
ALTER TABLE departement ADD COLUMN population BIGINT NOT NULL DEFAULT 0;
UPDATE departement SET population = COALESCE((SELECT CAST(SUM(c.population) AS BIGINT) FROM commune c
    WHERE c.departement = departement.code AND c.type = 'commune'), 0);
