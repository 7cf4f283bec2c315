-- Whatever a list chooses experiments by stands in one index, in the order of the lists: a page is found without looking at the rows,
-- which hold messages and documents, of the experiments that are not on it.
create index experiments_in_lists on experiments
    (submitted_at desc, id, dataset, method, network, state, norm, radius, tags, cancel_requested);
drop index experiments_by_time;

-- an experiment that is deleted takes its statuses with it
create index statuses_by_experiment on statuses (experiment);

-- when the newest was written is asked for each time that the gateway is measured
create index dead_letters_by_time on dead_letters (letter_time);
