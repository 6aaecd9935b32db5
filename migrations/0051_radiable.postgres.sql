LOCK TABLE preavis IN SHARE ROW EXCLUSIVE MODE;
UPDATE demande SET radiable_le = to_char(GREATEST(demande.ancre::date + interval '13 months', p.jour::date + interval '2 months')
        + interval '1 day', 'YYYY-MM-DD')
    FROM (SELECT demande, ancre, MIN(parti_le) AS jour FROM preavis
          WHERE objet = 'preavis' AND obligatoire = 1 AND parti_le IS NOT NULL AND revenu_le IS NULL
          GROUP BY demande, ancre) p
    WHERE p.demande = demande.id AND p.ancre = demande.ancre AND demande.etat IN ('a_renouveler', 'en_tolerance');
