-- What each rule of rules.tsv adds, of the events e by {BY}, and the sums.
), s AS (
 SELECT {BY},
  last(job ORDER BY t) FILTER (job IS NOT NULL) AS job,
  last(country ORDER BY t) FILTER (country IS NOT NULL) AS country,
  last(employees ORDER BY t) FILTER (employees IS NOT NULL) AS emp,
  least(24, coalesce(sum(8*pow(2,-age/30)) FILTER (ev='page_view' AND regexp_matches(page,'^/(pricing|precios)','i')),0)) r8,
  least(12, coalesce(sum(4*pow(2,-age/30)) FILTER (ev='page_view' AND regexp_matches(page,'^/producto','i')),0)) r9,
  least(9, coalesce(sum(3*pow(2,-age/30)) FILTER (ev='page_view' AND regexp_matches(page,'^/case','i')),0)) r10,
  least(10, coalesce(sum(2*pow(2,-age/60)) FILTER (ev='page_view' AND regexp_matches(page,'^/docs','i')),0)) r11,
  least(5, coalesce(sum(1*pow(2,-age/60)) FILTER (ev='page_view' AND regexp_matches(page,'^/blog','i')),0)) r12,
  least(10, coalesce(sum(1*pow(2,-age/14)) FILTER (ev='page_view'),0)) r13,
  greatest(-20, -20*coalesce(count(*) FILTER (ev='page_view' AND regexp_matches(page,'^/(careers|jobs|empleo)','i')),0)) r14,
  least(25, coalesce(sum(25*pow(2,-age/90)) FILTER (ev='form' AND form IN ('trial','quote')),0)) r15,
  least(10, coalesce(sum(10*pow(2,-age/90)) FILTER (ev='form' AND form='contact'),0)) r16,
  least(5, 5*count(*) FILTER (ev='form' AND form='newsletter')) r17,
  least(9, coalesce(sum(3*pow(2,-age/30)) FILTER (ev='form'),0)) r18,
  6*(count(DISTINCT d) FILTER (ev='page_view' AND age<=7)>=3)::INT r19,
  10*(count(DISTINCT d) FILTER (ev='page_view' AND age<=30)>=5)::INT r20,
  4*(count(DISTINCT page) FILTER (ev='page_view' AND age<=30)>=4)::INT r21,
  -10*(min(age)>=60)::INT r22,
  -5*coalesce((min(age) FILTER (ev='form')>=90)::INT,0) r23,
  least(15, coalesce(sum(5*pow(2,-age/30)) FILTER (ev='email_clicked'),0)) r24,
  least(5, coalesce(sum(1*pow(2,-age/30)) FILTER (ev='email_opened'),0)) r25,
  least(24, coalesce(sum(12*pow(2,-age/30)) FILTER (ev='chat_in'),0)) r26,
  least(30, coalesce(sum(15*pow(2,-age/30)) FILTER (ev='call_in'),0)) r27,
  8*(count(DISTINCT d) FILTER (ev IN ('chat_in','call_in') AND age<=30)>=2)::INT r28,
  4*(count(DISTINCT d) FILTER (ev='email_clicked' AND age<=30)>=2)::INT r29,
  20*(count(*) FILTER (ev='form' AND form='quote')>0)::INT r30
 FROM e GROUP BY {BY}
), p AS (
 SELECT *, least(40, 10*coalesce(regexp_matches(job,'\b(ceo|cto|director)\b','i'),false)::INT - 10*coalesce(job='student',false)::INT
   - 40*coalesce(country NOT IN ('ES','PT','PL'),false)::INT + 5*coalesce(country='ES',false)::INT + 8*coalesce(emp>=500,false)::INT
   + 4*coalesce(emp>=100,false)::INT - 5*coalesce(emp<10,false)::INT) fit,
   least(80, r8+r9+r10+r11+r12+r13+r14+r15+r16+r17+r18+r19+r20+r21+r22+r23+r24+r25+r26+r27+r28+r29+r30) engage FROM s
)
