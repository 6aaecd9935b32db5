-- A month without that day ends on its last one: the earlier of the two ways of counting.
UPDATE demande SET radiable_le = (
        SELECT date(MAX(MIN(date(demande.ancre, '+13 months'), date(demande.ancre, 'start of month', '+14 months', '-1 day')),
                        MIN(date(MIN(p.parti_le), '+2 months'), date(MIN(p.parti_le), 'start of month', '+3 months', '-1 day'))),
                    '+1 day')
        FROM preavis p WHERE p.demande = demande.id AND p.ancre = demande.ancre AND p.objet = 'preavis'
            AND p.obligatoire = 1 AND p.parti_le IS NOT NULL AND p.revenu_le IS NULL)
    WHERE etat IN ('a_renouveler', 'en_tolerance') AND EXISTS (
        SELECT 1 FROM preavis p WHERE p.demande = demande.id AND p.ancre = demande.ancre AND p.objet = 'preavis'
            AND p.obligatoire = 1 AND p.parti_le IS NOT NULL AND p.revenu_le IS NULL);
