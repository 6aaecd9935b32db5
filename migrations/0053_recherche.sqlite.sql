-- Words only: neither their places nor their number is kept. « ~ » is a letter: what follows it is not a word of the
-- report. Written by the program, not by triggers (0001).
CREATE VIRTUAL TABLE signalement_mots_index USING fts5(
    mots, content = 'signalement_mots', content_rowid = 'rang', detail = none, columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 tokenchars '~'"
);

-- Merging is left to a task: a deposit only adds its words. Should the task not run, deposits merge by themselves from
-- this many on.
INSERT INTO signalement_mots_index (signalement_mots_index, rank) VALUES ('automerge', 0);
INSERT INTO signalement_mots_index (signalement_mots_index, rank) VALUES ('crisismerge', 256);
