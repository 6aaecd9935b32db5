-- Accounts opened by a deposit, and the life of accounts nobody uses any more.

-- 1: the name was typed in a report by somebody nobody knows yet. An invitation, or the person at the activation,
-- replaces it; no e-mail repeats it until then.
ALTER TABLE compte ADD COLUMN nom_declare INTEGER NOT NULL DEFAULT 0 CHECK (nom_declare IN (0, 1));

-- Retention (compte/conservation.hpp): when the person was warned that the account would be closed for lack of use,
-- when it was closed, when its name and address were erased.
ALTER TABLE compte ADD COLUMN averti_le TEXT;
ALTER TABLE compte ADD COLUMN desactive_le TEXT;
ALTER TABLE compte ADD COLUMN efface_le TEXT;
UPDATE compte SET desactive_le = COALESCE(derniere_connexion_le, cree_le) WHERE etat = 'desactive';

-- Accounts opened by a deposit before this migration and never taken up: nobody has confirmed their name either.
UPDATE compte SET nom_declare = 1 WHERE etat = 'invite'
    AND EXISTS (SELECT 1 FROM mandat m WHERE m.compte = compte.id AND m.confirme = 0)
    AND NOT EXISTS (SELECT 1 FROM mandat m WHERE m.compte = compte.id AND m.confirme = 1);

CREATE INDEX compte_par_etat ON compte (etat, cree_le);
