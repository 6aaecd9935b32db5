-- What a radiation after a warning rests on: the day the warning was delivered, and the condition that was not met.
ALTER TABLE demande ADD COLUMN radiation_averti_le TEXT;
ALTER TABLE demande ADD COLUMN radiation_irrecevabilite TEXT NOT NULL DEFAULT '' CHECK (radiation_irrecevabilite IN ('', 'plafond', 'sejour'));
