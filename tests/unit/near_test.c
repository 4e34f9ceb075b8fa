/* near: the name that a wrong one may mean */
#include <lead/base/near.h>

#include "tap.h"

static int
near(const char *wrong)
{
	static const char *const names[] = { "Etapa", "Close Date", "Amount", "Deal ID",
		"Amounts", "cac_ads", "cacao" };
	struct text name[7];

	for (size_t i = 0; i < 7; i++)
		name[i] = text_of(names[i]);
	return near_find(text_of(wrong), name, 7);
}

int
main(void)
{
	ok(near("Etapas") == 0, "a letter too many");
	ok(near("close dtae") == 1, "two letters changed places, case aside");
	ok(near("Amoumt") == 2, "a wrong letter; the nearer name");
	ok(near("Deal") == 3, "the beginning of a name");
	ok(near("cac") == 5, "the first word of a name, however short");
	ok(near("ca") == -1, "but not a part of a word so short");
	ok(near("Owner") == -1, "nothing near");
	ok(near("ID") == -1, "a third of two bytes is none");
	ok(near("") == -1, "nothing was written");
	return tap_end();
}
