-- What people are found by: their name and username as one word without blanks, marks and capitals, as
-- `folded_name` of the bot's kit writes it. `id` is kept by VACUUM, which profiles' own row number is not.
CREATE TABLE profile_names (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL UNIQUE REFERENCES profiles,
    folded TEXT NOT NULL
) STRICT;

-- Names that begin with what is looked for come first; they need no more than this index.
CREATE INDEX profile_names_folded ON profile_names (folded);

-- Three letters in a row, and where they are: finds what stands in the middle of a name. It is written with its table by
-- the bot: `moaref verify` knows no trigger but those of the books.
CREATE VIRTUAL TABLE profile_name_parts USING fts5 (
    folded, content = 'profile_names', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);

-- People of an earlier version are folded when the store is opened next: letters are compared by rules that SQL lacks.
INSERT INTO cursors (name, value) VALUES ('names_to_fold', 1);
