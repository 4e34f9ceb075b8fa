/* ip.h - internet addresses and networks of them */
#ifndef LEAD_BASE_IP_H
#define LEAD_BASE_IP_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>

/* 128 bits; an IPv4 address is ::ffff:a.b.c.d, as mapped ones are. */
struct ip {
	uint64_t hi, lo;
};

/*
 * a.b.c.d, or IPv6 (RFC 4291; a zone behind % is left out). false when the
 * text is neither.
 */
bool ip_parse(struct text t, struct ip *out);

/* Letters, digits, . - _ with no shape of an address: a host that was named. */
bool ip_is_name(struct text t);

/* Addresses and networks: 192.0.2.7, 10.0.0.0/8, 2001:db8::/32. */
struct ip_set;

struct ip_set *ip_set_new(void);
void ip_set_free(struct ip_set *s); /* NULL does nothing */
bool ip_set_add(struct ip_set *s, struct text network); /* false: none of them */

/* Add those of a text, one a line, # comments; 0, or the number of a line that is
 * none, *bad. */
uint64_t ip_set_read(struct ip_set *s, struct text text, struct text *bad);

bool ip_set_has(const struct ip_set *s, struct ip a);

#endif
