--- lateral-looking names
SELECT * FROM "lateral" AS l, unnest AS u
