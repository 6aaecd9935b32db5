-- Of those who sign a demande, whom a letter is for; 0: its applicant.
ALTER TABLE preavis ADD COLUMN signataire INTEGER NOT NULL DEFAULT 0;
