CREATE TRIGGER signalement_compte_arrivee AFTER INSERT ON signalement
BEGIN
    INSERT INTO signalement_compte (territoire, comite, statut, danger, tranche, nombre)
        VALUES (NEW.territoire, COALESCE(NEW.comite, ''), NEW.statut, NEW.danger, 0, 1)
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = nombre + 1;
END;
CREATE TRIGGER signalement_compte_depart AFTER DELETE ON signalement
BEGIN
    UPDATE signalement_compte SET nombre = nombre - 1
        WHERE territoire = OLD.territoire AND comite = COALESCE(OLD.comite, '') AND statut = OLD.statut
            AND danger = OLD.danger AND tranche = 0;
END;
CREATE TRIGGER signalement_compte_passage AFTER UPDATE OF territoire, comite, statut, danger ON signalement
WHEN OLD.territoire <> NEW.territoire OR OLD.comite IS NOT NEW.comite OR OLD.statut <> NEW.statut
    OR OLD.danger <> NEW.danger
BEGIN
    UPDATE signalement_compte SET nombre = nombre - 1
        WHERE territoire = OLD.territoire AND comite = COALESCE(OLD.comite, '') AND statut = OLD.statut
            AND danger = OLD.danger AND tranche = 0;
    INSERT INTO signalement_compte (territoire, comite, statut, danger, tranche, nombre)
        VALUES (NEW.territoire, COALESCE(NEW.comite, ''), NEW.statut, NEW.danger, 0, 1)
        ON CONFLICT (territoire, comite, statut, danger, tranche) DO UPDATE SET nombre = nombre + 1;
END;
