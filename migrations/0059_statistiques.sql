-- Statistics (ADR 30): what a server that holds the facts of each report in memory reads to keep them exact.
-- signalement_mouvement, in the part of each engine: a line for each transaction that changed what is counted of a
-- report, written by triggers, so that none is forgotten. etape grows: a reader asks for what came after the last it saw.

-- When a partner was first entrusted with a report, once it is asked again: delays count from there.
ALTER TABLE affectation ADD COLUMN premiere_le TEXT;

CREATE INDEX suivi_visite_faite ON suivi (signalement, date_acte) WHERE type = 'visite_faite';
