/* crew.c - several jobs done side by side */
#include <pthread.h>
#include <stdbool.h>

#include <lead/base/crew.h>

struct hand {
	void (*work)(void *);
	void *job;
	pthread_t thread;
	bool started;
};

static void *
begin(void *ctx)
{
	struct hand *hand = ctx;

	hand->work(hand->job);
	return NULL;
}

void
crew_run(void work(void *), void *jobs, size_t n, size_t size)
{
	struct hand hands[CREW_MAX];

	for (size_t i = 0; i < n; i++) {
		hands[i] = (struct hand){ .work = work, .job = (char *)jobs + i * size };
		hands[i].started = i > 0 &&
		    pthread_create(&hands[i].thread, NULL, begin, &hands[i]) == 0;
	}
	for (size_t i = 0; i < n; i++) {
		if (hands[i].started)
			pthread_join(hands[i].thread, NULL);
		else
			work(hands[i].job);
	}
}
