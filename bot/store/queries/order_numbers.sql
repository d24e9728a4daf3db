-- name: of_cause(cause)^
SELECT id FROM order_numbers WHERE cause = :cause;

-- name: of_id(id)^
SELECT cause FROM order_numbers WHERE id = :id;

-- name: last()^
SELECT MAX(number) AS number FROM order_numbers;

-- name: put_number(number, id, cause)!
INSERT INTO order_numbers (number, id, cause) VALUES (:number, :id, :cause);
