/* nginx.h - which names may a log format of nginx hold? */
#ifndef LEAD_BASE_NGINX_H
#define LEAD_BASE_NGINX_H

#include <stdbool.h>

#include <lead/base/text.h>

/* Is $NAME a variable of nginx's own modules, as their manual lists them? Names that
 * a server's own "set" or "map" makes are not. */
bool nginx_knows(struct text name);

/* That of them which a wrong name may mean; or nothing. */
struct text nginx_near(struct text name);

#endif
