--- a procedure
CREATE OR REPLACE PROCEDURE load_day(IN day date, OUT n integer) NONATOMIC
AS $$begin
  n := 1; -- it's one
end;$$
LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO shop

--- a body with dollar signs
CREATE PROCEDURE p() AS $b1$ begin execute $$ select 1 $$; end; $b1$ LANGUAGE plpgsql

--- a function
CREATE FUNCTION f_net(price double precision, rate double precision)
RETURNS double precision IMMUTABLE
AS $$ select $1 * (1 - $2) $$
LANGUAGE sql

--- an external function
CREATE EXTERNAL FUNCTION score(user_id bigint, text varchar(4000))
RETURNS super STABLE
LAMBDA 'score-text'
IAM_ROLE DEFAULT
MAX_BATCH_SIZE 1 MB

--- a call
CALL shop.load_day('2026-01-31', dateadd(day, 1, CURRENT_DATE))

--- grants
SHOW GRANTS ON TABLE shop.sales FOR ROLE reporting LIMIT 10

--- policies
SHOW MASKING POLICIES ON shop.users FOR PUBLIC

--- catalogue
SHOW DATABASES FROM DATA CATALOG ACCOUNT '1', '2' LIKE 'x%' IAM_ROLE DEFAULT LIMIT 3

--- datashare
ALTER DATASHARE d ADD FUNCTION shop.net(double precision, double precision), shop.dice()
