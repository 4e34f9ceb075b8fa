/* clf.h - the times and escapes that web servers log */
#ifndef LEAD_BASE_CLF_H
#define LEAD_BASE_CLF_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * What the server was given: nginx's \xNN, Apache's \" \\ \n \t … undone in to
 * (part.len bytes). A part that would not be UTF-8, or would hold control bytes
 * other than tab, CR and LF, stays as it was written.
 */
struct text clf_plain(char *to, struct text part);

/*
 * 17/May/2015:10:05:03 +0000, without brackets. :60 is the next second;
 * an offset beyond 14 hours is none. *day remembers the last date seen: start
 * with a zeroed one.
 */
struct clf_day {
	char date[11];
	int64_t day;
};

bool clf_time(struct text t, struct clf_day *day, int64_t *us);

#endif
