-- Schema 4. Who was erased, so that no older backup brings them back: a random number without a name or a day.
CREATE TABLE erased (
    person_id INTEGER PRIMARY KEY
) STRICT;
