-- The scores of rules.tsv as of the end of 2026: no date of maturity, no reasons.
COPY (
WITH e AS (
  SELECT lead_id AS l, time AS t, event AS ev, page, form, job, country, employees,
         date_diff('microsecond', time, TIMESTAMP '2026-12-31 23:59:59.999999')/86400e6 AS age,
         date_diff('day', time::DATE, DATE '2026-12-31') AS d
  FROM read_csv('{IN}', delim='\t', quote='', header=true, nullstr='', columns={'lead_id':'VARCHAR','time':'TIMESTAMP','event':'VARCHAR','page':'VARCHAR','form':'VARCHAR','job':'VARCHAR','country':'VARCHAR','employees':'INTEGER'})
{SUMS}
SELECT l AS lead_id, fit+engage AS score, fit, engage,
  CASE WHEN fit+engage>=60 THEN 'mature' WHEN fit+engage<-20 THEN 'unqualified' ELSE 'cold' END AS class FROM p ORDER BY l
) TO '{OUT}' (DELIMITER '\t', HEADER);
