BEGIN { n = split("time event date email phone crm_id deal_id visitor_id campaign_id message_id url method link value cost currency impressions clicks", w, " ") }
NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; for (i = 1; i <= n; i++) if (w[i] in at) h[++m] = w[i] }
{ for (i = 1; i <= m; i++) printf "%s%s", $(at[h[i]]), i < m ? "\t" : "\n" }
