-- Users.
CREATE USER ana PASSWORD 'Ana12345';
CREATE USER ana WITH PASSWORD DISABLE;
CREATE USER ana PASSWORD 'md5153c434b4b77c89e6b94f12c5393af5b' CREATEDB;
CREATE USER ana PASSWORD 'sha256|Mypassword1' NOCREATEDB NOCREATEUSER;
CREATE USER ana PASSWORD 'Ana12345' CREATEUSER;
CREATE USER ana PASSWORD 'Ana12345' SYSLOG ACCESS UNRESTRICTED;
CREATE USER ana PASSWORD 'Ana12345' SYSLOG ACCESS RESTRICTED;
CREATE USER ana PASSWORD 'Ana12345' IN GROUP analysts;
CREATE USER ana PASSWORD 'Ana12345' IN GROUP analysts, loaders, "Night shift";
CREATE USER ana PASSWORD 'Ana12345' VALID UNTIL '2027-06-10';
CREATE USER ana PASSWORD 'Ana12345' CONNECTION LIMIT 30;
CREATE USER ana PASSWORD 'Ana12345' CONNECTION LIMIT UNLIMITED;
CREATE USER ana PASSWORD 'Ana12345' SESSION TIMEOUT 120;
CREATE USER "okta:ana" PASSWORD DISABLE EXTERNALID 'ABC123';
CREATE USER ana WITH CREATEDB PASSWORD 'Ana12345' IN GROUP analysts VALID UNTIL 'infinity' CONNECTION LIMIT 2 SESSION TIMEOUT 60 SYSLOG ACCESS RESTRICTED;
ALTER USER ana CREATEDB;
ALTER USER ana WITH NOCREATEDB;
ALTER USER ana CREATEUSER;
ALTER USER ana NOCREATEUSER;
ALTER USER ana PASSWORD 'Ana67890';
ALTER USER ana PASSWORD DISABLE;
ALTER USER ana PASSWORD 'Ana67890' VALID UNTIL '2028-01-01 00:00:00';
ALTER USER ana SYSLOG ACCESS UNRESTRICTED;
ALTER USER ana SYSLOG ACCESS RESTRICTED;
ALTER USER ana CONNECTION LIMIT 10;
ALTER USER ana CONNECTION LIMIT UNLIMITED;
ALTER USER ana SESSION TIMEOUT 300;
ALTER USER ana RESET SESSION TIMEOUT;
ALTER USER ana EXTERNALID 'ABC124';
ALTER USER ana RENAME TO anna;
ALTER USER ana SET search_path TO shop, public;
ALTER USER ana SET statement_timeout TO 10000;
ALTER USER ana SET query_group = 'ana';
ALTER USER ana SET enable_result_cache_for_session TO off;
ALTER USER ana SET statement_timeout TO DEFAULT;
ALTER USER ana RESET statement_timeout;
ALTER USER ana RESET ALL;
DROP USER ana;
DROP USER IF EXISTS ana, ben;
DROP USER ana, ben;
DROP USER IF EXISTS ana;

-- Groups.
CREATE GROUP analysts;
CREATE GROUP analysts WITH USER ana;
CREATE GROUP analysts WITH USER ana, ben, "IAM:carl";
ALTER GROUP analysts ADD USER ana;
ALTER GROUP analysts ADD USER ana, ben;
ALTER GROUP analysts DROP USER ana;
ALTER GROUP analysts DROP USER ana, ben;
ALTER GROUP analysts RENAME TO readers;
DROP GROUP analysts;

-- Roles.
CREATE ROLE loader;
CREATE ROLE loader EXTERNALID 'idp-loader';
ALTER ROLE loader RENAME TO load_all;
ALTER ROLE loader OWNER TO ana;
ALTER ROLE loader EXTERNALID TO 'idp-load-all';
DROP ROLE loader;
DROP ROLE loader FORCE;
DROP ROLE loader RESTRICT;

-- Row-level security.
CREATE RLS POLICY own_rows WITH (user_name varchar(40)) USING (user_name = current_user);
CREATE RLS POLICY all_rows USING (true);
CREATE RLS POLICY shop.own_region WITH (region char(2), opened date) AS r USING (r.region IN (SELECT region FROM user_regions WHERE user_name = current_user) AND r.opened < getdate());
CREATE RLS POLICY by_context WITH (tenant int) t USING (t.tenant = current_setting('app.tenant', false)::int);
CREATE RLS POLICY IF NOT EXISTS all_rows USING (1 = 1);
ALTER RLS POLICY own_rows USING (user_name = 'ana' OR current_user = 'root');
ATTACH RLS POLICY own_rows ON sales TO PUBLIC;
ATTACH RLS POLICY own_rows ON TABLE shop.sales, shop.users TO ana, ROLE analyst;
ATTACH RLS POLICY own_rows ON sales TO ROLE analyst, ROLE loader;
DETACH RLS POLICY own_rows ON sales FROM PUBLIC;
DETACH RLS POLICY own_rows ON shop.sales FROM ana, ROLE analyst;
DETACH RLS POLICY own_rows ON TABLE a, b FROM PUBLIC;
DROP RLS POLICY own_rows;
DROP RLS POLICY IF EXISTS own_rows CASCADE;
DROP RLS POLICY IF EXISTS own_rows RESTRICT;

-- Masking.
CREATE MASKING POLICY hide_all WITH (x varchar(256)) USING ('***'::text);
CREATE MASKING POLICY IF NOT EXISTS hide_mail WITH (mail varchar(256)) USING (regexp_replace(mail, '.*@', '***@'));
CREATE MASKING POLICY hide_card WITH (number varchar(19), owner varchar(80)) USING (substring(number, 1, 4) || '****', left(owner, 1));
CREATE MASKING POLICY by_role WITH (pay decimal(12, 2)) USING (CASE WHEN current_user = 'boss' THEN pay ELSE NULL END);
CREATE MASKING POLICY hide_super WITH (s super) USING (s);
ALTER MASKING POLICY hide_all USING ('xxx'::text);
ALTER MASKING POLICY hide_card USING (md5(number), NULL);
ATTACH MASKING POLICY hide_all ON users (email) TO PUBLIC;
ATTACH MASKING POLICY hide_all ON shop.users (email) TO ana PRIORITY 10;
ATTACH MASKING POLICY hide_card ON cards (number, owner) USING (number, owner) TO ROLE analyst PRIORITY 20;
ATTACH MASKING POLICY by_country ON users (phone) USING (phone, country) TO ana, ben, ROLE support;
ATTACH MASKING POLICY hide_super ON users (props.address.street) TO ROLE analyst;
ATTACH MASKING POLICY hide_super ON users (props.phones[0]) TO ROLE analyst PRIORITY 5;
DETACH MASKING POLICY hide_all ON users (email) FROM PUBLIC;
DETACH MASKING POLICY hide_card ON cards (number, owner) FROM ana, ROLE analyst;
DROP MASKING POLICY hide_all;
DROP MASKING POLICY IF EXISTS hide_all CASCADE;
