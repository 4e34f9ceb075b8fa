/* ways.c - how people come to the site, and the campaigns behind it */
#include "world.h"

const struct campaign campaigns[] = {
	{ "google", "21044871001", "es_marca", "ES | Marca", "paid_search", "ad",
	    3600, 180, true },
	{ "google", "21044871002", "es_placas_madrid", "ES | Placas | Madrid",
	    "paid_search", "ad", 19000, 840, true },
	{ "google", "21044871003", "es_baterias", "ES | Baterías", "paid_search", "ad",
	    8400, 740, true },
	{ "google", "21044871009", "es_display_marca", "ES | Display | Marca",
	    "display", "ad", 5200, 120, true },
	{ "google", "21044871010", "es_prueba", "ES | prueba, no borrar",
	    "paid_search", "ad", 1400, 640, false },
	{ "microsoft", "359751135", "es_bing_placas", "ES Bing Placas",
	    "paid_search", "ad", 3000, 560, true },
	{ "meta", "238510000001", "es_ahorro_hogar", "ES Ahorro hogar",
	    "paid_social", "ad", 12000, 280, true },
	{ "meta", "238510000002", "es_retargeting", "ES Retargeting",
	    "paid_social", "ad", 5000, 220, true },
	{ "linkedin", "148633001", "es_empresas", "ES Empresas", "paid_social", "ad",
	    10400, 2480, true },
};
const uint32_t ncampaigns = sizeof(campaigns) / sizeof(*campaigns);

#define MAIL(n) { "email", "newsletter", "email", "nurture_" n, "", \
	"utm_source=newsletter&utm_medium=email&utm_campaign=nurture_" n "&mc_cid=$", \
	0, 0, 0 }

const struct way ways[] = {
	{ "direct", "(direct)", "(none)", "", "", "", 90, 160, 300 },
	{ "phone", "", "", "", "", "", 0, 0, 0 },
	MAIL("1"), MAIL("2"), MAIL("3"), MAIL("4"),
	{ "paid_search", "google", "cpc", "es_marca", "https://www.google.com/",
	    "utm_source=google&utm_medium=cpc&utm_campaign=es_marca&utm_id=21044871001"
	    "&utm_term=soleo&gclid=$", 40, 120, 60 },
	{ "paid_search", "google", "cpc", "es_placas_madrid", "https://www.google.com/",
	    "gad_source=1&gad_campaignid=21044871002&gclid=$", 170, 40, 140 },
	{ "paid_search", "google", "cpc", "es_baterias", "https://www.google.com/",
	    "utm_source=Google&utm_medium=CPC&utm_campaign=es_baterias"
	    "&utm_id=21044871003&utm_term=bater%C3%ADas+solares&gclid=$",
	    70, 30, 70 },
	{ "paid_search", "bing", "cpc", "es_bing_placas", "https://www.bing.com/",
	    "utm_source=bing&utm_medium=cpc&utm_campaign=es_bing_placas"
	    "&utm_id=359751135&msclkid=$", 30, 10, 30 },
	{ "paid_social", "facebook", "paid-social", "es_ahorro_hogar",
	    "https://m.facebook.com/",
	    "utm_source=facebook&utm_medium=paid-social&utm_campaign=es_ahorro_hogar"
	    "&utm_id=238510000001&utm_content=video_1&fbclid=$", 150, 20, 200 },
	{ "paid_social", "instagram", "paid-social", "es_retargeting",
	    "https://l.instagram.com/",
	    "utm_source=instagram&utm_medium=paid-social&utm_campaign=es_retargeting"
	    "&utm_id=238510000002&fbclid=$", 0, 130, 40 },
	{ "paid_social", "linkedin", "paid-social", "es_empresas",
	    "https://www.linkedin.com/",
	    "utm_source=linkedin&utm_medium=paid-social&utm_campaign=es_empresas"
	    "&utm_id=148633001&li_fat_id=$", 60, 10, 50 },
	{ "display", "google", "display", "es_display_marca",
	    "https://noticias.example/portada",
	    "utm_source=google&utm_medium=display&utm_campaign=es_display_marca"
	    "&utm_id=21044871009", 0, 0, 120 },
	{ "organic_search", "google", "organic", "", "https://www.google.es/", "",
	    220, 150, 380 },
	{ "organic_search", "bing", "organic", "", "https://www.bing.com/", "",
	    20, 15, 40 },
	{ "organic_search", "duckduckgo", "organic", "", "https://duckduckgo.com/", "",
	    15, 10, 30 },
	{ "referral", "comparador-solar.example", "referral", "",
	    "https://www.comparador-solar.example/instaladores/madrid", "", 60, 25, 70 },
	{ "ai_assistant", "chatgpt", "ai", "", "https://chatgpt.com/", "",
	    25, 10, 30 },
};
const uint32_t nways = sizeof(ways) / sizeof(*ways);

const char *const reps[] = { "Nuria Vidal", "Tomás Rey", "Inés Lago", "Óscar Pons" };
const char *const products[] = { "Tejado 4 kW", "Tejado 8 kW", "Nave 60 kW",
	"Batería 10 kWh" };
const char *const reasons[] = { "no response", "price", "no roof", "competitor" };
const char *const sectors[] = { "hogar", "hostelería", "industria", "comunidad",
	"agricultura" };
