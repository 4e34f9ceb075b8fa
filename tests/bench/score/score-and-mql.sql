-- The same, and when each lead became mature: the sums at every instant of its events.
COPY (
WITH raw AS (
  SELECT lead_id AS l, time AS t, event AS ev, page, form, job, country, employees
  FROM read_csv('{IN}', delim='\t', quote='', header=true, nullstr='', columns={'lead_id':'VARCHAR','time':'TIMESTAMP','event':'VARCHAR','page':'VARCHAR','form':'VARCHAR','job':'VARCHAR','country':'VARCHAR','employees':'INTEGER'})
), points AS (SELECT DISTINCT l, t AS u FROM raw UNION SELECT DISTINCT l, TIMESTAMP '2026-12-31 23:59:59.999999' FROM raw
), e AS (
  SELECT raw.*, u, date_diff('microsecond', t, u)/86400e6 AS age, t::DATE AS d FROM raw JOIN points o ON raw.l = o.l AND raw.t <= o.u
{SUMS}
SELECT l AS lead_id, fit+engage AS score, fit, engage,
  CASE WHEN fit+engage>=60 THEN 'mature' WHEN fit+engage<-20 THEN 'unqualified' ELSE 'cold' END AS class, m AS mql_at
FROM p JOIN (SELECT l AS k, min(u) FILTER (fit+engage>=60) AS m FROM p GROUP BY l) ON k = l
WHERE u = TIMESTAMP '2026-12-31 23:59:59.999999' ORDER BY l
) TO '{OUT}' (DELIMITER '\t', HEADER);
