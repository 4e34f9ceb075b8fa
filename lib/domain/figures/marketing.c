/* marketing.c - is this channel marketing's? */
#include <lead/domain/figures/marketing.h>
#include <lead/domain/rules/rules.h>

bool
marketing_has(struct text channel)
{
	struct text rest = rules_text("marketing"), line;

	while (text_next(&rest, '\n', &line))
		if (line.len > channel.len && line.s[channel.len] == '\t' &&
		    text_equal(text_head(line, channel.len), channel))
			return text_is(text_part(line, '\t', 1), "yes");
	return channel.len != 0;
}
