/* key.c - what a key is once its spelling is taken away */
#include <lead/domain/identity/key.h>

static const struct key_type types[] = {
	{ "crm_id", KEY_EXACT, .single = true, .anchor = true },
	{ "email", KEY_EMAIL, .single = true, .personal = true, .anchor = true },
	{ "phone", KEY_PHONE, .personal = true, .anchor = true },
	{ "visitor_id", KEY_EXACT, .anchor = false },
};
static const struct key_type other_type = { "", KEY_EXACT, .anchor = true };

enum {
	LOCAL_MAX = 64,   /* RFC 5321, 4.5.3.1.1 */
	ADDRESS_MAX = 320, /* 64, the @, 255 of the domain */
};

const struct key_type *
key_type(struct text name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (text_is(name, types[i].name))
			return &types[i];
	return &other_type;
}

static bool
has_control(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.s[i] < 0x20 || t.s[i] == 0x7f)
			return true;
	return false;
}

static enum key_verdict
exact(struct text value, struct text *normal)
{
	*normal = value;
	return has_control(value) ? KEY_CONTROL : KEY_OK;
}

/* Bytes that no bare address has: blanks, quotes, brackets, separators. */
static bool
has_foreign(struct text address)
{
	static const char foreign[] = " \"'<>(),;:\\[]";

	for (size_t i = 0; i < address.len; i++)
		if (memchr(foreign, address.s[i], sizeof(foreign) - 1) != NULL)
			return true;
	return has_control(address);
}

/* Without what stands around the address in a link or at a sentence's end. */
static struct text
bare_address(struct text value)
{
	if (text_same(text_head(value, 7), TEXT("mailto:"))) {
		ptrdiff_t query = text_find(value, '?');

		if (query >= 0)
			value = text_head(value, (size_t)query);
		value = text_trim(text_from(value, 7));
	}
	while (text_ends(value, TEXT(".")))
		value.len--;
	return value;
}

static size_t
drop_dots(char *s, size_t len)
{
	size_t kept = 0;

	for (size_t i = 0; i < len; i++)
		if (s[i] != '.')
			s[kept++] = s[i];
	return kept;
}

static enum key_verdict
email(struct text value, char *to, struct text *normal)
{
	struct text address = bare_address(value), domain;
	ptrdiff_t at = text_find(address, '@');
	size_t local = (size_t)at;

	if (address.len > ADDRESS_MAX || at <= 0 || at > LOCAL_MAX ||
	    has_foreign(address))
		return KEY_NOT;
	domain = text_from(address, local + 1);
	if (domain.len == 0 || text_find(domain, '@') >= 0 || domain.s[0] == '.')
		return KEY_NOT;
	address = text_lower(to, address);
	domain = text_from(address, local + 1);
	if (text_is(domain, "gmail.com") || text_is(domain, "googlemail.com")) {
		local = drop_dots(to, local);
		if (local == 0)
			return KEY_NOT;
		memmove(to + local, domain.s - 1, domain.len + 1);
	}
	*normal = (struct text){ to, local + 1 + domain.len };
	return KEY_OK;
}

enum key_verdict
key_normal(enum key_form form, const struct phone_country *home, struct text value,
    char *to, struct text *normal)
{
	enum key_verdict v = KEY_NOT;

	value = text_trim(value);
	if (value.len == 0)
		return KEY_EMPTY;
	if (value.len > KEY_MAX)
		return KEY_LONG;
	switch (form) {
	case KEY_EXACT:
		v = exact(value, normal);
		break;
	case KEY_EMAIL:
		v = email(value, to, normal);
		break;
	case KEY_PHONE:
		v = phone_normal(home, value, to, normal) ? KEY_OK : KEY_NOT;
		break;
	}
	return v;
}
