-- Statistics and the map are told when a report is placed elsewhere.
DROP TRIGGER signalement_mouvement_passage;
CREATE TRIGGER signalement_mouvement_passage
AFTER UPDATE OF territoire, comite, insee, statut, depose_le, refuse_le, clos_le, motif_slug, profil, danger, gravite, lon, lat ON signalement
WHEN OLD.territoire <> NEW.territoire OR OLD.comite IS NOT NEW.comite OR OLD.insee <> NEW.insee OR OLD.statut <> NEW.statut
    OR OLD.depose_le <> NEW.depose_le OR OLD.refuse_le IS NOT NEW.refuse_le OR OLD.clos_le IS NOT NEW.clos_le
    OR OLD.motif_slug IS NOT NEW.motif_slug OR OLD.profil <> NEW.profil OR OLD.danger <> NEW.danger
    OR OLD.gravite <> NEW.gravite OR OLD.lon IS NOT NEW.lon OR OLD.lat IS NOT NEW.lat
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) SELECT OLD.id, OLD.territoire WHERE OLD.territoire <> NEW.territoire;
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.id, NEW.territoire);
END;
