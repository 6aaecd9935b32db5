-- What may be removed for want of a renewal, found without reading every demande: the first day on which the rule allows it,
-- counted from the anchor and from the notice that was delivered; empty: no notice was, or the demande is over.
ALTER TABLE demande ADD COLUMN radiable_le TEXT NOT NULL DEFAULT '';
CREATE INDEX demande_radiable ON demande (territoire, radiable_le, id) WHERE radiable_le <> '';
CREATE INDEX demande_radiable_du_guichet ON demande (guichet, radiable_le, id) WHERE radiable_le <> '';
-- What commissions declared inadmissible.
CREATE INDEX candidature_irrecevable ON candidature (territoire, id) WHERE etat = 'irrecevable';
