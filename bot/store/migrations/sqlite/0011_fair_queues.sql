-- What waits is also read by whom it is of, so that the many of one keep out nobody else's.
CREATE INDEX inbox_new_of_sender ON inbox (sender, seq) WHERE state = 'new';
CREATE INDEX outbox_new_in_chat ON outbox (chat_id, priority, id) WHERE state = 'new';

-- What an answer shows: a newer one of the same kind takes the place of an older one in its chat that was not sent yet.
-- NULL where each is wanted, as receipts are.
ALTER TABLE outbox ADD COLUMN kind TEXT;
