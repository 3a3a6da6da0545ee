-- Makes a copy of the shop's production database fit for previews: run on a copy, never on production itself, and only its
-- result becomes a snapshot with the tag ephemera:masked=true.
--
-- Masked is what tells who somebody is: names, e-mail addresses, telephone numbers, addresses. It stays usable:
--   * the same row gets the same value each time, so that two nights' snapshots can be compared;
--   * what was unique stays unique, what was absent stays absent, formats stay formats;
--   * keys, amounts, dates, statuses and how many orders somebody has are not touched.
-- Values come from the row's number and from nothing that is masked: a hash of an e-mail address can be found by trying
-- addresses. Free text is emptied: nobody can say what stands in it.
-- It ends with checks. One that fails undoes everything, and no snapshot is taken.

CREATE TEMPORARY TABLE real_people ON COMMIT DROP AS SELECT id, name, email, phone, address FROM customers;

UPDATE customers SET
    name = 'Customer ' || id,
    -- example.com is reserved (RFC 2606): mail sent by mistake reaches nobody.
    email = 'customer' || id || '@example.com',
    -- The same number of digits in the same groups.
    phone = CASE WHEN phone IS NOT NULL THEN '+353 1 ' || lpad((5550000 + id % 10000)::text, 7, '0') END,
    -- A house, a street and a town, so that what takes an address apart still can.
    address = CASE WHEN address IS NOT NULL THEN 1 + id % 180 || ' Example Street, Sampletown' END;

UPDATE orders SET note = CASE WHEN note IS NOT NULL THEN '' END;

-- A new column may hold somebody's name, and nobody has said what masks it: then no snapshot is better than a wrong one.
DO $$
DECLARE
    unknown text;
    survivors bigint;
BEGIN
    SELECT string_agg(table_name || '.' || column_name, ', ' ORDER BY table_name, column_name) INTO unknown
    FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'xml', 'bytea')
      AND (table_name, column_name) NOT IN (
          ('customers', 'name'), ('customers', 'email'), ('customers', 'phone'), ('customers', 'address'),
          ('products', 'name'), ('orders', 'status'), ('orders', 'note'))
      AND table_name <> 'flyway_schema_history';
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'mask.sql does not know what is in %; say there how it is masked, or that it needs none', unknown;
    END IF;

    SELECT count(*) INTO survivors
    FROM customers JOIN real_people ON customers.email = real_people.email OR customers.name = real_people.name
        OR customers.phone = real_people.phone OR customers.address = real_people.address;
    IF survivors > 0 THEN
        RAISE EXCEPTION '% masked values are those of real people', survivors;
    END IF;

    SELECT count(*) INTO survivors FROM orders WHERE note <> '';
    IF survivors > 0 THEN
        RAISE EXCEPTION '% notes still have text', survivors;
    END IF;
END
$$;
