/* mailing.c - which opens and clicks did a machine make? */
#include <stdlib.h>

#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/when.h>
#include <lead/domain/import/mailing.h>

enum { LINKS = 3 };
static const size_t ACTS_MAX = (size_t)1 << 31;
static const int64_t SOON = (int64_t)10 * WHEN_SECOND, BURST = (int64_t)2 * WHEN_SECOND;

enum act {
	ACT_DELIVERED, /* before what follows from it in the same instant */
	ACT_OPENED,
	ACT_CLICKED,
	ACT_OTHER,
};

struct mail {
	struct hash to;   /* of address and message */
	struct hash link;
	int64_t us;
	size_t row;
	enum act act;
};

struct mailing {
	struct mail *v;
	bool *machine; /* of a row */
	size_t n, cap;
};

struct mailing *
mailing_new(void)
{
	return mem_new(1, sizeof(struct mailing));
}

void
mailing_free(struct mailing *m)
{
	if (m == NULL)
		return;
	mem_free(m->v);
	mem_free(m->machine);
	mem_free(m);
}

static enum act
act_of(struct text event)
{
	static const char *const names[] = { "email_delivered", "email_opened",
		"email_clicked" };
	int act = 0;

	while (act < ACT_OTHER && !text_is(event, names[act]))
		act++;
	return (enum act)act;
}

void
mailing_add(struct mailing *m, int64_t us, struct text event, struct text address,
    struct text message, struct text url)
{
	struct mail mail = { hash_fixed_pair(address, message), hash_fixed(url), us, m->n,
		act_of(event) };

	if (address.len == 0 || message.len == 0)
		mail.act = ACT_OTHER;
	m->v = mem_grow(m->v, &m->cap, m->n + 1, sizeof(*m->v), ACTS_MAX,
	    "rows of e-mail");
	m->v[m->n++] = mail;
}

static int
compare_hashes(struct hash a, struct hash b)
{
	if (a.hi != b.hi)
		return a.hi < b.hi ? -1 : 1;
	return (a.lo > b.lo) - (a.lo < b.lo);
}

static int
by_message(const void *a, const void *b)
{
	const struct mail *x = a, *y = b;
	int c = compare_hashes(x->to, y->to);

	if (c == 0)
		c = (x->us > y->us) - (x->us < y->us);
	if (c == 0)
		c = (x->act > y->act) - (x->act < y->act);
	return c != 0 ? c : (x->row > y->row) - (x->row < y->row);
}

/* Mails of one message to one address, in order of time. */
static void
judge_delivery(struct mailing *m, size_t from, size_t to)
{
	int64_t delivered = INT64_MIN;

	for (size_t i = from; i < to; i++) {
		const struct mail *mail = &m->v[i];

		if (mail->act == ACT_DELIVERED)
			delivered = mail->us;
		else if (mail->act != ACT_OTHER && delivered != INT64_MIN &&
		    mail->us - delivered <= SOON)
			m->machine[mail->row] = true;
	}
}

/* The different links clicked last, the newest first. */
struct recent {
	struct hash link[LINKS];
	int64_t us[LINKS];
	size_t n;
};

static void
note_link(struct recent *r, const struct mail *mail)
{
	size_t k = 0;

	while (k < r->n && compare_hashes(r->link[k], mail->link) != 0)
		k++;
	if (k == r->n)
		k -= r->n == LINKS; /* the oldest goes */
	r->n += k == r->n;
	for (; k > 0; k--) {
		r->link[k] = r->link[k - 1];
		r->us[k] = r->us[k - 1];
	}
	r->link[0] = mail->link;
	r->us[0] = mail->us;
}

/* Wherever 2 s end with a third link in them, their clicks are a machine's. */
static void
judge_bursts(struct mailing *m, size_t from, size_t to)
{
	struct recent r = { .n = 0 };
	size_t next = from; /* those before it are judged, or too old */

	for (size_t i = from; i < to; i++) {
		if (m->v[i].act != ACT_CLICKED)
			continue;
		note_link(&r, &m->v[i]);
		while (m->v[i].us - m->v[next].us > BURST)
			next++;
		if (r.n < LINKS || m->v[i].us - r.us[LINKS - 1] > BURST)
			continue;
		for (; next <= i; next++)
			if (m->v[next].act == ACT_CLICKED)
				m->machine[m->v[next].row] = true;
	}
}

void
mailing_judge(struct mailing *m)
{
	size_t to;

	m->machine = mem_new(m->n, sizeof(*m->machine));
	if (m->n != 0)
		qsort(m->v, m->n, sizeof(*m->v), by_message);
	for (size_t from = 0; from < m->n; from = to) {
		for (to = from; to < m->n &&
		    compare_hashes(m->v[to].to, m->v[from].to) == 0; to++)
			continue;
		judge_delivery(m, from, to);
		judge_bursts(m, from, to);
	}
}

bool
mailing_is_machine(const struct mailing *m, size_t row)
{
	return m->machine[row];
}
