-- How many reports each committee has in each state: what a list prints above its lines, and what figures add up.
-- Kept by the engine in the transaction of the change (triggers in the part of each engine), so that it is exact
-- and cannot be forgotten; `logis verifier` counts again and compares.
-- comite: empty when the report has none. tranche: writers of PostgreSQL do not wait for each other's line; a
-- count is the sum of its lines; one line alone may be negative.
CREATE TABLE signalement_compte (
    territoire TEXT NOT NULL,
    comite     TEXT NOT NULL,
    statut     TEXT NOT NULL,
    danger     INTEGER NOT NULL,
    tranche    INTEGER NOT NULL,
    nombre     BIGINT NOT NULL,
    PRIMARY KEY (territoire, comite, statut, danger, tranche)
);
CREATE INDEX signalement_compte_par_comite ON signalement_compte (comite);
INSERT INTO signalement_compte (territoire, comite, statut, danger, tranche, nombre)
    SELECT territoire, COALESCE(comite, ''), statut, danger, 0, COUNT(*) FROM signalement
    GROUP BY territoire, COALESCE(comite, ''), statut, danger;
