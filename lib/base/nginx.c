/* nginx.c - which names may a log format of nginx hold? */
#include <lead/base/near.h>
#include <lead/base/nginx.h>

/* The indexes of variables in nginx's manual. */
static const char *const known[] = {
	"ancient_browser", "args", "binary_remote_addr", "body_bytes_sent",
	"bytes_received", "bytes_sent", "connection", "connection_requests",
	"connection_time", "connections_active", "connections_reading",
	"connections_waiting", "connections_writing", "content_length", "content_type",
	"date_gmt", "date_local", "document_root", "document_uri", "fastcgi_path_info",
	"fastcgi_script_name", "gzip_ratio", "host", "hostname", "http2", "http3",
	"https", "invalid_referer", "is_args", "is_request_port", "limit_conn_status",
	"limit_rate", "limit_req_status", "memcached_key", "modern_browser", "msec",
	"msie", "nginx_version", "pid", "pipe", "query_string", "realip_remote_addr",
	"realip_remote_port", "realpath_root", "remote_addr", "remote_port",
	"remote_user", "request", "request_body", "request_body_file",
	"request_completion", "request_filename", "request_id", "request_length",
	"request_method", "request_port", "request_time", "request_uri", "scheme",
	"secure_link", "secure_link_expires", "server_addr", "server_name",
	"server_port", "server_protocol", "session_time", "slice_range", "spdy",
	"status", "time_iso8601", "time_local", "uid_got", "uid_reset", "uid_set",
	"uri",
};

/* What stands behind is any name. */
static const char *const families[] = { "arg_", "cookie_", "geoip_", "geoip2_", "http_",
	"jwt_", "proxy_", "sent_http_", "sent_trailer_", "ssl_", "tcpinfo_", "upstream_" };

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

bool
nginx_knows(struct text name)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (text_starts(name, text_of(families[i])))
			return true;
	for (size_t i = 0; i < KNOWN; i++)
		if (text_is(name, known[i]))
			return true;
	return false;
}

struct text
nginx_near(struct text name)
{
	struct text all[KNOWN];
	int i;

	for (size_t k = 0; k < KNOWN; k++)
		all[k] = text_of(known[k]);
	i = near_find(name, all, KNOWN);
	return i >= 0 ? all[i] : TEXT_NONE;
}
