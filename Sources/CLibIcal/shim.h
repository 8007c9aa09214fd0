#include <libical/ical.h>

// The rule of a recurrence is a structure of a kilobyte that C passes by value.

/// Whether the rule counts days: nothing shorter, and no hours of a day.
static inline int ical_rule_counts_days(icalproperty *property) {
  struct icalrecurrencetype rule = icalproperty_get_rrule(property);
  return rule.freq >= ICAL_DAILY_RECURRENCE && rule.freq <= ICAL_YEARLY_RECURRENCE
    && rule.by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX && rule.by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX
    && rule.by_second[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

static inline icalrecur_iterator *ical_rule_iterator(icalproperty *property, struct icaltimetype start) {
  return icalrecur_iterator_new(icalproperty_get_rrule(property), start);
}
