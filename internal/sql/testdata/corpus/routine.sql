-- Procedures.
CREATE PROCEDURE refresh_all() AS $$ BEGIN REFRESH MATERIALIZED VIEW mv_sales; END; $$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE load_day(day date) AS $$
DECLARE n int;
BEGIN
  SELECT count(*) INTO n FROM sales WHERE sold_on = day;
  IF n = 0 THEN RAISE INFO 'nothing on %', day; END IF;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE load_days(IN first date, IN last date) AS 'BEGIN NULL; END;' LANGUAGE plpgsql;
CREATE PROCEDURE count_rows(name varchar(127), OUT n bigint) AS $b$ BEGIN n := 1; END; $b$ LANGUAGE plpgsql;
CREATE PROCEDURE bump(counter INOUT int) AS $$ BEGIN counter := counter + 1; END; $$ LANGUAGE plpgsql;
CREATE PROCEDURE open_sales(INOUT rows refcursor) AS $$ BEGIN OPEN rows FOR SELECT 1; END; $$ LANGUAGE plpgsql;
CREATE PROCEDURE by_type(int, varchar) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;
CREATE PROCEDURE many(double precision, character varying(20), timestamp with time zone, decimal(9, 2)) AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;
CREATE PROCEDURE shop.tidy() NONATOMIC AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE shop.tidy(keep int) NONATOMIC AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql SECURITY INVOKER;
CREATE PROCEDURE secure() AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql SECURITY DEFINER;
CREATE PROCEDURE secure() AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path TO shop;
CREATE PROCEDURE quick() AS $$ BEGIN NULL; END; $$ LANGUAGE plpgsql SET statement_timeout = 5000;
ALTER PROCEDURE load_day(date) RENAME TO load_one_day;
ALTER PROCEDURE load_day(date) OWNER TO etl;
ALTER PROCEDURE load_day(first date, varchar) OWNER TO CURRENT_USER;
ALTER PROCEDURE load_day() OWNER TO SESSION_USER;
ALTER PROCEDURE load_day RENAME TO load_one_day;
DROP PROCEDURE load_day(date);
DROP PROCEDURE load_day(IN day date, OUT n int);
DROP PROCEDURE tidy(), tidy(int);
DROP PROCEDURE shop.tidy;
CALL refresh_all();
CALL load_day('2026-01-31');
CALL shop.load_days(dateadd(day, -1, current_date), current_date);
CALL count_rows('sales', 'public', 10);
CALL bump(1 + 2);

-- Functions in SQL and in Python.
CREATE FUNCTION net(float, float) RETURNS float STABLE AS $$ SELECT $1 * (1 - $2) $$ LANGUAGE sql;
CREATE OR REPLACE FUNCTION shop.net(float, float) RETURNS float IMMUTABLE AS $$ SELECT $1 * (1 - $2) $$ LANGUAGE sql;
CREATE FUNCTION dice() RETURNS int VOLATILE AS $$ SELECT (random() * 6)::int + 1 $$ LANGUAGE sql;
CREATE FUNCTION py_greater(a float, b float) RETURNS float STABLE AS $$
  if a > b:
    return a
  return b
$$ LANGUAGE plpythonu;
CREATE FUNCTION py_text(x anyelement) RETURNS varchar(100) IMMUTABLE AS $$ return str(x) $$ LANGUAGE plpythonu;
CREATE OR REPLACE FUNCTION py_len(varchar(max)) RETURNS bigint VOLATILE AS $$ return len(s) $$ LANGUAGE plpythonu;
ALTER FUNCTION net(float, float) RENAME TO net_price;
ALTER FUNCTION net(float, float) OWNER TO etl;
DROP FUNCTION net(float, float);
DROP FUNCTION net(float, float) CASCADE;
DROP FUNCTION dice() RESTRICT;
DROP FUNCTION shop.py_len(varchar);
DROP FUNCTION py_len(s varchar);

-- Functions of other services.
CREATE EXTERNAL FUNCTION mask(varchar) RETURNS varchar STABLE LAMBDA 'mask-names' IAM_ROLE 'arn:aws:iam::123456789012:role/caller';
CREATE OR REPLACE EXTERNAL FUNCTION score(int, float8) RETURNS float8 VOLATILE LAMBDA 'score' IAM_ROLE DEFAULT;
CREATE EXTERNAL FUNCTION score(int) RETURNS super IMMUTABLE LAMBDA 'score' IAM_ROLE DEFAULT RETRY_TIMEOUT 0;
CREATE EXTERNAL FUNCTION score(int) RETURNS int STABLE LAMBDA 'score' IAM_ROLE DEFAULT MAX_BATCH_ROWS 1000;
CREATE EXTERNAL FUNCTION score(int) RETURNS int STABLE LAMBDA 'score' IAM_ROLE DEFAULT MAX_BATCH_SIZE 64 KB;
CREATE EXTERNAL FUNCTION score(int) RETURNS int STABLE LAMBDA 'score' IAM_ROLE DEFAULT RETRY_TIMEOUT 1000 MAX_BATCH_ROWS 10 MAX_BATCH_SIZE 1 MB;
CREATE EXTERNAL FUNCTION guess(varchar, int) RETURNS decimal(10, 4) VOLATILE SAGEMAKER 'churn-endpoint' IAM_ROLE DEFAULT;

-- Libraries.
CREATE LIBRARY f_utils LANGUAGE plpythonu FROM 'https://example.com/f_utils.zip';
CREATE OR REPLACE LIBRARY f_utils LANGUAGE plpythonu FROM 's3://shop-lake/f_utils.zip' CREDENTIALS AS 'aws_iam_role=arn:aws:iam::123456789012:role/reader';
CREATE LIBRARY f_utils LANGUAGE plpythonu FROM 's3://shop-lake/f_utils.zip' CREDENTIALS 'k' REGION AS 'us-east-1';
CREATE LIBRARY f_utils LANGUAGE plpythonu FROM 's3://shop-lake/f_utils.zip' IAM_ROLE DEFAULT;
DROP LIBRARY f_utils;
