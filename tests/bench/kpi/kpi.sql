-- The core of the monthly report by hand: one deal a lead, three breakdowns. Long form;
-- zeros are left out.
COPY (
WITH s AS (
  SELECT * FROM read_csv('{IN}', delim='\t', quote='', header=true, nullstr='', columns={'lead_id':'VARCHAR','time':'TIMESTAMP','kind':'VARCHAR','event':'VARCHAR','channel':'VARCHAR','deal_id':'VARCHAR','value':'DECIMAL(18,6)','rep':'VARCHAR','country':'VARCHAR'})
), l AS (
  SELECT lead_id, any_value(rep) AS rep, any_value(country) AS country,
    any_value(channel) FILTER (kind = 'touch') AS channel,
    min(time) FILTER (event = 'lead') AS lead, min(time) FILTER (event = 'contacted') AS contacted,
    min(time) FILTER (event = 'mql') AS mql, min(time) FILTER (event = 'sql') AS sql,
    min(time) FILTER (event = 'opp') AS opp, min(time) FILTER (event = 'won') AS won,
    min(time) FILTER (event = 'lost') AS lost, sum(value) FILTER (event = 'won') AS value
  FROM s GROUP BY lead_id
), f AS (
  SELECT date_trunc('month', lead) AS m, channel, rep, country, 'leads' AS k, 1 AS a, NULL AS b, NULL::DOUBLE AS d FROM l
  UNION ALL SELECT date_trunc('month', lead), channel, rep, country, 'lead_to_customer', (won IS NOT NULL)::INT, 1, NULL FROM l
  UNION ALL SELECT date_trunc('month', lead), channel, rep, country, 'response_median', NULL, NULL, date_diff('second', lead, contacted) / 3600 FROM l WHERE contacted IS NOT NULL
  UNION ALL SELECT date_trunc('month', mql), channel, rep, country, 'mql', 1, NULL, NULL FROM l WHERE mql IS NOT NULL
  UNION ALL SELECT date_trunc('month', sql), channel, rep, country, 'sql', 1, NULL, NULL FROM l WHERE sql IS NOT NULL
  UNION ALL SELECT date_trunc('month', opp), channel, rep, country, 'opps', 1, NULL, NULL FROM l WHERE opp IS NOT NULL
  UNION ALL SELECT date_trunc('month', won), channel, rep, country, 'deals', 1, NULL, NULL FROM l WHERE won IS NOT NULL
  UNION ALL SELECT date_trunc('month', won), channel, rep, country, 'revenue', value, NULL, NULL FROM l WHERE won IS NOT NULL
  UNION ALL SELECT date_trunc('month', won), channel, rep, country, 'avg_deal', value, 1, NULL FROM l WHERE won IS NOT NULL
  UNION ALL SELECT date_trunc('month', won), channel, rep, country, 'win_rate', 1, 1, NULL FROM l WHERE won IS NOT NULL
  UNION ALL SELECT date_trunc('month', lost), channel, rep, country, 'win_rate', 0, 1, NULL FROM l WHERE lost IS NOT NULL
  UNION ALL SELECT date_trunc('month', lost), channel, rep, country, 'lost', 1, NULL, NULL FROM l WHERE lost IS NOT NULL
  UNION ALL SELECT date_trunc('month', won), channel, rep, country, 'cycle_days_median', NULL, NULL, date_diff('second', opp, won) / 86400 FROM l WHERE won IS NOT NULL
  UNION ALL SELECT date_trunc('month', won), channel, rep, country, 'days_to_close_median', NULL, NULL, date_diff('second', lead, won) / 86400 FROM l WHERE won IS NOT NULL
), g AS (
  SELECT strftime(m, '%Y-%m') AS period,
    CASE WHEN channel IS NOT NULL THEN 'first_channel' WHEN rep IS NOT NULL THEN 'rep'
         WHEN country IS NOT NULL THEN 'country' ELSE '(all)' END AS dimension,
    coalesce(channel, rep, country, '(all)') AS segment, k,
    CASE WHEN count(d) > 0 THEN quantile_cont(d, 0.5) WHEN count(b) > 0 THEN sum(a)::DOUBLE / sum(b) ELSE sum(a)::DOUBLE END AS v
  FROM f GROUP BY GROUPING SETS ((m, k), (m, k, channel), (m, k, rep), (m, k, country))
)
SELECT * FROM g WHERE v <> 0 ORDER BY period, dimension, segment, k
) TO '{OUT}' (DELIMITER '\t', HEADER true);
