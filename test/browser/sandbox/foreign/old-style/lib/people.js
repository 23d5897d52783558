define(['underscore'], _ => ({
  sorted: people => _.sortBy(people, 'day'),
}));
