-- Members are found by the last four digits of a card or Sheba.
CREATE INDEX destinations_last_four ON destinations (last_four, member);
