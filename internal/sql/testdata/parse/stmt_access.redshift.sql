--- a grant
GRANT SELECT, INSERT, TEMPORARY ON TABLE sales TO ana, GROUP analysts

--- a long grant
GRANT SELECT (sale_id, amount, currency), UPDATE (state, note)
  ON TABLE shop.sales, shop.refunds
  TO ana WITH GRANT OPTION, ROLE reporting, GROUP analysts, PUBLIC

--- a revoke
REVOKE GRANT OPTION FOR ALL ON ALL TABLES IN SCHEMA shop, web FROM ROLE loader CASCADE

--- a role that may be assumed
GRANT ASSUMEROLE ON 'arn:aws:iam::1:role/a' TO ana FOR COPY, EXTERNAL FUNCTION

--- default privileges
ALTER DEFAULT PRIVILEGES FOR USER etl IN SCHEMA shop
  GRANT SELECT ON TABLES TO GROUP analysts

--- a user
CREATE USER ana
  PASSWORD 'it''s \\ "secret"'
  CREATEDB
  IN GROUP a, b
  VALID UNTIL '2027-01-01'
  CONNECTION LIMIT UNLIMITED

--- a policy
CREATE RLS POLICY shop.own_region
  WITH (region char(2), opened date) AS r
  USING (r.region IN (SELECT region FROM user_regions WHERE user_name = CURRENT_USER))

--- a mask
ATTACH MASKING POLICY hide
  ON shop.users (email, props.phones[0])
  USING (email, props.phones[0])
  TO ROLE support
  PRIORITY 30
