-- Half of each page stays free, so that a new count is written beside the old one and no index is touched.
ALTER TABLE signalement_compte SET (fillfactor = 50);

-- Arrivals by statement: a load of thousands adds once to each line.
CREATE FUNCTION signalement_compte_arrivee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_compte AS c (territoire, comite, statut, danger, tranche, nombre)
        SELECT territoire, COALESCE(comite, ''), statut, danger, pg_backend_pid() % 16, COUNT(*)
        FROM arrives GROUP BY territoire, COALESCE(comite, ''), statut, danger ORDER BY 1, 2, 3, 4
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_compte_arrivee AFTER INSERT ON signalement
    REFERENCING NEW TABLE AS arrives FOR EACH STATEMENT EXECUTE FUNCTION signalement_compte_arrivee();

CREATE FUNCTION signalement_compte_depart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_compte AS c (territoire, comite, statut, danger, tranche, nombre)
        VALUES (OLD.territoire, COALESCE(OLD.comite, ''), OLD.statut, OLD.danger, pg_backend_pid() % 16, -1)
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = c.nombre - 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_compte_depart AFTER DELETE ON signalement
    FOR EACH ROW EXECUTE FUNCTION signalement_compte_depart();

CREATE FUNCTION signalement_compte_passage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_compte AS c (territoire, comite, statut, danger, tranche, nombre)
        SELECT v.territoire, v.comite, v.statut, v.danger, pg_backend_pid() % 16, v.nombre
        FROM (VALUES (OLD.territoire, COALESCE(OLD.comite, ''), OLD.statut, OLD.danger, -1),
                     (NEW.territoire, COALESCE(NEW.comite, ''), NEW.statut, NEW.danger, 1))
            AS v (territoire, comite, statut, danger, nombre)
        ORDER BY 1, 2, 3, 4
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_compte_passage AFTER UPDATE OF territoire, comite, statut, danger ON signalement
    FOR EACH ROW
    WHEN (OLD.territoire <> NEW.territoire OR OLD.comite IS DISTINCT FROM NEW.comite OR OLD.statut <> NEW.statut
        OR OLD.danger <> NEW.danger)
    EXECUTE FUNCTION signalement_compte_passage();
