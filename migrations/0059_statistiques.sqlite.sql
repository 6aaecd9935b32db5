-- Writers take turns: the order of the numbers is that of the commits, and a number is never given twice.
CREATE TABLE signalement_mouvement (
    etape       INTEGER PRIMARY KEY AUTOINCREMENT,
    signalement TEXT NOT NULL,
    territoire  TEXT NOT NULL
);

CREATE TRIGGER signalement_mouvement_arrivee AFTER INSERT ON signalement
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.id, NEW.territoire);
END;
CREATE TRIGGER signalement_mouvement_depart AFTER DELETE ON signalement
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (OLD.id, OLD.territoire);
END;
CREATE TRIGGER signalement_mouvement_passage
AFTER UPDATE OF territoire, comite, insee, statut, depose_le, refuse_le, clos_le, motif_slug, profil, danger, gravite ON signalement
WHEN OLD.territoire <> NEW.territoire OR OLD.comite IS NOT NEW.comite OR OLD.insee <> NEW.insee OR OLD.statut <> NEW.statut
    OR OLD.depose_le <> NEW.depose_le OR OLD.refuse_le IS NOT NEW.refuse_le OR OLD.clos_le IS NOT NEW.clos_le
    OR OLD.motif_slug IS NOT NEW.motif_slug OR OLD.profil <> NEW.profil OR OLD.danger <> NEW.danger
    OR OLD.gravite <> NEW.gravite
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) SELECT OLD.id, OLD.territoire WHERE OLD.territoire <> NEW.territoire;
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.id, NEW.territoire);
END;
CREATE TRIGGER affectation_mouvement_arrivee AFTER INSERT ON affectation
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;
CREATE TRIGGER affectation_mouvement_depart AFTER DELETE ON affectation
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (OLD.signalement, OLD.territoire);
END;
CREATE TRIGGER affectation_mouvement_passage AFTER UPDATE OF partenaire, statut, affectee_le, premiere_le ON affectation
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;
CREATE TRIGGER suivi_mouvement_arrivee AFTER INSERT ON suivi WHEN NEW.type = 'visite_faite'
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;
CREATE TRIGGER suivi_mouvement_depart AFTER DELETE ON suivi WHEN OLD.type = 'visite_faite'
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (OLD.signalement, OLD.territoire);
END;
CREATE TRIGGER suivi_mouvement_passage AFTER UPDATE OF type, date_acte ON suivi
BEGIN
    INSERT INTO signalement_mouvement (signalement, territoire) VALUES (NEW.signalement, NEW.territoire);
END;
