-- etape: the number of the transaction. Whoever has seen all those before the oldest one still open (xmin of a
-- snapshot) asks again from there: numbers are given before the commits, in another order.
CREATE TABLE signalement_mouvement (
    etape       BIGINT NOT NULL,
    signalement TEXT NOT NULL,
    territoire  TEXT NOT NULL,
    PRIMARY KEY (etape, signalement, territoire)
);

CREATE FUNCTION signalement_mouvement_arrivee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signalement_mouvement (etape, signalement, territoire)
        SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), id, territoire FROM arrives
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_mouvement_arrivee AFTER INSERT ON signalement
    REFERENCING NEW TABLE AS arrives FOR EACH STATEMENT EXECUTE FUNCTION signalement_mouvement_arrivee();

CREATE FUNCTION signalement_mouvement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), OLD.id, OLD.territoire)
            ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), NEW.id, NEW.territoire)
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER signalement_mouvement_depart AFTER DELETE ON signalement
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement();
CREATE TRIGGER signalement_mouvement_passage
    AFTER UPDATE OF territoire, comite, insee, statut, depose_le, refuse_le, clos_le, motif_slug, profil, danger, gravite
    ON signalement FOR EACH ROW
    WHEN (OLD.territoire <> NEW.territoire OR OLD.comite IS DISTINCT FROM NEW.comite OR OLD.insee <> NEW.insee
        OR OLD.statut <> NEW.statut OR OLD.depose_le <> NEW.depose_le OR OLD.refuse_le IS DISTINCT FROM NEW.refuse_le
        OR OLD.clos_le IS DISTINCT FROM NEW.clos_le OR OLD.motif_slug IS DISTINCT FROM NEW.motif_slug
        OR OLD.profil <> NEW.profil OR OLD.danger <> NEW.danger OR OLD.gravite <> NEW.gravite)
    EXECUTE FUNCTION signalement_mouvement();

CREATE FUNCTION signalement_mouvement_d_une_suite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), OLD.signalement, OLD.territoire)
            ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO signalement_mouvement (etape, signalement, territoire)
            VALUES (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT), NEW.signalement, NEW.territoire)
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER affectation_mouvement_arrivee AFTER INSERT ON affectation
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER affectation_mouvement_depart AFTER DELETE ON affectation
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER affectation_mouvement_passage AFTER UPDATE OF partenaire, statut, affectee_le, premiere_le ON affectation
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER suivi_mouvement_arrivee AFTER INSERT ON suivi
    FOR EACH ROW WHEN (NEW.type = 'visite_faite') EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER suivi_mouvement_depart AFTER DELETE ON suivi
    FOR EACH ROW WHEN (OLD.type = 'visite_faite') EXECUTE FUNCTION signalement_mouvement_d_une_suite();
CREATE TRIGGER suivi_mouvement_passage AFTER UPDATE OF type, date_acte ON suivi
    FOR EACH ROW EXECUTE FUNCTION signalement_mouvement_d_une_suite();
