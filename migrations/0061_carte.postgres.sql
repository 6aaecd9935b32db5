-- Statistics and the map are told when a report is placed elsewhere.
DROP TRIGGER signalement_mouvement_passage ON signalement;
CREATE TRIGGER signalement_mouvement_passage
    AFTER UPDATE OF territoire, comite, insee, statut, depose_le, refuse_le, clos_le, motif_slug, profil, danger, gravite, lon, lat
    ON signalement FOR EACH ROW
    WHEN (OLD.territoire <> NEW.territoire OR OLD.comite IS DISTINCT FROM NEW.comite OR OLD.insee <> NEW.insee
        OR OLD.statut <> NEW.statut OR OLD.depose_le <> NEW.depose_le OR OLD.refuse_le IS DISTINCT FROM NEW.refuse_le
        OR OLD.clos_le IS DISTINCT FROM NEW.clos_le OR OLD.motif_slug IS DISTINCT FROM NEW.motif_slug
        OR OLD.profil <> NEW.profil OR OLD.danger <> NEW.danger OR OLD.gravite <> NEW.gravite
        OR OLD.lon IS DISTINCT FROM NEW.lon OR OLD.lat IS DISTINCT FROM NEW.lat)
    EXECUTE FUNCTION signalement_mouvement();
