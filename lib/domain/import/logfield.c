/* logfield.c - which part of a request does a log's field hold? */
#include <lead/base/stamp.h>
#include <lead/domain/import/logfield.h>

/* Of two names of one part the one further up is taken. */
static const struct {
	const char *name;
	enum logfield part;
} parts[] = {
	{ "remote_addr", LOGFIELD_ADDRESS },
	{ "realip_remote_addr", LOGFIELD_ADDRESS },
	{ "c-ip", LOGFIELD_ADDRESS },
	{ "client_ip", LOGFIELD_ADDRESS },
	{ "clientip", LOGFIELD_ADDRESS },
	{ "remote_ip", LOGFIELD_ADDRESS },
	{ "ip", LOGFIELD_ADDRESS },
	{ "http_x_forwarded_for", LOGFIELD_FORWARDED },
	{ "x-forwarded-for", LOGFIELD_FORWARDED },
	{ "cs(x-forwarded-for)", LOGFIELD_FORWARDED },
	{ "x_forwarded_for", LOGFIELD_FORWARDED },
	{ "time_local", LOGFIELD_TIME },
	{ "time_iso8601", LOGFIELD_TIME },
	{ "msec", LOGFIELD_TIME },
	{ "time_sec", LOGFIELD_TIME },
	{ "time_msec", LOGFIELD_TIME_MS },
	{ "time_usec", LOGFIELD_TIME_US },
	{ "time", LOGFIELD_TIME },
	{ "timestamp", LOGFIELD_TIME },
	{ "@timestamp", LOGFIELD_TIME },
	{ "ts", LOGFIELD_TIME },
	{ "date", LOGFIELD_DATE },
	{ "request", LOGFIELD_REQUEST },
	{ "request_method", LOGFIELD_METHOD },
	{ "cs-method", LOGFIELD_METHOD },
	{ "method", LOGFIELD_METHOD },
	{ "verb", LOGFIELD_METHOD },
	{ "request_uri", LOGFIELD_URI },
	{ "uri", LOGFIELD_URI },
	{ "cs-uri-stem", LOGFIELD_URI },
	{ "cs-uri", LOGFIELD_URI },
	{ "url", LOGFIELD_URI },
	{ "path", LOGFIELD_URI },
	{ "args", LOGFIELD_QUERY },
	{ "query_string", LOGFIELD_QUERY },
	{ "cs-uri-query", LOGFIELD_QUERY },
	{ "query", LOGFIELD_QUERY },
	{ "status", LOGFIELD_STATUS },
	{ "sc-status", LOGFIELD_STATUS },
	{ "response", LOGFIELD_STATUS },
	{ "body_bytes_sent", LOGFIELD_BYTES },
	{ "bytes_sent", LOGFIELD_BYTES },
	{ "sc-bytes", LOGFIELD_BYTES },
	{ "bytes", LOGFIELD_BYTES },
	{ "size", LOGFIELD_BYTES },
	{ "http_referer", LOGFIELD_REFERRER },
	{ "cs(referer)", LOGFIELD_REFERRER },
	{ "referer", LOGFIELD_REFERRER },
	{ "referrer", LOGFIELD_REFERRER },
	{ "http_user_agent", LOGFIELD_AGENT },
	{ "cs(user-agent)", LOGFIELD_AGENT },
	{ "user_agent", LOGFIELD_AGENT },
	{ "useragent", LOGFIELD_AGENT },
	{ "agent", LOGFIELD_AGENT },
	{ "host", LOGFIELD_HOST },
	{ "http_host", LOGFIELD_HOST },
	{ "cs-host", LOGFIELD_HOST },
	{ "cs(host)", LOGFIELD_HOST },
	{ "vhost", LOGFIELD_HOST },
	{ "server_name", LOGFIELD_HOST },
	{ "scheme", LOGFIELD_SCHEME },
	{ "http_cookie", LOGFIELD_COOKIES },
	{ "cs(cookie)", LOGFIELD_COOKIES },
};

static const char *const prefixes[] = { "cookie_", "arg_", "http_", "sent_http_",
	"env_", "note_" };

enum logfield
logfield_of(struct text name, struct text *column)
{
	*column = name;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (text_same(name, text_of(parts[i].name)))
			return parts[i].part;
	if (text_starts(name, TEXT("time:")))
		return LOGFIELD_TIME;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		struct text prefix = text_of(prefixes[i]);

		if (!text_starts(name, prefix) || name.len == prefix.len)
			continue;
		*column = text_from(name, prefix.len);
		return LOGFIELD_NAMED;
	}
	return LOGFIELD_OTHER;
}

static void
keep_format(struct logfields *f, struct text name)
{
	struct text prefix = TEXT("time:"), format = text_from(name, prefix.len);

	if (!text_starts(name, prefix))
		return;
	format = text_head(format, LOGFIELD_FORMAT_MAX - 1);
	memcpy(f->time_format, format.s, format.len);
	f->time_format[format.len] = '\0';
}

static const char *
missing(const struct logfields *f)
{
	size_t at;

	if (f->part[LOGFIELD_TIME] < 0 && f->part[LOGFIELD_TIME_MS] < 0 &&
	    f->part[LOGFIELD_TIME_US] < 0)
		return "no time of the request";
	if (f->time_format[0] != '\0' && !stamp_check(f->time_format, &at))
		return "a letter in the time's format that is not known";
	if (f->part[LOGFIELD_REQUEST] < 0 && f->part[LOGFIELD_URI] < 0)
		return "no request line and no uri";
	return NULL;
}

const char *
logfield_bind(struct logfields *f, const struct text *name, size_t n)
{
	struct text column;

	for (size_t i = 0; i < LOGFIELD_PARTS; i++)
		f->part[i] = -1;
	f->time_format[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		enum logfield part = logfield_of(name[i], &column);

		if (part >= LOGFIELD_PARTS || f->part[part] >= 0)
			continue;
		f->part[part] = (int)i;
		keep_format(f, name[i]);
	}
	if (f->part[LOGFIELD_ADDRESS] < 0)
		f->part[LOGFIELD_ADDRESS] = f->part[LOGFIELD_FORWARDED];
	return missing(f);
}
