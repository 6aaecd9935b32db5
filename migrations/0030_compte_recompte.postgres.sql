-- Counts again what 0022 counted: a report that another server was writing meanwhile is in the table and not in its count.
-- Writers wait here until the count is there; a migration that fills one table from another always begins so. On SQLite
-- writers take turns: nothing to mend.
LOCK TABLE signalement IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM signalement_compte;
INSERT INTO signalement_compte (territoire, comite, statut, danger, tranche, nombre)
    SELECT territoire, COALESCE(comite, ''), statut, danger, 0, COUNT(*) FROM signalement
    GROUP BY territoire, COALESCE(comite, ''), statut, danger;
