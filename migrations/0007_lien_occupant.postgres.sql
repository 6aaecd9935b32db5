-- A link that was sent to both becomes the occupant's, who sees the least; the depositor asks for theirs again.
UPDATE signalement SET jeton_occupant = jeton_suivi,
                       jeton_suivi = replace(CAST(gen_random_uuid() AS TEXT) || CAST(gen_random_uuid() AS TEXT), '-', '')
WHERE occupant_distinct = 1 AND occupant_prevenu = 1 AND vacant = 0 AND occupant_email <> '';
