/* logtime.c - when was a request, as its log writes it? */
#include <lead/base/num.h>
#include <lead/base/stamp.h>
#include <lead/base/when.h>
#include <lead/domain/import/logtime.h>

/* Epoch seconds with a fraction, as micros of num.h are. */
static bool
parse_epoch(struct text t, int64_t *us)
{
	return num_parse(t, us) == NUM_OK && *us >= 0 && *us < INT64_MAX / 2;
}

/* ISO 8601 with any offset and fraction. */
static bool
parse_iso(struct text t, const struct zone *utc, int64_t *us)
{
	static const char *const formats[] = { "%Y-%m-%dT%H:%M:%S%z",
		"%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S%z",
		"%Y-%m-%d %H:%M:%S.%f%z" };
	bool dated;

	if (when_parse(t, us) == WHEN_OK)
		return true;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (stamp_parse(t, formats[i], utc, us, &dated) == WHEN_OK)
			return true;
	return false;
}

bool
logtime_of_day(struct text date, struct text time, int64_t *us)
{
	char joined[WHEN_TEXT];

	if (date.len != 10 || time.len < 8 || time.len > WHEN_TEXT - 12)
		return false;
	memcpy(joined, date.s, 10);
	joined[10] = 'T';
	memcpy(joined + 11, time.s, time.len);
	joined[11 + time.len] = 'Z';
	return when_parse((struct text){ joined, time.len + 12 }, us) == WHEN_OK;
}

bool
logtime_count(struct text t, int64_t scale, int64_t *us)
{
	return num_parse_count(t, us) == NUM_OK && !__builtin_mul_overflow(*us, scale, us);
}

bool
logtime_parse(struct text t, const struct zone *utc, struct clf_day *day, int64_t *us)
{
	return clf_time(t, day, us) || parse_iso(t, utc, us) || parse_epoch(t, us);
}
