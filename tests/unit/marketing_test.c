/* marketing: which channels are marketing's, and which campaigns nurture */
#include <lead/domain/figures/marketing.h>
#include <lead/domain/figures/nurture.h>

#include "tap.h"

int
main(void)
{
	struct nurture *n = nurture_new();

	ok(marketing_has(TEXT("paid_search")), "an advertisement is");
	ok(marketing_has(TEXT("referral")), "so is a link that was earned");
	ok(marketing_has(TEXT("our_own")), "and a channel of the company's own");
	ok(!marketing_has(TEXT("direct")), "a visit without evidence is not");
	ok(!marketing_has(TEXT("phone")), "nor a call of which no more is known");
	ok(!marketing_has(TEXT("channel")), "the header of the table is no channel");
	ok(!marketing_has(TEXT_NONE), "nor is none");

	ok(!nurture_has(n, TEXT_NONE, TEXT_NONE), "nothing nurtures");
	nurture_add(n, TEXT("spring"), TEXT_NONE);
	nurture_add(n, TEXT_NONE, TEXT("77"));
	nurture_add(n, TEXT("spring"), TEXT("77"));
	ok(nurture_count(n) == 2, "a name and a number, each once");
	ok(nurture_has(n, TEXT("spring"), TEXT("5")), "by name");
	ok(nurture_has(n, TEXT("other"), TEXT("77")), "by number");
	ok(!nurture_has(n, TEXT("77"), TEXT("spring")), "each in its own column");
	ok(!nurture_has(n, TEXT_NONE, TEXT_NONE), "still not by nothing");
	nurture_free(n);
	return tap_end();
}
