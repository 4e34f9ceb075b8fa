/* hosts_test.c - hosts and paths of a list */
#include <lead/domain/source/hosts.h>

#include "tap.h"

static const struct {
	const char *host, *path;
	int in;
} asked[] = {
	{ "example.com", "", 1 },
	{ "www.example.com", "/x", 1 },
	{ "shop.example.com", "/", 0 },
	{ "notexample.com", "/", 0 },
	{ "other.org", "/", 1 },
	{ "a.b.other.org", "/", 1 },
	{ "another.org", "/", 0 },
	{ "third.net", "/", 0 },
	{ "third.net", "/log", 1 },
	{ "third.net", "/log/in", 1 },
	{ "third.net", "/login", 0 },
	{ "www.third.net", "/log", 1 },
	{ "fourth.net", "/a/b", 1 },
	{ "fourth.net", "/a", 0 },
	{ "[2001:db8::1]", "/", 1 },
	{ "", "", 0 },
};

int
main(void)
{
	struct hosts *h = hosts_new();
	struct text bad;

	ok(hosts_add_list(h, TEXT("www.Example.com, *.other.org,,\n# note, with, commas\n"
	    "https://third.net:8080/log\n fourth.net/a/ ,[2001:DB8::1]"), &bad),
	    "a list of hosts is read");
	ok(hosts_count(h) == 5, "five of them");
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		ok(hosts_has(h, text_of(asked[i].host), text_of(asked[i].path)) ==
		    asked[i].in, "%s%s is %sof the list", asked[i].host, asked[i].path,
		    asked[i].in ? "" : "not ");
	ok(hosts_by_path(h, TEXT("third.net")), "of third.net the path decides");
	ok(!hosts_by_path(h, TEXT("example.com")), "of example.com it does not");
	ok(!hosts_add_list(h, TEXT("good.com,/path"), &bad), "a path alone is no host");
	is(bad, "/path", "and is told");
	ok(!hosts_add(h, TEXT("a b")), "nor are words");
	hosts_free(h);
	hosts_free(NULL);
	return tap_end();
}
