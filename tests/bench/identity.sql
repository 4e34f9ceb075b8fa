-- The least key that each key reaches, by a recursive query; no guard.
COPY (
	WITH RECURSIVE
	pairs AS MATERIALIZED (
		SELECT DISTINCT 'p' || phone AS a, 'v' || visitor_id AS b
		FROM read_csv('{IN}', delim = '\t', header = true, all_varchar = true)),
	edges AS MATERIALIZED (SELECT a, b FROM pairs UNION ALL SELECT b, a FROM pairs),
	reached(key, root) AS (
		SELECT DISTINCT a, a FROM edges
		UNION
		SELECT e.b, r.root FROM reached r JOIN edges e ON e.a = r.key WHERE r.root < e.b)
	SELECT key, min(root) FROM reached GROUP BY key ORDER BY key
) TO '{OUT}' (delimiter '\t', header false);
