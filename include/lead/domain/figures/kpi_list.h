/* kpi_list.h - the table of figures */
#ifndef LEAD_DOMAIN_KPI_LIST_H
#define LEAD_DOMAIN_KPI_LIST_H

#include <lead/domain/figures/kpi.h>

/* The i-th figure in byte order of names, or NULL past the end. */
const struct kpi *kpi_list_at(size_t i);

#endif
